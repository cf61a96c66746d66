# SPDX-License-Identifier: Apache-2.0
"""How probable each text is, given what the digit reader saw: CTC with the grammar of the slot.

Days are 1 to 31 and months 1 to 12; days below 10 and the months 1 and 2 have a leading zero, other
months none (NĐ 30/2020, Phụ lục I, II.4); numbers below 10 have one (Điều 15). Clerks break these
rules, so they only weigh.
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

Kind = Literal["number", "day", "month", "year"]
Probabilities = npt.NDArray[np.float64]

# The reader's classes: CTC's blank, then these.
ALPHABET = "0123456789abcd"
_NUMBER = re.compile(r"\d{1,5}[a-d]?")
# What a way of writing weighs against the one of the rule.
_BARE, _ZERO_TOO_MANY, _SUFFIXED, _TWO_DIGIT_YEAR = 0.3, 0.5, 0.3, 0.5
_BEAM = 8
_NEGLIGIBLE = 0.003
# A digit that no column of any view shows with this probability is in no text.
_INVISIBLE = 1e-4


@functools.cache
def grammar(kind: Kind) -> dict[str, float]:
    """Return the texts that a slot may hold with their weights; {} where they are too many."""
    texts = {"": 1.0}
    if kind == "day":
        texts |= {f"{day:02d}": 1.0 for day in range(1, 32)}
        texts |= {str(day): _BARE for day in range(1, 10)}
    elif kind == "month":
        texts |= {f"{month:02d}": _ZERO_TOO_MANY for month in range(3, 10)}
        texts |= {str(month): _BARE if month < 3 else 1.0 for month in range(1, 10)}
        texts |= {"01": 1.0, "02": 1.0, "10": 1.0, "11": 1.0, "12": 1.0}
    elif kind == "year":
        texts |= {str(year): 1.0 for year in range(1976, 2060)}
        texts |= {f"{year % 100:02d}": _TWO_DIGIT_YEAR for year in range(1976, 2060)}
    else:
        texts = {}
    return texts


def number_weight(text: str) -> float:
    """Return what a text weighs as a document's number; 0 if it can be none."""
    if not text:
        return 1.0
    if not _NUMBER.fullmatch(text) or not text.rstrip("abcd0"):
        return 0.0
    weight = 1.0 if text.isdigit() else _SUFFIXED
    digits = text.rstrip("abcd")
    if len(digits) == 1:
        return weight * _BARE
    return weight * _ZERO_TOO_MANY if digits[0] == "0" and len(digits) > 2 else weight


def candidates(seen: Probabilities, kind: Kind) -> dict[str, float]:
    """Return the texts worth scoring with their weights.

    Args:
        seen: (views, columns, classes): what each view of the slot shows in each column.
        kind: of the slot; for a number the texts come from what is seen.
    """
    if kind != "number":
        shown = {mark for mark, chance in zip(ALPHABET, seen.max((0, 1))[1:], strict=True)
                 if chance > _INVISIBLE}  # fmt: skip
        return {text: weight for text, weight in grammar(kind).items() if shown.issuperset(text)}
    texts = {"", *beam(seen[0]), *(best_path(view) for view in seen)}
    return {text: weight for text in sorted(texts) if (weight := number_weight(text))}


def best_path(view: Probabilities) -> str:
    """Return the text of the likeliest class of each column: repeats are one, blanks part them."""
    classes = [0, *view.argmax(axis=1).tolist()]
    kept = [now for before, now in pairwise(classes) if now != before]
    return "".join(ALPHABET[found - 1] for found in kept if found)


def beam(view: Probabilities) -> list[str]:
    """Return the likeliest texts of one view by prefix search, at most _BEAM."""
    prefixes: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for column in view:
        blank = float(column[0])
        likely = [
            (ALPHABET[place], float(column[place + 1]))
            for place in np.flatnonzero(column[1:] > _NEGLIGIBLE).tolist()
        ]
        longer: dict[str, list[float]] = {}
        for prefix, (ends_blank, ends_mark) in prefixes.items():
            stay = longer.setdefault(prefix, [0.0, 0.0])
            stay[0] += (ends_blank + ends_mark) * blank
            for mark, chance in likely:
                repeats = prefix.endswith(mark)
                if repeats:
                    stay[1] += ends_mark * chance
                grown = longer.setdefault(prefix + mark, [0.0, 0.0])
                grown[1] += (ends_blank if repeats else ends_blank + ends_mark) * chance
        best = sorted(longer.items(), key=lambda item: (-sum(item[1]), item[0]))[:_BEAM]
        prefixes = {prefix: (ends[0], ends[1]) for prefix, ends in best}
    return list(prefixes)


def probabilities(seen: Probabilities, texts: tuple[str, ...]) -> Probabilities:
    """Return (texts,): P(text), by CTC's forward sum, the mean of all views."""
    steps, skips, ends = _paths(texts)
    emitted = seen[:, :, steps]
    alive = np.zeros((len(seen), *steps.shape))
    alive[..., :2] = emitted[:, 0, :, :2]
    # The path of an empty text has one step, the blank.
    alive[..., 1] *= ends > 0
    for column in range(1, seen.shape[1]):
        moved = alive.copy()
        moved[..., 1:] += alive[..., :-1]
        moved[..., 2:] += alive[..., :-2] * skips[:, 2:]
        alive = moved * emitted[:, column]
    rows = np.arange(len(texts))
    last = alive[:, rows, ends]
    found: Probabilities = (last + np.where(ends, alive[:, rows, ends - 1], 0)).mean(axis=0)
    return found


@functools.lru_cache(maxsize=64)
def _paths(
    texts: tuple[str, ...],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_], npt.NDArray[np.intp]]:
    """Return the classes on the path of each text, where a blank may be skipped, its last step."""
    longest = max(1, *(len(text) for text in texts)) if texts else 1
    steps = np.zeros((len(texts), 2 * longest + 1), np.intp)
    for row, text in enumerate(texts):
        for place, mark in enumerate(text):
            steps[row, 2 * place + 1] = ALPHABET.index(mark) + 1
    skips = np.zeros(steps.shape, np.bool_)
    skips[:, 2:] = (steps[:, 2:] != 0) & (steps[:, 2:] != steps[:, :-2])
    ends = np.array([2 * len(text) for text in texts], np.intp)
    return steps, skips, ends
