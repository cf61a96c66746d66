# SPDX-License-Identifier: Apache-2.0
"""Văn bản được viện dẫn: every document cited by number in the body, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.citations import Citation, find_citations
from pipeline.extract.number import extract_number
from pipeline.extract.parts import head_page
from pipeline.model import Role
from pipeline.passage import compose
from pipeline.record import Reference

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.passage import Passage
    from pipeline.settings import Settings

_CITING_ROLES = frozenset((Role.BODY, Role.TABLE_ROW, Role.FOOTNOTE))


def extract_references(document: Document, settings: Settings) -> list[Reference]:
    """Return the documents cited by number, in order of first mention, each once.

    What a later mention tells and the first does not (date, issuer) is taken from the later one,
    with its evidence. The document's own number is left out.
    """
    passage = compose(
        (page, block)
        for page in document.pages
        for block in page.text_blocks
        if block.role in _CITING_ROLES
    )
    page = head_page(document)
    own = extract_number(page, settings) if page else None
    mentions: dict[str, list[Citation]] = {}
    for citation in find_citations(passage.text):
        mentions.setdefault(citation.number.casefold(), []).append(citation)
    if own is not None and own.value is not None:
        mentions.pop(own.value.casefold(), None)
    return [_reference(found, passage) for found in mentions.values()]


def _reference(mentions: list[Citation], passage: Passage) -> Reference:
    """Return what all mentions of a document say together, the first one first."""
    first = mentions[0]
    used = [first]
    facts = {"doc_type": first.doc_type, "date": first.date, "issuer": first.issuer}
    for later in mentions[1:]:
        told = {key: getattr(later, key) for key, value in facts.items() if value is None}
        new = {key: value for key, value in told.items() if value is not None}
        if new:
            facts |= new
            used.append(later)
    return Reference(
        number=first.number,
        raw=" ".join(passage.text[first.start : first.end].split()),
        evidence=[
            entry
            for mention in used
            for entry in passage.evidence(mention.start, mention.end, "references.number")
        ],
        **facts,
    )
