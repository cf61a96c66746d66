# SPDX-License-Identifier: Apache-2.0
"""Fields against one another: what cannot all be true is told, and marked for a person to see.

A check never changes a value: it adds a warning, and `needs_review` to the values that it doubts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.record import Warning  # noqa: A004 - the record's word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.record import Deadline, Fields, Reference

# A directive binds for years, not for generations: beyond this a digit of the year was misread.
_FARTHEST = 20


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning, and the values that it makes doubtful.

    Attributes:
        warning: as it goes into the record.
        fields: names of fields of the record.
        items: ids of deadlines, numbers of references.
    """

    warning: Warning
    fields: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def check(fields: Fields) -> Fields:
    """Return `fields` with the warnings and flags of all checks."""
    doubts = [doubt for find in _CHECKS for doubt in find(fields)]
    if not doubts:
        return fields
    names = {name for doubt in doubts for name in doubt.fields}
    items = {item for doubt in doubts for item in doubt.items}
    update: dict[str, Any] = {
        name: value.model_copy(update={"needs_review": True})
        for name in names
        if (value := getattr(fields, name)) is not None
    }
    update["deadlines"] = [_flagged(item, item.id in items) for item in fields.deadlines]
    update["references"] = [_flagged(item, item.number in items) for item in fields.references]
    update["warnings"] = [*fields.warnings, *(doubt.warning for doubt in doubts)]
    return fields.model_copy(update=update)


def _flagged(item: Any, doubtful: bool) -> Any:
    return item.model_copy(update={"needs_review": True}) if doubtful else item


def issue_window(fields: Fields) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day on which the document can have been issued.

    "2024-03" is any day of March; None where not even the year is known.
    """
    value = fields.date.value if fields.date else None
    if value is None:
        return None
    year, month, day = (int(part) for part in (*value.split("-"), "0", "0")[:3])
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    first = dt.date(year, month or 1, 1)
    after = dt.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return first, after - dt.timedelta(days=1)


def _deadlines(fields: Fields) -> Iterator[Doubt]:
    """Yield deadlines before the day of issue, and those too far from it."""
    window = issue_window(fields)
    if window is None:
        return
    for item in fields.deadlines:
        last = item.end or item.date
        if last is None:
            continue
        if last < window[0].isoformat():
            yield _deadline(item, "deadline_before_issue", "lies before the day of issue")
        elif int(last[:4]) > window[1].year + _FARTHEST:
            yield _deadline(item, "deadline_far", f"lies more than {_FARTHEST} years ahead")


def _deadline(item: Deadline, code: str, what: str) -> Doubt:
    message = f"the deadline {item.raw!r} {what}; check the year"
    page = item.evidence[0].page if item.evidence else None
    return Doubt(Warning(code=code, message=message, field="deadlines", page=page),
                 items=(item.id,))  # fmt: skip


def _references(fields: Fields) -> Iterator[Doubt]:
    """Yield cited documents that are younger than the one that cites them."""
    window = issue_window(fields)
    for item in fields.references if window else ():
        if item.date is not None and window and item.date > window[1].isoformat():
            yield _reference(item)


def _reference(item: Reference) -> Doubt:
    message = f"{item.number} of {item.date} is younger than the document that cites it"
    page = item.evidence[0].page if item.evidence else None
    warning = Warning(code="reference_after_issue", message=message, field="references", page=page)
    return Doubt(warning, fields=("date",), items=(item.number,))


def _signer(fields: Fields) -> Iterator[Doubt]:
    """Yield a document without a signature: its last page may be missing."""
    if fields.signer is None and (fields.number is not None or fields.title is not None):
        message = "no signature found: is the last page there?"
        yield Doubt(Warning(code="signer_missing", message=message, field="signer"))


_CHECKS = (_deadlines, _references, _signer)
