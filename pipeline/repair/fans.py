# SPDX-License-Identifier: Apache-2.0
"""Every reading of a word, of two words as one, and of one word as two, with what each costs."""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.repair.letters import unmarked
from pipeline.repair.search import NO_WORD
from pipeline.repair.tokens import NUMBER, UNKNOWN, symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from pipeline.repair.candidates import Candidates, Found
    from pipeline.repair.channel import Channel
    from pipeline.repair.language_model import Model
    from pipeline.repair.search import Floats, Ints
    from pipeline.repair.slots import Slot

# Lengths of words that may be two, and of two that may be one.
_SHORTEST_SPLIT, _LONGEST_SPLIT, _LONGEST_JOIN = 4, 28, 9
# How many readings of each side of a split are paired; how many pairs and joined words are kept.
_SIDES, _PAIRS, _JOINED = 6, 24, 8
# The score of what no table has, and the chance of what no reader saw.
_NEVER, _TINY = -99.0, 1e-30
_OF_NUMBERS = frozenset("0123456789.,:%-–+")


@dataclass(frozen=True, slots=True)
class Weights:
    """What a reading costs besides the language model, in nats; chosen on development pages.

    Attributes:
        channel: weight of log P(seen | syllable).
        keep: of a word that is no syllable and stays as it was read.
        keep_letter: the same for each of its letters.
        keep_small: the same, more, if it has no capital: it is no name.
        abbreviation: of a word in capitals, or a letter, that the model knows and that stays.
        unknown: of a word of the lexicon that the language model does not know.
        digit: of a number, for each of its characters.
        join, split: of two slots as one word, and of one slot as two.
        odd: joins and splits are looked for where the best single reading costs more.
        numbers: whether a number may be a word.
        most: how many readings of a word are weighed in its sentence.
        few: the same where the reader was sure.
    """

    channel: float = 1.0
    keep: float = -8.0
    keep_letter: float = -2.0
    keep_small: float = -10.0
    abbreviation: float = -2.0
    unknown: float = -6.0
    digit: float = -2.6
    join: float = -5.0
    split: float = -5.5
    odd: float = -4.0
    numbers: bool = True
    most: int = 40
    few: int = 8


@dataclass(frozen=True, slots=True)
class Fan:
    """Readings of one slot or of two joined.

    Attributes:
        texts: (n, 2): words of the lexicon, `NO_WORD` for none.
        words: (n, 2): the same as numbers of the language model.
        scores: (n): what each costs besides the language model.
        same: which of them is what was seen, to the letter; -1 if none is.
    """

    texts: Ints
    words: Ints
    scores: Floats
    same: int = -1


@lru_cache(maxsize=4096)
def fixed(word: int) -> Fan:
    """Return the one reading of what stays as it is, with what the language model hears of it."""
    return Fan(_column(np.array([NO_WORD])), _column(np.array([word])), np.zeros(1, np.float32), 0)


class Fans:
    """Finds the readings of words and keeps them.

    Args:
        model: of the language.
        candidates: the lexicon.
        channel: of the reader.
        weights: of readings.
    """

    def __init__(
        self, model: Model, candidates: Candidates, channel: Channel, weights: Weights
    ) -> None:
        self.model, self.candidates, self.channel = model, candidates, channel
        self.weights = weights
        self.lexicon = candidates.syllables
        # The last entry answers for NO_WORD, -1.
        numbers = [model.number_of(word) for word in self.lexicon]
        self._numbers = np.array([*numbers, NO_WORD], np.int64)
        self._place = {word: place for place, word in enumerate(self.lexicon)}
        self._singles: dict[str, Fan] = {}
        self._few: dict[str, Fan] = {}
        self._splits: dict[str, Fan] = {}
        self._joins: dict[str, Fan] = {}
        self._odd: dict[str, bool] = {}

    def taught(self, model: Model, channel: Channel) -> Fans:
        """Return fans that know of what a document says and of what its reader does."""
        other = copy(self)
        other.model, other.channel = model, channel
        if channel is not self.channel:
            other._singles, other._few, other._odd = {}, {}, {}
            other._splits, other._joins = {}, {}
        return other

    def single(self, text: str, *, few: bool = False) -> Fan:
        """Return the readings of a prepared word as one word, all or the likeliest few."""
        fan = self._singles[text]
        most = self.weights.few + 1
        if not few or len(fan.scores) <= most or fan.same >= most:
            return fan
        if text not in self._few:
            self._few[text] = Fan(fan.texts[:most], fan.words[:most], fan.scores[:most], fan.same)
        return self._few[text]

    def witnessed(self, fan: Fan, others: Sequence[tuple[str, float]]) -> tuple[Fan, Floats]:
        """Return a fan with what readers saw as well, and the least score of each of its readings.

        What a reader saw is as probable as it says, however rarely the one is taken for the other.
        """
        chances = {
            self._place[word]: chance
            for text, chance in others
            if (word := symbol_of(text)) in self._place
        }
        known = set(fan.texts[:, 0].tolist())
        new = _column(np.array([place for place in chances if place not in known], np.int64))
        texts = np.concatenate([fan.texts, new])
        words = np.concatenate([fan.words, self._numbers[new]])
        scores = np.append(fan.scores, np.full(len(new), _NEVER, np.float32))
        least = [
            math.log(max(chances.get(place, 0.0), _TINY)) if second == NO_WORD else -math.inf
            for place, second in texts.tolist()
        ]
        return Fan(texts, words, scores, fan.same), np.array(least, np.float32)

    def split(self, text: str) -> Fan | None:
        """Return its readings as two words, None if there are none worth a look."""
        return self._splits.get(text)

    def joined(self, first: str, second: str) -> Fan | None:
        """Return the readings of two words as one, None if there are none worth a look."""
        return self._joins.get(together(first, second))

    def prepare(self, runs: Iterable[Sequence[Slot]]) -> None:
        """Look up the readings of all open slots of some runs at once."""
        runs = list(runs)
        slots = {slot.part.text: slot for run in runs for slot in run if slot.open}
        new = [text for text in slots if text not in self._singles]
        for text, found in zip(new, self._found(new), strict=True):
            self._singles[text] = self._single(slots[text], found)
        joins = {
            together(slot.part.text, after.part.text)
            for run in runs
            for slot, after in pairwise(run)
            if slot.joins
            and after.open
            and after.part.start == 0
            and (
                self._is_odd(slot.part.text)
                or self._is_odd(after.part.text)
                or _is_doubled(slot.part.text, after.part.text)
            )
        }
        self._prepare_splits(
            [
                text
                for text in new
                if _SHORTEST_SPLIT <= len(text) <= _LONGEST_SPLIT and self._is_odd(text)
            ]
        )
        self._prepare_joins(
            [text for text in joins if len(text) <= _LONGEST_JOIN and text not in self._joins]
        )

    def _found(self, texts: Sequence[str]) -> list[Found]:
        most = self.weights.most
        return [(ids[:most], logs[:most]) for ids, logs in self.candidates.of(texts, self.channel)]

    def _single(self, slot: Slot, found: Found) -> Fan:
        weights = self.weights
        text, symbol = slot.part.text, slot.part.symbol
        ids, logs = found
        words = self._numbers[ids]
        # The model knows how probable any unknown word is, not this one.
        scores = weights.channel * logs + weights.unknown * (words == self.model.numbers[UNKNOWN])
        if symbol == NUMBER:
            keep, cost = self.model.numbers[NUMBER], weights.digit * len(text)
            if any(char not in _OF_NUMBERS for char in text):
                cost += weights.keep
        elif symbol in self.model.numbers and (text.isupper() or len(text) == 1):
            keep, cost = self.model.numbers[symbol], weights.abbreviation
        else:
            keep = self.model.numbers[UNKNOWN]
            cost = weights.keep + weights.keep_letter * len(text)
            cost += weights.keep_small * text.islower()
        same = [place for place, word in enumerate(ids) if self.lexicon[word] == symbol]
        # The reading that keeps what was seen although no table has it is the first.
        return Fan(
            _column(np.append(NO_WORD, ids)),
            _column(np.append(keep, words)),
            np.append(cost, scores).astype(np.float32),
            same[0] + 1 if same else 0,
        )

    def _is_odd(self, text: str) -> bool:
        """Return whether no single reading of a word is good, so that others are worth a look."""
        found = self._odd.get(text)
        if found is None:
            best = float(self._singles[text].scores[1:].max(initial=-99.0))
            found = self._odd[text] = best < self.weights.odd
        return found

    def _prepare_splits(self, texts: Sequence[str]) -> None:
        cuts = [(text, text[:cut], text[cut:]) for text in texts for cut in range(1, len(text))]
        sides = list({side for _, left, right in cuts for side in (left, right)})
        found = dict(zip(sides, self._found(sides), strict=True))
        pairs: dict[str, list[tuple[float, int, int]]] = {text: [] for text in texts}
        for text, left, right in cuts:
            pairs[text] += [
                (self.weights.channel * float(p + q) + self.weights.split, int(one), int(two))
                for one, p in zip(*(part[:_SIDES] for part in found[left]), strict=True)
                for two, q in zip(*(part[:_SIDES] for part in found[right]), strict=True)
            ]
        for text, own in pairs.items():
            best = sorted(own, reverse=True)[:_PAIRS]
            if best:
                both = np.array([(one, two) for _, one, two in best])
                scores = np.array([score for score, _, _ in best], np.float32)
                self._splits[text] = Fan(both, self._numbers[both], scores)

    def _prepare_joins(self, texts: Sequence[str]) -> None:
        for text, (ids, logs) in zip(texts, self._found(texts), strict=True):
            some = _column(ids[:_JOINED])
            scores = self.weights.channel * logs[:_JOINED] + self.weights.join
            if len(some):
                self._joins[text] = Fan(some, self._numbers[some], scores.astype(np.float32))


def _is_doubled(first: str, second: str) -> bool:
    """Return whether a letter was seen twice, as vowels with two marks are: "Tô Ổ" for "Tổ"."""
    return len(second) == 1 < len(first) and unmarked(first[-1].lower()) == unmarked(second.lower())


def together(first: str, second: str) -> str:
    """Return two words without the blank, and without a letter that was seen twice."""
    if _is_doubled(first, second):
        return first[:-1] + (second.lower() if first[-1].islower() else second)
    return first + second


def _column(first: NDArray[np.integer]) -> Ints:
    """Return readings of one word each."""
    return np.stack((first, np.full(len(first), NO_WORD)), axis=1).astype(np.int64)
