# SPDX-License-Identifier: Apache-2.0
"""Units in a text: a head word ("Sở", "UBND", "các cơ quan") and its name up to a boundary.

A name runs on until a verb, a stop, or the head of the next unit: names themselves hold commas and
"và" ("Văn hóa, Thể thao và Du lịch"), so a list is split only before a head. Groups stay groups
("các cơ quan, đơn vị liên quan"); "các Bộ: Quốc phòng, Công an" are two ministries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.unit_marks import head_at
from pipeline.extract.unit_names import STOPS, name_end
from pipeline.record import Unit
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from pipeline.extract.unit_marks import Marks
    from pipeline.passage import Passage

# What may stand between the units of a list.
_LINKS = frozenset((",", ";", "và", "cùng", "hoặc", "/"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit at `text[start:end]`; `name` as printed, or expanded from "các Bộ: …"."""

    start: int
    end: int
    name: str
    kind: str


def read_list(marks: Marks, i: int) -> tuple[list[Mention], int]:
    """Return the units of the list that starts at token `i`, and the token after it."""
    found: list[Mention] = []
    doc = marks.doc
    while i < len(doc):
        head = head_at(marks, i)
        if head is None:
            break
        if head[0] < len(doc) - 1 and doc[head[0]].text == ":" and head[1] == "group":
            expanded, end = _expand(marks, i, head[0])
            if not expanded:
                break
            found += expanded
        else:
            end = name_end(marks, i, head)
            found.append(_mention(marks, i, end, head[1]))
        i = end
        while i < len(doc) and doc[i].lower_ in _LINKS and i - end < 2:
            i += 1
        if i == end or head_at(marks, i) is None:
            return found, end
    return found, i


def find_mentions(marks: Marks, start: int = 0, end: int | None = None) -> list[Mention]:
    """Return all units named between two tokens, those of one noun only ("đơn vị") left out."""
    found: list[Mention] = []
    i, last = start, len(marks.doc) if end is None else end
    while i < last:
        head = head_at(marks, i)
        if head is None or head[1] == "weak":
            i += 1
            continue
        units, after = read_list(marks, i)
        found += units
        i = max(after, i + 1)
    return found


def _mention(marks: Marks, start: int, end: int, kind: str) -> Mention:
    span = marks.doc[start:end]
    return Mention(span.start_char, span.end_char, " ".join(span.text.split()), kind)


def _expand(marks: Marks, start: int, colon: int) -> tuple[list[Mention], int]:
    """Return the units of "các Bộ: Quốc phòng, Công an" and the token after the list."""
    doc = marks.doc
    single = doc[colon - 1].text.capitalize()
    found: list[Mention] = []
    k = end = colon + 1
    while k < len(doc) and (
        k in marks.fields or (doc[k].text[0].isupper() and not head_at(marks, k))
    ):
        stop = marks.fields.get(k, k + 1)
        if k not in marks.fields:
            while (
                stop < len(doc)
                and doc[stop].text not in STOPS | _LINKS
                and stop not in marks.predicates
            ):
                stop += 1
        span = doc[k:stop]
        found.append(Mention(span.start_char, span.end_char, f"{single} {span.text}", "unit"))
        k = end = stop
        while k < len(doc) and doc[k].lower_ in _LINKS and k - end < 2:
            k += 1
        if k == end:
            break
    # One name after the colon is no list: "Các Sở: Chủ động …" is an order to all of them.
    return (found, end) if len(found) > 1 else ([], start)


def unit_key(name: str) -> str:
    """Return the key under which spellings are one unit: case, dashes, tones, "(GDĐT)" folded."""
    plain = re.sub(r"\s*[-–—]\s*", " - ", re.sub(r"\s*\([A-ZĐ&-]+\)", "", name))
    return " ".join(
        fold_tone_placement(plain.casefold()).replace("ủy ban nhân dân", "ubnd").split()
    )


class Registry:
    """The units of one document, numbered u1, u2, … in the order of their first mention."""

    def __init__(self, passage: Passage) -> None:
        """Start empty; `passage` gives the evidence of the mentions."""
        self._passage = passage
        self._units: dict[str, Unit] = {}

    def add(self, mention: Mention, offset: int) -> str:
        """Return the id of the unit of a mention whose text begins at `offset` of the passage."""
        key = unit_key(mention.name)
        if key not in self._units:
            start, end = mention.start + offset, mention.end + offset
            self._units[key] = Unit(
                id=f"u{len(self._units) + 1}",
                value=mention.name,
                raw=self._passage.text[start:end],
                evidence=self._passage.evidence(start, end, f"units.{mention.kind}"),
            )
        return self._units[key].id

    @property
    def units(self) -> list[Unit]:
        """The units so far."""
        return list(self._units.values())
