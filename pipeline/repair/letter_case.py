# SPDX-License-Identifier: Apache-2.0
"""Small letters, a capital, or capitals throughout: what was seen against what is usual.

Readers take O, C, S, V, X for their small forms and l for I, so `BO` may be `Bộ` and `Iop` `lớp`.
The words are decided first; then their cases, in the light of their neighbours'.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.repair.alignment import probability
from pipeline.repair.letters import in_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.repair.channel import Channel
    from pipeline.repair.letters import Case

SMALL, CAPITAL, CAPITALS = 0, 1, 2
_CASES: tuple[Case, Case, Case] = ("lower", "Capital", "CAPITALS")

# P(case | case before): behind a stop, a small word, one with a capital, one in capitals. The
# share of capitals behind small words and capitals is the word's own.
_BEHIND_STOP = (0.10, 0.85, 0.05)
_BEHIND_CAPITALS = (0.10, 0.05, 0.85)
_INTO_CAPITALS = (0.003, 0.01)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of a run and what was seen of it.

    Attributes:
        seen: as read.
        word: in small letters.
        usual: how often it has a capital, behind a small word and behind one with a capital.
        fixed: its case if that is not in question (numbers, codes, what stays as it was read).
        begins: whether it stands behind a stop.
    """

    seen: str
    word: str
    usual: tuple[float, float]
    fixed: int | None
    begins: bool


def shape_of(text: str) -> int:
    """Return the case of a word as it is printed; a single capital is no word in capitals."""
    letters = [char for char in text if char.isalpha()]
    if not letters or not letters[0].isupper():
        return SMALL
    return CAPITALS if len(letters) > 1 and all(map(str.isupper, letters)) else CAPITAL


def cased(words: Sequence[Spoken], channel: Channel) -> list[str]:
    """Return the words of a run in their most probable cases (Viterbi over three cases)."""
    scores = [0.0, -math.inf, -math.inf]
    ways: list[list[int]] = []
    for word in words:
        seen = _seen(word, channel)
        step = [
            [score + _behind(before, word, case) for before, score in enumerate(scores)]
            for case in range(3)
        ]
        ways.append([max(range(3), key=own.__getitem__) for own in step])
        scores = [max(own) + seen[case] for case, own in enumerate(step)]
    cases: list[int] = []
    case = max(range(3), key=scores.__getitem__)
    for way in reversed(ways):
        cases.append(case)
        case = way[case]
    return [
        word.seen if word.fixed is not None else in_case(word.word, _CASES[case])
        for word, case in zip(words, reversed(cases), strict=True)
    ]


def _seen(word: Spoken, channel: Channel) -> list[float]:
    """Return log P(what was seen | each case)."""
    if word.fixed is not None:
        return [0.0 if case == word.fixed else -1e6 for case in range(3)]
    return _likelihoods(word.seen, word.word, channel)


@lru_cache(maxsize=20_000)
def _likelihoods(seen: str, word: str, channel: Channel) -> list[float]:
    chances = [probability(channel, seen, in_case(word, case)) for case in _CASES]
    if len(word) == 1:
        chances[CAPITALS] = 0.0
    return [math.log(max(chance, 1e-30)) for chance in chances]


def _behind(before: int, word: Spoken, case: int) -> float:
    if word.begins:
        return math.log(_BEHIND_STOP[case])
    if before == CAPITALS:
        return math.log(_BEHIND_CAPITALS[case])
    throughout = _INTO_CAPITALS[before]
    capital = min(max(word.usual[before], 0.002), 0.98)
    shares = ((1 - throughout) * (1 - capital), (1 - throughout) * capital, throughout)
    return math.log(shares[case])
