# SPDX-License-Identifier: Apache-2.0
"""Lines that carry a label: "Đơn vị thực hiện: …", "Đơn vị phối hợp: …", "Thời gian: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.dates import flat

LabelKind = Literal["lead", "cooperate", "time", "content"]

_WHO = r"(?:(?:cac\s+)?(?:don\s+vi|co\s+quan|bo\s+phan|noi|to\s+chuc)(?:\s*,\s*don\s+vi)?)"
_DOES = r"(?:chu\s+tri|thuc\s+hien|chiu\s+trach\s+nhiem|dau\s+moi|tham\s+muu|phu\s+trach)"
_LABELS: tuple[tuple[LabelKind, str], ...] = (
    ("cooperate", rf"(?:{_WHO}\s+)?(?:cung\s+)?phoi\s+hop(?:\s+thuc\s+hien)?\s*:"),
    ("lead", rf"{_WHO}\s+(?:duoc\s+giao\s+)?{_DOES}(?!\s+phoi)[a-z ,]{{0,24}}:"),
    ("lead", rf"(?:{_DOES}|phan\s+cong(?:\s+thuc\s+hien)?|trach\s+nhiem(?:\s+thuc\s+hien)?)\s*:"),
    (
        "time",
        r"(?:thoi\s+(?:gian|han)|tien\s+do)"
        r"(?:\s+(?:thuc\s+hien|hoan\s+thanh|gui|bao\s+cao|trien\s+khai|,|va))*\s*:",
    ),
    (
        "content",
        r"(?:noi\s+dung|nhiem\s+vu|cong\s+viec)(?:\s+(?:thuc\s+hien|cong\s+viec|chinh))?\s*:",
    ),
)  # fmt: skip
_AT_START = tuple((kind, re.compile(pattern)) for kind, pattern in _LABELS)
_INSIDE = re.compile(r"(?<=[.;(])\s*(?:[-+]\s*)?(?=[a-z])")

_BINDS = re.compile(r"thuc\s+hien|hoan\s+thanh|thoi\s+han|tien\s+do|gui|bao\s+cao")
# No label is longer, with what leads up to its colon.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Label:
    """What a labelled line says, and where its text begins.

    `binds` tells a time by which something is to be done from one at which something takes place.
    """

    kind: LabelKind
    start: int
    binds: bool = False


def read_label(text: str) -> Label | None:
    """Return the label that `text` begins with, None if it has none."""
    return _label(flat(text[:_LONGEST]), 0)


def labels_inside(text: str) -> list[tuple[int, Label]]:
    """Return the labels that follow a stop or stand in brackets, with where each begins.

    "Tuyên truyền pháp luật. Đơn vị chủ trì: Sở Tư pháp; phối hợp: các sở." has two.
    """
    plain = flat(text)
    found = []
    for match in _INSIDE.finditer(plain):
        label = _label(plain[match.end() : match.end() + _LONGEST], match.end())
        if label is not None and label.kind != "content":
            found.append((match.end(), label))
    return found


def _label(head: str, offset: int) -> Label | None:
    for kind, pattern in _AT_START:
        match = pattern.match(head)
        if match is not None:
            binds = kind == "time" and bool(_BINDS.search(match.group()))
            return Label(kind, offset + match.end(), binds=binds)
    return None


ColumnKind = Literal["lead", "cooperate", "time", "content", "number"]


def column_kind(header: str) -> ColumnKind | None:  # noqa: PLR0911 - one kind a line
    """Return what a column of a table of tasks holds, by the words of its header."""
    words = " ".join(flat(header).split())
    if re.fullmatch(r"\W*(?:tt|stt|so tt|so thu tu|s tt)\W*", words):
        return "number"
    if "phoi hop" in words and not re.search(r"chu tri", words):
        return "cooperate"
    if re.search(r"thoi (?:gian|han|diem)|tien do|hoan thanh|lo trinh", words):
        return "time"
    if re.search(r"san pham|ket qua|dau ra|ghi chu|kinh phi", words):
        return None
    if re.search(r"chu tri|co quan|don vi|phan cong|trach nhiem|dau moi|noi thuc hien", words):
        return "lead"
    if re.search(
        r"noi dung|nhiem vu|cong viec|hoat dong|giai phap|viec can|ten (?:de an|van)", words
    ):
        return "content"
    return None
