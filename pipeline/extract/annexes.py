# SPDX-License-Identifier: Apache-2.0
"""What a document's own annexes call it: "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2024 …)".

NĐ 30/2020, Phụ lục I, II.6: under the word "Phụ lục" stands the number and the date of the document
that it belongs to. Forms of other acts may follow as well, so a line counts only where notation and
either number or date are those of the document itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.citations import find_citations
from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.passage import compose

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.record_pages import Evidence

_ANNEX = re.compile(r"\W{0,3}(?:duoc\s+)?(?:ban\s+hanh\s+)?kem\s+theo\s")
_ROLES = frozenset((Role.BODY, Role.TITLE, Role.SUBJECT))
_PARTS = re.compile(r"(?P<sequence>\d+[a-zđ]?)[/-](?P<notation>.+)")
_RULE = "witness.annex"
# Of the longest act some hundred annexes hang.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Own:
    """Number and date of the document as its head has them; what was not read is None."""

    sequence: str | None
    notation: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class OwnCitation:
    """What an annex says of the document.

    Attributes:
        number: "12/QĐ-UBND".
        date: ISO 8601, None if the annex has none.
        same_number: as in the head.
        same_date: as in the head, day, month and year.
        evidence: where it stands.
    """

    number: str
    date: str | None
    same_number: bool
    same_date: bool
    evidence: tuple[Evidence, ...]


def own_citations(document: Document, own: Own) -> list[OwnCitation]:
    """Return what the annexes call the document, in their order; [] if they do not."""
    if own.notation is None:
        return []
    blocks = [
        (page, block)
        for page in document.pages
        for block in page.text_blocks
        if block.role in _ROLES and _ANNEX.match(plain(block.text[:60]))
    ]
    found = []
    for place in blocks[:_MOST]:
        passage = compose([place])
        for cited in find_citations(passage.text)[:1]:
            evidence = tuple(passage.evidence(cited.start, cited.end, _RULE))
            one = _compared(cited.number, cited.date, own, evidence)
            found += [one] if one.same_number or one.same_date else []
    return found


def _compared(
    number: str, date: str | None, own: Own, evidence: tuple[Evidence, ...]
) -> OwnCitation:
    parts = _PARTS.fullmatch(number)
    if parts is None or parts["notation"] != own.notation:
        return OwnCitation(number, date, same_number=False, same_date=False, evidence=evidence)
    same = own.sequence is not None and parts["sequence"].lstrip("0") == own.sequence.lstrip("0")
    return OwnCitation(number, date, same, date is not None and date == own.date, evidence)
