# SPDX-License-Identifier: Apache-2.0
"""Văn bản được viện dẫn: every document cited by number, once, and what it is to this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.citations import Citation, find_citations
from pipeline.extract.notations import is_known_notation
from pipeline.extract.parts import head_page
from pipeline.extract.relations import Setting, Verdict, find_relations
from pipeline.extract.values import Find
from pipeline.model import Role
from pipeline.passage import compose
from pipeline.record import Reference

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.passage import Passage
    from pipeline.record import Number
    from pipeline.settings import Settings

_TITLE_ROLES = frozenset((Role.TITLE, Role.SUBJECT))
_CITING_ROLES = frozenset((Role.BODY, Role.TABLE_ROW, Role.FOOTNOTE))
# How often a number is right when its characters are, and the share of that where its notation
# holds a part that nobody knows, or where it has no type.
_SURE, _UNKNOWN_NOTATION, _NO_TYPE = 0.97, 0.75, 0.9
# What a document does to another says more than that it goes by it, and this more than a mention.
_WEIGHT = {"mentioned": 0, "basis": 1, "amended": 2, "repealed": 3, "replaced": 4}


def extract_references(
    document: Document, own: Number | None, kind: str | None, settings: Settings
) -> list[Reference]:
    """Return the documents cited by number, in order of first mention, each once.

    `own` and `kind` are the number and type of the document itself, which tell what it does to
    others; its own number is left out. What a later mention tells and the first does not (date,
    issuer) is taken from the later one, with its evidence.
    """
    page = head_page(document)
    if page is None:
        return []
    title = [(page, block) for block in page.blocks if block.role in _TITLE_ROLES]
    body = [
        (other, block)
        for other in document.pages
        for block in other.text_blocks
        if block.role in _CITING_ROLES
    ]
    passage = compose([*title, *body])
    setting = Setting(kind, len(compose(title).text))
    citations = find_citations(passage.text)
    mentions: dict[str, list[tuple[Citation, Verdict]]] = {}
    for found in zip(citations, find_relations(passage.text, citations, setting), strict=True):
        mentions.setdefault(found[0].number.casefold(), []).append(found)
    if own is not None and own.value is not None:
        mentions.pop(own.value.casefold(), None)
    return [_reference(found, passage, settings) for found in mentions.values()]


def _reference(
    mentions: list[tuple[Citation, Verdict]], passage: Passage, settings: Settings
) -> Reference:
    """Return what all mentions of a document say together, the first one first."""
    first = mentions[0][0]
    used = [first]
    facts = {"doc_type": first.doc_type, "date": first.date, "issuer": first.issuer}
    for later, _ in mentions[1:]:
        told = {key: getattr(later, key) for key, value in facts.items() if value is None}
        new = {key: value for key, value in told.items() if value is not None}
        if new:
            facts |= new
            used.append(later)
    verdict = max((one for _, one in mentions), key=lambda one: _WEIGHT[one.relation])
    prior = _SURE * (1.0 if is_known_notation(first.number) else _UNKNOWN_NOTATION)
    prior *= 1.0 if facts["doc_type"] else _NO_TYPE
    told = Find(passage, *first.place, "references.number", prior).facts(settings)
    return Reference(
        number=first.number,
        relation=verdict.relation,
        raw=" ".join(passage.text[first.start : first.end].split()),
        confidence=told["confidence"],
        needs_review=told["needs_review"],
        evidence=[
            entry
            for mention in used
            for entry in passage.evidence(mention.start, mention.end, "references.number")
        ],
        **facts,
    )
