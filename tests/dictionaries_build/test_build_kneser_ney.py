# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log

import numpy as np
import pytest

from dictionaries.build.kneser_ney import BITS, SMALL_TEXT, Level, pruned, train

# <unk>, the stop, twelve common words and many rare ones.
WORDS, STOP = 120, 1
Gram = tuple[int, ...]


def sentences() -> list[list[int]]:
    """A language of few habits: after a word come its double, its next, and now and then any."""
    random = np.random.default_rng(4)
    found = []
    for _ in range(150):
        words = [int(random.integers(2, 14))]
        for _ in range(int(random.integers(1, 9))):
            likely = [(2 * words[-1]) % 12 + 2, (words[-1] + 1) % 12 + 2]
            words.append(int(random.choice([*likely, *likely, int(random.integers(0, WORDS))])))
        found.append([word for word in words if word != STOP])
    return found


def text_of(lines: list[list[int]]) -> list[int]:
    text = [STOP]
    for line in lines:
        text += [*line, STOP]
    return text


TEXT = text_of(sentences())


class Plain:
    """The same estimate word by word (Chen & Goodman 1998, section 3, interpolated)."""

    def __init__(self, text: list[int]) -> None:
        seen = {n: Counter[Gram]() for n in range(1, 5)}
        for n, counts in seen.items():
            for place in range(len(text) - n + 1):
                gram = tuple(text[place : place + n])
                if STOP not in gram[1:-1]:
                    counts[gram] += 1
        self.used: dict[int, dict[Gram, int]] = {4: dict(seen[4])}
        for n in (3, 2, 1):
            before = Counter(gram[1:] for gram in seen[n + 1])
            self.used[n] = {
                gram: count if n > 1 and gram[0] == STOP else before[gram]
                for gram, count in seen[n].items()
                if (n > 1 and gram[0] == STOP) or before[gram]
            }
        self.less = {n: self._discounts(list(used.values())) for n, used in self.used.items()}

    @staticmethod
    def _discounts(used: list[int]) -> list[float]:
        n1, n2, n3, n4 = (used.count(times) for times in (1, 2, 3, 4))
        y = n1 / (n1 + 2 * n2)
        found = [0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
        limits = [(0.0, 0.0), (0.1, 0.99), (0.2, 1.9), (0.3, 2.9)]
        return [min(max(d, low), high) for d, (low, high) in zip(found, limits, strict=True)]

    def probability(self, word: int, context: Gram) -> float:
        n = len(context) + 1
        lower = 1 / WORDS if n == 1 else self.probability(word, context[1:])
        used = {g: count for g, count in self.used[n].items() if g[:-1] == context}
        if not used:
            return lower
        total = sum(used.values())
        taken = {g: min(self.less[n][min(count, 3)], count) for g, count in used.items()}
        own = used.get((*context, word), 0) - taken.get((*context, word), 0)
        return own / total + sum(taken.values()) / total * lower


def trained(text: list[int] = TEXT, weight: float = 1.0) -> list[Level]:
    return train([(np.array(text, np.uint16), weight)], WORDS, STOP)


def grams(level: Level, order: int) -> list[Gram]:
    return [
        tuple(int(key) >> BITS * n & 0xFFFF for n in reversed(range(order))) for key in level.keys
    ]


def tables(levels: list[Level]) -> tuple[dict[Gram, float], dict[Gram, float]]:
    logs: dict[Gram, float] = {}
    weights: dict[Gram, float] = {}
    for order, level in enumerate(levels, 1):
        names = grams(level, order)
        logs |= dict(zip(names, level.log_probs.tolist(), strict=True))
        weights |= dict(zip(names, level.back_offs.tolist(), strict=True))
    return logs, weights


def log_prob(levels: tuple[dict[Gram, float], dict[Gram, float]], gram: Gram) -> float:
    logs, weights = levels
    if gram in logs:
        return logs[gram]
    return weights.get(gram[:-1], 0.0) + log_prob(levels, gram[1:])


class TestTraining:
    def test_it_is_the_estimate_of_the_paper(self) -> None:
        plain, levels = Plain(TEXT), tables(trained())
        for gram in levels[0]:
            assert log_prob(levels, gram) == pytest.approx(
                log(plain.probability(gram[-1], gram[:-1])), abs=1e-9
            )

    def test_what_was_not_seen_backs_off(self) -> None:
        plain, levels = Plain(TEXT), tables(trained())
        random = np.random.default_rng(5)
        for _ in range(300):
            gram = tuple(int(word) for word in random.integers(2, WORDS, 4))
            assert log_prob(levels, gram) == pytest.approx(
                log(plain.probability(gram[-1], gram[:-1])), abs=1e-6
            )

    def test_every_context_sums_to_one(self) -> None:
        levels = tables(trained())
        contexts = {gram[:-1] for gram in levels[0]}
        for context in contexts:
            total = sum(np.exp(log_prob(levels, (*context, word))) for word in range(WORDS))
            assert total == pytest.approx(1, abs=1e-9), context

    def test_nothing_spans_a_stop(self) -> None:
        for order, level in enumerate(trained(), 1):
            assert all(STOP not in gram[1:-1] for gram in grams(level, order))

    def test_texts_add_up(self) -> None:
        lines = sentences()
        halves = [text_of(lines[:70]), text_of(lines[70:])]
        parts = train([(np.array(half, np.uint16), 1.0) for half in halves], WORDS, STOP)
        for one, both in zip(parts[1:], trained()[1:], strict=True):
            assert one.keys.tolist() == both.keys.tolist()
            assert one.log_probs == pytest.approx(both.log_probs)

    def test_a_text_of_more_weight_says_more(self) -> None:
        texts = [np.array(text_of(lines), np.uint16) for lines in ([[2, 3]] * 4, [[2, 4]] * 4)]
        heavy, light = (
            tables(train([(texts[0], 1.0), (texts[1], weight)], WORDS, STOP))[0][STOP, 2, 4]
            for weight in (3.0, 1.0)
        )
        assert heavy > light + 0.3

    def test_a_text_too_small_for_discounts_has_fixed_ones(self) -> None:
        """Two sentences: nothing occurs three times."""
        logs, _ = tables(trained(text_of([[2, 3], [2, 4]])))
        taken = 2 * SMALL_TEXT[1]
        assert logs[2, 3] == pytest.approx(
            log((1 - SMALL_TEXT[1]) / 2 + taken / 2 * np.exp(logs[3,]))
        )
        assert sum(np.exp(logs[word,]) for word in range(WORDS)) == pytest.approx(1)


# Of order 2, 3 and 4, where all of them are several hundred.
SIZES = [150, 200, 250]


class TestPruning:
    def test_it_keeps_what_longer_ngrams_build_on(self) -> None:
        levels = pruned(trained(), SIZES)
        known = [set(grams(level, order)) for order, level in enumerate(levels, 1)]
        for shorter, longer in pairwise(known):
            assert {gram[:-1] for gram in longer} <= shorter
            assert {gram[1:] for gram in longer} <= shorter

    def test_it_keeps_as_many_as_it_may(self) -> None:
        whole, levels = trained(), pruned(trained(), SIZES)
        assert len(levels[0].keys) == WORDS
        # Those that are worth the same stay together.
        assert SIZES[2] <= len(levels[3].keys) <= 1.1 * SIZES[2]
        for before, after in zip(whole[1:], levels[1:], strict=True):
            assert set(after.keys.tolist()) < set(before.keys.tolist())

    def test_contexts_sum_to_one_again(self) -> None:
        levels = tables(pruned(trained(), SIZES))
        for context in {gram[:-1] for gram in levels[0]}:
            total = sum(np.exp(log_prob(levels, (*context, word))) for word in range(WORDS))
            assert total == pytest.approx(1, abs=1e-6), context

    def test_with_room_for_all_nothing_changes(self) -> None:
        whole = tables(trained())
        kept = tables(pruned(trained(), [10_000] * 3))
        assert kept[0] == whole[0]
        for gram, weight in whole[1].items():
            assert kept[1][gram] == pytest.approx(weight, abs=1e-4)

    def test_it_costs_little(self) -> None:
        """Half of the n-grams tell most of what all tell of the training text."""
        whole = trained()
        half = pruned(whole, [len(level.keys) // 2 for level in whole[1:]])

        def mean(levels: list[Level]) -> float:
            known = tables(levels)
            parts = [TEXT[place : place + 4] for place in range(len(TEXT) - 3)]
            seen = [tuple(part) for part in parts if STOP not in part[1:-1]]
            return sum(log_prob(known, gram) for gram in seen) / len(seen)

        none = mean(pruned(whole, [1, 1, 1]))
        assert none < mean(half) < mean(whole)
        assert mean(half) - none > 0.5 * (mean(whole) - none)
