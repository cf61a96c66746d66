# SPDX-License-Identifier: Apache-2.0
"""Đơn vị soạn thảo: the unit that wrote the text, on the "Lưu:" line (NĐ 30/2020, Phụ lục I, II.9).

"Lưu: VT, QLĐT (2)" names it by a code, "Lưu: VT, Cục Quản lý chất lượng" by its name. Behind it may
stand the writer and the number of copies: "KTN.Hòa20b".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.recipients import find_recipients
from pipeline.extract.values import Find
from pipeline.likeness import plain

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.record import Value
    from pipeline.settings import Settings

_FILED = re.compile(r"\W*l\wu\b\s*[:;.,]?\s*", re.IGNORECASE)
_ITEM = re.compile(r"[^,;]+")
# The clerks who keep a copy, and the copy itself: no unit wrote anything.
_CLERKS = re.compile(
    r"\W*(?:vt|vp|van thu|van phong\b.*|ho so|hs|hscv|luu tru|bpc)\W*(?:\(.*)?$", re.IGNORECASE
)
_BEFORE = re.compile(r"(?:VT\s*[.\-/]\s*)?[^\w]*")
_NAMED = re.compile(r"(?:Cục|Vụ|Phòng|Ban|Sở|Chi cục|Trung tâm|Thanh tra|Tổ|Khoa|Viện)\s[^(,;]*\w")
_CODE = re.compile(
    r"[A-ZĐ]x\d(?!\w)|[A-ZĐ][A-ZĐ&]*(?![^\W\d_])(?:[./\-][A-ZĐ&]+(?![^\W\d_]))*(?:\d(?!\w))?"
)
# "KGVXTin50", "NCbdv20": the code runs into the writer's name, whose capital a vowel follows.
_VOWEL = r"[hrg]?[^\W\d_A-ZĐbcdđfghjklmnpqrstvwxz]"
_GLUED = re.compile(rf"[A-ZĐ][A-ZĐ&]*?(?=[A-ZĐ]{_VOWEL})|[A-ZĐ][A-ZĐ&]+(?=[^\W\d_A-ZĐ])")
_PRIOR = 0.96


def extract_drafting_unit(document: Document, settings: Settings) -> Value | None:
    """Return the unit that the line "Lưu: …" of the recipients names, None if it names none."""
    passage, items = find_recipients(document)
    for start, end in reversed(items):
        line = passage.text[start:end]
        found = find_drafting_unit(line)
        if found is not None:
            first, last = found
            glued = line[last : last + 1].isalpha()
            find = Find(passage, start + first, start + last, "drafting.filed", _PRIOR, glued)
            return find.value(find.raw, settings)
    return None


def find_drafting_unit(line: str) -> tuple[int, int] | None:
    """Return where the drafting unit stands in a line "Lưu: …", None if it names none."""
    filed = _FILED.match(line)
    if filed is None or not plain(filed.group()).strip(" :;.,-").startswith("lu"):
        return None
    for item in _ITEM.finditer(line, filed.end()):
        if _CLERKS.match(plain(item.group())):
            continue
        start = _BEFORE.match(line, item.start())
        at = start.end() if start else item.start()
        for pattern in (_NAMED, _CODE, _GLUED):
            unit = pattern.match(line, at, item.end())
            if unit is not None:
                return unit.span()
    return None
