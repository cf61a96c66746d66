# SPDX-License-Identifier: Apache-2.0
"""From a deadline found in a text to the deadline of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.record import Deadline

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.extract.deadline_words import Found
    from pipeline.passage import Passage
    from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text in which a deadline was found begins in its passage.

    `trust` is how far the text itself can be relied on, 0–1.
    """

    passage: Passage
    offset: int
    trust: float
    settings: Settings


def as_record(item: Found, place: Place, identity: str, task: str | None) -> Deadline:
    """Return the deadline of the record, with its words, its confidence and its evidence."""
    start, end = item.start + place.offset, item.end + place.offset
    confidence = round(place.passage.confidence(start, end) * place.trust * item.trust, 3)
    return Deadline(
        id=identity,
        raw=" ".join(place.passage.text[start:end].split()),
        kind=item.kind,
        date=_iso(item.date),
        time=item.time,
        start=_iso(item.first),
        end=_iso(item.last),
        rrule=item.rrule,
        anchor=item.anchor,
        offset=item.offset,
        workdays=item.workdays,
        bound=item.bound,
        task=task,
        confidence=confidence,
        needs_review=confidence < place.settings.review_below,
        evidence=place.passage.evidence(start, end, f"deadlines.{item.kind}"),
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
