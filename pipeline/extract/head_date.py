# SPDX-License-Identifier: Apache-2.0
"""Địa danh, ngày, tháng, năm: place and date of the head.

NĐ 30/2020, Phụ lục I, II.4: `Lục Nam, ngày 19 tháng 9 năm 2022`. Days under 10 and months 1 and 2
are written with a leading zero, months 3 to 9 without. Clerks break the rule in 3 heads of 100 (11
of 366 typed acts, 9 of them "tháng 03" to "tháng 09"), so it is no check of typed text. Read from
an image a breach may be a misreading ("04" for "01": one of the two seen), and lowers the trust.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extract.parts import head_lines, line_spans
from pipeline.extract.places import is_place
from pipeline.extract.values import Find
from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.passage import Passage, compose
from pipeline.record import DateOfIssue
from pipeline.record import Warning as Notice

if TYPE_CHECKING:
    from pipeline.model import Page
    from pipeline.passage import Piece
    from pipeline.settings import Settings

# In plain letters; the slots hold whatever a reader made of the handwriting.
_DATE = re.compile(
    r"(?<![^\W_])ng\wy(?P<day>[^\n]{0,9}?)\s*th[ao]n[gq](?P<month>[^\n]{0,9}?)"
    r"\s*[nuhm][ao]m\s*[.,:]?\s*(?P<year>\d[\d ]{2,5}\d)?"
)
_STROKES = " .,:;'\"’‘“”_~*()-–—="
# Printed digits as Tesseract reads them in narrow italics: "0I", "1]", "ô4".
_AS_DIGITS = str.maketrans("IlÌìÍ|]OoôÔØøö", "11111110000000")
_VIETNAM = dt.timezone(dt.timedelta(hours=7))
_EARLIEST = 1945  # the first year of the state that issues these documents
# Of what clerks write so much breaks the rule for zeros, of what is misread so much does.
_BREACHES, _BROKEN_BY_MISREADING = 0.03, 0.3
_NOT_WHOLE = 0.7
_MOST_ALTERNATIVES = 4
_WEEKDAYS = ("hai", "ba", "tu", "nam", "sau", "bay", "chu nhat")
_WEEKDAY = re.compile(r"\b(?:thu\s+(?P<day>hai|ba|tu|nam|sau|bay)|(?P<sunday>chu nhat))\b")
# "Thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu", with a word of the seal before it.
_LONGEST_PLACE = 6
_KINDS_OF_PLACES = frozenset("pho tinh huyen quan thi tran xa phuong dac khu".split())


@dataclass(frozen=True, slots=True)
class HeadDate:
    """A date as far as it can be read.

    Attributes:
        iso: "2024-03-15"; "2024-03" if the day is not readable, "2024" if the month is not
            (ISO 8601, reduced precision); None if there is no such day or no year.
        lawful: day and month have leading zeros as the decree wants them.
        problem: what a person should look at, None if nothing.
    """

    iso: str | None
    lawful: bool
    problem: str | None = None


def parse_head_date(day: str, month: str, year: str) -> HeadDate:
    """Return the date in three slots as read: ("15", "3", "2024"); nothing is guessed."""
    years = int(digits) if (digits := year.replace(" ", "")).isdigit() and len(digits) == 4 else 0
    if not _EARLIEST <= years < 2100:
        return HeadDate(None, lawful=False, problem="the year cannot be read")
    months, days = _slot(month, 12), _slot(day, 31)
    if not months:
        return HeadDate(f"{years}", lawful=False, problem="day and month cannot be read")
    if not days:
        return HeadDate(f"{years}-{months:02}", lawful=False, problem="the day cannot be read")
    try:
        date = dt.date(years, months, days)
    except ValueError:
        return HeadDate(None, lawful=False, problem="there is no such day")
    return HeadDate(date.isoformat(), _lawful(day, days, 9) and _lawful(month, months, 2))


def extract_place_and_date(
    page: Page, settings: Settings, today: dt.date | None = None
) -> tuple[Find | None, DateOfIssue | None, list[Notice]]:
    """Return where the place stands, the date, and what is wrong with it.

    Args:
        page: the page with the head.
        settings: the settings.
        today: no act is issued after it; the clock's day if not given.
    """
    sources = (
        (_block_passage(page), "date.box", 0.98),
        (head_lines(page), "date.head", 0.85),
    )
    for passage, rule, prior in sources:
        letters = plain(passage.text)
        for start, end in line_spans(passage):
            found = _DATE.search(letters, start, end)
            if not found or (rule == "date.head" and not _is_head_line(passage.text[start:end])):
                continue
            slots = (
                passage.text[slice(*found.span("day"))],
                passage.text[slice(*found.span("month"))],
                passage.text[slice(*found.span("year"))],
            )
            read = _checked(parse_head_date(*slots), letters[start : found.start()], today)
            sure = prior if read.lawful else prior * _trust_in_breach(passage, found, read)
            find = Find(passage, found.start(), found.end(), rule, sure, bool(read.problem))
            place = _place(passage, start, found.start(), rule)
            value = find.value(read.iso, settings)
            others = _other_days(passage, found, slots, read.iso)
            date = DateOfIssue(**dict(value), alternatives=others)
            return place, date, _notices(read, find, page)
    return _place_alone(page), None, []


def _trust_in_breach(passage: Passage, found: re.Match[str], read: HeadDate) -> float:
    """Return how much less a date is worth that breaks the rule for zeros: 1 where it was typed.

    Read from an image it is a clerk's slip, or a misreading. How likely each is, Bayes' rule says:
    two readers who both see "09" are believed, one who is not quite sure is not.
    """
    pieces = [
        piece
        for name in ("day", "month")
        for piece in passage.within(*found.span(name))
        if any(map(str.isdigit, piece.word.text))
    ]
    if not any(piece.word.box for piece in pieces):
        return 1.0
    if read.problem:
        return _NOT_WHOLE
    right = min(passage.confidence(piece.start, piece.end) for piece in pieces)
    return _BREACHES / (right * _BREACHES + (1 - right) * _BROKEN_BY_MISREADING)


def _other_days(
    passage: Passage, found: re.Match[str], slots: tuple[str, str, str], iso: str | None
) -> list[str]:
    """Return the days that other readings of day or month make, the likeliest first."""
    day, month, year = slots
    read = [(other, month) for other in _other_readings(passage.within(*found.span("day")), day)]
    read += [(day, other) for other in _other_readings(passage.within(*found.span("month")), month)]
    days = (parse_head_date(*pair, year).iso for pair in read)
    whole = [other for other in days if other and len(other) == len("2024-03-15") and other != iso]
    return list(dict.fromkeys(whole))[:_MOST_ALTERNATIVES]


def _other_readings(pieces: list[Piece], slot: str) -> list[str]:
    """Return what else the readers saw in a slot that one word fills."""
    for piece in pieces:
        if piece.word.edit is not None and piece.word.text == slot.strip():
            return list(piece.word.edit.alternatives)
    return []


def _block_passage(page: Page) -> Passage:
    """Return the box of place and date, each block on one line: long places take two."""
    return compose((page, block) for block in page.blocks if block.role is Role.PLACE_DATE)


def _checked(read: HeadDate, before: str, today: dt.date | None) -> HeadDate:
    """Return `read` with a problem if it is still to come, or on another day of the week."""
    if read.problem or read.iso is None:
        return read
    day = dt.date.fromisoformat(read.iso)
    if day > (today or dt.datetime.now(_VIETNAM).date()):
        return replace(read, problem="the day is still to come")
    weekday = _WEEKDAY.search(before)
    if weekday and _WEEKDAYS.index(weekday["day"] or weekday["sunday"]) != day.weekday():
        return replace(read, problem="it was another day of the week")
    return read


def _is_head_line(line: str) -> bool:
    """Return whether `line` is a place and a date, not a sentence with a date in it.

    Before the date stands a place: a few words with capitals and a comma; nothing stands behind.
    """
    date = _DATE.search(plain(line))
    if date is None or sum(map(str.isalpha, line[date.end() :])) > 1:
        return False
    before = line[_after_codes(line[: date.start()]) : date.start()]
    words = re.findall(r"[^\W\d_]+", before)
    named = all(word[0].isupper() or plain(word) in _KINDS_OF_PLACES for word in words)
    ends = before.rstrip(" .;:'\"“”|-–—_~*").endswith(",") or is_place(before.strip(" ,.|"))
    alone = not words and line[date.start() : date.start() + 1] == "N"
    return len(words) <= _LONGEST_PLACE and named and (ends or alone)


def _after_codes(text: str) -> int:
    """Return where the number of the left column ends, which may stand on the same line."""
    codes = list(re.finditer(r"[A-ZĐ]{2,}[-–][A-ZĐ]\S*\s+|/[A-ZĐ]{2,}\S*\s+", text))
    return codes[-1].end() if codes else 0


def _slot(read: str, most: int) -> int:
    """Return the number in a slot, 0 if it is empty, unreadable or above `most`.

    Letters count as the digits they look like, but never one alone: "0I" is 01, "I" is nothing.
    """
    bare = _digits(read)
    return int(bare) if re.fullmatch(r"[0-9]{1,2}", bare) and int(bare) <= most else 0


def _digits(read: str) -> str:
    bare = read.strip(_STROKES).replace(" ", "")
    return bare.translate(_AS_DIGITS) if len(bare) > 1 else bare


def _lawful(read: str, number: int, padded_up_to: int) -> bool:
    """Return whether all are digits, and only a number up to `padded_up_to` has a leading zero."""
    bare = read.strip(_STROKES)
    return bare.isdigit() and bare.startswith("0") == (number <= padded_up_to)


def _place(passage: Passage, start: int, end: int, rule: str) -> Find | None:
    """Return the place in `text[start:end]`, the text on the line before "ngày"."""
    start += _after_codes(passage.text[start:end])
    text = passage.text[start:end]
    first = re.search(r"[^\W\d_]", text)
    bare = text.rstrip(" ,.;:'\"“”‘’|-–—_~*")
    if not first or first.start() >= len(bare):
        return None
    prior = 0.97 if rule == "date.box" else 0.85
    return Find(passage, start + first.start(), start + len(bare), "place.before_date", prior)


def _place_alone(page: Page) -> Find | None:
    """Return the place of a box in which no date was found: the words before its comma."""
    passage = _block_passage(page)
    comma = passage.text.find(",")
    return _place(passage, 0, comma, "date.box") if comma > 0 else None


def _notices(read: HeadDate, find: Find, page: Page) -> list[Notice]:
    if read.problem is None:
        return []
    message = f'{read.problem}: "{find.raw}"'
    return [Notice(code="date_unreadable", message=message, field="date", page=page.number)]
