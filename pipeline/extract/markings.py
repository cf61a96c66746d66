# SPDX-License-Identifier: Apache-2.0
"""Độ khẩn, độ mật: the stamps "HỎA TỐC", "MẬT" on the first page (NĐ 30/2020, Phụ lục I, II.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.extract.parts import head_lines, line_spans, lines_of
from pipeline.extract.values import Find
from pipeline.likeness import alike
from pipeline.model import Role
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from pipeline.model import Page
    from pipeline.passage import Passage
    from pipeline.record import Value
    from pipeline.settings import Settings

# In its own box a stamp may be worn: one letter in four misread.
_ALIKE = 0.75


def extract_marking(page: Page, kind: str, settings: Settings) -> Value | None:
    """Return the stamp of `kind` ("urgency", "secrecy") on `page`, None if there is none.

    A box of that role may be read badly; a line elsewhere in the head must be just the words.
    """
    role = Role.URGENCY if kind == "urgency" else Role.SECRECY
    names = [row["name"] for row in rows("markings") if row["kind"] == kind]
    box = lines_of(page, role)
    for start, end in line_spans(box):
        best = max(names, key=lambda name: alike(name, box.text[start:end]))
        if alike(best, box.text[start:end]) >= _ALIKE:
            return Find(box, start, end, f"{kind}.box", 0.95).value(best, settings)
    return _in_head(head_lines(page), names, kind, settings)


def _in_head(passage: Passage, names: list[str], kind: str, settings: Settings) -> Value | None:
    for start, end in line_spans(passage):
        line = passage.text[start:end].strip(" .:*|-")
        for name in names:
            if line.isupper() and fold_tone_placement(line.lower()) == name.lower():
                return Find(passage, start, end, f"{kind}.head", 0.9).value(name, settings)
    return None
