# SPDX-License-Identifier: Apache-2.0
"""What may follow a unit's name and still be of it: "liên quan", "trên địa bàn", "(GDĐT)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.unit_marks import Marks

# What may stand in brackets inside a name: "(GDĐT)", "(Tổ Pháp chế - Đối ngoại)".
_LONGEST_BRACKET = 9

_RELATED = r"(?:có |khác có )?liên quan(?: khác)?(?! (?:đến|tới|trực tiếp đến))"
# Tails with which a name ends.
_CLOSING = re.compile(
    rf"{_RELATED}|khác(?= (?:theo|có|trong|thuộc|được)\b|[,;.:]|$)|"
    r"ở (?:trung ương|địa phương|nước ngoài|cơ sở|tỉnh)|ven biển|miền núi|vùng cao|biên giới|"
    r"phía (?:bắc|nam)|cùng cấp|các cấp|mình\b|nêu trên|"
    r"được phân công phụ trách|từ (?:cấp )?xã đến (?:cấp )?huyện|"
    r"(?:quản lý )?cấp (?:tỉnh|huyện|xã|cơ sở|trung ương|trên|dưới)"
    r"(?:, (?:cấp )?(?:tỉnh|huyện|xã))*"
    r"(?: và (?:cấp )?(?:huyện|xã))?|"
    r"(?:đóng |đóng quân |hoạt động )?(?:trên|tại)(?: toàn)? địa bàn(?! (?:các |toàn )?"
    r"(?:tỉnh|huyện|thành phố|thị xã|xã|phường|quận))|"
    r"có thẩm quyền|có chức năng|thuộc (?:phạm vi|thẩm quyền|quyền) quản lý(?: của mình)?",
    re.IGNORECASE,
)
# Tails after which the name goes on with a place or another unit.
_OPENING = re.compile(
    r"(?:trực )?thuộc(?! (?:thẩm|phạm|đối|lĩnh|diện|trách))|"
    r"(?:đóng |đóng quân |hoạt động )?(?:trên|tại)(?: toàn)? địa bàn(?: toàn)?(?: các)?|đóng tại|"
    r"đang hoạt động (?:tại|trong|ở)|"
    r"trong(?: toàn)? (?=tỉnh|huyện|thành phố|thị xã|xã|phường)|"
    r"của(?= (?:các )?(?:tỉnh|huyện|thành phố|thị xã|xã|phường|quận|địa phương|Trung ương|trung "
    r"ương|Bộ|Sở|UBND|Ủy ban|Uỷ ban|Chính phủ|Tỉnh|Thành|Đảng|Ngân hàng|Công an))",
    re.IGNORECASE,
)
# Clauses that say which of the units are meant: "các cơ quan được giao chủ trì".
_CLAUSE = re.compile(
    r"(?:được (?:phân công|giao|giao nhiệm vụ|phân công nhiệm vụ)"
    r"(?:(?: và|,)? (?:chủ trì|phối hợp|phụ trách|thực hiện))*"
    r"(?: (?:các )?nhiệm vụ)?"
    r"(?: (?:tại|theo|trong|nêu tại) (?:Kế hoạch|Chỉ thị|Quyết định|Công điện|Nghị quyết|Thông báo|"
    r"Chương trình|Đề án|Phụ lục|Công văn)(?: này| kèm theo)?)?"
    r"|có tên (?:tại|trong|nêu) [Đđ]iều \d+(?: của Quyết định này)?"
    r"|(?:có tên )?(?:tại|nêu tại) [Đđ]iều \d+(?: của)?(?: (?:Quyết định|Quy định) này)?"
    r")(?=[,;:.]|$| (?:chủ trì|có trách nhiệm|chịu trách nhiệm|phối hợp|chủ động|khẩn trương|"
    r"định kỳ|báo cáo|xây dựng|thực hiện|triển khai|tổ chức|tổng hợp|gửi|căn cứ|và các cơ quan)\b)",
)
# "phối hợp với cơ quan chủ trì" names one; "các cơ quan phối hợp thực hiện" tells what to do.
_ROLE = re.compile(
    r"(?:chủ trì|phối hợp)(?=[;.]|$| (?:có trách nhiệm|chịu trách nhiệm|và (?:các )?(?:cơ quan|đơn "
    r"vị) (?:phối hợp|liên quan)))"
)
_LED = re.compile(r"chủ trì(?![,\w]| (?:và|phối hợp|triển khai|cùng))")
_USES = re.compile(
    r"(?:trực tiếp )?(?:quản lý|sử dụng|vận hành|khai thác|sản xuất|kinh doanh|cung cấp|cung ứng|"
    r"nhập)\b"
)
_LONGEST_USE = 34
_DUTY = re.compile(r"(?:có|chịu) trách nhiệm\b")
# Verbs with which no clause of that sort begins, and words that end one.
_NO_ATTRIBUTE = frozenset("có chịu phối chủ căn phải cần được là sẽ".split())
_CLAUSE_ENDS = frozenset("trong căn theo khi sau trước".split())
_LONGEST_CLAUSE = 18
# The nouns that such clauses follow.
_GENERIC = frozenset("quan vị nhân chức viên bà phương".split())


@dataclass(frozen=True, slots=True)
class Tail:
    """A tail up to token `end`; it closes the name, or a place follows; it may name several.

    After one that is the `last` no list goes on: "các sở liên quan và địa phương" are two.
    """

    end: int
    closes: bool
    groups: bool = False
    last: bool = False


def tail_at(marks: Marks, start: int, j: int, *, grouped: bool) -> Tail | None:
    """Return the tail of the name from `start` that stands at token `j`, None if none does."""
    text, offset = marks.text, marks.doc[j].idx
    if (found := _CLOSING.match(text, offset)) and _ends_word(text, found.end()):
        several = not found[0].casefold().endswith("tỉnh")
        levels = found[0].casefold().startswith(("cấp", "các cấp", "từ"))
        return Tail(_token_after(marks, j, found.end()), True, levels and several, not levels)
    if found := _OPENING.match(text, offset):
        return Tail(_token_after(marks, j, found.end()), False)
    if grouped and j > start and marks.doc[j - 1].lower_ in _GENERIC:
        return _clause_at(marks, start, j)
    return None


def _clause_at(marks: Marks, start: int, j: int) -> Tail | None:
    """Return the clause at `j` that says which units are meant: "được giao chủ trì"."""
    text, offset = marks.text, marks.doc[j].idx
    single = marks.doc[start].lower_ in ("cơ", "đơn")
    found = _CLAUSE.match(text, offset) or _ROLE.match(text, offset)
    if found is None and single and j == start + 2:
        found = _LED.match(text, offset)
    if found is not None:
        return Tail(_token_after(marks, j, found.end()), True)
    if j not in marks.verbs:
        return None
    end = max(_attribute_end(marks, j), _use_end(marks, j))
    return Tail(end, True) if end > j else None


def _use_end(marks: Marks, j: int) -> int:
    """Return the token after a clause at `j` that says what a unit runs or uses, `j` if none.

    "Đơn vị quản lý, vận hành hệ thống chiếu sáng có trách nhiệm …": commas do not end it.
    """
    doc = marks.doc
    if not _USES.match(marks.text, doc[j].idx):
        return j
    for k in range(j + 1, min(j + _LONGEST_USE, len(doc))):
        if _DUTY.match(marks.text, doc[k].idx) or doc[k].lower_ == "phải":
            return j if doc[k - 1].lower_ in ("và", ",") else k
        if doc[k].text in (";", ".", ":") or doc[k].is_sent_start:
            return j
        if marks.heads.get(k, (0, ""))[1] in ("unit", "person", "group"):
            return j
    return j


def _attribute_end(marks: Marks, j: int) -> int:
    """Return the token after a clause at `j` that says which units have to act, `j` if none does.

    "Cơ quan sử dụng công chức có trách nhiệm …": what stands before "có trách nhiệm" is the name;
    unless another unit stands between, which is then the one that has to.
    """
    doc = marks.doc
    end = 0
    if doc[j].lower_ in _NO_ATTRIBUTE:
        return j
    for k in range(j + 1, min(j + _LONGEST_CLAUSE, len(doc))):
        if _DUTY.match(marks.text, doc[k].idx):
            return j if doc[k - 1].lower_ in ("và", ",") else end or k
        joins = doc[k].lower_ == "và" and marks.heads.get(k + 1, (0, ""))[1] == "group"
        if not end and (joins or doc[k].lower_ in _CLAUSE_ENDS):
            end = k
        if doc[k].text in (";", ".", ":") or doc[k].is_sent_start:
            return j
        if not end and (doc[k].text == "," or marks.heads.get(k, (0, ""))[1] == "unit"):
            return j
    return j


def bracket_end(marks: Marks, j: int) -> int:
    """Return the token after "(…)" if it names the unit again, else `j`."""
    doc = marks.doc
    for k in range(j + 1, min(j + _LONGEST_BRACKET, len(doc))):
        if doc[k].text == ")":
            return k + 1 if doc[j + 1].text[0].isupper() else j
    return j


def _ends_word(text: str, offset: int) -> bool:
    return offset >= len(text) or not text[offset].isalnum()


def _token_after(marks: Marks, j: int, offset: int) -> int:
    while j < len(marks.doc) and marks.doc[j].idx < offset:
        j += 1
    return j
