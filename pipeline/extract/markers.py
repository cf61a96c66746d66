# SPDX-License-Identifier: Apache-2.0
"""Markers of the outline: what numbers a paragraph, and how broken ones are mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a marker is written."""

    ANNEX = "annex"  # Phụ lục I
    PART = "part"  # Phần thứ nhất
    CHAPTER = "chapter"  # Chương II
    SECTION = "section"  # Mục 1
    ROMAN = "roman"  # II.
    ARTICLE = "article"  # Điều 3.
    NUMBER = "number"  # 1.
    DECIMAL = "decimal"  # 1.2.
    LETTER = "letter"  # a)
    BRACKET = "bracket"  # (i)
    DASH = "dash"
    PLUS = "plus"


_ORDER = list(Form)

# NĐ 30/2020: điểm run a b c d đ e g h i k l m n o p q r s t u v x y; no f, j, w, z.
LETTERS = "a b c d đ e g h i k l m n o p q r s t u v x y".split()

# Letters that readers take for each other.
_ALIKE = frozenset(frozenset(pair) for pair in ("dđ", "ce", "gq", "bh", "il", "uv"))

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a paragraph.

    Attributes:
        form: how it is written.
        label: as it stands in a path ("II", "1", "đ", "Điều 3"), None for dashes and the like.
        length: characters up to the text.
        raw: as read.
    """

    form: Form
    label: str | None
    length: int
    raw: str

    @property
    def rank(self) -> int:
        """The level among the others: 0 is the highest; "1.1.1" is below "1.1"."""
        base = _ORDER.index(self.form) * 10
        return base + (self.label or "").count(".") if self.form is Form.DECIMAL else base


_CAPITAL = "A-ZĐÀ-Ỹ"
_TITLE = rf"[.:]?\s*(?=$|[{_CAPITAL}])"
_PATTERNS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (Form.ANNEX, re.compile(
        rf"(?i:phụ lục)(?:\s+(?:số\s+)?(?P<l>[IVXLC]+|\d{{1,2}}))?\s*[.:]?\s*(?=$|[{_CAPITAL}(])"
    )),
    (Form.PART, re.compile(
        rf"(?i:phần)\s+(?:thứ\s+)?(?P<l>[IVX]+|\d{{1,2}}|nhất|hai|ba|tư|năm)\b{_TITLE}"
    )),
    (Form.CHAPTER, re.compile(rf"(?i:chương)\s+(?P<l>[IVXLC]+|\d{{1,2}})\b{_TITLE}")),
    (Form.SECTION, re.compile(rf"(?i:mục)\s+(?P<l>[IVXLC]+|\d{{1,2}})\b{_TITLE}")),
    # A speck before it was read as a dash.
    (Form.ARTICLE, re.compile(
        r"(?:[-–—•._]\s+)?(?:Điều|ĐIỀU|Diều|Điêu)\s+(?P<l>\d{1,3}[a-zđ]?)\s*[.:]\s*"
    )),
    (Form.DECIMAL, re.compile(r"(?P<l>\d{1,2}(?:\.\d{1,2}){1,3})\s*[.):]?\s+(?=\S)")),
    (Form.ROMAN, re.compile(r"(?P<l>[IVXLC]{1,5})\s*(?:[.)\-–/]\s*(?=\S)|\s(?=[A-ZĐÀ-Ỹ]{2}))")),
    (Form.NUMBER, re.compile(
        rf"(?P<l>\d{{1,2}})\s*(?:[.)](?!\d)\s*(?=\S)|[\-–/]\s*(?=[{_CAPITAL}])|,\s+(?=[{_CAPITAL}]))"
    )),
    (Form.LETTER, re.compile(r"(?P<l>[a-zđ])\s*(?:\)|\.(?=\s)|/(?=\s))\s*(?=\S)")),
    (Form.BRACKET, re.compile(r"(?:\((?:[ivx]{1,4}|\d{1,2}|[a-zđ])\)|[①-⑳])\s*(?=\S)")),
    (Form.DASH, re.compile(r"[-–—−•●▪*]\s*(?=[^\s\d]|\d+\s)")),
    (Form.DASH, re.compile(r"[._~»°]{1,3}\s+(?=[A-ZĐÀ-Ỹ])")),
    (Form.PLUS, re.compile(r"\+\s*(?=\S)")),
)  # fmt: skip

# No plan has more parts: "L." is a misread "I." or "II.".
_MOST_PARTS = 30

# What a reader makes of "I", "II", "III" and "1" in front of a stop: "|.", "I1.", "l.", "IL.".
_BROKEN = re.compile(r"(?P<l>[|IlL1!T]{1,4})\s*\.\s*(?=\S)")
# One sign in front of a bracket, "ø) Sở Công Thương", where the letters run on.
_BROKEN_LETTER = re.compile(r"(?P<l>[^\s()]{1,2})\)\s*(?=[A-ZĐÀ-Ỹ])")


def read_marker(text: str) -> Marker | None:
    """Return the marker that `text` begins with, None for a paragraph without one."""
    for form, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is not None:
            return Marker(form, _label(form, match), match.end(), match.group().strip())
    return None


def _label(form: Form, match: re.Match[str]) -> str | None:
    if form in (Form.DASH, Form.PLUS, Form.BRACKET):
        return None
    label = match["l"]
    names = {Form.ANNEX: "Phụ lục", Form.PART: "Phần", Form.CHAPTER: "Chương"}
    names |= {Form.SECTION: "Mục", Form.ARTICLE: "Điều"}
    if form in names:
        return f"{names[form]} {label}" if label else names[form]
    return label


def mend(  # noqa: PLR0911 - one return a way of being broken
    marker: Marker | None, text: str, before: list[Marker]
) -> Marker | None:
    """Return the marker as the sequence of the labelled ones before it says that it must be.

    "|. MỤC ĐÍCH" at the start is "I."; "1. ĐỐI TƯỢNG", in capitals after "I.", is "II."; a second
    "d)" is "đ)", "ø)" after "e)" is "g)". What is already in order stays.
    """
    number = _next_number(marker, text, before)
    if number is not None:
        return number
    letter = _next_letter(text, before) or _first_letter(text, before)
    if letter is not None:
        return letter
    last = before[-1] if before else None
    ell = marker is not None and marker.raw == "l." and (last is None or last.label != "k")
    if marker is not None and marker.form is Form.LETTER and not ell:
        return _mend_letter(marker, last)
    broken = _BROKEN.match(text)
    if broken is None:
        return marker
    roman = _last(before, Form.ROMAN)
    if _in_capitals(text[broken.end() :]):
        if marker is not None and marker.form is Form.ROMAN and _in_order(marker, roman):
            return marker
        if roman is None and broken["l"] == "1":
            return marker
        label = to_roman(from_roman(roman.label or "") + 1 if roman else 1)
        return Marker(Form.ROMAN, label, broken.end(), broken.group().strip())
    if (marker is None or ell) and len(broken["l"]) == 1:
        return Marker(Form.NUMBER, "1", broken.end(), broken.group().strip())
    return marker


# What readers make of digits in front of a stop: "Z." for "2.", "ll." for "11.".
_DIGITS = str.maketrans("ZzSsBGbOoIl|", "225586600111")
_LIKE_DIGITS = re.compile(r"(?P<l>[\dZzSsBGbOoIl|]{1,2})\s*\.\s+(?=[^\W\d_])")


def _next_number(marker: Marker | None, text: str, before: list[Marker]) -> Marker | None:
    """Return the number that must follow where its digits were read as letters: "Z." after "1."."""
    broken = _LIKE_DIGITS.match(text)
    last = _last(before, Form.NUMBER)
    free = marker is None or marker.form is Form.LETTER
    if broken is None or last is None or broken["l"].isdigit() or not free:
        return None
    value = broken["l"].translate(_DIGITS)
    if int(value) != int(last.label or 0) + 1:
        return None
    return Marker(Form.NUMBER, value, broken.end(), broken.group().strip())


def _next_letter(text: str, before: list[Marker]) -> Marker | None:
    """Return the letter that must stand where a sign that is no letter of the list does."""
    broken = _BROKEN_LETTER.match(text)
    last = before[-1] if before else None
    following = _following(last)
    if broken is None or following is None or broken["l"] in LETTERS:
        return None
    # "1)" is "i)" after "h)", else the first of a list inside the item.
    if broken["l"].isdigit() and (
        len(broken["l"]) > 1 or (broken["l"] == "1") != (following == "i")
    ):
        return None
    return Marker(Form.LETTER, following, broken.end(), broken.group().strip())


# What readers make of "a" in front of a bracket.
_LIKE_A = frozenset("áàâãạäåăắậ@&34689")
_ABOVE_LETTERS = frozenset((Form.NUMBER, Form.DECIMAL, Form.ROMAN, Form.ARTICLE))


def _first_letter(text: str, before: list[Marker]) -> Marker | None:
    """Return "a" where a sign that only looks like it begins a list: "3) Rà soát" under "1."."""
    broken = _BROKEN_LETTER.match(text)
    last = before[-1] if before else None
    if broken is None or last is None or last.form not in _ABOVE_LETTERS:
        return None
    sign = broken["l"]
    follows = last.form is Form.NUMBER and sign.isdigit() and int(sign) == int(last.label or 0) + 1
    if follows or sign not in _LIKE_A or last.raw.endswith(")"):
        return None
    return Marker(Form.LETTER, "a", broken.end(), broken.group().strip())


def _in_order(marker: Marker, last: Marker | None) -> bool:
    """Return whether a Roman number is well formed, small, and greater than the one before it."""
    label = marker.label or ""
    value = from_roman(label)
    above = from_roman(last.label or "") if last else 0
    return above < value <= _MOST_PARTS and to_roman(value) == label


def _mend_letter(marker: Marker, last: Marker | None) -> Marker:
    """Return the letter that follows the last one where the one read only looks like it."""
    following = _following(last)
    if following is not None and frozenset((marker.label, following)) in _ALIKE:
        return Marker(marker.form, following, marker.length, marker.raw)
    return marker


def _following(last: Marker | None) -> str | None:
    """Return the letter after that of a marker, None if it is no letter or the last one."""
    if last is None or last.form is not Form.LETTER or last.label not in LETTERS[:-1]:
        return None
    return LETTERS[LETTERS.index(last.label) + 1]


def _last(before: list[Marker], form: Form) -> Marker | None:
    return next((one for one in reversed(before) if one.form is form), None)


def _in_capitals(text: str) -> bool:
    letters = [char for char in text[:60] if char.isalpha()]
    return len(letters) > 4 and sum(char.isupper() for char in letters) > 0.75 * len(letters)


def from_roman(label: str) -> int:
    """Return the number that Roman digits mean."""
    total = 0
    for char, after in zip(label, [*label[1:], ""], strict=True):
        value = _VALUES.get(char, 0)
        total += -value if value < _VALUES.get(after, 0) else value
    return total


def to_roman(number: int) -> str:
    """Return `number` (1 to 89) in Roman digits."""
    digits = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, digit in digits:
        text += digit * (number // value)
        number %= value
    return text
