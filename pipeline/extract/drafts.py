# SPDX-License-Identifier: Apache-2.0
"""Tasks on their way: what is known of them before they get ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.extract.moods import Mood
    from pipeline.extract.outline import Outline
    from pipeline.extract.units import Mention

# How sure each way to the unit is, 0-1, by what it gave on the labelled scans, samples and acts
# (units all right: heading 198 of 202, lead-in 22 of 27): its own words or a label, the heading,
# words that lead in, the addressees of the letter, the place of an unknown name among headings
# that name units, a cell that a merged one beside it stands for.
NAMED, FROM_HEADING, FROM_LEAD = 0.95, 0.92, 0.78
FROM_ADDRESSEES, GUESSED, FROM_ROW_ABOVE = 0.75, 0.65, 0.7
# An item that inherits its unit and begins with no verb: of 284 labelled tasks that inherit theirs
# 7 begin so.
NO_VERB = 0.6

# A unit as found, and the offset in the passage at which the text it was found in begins.
Placed = tuple["Mention", int]


@dataclass(slots=True)
class Draft:
    """A task before it has an id; offsets count characters of the outline's passage.

    Attributes:
        node: index of its node.
        start, end: `passage.text[start:end]` is its text.
        responsible, cooperating: units with the offset of the text they stand in.
        receivers: the names, as printed, of those who hear of the result.
        mood: the verb that orders it, its own or that of its heading.
        times: spans that say by when though they stand outside the task ("Thời gian: …", a cell).
        trust: 0–1, how sure the way is in which the unit was found.
        assigned: its own words name the unit after "giao", "yêu cầu", "đề nghị".
    """

    node: int
    start: int
    end: int
    section: str | None
    responsible: list[Placed]
    cooperating: list[Placed]
    trust: float
    assigned: bool = False
    mood: Mood | None = None
    receivers: list[str] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lead:
    """Whom a heading or the words that lead in tell to act, with whom, in which mood.

    `units` is empty where they name nobody: "Thủ tướng Chính phủ yêu cầu:".
    """

    units: list[Placed]
    trust: float
    mood: Mood | None = None
    cooperating: list[Placed] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What has been read so far of a document.

    Attributes:
        outline: its body.
        garbled: it lost its marks.
        proposes: it asks for tasks to be given (Tờ trình): only what "đề nghị" leads to is a task.
        leads: what the heading (by its node) or lead-in (by the node above it) says.
        lists: the numbered items so far, by the node that they stand under.
        drafts: the tasks, in reading order.
        addressed: whom "Kính gửi" names.
        closing: whom the last paragraph after all items orders.
        ended: "./." has ended the text; what follows without a number is no part of it.
        quoted: the spans of articles of acts in quotation marks.
        detailed: the nodes whose items only say what they consist of.
        led: words that lead in ("… có ý kiến như sau:") have come.
        loose: spans that tell by when for all of the document.
    """

    outline: Outline
    garbled: bool
    proposes: bool = False
    leads: dict[int | None, Lead] = field(default_factory=dict)
    lists: dict[int | None, list[int]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    addressed: list[Placed] = field(default_factory=list)
    closing: list[Placed] = field(default_factory=list)
    ended: bool = False
    led: bool = False
    quoted: list[tuple[int, int]] = field(default_factory=list)
    detailed: set[int] = field(default_factory=set)
    loose: list[tuple[int, int]] = field(default_factory=list)


def place(units: Iterable[Mention], offset: int) -> list[Placed]:
    """Return the units with the offset of the text that they were found in."""
    return [(unit, offset) for unit in units]
