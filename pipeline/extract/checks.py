# SPDX-License-Identifier: Apache-2.0
"""Fields against one another: what cannot all be true is told, and marked for a person to see.

A check never changes a value: it adds a warning, and `needs_review` to the values that it doubts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.extract.issued import Issued
from pipeline.extract.organ_codes import issuer_fits
from pipeline.extract.successors import ended
from pipeline.record import Warning  # noqa: A004 - the record's word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.record import Deadline, Fields, Reference, Unit, Value

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


def _page_of(item: Deadline | Reference | Unit | Value) -> int | None:
    return item.evidence[0].page if item.evidence else None


def issued_of(value: Value | None) -> Issued | None:
    """Return the day of issue as far as the record tells it, None where it does not."""
    return Issued.read(value.value) if value is not None and value.value else None


def _flagged(item: Any, doubtful: bool) -> Any:
    return item.model_copy(update={"needs_review": True}) if doubtful else item


def _deadlines(fields: Fields) -> Iterator[Doubt]:
    """Yield deadlines before the day of issue, and those too far from it."""
    issued = issued_of(fields.date)
    if issued is None:
        return
    for item in fields.deadlines:
        last = item.end or item.date
        if last is None:
            continue
        if last < issued.first.isoformat():
            yield _deadline(item, "deadline_before_issue", "lies before the day of issue")
        elif int(last[:4]) > issued.last.year + _FARTHEST:
            yield _deadline(item, "deadline_far", f"lies more than {_FARTHEST} years ahead")


def _deadline(item: Deadline, code: str, what: str) -> Doubt:
    message = f"the deadline {item.raw!r} {what}; check the year"
    page = _page_of(item)
    return Doubt(Warning(code=code, message=message, field="deadlines", page=page),
                 items=(item.id,))  # fmt: skip


def _references(fields: Fields) -> Iterator[Doubt]:
    """Yield cited documents that are younger than the one that cites them."""
    issued = issued_of(fields.date)
    for item in fields.references:
        if issued is not None and item.date is not None and item.date > issued.last.isoformat():
            yield _reference(item)


def _reference(item: Reference) -> Doubt:
    message = f"{item.number} of {item.date} is younger than the document that cites it"
    page = _page_of(item)
    warning = Warning(code="reference_after_issue", message=message, field="references", page=page)
    return Doubt(warning, fields=("date",), items=(item.number,))


def _signer(fields: Fields) -> Iterator[Doubt]:
    """Yield a document without a signature: its last page may be missing."""
    if fields.signer is None and (fields.number is not None or fields.title is not None):
        message = "no signature found: is the last page there?"
        yield Doubt(Warning(code="signer_missing", message=message, field="signer"))


def _issuer(fields: Fields) -> Iterator[Doubt]:
    """Yield an issuer that its notation does not name ("QĐ-BYT" under a ministry of finance)."""
    number, issuer, issued = fields.number, fields.issuer, issued_of(fields.date)
    if number is None or issuer is None or number.notation is None:
        return
    if issuer_fits(issuer, number.notation, issued.first if issued else None) is False:
        message = f"the notation {number.notation} is not one of {issuer.value}"
        yield Doubt(Warning(code="issuer_contradiction", message=message, field="issuer"),
                    fields=("issuer", "number"))  # fmt: skip


def _units(fields: Fields) -> Iterator[Doubt]:
    """Yield units that had ended when the document was issued, or end before their deadline.

    Such a name is rarely misread: it is told, not flagged.
    """
    issued = issued_of(fields.date)
    place = fields.place.value if fields.place else None
    for unit in fields.units if issued is not None else ():
        last = ended(unit.value, place)
        if last is None or issued is None:
            continue
        if last < issued.first:
            yield _unit(unit, f"ended on {last.isoformat()}, before the day of issue")
        elif (due := _last_deadline_of(unit, fields)) and due > last:
            yield _unit(unit, f"ended on {last.isoformat()}, its deadline is {due.isoformat()}")


def _last_deadline_of(unit: Unit, fields: Fields) -> date | None:
    """Return the last day by which a unit is to do something, None where no day is told."""
    deadlines = {item.id: item for item in fields.deadlines}
    days = [
        date.fromisoformat(day)
        for task in fields.tasks
        if unit.id in (*task.responsible, *task.cooperating)
        for key in task.deadlines
        if (day := deadlines[key].end or deadlines[key].date) is not None
    ]
    return max(days, default=None)


def _unit(unit: Unit, what: str) -> Doubt:
    page = _page_of(unit)
    message = f"{unit.raw} {what}"
    return Doubt(Warning(code="unit_ended", message=message, field="units", page=page))


def _secrecy(fields: Fields) -> Iterator[Doubt]:
    """Yield the grade of a secret document: its text is not exported."""
    if fields.secrecy is not None:
        message = f"marked {fields.secrecy.value}: only the record holds its text"
        page = _page_of(fields.secrecy)
        yield Doubt(Warning(code="secret", message=message, field="secrecy", page=page))


_CHECKS = (_issuer, _deadlines, _references, _units, _signer, _secrecy)
