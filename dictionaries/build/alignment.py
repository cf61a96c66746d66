# SPDX-License-Identifier: Apache-2.0
"""Lays what a reader saw beside what stood there: lines by order and likeness, then tokens."""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from pipeline.likeness import key, plain
from pipeline.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Line, Word

# Two lines less alike than this (0-100) are not the same line: of 4,358 lines of pages read with
# either model all came above it, of other lines of their pages three in a hundred.
SAME_LINE = 55.0
# What a cut or a join costs, and a token that has no counterpart, in characters.
_SEAM = 0.5
_ALONE = 1.0
# A pair that differs in more of its characters than this is no reading of that token.
_UNLIKE = 0.6
_UNLIKE_JOINED = 0.4
# A join that differs in more than this share of its shorter part does not hold that part.
_LACKING = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `seen[start:end]` of a line stand for tokens `right[start:end]`; one may be empty.

    Attributes:
        seen: start and end in the line that was read.
        right: start and end in the true line.
        cost: characters that differ when marks, case and look-alikes are half forgotten.
    """

    seen: tuple[int, int]
    right: tuple[int, int]
    cost: float

    @property
    def kind(self) -> str:
        """How many tokens stand for how many: "2-1" is a split, "1-2" a join, "0-1" a loss."""
        return f"{self.seen[1] - self.seen[0]}-{self.right[1] - self.right[0]}"


def printed_rows(lines: Sequence[Line]) -> list[list[Word]]:
    """Return the words of each printed row from left to right, rows from top to bottom.

    A reader that takes a wide gap for the edge of a column gives a row in two parts, which lie
    side by side: they are one row again. Lines without a box are left out.
    """
    rows: list[tuple[Box, list[Word]]] = []
    boxed = [(line.box, list(line.words)) for line in lines if line.box]
    for box, words in sorted(boxed, key=lambda row: row[0].y0 + row[0].y1):
        if rows and _side_by_side(rows[-1][0], box):
            rows[-1] = (Box.around([rows[-1][0], box]), [*rows[-1][1], *words])
        else:
            rows.append((box, words))
    return [sorted(words, key=lambda word: word.box.x0 if word.box else 0) for _, words in rows]


def _side_by_side(one: Box, other: Box) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    apart = min(one.x1, other.x1) <= max(one.x0, other.x0)
    return apart and shared > 0.5 * min(one.height, other.height)


def match_lines(seen: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Return the index pairs of the same lines, both in order, that are alike in all the most."""
    if not seen or not right:
        return []
    alike = process.cdist([key(s) for s in seen], [key(r) for r in right], scorer=fuzz.ratio)
    gain = np.where(alike >= SAME_LINE, alike - SAME_LINE + 1, 0.0)
    gain *= np.sqrt([len(line) + 1 for line in right])[None, :]
    best = np.zeros((len(seen) + 1, len(right) + 1))
    for i in range(len(seen) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], best[i + 1, j + 1] + gain[i, j])
    pairs, i, j = [], 0, 0
    while i < len(seen) and j < len(right):
        if gain[i, j] > 0 and best[i, j] == best[i + 1, j + 1] + gain[i, j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            i += 1
        else:
            j += 1
    return pairs


def match_tokens(seen: Sequence[str], right: Sequence[str]) -> list[Match]:
    """Return the cheapest way to lay the tokens of a line side by side, in order.

    One token may stand for one, two for one (a word read in two parts), one for two (two words
    run together); a token may be lost or come from dirt.

    Example: `["Tô", "Ổ", "chức"]` beside `["Tổ", "chức"]` is a 2-1 and a 1-1.
    """
    cost = {(0, 0): 0.0}
    came: dict[tuple[int, int], Match] = {}
    for i in range(len(seen) + 1):
        for j in range(len(right) + 1):
            for match in _ways(seen, right, i, j):
                total = cost[match.seen[0], match.right[0]] + match.cost
                if (i, j) not in cost or total < cost[i, j]:
                    cost[i, j], came[i, j] = total, match
    found, at = [], (len(seen), len(right))
    while at != (0, 0):
        found.append(came[at])
        at = (came[at].seen[0], came[at].right[0])
    return found[::-1]


def _ways(seen: Sequence[str], right: Sequence[str], i: int, j: int) -> Iterator[Match]:
    """Yield the matches that end before token `i` of what was seen and `j` of what is right."""
    if i and j:
        yield Match((i - 1, i), (j - 1, j), _difference(seen[i - 1], right[j - 1]))
    if i > 1 and j and _may_join(seen[i - 2 : i], right[j - 1]):
        joined = _difference("".join(seen[i - 2 : i]), right[j - 1])
        yield Match((i - 2, i), (j - 1, j), joined + _SEAM)
    if i and j > 1 and _may_join(right[j - 2 : j], seen[i - 1]):
        joined = _difference(seen[i - 1], "".join(right[j - 2 : j]))
        yield Match((i - 1, i), (j - 2, j), joined + _SEAM)
    if i:
        yield Match((i - 1, i), (j, j), len(seen[i - 1]) + _ALONE)
    if j:
        yield Match((i, i), (j - 1, j), len(right[j - 1]) + _ALONE)


def _may_join(parts: Sequence[str], whole: str) -> bool:
    """Return whether two parts look like `whole`.

    A speck beside a word is no part of it, and a whole that lacks one of the parts is the other
    part alone, its neighbour lost.
    """
    if not all(part in whole or any(map(str.isalnum, part)) for part in parts):
        return False
    joined, shortest = "".join(parts), min(map(len, parts))
    most = min(_UNLIKE_JOINED * max(len(joined), len(whole)), max(_LACKING * shortest, 1.1))
    return _difference(joined, whole) <= most


@functools.lru_cache(maxsize=100_000)
def _difference(one: str, other: str) -> float:
    """Return in how many characters two tokens differ, what readers confuse counting half."""
    if one == other:
        return 0.0
    letters = Levenshtein.distance(plain(one), plain(other))
    return (letters + Levenshtein.distance(key(one), key(other))) / 2 + 0.01


def is_reading(match: Match, seen: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether a match is a reading of its tokens and no chance meeting of two others.

    Short tokens may be read as anything (`ở` as `&`): their neighbours hold them in place.
    """
    if not 0 < match.seen[1] - match.seen[0] <= 2 or match.right[0] == match.right[1]:
        return False
    size = max(len("".join(seen[slice(*match.seen)])), len("".join(right[slice(*match.right)])))
    return match.cost <= max(_UNLIKE * size, 2.0)


def is_aligned(matches: Sequence[Match], seen: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether at least half of the tokens of a true line have a reading."""
    read = sum(
        match.right[1] - match.right[0] for match in matches if is_reading(match, seen, right)
    )
    return 2 * read >= len(right)
