# SPDX-License-Identifier: Apache-2.0
"""The syllables of a lexicon in one case, laid out so that all of them are scored at once.

Onsets share their beginnings and rimes their ends, so each is a trie that is gone through level
by level, in arrays. A syllable's score is the sum over all cuts of what was seen:
P(left | onset) · P(right | rime).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from pipeline.repair.channel import LONGEST
from pipeline.repair.letters import NUMBER, in_case, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.repair.channel import Channel
    from pipeline.repair.letters import Case

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.intp]

# Runs of characters met at the ends of words whose units are kept at hand.
_KEPT = 20_000


class Trie:
    """Strings of letters that share their beginnings, or, backward, their ends."""

    def __init__(self, strings: Sequence[str], *, backward: bool = False) -> None:
        self._backward = backward
        ways = [text[::-1] if backward else text for text in strings]
        nodes: dict[str, int] = {"": 0}
        self._levels: list[tuple[Numbers, Numbers]] = []
        for length in range(1, max(map(len, ways), default=0) + 1):
            level = sorted({way[:length] for way in ways if len(way) >= length})
            letters = np.array([NUMBER[way[-1]] for way in level], np.intp)
            parents = np.array([nodes[way[:-1]] for way in level], np.intp)
            nodes |= {way: len(nodes) + place for place, way in enumerate(level)}
            self._levels.append((letters, parents))
        self._ends = np.array([nodes[way] for way in ways], np.intp)
        self._size = len(nodes)

    def scores(self, emission: Floats, words: int) -> Floats:
        """Return P(part | string) by string, word, and where the part ends or, backward, begins.

        Args:
            emission: P(run | letter), by length of the run, letter, and where the run begins. The
                places of several words stand behind each other: no run goes over the end of its
                word, so nothing leaks from one to the next.
            words: how many there are, of one length.
        """
        width = emission.shape[2] // words
        reach = np.zeros((self._size, words * width), np.float32)
        reach[0, (width - 1 if self._backward else 0) :: width] = 1.0
        begin = 1
        for letters, parents in self._levels:
            before = reach[parents]
            level = emission[0, letters] * before
            for length in range(1, min(LONGEST, width - 1) + 1):
                run = emission[length, letters, :-length]
                if self._backward:
                    level[:, :-length] += run * before[:, length:]
                else:
                    level[:, length:] += run * before[:, :-length]
            end = begin + len(letters)
            reach[begin:end] = level
            begin = end
        return reach[self._ends].reshape(len(self._ends), words, width)


@dataclass(slots=True)
class Memory:
    """What a shape has asked a channel before.

    Attributes:
        rests: what the letters of onsets and of rimes decide.
        units: places and probabilities of the onsets and rimes that a run was counted for.
    """

    rests: tuple[Floats, Floats] | None = None
    units: dict[tuple[bool, str], tuple[Numbers, Floats]] = field(default_factory=dict)


class Shape:
    """The syllables of a lexicon in one case.

    Args:
        syllables: in small letters.
        case: in which they are scored.
    """

    def __init__(self, syllables: Sequence[str], case: Case) -> None:
        parts = [parts_of(in_case(syllable, case)) or ("", "") for syllable in syllables]
        onsets, rimes = (sorted({part[side] for part in parts}) for side in (0, 1))
        self._places = tuple({unit: at for at, unit in enumerate(side)} for side in (onsets, rimes))
        self._onsets, self._rimes = Trie(onsets), Trie(rimes, backward=True)
        self._pairs = np.array(
            [self._places[0][o] * len(rimes) + self._places[1][r] for o, r in parts], np.intp
        )

    def scores(self, seen: Sequence[str], channel: Channel, memory: Memory) -> Floats:
        """Return P(seen | syllable), by word, by syllable; all words have the same length."""
        runs = emission(seen, channel)
        left = self._onsets.scores(runs, len(seen))
        right = self._rimes.scores(runs, len(seen))
        if memory.rests is None:
            memory.rests = (_rests(channel, self._places[0]), _rests(channel, self._places[1]))
        left *= memory.rests[0][:, None, None]
        right *= memory.rests[1][:, None, None]
        for number, word in enumerate(seen):
            for cut in range(len(word) + 1):
                places, chances = self._units(word[:cut], channel, memory, rime=False)
                left[places, number, cut] += chances
                places, chances = self._units(word[cut:], channel, memory, rime=True)
                right[places, number, cut] += chances
        table = np.ascontiguousarray(left.transpose(1, 0, 2)) @ right.transpose(1, 2, 0).copy()
        return np.take(table.reshape(len(seen), -1), self._pairs, axis=1)

    def _units(
        self, run: str, channel: Channel, memory: Memory, *, rime: bool
    ) -> tuple[Numbers, Floats]:
        """Return which onsets or rimes were counted for a run, and their probabilities."""
        found = memory.units.get((rime, run))
        if found is None:
            known = self._places[rime]
            row = {known[unit]: p for unit, p in channel.units(run).items() if unit in known}
            found = (np.array(list(row), np.intp), np.array(list(row.values()), np.float32))
            if len(memory.units) > _KEPT:
                memory.units.clear()
            memory.units[rime, run] = found
        return found


def _rests(channel: Channel, units: dict[str, int]) -> Floats:
    # Nothing is an onset too; it is seen as nothing.
    return np.array([channel.rest(unit) if unit else 1.0 for unit in units], np.float32)


def emission(seen: Sequence[str], channel: Channel) -> Floats:
    """Return P(run | letter), by length of the run, letter, and where in which word it begins."""
    width = len(seen[0]) + 1
    table = np.zeros((LONGEST + 1, len(NUMBER), len(seen) * width), np.float32)
    for number, word in enumerate(seen):
        for length in range(min(LONGEST, len(word)) + 1):
            for start in range(width - length):
                run = channel.letters(word[start : start + length])
                table[length, :, number * width + start] = run
    return table
