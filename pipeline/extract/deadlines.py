# SPDX-License-Identifier: Apache-2.0
"""Deadlines in a text: once, recurring, range, relative, open, each with how it binds.

A wrong deadline is worse than none: a date counts only after a word that binds it, and not inside
a citation, a condition, a window of data, a target or a rule of effect (`deadline_traps.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract import recurrences, relative_deadlines
from pipeline.extract.dates import flat
from pipeline.extract.deadline_dates import find_dated
from pipeline.extract.deadline_exceptions import apply_exceptions
from pipeline.extract.deadline_traps import is_trap
from pipeline.extract.deadline_words import TRUST_OPEN, Found
from pipeline.extract.issued import Issued, known
from pipeline.extract.time_cells import DONE, find_labelled_open, find_periods, find_years

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

__all__ = ["Found", "find_deadlines", "read_time_cell"]

# "theo định kỳ"; "đúng thời hạn": binding, but no date can be told
_OPEN = re.compile(
    r"(?:theo\s+)?\bdinh\s+ky\b|(?<!su\s)(?<!ap\s)\bdung\s+(?:thoi\s+)?han\b(?!\s+(?:che|muc|ngach))"
)
# No recurrence is told without one of these words; most sentences have none.
_MAY_RECUR = re.compile(
    r"\b(?:h[aei]ng|moi|lan|dinh\s+ky|cuoi|tuan|cua\s+thang|thang\s+(?:bao|sau|ke|tiep|lien|dau|thu))\b"
)
# What a day later in the sentence makes more exact: "hằng năm … trước ngày 15/12".
_DAYS_OF_PERIOD = {
    "FREQ=YEARLY": "FREQ=YEARLY;BYMONTH",
    "FREQ=MONTHLY;INTERVAL=6": "FREQ=YEARLY;BYMONTH",
    "FREQ=MONTHLY;INTERVAL=3": "FREQ=YEARLY;BYMONTH",
    "FREQ=MONTHLY": "FREQ=MONTHLY;BY",
    "FREQ=WEEKLY": "FREQ=WEEKLY;BY",
    "FREQ=DAILY": "FREQ=DAILY;BY",
}


def find_deadlines(text: str, issued: Issued | dt.date | None) -> list[Found]:
    """Return the deadlines of `text` in order, none inside another.

    A date without a year is resolved against the day of issue and left out where that leaves
    open which year is meant.
    """
    plain, when = flat(text), known(issued)
    found = _choose(plain, [*find_dated(text, plain, when), *_undated(text, plain, when)], when)
    return apply_exceptions(plain, found)


def read_time_cell(text: str, issued: Issued | dt.date | None) -> list[Found]:
    """Return the deadlines of a table's time column, or of the words after "Thời gian:".

    There a date needs no word that binds it: "Quý II/2026", "Cả năm", "Hằng năm", "Tháng 4".
    """
    plain, when = flat(text), known(issued)
    if DONE.match(plain):
        return []
    years = find_years(plain)
    if years:
        return years
    dated = find_dated(text, plain, when, bare=True)
    found = _choose(plain, [*dated, *_undated(text, plain, when)], when)
    if not found or all(item.kind == "open" for item in found):
        found = [_resolved(item, when) for item in find_periods(text, plain, when)] or found
    return apply_exceptions(plain, found)


def _choose(plain: str, candidates: Iterable[Found], issued: Issued | None) -> list[Found]:
    """Return those that bind, the earlier candidates before those that they overlap with."""
    found: list[Found] = []
    for candidate in candidates:
        if any(other.start < candidate.end and candidate.start < other.end for other in found):
            continue
        if not is_trap(plain, candidate, issued) and not _said_by(plain, candidate, found):
            found.append(candidate)
    return sorted(found, key=lambda item: item.start)


def _said_by(plain: str, period: Found, found: list[Found]) -> bool:
    """Return whether a day of the same sentence is that of the period: "hằng năm … 15/12"."""
    exact = _DAYS_OF_PERIOD.get(period.rrule or "")
    if period.kind == "open" and plain[period.start : period.end].endswith("dinh ky"):
        exact = "FREQ="
    return exact is not None and any(
        (day.rrule or "").startswith(exact)
        and not re.search(r"[.;]", plain[min(period.end, day.end) : max(period.start, day.start)])
        for day in found
    )


def _undated(text: str, plain: str, issued: Issued | None) -> list[Found]:
    found = []
    recurs = recurrences.FORMS if _MAY_RECUR.search(plain) else ()
    for pattern, read in (*recurs, *relative_deadlines.FORMS):
        for match in pattern.finditer(plain):
            item = read(match)
            if item is None:
                continue
            if item.anchor is not None:
                anchor = " ".join(text[match.start("anchor") : match.end("anchor")].split())
                item = replace(item, anchor=anchor)
            found.append(_resolved(item, issued))
    found += find_labelled_open(plain)
    found += [Found(*match.span(), "open", trust=TRUST_OPEN) for match in _OPEN.finditer(plain)]
    return found


def _resolved(item: Found, issued: Issued | None) -> Found:
    return relative_deadlines.resolve(item, issued) if item.kind == "relative" else item
