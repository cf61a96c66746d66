# SPDX-License-Identifier: Apache-2.0
"""Commas and "và" in names of units: those of one name ("Văn hóa, Thể thao và Du lịch") or a list.

A list is split only before the head of a unit; the nouns of a group stay together ("các sở, ban,
ngành và địa phương liên quan").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.extract.abbreviations import write_out
from pipeline.extract.dates import flat
from pipeline.extract.places import is_place
from pipeline.extract.unit_levels import is_level, level_end, place_end, rank
from pipeline.extract.unit_marks import head_at

if TYPE_CHECKING:
    from pipeline.extract.unit_marks import Marks

# Posts that the next one of the list may name the body of.
_BARE_POSTS = frozenset(("giám đốc", "tổng giám đốc", "bí thư", "thủ trưởng", "trưởng"))
# Heads that are nouns of groups themselves, and those of groups.
_NOUNS = frozenset(("weak", "nouns"))
_GROUPS = _NOUNS | {"group"}
_ENDS = frozenset(('"', "“", "”", ";", ".", "./.", "./", ":", "!", "?", "…", "...", "(", ")"))
# "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã" is one office, of two bodies.
_TWO_BODIES = re.compile(
    r"(?:(?:phó )?(?:chánh|trưởng) |lãnh đạo )?(?:văn phòng|vp|phòng|thường trực)\b.*"
    r"(?:hội đồng nhân dân|hđnd|đại biểu quốc hội|đbqh)$"
)
_SECOND_BODY = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd)")
# "Báo và Phát thanh, truyền hình Lai Châu": one since 2025.
# The longest of these second halves has as many characters.
_FAR = 40
_PRESS = re.compile(r"báo$")
_BROADCAST = re.compile(r"(?:đài )?phát thanh")
# "Thủ trưởng các đơn vị và các tổ chức, cá nhân có liên quan": the last are no heads' matter.
_ALL_CONCERNED = re.compile(r"cá nhân|liên quan")
_FORMULA = 60
# "tổ chức" is a noun before these, and a verb before the rest: "tổ chức đảng", "tổ chức lớp học".
_OF_ORGANISATIONS = frozenset(
    "đảng hội chính tín quốc khoa kinh phi thành hành nước xã đoàn trực thuộc công cơ ngoài".split()
)
# A tail ahead shows that what is between belongs to the name: "thủy lợi, thủy điện trên địa bàn".
_TAIL_AHEAD = re.compile(
    r"khác có|(?:có|chịu) trách nhiệm|có thẩm quyền|(?:có )?liên quan(?! đến| tới)|trên địa bàn|"
    r"(?:trực )?thuộc|đóng tại"
)


def runs_on(  # noqa: PLR0911 - one a way in which a name goes on
    marks: Marks, start: int, j: int, *, grouped: bool, level: str = ""
) -> int:
    """Return the token with which the name goes on after the comma or "và" at `j`; `j` if not.

    Args:
        marks: the analysed text.
        start: the first token of the name.
        j: the comma, "và", "&" or "/".
        grouped: the name is of several units.
        level: the last territory in the name ("xã"), empty if there is none.
    """
    doc = marks.doc
    k = j + 1
    if k >= len(doc) or doc[k].is_sent_start:
        return j
    if (special := _in_one(marks, start, j, level)) > j:
        return special
    head = head_at(marks, k)
    noun = _noun_end(marks, k)
    if grouped and noun > k and not _is_own(marks, k, noun, head):
        return _next_noun(marks, start, j, noun)
    if grouped and level and is_place(doc[k : (end := place_end(doc, k))].text):
        return end
    if doc[j - 1].lower_ == "phòng" and doc[k].lower_ == "chống":
        return k + 1
    if head is not None:
        return _shared(marks, start, j, head)
    return k if _has_more(marks, start, j, grouped=grouped) else j


def _next_noun(marks: Marks, start: int, j: int, noun: int) -> int:
    """Return the token after the noun of a group (and its place) behind `j`, `j` if it is none."""
    k = j + 1
    height = rank(marks.doc[k:noun].text)
    if (height < 0 and _after_level(marks, start, j)) or not _is_noun(marks, k, noun):
        return j
    if height < 0:
        return noun
    return max(noun, place_end(marks.doc, level_end(marks.doc, marks.text, k)))


def is_agency(name: str) -> bool:
    """Return whether `name` is a whole ministry, department or office that the lists know."""
    return write_out(name).casefold() in _agencies()


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in rows("agencies"))


def _in_one(marks: Marks, start: int, j: int, level: str) -> int:
    """Return the token after `j` where a known name holds the link at `j`, else `j`."""
    doc = marks.doc
    k = j + 1
    before = doc[start:j].text.casefold()
    after = marks.text[doc[k].idx : doc[k].idx + _FAR].casefold()
    if doc[j].text != "," and _TWO_BODIES.match(before) and (two := _SECOND_BODY.match(after)):
        return _token_at(marks, k, doc[k].idx + two.end())
    if doc[j].text == "và" and _PRESS.match(before) and (press := _BROADCAST.match(after)):
        return _token_at(marks, k, doc[k].idx + press.end())
    higher = level_end(doc, marks.text, k)
    if doc[j].text == "," and 0 < rank(level) < rank(doc[k:higher].text) and higher > k:
        end = place_end(doc, higher)
        named = doc[j - 1].text[0].isupper() or doc[j - 1].text.isdigit()
        return end if named and end > higher else j
    return j


def _is_own(marks: Marks, k: int, noun: int, head: tuple[int, str] | None) -> bool:
    """Return whether a unit of its own begins at `k`: none in "các Tập đoàn, Tổng công ty"."""
    if head is None or head[1] in _NOUNS:
        return False
    if head[1] == "group" or marks.doc[k].text[0].islower():
        return head[1] == "group"
    after = marks.doc[head[0]] if head[0] < len(marks.doc) else None
    return head[0] != noun or (after is not None and after.text[0].isupper())


def last_level(marks: Marks, start: int, j: int) -> str:
    """Return the level that stands right before token `j` ("thị xã"), "" if none does."""
    spans = (marks.doc[m:j].text for m in (max(start, j - 2), j - 1))
    return next((words for words in spans if is_level(words)), "")


def _after_level(marks: Marks, start: int, j: int) -> bool:
    """Return whether a body's territories stand before `j`: "UBND các xã, phường"."""
    kinds = [marks.heads[m][1] for m in range(start, j) if m in marks.heads]
    return (
        last_level(marks, start, j) != "" or marks.doc[j - 1].lower_ == "cấp"
    ) and "unit" in kinds


def _token_at(marks: Marks, k: int, offset: int) -> int:
    while k < len(marks.doc) and marks.doc[k].idx < offset:
        k += 1
    return k


def _shared(marks: Marks, start: int, j: int, head: tuple[int, str]) -> int:
    """Return the token after the head at `j + 1` if the name before shares it, else `j`.

    "Thủ trưởng các cơ quan Trung ương và các doanh nghiệp" are the heads of both; "Giám đốc, Thủ
    trưởng các sở" are of the same.
    """
    own = marks.heads.get(start, (0, ""))
    if own == (j, "person") and head[1] == "person":
        bare = marks.doc[start:j].text.casefold() in _BARE_POSTS
        return head[0] if bare and head[0] in marks.heads else j
    led = own[1] == "person" and marks.doc[j].lower_ == "và"
    first = head_at(marks, own[0]) if led and own[0] < len(marks.doc) else None
    group = head[1] in _GROUPS and marks.doc[j + 1].lower_ != "cá"
    if led and group and first is not None and first[1] in _GROUPS:
        ahead = marks.text[marks.doc[j].idx : marks.doc[j].idx + _FORMULA]
        return j if _ALL_CONCERNED.search(ahead) else head[0]
    return j


def _has_more(marks: Marks, start: int, j: int, *, grouped: bool) -> bool:
    """Return whether words of the same name follow the link at `j`, where no head does."""
    doc = marks.doc
    k = j + 1
    capital = doc[k].text[0].isupper()
    verb = k in marks.predicates and k not in marks.parts
    if doc[j].text == ",":
        if not capital:
            return (doc[start].lower_ == "ban" and not verb and not grouped) or (
                grouped and not verb and _tail_ahead(marks, k)
            )
        return any(doc[m].lower_ == "và" for m in _before_stop(marks, k + 1))
    if doc[k].lower_ == "các":
        return k + 1 < len(doc) and doc[k + 1].text[0].isupper() and not grouped
    return capital or not (verb or grouped)


def _tail_ahead(marks: Marks, k: int) -> bool:
    ahead = _before_stop(marks, k)
    if not ahead or ahead[-1] + 1 >= len(marks.doc):
        return False
    return _TAIL_AHEAD.match(marks.text, marks.doc[ahead[-1] + 1].idx) is not None


def _noun_end(marks: Marks, k: int) -> int:
    """Return the token after a noun of groups at `k`, `k` if none stands there.

    Nouns of two syllables are known without their marks: readers confuse "phố" and "phô".
    """
    if k in marks.nouns:
        return marks.nouns[k]
    return k + 2 if flat(marks.doc[k : k + 2].text) in _flat_nouns() else k


@cache
def _flat_nouns() -> frozenset[str]:
    return frozenset(flat(row["noun"]) for row in rows("group_nouns") if " " in row["noun"])


def _is_noun(marks: Marks, k: int, end: int) -> bool:
    """Return whether a noun of groups at `k` is one here: "tổ chức" is a verb before a verb."""
    if k not in marks.predicates:
        return True
    if end < len(marks.doc) and _TAIL_AHEAD.match(marks.text, marks.doc[end].idx):
        return True
    verb = marks.predicates.get(k, 0)
    if end >= len(marks.doc):
        return True
    if marks.doc[end].text in (",", "và"):
        return end + 1 not in marks.verbs or end + 1 in marks.nouns
    if verb == end and end not in marks.nouns:
        return marks.doc[end].lower_ in _OF_ORGANISATIONS or marks.doc[end].text in _ENDS
    return verb <= end


def _before_stop(marks: Marks, k: int) -> list[int]:
    """Return up to eight tokens from `k` on that no stop, head or verb has ended."""
    ahead = []
    for m in range(k, min(k + 8, len(marks.doc))):
        token = marks.doc[m]
        verb = m in marks.predicates and not token.text[0].isupper() and token.lower_ != "và"
        if token.text in _ENDS or token.text == "," or verb or head_at(marks, m):
            break
        ahead.append(m)
    return ahead
