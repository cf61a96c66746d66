# SPDX-License-Identifier: Apache-2.0
"""Which line of a text as it was seen stands for which line of its truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

# Lines of one page that have nothing to do with each other are 0.4 alike, garbled ones 0.7.
_LEAST = 0.5

Pair = tuple[str, str | None]


def pair_lines(seen: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Return every seen line with its true line, in order; true lines alone stand beside "".

    A seen line without a true one (a page number that the truth leaves out) has None.
    """
    gain = _gains(seen, right)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(seen) and j < len(right):
        if gain[i][j] == gain[i + 1][j]:
            pairs.append((seen[i], None))
            i += 1
        elif gain[i][j] == gain[i][j + 1]:
            pairs.append(("", right[j]))
            j += 1
        else:
            pairs.append((seen[i], right[j]))
            i, j = i + 1, j + 1
    pairs += [(line, None) for line in seen[i:]]
    return pairs + [("", line) for line in right[j:]]


def _gains(seen: Sequence[str], right: Sequence[str]) -> list[list[float]]:
    """Return what the best pairing of the lines from (i, j) on is worth, for every i and j."""
    first, second = list(map(fold, seen)), list(map(fold, right))
    gain = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in reversed(range(len(first))):
        for j in reversed(range(len(second))):
            alike = fuzz.ratio(first[i], second[j]) / 100 - _LEAST
            gain[i][j] = max(gain[i + 1][j], gain[i][j + 1], gain[i + 1][j + 1] + alike)
    return gain
