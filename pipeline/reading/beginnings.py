# SPDX-License-Identifier: Apache-2.0
"""Where in a file another document begins: offices scan a day's mail as one.

The head of a document has organ, Quốc hiệu (or the Party's head) and a number or a day of issue
(NĐ 30/2020, Phụ lục I, II.1–4). A form that is enclosed ("Mẫu số 01") and the draft of an act have
a motto too; but they bear a mark that says so, or have neither number nor day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.likeness import find, plain
from pipeline.model import SET_APART, Role
from pipeline.reading import anchors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model import Block, Line

# Share of the page's height in which the motto stands.
_TOP = 1 / 3
# Likeness from which a line bears the Party's head, or the mark of an enclosure.
_PARTY, _MARK = 0.85, 0.82
# "Số: 12/KH-UBND", "Số 05-CT/TW"; not "Số: …/2025/NQ-HĐND", nor "số 31/2018/NĐ-CP" of another.
_FILLED_NUMBER = re.compile(
    r"^(?!\W*s).*?(?<![\d/.…])\d{1,5}[a-zđ]?\s*[/-]\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ]{2}"
)
# Behind a place: "Hà Nội, ngày 9 tháng 7 năm 2025", not "Luật … ngày 9 …" of a basis.
_FILLED_DATE = re.compile(
    r"[^\W\d]{2}\s*[,.;]\s*ng\w{1,2}\s*\d{1,2}\s*th\w{2,3}\s*\d{1,2}\s*n\wm\s*(?:19|20)\d\d"
)


def may_begin(lines: Iterable[Line], height: float) -> bool:
    """Return whether a motto in capitals stands in the top third of a page of this height."""
    top = (line.text for line in lines if line.box is not None and line.box.y1 < _TOP * height)
    return any(_has_motto(text) for text in top)


def begins_document(blocks: Sequence[Block], height: float | None = None) -> bool:
    """Return whether blocks that were laid out as a first page are one.

    Args:
        blocks: of the page.
        height: of the page in points, None for plain text.
    """
    roles = {block.role for block in blocks}
    if not {Role.ORGAN, Role.MOTTO} <= roles or not _is_issued(blocks):
        return False
    mottos = [block.box for block in blocks if block.role is Role.MOTTO]
    if height is not None and any(box and box.y0 > _TOP * height for box in mottos):
        return False
    return not any(_is_mark(text) for text in _marks(blocks))


def _has_motto(text: str) -> bool:
    spans = [anchors.find_country(text)]
    spans += [find(phrase, text, _PARTY) for phrase in anchors.formulas("party_head")]
    return any(span and _in_capitals(text[span.start : span.end]) for span in spans)


def _in_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)


def _is_issued(blocks: Iterable[Block]) -> bool:
    """Return whether a number or a whole date stands in the head."""
    return any(
        (block.role is Role.NUMBER and _FILLED_NUMBER.search(block.text))
        or (block.role is Role.PLACE_DATE and _FILLED_DATE.search(plain(block.text)))
        for block in blocks
    )


def _marks(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines in which an enclosure says what it is: above the head, or under its title."""
    bottom = max((b.box.y1 for b in blocks if b.role is Role.MOTTO and b.box), default=0.0)
    body = next((block for block in blocks if block.role is Role.BODY), None)
    for block in blocks:
        for line in block.lines:
            above = block.role in SET_APART and (line.box is None or line.box.y0 < bottom)
            under = block.role is Role.TITLE or (block is body and line is block.lines[0])
            if above or block.role is Role.ORGAN or (under and line.text.startswith("(")):
                yield line.text


def _is_mark(text: str) -> bool:
    """Return whether a line begins with "Phụ lục", "Mẫu số", "(Kèm theo", "DỰ THẢO"."""
    begins = text.lstrip(" (*[\"'“")
    spans = (find(phrase, begins, _MARK) for phrase in anchors.formulas("enclosure"))
    return any(span is not None and span.start == 0 for span in spans)
