# SPDX-License-Identifier: Apache-2.0
"""Modified Kneser-Ney n-grams over arrays of word numbers (Chen & Goodman 1998), and pruning.

An n-gram is packed into one 64-bit number, 16 bits a word, the oldest word highest; so order 4 is
the most, and a model is sorted arrays. Words beyond a stop are no context: nothing spans a stop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ORDER = 4
BITS = 16
# Discounts of a text too small to tell them (those that KenLM's lmplz falls back on).
SMALL_TEXT = (0.0, 0.5, 1.0, 1.5)

Keys = NDArray[np.uint64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """The n-grams of one order.

    Attributes:
        keys: packed, ascending.
        counts: how often each was seen.
        log_probs: natural logarithm of P(last word | those before it).
        back_offs: logarithm of the weight of the shorter context behind these words; 0 where
            nothing is known of it. Empty for the highest order.
    """

    keys: Keys
    counts: Values
    log_probs: Values
    back_offs: Values


def count(
    texts: list[tuple[NDArray[np.uint16], float]], stop: int, order: int
) -> tuple[Keys, Values]:
    """Return the n-grams of some texts and their weighed counts; a stop is first or last in one."""
    found: list[tuple[Keys, Values]] = []
    for text, weight in texts:
        packed = np.zeros(len(text) - order + 1, np.uint64)
        inner = np.zeros(len(packed), bool)
        for place in range(order):
            words = text[place : place + len(packed)]
            packed = (packed << np.uint64(BITS)) | words.astype(np.uint64)
            if 0 < place < order - 1:
                inner |= words == stop
        packed = packed[~inner]
        packed.sort()
        keys, counts = _runs(packed)
        found.append((keys, counts * weight))
    return _merged(found)


def _runs(keys: Keys) -> tuple[Keys, Values]:
    """Return the distinct ones of sorted numbers, and how many of each there are."""
    if not len(keys):
        return keys, np.zeros(0)
    first = _begins(keys)
    return keys[first], np.diff(np.append(first, len(keys))).astype(np.float64)


def _begins(keys: Keys) -> NDArray[np.intp]:
    """Return where each run of equal numbers begins."""
    return np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))


def _merged(parts: list[tuple[Keys, Values]]) -> tuple[Keys, Values]:
    keys = np.concatenate([part[0] for part in parts])
    counts = np.concatenate([part[1] for part in parts])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = _begins(keys)
    return keys[first], np.add.reduceat(counts, first)


def train(texts: list[tuple[NDArray[np.uint16], float]], words: int, stop: int) -> list[Level]:
    """Return the levels 1 to 4 of an interpolated model over `words` word numbers.

    Lower orders count in how many contexts an n-gram ends, not how often it occurs, except
    behind a stop, which has no context before it.
    """
    raw = [count(texts, stop, order) for order in range(1, ORDER + 1)]
    levels: list[Level] = []
    for order in range(1, ORDER + 1):
        keys, counts = raw[order - 1]
        used = counts
        if order < ORDER:
            used = _continuations(keys, counts, raw[order][0], order, stop)
        kept = used > 0
        keys, counts, used = keys[kept], counts[kept], used[kept]
        if order == 1:
            levels.append(_unigrams(keys, counts, used, words, stop))
        else:
            levels.append(_level(keys, counts, used, levels[-1], order))
            levels[-2] = _with_back_offs(levels[-2], keys, used)
    return levels


def _continuations(keys: Keys, counts: Values, longer: Keys, order: int, stop: int) -> Values:
    """Return the number of words seen before each n-gram; its count where it begins with a stop."""
    tails = longer & np.uint64((1 << (BITS * order)) - 1)
    tails.sort()
    ends, different = _runs(tails)
    used = np.zeros(len(keys))
    used[np.searchsorted(keys, ends)] = different
    if order > 1:
        begins = keys >> np.uint64(BITS * (order - 1)) == stop
        used[begins] = counts[begins]
    return used


def _discounts(used: Values) -> Values:
    """Return what is taken from an n-gram seen 0, 1, 2, 3 or more times."""
    n1, n2, n3, n4 = (float((used == times).sum()) for times in (1, 2, 3, 4))
    if not (n1 and n2 and n3):
        return np.array(SMALL_TEXT)
    share = n1 / (n1 + 2 * n2)
    found = [0.0, 1 - 2 * share * n2 / n1, 2 - 3 * share * n3 / n2, 3 - 4 * share * n4 / n3]
    return np.clip(np.array(found), [0, 0.1, 0.2, 0.3], [0, 0.99, 1.9, 2.9])


def _taken(used: Values) -> Values:
    table = _discounts(used)
    return np.minimum(table[np.minimum(np.ceil(used), 3).astype(np.intp)], used)


def _unigrams(keys: Keys, counts: Values, used: Values, words: int, stop: int) -> Level:
    all_counts = np.zeros(words)
    all_used = np.zeros(words)
    all_counts[keys.astype(np.intp)] = counts
    all_used[keys.astype(np.intp)] = used
    taken = _taken(all_used)
    total = all_used.sum()
    probs = (all_used - taken) / total + taken.sum() / total / words
    return Level(np.arange(words, dtype=np.uint64), all_counts, np.log(probs), np.zeros(words))


def _level(keys: Keys, counts: Values, used: Values, lower: Level, order: int) -> Level:
    heads = keys >> np.uint64(BITS)
    first = _begins(heads)
    sizes = np.diff(np.append(first, len(keys)))
    totals = np.repeat(np.add.reduceat(used, first), sizes)
    taken = _taken(used)
    left = np.repeat(np.add.reduceat(taken, first), sizes) / totals
    tails = keys & np.uint64((1 << (BITS * (order - 1))) - 1)
    below = lower.log_probs[_find(lower.keys, tails)]
    probs = (used - taken) / totals + left * np.exp(below)
    return Level(keys, counts, np.log(probs), np.zeros(len(keys)))


def _find(keys: Keys, wanted: Keys) -> NDArray[np.intp]:
    """Return where each of `wanted` stands in `keys`; all of them are there."""
    return np.searchsorted(keys, wanted)


def _with_back_offs(level: Level, longer: Keys, used: Values) -> Level:
    """Return a level with the weights that belong to the level above it, before any pruning."""
    heads = longer >> np.uint64(BITS)
    first = _begins(heads)
    taken = np.add.reduceat(_taken(used), first)
    left = taken / np.add.reduceat(used, first)
    back_offs = np.zeros(len(level.keys))
    places = np.searchsorted(level.keys, heads[first])
    back_offs[places] = np.log(np.maximum(left, 1e-9))
    return Level(level.keys, level.counts, level.log_probs, back_offs)


def pruned(levels: list[Level], sizes: list[int]) -> list[Level]:
    """Return the model with at most `sizes[n]` n-grams of order 2, 3 and 4.

    Those stay that change the probability of the training text most: count times the change of
    the logarithm when only the shorter context speaks (weighted difference, Seymore & Rosenfeld
    1996). What a longer n-gram builds on stays as well, so that a look-up may stop at the first
    order that is missing.
    """
    kept = list(levels)
    needed = np.zeros(0, np.uint64)
    for order in range(ORDER, 1, -1):
        level, lower = levels[order - 1], levels[order - 2]
        tails = level.keys & np.uint64((1 << (BITS * (order - 1))) - 1)
        heads = level.keys >> np.uint64(BITS)
        gain = level.log_probs - lower.log_probs[_find(lower.keys, tails)]
        gain -= lower.back_offs[_find(lower.keys, heads)]
        worth = level.counts * gain
        must = np.zeros(len(level.keys), bool)
        must[_find(level.keys, needed)] = True
        worth[must] = np.inf
        size = max(sizes[order - 2], int(must.sum()))
        if size < len(worth):
            limit = np.partition(worth, len(worth) - size)[len(worth) - size]
            stay = worth >= limit
        else:
            stay = np.ones(len(worth), bool)
        kept[order - 1] = Level(
            level.keys[stay], level.counts[stay], level.log_probs[stay], level.back_offs[stay]
        )
        needed = np.unique(np.concatenate((tails[stay], heads[stay]))) if order > 2 else needed
    return _balanced(kept)


def _balanced(levels: list[Level]) -> list[Level]:
    """Return the model with back-off weights that let every context sum to one again."""
    found = list(levels)
    for order in range(2, ORDER + 1):
        level, lower = found[order - 1], found[order - 2]
        heads = level.keys >> np.uint64(BITS)
        first = _begins(heads)
        tails = level.keys & np.uint64((1 << (BITS * (order - 1))) - 1)
        above = np.add.reduceat(np.exp(level.log_probs), first)
        below = np.add.reduceat(np.exp(lower.log_probs[_find(lower.keys, tails)]), first)
        weights = np.log(np.clip(1 - above, 1e-6, 1)) - np.log(np.clip(1 - below, 1e-6, 1))
        back_offs = np.zeros(len(lower.keys))
        back_offs[_find(lower.keys, heads[first])] = weights
        found[order - 2] = Level(lower.keys, lower.counts, lower.log_probs, back_offs)
    return found
