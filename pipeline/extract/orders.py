# SPDX-License-Identifier: Apache-2.0
"""Who is told to act in a text, and with whom: the grammar of assignments, on spaCy's spans.

AGENT (,|:)? VERB (, COOP)? TASK (, RECIPIENT)?  — the agent stands at the head of the sentence, or
after "giao", "yêu cầu", "đề nghị"; whoever follows "phối hợp với" joins; whoever follows "báo cáo",
"trình", "gửi" only receives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.nlp import load
from pipeline.extract.unit_marks import Marks, head_at, mark
from pipeline.extract.units import Mention, find_mentions, read_list, unit_key

if TYPE_CHECKING:
    from pipeline.extract.nlp import Span
# Words with which a sentence opens before it names its agent: "Trên cơ sở đó, Bộ Tư pháp …".
_OPENERS = frozenset(
    "trên trong để căn khi sau trước nhận định hằng hàng theo riêng trường đối từ nếu chậm tiếp "
    "đồng".split()
)
# "giao" orders anywhere in a sentence; the others only where a clause begins.
_ANYWHERE = "giao"
# "theo yêu cầu", "được giao", "nhiệm vụ giao": the words name a thing and order nobody.
_NOT_AFTER = frozenset("theo được các những nhiệm vụ có khi đáp ứng sự ý bàn đã văn bản".split())
_LET = frozenset(("cho", "với", "cùng", "chặt", "chẽ", "thường", "xuyên"))
# How many tokens may lie between "phối hợp" and the unit ("phối hợp chặt chẽ, hiệu quả với …").
_REACH = 7
# Words after a unit that say it has acted or received, not that it must act.
_PAST = frozenset(("đã", "vừa", "đang"))


@dataclass(frozen=True, slots=True)
class Orders:
    """What a text says of units.

    Attributes:
        agents: those told to act, in order.
        cooperating: those who join.
        assigned: an ordering verb ("giao", "yêu cầu", "đề nghị") names the agents.
        bare: the text is nothing but the agents' names: a heading.
        recounts: the agents have acted already; nobody is told to.
    """

    agents: tuple[Mention, ...] = ()
    cooperating: tuple[Mention, ...] = ()
    assigned: bool = False
    bare: bool = False
    recounts: bool = False


def read_orders(text: str) -> Orders:
    """Return who is told to act in `text`, offsets counting its characters."""
    doc = load()(text)
    marks = mark(doc)
    agents: list[Mention] = []
    assigned = bare = recounts = False
    for sentence in doc.sents:
        found, end, ordered = _agents(marks, sentence)
        if found and not ordered and end < len(doc) and doc[end].lower_ in _PAST:
            recounts = recounts or not agents
            continue
        agents += [unit for unit in found if unit not in agents]
        assigned = assigned or ordered
        bare = bare or (bool(found) and sentence.start == 0 and _only_marks(marks, end))
    joining = _cooperating(marks)
    names = {unit_key(unit.name) for unit in joining} if not bare else set()
    agents = [unit for unit in agents if bare or not _joins(unit, joining)]
    own = {unit_key(unit.name) for unit in agents}
    cooperating = [unit for unit in joining if unit_key(unit.name) in names - own]
    return Orders(tuple(agents), tuple(_once(cooperating)), assigned, bare, recounts)


def split_orders(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`."""
    return [(sent.start_char, sent.end_char) for sent in load()(text).sents]


def units_in(text: str, *, garbled: bool = False) -> list[Mention]:
    """Return the units of a cell or a labelled line ("Đơn vị thực hiện: …"), each once."""
    marks = mark(load(garbled=garbled)(text), garbled=garbled)
    return _once(find_mentions(marks))


def _once(units: list[Mention]) -> list[Mention]:
    return list({unit_key(unit.name): unit for unit in reversed(units)}.values())[::-1]


def _joins(unit: Mention, joining: list[Mention]) -> bool:
    return any(other.start == unit.start for other in joining)


def _only_marks(marks: Marks, i: int) -> bool:
    return all(not token.text[0].isalnum() for token in marks.doc[i:])


def _agents(marks: Marks, sentence: Span) -> tuple[list[Mention], int, bool]:
    """Return the agents of a sentence, the token after them, and whether a verb orders them."""
    ordered: list[Mention] = []
    last = sentence.start
    for i in range(sentence.start, sentence.end):
        end = marks.words.get(i, {}).get("assign", 0)
        if end and _orders(marks, sentence, i, has_agent=bool(ordered)):
            while end < sentence.end and marks.doc[end].lower_ in ("cho", "các", ":"):
                if head_at(marks, end) is not None:
                    break
                end += 1
            units, after = read_list(marks, end)
            ordered += units
            last = max(last, after)
    if ordered:
        return ordered, last, True
    return (*_subject(marks, sentence), False)


def _orders(marks: Marks, sentence: Span, i: int, *, has_agent: bool) -> bool:
    """Return whether the ordering verb at token `i` orders here."""
    doc = marks.doc
    if i == sentence.start:
        return True
    before = doc[i - 1]
    if before.lower_ in _NOT_AFTER:
        return False
    if (doc[i].lower_ == _ANYWHERE and before.text in (",", ";", ":")) or before.text == ":":
        return True
    if has_agent:
        return before.text == ";"
    if before.text in (",", ";"):
        return doc[sentence.start].lower_ in _OPENERS
    # "UBND tỉnh yêu cầu …", "Chủ tịch UBND thị xã yêu cầu …"
    return any(
        unit.end <= doc[i].idx <= unit.end + 1 for unit in find_mentions(marks, sentence.start, i)
    )


def _subject(marks: Marks, sentence: Span) -> tuple[list[Mention], int]:
    """Return the units at the head of a sentence, or of its first clause after an opener."""
    doc = marks.doc
    if head_at(marks, sentence.start) is not None:
        units, end = read_list(marks, sentence.start)
        if _acts(marks, end, sentence.end):
            return units, end
        return [], sentence.start
    if doc[sentence.start].lower_ not in _OPENERS:
        return [], sentence.start
    for i in range(sentence.start + 1, sentence.end):
        head = head_at(marks, i) if doc[i - 1].text == "," else None
        if head is not None and head[1] != "weak":
            units, end = read_list(marks, i)
            leads = end in marks.verbs or "lead" in marks.words.get(end, {})
            if leads and end < sentence.end:
                return units, end
    return [], sentence.start


def _acts(marks: Marks, i: int, last: int) -> bool:
    """Return whether a verb follows, a colon, or nothing at all (a heading)."""
    doc = marks.doc
    if i >= last or doc[i].text in (":", ".", ";", "./.") or doc[last - 1].text == ":":
        return True
    if doc[i].text in (",", "("):
        return any(k in marks.predicates for k in range(i + 1, min(i + 3, last)))
    return i in marks.predicates or marks.garbled


def _cooperating(marks: Marks) -> list[Mention]:
    """Return whoever follows "phối hợp với" and its kin."""
    doc = marks.doc
    found: list[Mention] = []
    for _, roles in sorted(marks.words.items()):
        end = roles.get("cooperate")
        if end is None:
            continue
        for k in range(end, min(end + _REACH, len(doc))):
            if head_at(marks, k) is not None:
                found += read_list(marks, k)[0]
                break
            near = doc[k].lower_ in _LET or doc[k].text == "," or _leads_to_with(marks, k, end)
            if not near or doc[k].is_sent_start:
                break
    return found


def _leads_to_with(marks: Marks, k: int, end: int) -> bool:
    return any(token.lower_ in ("với", "cùng") for token in marks.doc[k : end + _REACH - 1])
