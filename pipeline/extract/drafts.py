# SPDX-License-Identifier: Apache-2.0
"""Tasks on their way: what is known of them before they get ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.outline import Outline
    from pipeline.extract.units import Mention

# How sure each way to the unit is; judged on the 12 labelled documents.
NAMED, FROM_HEADING, FROM_LEAD = 0.95, 0.92, 0.85

# A unit as found, and the offset in the passage at which the text it was found in begins.
Placed = tuple["Mention", int]


@dataclass(slots=True)
class Draft:
    """A task before it has an id; offsets count characters of the outline's passage.

    Attributes:
        node: index of its node.
        start, end: `passage.text[start:end]` is its text.
        responsible, cooperating: units with the offset of the text they stand in.
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
    times: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What has been read so far of a document.

    Attributes:
        outline: its body.
        garbled: it lost its marks.
        leads: whom the heading (by its node) or lead-in (by the node above it) names, and how sure.
        drafts: the tasks, in reading order.
        closing: whom the last paragraph after all items orders.
        loose: spans that tell by when for all of the document.
    """

    outline: Outline
    garbled: bool
    leads: dict[int | None, tuple[list[Placed], float]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    closing: list[Placed] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)


def place(units: tuple[Mention, ...], offset: int) -> list[Placed]:
    """Return the units with the offset of the text that they were found in."""
    return [(unit, offset) for unit in units]
