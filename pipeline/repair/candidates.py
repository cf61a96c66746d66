# SPDX-License-Identifier: Apache-2.0
"""Which words of a lexicon a reader may have seen, and how likely each looks as it does."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from rapidfuzz import fuzz, process

from pipeline.likeness import key
from pipeline.repair.alignment import probability
from pipeline.repair.letters import case_of, in_case, parts_of
from pipeline.repair.shapes import Memory, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.repair.channel import Channel
    from pipeline.repair.letters import Case

    Floats = NDArray[np.float32]
    Ids = NDArray[np.int32]
    Found = tuple[Ids, Floats]

# What is less likely than this is explained by no word; it keeps logarithms finite.
_LEAST = 1e-30
# A syllable has at most seven letters, and noise or letters seen as two make it longer.
_LONGEST_SEEN = 14
# Words of one length are scored together, so many at a time: their arrays fit the cache.
_BATCH = 32
# How alike the keys of a foreign word and of what was seen have to be, and how many are scored.
_ALIKE, _FOREIGN = 70, 5
# Words whose candidates are kept at hand for each channel.
_KEPT = 20_000


class Candidates:
    """A lexicon that finds the words behind what was seen.

    Args:
        syllables: words in small letters, tones in the old place; those that are not built like
            syllables ("video", "zalo") are scored letter by letter.
        log_prior: natural logarithm of how common each is.
        most: how many are given for a word.
        within: how much less likely than the best one may be, in nats.
        prior_weight: what the prior weighs in choosing them.
    """

    def __init__(
        self,
        syllables: Sequence[str],
        log_prior: NDArray[np.floating],
        *,
        most: int = 40,
        within: float = 14.0,
        prior_weight: float = 0.5,
    ) -> None:
        self.syllables = tuple(syllables)
        self._most, self._within = most, float(np.exp(-within))
        # The best prior is 1, so that small numbers stay large enough.
        prior = prior_weight * np.asarray(log_prior, np.float64)
        self._prior = np.exp(prior - prior.max(initial=-np.inf)).astype(np.float32)
        built = np.array([parts_of(word) is not None for word in self.syllables], bool)
        self._ids = np.flatnonzero(built).astype(np.int32)
        self._built_prior = self._prior[self._ids]
        self._foreign = np.flatnonzero(~built)
        self._foreign_keys = [key(self.syllables[number]) for number in self._foreign]
        self._shapes: dict[Case, Shape] = {}
        self._memories: WeakKeyDictionary[Channel, dict[Case, Memory]] = WeakKeyDictionary()
        self._found: WeakKeyDictionary[Channel, dict[str, Found]] = WeakKeyDictionary()

    def of(self, seen: Sequence[str], channel: Channel) -> list[Found]:
        """Return for each word its candidates: their numbers, and log P(seen | candidate).

        The most promising come first (likelihood and prior together). There are none if no word
        of the lexicon explains what was seen.

        Args:
            seen: words without the punctuation around them.
            channel: of the reader of the page.
        """
        known = self._found.setdefault(channel, {})
        distinct = dict.fromkeys(seen)
        if len(known) + len(distinct) > _KEPT:
            known.clear()
        fresh = [word for word in distinct if word not in known]
        for words, scores in self._scored(fresh, channel):
            known.update(zip(words, self._chosen(words, scores, channel), strict=True))
        return [known.get(word, _NONE) for word in seen]

    def likelihoods(self, seen: str, channel: Channel) -> Floats:
        """Return log P(seen | word) for each word of the lexicon; never less than -69."""
        scores = np.full(len(self.syllables), _LEAST, np.float32)
        for _, rows in self._scored([seen], channel):
            scores[self._ids] = rows[0]
        for number, chance in self._foreign_scores([seen], channel)[0]:
            scores[number] = chance
        return np.log(np.clip(scores, _LEAST, 1.0))

    def _scored(self, seen: Sequence[str], channel: Channel) -> Iterator[tuple[list[str], Floats]]:
        """Yield words with P(word | syllable) for each syllable, some words at a time."""
        groups: dict[Case, list[str]] = defaultdict(list)
        for word in sorted(seen, key=len):
            if 0 < len(word) <= _LONGEST_SEEN:
                groups[case_of(word)].append(word)
        memories = self._memories.setdefault(channel, {})
        for case, words in groups.items():
            if case not in self._shapes:
                self._shapes[case] = Shape([self.syllables[number] for number in self._ids], case)
            memory = memories.setdefault(case, Memory())
            for first in range(0, len(words), _BATCH):
                batch = words[first : first + _BATCH]
                yield batch, self._shapes[case].scores(batch, channel, memory)

    def _chosen(self, words: Sequence[str], scores: Floats, channel: Channel) -> Iterator[Found]:
        """Yield the candidates of each word from P(word | syllable) of all syllables."""
        promise = scores * self._built_prior
        least = np.maximum(self._within * promise.max(axis=1, initial=0.0), _LEAST)
        rows, places = np.divmod(np.flatnonzero(promise >= least[:, None]), scores.shape[1])
        ids, chances = self._ids[places], scores[rows, places]
        first = np.searchsorted(rows, np.arange(len(words) + 1))
        foreign = self._foreign_scores(words, channel)
        for number, own in enumerate(foreign):
            some = slice(first[number], first[number + 1])
            yield self._ranked(ids[some], chances[some], own)

    def _ranked(self, ids: Ids, chances: Floats, foreign: list[tuple[int, float]]) -> Found:
        """Return candidates, the most promising first, and no more than are wanted."""
        if foreign:
            ids = np.append(ids, np.array([number for number, _ in foreign], np.int32))
            chances = np.append(chances, np.array([p for _, p in foreign], np.float32))
        promise = chances * self._prior[ids]
        order = np.argsort(-promise, kind="stable")[: self._most]
        order = order[promise[order] >= max(self._within * float(promise.max(initial=0)), _LEAST)]
        return ids[order], np.log(np.minimum(chances[order], 1.0))

    def _foreign_scores(
        self, words: Sequence[str], channel: Channel
    ) -> list[list[tuple[int, float]]]:
        """Return for each word those that are no syllables and look alike, with P(word | each)."""
        found: list[list[tuple[int, float]]] = [[] for _ in words]
        if not self._foreign_keys:
            return found
        keys = [key(word) if len(word) > 2 else "" for word in words]
        alike = process.cdist(keys, self._foreign_keys, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        for row in np.flatnonzero(alike.any(axis=1)).tolist():
            word, case = words[row], case_of(words[row])
            some = np.argsort(-alike[row], kind="stable")[:_FOREIGN]
            found[row] = [
                (number, probability(channel, word, in_case(self.syllables[number], case)))
                for number in self._foreign[some[alike[row, some] > 0]].tolist()
            ]
        return found


_NONE: Found = (np.empty(0, np.int32), np.empty(0, np.float32))
