# SPDX-License-Identifier: Apache-2.0
"""Độ khẩn, độ mật: the stamps "HỎA TỐC", "MẬT" (NĐ 30/2020, Phụ lục I, II.10).

Urgency stands on the first page; a degree of secrecy counts on whatever page it stands, for one
secret page makes the document secret (Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Điều 8).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.extract.parts import head_lines, line_spans, lines_of, printed_lines
from pipeline.extract.values import Find
from pipeline.likeness import alike, plain
from pipeline.model import Role
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from pipeline.model import Document, Page
    from pipeline.passage import Passage
    from pipeline.record import Value
    from pipeline.settings import Settings

# In its own box a stamp may be worn: one letter in four misread.
_ALIKE = 0.75
# So much of the doubt about its letters is left where a stamp is exactly one of the few.
_EXACT = 0.6
# The hour of "HỎA TỐC HẸN GIỜ 15 giờ 00", a copy's number.
_BEHIND = re.compile(r"[\s:.,(]*\d[\d\s:.,/hgiờphútngày()-]*$")
# "Độ mật: Mật", "Mức độ khẩn: Hỏa tốc"
_LABEL = re.compile(r"\W*(?:muc\s+)?do\s+(?:mat|khan)\s*[:.-]\s*")
# Cells of a table name degrees of other documents.
_NO_STAMP = frozenset((Role.TABLE_ROW, Role.FOOTNOTE))


def extract_marking(page: Page, kind: str, settings: Settings) -> Value | None:
    """Return the stamp of `kind` ("urgency", "secrecy") on `page`, None if there is none.

    A box of that role may be read badly; a line elsewhere in the head must be just the words.
    """
    box = lines_of(page, Role.URGENCY if kind == "urgency" else Role.SECRECY)
    return _in_box(box, kind, settings) or _in_lines(head_lines(page), kind, settings)


def secrecy_of(document: Document, settings: Settings) -> Value | None:
    """Return the highest degree of secrecy on any page: "Mật", "Tối mật", "Tuyệt mật", or None.

    Only a stamp or a line that is nothing but the degree counts, never a running text that speaks
    of secrets; table cells do not count either.
    """
    found = [value for page in document.pages if (value := _secrecy_on(page, settings))]
    degrees = [name for name, _ in _names("secrecy")]
    return max(found, key=lambda value: degrees.index(value.value or ""), default=None)


def is_marking(text: str, kind: str) -> bool:
    """Return whether `text` is nothing but a degree of `kind`, in capitals or after its label."""
    return _named(text, kind) is not None


def _secrecy_on(page: Page, settings: Settings) -> Value | None:
    box = lines_of(page, Role.SECRECY)
    rest = printed_lines((page, block) for block in page.blocks if block.role not in _NO_STAMP)
    return _in_box(box, "secrecy", settings) or _in_lines(rest, "secrecy", settings)


def _in_box(box: Passage, kind: str, settings: Settings) -> Value | None:
    names = [name for name, _ in _names(kind)]
    for start, end in line_spans(box):
        text = _bare(box.text[start:end])
        best = max(names, key=lambda name: alike(name, text))
        if (score := alike(best, text)) >= _ALIKE:
            find = Find(box, start, end, f"{kind}.box", 0.98 * score)
            return _stamp(find, best, settings, exact=_named(text, kind) == best)
    return None


def _in_lines(passage: Passage, kind: str, settings: Settings) -> Value | None:
    for start, end in line_spans(passage):
        if name := _named(passage.text[start:end], kind):
            find = Find(passage, start, end, f"{kind}.line", 0.95)
            return _stamp(find, name, settings, exact=True)
    return None


def _stamp(find: Find, name: str, settings: Settings, *, exact: bool) -> Value:
    """Return the value of a stamp; one read letter for letter is hardly another stamp misread."""
    value = find.value(name, settings)
    if not exact:
        return value
    sure = round(1 - (1 - value.confidence) * _EXACT, 3)
    return value.model_copy(
        update={"confidence": sure, "needs_review": sure < settings.review_below}
    )


def _named(line: str, kind: str) -> str | None:
    """Return the degree that a line is, None if it is anything else."""
    if len(line) > 60:
        return None
    label = _LABEL.match(plain(line))
    text = _bare(line[label.end() if label else 0 :])
    if not text or not (label or text.isupper()):
        return None
    folded = fold_tone_placement(text.casefold())
    return next((name for name, key in _names(kind) if key == folded), None)


def _bare(line: str) -> str:
    return " ".join(_BEHIND.sub("", line).strip(" .:;,*|-–_=~[](){}\"'“”").split())


@cache
def _names(kind: str) -> tuple[tuple[str, str], ...]:
    """Return the degrees of a kind as in the dictionary, the lowest first, with their keys."""
    names = [row["name"] for row in rows("markings") if row["kind"] == kind]
    return tuple((name, fold_tone_placement(name.casefold())) for name in names)
