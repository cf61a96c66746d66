# SPDX-License-Identifier: Apache-2.0
"""The name of a person behind what was read: `Dwong Cong Pinh` is a man called Dương Công Định.

A Vietnamese name is a family name, one or more middle names and a given name. How common each is,
and what follows what ("Thị Hồng"), is counted in `dictionaries/person_names.tsv`; what letters
are read as is for the caller to say.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.dictionary import rows
from pipeline.vietnamese import fold_tone_placement, is_syllable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.floating]
    # log P(seen | candidate), natural, for each candidate; both in the case of the print.
    Likelihood = Callable[[str, Sequence[str]], Floats]

_SPECKS = " .,;:-_~'\"“”‘’*|"
_FEWEST, _MOST = 2, 5
# How many names a pair is worth in the place of the given or middle name alone, and how much
# a name of no list counts; chosen on names that were held out.
_ALONE_IS_WORTH, _UNLISTED = 20.0, 0.02
_ADDED = 2.0
# Names that no list has and that look the same: how many for each one of the list. Chosen so that
# of the readings with a score of 0.9 nine in ten are right, on names that were held out.
_MISSED = 2.0
# Candidates kept for a word, whole names kept, and those that are given.
_KEPT, _NAMES = 40, 5
# A letter that fits its name is seen so (log P); below that on average, it is no name at all.
_LEAST_A_LETTER = -2.3


@dataclass(frozen=True, slots=True)
class NameReading:
    """A person's name.

    Attributes:
        words: in the case that was seen (capitals or not), tones in the old place.
        score: how probable it is among all names, those of no list included, 0-1.
        margin: how much more probable than the next one, in nats.
        alternatives: the next names and their probabilities, the most probable first.
    """

    words: tuple[str, ...]
    score: float
    margin: float
    alternatives: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class _Role:
    """The names of one role, their counts, and how probable each is (log)."""

    counts: dict[str, float]
    names: tuple[str, ...]
    log_alone: Floats

    @staticmethod
    def of(counts: dict[str, float]) -> _Role:
        names = tuple(sorted(counts))
        alone = np.array([counts[name] + _ADDED for name in names], dtype=np.float64)
        return _Role(counts, names, np.log(alone / alone.sum()))


@dataclass(frozen=True, slots=True)
class _Book:
    """All names: by role, and how often one stood behind another."""

    roles: dict[str, _Role]
    pairs: dict[tuple[str, str], dict[str, float]]


def is_name(line: str) -> bool:
    """Return whether a line is printed as names are: two to five words, each with one capital.

    Specks of a seal or pen before and behind it do not count.
    """
    words = line.strip(_SPECKS).split()
    return _FEWEST <= len(words) <= _MOST and all(
        word.isalpha() and word[0].isupper() and word[1:] == word[1:].lower() for word in words
    )


def restore_name(words: Sequence[str], likelihood: Likelihood) -> NameReading | None:
    """Return the most probable name behind two to five words, None if they look like none.

    Args:
        words: what was read, without punctuation.
        likelihood: log P(seen | candidate) for each of some candidates.
    """
    if not _FEWEST <= len(words) <= _MOST:
        return None
    capitals = "".join(words).isupper()
    roles = ["surname", *["middle"] * (len(words) - 2), "given"]
    slots = [
        _candidates(seen, role, likelihood, capitals=capitals)
        for seen, role in zip(words, roles, strict=True)
    ]
    found = _best_names(slots, roles)
    letters = sum(map(len, words))
    if found[0][2] < _LEAST_A_LETTER * letters:
        return None
    whole = _logsum(_forward(slots, roles))
    ways = [
        (
            tuple(map(str.upper, names)) if capitals else names,
            round(float(np.exp(total - whole)) * _listed(names, roles), 4),
        )
        for names, total, _ in found
    ]
    rival = found[1][1] if len(found) > 1 else found[0][1] + _LEAST_A_LETTER * letters
    margin = float(found[0][1] - rival)
    return NameReading(*ways[0], margin, tuple(ways[1:]))


def _listed(names: Sequence[str], roles: Sequence[str]) -> float:
    """Return how probable it is that a list holds the names: rare ones have unseen kin."""
    counts = [_book().roles[role].counts.get(n, 0) for n, role in zip(names, roles, strict=True)]
    return math.prod((count + 0.1) / (count + 0.1 + _MISSED) for count in counts)


@dataclass(frozen=True, slots=True)
class _Slot:
    """What one word may be: names, log P(alone), and log P(seen | name)."""

    names: tuple[str, ...]
    alone: Floats
    fit: Floats


def _candidates(seen: str, role: str, likelihood: Likelihood, *, capitals: bool) -> _Slot:
    """Return the names of a role that fit a word best; the word itself may be a rare one."""
    known = _book().roles[role]
    own = fold_tone_placement(seen.lower()).capitalize()
    names, alone = known.names, known.log_alone
    if own not in known.counts and is_syllable(own):
        names, alone = (*names, own), np.append(alone, alone.min() + np.log(_UNLISTED))
    fit = likelihood(seen, [name.upper() if capitals else name for name in names])
    kept = np.argsort(-(fit + alone), kind="stable")[:_KEPT]
    return _Slot(tuple(names[place] for place in kept), alone[kept], fit[kept])


def _step(before: _Slot, after: _Slot, role: str) -> Floats:
    """Return log P(name of `after` | name of `before`), one row for each of `before`."""
    table = np.empty((len(before.names), len(after.names)))
    shares = np.exp(after.alone)
    for row, name in enumerate(before.names):
        counts = _book().pairs.get((name, role), {})
        seen = np.array([counts.get(other, 0.0) for other in after.names])
        total = sum(counts.values())
        table[row] = np.log((seen + _ALONE_IS_WORTH * shares) / (total + _ALONE_IS_WORTH))
    return table


def _forward(slots: Sequence[_Slot], roles: Sequence[str]) -> Floats:
    """Return log P of all ways to each name of the last word."""
    score = slots[0].alone + slots[0].fit
    for (before, after), role in zip(pairwise(slots), roles[1:], strict=True):
        score = _logsum(score[:, None] + _step(before, after, role)) + after.fit
    return score


def _best_names(
    slots: Sequence[_Slot], roles: Sequence[str]
) -> list[tuple[tuple[str, ...], float, float]]:
    """Return the best names, each with log P(name and what was seen) and log P(seen | name)."""
    first = slots[0]
    ways: list[list[tuple[float, float, tuple[str, ...]]]] = [
        [(float(alone + fit), float(fit), (name,))]
        for name, alone, fit in zip(first.names, first.alone, first.fit, strict=True)
    ]
    for (before, after), role in zip(pairwise(slots), roles[1:], strict=True):
        table = _step(before, after, role)
        ways = [
            sorted(
                (
                    (total + table[row, column] + after.fit[column], fit + after.fit[column],
                     (*names, after.names[column]))
                    for row, some in enumerate(ways)
                    for total, fit, names in some
                ),
                reverse=True,
            )[:_NAMES]
            for column in range(len(after.names))
        ]  # fmt: skip
    best = sorted((way for some in ways for way in some), reverse=True)[:_NAMES]
    return [(names, total, fit) for total, fit, names in best]


def _logsum(table: Floats) -> Floats:
    """Return the logarithm of the sum over the first axis."""
    most = table.max(axis=0)
    summed: Floats = most + np.log(np.exp(table - most).sum(axis=0))
    return summed


@cache
def _book() -> _Book:
    """Return the names of the dictionary, and the archivist's family names."""
    alone: dict[str, dict[str, float]] = {"surname": {}, "middle": {}, "given": {}}
    pairs: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in rows("person_names"):
        if row["after"]:
            pairs[row["after"], row["role"]][row["name"]] = float(row["count"])
        else:
            alone[row["role"]][row["name"]] = float(row["count"])
    for row in rows("surnames"):
        alone["surname"].setdefault(fold_tone_placement(row["name"]), 0.0)
    return _Book({role: _Role.of(counts) for role, counts in alone.items()}, dict(pairs))
