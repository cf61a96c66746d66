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

    def scores(self, emission: Floats, lengths: Numbers) -> Floats:
        """Return P(part | string) by string and where the part ends or, backward, begins.

        Args:
            emission: P(run | letter), by length of the run, letter, and where the run begins. The
                places of several words stand behind each other, all words as wide as the longest:
                no run goes over the end of its word, so nothing leaks from one to the next.
            lengths: of the words.
        """
        width = emission.shape[2] // len(lengths)
        reach = np.zeros((self._size, emission.shape[2]), np.float32)
        reach[0, np.arange(len(lengths)) * width + (lengths if self._backward else 0)] = 1.0
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
        return reach[self._ends]


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
        self._units_of = (tuple(onsets), tuple(rimes))
        self._onsets, self._rimes = Trie(onsets), Trie(rimes, backward=True)
        self._pairs = np.array(
            [self._places[0][o] * len(rimes) + self._places[1][r] for o, r in parts], np.intp
        )

    def scores(self, seen: Sequence[str], channel: Channel, memory: Memory) -> Floats:
        """Return P(seen | syllable), by word, by syllable; words of like lengths cost least."""
        runs = emission(seen, channel)
        lengths = np.array([len(word) for word in seen])
        left, right = self._onsets.scores(runs, lengths), self._rimes.scores(runs, lengths)
        if memory.rests is None:
            memory.rests = (channel.rests(self._units_of[0]), channel.rests(self._units_of[1]))
        left *= memory.rests[0][:, None]
        right *= memory.rests[1][:, None]
        self._add_units(left, seen, channel, memory, rime=False)
        self._add_units(right, seen, channel, memory, rime=True)
        by_word = (len(seen), left.shape[1] // len(seen))
        onsets = np.ascontiguousarray(left.reshape(-1, *by_word).transpose(1, 0, 2))
        table = onsets @ right.reshape(-1, *by_word).transpose(1, 2, 0).copy()
        return np.take(table.reshape(len(seen), -1), self._pairs, axis=1)

    def _add_units(
        self, table: Floats, seen: Sequence[str], channel: Channel, memory: Memory, *, rime: bool
    ) -> None:
        """Add what was counted for whole onsets or rimes to what their letters give."""
        across = table.shape[1]
        width = across // len(seen)
        places, chances = [], []
        for number, word in enumerate(seen):
            for cut in range(len(word) + 1):
                run = word[cut:] if rime else word[:cut]
                own, counted = self._units(run, channel, memory, rime=rime)
                if len(own):
                    places.append(own * across + (number * width + cut))
                    chances.append(counted)
        if places:
            table.reshape(-1)[np.concatenate(places)] += np.concatenate(chances)

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


def emission(seen: Sequence[str], channel: Channel) -> Floats:
    """Return P(run | letter), by length of the run, letter, and where in which word it begins."""
    width = max(map(len, seen)) + 1
    nothing = np.zeros(len(NUMBER), np.float32)
    runs = [
        channel.letters(word[start : start + length]) if start + length <= len(word) else nothing
        for length in range(LONGEST + 1)
        for word in seen
        for start in range(width)
    ]
    table = np.array(runs).reshape(LONGEST + 1, len(seen) * width, len(NUMBER))
    return np.ascontiguousarray(table.transpose(0, 2, 1))
