# SPDX-License-Identifier: Apache-2.0
"""Two readings of a page as one: where both readers agree a word is sure, else the likelier stands.

Each reader says how likely its word is wrong, and they err in other places: where they differ lie
nine in ten of the errors of either. What loses stays as another reading, for the repair, which
knows the sentence. Words that only one of them saw stand as it read them, no surer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance.Levenshtein import normalized_similarity as ratio

from pipeline.doubt import confidence_of, wrong
from pipeline.model import Box, Line, Word
from pipeline.reading.second_look import is_sound
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# Words of two readings are of one place if they share so much of the narrower and the lower one.
_BESIDE, _LEVEL = 0.35, 0.45
# Of words on which both agree so many are wrong all the same.
_AGREED = 0.002
# If a reader is wrong, how often what the other one saw is right; chosen on set pages.
_OTHER_IS_RIGHT = 0.35
# A word that Tesseract missed is taken if the line reader is so sure of it.
_TAKEN = 0.9
# What is less likely than this is not put in the place of what the first reader saw, and several
# words not in the place of others that they are less alike (0-1).
_LIKELY, _ALIKE = 0.5, 0.6
# More words than this at one place are no cut or join but two layouts.
_MOST = 3


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word with the number of its line, and whether it stays as it is."""

    word: Word
    line: int
    held: bool = False


def vote(
    base: Sequence[Line],
    second: Sequence[Line],
    held: Collection[tuple[int, int]] = frozenset(),
    *,
    keep: bool = False,
) -> tuple[Line, ...]:
    """Return the lines of the first reading with what both make of their words.

    Args:
        base: of the reader whose lines count.
        second: of the other reader, on the same page.
        held: words of `base` that stay as they are, by line and place in it.
        keep: no word of `base` is replaced or added; where both agree it is surer.
    """
    ours = [
        _Seen(word, n, (n, place) in held)
        for n, line in enumerate(base)
        for place, word in enumerate(line.words)
        if word.box
    ]
    theirs = [_Seen(word, n) for n, line in enumerate(second) for word in line.words if word.box]
    lines: dict[int, list[Word]] = defaultdict(list)
    missed: dict[int, list[Word]] = defaultdict(list)
    for ones, others in _places(ours, theirs):
        if not ones:
            for seen in () if keep else others:
                if is_sound(seen.word) and (seen.word.confidence or 0.0) > _TAKEN:
                    missed[seen.line].append(seen.word)
        elif any(seen.held for seen in ones):
            lines[ones[0].line] += [seen.word for seen in ones]
        else:
            words = [s.word for s in ones], [s.word for s in others]
            agreed = _agreed(*words)
            lines[ones[0].line] += agreed or (words[0] if keep else _weighed(*words))
    found = [*(lines[n] for n in range(len(base))), *missed.values()]
    return tuple(Line(tuple(sorted(words, key=_left))) for words in found if words)


def _left(word: Word) -> float:
    return word.box.x0 if word.box else 0.0


def _places(
    ours: Sequence[_Seen], theirs: Sequence[_Seen]
) -> Iterator[tuple[list[_Seen], list[_Seen]]]:
    """Yield the words of either reading that stand in one place, those of a line together."""
    touching = _touching(ours, theirs)
    place_of = list(range(len(ours) + len(theirs)))

    def root(number: int) -> int:
        while place_of[number] != number:
            number = place_of[number]
        return number

    for one, other in zip(*(side.tolist() for side in np.nonzero(touching)), strict=True):
        place_of[root(len(ours) + other)] = root(one)
    places: dict[int, tuple[list[_Seen], list[_Seen]]] = defaultdict(lambda: ([], []))
    for number, seen in enumerate(ours):
        places[root(number)][0].append(seen)
    for number, seen in enumerate(theirs, start=len(ours)):
        places[root(number)][1].append(seen)
    for ones, others in places.values():
        if len({seen.line for seen in ones}) > 1:  # a line of the one is two of the other
            yield from (([seen], []) for seen in ones)
        else:
            yield sorted(ones, key=_at), sorted(others, key=_at)


def _at(seen: _Seen) -> float:
    return _left(seen.word)


def _touching(ours: Sequence[_Seen], theirs: Sequence[_Seen]) -> np.ndarray:
    """Return (ours, theirs): which words of two readings lie on one another."""
    a, b = (
        np.array([_edges(seen.word.box) for seen in side if seen.word.box]).reshape(-1, 4)
        for side in (ours, theirs)
    )
    shared = np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2])
    least = np.minimum((a[:, 2:] - a[:, :2])[:, None], (b[:, 2:] - b[:, :2])[None])
    share = shared / np.maximum(least, 0.1)
    found: np.ndarray = (share[..., 0] > _BESIDE) & (share[..., 1] > _LEVEL)
    return found


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _agreed(ones: list[Word], others: list[Word]) -> list[Word]:
    """Return the words of a place on which both readings agree, none if they do not."""
    if not others or fold_tone_placement(_text(ones)) != fold_tone_placement(_text(others)):
        return []
    sure = confidence_of(min(_AGREED, _doubt(ones), _doubt(others)))
    return [replace(word, confidence=sure, others=()) for word in ones]


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _weighed(ones: list[Word], others: list[Word]) -> list[Word]:
    """Return what two readings of a place that differ make of it."""
    if not others or max(len(ones), len(others)) > _MOST:
        return ones
    first, second = _text(ones), _text(others)
    doubts = _doubt(ones), _doubt(others)
    weights = (
        (1 - doubts[0]) * max(_chance(others, first), doubts[1] * _OTHER_IS_RIGHT),
        (1 - doubts[1]) * max(_chance(ones, second), doubts[0] * _OTHER_IS_RIGHT),
    )
    total = sum(weights) + doubts[0] * doubts[1]
    shares = weights[0] / total, weights[1] / total
    several = len(ones) > 1 or len(others) > 1
    taken = shares[1] > max(shares[0], _LIKELY) and not (several and _unlike(first, second))
    sure = confidence_of(1 - shares[taken])
    if several:
        words = _in_place(others, ones) if taken else ones
        return [replace(word, confidence=sure, others=()) for word in words]
    left = doubts[0] * doubts[1] / total
    rest = {text: chance * left for word in (*others, *ones) for text, chance in word.others}
    rest[first if taken else second] = shares[not taken]
    text = second if taken else first
    rest.pop(text, None)
    ranked = tuple(sorted(rest.items(), key=lambda item: (-item[1], item[0])))
    return [replace(ones[0], text=text, confidence=sure, others=ranked)]


def _unlike(first: str, second: str) -> bool:
    """Return whether two texts differ in more than where they are cut."""
    return ratio(first.replace(" ", ""), second.replace(" ", "")) <= _ALIKE


def _in_place(words: list[Word], base: Sequence[Word]) -> list[Word]:
    """Return words as high and as deep as those that they stand for."""
    box = Box.around([word.box for word in base if word.box])
    if box is None:
        return words
    return [
        replace(word, box=Box(word.box.x0, box.y0, word.box.x1, box.y1))
        for word in words
        if word.box
    ]


def _doubt(words: Sequence[Word]) -> float:
    """Return how likely one of some words is wrong."""
    return max(wrong(word.confidence or 0.0) for word in words)


def _chance(words: Sequence[Word], text: str) -> float:
    """Return how likely their reader thinks that they are another text."""
    return max((chance for word in words for other, chance in word.others if other == text),
               default=0.0)  # fmt: skip
