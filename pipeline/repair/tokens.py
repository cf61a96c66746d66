# SPDX-License-Identifier: Apache-2.0
"""What stands between two blanks, taken apart: words, numbers, codes, and the marks around them.

The language model is trained on the symbols of these parts and asked about the same, so both
sides use this module.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.vietnamese import fold_tone_placement, strip_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

# Symbols of the language model that are no words.
UNKNOWN, STOP, PAUSE, DASH, NUMBER, CODE = "<unk>", "<s>", "<p>", "<->", "<n>", "<c>"
SYMBOLS = (UNKNOWN, STOP, PAUSE, DASH, NUMBER, CODE)
# Marks, the one that counts most first.
MARKS = (STOP, PAUSE, DASH)

# Marks that stand around words; any other sign may be what a reader made of a letter.
_AROUND = r"""[-–—−.,;:!?…()\[\]{}“”"'‘’«»/\\|+*_•]*"""
_PARTS = re.compile(rf"(?P<lead>{_AROUND})(?P<core>.*?)(?P<tail>{_AROUND})", re.DOTALL)
_STOPS = frozenset(".;:!?…")
_PAUSES = frozenset(",()[]{}/")
_DASHES = frozenset("-–—−")
# A hyphen or slash between two words; the parts of a code stay together.
_JOINT = re.compile(r"(?<=[^\W\d_])([-–—−/])(?=[^\W\d_])")
_CODE = re.compile(r"\d.*[/-][^\W\d_a-z]")
_CAPITALS = re.compile(r"[^\W\d_a-z][^\Wa-z]*(?:[/-][^\W\d_a-z][\w&]*)+")
# "V/v", "b/c", "t/hiện": short for two words.
_SHORT = re.compile(r"[^\W\d_]/[^\W\d_]+")
# What is left of a syllable without its marks: one run of vowels between consonants.
_BARE_SYLLABLE = re.compile(
    r"(?:NGH?|NH|GH?|KH|PH|QU|TH|TR|CH|[BCDHKLMNPRSTVX])?[AEIOUY]{1,3}(?:NG|NH|CH|[CMNPT])?"
)


class Part(NamedTuple):
    """A word, number, code or run of marks: `text[start:end]` of the token it was found in.

    Attributes:
        start, end: where it stands in the token.
        text: as read.
        symbol: what the language model sees: a word in lower case with its tone in the old
            place, or one of `SYMBOLS`; "" for marks that it does not see (quotes).
    """

    start: int
    end: int
    text: str
    symbol: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word: letters, perhaps with signs that a reader took for letters."""
        return bool(self.symbol) and self.symbol not in SYMBOLS


@lru_cache(maxsize=65536)
def parts(token: str) -> tuple[Part, ...]:
    """Return the parts of a token (no blanks in it), in order; together they are the token.

    Example: parts("(huyện-xã).") are "(", "huyện", "-", "xã", ")." with the symbols
    "<p>", "huyện", "<->", "xã", "<s>".
    """
    match = _PARTS.fullmatch(token)
    if match is None or not match["core"]:
        return (Part(0, len(token), token, _mark(token)),)
    start, end = match.span("core")
    found = [Part(0, start, match["lead"], _mark(match["lead"]))] if start else []
    found += _core(match["core"], start)
    if end < len(token):
        found.append(Part(end, len(token), match["tail"], _mark(match["tail"])))
    return tuple(found)


def _core(core: str, offset: int) -> list[Part]:
    if any(char.isdigit() for char in core):
        symbol = CODE if _CODE.search(core) else NUMBER
        return [Part(offset, offset + len(core), core, symbol)]
    if _CAPITALS.fullmatch(core) and not all(map(_may_be_syllable, re.split("[/-]", core))):
        return [Part(offset, offset + len(core), core, CODE)]
    if _SHORT.fullmatch(core):
        return [Part(offset, offset + len(core), core, CODE)]
    found: list[Part] = []
    start = 0
    for joint in _JOINT.finditer(core):
        found.append(_word(core, start, joint.start(), offset))
        found.append(Part(offset + joint.start(), offset + joint.end(), joint[1], _mark(joint[1])))
        start = joint.end()
    return [*found, _word(core, start, len(core), offset)]


def _may_be_syllable(part: str) -> bool:
    """Return whether a part in capitals is a word of a heading, not of a code ("NGUOI", "KH")."""
    return _BARE_SYLLABLE.fullmatch(strip_marks(part)) is not None


def _word(core: str, start: int, end: int, offset: int) -> Part:
    text = core[start:end]
    return Part(offset + start, offset + end, text, symbol_of(text))


@lru_cache(maxsize=65536)
def symbol_of(word: str) -> str:
    """Return a word as the language model sees it: lower case, tone in the old place."""
    return fold_tone_placement(word.lower())


def _mark(marks: str) -> str:
    if any(mark in _STOPS for mark in marks):
        return STOP
    if any(mark in _PAUSES for mark in marks):
        return PAUSE
    return DASH if any(mark in _DASHES for mark in marks) else ""


def symbols(line: str) -> list[str]:
    """Return what the language model sees of a line, quotes and repeated marks left out."""
    said = [part.symbol for token in line.split() for part in parts(token)]
    return [symbol for symbol in heard(said) if symbol]


def heard(said: Sequence[str]) -> list[str]:
    """Return symbols, of several marks in a row one, a stop before all others; "" for the rest."""
    found = list(said)
    mark: int | None = None
    for place, symbol in enumerate(said):
        if symbol not in MARKS:
            mark = None if symbol else mark
        elif mark is None:
            mark = place
        else:
            found[mark] = min(symbol, found[mark], key=MARKS.index)
            found[place] = ""
    return found
