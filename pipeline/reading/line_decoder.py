# SPDX-License-Identifier: Apache-2.0
"""From what the network sees in the columns of a line to words, each with what else it may be.

CTC: each column shows a character or none; equal neighbours are one. A word's probability is that
of all paths through its columns that spell it, so that of two readings the sum is at most one.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pipeline.reading.line_letters import ALPHABET, CLASS_OF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Floats = npt.NDArray[np.float32]
_SPACE = CLASS_OF[" "]
# A character surer than this has no rival worth a look.
_SURE = 0.98
# A rival is at least so likely in a column; a word has at most so many readings.
_RIVAL, _READINGS = 0.02, 5


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a line.

    Attributes:
        text: what is most likely.
        first, last: its columns, the last one outside.
        probability: of the text, as the network sees it.
        others: what else it may be, with probabilities, the likeliest first.
    """

    text: str
    first: int
    last: int
    probability: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Run:
    """A character of the best path: its class, its columns, and the surest of them."""

    number: int
    first: int
    last: int
    peak: int


def decode(seen: Floats) -> list[ReadWord]:
    """Return the words in the columns of a line, from left to right.

    Args:
        seen: (columns, classes), the probability of each class in each column.
    """
    words = []
    for runs, first, last in _words(_best_path(seen), len(seen)):
        text = "".join(ALPHABET[run.number - 1] for run in runs)
        peaks = [float(seen[run.peak, run.number]) for run in runs]
        gap = _surest_gap(seen, runs)
        if min(peaks) > _SURE and gap < _RIVAL:
            words.append(ReadWord(text, first, last, math.prod(peaks)))
            continue
        words.append(_weighed(seen[first:last], _shifted(runs, first), text, first, last))
    return words


def _best_path(seen: Floats) -> list[_Run]:
    """Return the characters of the best path."""
    best = seen.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    runs = []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        number = int(best[first])
        if number:
            peak = first + int(seen[first:last, number].argmax())
            runs.append(_Run(number, first, last, peak))
    return runs


def _words(runs: Sequence[_Run], columns: int) -> Iterator[tuple[list[_Run], int, int]]:
    """Yield the characters of each word with its columns: from blank to blank."""
    word: list[_Run] = []
    first = 0
    for run in runs:
        if run.number == _SPACE:
            if word:
                yield word, first, run.first
            word, first = [], run.last
        else:
            word.append(run)
    if word:
        yield word, first, columns


def _surest_gap(seen: Floats, runs: Sequence[_Run]) -> float:
    """Return how likely some character is that the best path has not, between those that it has."""
    between = [seen[a.last : b.first] for a, b in itertools.pairwise(runs)]
    return max((float(1 - part[:, 0].min()) for part in between if len(part)), default=0.0)


def _shifted(runs: Sequence[_Run], first: int) -> list[_Run]:
    return [_Run(r.number, r.first - first, r.last - first, r.peak - first) for r in runs]


def _weighed(seen: Floats, runs: Sequence[_Run], text: str, first: int, last: int) -> ReadWord:
    """Return a word of which some characters are in doubt, with what they may be instead."""
    best = tuple(run.number for run in runs)
    rivals: dict[tuple[int, ...], float] = {}
    for place, run in enumerate(runs):
        for reading, chance in _rivals(seen, runs, place, run):
            if reading and reading != best:
                rivals[reading] = max(chance, rivals.get(reading, 0.0))
    likeliest = sorted(rivals, key=lambda reading: (-rivals[reading], reading))[: 2 * _READINGS]
    readings = [best, *likeliest]
    chances = path_probabilities(seen, readings)
    ranked = sorted(zip(readings, chances, strict=True), key=lambda item: (-item[1], item[0]))
    (chosen, chance), *rest = ranked
    others = tuple(
        (_spelt(reading), other) for reading, other in rest[:_READINGS] if other > _RIVAL / 2
    )
    return ReadWord(_spelt(chosen) or text, first, last, chance, others)


def _spelt(numbers: Sequence[int]) -> str:
    return "".join(ALPHABET[number - 1] for number in numbers)


def _rivals(
    seen: Floats, runs: Sequence[_Run], place: int, run: _Run
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Yield the readings with another character, or none, at one place, or one more before it.

    Each comes with how likely the change is in its column.
    """
    numbers = [each.number for each in runs]
    column = seen[run.first : run.last].max(axis=0)
    if column[run.number] < _SURE:
        for rival in np.argsort(-column)[:3].tolist():
            if rival not in {run.number, _SPACE} and column[rival] > _RIVAL:
                changed = (*numbers[:place], *([rival] if rival else []), *numbers[place + 1 :])
                yield changed, float(column[rival])
    before = runs[place - 1].last if place else 0
    if run.first > before:
        gap = seen[before : run.first].max(axis=0)
        for rival in np.argsort(-gap)[:2].tolist():
            if rival not in {0, _SPACE} and gap[rival] > 5 * _RIVAL:
                yield (*numbers[:place], rival, *numbers[place:]), float(gap[rival])


def path_probabilities(seen: Floats, readings: Sequence[Sequence[int]]) -> list[float]:
    """Return for each reading the probability of all paths through the columns that spell it.

    Graves et al., "Connectionist temporal classification", ICML 2006, section 4.1; the readings,
    rows of classes, go through the columns side by side.
    """
    ends = [2 * len(reading) for reading in readings]
    classes = np.zeros((len(readings), max(ends) + 1), np.int64)
    for row, reading in zip(classes, readings, strict=True):
        row[1 : 2 * len(reading) : 2] = reading
    # From one character to the next no blank is needed, unless they are the same.
    leap = np.zeros(classes.shape)
    leap[:, 3::2] = classes[:, 3::2] != classes[:, 1:-2:2]
    emitted = seen[:, classes].astype(np.float64)
    now = np.zeros(classes.shape)
    now[:, :2] = emitted[0, :, :2]
    for column in emitted[1:]:
        then = now.copy()
        then[:, 1:] += now[:, :-1]
        then[:, 2:] += leap[:, 2:] * now[:, :-2]
        now = then * column
    return [float(row[end] + row[end - 1]) if end else float(row[0])
            for row, end in zip(now, ends, strict=True)]  # fmt: skip
