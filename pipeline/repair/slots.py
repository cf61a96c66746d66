# SPDX-License-Identifier: Apache-2.0
"""Lines of tokens as runs of slots: what the decoder may read anew, and what stays as it is.

A run is what the language model reads in one go: from a stop to the next, over line ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.tokens import MARKS, NUMBER, STOP, Part, heard, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

# How a new item begins: a dash, a plus, a bullet, a number or letter of a list.
_ITEM = re.compile(r"^(?:[-–—+*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,4}\.|[a-zđ]\))$")
_LETTER = re.compile(r"\(?[^\W\d_][).]")


class Token(NamedTuple):
    """What stands between two blanks, and how sure the reader was (0-1, None if unknown).

    Attributes:
        text: as read.
        confidence: of the reader.
        fixed: whether it stays as it is.
        others: what else readers saw there, with probabilities.
    """

    text: str
    confidence: float | None = None
    fixed: bool = False
    others: tuple[tuple[str, float], ...] = ()


class Slot(NamedTuple):
    """A part of a token, at its place: `lines[line][token].text[part.start:part.end]`.

    Attributes:
        line, token: where the token stands.
        part: the part of the token.
        open: whether it may be read as something else.
        joins: whether it may be one word with the next slot: a blank between them, no mark.
        confidence: of the token.
        others: what else readers saw in its place, with probabilities.
    """

    line: int
    token: int
    part: Part
    open: bool
    joins: bool
    confidence: float | None
    others: tuple[tuple[str, float], ...] = ()


def runs(lines: Sequence[Sequence[Token]], begins: Sequence[bool]) -> list[list[Slot]]:
    """Return the slots of some lines in runs; `begins` tells which lines begin a paragraph."""
    found: list[list[Slot]] = [[]]
    for number, line in enumerate(lines):
        if begins[number] and found[-1]:
            found.append([])
        for place, token in enumerate(line):
            for slot in _slots(number, place, token, last=place + 1 == len(line)):
                found[-1].append(slot)
                if slot.part.symbol == STOP:
                    found.append([])
    return [run for run in found if any(slot.open for slot in run)]


def _slots(line: int, place: int, token: Token, *, last: bool) -> list[Slot]:
    pieces = parts(token.text)
    found = []
    # "a)" is the letter of a list, and its place there is what may mend it.
    fixed = token.fixed or _LETTER.fullmatch(token.text) is not None
    for number, part in enumerate(pieces):
        open_ = not fixed and (part.is_word or part.symbol == NUMBER)
        at_end = number + 1 == len(pieces) and not last
        joins = open_ and at_end and part.is_word
        others = _others(token, pieces, number) if open_ and token.others else ()
        found.append(Slot(line, place, part, open_, joins, token.confidence, others))
    return found


def _others(token: Token, own: Sequence[Part], number: int) -> tuple[tuple[str, float], ...]:
    """Return what a part of a token is in its other readings, as far as they have such parts."""
    found: dict[str, float] = {}
    for text, chance in token.others:
        pieces = parts(text)
        if len(pieces) == len(own) and pieces[number].is_word:
            found[pieces[number].text] = found.get(pieces[number].text, 0.0) + chance
    return tuple((text, chance) for text, chance in found.items()
                 if text.lower() != own[number].text.lower())  # fmt: skip


def said(run: Sequence[Slot]) -> list[str]:
    """Return what the language model hears of each slot: "" for marks that another one swallows."""
    found = heard([slot.part.symbol for slot in run])
    first = next((place for place, symbol in enumerate(found) if symbol), None)
    if first is not None and found[first] in MARKS:
        # A run begins as if behind a stop.
        found[first] = ""
    return found


def paragraphs(lines: Sequence[Sequence[str]]) -> list[bool]:
    """Return which lines of plain text begin a paragraph.

    A line does that behind an empty line or a stop, where an item begins, and where capitals
    begin or end.
    """
    found: list[bool] = []
    last: Sequence[str] = ()
    for line in lines:
        begins = (
            not last
            or not line
            or bool(_ITEM.match(line[0]))
            or last[-1].endswith((".", ":", ";", "!", "?"))
            or _in_capitals(line) != _in_capitals(last)
        )
        found.append(begins)
        last = line
    return found


def _in_capitals(line: Sequence[str]) -> bool:
    letters = [char for token in line for char in token if char.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.7 * len(letters)
