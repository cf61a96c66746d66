# SPDX-License-Identifier: Apache-2.0
"""Dates that look like deadlines and bind nobody."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.deadline_words import Found
    from pipeline.extract.issued import Issued

# Words further before the date than this (characters) say nothing about it.
_LONGEST_CLAUSE = 400
# A day so long before the issue is history or a condition; a later one may be a slip of the year.
_HISTORY = dt.timedelta(days=366)

# "đã thụ lý trước ngày", "ban hành trước ngày": a state, not a duty. A comma ends the state.
_STATE = re.compile(
    r"\bda\s+(?!(?:duoc\s+)?(?:giao|phan\s+cong|yeu\s+cau)\b)(?:(?!\bphai\b)[^,])*$|"
    r"(?<!da\s)\bduoc\s+(?!(?:giao|phan\s+cong|yeu\s+cau|thuc\s+hien|hoan\s+thanh|to\s+chuc|"
    r"tien\s+hanh|gui|nop|bao\s+cao)\b)(?:(?!\bphai\b)[^,])*$|"
    r"\b(?:sinh|tuyen\s+dung|phat\s+sinh|ky\s+ket|co\s+mat|thanh\s+lap|ban\s+hanh|nghi\s+huu|"
    r"nghi\s+viec|thoi\s+viec|cach\s+mang|dong\s+bao\s+hiem\s+xa\s+hoi)\s*$"
)
# "hồ sơ tiếp nhận trước ngày": a noun with what was done to it.
_NOUN_STATE = re.compile(
    r"\b(?:ho\s+so|du\s+an|cong\s+trinh|doi\s+tuong|nguoi|can\s+bo|hop\s+dong|nha\s+o|giay\s+phep|"
    r"giay\s+chung\s+nhan|don|truong\s+hop|cong\s+chuc|vien\s+chuc|van\s+ban)\s+(?:[a-z]+\s+){0,3}?"
    r"(?:tiep\s+nhan|nop|ky|cap|ban\s+hanh|phe\s+duyet|khoi\s+cong|xay\s+dung|thu\s+ly|dang\s+ky|"
    r"phat\s+sinh|tuyen\s+dung|cong\s+nhan|mua|thuc\s+hien|giao)\s*$"
)
# "trước ngày 01/7 thì …", "trước ngày 01/7 tiếp tục …": the rule for what was there before.
_STATE_AFTER = re.compile(
    r"^\s*,?\s*(?:thi|ma|nhung|khong\s+phai|van\b|tiep\s+tuc|duoc\s+(?:huong|ap\s+dung|tiep\s+tuc))"
)
# "trình Thủ tướng Chính phủ ban hành trước ngày …" is a duty all the same.
_DUTY = re.compile(
    r"\b(?:trinh|de|tham\s+muu|xay\s+dung|hoan\s+thien|hoan\s+thanh|phai|giao|yeu\s+cau|chu\s+tri|"
    r"to\s+chuc|bao\s+cao|gui|don\s+doc|khan\s+truong)\b"
)
# "Nếu mua sắm trước ngày …", "đối với hồ sơ nộp trước ngày …"; what follows a comma is the duty.
_CONDITION = re.compile(
    r"(?:^|[,(:]|\s-)\s*(?:neu|doi\s+voi|truong\s+hop|ap\s+dung\s+(?:doi\s+voi|cho))"
    r"\s(?:(?!\bphai\b)[^,:])*$|"
    r"\b(?:ke|tinh)\s+tu\s[^,]{0,40}$"
)
_EFFECT = re.compile(
    r"\b(?:co\s+hieu\s+luc|hieu\s+luc\s+thi\s+hanh|het\s+hieu\s+luc|co\s+gia\s+tri|"
    r"(?:thoi\s+han|gia\s+tri)\s+(?:su\s+dung|hieu\s+luc)|giay\s+phep\s+co\s+thoi\s+han)\b[^,]{0,60}$"
)
# "ban hành, bảo đảm có hiệu lực trước ngày 01/3/2027" is a duty
_IN_FORCE = re.compile(r"\b(?:bao\s+dam|dam\s+bao)\s+co\s+hieu\s+luc\b[^,]{0,30}$")
_APPLIES = re.compile(r"\b(?:ap\s+dung|thi\s+hanh)\s*$")
_DATA = re.compile(
    r"\b(?:chot|(?<!dinh\s)ky\s+bao\s+cao|tinh\s+den|luy\s+ke)\b[^,;]{0,70}$|(?:^|,)\s*tinh\s*$|"
    r"\b(?:nien\s+khoa|nhiem\s+ky|giai\s+doan|thoi\s+ky|tam\s+nhin|dinh\s+huong|nam\s+hoc)"
    r"(?:\s+[ivx\d]{1,3})?\s*[:(,]?\s*$"
)
_FIGURES = re.compile(r"\bso\s+lieu\b[^,;]{0,70}$")
# "văn bản ban hành từ ngày … đến ngày …": the range says which, not when.
_WHICH = re.compile(
    r"\b(?:ban\s+hanh|phat\s+sinh|thu\s+ly|ky|sinh|tham\s+gia|cong\s+tac|hoat\s+dong|khang\s+chien)"
    r"\b[^,;:]{0,90}$|\btiep\s+nhan\b[^,;:]{0,30}$"
)
# "lập phương án vận hành từ ngày … đến ngày …, gửi Bộ …": the range is what the plan is about.
_PLAN = re.compile(r"\b(?:lap|xay\s+dung)\s+(?:phuong\s+an|ke\s+hoach|lich)\b[^,;]{0,120}$")
_HANDED_IN = re.compile(r"^\s*,\s*(?:gui|trinh|nop|bao\s+cao)\b")
_SCHEDULE = re.compile(r"\bthoi\s+gian\b")
# What is to be expected of the weather, what takes place: nobody has to do anything by then.
_FORECAST = re.compile(r"\b(?:du\s+bao|nhan\s+dinh|canh\s+bao)\b[^.;]{0,120}$")
_EVENT = re.compile(
    r"\b(?:dien\s+ra|khai\s+mac|be\s+mac|khai\s+giang)\b[^,;]{0,40}$|\bbat\s+dau\s*$"
)
# "Ngày Chuyển đổi số quốc gia 10/10 hằng năm"
_ANNIVERSARY = re.compile(
    r"\b(?:ngay|tuan\s+le|thang\s+hanh\s+dong|ky\s+niem|huong\s+ung)\s+[a-z][a-z\s\-,“”\"]{2,80}\(?$"
)
# "Kinh phí thực hiện trong năm 2025 là …"
_MONEY = re.compile(
    r"^\W*(?:[a-zđ]\)\s*|\d+[.)]\s*)?(?:tong\s+)?(?:kinh\s+phi|du\s+toan|nguon\s+von|so\s+thu|so\s+chi|"
    r"doanh\s+thu|ty\s+le|ket\s+qua|tong\s+so|chi\s+tieu|muc\s+chi|gia\s+tri)\b(?:(?!\bphai\b)[^,])*$"
)
# What has happened: "kết quả thực hiện trong quý I/2025", "tình hình trong tháng 6".
_REPORTED = re.compile(r"\b(?:ket\s+qua|tinh\s+hinh|so\s+voi|cung\s+ky)\b[^,;]{0,30}$")
_TARGET_BEFORE = re.compile(
    r"\b(?:phan\s+dau|muc\s+tieu|chi\s+tieu|du\s+kien)\b(?:(?!\bhoan\s+thanh\b)[^;.]){0,80}$"
)
_TARGET_AFTER = re.compile(
    r"^(?!\s*,?\s*(?:phai\s+)?hoan\s+thanh)[^;.]{0,60}?\b(?:dat\s|tang\s+(?:truong|len|them|\d)|"
    r"giam\s+(?:con|xuong|it\s+nhat|\d)|con\s+duoi|co\s+(?:it\s+nhat|tren|\d)|co\s+ban|[\d,.]+\s*%)"
)
# "đến năm 2030" names a horizon; it binds only where something is to be finished by then.
_FINISH = re.compile(
    r"\b(?:hoan\s+thanh|xong|thuc\s+hien|trien\s+khai|keo\s+dai|ket\s+thuc|bao\s+cao|gui|nop|trinh|"
    r"ban\s+hanh|giai\s+ngan|thanh\s+toan|quyet\s+toan|chi\s+tra|tiep\s+nhan|duy\s+tri|to\s+chuc|"
    r"tuyen\s+truyen|xu\s+ly|cao\s+diem|trung\s+bay|tap\s+trung)\b[^;.]{0,90}$"
)
_CITATION = re.compile(
    r"\b(?:so|van\s+ban|quyet\s+dinh|nghi\s+dinh|cong\s+van|thong\s+tu|chi\s+thi|ke\s+hoach|nghi\s+quyet)\s+"
    r"\S*\d+\S*/\S+\s*,?\s*(?:ban\s+hanh\s+)?$"
)
# "kinh phí hằng năm", "nhiệm vụ thường xuyên, định kỳ": an adjective of what stands before it.
_ADJECTIVE = re.compile(
    r"\b(?:kinh\s+phi|ngan\s+sach|du\s+toan|nguon\s+von|von|ke\s+hoach|bao\s+cao|che\s+do|luong|kham|"
    r"chuyen\s+doi\s+vi\s+tri\s+cong\s+tac|kiem\s+tra|nhan\s+xet|tro\s+cap|phu\s+cap|bao\s+duong|"
    r"danh\s+gia|hop|sinh\s+hoat|suc\s+khoe)\s+$"
)
# "từ ngày 15 … đến ngày 14 của tháng cuối quý": what a report covers
_SINCE = re.compile(r"\btu\s[^;.]{0,60}$")
_NOT_YET = re.compile(r"^\s*(?:ma\s+)?chua\b")
# "các dự án có kế hoạch hoàn thành năm 2025": which, not when
_PLANNED = re.compile(r"\b(?:co\s+ke\s+hoach|du\s+kien|theo\s+ke\s+hoach|tien\s+do)\s*$")
_BUDGET = re.compile(
    r"\b(?:kinh\s+phi|ngan\s+sach|du\s+toan|von|ke\s+hoach|luong|tro\s+cap|phu\s+cap|chi\s+tieu|quy|"
    r"thue|hoc\s+phi|hoc\s+bong|tuat|nuoi\s+duong|huu|nghe\s+nghiep|khen\s+thuong|thu\s+nhap|phep|"
    r"nghi\s+phep|ngay\s+nghi|su\s+dung\s+dat|uu\s+dai|nghi\s+quyet|chuong\s+trinh|danh\s+muc|hoi\s+nghi)\s*$"
)
# "hạn ngạch do Bộ Công Thương công bố hằng năm"
_MADE_BY = re.compile(r"\bdo\s[^,;.]{3,80}\b(?:cong\s+bo|ban\s+hanh|giao|cap|quy\s+dinh)\s*$")
# "nơi thường trú trước khi nhập ngũ", "mức lương trước khi nghỉ": what was, before an event
_FORMER = re.compile(
    r"\b(?:thuong\s+tru|cu\s+tru|luong|phu\s+cap|dam\s+nhiem|cong\s+tac|hien\s+huong|lien\s+ke|"
    r"nghi\s+huu|cuoi|chet|lam\s+viec|dong)\s*$|\b(?:thoi\s+gian|chuc\s+danh|noi)\s[^,;]{0,60}$"
)
_DOES = re.compile(
    r"\s*,?\s*(?:(?:hoac|va)\s+dot\s+xuat\s+)?(?:bao\s+cao|to\s+chuc|kiem\s+tra|tong\s+hop|danh\s+gia|ra\s+soat|gui|cap\s+nhat|thong\s+ke|"
    r"so\s+ket|giao\s+ban|giam\s+sat|thanh\s+tra|thu\s+thap|theo\s+doi|cong\s+khai|cong\s+bo|thong\s+bao|hop|lam\s+viec|tham\s+muu|trinh|thuc\s+hien)\b"
)
_NOT = re.compile(r"\b(?:khong|chua|nhung|da)\b[^,;]{0,60}$")
# "sau 05 ngày kể từ ngày nhận được mà không có ý kiến thì …"
# "trước ngày Nghị định này có hiệu lực" says which
_UNLESS = re.compile(r"\bma\s+(?:khong|chua|van)\b|^truoc\s.*\b(?:hieu\s+luc|thi\s+hanh)\b")
_IF = re.compile(r"\b(?:da|neu|truong\s+hop|qua)\s[^,]{0,40}$")


def is_trap(plain: str, item: Found, issued: Issued | None = None) -> bool:
    """Return whether the words around a deadline in flat text say that it binds nobody."""
    begin = max(plain.rfind(". ", 0, item.start), plain.rfind(";", 0, item.start)) + 1
    clause = plain[max(begin, item.start - _LONGEST_CLAUSE) : item.start]
    after = plain[item.end : item.end + _LONGEST_CLAUSE]
    if _EFFECT.search(clause) and not (item.bound == "before" and _IN_FORCE.search(clause)):
        return True
    if item.kind == "open":
        return _open_trap(plain[item.start : item.end], clause, after)
    if item.kind == "relative":
        return _relative_trap(plain[item.start : item.end], clause, item)
    if item.kind == "recurring":
        return _recurring_trap(clause, item, after)
    return _is_past(item, issued) or _dated_trap(plain, item, clause, after)


def _relative_trap(words: str, clause: str, item: Found) -> bool:
    if item.offset == "P0D" and item.bound == "before" and _FORMER.search(clause):
        return True
    if _UNLESS.search(words):
        return True
    return item.anchor is not None and _IF.search(clause) is not None


def _recurring_trap(clause: str, item: Found, after: str) -> bool:
    rule = item.rrule or ""
    unbound = item.trust < 1 and "BYMONTHDAY" in rule
    if unbound and any(trap.search(clause) for trap in (_ANNIVERSARY, _DATA, _FIGURES)):
        return True
    if item.bound == "until" and (_SINCE.search(clause) or _NOT_YET.match(after)):
        return True
    if "BY" not in rule and (_BUDGET.search(clause) or _MADE_BY.search(clause)):
        return True
    return _STATE.search(clause) is not None and not _DUTY.search(clause)


def _is_past(item: Found, issued: Issued | None) -> bool:
    """Return whether a window was over when the document was issued, or a day long past."""
    last = item.date or item.last
    if last is None and item.first is not None and item.kind == "range":
        return issued is not None and item.first < issued.first - _HISTORY
    if issued is None or last is None:
        return False
    window = item.kind == "range" or item.bound in ("within", "until")
    return last < (issued.first if window else issued.first - _HISTORY)


def _dated_trap(plain: str, item: Found, clause: str, after: str) -> bool:
    if any(trap.search(clause) for trap in (_CITATION, _DATA, _CONDITION, _EVENT)):
        return True
    if _is_state(item, clause, after) or _is_window(plain, item, clause, after):
        return True
    horizon = re.match(r"(?:den|vao)\s+nam\b", plain[item.start : item.end]) is not None
    return (horizon or item.bound in ("within", "until")) and _is_target(
        clause, item, after, horizon=horizon
    )


def _is_state(item: Found, clause: str, after: str) -> bool:
    """Return whether the date says which things are meant: "hồ sơ tiếp nhận trước ngày …"."""
    if item.bound in ("before", "until") and _STATE_AFTER.match(after):
        return True
    state = _STATE.search(clause) or _NOUN_STATE.search(clause)
    return state is not None and not _DUTY.search(clause)


def _is_window(plain: str, item: Found, clause: str, after: str) -> bool:
    """Return whether the date says what figures, money, works or a forecast are about."""
    if item.bound not in ("before", "by") and _FIGURES.search(clause):
        return True
    if item.bound != "before" and (_FORECAST.search(clause) or _MONEY.search(clause)):
        return True
    if plain.startswith("hoan thanh", item.start) and _PLANNED.search(clause):
        return True
    if item.kind != "range" or _SCHEDULE.search(clause):
        return False
    if _PLAN.search(clause) and _HANDED_IN.match(after):
        return True
    return bool(_WHICH.search(clause) or _APPLIES.search(clause))


def _is_target(clause: str, item: Found, after: str, *, horizon: bool) -> bool:
    """Return whether the date names what is to be reached, or what was, and not a day to act by."""
    if _TARGET_AFTER.match(after) or _TARGET_BEFORE.search(clause) or _REPORTED.search(clause):
        return True
    if item.kind != "once" or not (horizon or item.bound == "until"):
        return False
    if not clause.strip() and not after.strip(" .;"):
        return False  # all that a time column says
    if re.match(r"\s*,?\s*(?:phai\s+)?hoan\s+thanh\b", after) and not horizon:
        return False
    return not _FINISH.search(clause) or (horizon and "hoan thanh" not in clause)


def _open_trap(words: str, clause: str, after: str) -> bool:
    """Return whether "định kỳ" says of what kind something is, or "đúng hạn" that it was not."""
    if not words.endswith("dinh ky"):
        return words.endswith("han") and _NOT.search(clause) is not None
    if words.startswith("theo"):
        return False
    return bool(_ADJECTIVE.search(clause)) or not _DOES.match(after)
