# SPDX-License-Identifier: Apache-2.0
"""Who is told to act in a text, with whom, in which mood, and who hears of the result.

AGENT (,|:)? VERB (, COOP)? TASK (, RECIPIENT)?  — the agent stands at the head of the sentence, or
after "giao", "yêu cầu", "đề nghị"; whoever follows "phối hợp với" joins; whoever follows "báo cáo",
"trình", "gửi" only receives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.agents import Told, find_agents
from pipeline.extract.cooperation import find_cooperating
from pipeline.extract.nlp import load
from pipeline.extract.reporting import find_receivers
from pipeline.extract.sections import informs
from pipeline.extract.statements import narrates
from pipeline.extract.unit_marks import Marks, mark
from pipeline.extract.units import Mention, find_mentions, unit_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.extract.moods import Mood
    from pipeline.extract.nlp import Span


@dataclass(frozen=True, slots=True)
class Orders:
    """What a text says of units.

    Attributes:
        agents: those told to act, in order.
        cooperating: those who join.
        receivers: those who are told or sent the result.
        mood: what the first ordering verb says, even one that names nobody ("… yêu cầu:").
        assigned: an ordering verb ("giao", "yêu cầu", "đề nghị") names the agents.
        bare: the text is nothing but the agents' names: a heading.
        recounts: the agents have acted already, or will; nobody is told to.
        late: the first sentence names nobody, a later one does.
    """

    agents: tuple[Mention, ...] = ()
    cooperating: tuple[Mention, ...] = ()
    receivers: tuple[Mention, ...] = ()
    mood: Mood | None = None
    assigned: bool = False
    bare: bool = False
    recounts: bool = False
    late: bool = False


def read_orders(text: str, *, heading: bool = False) -> Orders:
    """Return who is told to act in `text`, offsets counting its characters.

    A heading needs no verb: "Đối với các sở, ngành", "Ủy ban nhân dân xã".
    """
    doc = load()(text)
    marks = mark(doc)
    agents: list[Mention] = []
    mood: Mood | None = None
    assigned = bare = recounts = late = False
    for sentence in doc.sents:
        told = _told_in(marks, sentence, heading=heading)
        if told is None:
            continue
        if not agents:
            mood = told.mood if told.units else mood or told.mood
            late = bool(told.units) and sentence.start > 0
        if told.recounts:
            # "Tiếp tục rà soát hồ sơ. Sở Y tế đã có văn bản." orders all the same.
            begun = sentence.start > 0 and 0 in marks.verbs
            recounts = recounts or not (agents or begun)
            continue
        agents += [unit for unit in told.units if unit not in agents]
        assigned = assigned or told.ordered
        bare = bare or bool(told.units and sentence.start == 0 and _only_marks(marks, told.end))
    cooperating: list[Mention] = []
    if not bare:
        joining = find_cooperating(marks, agents, leads=text.rstrip().endswith(":"))
        agents, cooperating = _parted(agents, joining)
    return Orders(
        tuple(agents),
        tuple(cooperating),
        () if bare else tuple(find_receivers(marks, agents)),
        mood,
        assigned=assigned,
        bare=bare,
        recounts=recounts and not assigned,
        late=late,
    )


def _parted(agents: list[Mention], joining: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return those who act, and those who join and do not act themselves, each once."""
    agents = [unit for unit in agents if all(unit.start != other.start for other in joining)]
    own = {unit_key(unit.name) for unit in agents}
    return agents, _once(unit for unit in joining if unit_key(unit.name) not in own)


def _told_in(marks: Marks, sentence: Span, *, heading: bool) -> Told | None:
    """Return whom a sentence tells; None where it only lets them know."""
    if informs(sentence.text):
        return None
    if narrates(sentence.text):
        return Told(recounts=True)
    return find_agents(marks, sentence, heading=heading)


def split_orders(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`."""
    return [(sent.start_char, sent.end_char) for sent in load()(text).sents]


def units_in(text: str, *, garbled: bool = False) -> list[Mention]:
    """Return the units of a cell or a labelled line ("Đơn vị thực hiện: …"), each once."""
    marks = mark(load(garbled=garbled)(text), garbled=garbled)
    return _once(find_mentions(marks))


def begins_with_verb(text: str) -> bool:
    """Return whether `text` begins with a verb, as what is left of an order without its unit."""
    marks = mark(load()(text))
    return 0 in marks.verbs


def begins_like_unit(text: str) -> bool:
    """Return whether `text` begins with a word that units begin with, whatever follows it."""
    marks = mark(load()(text))
    return 0 in marks.heads and marks.heads[0][1] != "weak"


def _once(units: Iterable[Mention]) -> list[Mention]:
    return list({unit_key(unit.name): unit for unit in reversed(list(units))}.values())[::-1]


def _only_marks(marks: Marks, i: int) -> bool:
    return all(not token.text[0].isalnum() for token in marks.doc[i:])
