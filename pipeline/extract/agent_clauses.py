# SPDX-License-Identifier: Apache-2.0
"""What follows the name of a unit: brackets, clauses that say which unit, and what it must do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.unit_marks import head_at
from pipeline.extract.units import Mention

if TYPE_CHECKING:
    from pipeline.extract.nlp import Span
    from pipeline.extract.unit_marks import Marks

# How far from the name of a unit "có trách nhiệm" may stand: "các cơ quan được phân công … theo
# Kế hoạch này có trách nhiệm".
_RELATIVE_REACH = 45
# The words that begin such a relative clause.
_RELATIVE = frozenset(("được", "có", "do", "thuộc", "trong", "nêu"))
_DUTIES = ("có trách nhiệm", "chịu trách nhiệm", "có nhiệm vụ")
# With these what the unit has to do has begun.
_MUST = frozenset(("phải", "cần"))
# "được giao chủ trì" is itself the clause: "chủ trì" ends it only further on.
_LEAST_CLAUSE = 5
# "các cơ quan, đơn vị" says nothing of whom; "Ủy ban nhân dân các xã" does.
_SHORT_GROUP = 5


def after_title(marks: Marks, sentence: Span) -> int:
    """Return the token after a title that runs into its text, the first where none stands.

    "Điều 3. Trách nhiệm thi hành Chánh Văn phòng …".
    """
    end = marks.words.get(sentence.start, {}).get("title", sentence.start)
    if end >= sentence.end or end == sentence.start:
        return sentence.start
    # "Trách nhiệm của các sở" names them in small letters, too.
    named = marks.doc[end - 1].lower_ == "của" and head_at(marks, end) is not None
    return end if named or marks.doc[end].text[0].isupper() else sentence.start


def skip_bracket(marks: Marks, i: int, last: int) -> int:
    """Return the token after "(nay là …)" at `i`, `i` where no bracket stands."""
    if i >= last or marks.doc[i].text != "(":
        return i
    return next((k + 1 for k in range(i, last) if marks.doc[k].text == ")"), i)


def duty_after(marks: Marks, end: int, last: int) -> int | None:
    """Return the token at which "có trách nhiệm" stands after the relative clause of a unit."""
    doc = marks.doc
    for k in range(end, min(end + _RELATIVE_REACH, last)):
        if doc[k].text in (";", ".", ":"):
            return None
        lead = marks.words.get(k, {}).get("lead")
        if lead is not None and doc[k:lead].text.lower().startswith(_DUTIES):
            return k
    return None


def order_follows(marks: Marks, units: list[Mention], end: int, last: int) -> bool:
    """Return whether "đang triển khai" tells which of a group: an order follows it."""
    if units[-1].kind != "group" or marks.doc[end].lower_ == "sẽ":
        return False
    ahead = marks.doc[end : min(end + _RELATIVE_REACH, last)]
    return any(
        "lead" in marks.words.get(token.i, {}) or token.text in ("khẩn", "tục") for token in ahead
    )


def is_weak(marks: Marks, i: int, unit: Mention) -> bool:
    """Return whether the unit at token `i` is a bare noun ("đơn vị"), not a place with a name."""
    head = head_at(marks, i)
    return head is not None and head[1] == "weak" and unit.kind != "unit"


def must_act(marks: Marks, i: int) -> bool:
    """Return whether a verb that may order, or a word such as "chủ trì", stands at token `i`."""
    if "lead" in marks.words.get(i, {}):
        return True
    return i in marks.verbs and not says_what_is(marks, i)


def says_what_is(marks: Marks, i: int) -> bool:
    """Return whether what follows a unit at token `i` describes it: "là cơ quan …", "có 45 xã"."""
    doc = marks.doc
    if i >= len(doc) or "lead" in marks.words.get(i, {}):
        return False
    return doc[i].lower_ in ("có", "là", "được", "gồm")


def with_clause(marks: Marks, unit: Mention, end: int) -> Mention:
    """Return a group with the clause that says which: "các cơ quan được giao chủ trì".

    Only where the clause is what tells the group from others, and "có trách nhiệm" ends it.
    """
    doc = marks.doc
    if unit.kind not in ("group", "weak") or end >= len(doc) or doc[end].lower_ not in _RELATIVE:
        return unit
    duty = clause_end(marks, end)
    if duty is None or duty == end or len(unit.name.split()) > _SHORT_GROUP:
        return unit
    if any(token.lower_ in _MUST for token in doc[end:duty]):
        return unit
    span = doc.char_span(unit.start, unit.end)
    first = span.start if span is not None else end
    whole = doc[first:duty]
    return Mention(unit.start, whole.end_char, " ".join(whole.text.split()), unit.kind)


def clause_end(marks: Marks, end: int) -> int | None:
    """Return the token after a relative clause at `end`: where a duty, or "chủ trì", follows it."""
    doc = marks.doc
    duty = duty_after(marks, end, len(doc))
    if duty is not None or doc[end].lower_ != "được":
        return duty
    for k in range(end + _LEAST_CLAUSE, min(end + _RELATIVE_REACH, len(doc))):
        if doc[k].text in (";", ".", ":"):
            break
        if doc[k : k + 2].text == "chủ trì":
            return k
    return None
