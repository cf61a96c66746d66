# SPDX-License-Identifier: Apache-2.0
"""Where the name of a unit ends: before a verb, a stop, or the head of the next unit."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.extract.dates import flat
from pipeline.extract.unit_marks import head_at

if TYPE_CHECKING:
    from pipeline.extract.unit_marks import Marks

# A name of more words than this is running text (the longest of the 12 labelled documents has 24).
_LONGEST = 28
# What may stand in brackets inside a name: "(GDĐT)", "(Tổ Pháp chế - Đối ngoại)".
_LONGEST_BRACKET = 9

STOPS = frozenset(
    ('"', "“", "”", ";", ".", "./.", "./", ":", "!", "?", "…", "...", ")", "[", "]", "+")
)
_NUMBERED = frozenset("quận phường khu vực đoàn số xã".split())
# "Công trình", "Chương trình": the verb "trình" is no verb after these.
_PROGRAMMES = frozenset("công chương quy giáo lộ tiến quá".split())
_TAILS = re.compile(
    r"cấp (?=tỉnh|huyện|xã|cơ sở|trung ương)|(?:có )?liên quan(?! đến)(?: khác)?|"
    r"(?:trực )?thuộc|khác(?= theo)|cùng cấp|"
    r"(?:đóng |hoạt động )?trên(?: toàn)? địa bàn|trong (?:toàn )?(?=tỉnh|huyện|thành phố|thị xã)|"
    r"của (?=tỉnh|huyện|thành phố|thị xã|các Ngân hàng|địa phương)|được phân công phụ trách",
    re.IGNORECASE,
)


def name_end(marks: Marks, start: int, head: tuple[int, str]) -> int:
    """Return the token after the unit whose head is at `start`."""
    doc = marks.doc
    j, kind = head
    grouped = kind in ("group", "weak") or (kind == "person" and marks.doc[j : j + 1].text == ",")
    while j < len(doc) and j - start < _LONGEST:
        token = doc[j]
        if token.is_sent_start or (token.text in STOPS):
            break
        if token.text == "(":
            j = _bracket_end(marks, j)
            break
        nested = head_at(marks, j)
        if token.lower_ in (",", "và", "&"):
            after = _runs_on(marks, start, j, grouped=grouped)
            if after == j:
                break
            j = after
        elif j in marks.fields and doc[j].text[0].isupper():
            j = marks.fields[j]
        elif nested is not None and not (nested[1] == "weak" and _is_verb(marks, j)):
            grouped = grouped or nested[1] == "group"
            j = nested[0]
        elif (tail := _tail_end(marks, j)) > j:
            j = tail
        elif _is_verb(marks, j) or (token.text[0].isdigit() and doc[j - 1].lower_ not in _NUMBERED):
            break
        else:
            j += 1
    return _trimmed(marks, start, j)


def _is_verb(marks: Marks, j: int) -> bool:
    """Return whether a word that ends names stands at `j`, in lower case; not in "Công trình"."""
    if j not in marks.predicates or marks.doc[j].text[0].isupper():
        return False
    inside = marks.doc[j].lower_ == "trình" and j > 0 and marks.doc[j - 1].lower_ in _PROGRAMMES
    return not inside


def _trimmed(marks: Marks, start: int, end: int) -> int:
    while end > start + 1 and marks.doc[end - 1].lower_ in (
        ",",
        "và",
        "&",
        "-",
        "–",
        "các",
        "thuộc",
    ):
        end -= 1
    return end


def _runs_on(marks: Marks, start: int, j: int, *, grouped: bool) -> int:
    """Return the token with which the name goes on after the comma or "và" at `j`; `j` if not."""
    doc = marks.doc
    k = j + 1
    if k >= len(doc):
        return j
    head = head_at(marks, k)
    capital = doc[k].text[0].isupper()
    noun = _noun_end(marks, k)
    if grouped and noun > k and not capital:
        return noun if _is_noun(marks, k, noun, head) else j
    if doc[j - 1].lower_ == "phòng" and doc[k].lower_ == "chống":
        return k + 1
    if head is not None:
        return j
    verb = k in marks.predicates
    if doc[j].text == ",":
        more = (
            any(doc[m].lower_ == "và" for m in _before_stop(marks, k + 1))
            if capital
            else doc[start].lower_ == "ban" and not verb and not grouped
        )
    elif doc[k].lower_ == "các":
        more = k + 1 < len(doc) and doc[k + 1].text[0].isupper() and not grouped
    else:
        more = capital or not (verb or grouped)
    return k if more else j


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


def _is_noun(marks: Marks, k: int, end: int, head: tuple[int, str] | None) -> bool:
    """Return whether a noun of groups at `k` is one here: "tổ chức" is a verb before a verb."""
    if head is not None and head[1] != "weak":
        return False
    verb = marks.predicates.get(k, 0)
    return verb < end or (verb == end and end not in marks.predicates)


def _before_stop(marks: Marks, k: int) -> list[int]:
    """Return up to eight tokens from `k` on that no stop, head or verb has ended."""
    ahead = []
    for m in range(k, min(k + 8, len(marks.doc))):
        token = marks.doc[m]
        verb = m in marks.predicates and not token.text[0].isupper() and token.lower_ != "và"
        if token.text in STOPS or token.text == "," or verb or head_at(marks, m):
            break
        ahead.append(m)
    return ahead


def _bracket_end(marks: Marks, j: int) -> int:
    """Return the token after "(…)" if it names the unit again, else `j`."""
    doc = marks.doc
    for k in range(j + 1, min(j + _LONGEST_BRACKET, len(doc))):
        if doc[k].text == ")":
            return k + 1 if doc[j + 1].text[0].isupper() else j
    return j


def _tail_end(marks: Marks, j: int) -> int:
    """Return the token after a tail of a name at `j` ("liên quan", "trên địa bàn"), else `j`."""
    text = marks.doc.text
    match = _TAILS.match(text, marks.doc[j].idx)
    if match is None:
        return j
    while j < len(marks.doc) and marks.doc[j].idx < match.end():
        j += 1
    return j
