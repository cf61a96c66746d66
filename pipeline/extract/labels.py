# SPDX-License-Identifier: Apache-2.0
"""Lines that carry a label: "Đơn vị thực hiện: …", "Đơn vị phối hợp: …", "Thời gian: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.dates import flat

LabelKind = Literal["lead", "cooperate", "time"]

_WHO = r"(?:don\s+vi|co\s+quan|bo\s+phan|noi)"
_LABELS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    ("cooperate", re.compile(rf"(?:{_WHO}\s+)?phoi\s+hop(?:\s+thuc\s+hien)?\s*:")),
    (
        "lead",
        re.compile(
            rf"{_WHO}\s+(?:chu\s+tri|thuc\s+hien|chiu\s+trach\s+nhiem|dau\s+moi)[a-z ]{{0,20}}:"
        ),
    ),
    ("lead", re.compile(r"(?:chu\s+tri|phan\s+cong)\s*:")),
    (
        "time",
        re.compile(
            r"(?:thoi\s+(?:gian|han)|tien\s+do)"
            r"(?:\s+(?:thuc\s+hien|hoan\s+thanh|gui|bao\s+cao|trien\s+khai))*\s*:"
        ),
    ),
)

_BINDS = re.compile(r"thuc\s+hien|hoan\s+thanh|thoi\s+han|tien\s+do|gui|bao\s+cao")


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
    head = flat(text[:60])
    for kind, pattern in _LABELS:
        match = pattern.match(head)
        if match is not None:
            return Label(
                kind, match.end(), binds=kind == "time" and bool(_BINDS.search(match.group()))
            )
    return None


def column_kind(header: str) -> LabelKind | Literal["content", "number"] | None:
    """Return what a column of a table of tasks holds, by the words of its header."""
    words = flat(header)
    if re.fullmatch(r"\W*(?:tt|stt|so\s+tt|so\s+thu\s+tu)\W*", words):
        return "number"
    if "phoi hop" in words:
        return "cooperate"
    if re.search(r"chu\s*tri|thuc\s+hien|chiu\s+trach\s+nhiem|dau\s+moi|phan\s+cong", words) and (
        re.search(r"co\s+quan|don\s+vi|chu\s*tri|phan\s+cong|noi", words)
    ):
        return "lead"
    if re.search(r"thoi\s+(?:gian|han|diem)|tien\s+do|hoan\s+thanh", words):
        return "time"
    if re.search(r"noi\s+dung|nhiem\s+vu|cong\s+viec|hoat\s+dong|giai\s+phap", words):
        return "content"
    return None
