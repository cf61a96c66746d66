# SPDX-License-Identifier: Apache-2.0
"""Parts of the head that disagree are less sure than each looks by itself.

Nothing is changed or dropped: NĐ 30/2020's forms are a prior. Which of two parts is wrong nobody
can tell from them, so both are lowered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from pipeline.extract.organ_codes import issuer_fits
from pipeline.record import Value

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.record import DateOfIssue, Issuer, Number

_LESS_SURE = 0.7
_YEAR = re.compile(r"(?:19|20)\d\d(?=/)")

_Part = TypeVar("_Part", bound=Value)


def weigh_organ(
    number: Number | None, issuer: Issuer | None, day: dt.date | None
) -> tuple[Number | None, Issuer | None]:
    """Return number and issuer, both less sure if the code in one is not that of the other."""
    if number is None or issuer is None or number.notation is None:
        return number, issuer
    if issuer_fits(issuer, number.notation, day) is False:
        return _doubted(number), _doubted(issuer)
    return number, issuer


def weigh_year(
    number: Number | None, date: DateOfIssue | None
) -> tuple[Number | None, DateOfIssue | None]:
    """Return number and date, both less sure if the year in a legal text's number is another.

    Numbers run from 1 January to 31 December (NĐ 30/2020, Điều 15).
    """
    if number is None or date is None or not number.notation or not date.value:
        return number, date
    year = _YEAR.match(number.notation)
    if year and year[0] != date.value[:4]:
        return _doubted(number), _doubted(date)
    return number, date


def _doubted(part: _Part) -> _Part:
    confidence = round(part.confidence * _LESS_SURE, 3)
    return part.model_copy(update={"confidence": confidence, "needs_review": True})
