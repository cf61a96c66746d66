# SPDX-License-Identifier: Apache-2.0
"""Numbers with a letter among their digits, mended where the words around leave one reading.

`ngày l9/6/2015`, `tháng O9`, `năm 20l9`, `2O20`, `30.000.O00`, `Điều 5O`: O is 0, l and I are 1.
A digit is never read as another digit.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.likeness import plain
from pipeline.repair.changes import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = str.maketrans("lI|oOQ", "111000")
_SEEN = r"[\dlIoOQ|]"
_END = r"(?P<end>[.,;:)”\"]*)"
_DATE = re.compile(rf"^(?P<day>{_SEEN}{{1,2}})([/.-])({_SEEN}{{1,2}})\2({_SEEN}{{4}}){_END}$")
# Years and spans of years: `2O20`, `20l9-2025`; two true digits and a first one that fits.
_YEARS = re.compile(rf"^\(?(?:[12l|]{_SEEN}{{3}})(?:[-–][12l|]{_SEEN}{{3}})?{_END}$")
_THOUSANDS = re.compile(rf"^\d{{1,3}}(?:[.,]{_SEEN}{{3}})+đ?{_END}$")
_PERCENT = re.compile(rf"^{_SEEN}{{1,3}}(?:[.,]{_SEEN}{{1,2}})?%{_END}$")
# `COVID-I9`: no name has a Roman numeral with a digit in it.
_NAMED = re.compile(rf"^(?P<name>\W?[A-ZĐ]{{3,}}-)[Il|!](?P<digit>\d){_END}$")
_SMALL = re.compile(rf"^(?P<digits>{_SEEN}{{1,3}}){_END}$")
# What the words before a number are read as: "ngày", "tháng", "năm", "Điều", "khoản".
NGAY = re.compile(r"^ng[a-z]y$")
_THANG = re.compile(r"^th[a-z]{1,2}ng$")
_NAM = re.compile(r"^n[a-z]{1,2}m$")
_ARTICLE = re.compile(r"^(?:[dp]i[a-z]{1,2}u|kho[a-z]{1,2}n)$")
# What readers with Vietnamese make of a digit in two of a day or a month: `T1`, `IÌ`, `1Š`, `0!`.
_STROKES, _ROUNDS, _FIVES = "lI|L!¡][{}TJÌÍÏÎỈỊĨìíïîỉịĩ†‡", "OoQØÔÖ", "ŠS"
_LIKE_DIGITS = str.maketrans(
    _STROKES + _ROUNDS + _FIVES, "1" * len(_STROKES) + "0" * len(_ROUNDS) + "5" * len(_FIVES)
)
_TWO = re.compile(rf"^(?P<digits>[\d{re.escape(_STROKES + _ROUNDS + _FIVES)}]{{2}}){_END}$")
# Three strokes are the two of 11, one of them with an accent.
_ELEVEN = re.compile(rf"^[1{re.escape(_STROKES)}]{{3}}$")
# The largest number of an article of a law: 689 articles has the Civil Code of 2015.
_LAST_ARTICLE = 999
_FIRST_YEAR, _LAST_YEAR = 1930, 2099


def number_changes(words: Sequence[str], place: int) -> list[Change]:
    """Return the mend of the number at a place, which may be split in two words, or none."""
    before = plain(words[place - 1]).strip(".,(") if place else ""
    if NGAY.match(before):
        for last in (place, place + 1):
            seen = words[place : last + 1]
            if last < len(words) and (last == place or seen[0] in ("l", "I", "|", "1", "2", "3")):
                mended = _date("".join(seen))
                if mended and mended != " ".join(seen):
                    return [Change(place, last, mended, 0.97, "date")]
    word = words[place]
    following = plain(words[place + 1]) if place + 1 < len(words) else ""
    between = _between(word, before, following)
    if between:
        return [Change(place, place, between, 0.95, "date")] if between != word else []
    # Most words hold no digit and no sign that is read for one.
    if word.isdecimal() or not any(char.isdigit() or char in "lIO|" for char in word):
        return []
    right = _in_context(word, before, following) or number_alone(word)
    rule = "date" if NGAY.match(before) or _THANG.match(before) or _NAM.match(before) else "number"
    return [Change(place, place, right, 0.95, rule)] if right and right != word else []


def _date(seen: str) -> str | None:
    """Return a date with digits, None if there is no such day."""
    match = _DATE.match(seen)
    if not match:
        return None
    day, month, year = (match[number].translate(_DIGITS) for number in ("day", 3, 4))
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return None
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR or not any(char.isdigit() for char in match[4]):
        return None
    return f"{day}{match[2]}{month}{match[2]}{year}{match['end']}"


def _in_context(word: str, before: str, following: str) -> str | None:
    """Return a small number as "ngày … tháng", "tháng … năm", "Điều …" call for it."""
    match = _SMALL.match(word)
    if not match:
        return None
    value = int(match["digits"].translate(_DIGITS))
    digit = any(char.isdigit() for char in match["digits"])
    day = NGAY.match(before) and _THANG.match(following) and value <= 31
    # "tháng I" without a year may be a quarter's Roman numeral.
    month = _THANG.match(before) and (digit or _NAM.match(following)) and value <= 12
    article = _ARTICLE.match(before) and (digit or match["digits"] in "l|") and not (
        match["digits"][0] in "oOQ" or value > _LAST_ARTICLE
    )  # fmt: skip
    if value and (day or month or article):
        return match["digits"].translate(_DIGITS) + match["end"]
    return None


def _between(word: str, before: str, following: str) -> str | None:
    """Return the day between "ngày" and "tháng" or the month between "tháng" and "năm"."""
    if NGAY.match(before) and _THANG.match(following):
        greatest = 31
    elif _THANG.match(before) and _NAM.match(following):
        greatest = 12
    else:
        return None
    if _ELEVEN.match(word):
        return "11"
    if word == "Š":
        return "5"
    match = _TWO.match(word)
    digits = match["digits"].translate(_LIKE_DIGITS) if match else ""
    return digits + match["end"] if match and 1 <= int(digits) <= greatest else None


def number_alone(word: str) -> str | None:
    """Return a year, a sum, a percentage or a name's number, which no word looks like."""
    named = _NAMED.match(word)
    if named:
        return f"{named['name']}1{named['digit']}{named['end']}"
    mended = word.translate(_DIGITS)
    digits = sum(map(str.isdigit, word))
    if _YEARS.match(word) and digits >= 2:
        years = [int(year) for year in re.findall(r"\d{4}", mended)]
        return mended if all(_FIRST_YEAR <= year <= _LAST_YEAR for year in years) else None
    if _THOUSANDS.match(word) and 2 * digits >= sum(map(str.isalnum, word)):
        return mended
    if _PERCENT.match(word) and digits and not mended.startswith("0"):
        return mended
    return None
