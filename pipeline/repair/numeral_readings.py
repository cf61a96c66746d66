# SPDX-License-Identifier: Apache-2.0
"""What the first word of a line may number: as written, and as a reader may have misread it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from pipeline.vietnamese import strip_marks


class Series(IntEnum):
    """Kinds of numbering, the outer first; NĐ 30/2020, Phụ lục I, II.6: I, 1, then a)."""

    ROMAN = 0
    ARABIC = 1
    LETTER = 2
    BRACKET = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A numeral that a word may be.

    Attributes:
        series: the kind of numbering.
        label: its number, (2, 1) for "2.1."; letters are numbered in the Vietnamese alphabet.
        text: the whole word, mended.
        cost: 0 as written; about 0.4 for look-alikes of the same shape ("l." for 1.), above 0.8
            where a stroke was lost or one letter of the alphabet was read as another.
    """

    series: Series
    label: tuple[int, ...]
    text: str
    cost: float


# Letters in use for items: NĐ 30/2020 says "chữ cái tiếng Việt"; f, j, w, z and ă, â … are not.
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_TOKEN = re.compile(
    r"^(?P<body>[\w|!¡¢©@\]\[]{1,6}(?:\.[\w|!¡\]\[]{1,2}){0,3})"
    r"(?P<close>\./|[.)/:,}\]])(?P<rest>[^\W\d_a-z]\S*)?$"
)
_ROMANS = dict(
    enumerate(
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(), start=1
    )
)
_ROMAN_VALUE = {text: number for number, text in _ROMANS.items()}
# What strokes of Roman numerals are read as, counted in text layers; dearer ones in the second.
_STROKES = {"1": "I", "l": "I", "|": "I", "!": "I", "i": "I", "¡": "I", "]": "I", "[": "I",
            "v": "V", "x": "X", "H": "II"}  # fmt: skip
_RARE_STROKES = {"L": "I", "J": "I", "U": "II", "N": "II", "M": "III", "Y": "V",
                 "y": "V", "K": "X", "W": "IV"}  # fmt: skip
_DIGITS = {"l": "1", "I": "1", "|": "1", "!": "1", "i": "1", "¡": "1", "]": "1", "[": "1",
           "O": "0", "o": "0", "Q": "0"}  # fmt: skip
_RARE_DIGITS = {"S": "5", "s": "5", "B": "8", "Z": "2", "z": "2", "q": "9", "g": "9", "b": "6"}
_SIGNS = {"@": "a", "¢": "c", "©": "c", "6": "b", "4": "a", "8": "a", "9": "g", "1": "il",
          "|": "il", "I": "il", "!": "i", "0": "co"}  # fmt: skip
_CONFUSED = {"c": "e", "e": "c", "b": "h", "h": "b", "o": "c"}
_ALIKE, _RARE, _LOST = 0.4, 0.7, 1.0
# Capitals speak for a Roman heading, lower case against one that is not written so.
_AGAINST = 0.3


@lru_cache(maxsize=4096)
def readings(token: str, capitals: bool) -> tuple[Reading, ...]:
    """Return the numerals that a word may be, none if it is written like no numeral.

    Example: readings("1.", True) are 1. as written, I. and II. at a cost.
    """
    match = _TOKEN.match(token)
    if match is None or (match["rest"] and not match["rest"][0].isupper()):
        return ()
    body, close, rest = match["body"], match["close"], match["rest"] or ""
    bracket = close in ")}]"
    found: list[Reading] = []
    if not bracket and close != "/":
        found += _roman(body, close, rest, capitals)
    if close != ":":
        found += _arabic(body, close, rest, capitals)
    if close not in ",:":
        found += _letter(body, close, rest)
    return tuple(reading for reading in found if reading.cost or reading.text == token)


def _roman(body: str, close: str, rest: str, capitals: bool) -> list[Reading]:
    tail = "." + rest if close in ",:" else close + rest
    extra = (0 if capitals else _AGAINST) + (_AGAINST if close in ",:" else 0)
    if body in _ROMAN_VALUE:
        return [
            Reading(Series.ROMAN, (_ROMAN_VALUE[body],), body + tail, 0 if close == "." else extra)
        ]
    cost = _RARE if any(char in _RARE_STROKES for char in body) else _ALIKE
    text = "".join(_STROKES.get(char) or _RARE_STROKES.get(char, char) for char in body)
    found = [(text, cost)] if text in _ROMAN_VALUE else []
    if text and not text.strip("I") and capitals:
        near = ("I" * number for number in (len(text) - 1, len(text) + 1) if 1 <= number <= 3)
        found += [(other, _LOST) for other in near]
    # "1. Mục đích" is no heading II. in lower case.
    if body.isdigit() and not capitals:
        return []
    return [Reading(Series.ROMAN, (_ROMAN_VALUE[t],), t + tail, c + extra) for t, c in found]


def _arabic(body: str, close: str, rest: str, capitals: bool) -> list[Reading]:
    series = Series.BRACKET if close in ")}]" else Series.ARABIC
    tail = {"}": ")", "]": ")", ",": "."}.get(close, close) + rest
    text = "".join(_DIGITS.get(char) or _RARE_DIGITS.get(char, char) for char in body)
    pieces = text.split(".")
    if not all(piece.isdecimal() and len(piece) <= 2 and int(piece) for piece in pieces):
        return []
    if len(pieces) > 1 and not any(char.isdigit() for char in body):
        return []
    cost = 0.0
    if text != body:
        cost = _RARE if any(char in _RARE_DIGITS for char in body) else _ALIKE
        if body in _ROMAN_VALUE:
            cost += 1 if capitals else _AGAINST
        if pieces[0].startswith("0"):
            return []
    elif close in "}]":
        cost = _ALIKE
    if close == ",":
        cost += _RARE
    return [Reading(series, tuple(map(int, pieces)), text + tail, cost)]


def _letter(body: str, close: str, rest: str) -> list[Reading]:
    if len(body) != 1 or rest:
        return []
    extra = _ALIKE if close in "}]" else 0.0
    close = ")" if extra else close
    seen = body if body == "đ" else strip_marks(body)
    found: dict[str, float] = {}
    if seen in _ALPHABET:
        found[seen] = 0.0 if seen == body else _ALIKE
    if seen == "d":
        found["đ"] = _ALIKE
    for letter in _SIGNS.get(body, "") if close == ")" else "":
        found.setdefault(letter, _RARE)
    for letter in _CONFUSED.get(seen, ""):
        found.setdefault(letter, _LOST)
    return [
        Reading(Series.LETTER, (_ALPHABET.index(letter) + 1,), letter + close, cost + extra)
        for letter, cost in found.items()
    ]
