# SPDX-License-Identifier: Apache-2.0
"""The day of issue as far as it is known: deadlines without a year are resolved against it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

# A date of this many days ahead would have been a few weeks past in the year of issue: as likely
# misread, or already over, as meant for next year.
_FAR = 270
# Years taken from the day of issue are right but for slips of the pen.
_FROM_ISSUE = 0.95
_GUESSED = 0.6
# Where only the year of issue is known, a day up to this month may be one of the next year.
_EARLY_MONTHS = 3

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Issued:
    """The first and last day on which a document can have been issued; the same where it is known.

    A handwritten day that cannot be read leaves a month ("2021-02") or a year.
    """

    first: dt.date
    last: dt.date

    @classmethod
    def read(cls, iso: str) -> Issued | None:
        """Return what an ISO 8601 date of full or reduced precision says, None if it is none."""
        match = _ISO.fullmatch(iso)
        if match is None:
            return None
        year, month, day = (int(part) if part else 0 for part in match.groups())
        try:
            if day:
                return cls(dt.date(year, month, day), dt.date(year, month, day))
            end = calendar.monthrange(year, month or 12)[1]
            return cls(dt.date(year, month or 1, 1), dt.date(year, month or 12, end))
        except (ValueError, calendar.IllegalMonthError):
            return None

    @property
    def day(self) -> dt.date | None:
        """The day of issue, None if it is not known to the day."""
        return self.first if self.first == self.last else None

    def isoformat(self) -> str:
        """Return the earliest possible day (ISO 8601)."""
        return self.first.isoformat()

    def sure_of(self, day: dt.date) -> float:
        """Return how sure it is, 0–1, that the next such day from the earliest issue is meant.

        It is meant if it is the next one from the latest issue, too. 0 where it may well be
        that of another year.
        """
        if day < self.last:
            year_only = (self.last - self.first).days > 31
            return 0.0 if year_only and day.month <= _EARLY_MONTHS else _GUESSED
        return _GUESSED if (day - self.first).days > _FAR and self.day else _FROM_ISSUE


def known(issued: Issued | dt.date | None) -> Issued | None:
    """Return a day of issue, however it is given, as an `Issued`."""
    return Issued(issued, issued) if isinstance(issued, dt.date) else issued
