# SPDX-License-Identifier: Apache-2.0
"""Where the name of a unit ends: before a verb, a stop, or the head of the next unit.

A name is a head and words of its own ("Trung tâm Kiểm soát bệnh tật"), a territory ("tỉnh Bắc
Ninh") and tails ("liên quan", "trên địa bàn"). A field of the state's work ("Tài chính"), a
territory or a tail closes it: what follows then is a tail, or no part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.places import is_place
from pipeline.extract.unit_levels import is_list, level_end, place_end, rank
from pipeline.extract.unit_lists import is_agency, last_level, runs_on
from pipeline.extract.unit_marks import first_end, head_at
from pipeline.extract.unit_tails import bracket_end, tail_at

if TYPE_CHECKING:
    from pipeline.extract.unit_marks import Marks

# A name of more words than this is running text (the longest of the 12 labelled documents has 24).
_LONGEST = 28

STOPS = frozenset(
    ('"', "“", "”", ";", ".", "./.", "./", ":", "!", "?", "…", "...", ")", "[", "]", "+", "*")
)
_NUMBERED = frozenset("quận phường khu vực đoàn số xã sở quân binh".split())
# "Công trình", "Chương trình": the verb "trình" is no verb after these.
_PROGRAMMES = frozenset("công chương quy giáo lộ tiến quá".split())
# Units that are named by a field of work alone: nothing but a territory follows it.
_OF_A_FIELD = frozenset(("bộ", "sở", "phòng"))
_GROUPS = frozenset(("group", "weak", "nouns"))
_PROVINCIAL = frozenset(("sở", "phòng"))
_NOT_LAST = frozenset((",", "và", "&", "-", "–", "—", "các", "thuộc", "của", "trực thuộc"))

# How sure the end of a name is: at a verb or a stop, at a word that no list has, where it says too
# little, cut for length.
SURE, OPEN, DOUBTFUL, CUT = 0.97, 0.85, 0.6, 0.4
# A name of more words is more often than not several.
_LONG = 20
# What follows a group may be a clause that says which of them.
_CLAUSE_AHEAD = re.compile(
    r"(?:khai thác|sử dụng|quản lý|vận hành|sản xuất|kinh doanh|tham gia|được|đang|do|"
    r"có (?:những|hành vi|nhu cầu|vốn|dự án|hoạt động|chức năng))\b"
)
# Nouns that alone name nobody.
_GENERIC = frozenset(
    (
        *("cơ quan", "đơn vị", "bộ phận", "tổ chức", "công ty", "doanh nghiệp", "cơ sở"),
        *("các cấp", "các cơ sở", "cá nhân", "các cá nhân", "tổ chức, cá nhân", "công an"),
        *("các tổ chức, cá nhân", "hộ gia đình", "địa phương", "các ban", "các tổ", "các đội"),
        *("tổ công tác", "các thành viên", "thành viên", "người", "cán bộ", "công chức"),
        *("trung tâm", "ủy ban", "uỷ ban", "hội đồng", "ban", "phòng", "văn phòng", "tổ", "cục"),
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A unit's name up to token `end`.

    Attributes:
        end: the token after it.
        kind: "unit", "group" or "person".
        trust: 0–1, how sure its end is.
    """

    end: int
    kind: str
    trust: float


@dataclass(slots=True)
class _State:
    """What has been read of a name: its last head, and what may still follow."""

    start: int
    head: str
    grouped: bool
    person: bool
    closed: bool = False
    full: bool = False
    ended: bool = False
    level: str = ""
    trust: float = SURE


def read_name(marks: Marks, start: int, head: tuple[int, str]) -> Name:
    """Return the name of the unit whose head is at `start`."""
    doc = marks.doc
    j, kind = head
    person = kind in ("person", "post")
    # "Trưởng phòng, ban": one word of several posts.
    listed = person and j + 1 < len(doc) and doc[j].text == "," and j + 1 in marks.nouns
    state = _State(
        start,
        doc[start:j].text.casefold(),
        kind in _GROUPS or listed,
        person,
        full=kind in ("alone", "post"),
    )
    words = doc[start:j].text
    territory = start not in marks.heads and rank(words) > 0
    if territory:
        state.level, state.full, state.grouped = words, True, is_list(words)
        j = place_end(doc, j)
    elif state.grouped:
        state.level = last_level(marks, start, j)
    while j < len(doc) and j - start < _LONGEST:
        after = _step(marks, state, head, j)
        if after == j:
            break
        j = after
    if j - start >= _LONGEST:
        state.trust = CUT
    if j < len(doc) and doc[j].text == "(":
        j = bracket_end(marks, j)
    end = _trimmed(marks, start, j)
    named = "group" if state.grouped else "person" if state.person else "unit"
    trust = (
        min(state.trust, DOUBTFUL)
        if _is_doubtful(marks, start, end, grouped=state.grouped)
        else state.trust
    )
    return Name(end, named, trust)


def _is_doubtful(marks: Marks, start: int, end: int, *, grouped: bool) -> bool:
    """Return whether a name says too little or too much, or seems to be cut inside a list.

    "cơ quan", "bộ phận" alone; "các tổ chức" before "khai thác nước"; "Cục Quản lý" before
    ", giám sát kế toán".
    """
    doc = marks.doc
    words = doc[start:end].text.casefold()
    if words in _GENERIC or end - start > _LONG:
        return True
    if end < len(doc) and grouped and _CLAUSE_AHEAD.match(marks.text, doc[end].idx):
        return True
    if end + 1 >= len(doc) or doc[end].lower_ not in (",", "và"):
        return False
    of_verb = marks.verbs.get(end - 2) == end or marks.verbs.get(end - 1) == end
    return of_verb and end + 1 in marks.verbs and not doc[end + 1].text[0].isupper()


def _step(marks: Marks, state: _State, head: tuple[int, str], j: int) -> int:  # noqa: PLR0911
    """Return the token with which the name goes on after `j`; `j` if it ends before it."""
    doc = marks.doc
    token = doc[j]
    if token.text == ":" and state.grouped and (level := last_level(marks, state.start, j)):
        # "Ủy ban nhân dân các tỉnh: Tuyên Quang, Đồng Nai"
        state.level = level
        end = place_end(doc, j + 1)
        return end if end > j + 1 and is_place(doc[j + 1 : end].text) else j
    if (token.is_sent_start and j > state.start) or token.text in STOPS or token.text == "(":
        return j
    if (tail := tail_at(marks, state.start, j, grouped=state.grouped)) is not None:
        state.closed, state.grouped = tail.closes, state.grouped or tail.groups
        state.full, state.ended = False, tail.last
        return tail.end
    if token.lower_ in (",", "và", "&", "/"):
        if state.ended or _is_whole(marks, state, j):
            return j
        level = state.level or last_level(marks, state.start, j)
        return runs_on(marks, state.start, j, grouped=state.grouped, level=level)
    if (after := level_end(doc, marks.text, j)) > j and not _opens_name(marks, j):
        return _territory(marks, state, j, after)
    if state.closed or _orders_anew(marks, state, j):
        return j
    return _word(marks, state, head, j)


def _word(marks: Marks, state: _State, head: tuple[int, str], j: int) -> int:
    """Return the token after the word or compound at `j` if it is one of the name's, else `j`."""
    token = marks.doc[j]
    if head[1] == "weak" and token.text[0].isupper():
        state.grouped = False
    if (after := _compound(marks, state, head, j)) > j:
        return after
    if _is_verb(marks, j) or _begins_group(marks, state, j):
        return j
    if token.text[0].isdigit():
        return j + 1 if marks.doc[j - 1].lower_ in _NUMBERED else j
    if token.text[0].isupper():
        state.full = False
    elif token.text[0].isalpha():
        if state.full and j not in marks.fields:
            return j
        if not marks.doc[j - 1].text[0].isupper():
            state.trust = min(state.trust, OPEN)
    return j + 1


def _compound(marks: Marks, state: _State, head: tuple[int, str], j: int) -> int:
    """Return the token after the field, nested head or compound at `j`, `j` if none is there."""
    if j in marks.fields and marks.doc[j].text[0].isupper():
        state.full = state.head in _OF_A_FIELD
        return marks.fields[j]
    nested = None if _begins_group(marks, state, j) else head_at(marks, j)
    if nested is not None and not (nested[1] == "weak" and _is_verb(marks, j)):
        several = nested[1] in ("group", "nouns") or (nested[1] == "weak" and state.person)
        state.grouped = state.grouped or several
        state.full = nested[1] in ("alone", "post")
        state.head = marks.doc[j : nested[0]].text.casefold()
        state.level = last_level(marks, state.start, nested[0])
        return nested[0]
    if not state.full and j in marks.parts:
        return marks.parts[j]
    return first_end(marks, state.start, j) if j == head[0] and head[1] == "unit" else j


def _begins_group(marks: Marks, state: _State, j: int) -> bool:
    """Return whether a group begins where the name is whole: "Bộ Quốc phòng các tỉnh …"."""
    if marks.heads.get(j, (0, ""))[1] != "group" or not _is_whole(marks, state, j):
        return False
    # "Sở Y tế các tỉnh": there is one in each.
    there = j + 1 < len(marks.doc) and level_end(marks.doc, marks.text, j + 1) > j + 1
    return not (there and state.head in _PROVINCIAL)


def _is_whole(marks: Marks, state: _State, j: int) -> bool:
    """Return whether what has been read is an agency that the lists know: "Bộ Quốc phòng"."""
    return state.full and is_agency(marks.doc[state.start : j].text)


def _territory(marks: Marks, state: _State, j: int, end: int) -> int:
    """Return the token after the level at `j` and its place."""
    doc = marks.doc
    words = doc[j:end].text
    state.level = words
    if is_list(words):
        state.grouped = True
        state.closed = True
        return end
    after = place_end(doc, end)
    if after > end and end in marks.verbs and marks.verbs[end] > end + 1 and _starts(marks, end):
        after = end
    state.closed = True
    return after


def _opens_name(marks: Marks, j: int) -> bool:
    """Return whether the level at `j` is a word of a longer one that the lists know."""
    return marks.fields.get(j, 0) > j + 1 or marks.parts.get(j, 0) > j + 1


def _starts(marks: Marks, j: int) -> bool:
    """Return whether a verb with a capital begins at `j` ("Chỉ đạo"), no name ("Chỉ Đạo")."""
    doc = marks.doc
    return doc[j].text[0].isupper() and j + 1 < len(doc) and doc[j + 1].text[0].islower()


def _orders_anew(marks: Marks, state: _State, j: int) -> bool:
    """Return whether the name is whole and a verb with a capital begins what it is to do."""
    return state.full and marks.verbs.get(j, 0) > j + 1 and _starts(marks, j)


def _is_verb(marks: Marks, j: int) -> bool:
    """Return whether a word that ends names stands at `j`, in lower case; not in "Công trình"."""
    if j not in marks.predicates or marks.doc[j].text[0].isupper():
        return False
    inside = marks.doc[j].lower_ == "trình" and j > 0 and marks.doc[j - 1].lower_ in _PROGRAMMES
    return not inside


def _trimmed(marks: Marks, start: int, end: int) -> int:
    while end > start + 1 and marks.doc[end - 1].lower_ in _NOT_LAST:
        end -= 1
    return end
