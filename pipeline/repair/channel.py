# SPDX-License-Identifier: Apache-2.0
"""P(what was seen | what stood there), as readers of scans confuse letters, onsets and rimes.

A syllable is an onset and a rime with its tone. For each the channel mixes what was counted for
the unit as a whole (tone and hat are lost together) with what its letters become one by one, each
as zero to three characters. Each layer smooths the one above it: the rules of spelling, counts of
letters that differ in their marks, counts of the letter, and counts of the page at hand. Nothing
has probability zero.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pipeline.dictionary import folder
from pipeline.repair.alignment import tally
from pipeline.repair.letters import ALPHABET, NUMBER, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

Table = dict[str, dict[str, float]]

# What was seen, letter or unit, and share.
Shown = tuple[tuple[str, str, float], ...]

# The longest run of characters that one letter becomes ("ữ" -> "iv", "m" -> "rn", "Ủ" -> "li").
LONGEST = 3
# Weights of the layers, chosen on held-out pairs: how many observations the layer below is worth.
_RULES_ARE_WORTH = 300.0
_POOL_IS_WORTH = 30.0
_LETTERS_ARE_WORTH = 60.0
# The same for what a reader does in general, against what it did to the page at hand.
# However much was counted, so much is left to the layer below: another font, another engine.
_OPEN = 0.3
_READER_IS_WORTH = 25.0

# So many observations make a rule of typing without marks.
_TYPED = 1e5
# How a letter is seen where nothing was counted.
_ITSELF, _BARE, _TONELESS, _OTHER_CASE, _LOST, _ANY = 0.3, 0.3, 0.15, 0.03, 0.02, 0.1
# Runs of characters whose probabilities are kept at hand, 0.8 kB each.
_KEPT = 8000
# Pairs of which it is kept what they show, 1 kB each.
_PAIRS_KEPT = 8192
# Characters a reader chooses from; the share of runs of one, two and three.
_CHARACTERS = 200
_RUNS = (0.0, 0.9, 0.09, 0.01)

_GROUPS = sorted({unmarked(letter) for letter in ALPHABET})
_GROUP = np.array([_GROUPS.index(unmarked(letter)) for letter in ALPHABET])


@dataclass(slots=True)
class Counts:
    """How often each letter and each unit was seen as what.

    Attributes:
        letters: by what was seen (0-3 characters), then by letter.
        units: by what was seen, then by onset or rime; the case of units is that of the print.
    """

    letters: Table = field(default_factory=lambda: defaultdict(dict))
    units: Table = field(default_factory=lambda: defaultdict(dict))

    def add(self, table: Table, seen: str, unit: str, count: float) -> None:
        """Count `unit`, seen as `seen`, `count` times more in one of the tables."""
        row = table.setdefault(seen, {})
        row[unit] = row.get(unit, 0.0) + count


class Channel(ABC):
    """What a reader makes of letters and of units."""

    @abstractmethod
    def letters(self, seen: str) -> Vector:
        """Return P(seen | letter) for each letter of ALPHABET."""

    @abstractmethod
    def units(self, seen: str) -> Mapping[str, float]:
        """Return the counted part of P(seen | unit), by unit."""

    @abstractmethod
    def rest(self, unit: str) -> float:
        """Return the share of a unit's probability that its letters decide, one by one."""

    def rests(self, units: tuple[str, ...]) -> Vector:
        """Return the same for some units at once; what is no unit is decided by nothing."""
        return np.array([self.rest(unit) if unit else 1.0 for unit in units], np.float32)

    def adapted(self, pairs: Iterable[tuple[str, str, float]]) -> Channel:
        """Return a channel that knows what this page made of words that are sure.

        Args:
            pairs: what was seen, what stood there (in its case), and how much it counts, 0-1.
        """
        weights: dict[tuple[str, str], float] = defaultdict(float)
        for seen, right, weight in pairs:
            weights[seen, right] += weight
        own = Counts()
        for (seen, right), weight in weights.items():
            letters, units = _shown(self, seen, right)
            for run, letter, share in letters:
                own.add(own.letters, run, letter, weight * share)
            for run, unit, share in units:
                own.add(own.units, run, unit, weight * share)
        return Counted(own, self, _READER_IS_WORTH, _READER_IS_WORTH)

    def mixed(self, other: Channel, share: float) -> Channel:
        """Return a channel that reads as `other` does for a share (0-1) of all words."""
        return Mixed(self, other, share)


@lru_cache(maxsize=_PAIRS_KEPT)
def _shown(channel: Channel, seen: str, right: str) -> tuple[Shown, Shown]:
    """Return as what a pair shows each letter and each unit to be seen, and how surely."""
    counts = Counts()
    tally(counts, channel, seen, right)
    letters, units = (
        tuple((run, unit, share) for run, row in table.items() for unit, share in row.items())
        for table in (counts.letters, counts.units)
    )
    return letters, units


class Rules(Channel):
    """The bottom layer: a letter is seen as itself, without marks, or as anything."""

    def __init__(self) -> None:
        self._known: Table = defaultdict(dict)
        for letter in ALPHABET:
            bare, toneless = unmarked(letter), _toneless(letter)
            for seen, share in (
                (letter, _ITSELF),
                (bare, _BARE),
                (toneless, _TONELESS),
                (bare.swapcase(), _OTHER_CASE),
                ("", _LOST),
            ):
                self._known[seen][letter] = self._known[seen].get(letter, 0.0) + share

    def letters(self, seen: str) -> Vector:
        """Return P(seen | letter) for each letter."""
        length = len(seen)
        base = _ANY * _RUNS[length] / _CHARACTERS**length
        return _with(np.full(len(ALPHABET), base, np.float32), self._known.get(seen, {}))

    def units(self, seen: str) -> Mapping[str, float]:
        """Return nothing: rules know letters only."""
        return {}

    def rest(self, unit: str) -> float:
        """Return 1: letters decide all."""
        return 1.0


class Counted(Channel):
    """A layer of counts over another channel.

    Args:
        counts: of letters and units.
        below: the layer that smooths them.
        worth: how many observations of a letter the layer below is worth.
        units_worth: the same for units.
        pooled: put a layer of letters that differ in their marks only in between.
    """

    def __init__(
        self,
        counts: Counts,
        below: Channel,
        worth: float,
        units_worth: float,
        *,
        pooled: bool = False,
    ) -> None:
        self._counts, self._below = counts, below
        self._worth, self._units_worth = worth, units_worth
        self._pooled = pooled
        self._totals = np.zeros(len(ALPHABET), np.float32)
        for row in counts.letters.values():
            _with(self._totals, row)
        self._group_totals = np.bincount(_GROUP, self._totals, len(_GROUPS))[_GROUP]
        self._unit_totals: dict[str, float] = defaultdict(float)
        for row in counts.units.values():
            for unit, count in row.items():
                self._unit_totals[unit] += count
        self._seen: dict[str, Vector] = {}
        self._rests: dict[tuple[str, ...], Vector] = {}

    def letters(self, seen: str) -> Vector:
        """Return P(seen | letter) for each letter."""
        found = self._seen.get(seen)
        if found is None:
            found = self._letters(seen)
            # Runs of three characters are many; what falls out is made again in microseconds.
            if len(self._seen) > _KEPT:
                self._seen.clear()
            self._seen[seen] = found
        return found

    def _letters(self, seen: str) -> Vector:
        below = self._below.letters(seen)
        own = _with(np.zeros(len(ALPHABET), np.float32), self._counts.letters.get(seen, {}))
        if self._pooled:
            pool = np.bincount(_GROUP, own, len(_GROUPS))[_GROUP]
            below = (pool + _RULES_ARE_WORTH * below) / (self._group_totals + _RULES_ARE_WORTH)
        worth = np.maximum(self._worth, _OPEN * self._totals)
        found: Vector = (own + worth * below) / (self._totals + worth)
        return found.astype(np.float32)

    def units(self, seen: str) -> Mapping[str, float]:
        """Return the counted part of P(seen | unit), by unit."""
        below = self._below.units(seen)
        own = self._counts.units.get(seen, {})
        found = {}
        for unit in own.keys() | below.keys():
            worth = self._worth_of(unit)
            count = own.get(unit, 0.0) + worth * below.get(unit, 0.0)
            found[unit] = count / (self._unit_totals.get(unit, 0.0) + worth)
        return found

    def rest(self, unit: str) -> float:
        """Return the share of a unit's probability that its letters decide."""
        worth = self._worth_of(unit)
        return worth * self._below.rest(unit) / (self._unit_totals.get(unit, 0.0) + worth)

    def _worth_of(self, unit: str) -> float:
        return max(self._units_worth, _OPEN * self._unit_totals.get(unit, 0.0))

    def rests(self, units: tuple[str, ...]) -> Vector:
        """Return the same for some units at once."""
        found = self._rests.get(units)
        if found is None:
            totals = np.array([self._unit_totals.get(unit, 0.0) for unit in units], np.float32)
            worth = np.maximum(np.float32(self._units_worth), _OPEN * totals)
            found = self._rests[units] = self._below.rests(units) * (worth / (totals + worth))
        return found


class Mixed(Channel):
    """Two channels, of which the second has a share: a page of which the reader is unknown."""

    def __init__(self, first: Channel, second: Channel, share: float) -> None:
        self._first, self._second, self._share = first, second, share
        self._seen: dict[str, Vector] = {}
        self._rests: dict[tuple[str, ...], Vector] = {}

    def letters(self, seen: str) -> Vector:
        """Return P(seen | letter) for each letter."""
        found = self._seen.get(seen)
        if found is None:
            one, other = self._first.letters(seen), self._second.letters(seen)
            if len(self._seen) > _KEPT:
                self._seen.clear()
            found = self._seen[seen] = one + np.float32(self._share) * (other - one)
        return found

    def units(self, seen: str) -> Mapping[str, float]:
        """Return the counted part of P(seen | unit), by unit."""
        one, other = self._first.units(seen), self._second.units(seen)
        return {
            unit: (1 - self._share) * one.get(unit, 0.0) + self._share * other.get(unit, 0.0)
            for unit in one.keys() | other.keys()
        }

    def rest(self, unit: str) -> float:
        """Return the share of a unit's probability that its letters decide."""
        return (1 - self._share) * self._first.rest(unit) + self._share * self._second.rest(unit)

    def rests(self, units: tuple[str, ...]) -> Vector:
        """Return the same for some units at once."""
        found = self._rests.get(units)
        if found is None:
            one, other = self._first.rests(units), self._second.rests(units)
            found = self._rests[units] = one + np.float32(self._share) * (other - one)
        return found


def counted(counts: Counts) -> Counted:
    """Return the channel of a reader, from counts of pairs."""
    return Counted(counts, Rules(), _POOL_IS_WORTH, _LETTERS_ARE_WORTH, pooled=True)


@cache
def channel_of(reader: str) -> Counted:
    """Return the channel of a reader of `look_alikes.tsv`: "eng" knew no Vietnamese, "vie" did."""
    counts = Counts()
    text = (folder() / "look_alikes.tsv").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line.startswith(reader + "\t"):
            _, kind, unit, seen, count, _ = line.split("\t")
            table = counts.letters if kind == "letter" else counts.units
            table[seen][unit] = float(count)
    return counted(counts)


@cache
def plain() -> Counted:
    """Return the channel of people who type without marks: every letter is its bare one."""
    counts = Counts()
    for letter in ALPHABET:
        counts.add(counts.letters, unmarked(letter), letter, _TYPED)
    return counted(counts)


def _toneless(letter: str) -> str:
    plain = letter.lower()
    # Letters of a vowel stand in sixes, the toneless one first.
    place = NUMBER[plain]
    toneless = ALPHABET[place - place % 6] if place < 72 else plain
    return toneless.upper() if letter.isupper() else toneless


def _with(vector: Vector, row: Mapping[str, float]) -> Vector:
    """Add the counts of a row to a vector over ALPHABET, and return it."""
    for letter, count in row.items():
        vector[NUMBER[letter]] += count
    return vector
