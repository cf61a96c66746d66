# SPDX-License-Identifier: Apache-2.0
"""Dates that look like deadlines and bind nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.deadline_forms import Found

# Words further before the date than this (characters) say nothing about it.
_LONGEST_CLAUSE = 400

# "đã thụ lý trước ngày", "ban hành trước ngày": a state, not a duty. A comma ends the state.
_STATE = re.compile(
    r"\b(?:da|duoc)\s+(?!(?:duoc\s+)?(?:giao|phan\s+cong|yeu\s+cau)\b)(?:(?!\bphai\b)[^,])*$|"
    r"\b(?:sinh|tuyen\s+dung|phat\s+sinh|ky\s+ket|co\s+mat|thanh\s+lap|ban\s+hanh)\s*$"
)
# "trình Thủ tướng Chính phủ ban hành trước ngày …" is a duty all the same.
_DUTY = re.compile(r"\b(?:trinh|de|tham\s+muu|xay\s+dung|hoan\s+thien|hoan\s+thanh|phai)\b")
# "Nếu mua sắm trước ngày …", "đối với hồ sơ nộp trước ngày …"; what follows a comma is the duty.
_CONDITION = re.compile(
    r"(?:^|[,(:]|\s-)\s*(?:neu|doi\s+voi|truong\s+hop)\s(?:(?!\bphai\b)[^,:])*$|"
    r"\b(?:ke|tinh)\s+tu\s[^,]{0,40}$"
)
_EFFECT = re.compile(r"\b(?:co\s+hieu\s+luc|hieu\s+luc\s+thi\s+hanh|het\s+hieu\s+luc)\b[^,]{0,60}$")
_DATA = re.compile(
    r"\b(?:so\s+lieu|chot|ky\s+bao\s+cao|tinh\s+den|luy\s+ke)\b[^,;]{0,70}$|"
    r"\b(?:nien\s+khoa|nhiem\s+ky|giai\s+doan|tam\s+nhin|nam\s+hoc)\s*$"
)
# "văn bản ban hành từ ngày … đến ngày …": the range says which, not when.
_WHICH = re.compile(r"\b(?:ban\s+hanh|phat\s+sinh|thu\s+ly|tiep\s+nhan|ky)\b[^,;]{0,90}$")
# What has happened: "kết quả thực hiện trong quý I/2025", "tình hình trong tháng 6".
_REPORTED = re.compile(r"\b(?:ket\s+qua|tinh\s+hinh|so\s+voi|cung\s+ky)\b[^,;]{0,30}$")
_TARGET_BEFORE = re.compile(
    r"\b(?:phan\s+dau|muc\s+tieu|chi\s+tieu|du\s+kien)\b(?:(?!\bhoan\s+thanh\b)[^;.]){0,80}$"
)
_TARGET_AFTER = re.compile(
    r"^(?!\s*,?\s*(?:phai\s+)?hoan\s+thanh)[^;.]{0,60}?\b(?:dat\s|tang\s+(?:truong|len|them|\d)|giam\s+(?:con|xuong|it\s+nhat|\d)|con\s+duoi|"
    r"co\s+(?:it\s+nhat|tren|\d)|co\s+ban|[\d,.]+\s*%)"
)
# "đến năm 2030" names a horizon; it binds only where something is to be finished by then.
_FINISH = re.compile(
    r"\b(?:hoan\s+thanh|xong|thuc\s+hien|trien\s+khai|keo\s+dai|ket\s+thuc|bao\s+cao|gui|nop|trinh|ban\s+hanh)\b[^;.]{0,90}$"
)
_CITATION = re.compile(
    r"\b(?:so|van\s+ban|quyet\s+dinh|nghi\s+dinh|cong\s+van|thong\s+tu|chi\s+thi|ke\s+hoach|nghi\s+quyet)\s+"
    r"\S*\d+\S*/\S+\s*,?\s*(?:ban\s+hanh\s+)?$"
)
# "kinh phí hằng năm", "nhiệm vụ thường xuyên, định kỳ": an adjective of what stands before it.
_ADJECTIVE = re.compile(
    r"\b(?:kinh\s+phi|ngan\s+sach|du\s+toan|nguon\s+von|von|ke\s+hoach|bao\s+cao|che\s+do|luong|kham|"
    r"chuyen\s+doi\s+vi\s+tri\s+cong\s+tac|kiem\s+tra|nhan\s+xet)\s+$"
)


def is_trap(plain: str, item: Found) -> bool:  # noqa: PLR0911 - one a kind of trap
    """Return whether the words around a deadline in flat text say that it binds nobody."""
    begin = max(plain.rfind(".", 0, item.start), plain.rfind(";", 0, item.start)) + 1
    clause = plain[max(begin, item.start - _LONGEST_CLAUSE) : item.start]
    after = plain[item.end :]
    if _EFFECT.search(clause):
        return True
    if item.kind == "open":
        return _open_trap(plain[item.start : item.end], clause, after)
    if item.kind == "relative":
        return (
            item.anchor is not None and re.search(r"\b(?:da|neu)\s[^,]{0,40}$", clause) is not None
        )
    if item.kind == "recurring":
        return _STATE.search(clause) is not None and not _DUTY.search(clause)
    if _CITATION.search(clause) or _DATA.search(clause) or _CONDITION.search(clause):
        return True
    if _STATE.search(clause) and not _DUTY.search(clause):
        return True
    horizon = plain[item.start : item.end].startswith("den nam")
    if item.kind == "range" and _WHICH.search(clause):
        return True
    return item.bound in ("within", "until") and _is_target(clause, item, after, horizon=horizon)


def _is_target(clause: str, item: Found, after: str, *, horizon: bool) -> bool:
    """Return whether the date names what is to be reached, or what was, and not a day to act by."""
    if _TARGET_AFTER.match(after) or _TARGET_BEFORE.search(clause) or _REPORTED.search(clause):
        return True
    if item.kind != "once" or item.bound != "until":
        return False
    return not _FINISH.search(clause) or (horizon and "hoan thanh" not in clause)


def _open_trap(words: str, clause: str, after: str) -> bool:
    if not words.endswith("dinh ky"):
        return False
    return bool(_ADJECTIVE.search(clause)) or not re.match(
        r"\s*(?:[,;.)]|$|(?:bao\s+cao|to\s+chuc|kiem\s+tra|tong\s+hop|danh\s+gia|ra\s+soat|gui|cap\s+nhat)\b)",
        after,
    )
