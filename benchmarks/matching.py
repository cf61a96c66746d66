# SPDX-License-Identifier: Apache-2.0
"""One-to-one matching of true and given items, the most alike first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


def pair_up(
    truth: Sequence[T], got: Sequence[T], alike: Callable[[T, T], float], limit: float
) -> dict[int, int]:
    """Return true index -> given index for pairs at least `limit` alike (0–1), the best first.

    Greedy: of equal pairs the one that comes first in the document wins, so that repeated lines
    pair up in order.
    """
    scored = [
        (-score, abs(i - j), i, j)
        for i, true in enumerate(truth)
        for j, given in enumerate(got)
        if (score := alike(true, given)) >= limit
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
