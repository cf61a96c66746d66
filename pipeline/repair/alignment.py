# SPDX-License-Identifier: Apache-2.0
"""Which characters that were seen belong to which letter: the expectation step of the channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.repair.letters import NUMBER, old_place, parts_of

if TYPE_CHECKING:
    from pipeline.repair.channel import Channel, Counts

_LONGEST = 3
# Rarer alignments of a pair are not counted.
_LEAST = 0.01

Rows = list[list[float]]


def tally(counts: Counts, channel: Channel, seen: str, right: str, weight: float = 1.0) -> float:
    """Add what a pair shows to `counts`, and return P(seen | right) by letters alone.

    Letters are counted as they are printed; units with the tone in the old place. A pair that has
    other characters than letters on its right, or cannot be aligned, adds nothing.
    """
    if not right or any(char not in NUMBER for char in right):
        return 0.0
    emission = _emission(channel, seen, right)
    before, after = forward(emission, len(seen)), backward(emission, len(seen))
    total = before[-1][-1]
    if total <= 0.0:
        return 0.0
    for number, letter in enumerate(right):
        for start in range(len(seen) + 1):
            reach = before[number][start]
            if not reach:
                continue
            for length, chance in enumerate(emission[number][start]):
                share = reach * chance * after[number + 1][start + length] / total
                if share > _LEAST:
                    counts.add(counts.letters, seen[start : start + length], letter, weight * share)
    parts = parts_of(old_place(right))
    if parts is not None:
        onset, rime = parts
        for cut, (left, rest) in enumerate(zip(before[len(onset)], after[len(onset)], strict=True)):
            if (share := left * rest / total) > _LEAST:
                counts.add(counts.units, seen[cut:], rime, weight * share)
                if onset:
                    counts.add(counts.units, seen[:cut], onset, weight * share)
    return total


def probability(channel: Channel, seen: str, right: str) -> float:
    """Return P(seen | right) by letters alone."""
    return forward(_emission(channel, seen, right), len(seen))[-1][-1]


def _emission(channel: Channel, seen: str, right: str) -> list[Rows]:
    """Return P(run | letter) by letter of `right`, by where the run starts, by its length."""
    vectors = [
        [channel.letters(seen[start : start + length]) for length in range(_room(seen, start))]
        for start in range(len(seen) + 1)
    ]
    return [
        [[float(vector[NUMBER[letter]]) for vector in runs] for runs in vectors] for letter in right
    ]


def _room(seen: str, start: int) -> int:
    return min(_LONGEST, len(seen) - start) + 1


def forward(emission: list[Rows], size: int) -> Rows:
    """Return the probability of the first `j` characters after `i` letters, by i, by j."""
    rows = [[1.0] + [0.0] * size]
    for letter in emission:
        row = [0.0] * (size + 1)
        for start, reach in enumerate(rows[-1]):
            if reach:
                for length, chance in enumerate(letter[start]):
                    row[start + length] += reach * chance
        rows.append(row)
    return rows


def backward(emission: list[Rows], size: int) -> Rows:
    """Return the probability of what follows character `j` from letter `i` on, by i, by j."""
    rows = [[0.0] * size + [1.0]]
    for letter in reversed(emission):
        after = rows[-1]
        rows.append(
            [
                sum(chance * after[start + length] for length, chance in enumerate(runs))
                for start, runs in enumerate(letter)
            ]
        )
    rows.reverse()
    return rows
