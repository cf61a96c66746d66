# SPDX-License-Identifier: Apache-2.0
"""Units in a text: a head word ("Sở", "UBND", "các cơ quan") and its name up to a boundary.

A name runs on until a verb, a stop, or the head of the next unit: names themselves hold commas and
"và" ("Văn hóa, Thể thao và Du lịch"), so a list is split only before a head. Groups stay groups
("các cơ quan, đơn vị liên quan"); "các Bộ: Quốc phòng, Công an" are two ministries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.abbreviations import write_out
from pipeline.extract.unit_levels import rank
from pipeline.extract.unit_lists import is_agency
from pipeline.extract.unit_marks import head_at
from pipeline.extract.unit_names import STOPS, SURE, read_name
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from pipeline.extract.unit_marks import Marks
    from pipeline.extract.unit_names import Name

# What may stand between the units of a list.
_LINKS = frozenset((",", ";", "và", "cùng", "hoặc", "/"))
_WORDS = re.compile(r"\w+|\([^)]*\)")
# A document names some hundred units.
_NAMES_KEPT = 4096
# What a post may be addressed by; it is no part of the post.
_ADDRESSES = frozenset(("đồng chí", "đ/c", "ông", "bà"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit at `text[start:end]`; `name` as printed, or expanded from "các Bộ: …".

    `kind` is "unit", "group" or "person"; `trust` says how sure the ends are (0–1).
    """

    start: int
    end: int
    name: str
    kind: str
    trust: float = SURE


def read_list(marks: Marks, i: int) -> tuple[list[Mention], int]:
    """Return the units of the list that starts at token `i`, and the token after it."""
    found: list[Mention] = []
    doc = marks.doc
    while i < len(doc):
        head = head_at(marks, i)
        if head is None:
            break
        colon = _colon(marks, head)
        expanded, end = _expand(marks, i, colon) if colon else ([], i)
        if expanded:
            found += expanded
        else:
            i, head = _without_address(marks, i, head)
            name = read_name(marks, i, head)
            if head[1] == "group" and _names_them(marks, name.end):
                i = name.end + 1
                continue
            found.append(_mention(marks, i, name))
            more, end = _more_fields(marks, i, name.end)
            found += more
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


def _colon(marks: Marks, head: tuple[int, str]) -> int:
    """Return the colon of "các Bộ:", "Giám đốc các Sở:", 0 if there is none."""
    end, kind = head
    group = head_at(marks, end) if kind in ("person", "alone", "post") else head
    if group is None or group[1] != "group" or group[0] >= len(marks.doc) - 1:
        return 0
    colon = group[0]
    level = rank(marks.doc[colon - 1 : colon].text) > 0
    return colon if marks.doc[colon].text == ":" and not level else 0


def _names_them(marks: Marks, colon: int) -> bool:
    """Return whether a colon stands there and units after it: "các đơn vị: Sở A, Sở B"."""
    doc = marks.doc
    if colon + 1 >= len(doc) or doc[colon].text != ":" or not _is_capital(marks, colon + 1):
        return False
    head = head_at(marks, colon + 1)
    return head is not None and head[1] in ("unit", "person", "alone", "post")


def _without_address(marks: Marks, i: int, head: tuple[int, str]) -> tuple[int, tuple[int, str]]:
    """Return where a post begins that "đồng chí", "ông", "bà" stands before, and its head."""
    post = head_at(marks, head[0]) if head[1] == "person" and head[0] < len(marks.doc) else None
    addressed = marks.doc[i : head[0]].text.casefold() in _ADDRESSES
    if addressed and post is not None and post[1] in ("person", "post"):
        return head[0], post
    return i, head


def _mention(marks: Marks, start: int, name: Name) -> Mention:
    span = marks.doc[start : name.end]
    words = " ".join(span.text.split())
    return Mention(span.start_char, span.end_char, words, name.kind, name.trust)


def _expand(marks: Marks, start: int, colon: int) -> tuple[list[Mention], int]:
    """Return the units of "các Bộ: Quốc phòng, Công an" and the token after the list."""
    doc = marks.doc
    single = doc[colon - 1].text.capitalize()
    post = doc[start].text if doc[colon - 2].lower_ == "các" and colon - start > 2 else ""
    if post:
        post = f"{doc[start : colon - 2].text} "
    found: list[Mention] = []
    k = end = colon + 1
    while k < len(doc) and (k in marks.fields or (_is_capital(marks, k) and not head_at(marks, k))):
        stop = marks.fields.get(k, k + 1)
        if k not in marks.fields:
            while stop < len(doc) and _goes_on(marks, stop):
                stop += 1
        span = doc[k:stop]
        name = f"{post}{single} {span.text}"
        kind = "person" if post else "unit"
        found.append(Mention(span.start_char, span.end_char, name, kind))
        k = end = stop
        while k < len(doc) and doc[k].lower_ in _LINKS and k - end < 2:
            k += 1
        if k == end:
            break
    # One name after the colon is no list: "Các Sở: Chủ động …" is an order to all of them.
    return (found, end) if len(found) > 1 else ([], start)


def _is_capital(marks: Marks, k: int) -> bool:
    return marks.doc[k].text[0].isupper()


def _goes_on(marks: Marks, k: int) -> bool:
    return marks.doc[k].text not in STOPS | _LINKS and k not in marks.predicates


def _more_fields(marks: Marks, start: int, end: int) -> tuple[list[Mention], int]:
    """Return the units that "Nội vụ, Y tế" add behind "Sở Tài chính," and the token after them.

    Each must be a whole agency of the same head that the lists know, and nothing more of a name
    may follow it.
    """
    doc = marks.doc
    head = doc[start].text
    found: list[Mention] = []
    if head.casefold() not in ("sở", "bộ", "phòng") or not is_agency(doc[start:end].text):
        return found, end
    k = end + 1
    while end < len(doc) and doc[end].lower_ in (",", "và", ";") and k in marks.fields:
        stop = marks.fields[k]
        name = f"{head} {doc[k:stop].text}"
        own = head_at(marks, k) is not None and head.casefold() != "bộ"
        closed = stop >= len(doc) or doc[stop].lower_ in _LINKS | STOPS or stop in marks.predicates
        if own or not closed or not is_agency(name):
            break
        span = doc[k:stop]
        found.append(Mention(span.start_char, span.end_char, name, "unit"))
        end, k = stop, stop + 1
    return found, end


@lru_cache(maxsize=_NAMES_KEPT)
def unit_key(name: str) -> str:
    """Return the key under which spellings are one unit.

    Abbreviations are written out; case, dashes, commas, "và", the place of tones and an
    abbreviation in brackets make no difference.
    """
    plain = fold_tone_placement(write_out(name).casefold())
    return " ".join(word for word in _WORDS.findall(plain) if word != "và")
