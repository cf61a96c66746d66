# SPDX-License-Identifier: Apache-2.0
"""Words that tell of something and order nobody: what was done, what a rule says, who may do what.

"Ngày 30/6/2025, Chính phủ ban hành …", "Tại khoản 4 Điều 13 … quy định Ủy ban nhân dân tỉnh có
trách nhiệm …", "Cơ quan cấp trên có quyền …", and whole articles of other acts in quotation marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.extract.dates import flat

# What follows a unit that nobody tells to act: it cannot, may, has, or has been given something.
_TELLS = re.compile(
    r"không (?:có|thể|thuộc|còn|đồng ý|phải (?:là|chịu|thực hiện|nộp|lập|xin|trình))\b|"
    r"(?:có|được|có các|có những) quyền\b|có thể\b|nhận được\b|ghi nhận\b|đánh giá cao\b|"
    r"(?:nhiệt liệt )?(?:biểu dương|hoan nghênh|chúc mừng)\b|bị\b|gửi kèm\b|"
    r"cơ bản (?:thống nhất|đồng ý|nhất trí)\b|"
    r"(?:thống nhất|đồng ý|nhất trí|chấp thuận) "
    r"(?:chủ trương|với|về|nội dung|đề nghị|đề xuất|theo)\b",
    re.IGNORECASE,
)
_DAY = r"ngay \d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}| thang \d{1,2} nam \d{4})"
# What happened on a day: orders name a day with "trước", "chậm nhất", or after a colon.
_PAST = re.compile(
    rf"(?:vao )?{_DAY} ?, [^,;:.]{{3,120}}?\b(?:ban hanh|nhan duoc|da|ky|phe duyet|thong qua|"
    r"to chuc hop|chu tri (?:cuoc )?hop|co (?:cong van|van ban|quyet dinh|thong bao|to trinh|"
    r"bao cao|ket luan|cong dien|ke hoach))\b"
)
_PART = r"(?:diem|khoan|dieu|muc|tiet|chuong|phu luc)"
# "Tại điểm a khoản 2 Điều 3 Thông tư … quy định cơ quan thuế …": a rule, told.
_RULE = re.compile(
    rf"(?:tai {_PART} [\da-z]|"
    rf"{_PART} [\da-z]+ [^:;]{{0,60}}(?:luat|nghi dinh|thong tu|nghi quyet) )"
    r"[^;]{0,400}?\b(?:quy dinh|co neu|neu ro|huong dan)\b(?! tai| cua| nay| tren)"
)
# An article, a numbered clause or a point inside quotation marks.
_OPENING = re.compile(r"[“\"]\s*(?:(?:Điều|Khoản|Mục|Chương)\s+\d|\d{1,2}[a-z]?[.)]|[a-zđ][.)]\s)")
# No quotation is longer; a mark that is never closed quotes nothing.
_LONGEST = 12000


def tells(text: str, start: int) -> bool:
    """Return whether the words at `start`, behind a unit, say what it may, cannot or has done."""
    return _TELLS.match(text, start) is not None


def narrates(sentence: str) -> bool:
    """Return whether a sentence tells what happened on a day, or what an article provides."""
    words = " ".join(flat(sentence[:600]).split()).lstrip("-+ ")
    return _PAST.match(words) is not None or _RULE.match(words) is not None


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the articles and clauses that stand in quotation marks, in order."""
    spans: list[tuple[int, int]] = []
    end = 0
    for match in _OPENING.finditer(text):
        if match.start() < end or _closes(text, match.start()):
            continue
        close = _closing(text, match.start())
        if close > 0:
            end = close
            spans.append((match.start(), close))
    return spans


def is_quoted(spans: list[tuple[int, int]], offset: int) -> bool:
    """Return whether the character at `offset` stands inside one of the sorted `spans`."""
    number = bisect_right(spans, (offset, len(spans) and spans[-1][1] + 1)) - 1
    return number >= 0 and spans[number][0] <= offset < spans[number][1]


def _closes(text: str, at: int) -> bool:
    """Return whether the straight mark at `at` ends a quotation: a word stands right before it."""
    return text[at] == '"' and at > 0 and not text[at - 1].isspace() and text[at - 1] not in "(:"


def _closing(text: str, start: int) -> int:
    """Return the offset after the mark that closes the one at `start`, 0 if none does."""
    last = min(len(text), start + _LONGEST)
    if text[start] == '"':
        return text.find('"', start + 1, last) + 1
    depth = 0
    for at in range(start, last):
        depth += (text[at] == "“") - (text[at] == "”")
        if depth == 0:
            return at + 1
    return 0
