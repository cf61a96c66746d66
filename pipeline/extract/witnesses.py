# SPDX-License-Identifier: Apache-2.0
"""What else tells of number, date and signer: digital signatures, annexes, the arrival stamp.

A witness never puts a number or a date in the place of what was read: it makes it surer, or less
sure, and names another as an alternative. Only a person's name, typed in the certificate, mends the
same name misread under a seal. How much a witness counts is a weight on the log-odds, the logarithm
of how much oftener it says so of values that are right than of those that are misread.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, TypeVar

from rapidfuzz.distance import Levenshtein

from pipeline.extract.annexes import Own, own_citations
from pipeline.extract.calibration import log_odds
from pipeline.extract.names import name_case
from pipeline.record import DateOfIssue, DigitalSignature, Number, Signer
from pipeline.record import Warning as Notice
from pipeline.record_pages import Evidence
from pipeline.vietnamese import fold, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Document
    from pipeline.record import Fields
    from pipeline.settings import Settings

# Days from the date to the next signature, and what they weigh. Of 23 signed files 16 were signed
# on the day or the next, 3 within four days, 4 within a month, none before; a misread day falls on
# any day of a month. Later, it may be a copy from an archive, or a month or year misread.
_SIGNED_WITHIN = ((1, 2.5), (4, 1.0), (31, 0.0))
_SIGNED_LATER, _SIGNED_BEFORE = -1.0, -3.0
# The head of an annex repeats number and date: read apart, both would have to be misread alike.
_ANNEX_AGREES, _ANNEX_DIFFERS = 3.0, -2.0
# Half of all misread days would pass as well.
_ARRIVED_WITHIN, _ARRIVED, _ARRIVED_BEFORE = 30, 0.5, -1.5
_SAME_PERSON, _MENDED_NAME = 2.0, 0.7
# Letters of a name, marks left out, that a seal may hide.
_MISREAD_LETTERS, _LEAST_LETTERS_OF_A_NAME = 2, 8
_CERTIFICATE = "witness.certificate"
_MOST_ALTERNATIVES = 4

_Part = TypeVar("_Part", Number, DateOfIssue, Signer)


def hear(fields: Fields, document: Document, settings: Settings) -> Fields:
    """Return `fields` weighed by all witnesses, with the signatures of the file.

    Confidences are scores, not yet shares.
    """
    number, date, notices = fields.number, fields.date, list(fields.warnings)
    if number is not None and date is not None:
        number, date = _heard_annexes(number, date, document, settings, notices)
    if date is not None:
        date = _heard_signatures(date, document, settings, notices)
        date = _heard_arrival(date, fields, settings, notices)
    people = [one.name for one in document.signatures if one.name]
    return fields.model_copy(
        update={
            "number": number,
            "date": date,
            "signer": fields.signer and _heard_people(fields.signer, people, settings),
            "signatures": [
                DigitalSignature(
                    name=one.name, organ=one.organ, time=one.time and one.time.isoformat()
                )
                for one in document.signatures
            ],
            "warnings": notices,
        }
    )


def weighed(score: float, weight: float) -> float:
    """Return a score after a witness of this weight, in log-odds; 0 changes nothing."""
    return score if not weight else round(1 / (1 + math.exp(-(log_odds(score) + weight))), 3)


def _heard_annexes(
    number: Number, date: DateOfIssue, document: Document, settings: Settings, notices: list[Notice]
) -> tuple[Number, DateOfIssue]:
    """Return number and date after what annexes say of them ("Kèm theo Quyết định số …")."""
    said = own_citations(document, Own(number.sequence, number.notation, date.value))
    same_number = [one for one in said if one.same_number]
    same_date = [one for one in said if one.same_date]
    if same_number and number.sequence:
        evidence = [*number.evidence, *same_number[0].evidence]
        number = _borne_out(number, _ANNEX_AGREES, settings, evidence=evidence)
    if same_date:
        evidence = [*date.evidence, *same_date[0].evidence]
        date = _borne_out(date, 0 if _told(notices) else _ANNEX_AGREES, settings, evidence=evidence)
    others = [one.number for one in same_date if not one.same_number]
    if others and not same_number:
        number = _contradicted(number, _ANNEX_DIFFERS, others)
        notices.append(_notice("number", f"an annex calls this document {others[0]}"))
    days = [one.date for one in same_number if one.date and not one.same_date]
    if _day(date.value) is None:
        return number, _with_alternatives(date, [day for day in days if _agrees(day, date.value)])
    if days and not same_date:
        date = _contradicted(date, _ANNEX_DIFFERS, days)
        notices.append(_notice("date", f"an annex dates this document {days[0]}"))
    return number, date


def _agrees(day: str, read: str | None) -> bool:
    """Return whether a day lies in the month or year that was read; any does where none was."""
    return day.startswith(read or "")


def _heard_signatures(
    date: DateOfIssue, document: Document, settings: Settings, notices: list[Notice]
) -> DateOfIssue:
    """Return a date after the days on which the file was signed."""
    signed = sorted({one.time.date() for one in document.signatures if one.time})
    day = _day(date.value)
    if not signed or date.value is None:
        return date
    if day is None:
        return _with_alternatives(date, _likely_days(date.value, signed))
    after = [(one - day).days for one in signed if one >= day]
    if not after:
        likely = [other for other in date.alternatives if _is_soon(other, signed)]
        notices.append(_notice("date", f"the file was signed before, on {signed[-1]}"))
        return _contradicted(date, _SIGNED_BEFORE, [*likely, signed[-1].isoformat()])
    weights = [weight for most, weight in _SIGNED_WITHIN if after[0] <= most]
    weight = weights[0] if weights else _SIGNED_LATER
    if weight < 0:
        likely = [other for other in date.alternatives if _is_soon(other, signed)]
        return _with_alternatives(_less_sure(date, weight, settings), likely)
    return _borne_out(date, 0 if _told(notices) else weight, settings)


def _likely_days(read: str, signed: Sequence[dt.date]) -> list[str]:
    """Return the days of a month or year that was read on which, or before which, it was signed."""
    days = [signed[0], signed[0] - dt.timedelta(days=1)]
    return [day.isoformat() for day in days if day.isoformat().startswith(read)]


def _is_soon(iso: str, signed: Sequence[dt.date]) -> bool:
    """Return whether the file was signed in the days after a date."""
    day = _day(iso)
    return day is not None and any(0 <= (one - day).days <= _SIGNED_WITHIN[1][0] for one in signed)


def _heard_arrival(
    date: DateOfIssue, fields: Fields, settings: Settings, notices: list[Notice]
) -> DateOfIssue:
    """Return a date after that of the arrival stamp, where this was read well."""
    arrival, day = fields.arrival, _day(date.value)
    came = _day(arrival.date) if arrival is not None else None
    if arrival is None or came is None or day is None:
        return date
    if came < day and arrival.confidence >= settings.review_below:
        notices.append(_notice("date", f"it arrived before, on {came}"))
        return _contradicted(date, _ARRIVED_BEFORE, [])
    near = 0 <= (came - day).days <= _ARRIVED_WITHIN and not arrival.needs_review
    return _borne_out(date, _ARRIVED, settings) if near and not _told(notices) else date


def _heard_people(signer: Signer, people: Iterable[str], settings: Settings) -> Signer:
    """Return a signer after the persons who signed the file digitally.

    The name as typed in the certificate stands for the same one misread in its marks, and for one
    that was read badly, by a letter or two; somebody of another name may have signed for the
    office, and tells nothing.
    """
    if signer.name is None:
        return signer
    for person in map(name_case, people):
        alike = fold(signer.name) == fold(person)
        if alike and (person.isascii() or name_key(signer.name) == name_key(person)):
            return _borne_out(signer, _SAME_PERSON, settings)
        if alike or (signer.needs_review and _is_misread(signer.name, person)):
            weight = _SAME_PERSON if alike else _MENDED_NAME
            page = signer.evidence[-1].page if signer.evidence else 1
            evidence = [*signer.evidence, Evidence(page=page, box=None, rule=_CERTIFICATE)]
            return _borne_out(signer, weight, settings, name=person, evidence=evidence)
    return signer


def _is_misread(read: str, typed: str) -> bool:
    """Return whether a name may be that typed, a letter or two misread; marks do not count."""
    one, other = fold(read), fold(typed)
    if len(one.split()) != len(other.split()) or len(other) < _LEAST_LETTERS_OF_A_NAME:
        return False
    return not typed.isascii() and Levenshtein.distance(one, other) <= _MISREAD_LETTERS


def _borne_out(part: _Part, weight: float, settings: Settings, **update: object) -> _Part:
    """Return a value that a witness agrees with: what is sure enough now needs no review."""
    if not weight:
        return part.model_copy(update=update)
    confidence = max(part.confidence, weighed(part.confidence, weight))
    review = confidence < settings.review_below
    facts = {"confidence": confidence, "needs_review": review, **update}
    return part.model_copy(update=facts)


def _less_sure(date: DateOfIssue, weight: float, settings: Settings) -> DateOfIssue:
    confidence = weighed(date.confidence, weight)
    review = date.needs_review or confidence < settings.review_below
    return date.model_copy(update={"confidence": confidence, "needs_review": review})


def _contradicted(part: _Part, weight: float, others: Iterable[str]) -> _Part:
    """Return a value that a witness contradicts, with what it says first among the others."""
    confidence = weighed(part.confidence, weight)
    lowered = part.model_copy(update={"confidence": confidence, "needs_review": True})
    return _with_alternatives(lowered, others)


def _with_alternatives(part: _Part, others: Iterable[str]) -> _Part:
    if isinstance(part, Signer):
        return part
    ranked = [other for other in (*others, *part.alternatives) if other != part.value]
    kept = list(dict.fromkeys(ranked))[:_MOST_ALTERNATIVES]
    return part.model_copy(update={"alternatives": kept})


def _told(notices: Iterable[Notice]) -> bool:
    """Return whether something was found wrong with the date: no witness makes that good."""
    return any(notice.field == "date" for notice in notices)


def _day(iso: str | None) -> dt.date | None:
    """Return a day, None for a month or a year."""
    whole = iso is not None and len(iso) == len("2024-03-15")
    return dt.date.fromisoformat(iso) if iso is not None and whole else None


def _notice(field: str, message: str) -> Notice:
    return Notice(
        code=f"{field}_contradiction", message=f"{message}; check the {field}", field=field
    )
