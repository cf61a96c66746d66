# SPDX-License-Identifier: Apache-2.0
"""Small letters, a capital, or capitals throughout: what was seen against what is usual.

Readers take O, C, S, V, X for their small forms and l for I, so `BO` may be `Bộ` and `Iop` `lớp`.
The words are decided first; then their cases, in the light of their neighbours'.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

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
# Words whose chances are kept.
_KEPT = 8192

Chances = tuple[float, float, float]

# P(what was seen | each case) where the case is not in question.
_CERTAIN: tuple[Chances, Chances, Chances] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


class Spoken(NamedTuple):
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


def cased(words: Sequence[Spoken], channel: Channel) -> list[tuple[str, float]]:
    """Return the words of a run in their most probable cases, and how sure each case is, 0-1.

    Forward and backward over three cases: the share of each among all readings of the run.
    """
    seen = [_seen(word, channel) for word in words]
    steps = [_behind(word.usual, begins=word.begins) for word in words]
    before: Chances = (1.0, 0.0, 0.0)
    forward: list[Chances] = []
    for own, (small, capital, capitals) in zip(seen, steps, strict=True):
        x, y, z = before
        before = _scaled(
            own[0] * (x * small[0] + y * capital[0] + z * capitals[0]),
            own[1] * (x * small[1] + y * capital[1] + z * capitals[1]),
            own[2] * (x * small[2] + y * capital[2] + z * capitals[2]),
        )
        forward.append(before)
    after: Chances = (1.0, 1.0, 1.0)
    found: list[tuple[str, float]] = []
    for word, reached, own, step in zip(
        reversed(words), reversed(forward), reversed(seen), reversed(steps), strict=True
    ):
        chances = _scaled(*(p * q for p, q in zip(reached, after, strict=True)))
        share = max(chances)
        case = chances.index(share)
        text = word.seen if word.fixed is not None else in_case(word.word, _CASES[case])
        found.append((text, share))
        x, y, z = (p * q for p, q in zip(own, after, strict=True))
        after = _scaled(*(row[0] * x + row[1] * y + row[2] * z for row in step))
    return found[::-1]


def _scaled(small: float, capital: float, capitals: float) -> Chances:
    """Return three numbers so that their sum is 1."""
    total = small + capital + capitals
    return small / total, capital / total, capitals / total


def _seen(word: Spoken, channel: Channel) -> Chances:
    """Return P(what was seen | each case), but for a factor."""
    if word.fixed is not None:
        return _CERTAIN[word.fixed]
    return _likelihoods(word.seen, word.word, channel)


@lru_cache(maxsize=_KEPT)
def _likelihoods(seen: str, word: str, channel: Channel) -> Chances:
    chances = [probability(channel, seen, in_case(word, case)) for case in _CASES]
    if len(word) == 1:
        chances[CAPITALS] = 0.0
    small, capital, capitals = (max(chance, 1e-30) for chance in chances)
    return _scaled(small, capital, capitals)


@lru_cache(maxsize=_KEPT)
def _behind(usual: tuple[float, float], *, begins: bool) -> tuple[Chances, Chances, Chances]:
    """Return P(each case) of a word behind a small one, a capital, and capitals."""
    if begins:
        return _BEHIND_STOP, _BEHIND_STOP, _BEHIND_STOP
    rows: list[Chances] = []
    for share, throughout in zip(usual, _INTO_CAPITALS, strict=True):
        capital = min(max(share, 0.002), 0.98)
        rest = 1 - throughout
        rows.append((rest * (1 - capital), rest * capital, throughout))
    return rows[0], rows[1], _BEHIND_CAPITALS
