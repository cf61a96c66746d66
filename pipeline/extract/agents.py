# SPDX-License-Identifier: Apache-2.0
"""Who is told to act in a sentence: after an ordering verb, else at the head of its clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.agent_clauses import (
    after_title,
    duty_after,
    is_weak,
    must_act,
    order_follows,
    says_what_is,
    skip_bracket,
    with_clause,
)
from pipeline.extract.moods import mood_of
from pipeline.extract.statements import tells
from pipeline.extract.unit_marks import Marks, head_at
from pipeline.extract.units import Mention, find_mentions, read_list

if TYPE_CHECKING:
    from pipeline.extract.moods import Mood
    from pipeline.extract.nlp import Doc, Span

# Words with which a sentence opens before it names its agent: "Trên cơ sở đó, Bộ Tư pháp …".
_CONDITIONS = frozenset(
    "trên trong để căn khi sau trước nhận theo riêng trường đối từ nếu nhằm qua với do vì hiện "
    "ngày thứ vậy tuy đồng ngoài bên".split()
)
_OFTEN = frozenset(("hằng", "hàng", "định"))
_OPENERS = _CONDITIONS | _OFTEN | frozenset(("chậm", "tiếp"))
# "giao" orders anywhere in a sentence; the others only where a clause begins.
_ANYWHERE = "giao"
# "theo yêu cầu", "được giao", "nhiệm vụ giao": the words name a thing and order nobody.
_NOT_AFTER = frozenset(
    "theo được các những nhiệm vụ có khi đáp ứng sự ý bàn đã văn bản xét ngày việc đơn không "
    "từng tờ hồ lời một số trình".split()
)
# What may stand right before an ordering verb inside a sentence: "… vướng mắc đề nghị các sở".
_BEFORE = frozenset("mắc khăn sinh đó thời nay này cần phải và thì".split())
# Those to whom work is given inside a unit: "Phân công cán bộ theo dõi" orders the unit itself.
_NOBODY = frozenset(
    ("cán bộ", "công chức", "viên chức", "nhân viên", "người", "nhân sự", "cán bộ, công chức")
)
# "Giao cho các đồng chí", "Yêu cầu đối với các sở": what lies between the verb and the unit.
_BETWEEN = frozenset("cho các : đối với đồng chí ông bà".split())
# Before a unit in the middle of a sentence: a comma, "thì", or the end of "nếu có vướng mắc".
_CLAUSE_ENDS = frozenset((",", "thì", "mắc", "khăn", "sinh", "này"))
# "Về kinh phí: Sở Tài chính bố trí …": a topic, and whom it concerns after a colon.
_TOPICS = frozenset(("về", "kinh", "nguồn", "công", "việc"))
_LONGEST_TOPIC = 40
_NEAR = 7
# Words after a unit that say it has acted, or what its issuer means to do; nobody is told to.
_NO_ORDER = frozenset(("đã", "vừa", "đang", "sẽ"))


@dataclass(frozen=True, slots=True)
class Told:
    """Whom a sentence tells to act.

    Attributes:
        units: those told, in order.
        end: the token after them.
        ordered: an ordering verb names them.
        mood: what that verb says; also where the verb names nobody ("… yêu cầu:").
        recounts: they have acted, or will; nobody is told to.
        verb: the token of the first ordering verb, -1 if there is none.
    """

    units: tuple[Mention, ...] = ()
    end: int = 0
    ordered: bool = False
    mood: Mood | None = None
    recounts: bool = False
    verb: int = -1


def find_agents(marks: Marks, sentence: Span, *, heading: bool = False) -> Told:
    """Return whom `sentence` tells to act; of a heading its units do not need a verb."""
    told = _ordered(marks, sentence)
    if told.units and told.verb in (sentence.start, after_title(marks, sentence)):
        return told
    subject = _subject(marks, sentence, heading=heading)
    issuer = told.mood is not None and subject.end == told.verb
    if not told.units:
        units = () if issuer else subject.units
        return Told(units, subject.end, mood=told.mood, recounts=subject.recounts)
    if issuer or subject.recounts or subject.end not in marks.verbs:
        return told
    # "UBND tỉnh chỉ đạo các sở rà soát; giao Bộ Xây dựng …": both are told.
    return Told((*subject.units, *told.units), told.end, ordered=True)


def _ordered(marks: Marks, sentence: Span) -> Told:
    """Return the units after the ordering verbs of a sentence."""
    units: list[Mention] = []
    last, inside = sentence.start, sentence.start
    mood: Mood | None = None
    verb = -1
    for i in range(sentence.start, sentence.end):
        end = marks.words.get(i, {}).get("assign", 0)
        if not end or i < inside:
            continue
        named, after = _named(marks, end, sentence.end)
        meant = bool(named) or _names_nobody(marks, end, sentence.end)
        if meant and _orders(marks, sentence, i, has_agent=bool(units)):
            mood = mood or mood_of(marks.doc[i:end].text)
            verb = i if verb < 0 else verb
            units += named
            last, inside = max(last, after), after
    return Told(tuple(units), last, bool(units), mood, verb=verb)


def _named(marks: Marks, end: int, last: int) -> tuple[list[Mention], int]:
    """Return the units after the ordering verb that ends at `end`, and the token after them."""
    doc = marks.doc
    while end < last and doc[end].lower_ in _BETWEEN and head_at(marks, end) is None:
        end += 1
    if end >= last:
        return [], end
    units, after = read_list(marks, end) if head_at(marks, end) is not None else ([], end)
    if units:
        units[-1:] = [with_clause(marks, units[-1], after)]
    if len(units) == 1 and units[0].name.casefold() in _NOBODY:
        return [], after
    return units, after


def _names_nobody(marks: Marks, end: int, last: int) -> bool:
    """Return whether an ordering verb leaves open whom it tells: "… yêu cầu:"."""
    doc = marks.doc
    if end >= last:
        return True
    return doc[end].text == ":" or doc[end].lower_ == "quý" or end in marks.verbs


def _orders(  # noqa: PLR0911 - one reason a line
    marks: Marks, sentence: Span, i: int, *, has_agent: bool
) -> bool:
    """Return whether the ordering verb at token `i` orders here."""
    doc = marks.doc
    if i in (sentence.start, after_title(marks, sentence)):
        return True
    before = doc[i - 1]
    if before.lower_ in _NOT_AFTER:
        return False
    if (doc[i].lower_ == _ANYWHERE and before.text in (",", ";", ":")) or before.text == ":":
        return True
    if before.text == "(":
        # "Thành lập Đoàn kiểm tra (Giao Công an tỉnh tham mưu)", but no list of persons.
        return sentence.start in marks.verbs
    if has_agent:
        return before.text == ";"
    conditional = doc[sentence.start].lower_ in _CONDITIONS
    if before.text in (",", ";"):
        return conditional
    if conditional and before.lower_ in _BEFORE:
        return True
    # "UBND tỉnh yêu cầu …", "Chủ tịch UBND thị xã yêu cầu …"
    return any(
        unit.end <= doc[i].idx <= unit.end + 1 for unit in find_mentions(marks, sentence.start, i)
    )


def _subject(marks: Marks, sentence: Span, *, heading: bool) -> Told:
    """Return the units at the head of a sentence, or of its first clause after an opener."""
    doc = marks.doc
    start = after_title(marks, sentence)
    if doc[start : start + 2].text.lower() == "đồng chí" and head_at(marks, start + 2):
        start += 2
    if start < sentence.end and head_at(marks, start) is not None:
        units, end = read_list(marks, start)
        return _acting(marks, units, end, sentence, heading=heading) if units else Told()
    opener = doc[start].lower_
    if opener in _OFTEN and _acts_itself(marks, start + 2, sentence.end):
        return Told()
    topic = opener in _TOPICS or opener not in _OPENERS
    ends = (":",) if topic else _CLAUSE_ENDS
    if topic and not any(token.text == ":" for token in doc[start : start + _LONGEST_TOPIC]):
        return Told()
    i = start + 1
    while i < sentence.end:
        head = head_at(marks, i)
        units, end = read_list(marks, i) if head is not None else ([], i)
        begins = _before(doc, i) in ends or (heading and _about(marks, sentence, i))
        if begins and units and not is_weak(marks, i, units[0]):
            told = _in_clause(marks, units, end, sentence, heading=heading)
            if told is not None:
                return told
        last = units[-1] if units else None
        own = last is not None and _stands_alone(marks, last, end, sentence)
        if last is not None and own and not topic:
            return Told((last,), end)
        # A list is not entered in its middle; "cơ sở" in "trên cơ sở đó, Sở Y tế" begins none.
        i = max(end, i + 1) if head is not None and head[1] != "weak" else i + 1
    return Told()


def _acts_itself(marks: Marks, i: int, last: int) -> bool:
    """Return whether a verb stands at token `i`, or after a comma there: nobody is named before.

    "Hằng năm lập dự toán, gửi Sở Tài chính thẩm định, Ủy ban nhân dân tỉnh phê duyệt."
    """
    i += i < last and marks.doc[i].text == ","
    return i < last and i in marks.verbs and head_at(marks, i) is None


def _stands_alone(marks: Marks, unit: Mention, end: int, sentence: Span) -> bool:
    """Return whether the last unit of a list begins a clause of its own.

    "Khi có đề nghị của các sở, địa phương có liên quan, Sở Tài chính chủ trì …"
    """
    doc = marks.doc
    if end >= sentence.end or "lead" not in marks.words.get(end, {}) or unit.kind == "group":
        return False
    span = doc.char_span(unit.start, unit.end)
    return span is not None and span.start > sentence.start and doc[span.start - 1].text == ","


def _in_clause(
    marks: Marks, units: list[Mention], end: int, sentence: Span, *, heading: bool
) -> Told | None:
    """Return the units at the head of a clause inside a sentence, None if nothing follows them."""
    if end >= sentence.end - 1:
        return Told(tuple(units), end) if heading else None
    follows = skip_bracket(marks, end, sentence.end)
    if follows < sentence.end and _no_order(marks, follows):
        return Told(recounts=True)
    if not must_act(marks, follows) and duty_after(marks, end, sentence.end) is None:
        return None
    units[-1:] = [with_clause(marks, units[-1], end)]
    return Told(tuple(units), end)


def _before(doc: Doc, i: int) -> str:
    """Return the token before token `i`, "(1)" and the like left out, in lower case."""
    numbered = i > 3 and doc[i - 1].text == ")" and doc[i - 3].text == "("
    return doc[i - 4].lower_ if numbered else doc[i - 1].lower_


def _about(marks: Marks, sentence: Span, i: int) -> bool:
    """Return whether token `i` follows "Đối với" at the head of a heading: "Đối với các sở:"."""
    doc = marks.doc
    return i == sentence.start + 2 and doc[i - 2 : i].text.lower() in ("đối với", "về phía")


def _acting(marks: Marks, units: list[Mention], end: int, sentence: Span, *, heading: bool) -> Told:
    """Return the units at the head of a sentence if what follows tells them to act."""
    doc, last = marks.doc, sentence.end
    follows = skip_bracket(marks, end, last)
    if follows < last and _no_order(marks, follows) and not order_follows(marks, units, end, last):
        return Told(tuple(units), end, recounts=True)
    duty = duty_after(marks, end, last) is not None
    called = follows + 1 < last and doc[follows].text == ":" and follows + 1 in marks.verbs
    leads = duty or called or must_act(marks, follows)
    if is_weak(marks, sentence.start, units[0]) and not leads:
        return Told()
    acts = _acts(marks, follows, last) or heading
    if not acts and not duty:
        return Told()
    units[-1:] = [with_clause(marks, units[-1], end)]
    return Told(tuple(units), end)


def _no_order(marks: Marks, i: int) -> bool:
    """Return whether the words at token `i`, behind a unit, tell of it: "đã", "có quyền"."""
    return marks.doc[i].lower_ in _NO_ORDER or tells(marks.text, marks.doc[i].idx)


def _acts(marks: Marks, i: int, last: int) -> bool:
    """Return whether a verb follows, a colon, or nothing at all (a heading)."""
    doc = marks.doc
    if says_what_is(marks, i):
        return False
    if i + 1 < last and doc[i].text == ":" and doc[i + 1].text[0].isdigit():
        return False  # "VNPT: 25 trạm"
    ends = i >= last or doc[i].text in (":", ".", "./.")
    if ends or (doc[i].text == ";" and i + 1 >= last) or doc[last - 1].text == ":":
        return True
    if doc[i].text == ",":
        return any(k in marks.predicates for k in range(i + 1, min(i + 3, last)))
    if i in marks.predicates or marks.garbled:
        return True
    # "Thứ trưởng Bộ Y tế phụ trách lĩnh vực tiếp tục …": the name may go on for some words.
    near = range(i, min(i + _NEAR, last))
    stop = next((k for k in near if not doc[k].text[0].isalnum()), last)
    return any(must_act(marks, k) for k in near if k < stop)
