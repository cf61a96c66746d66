# SPDX-License-Identifier: Apache-2.0
"""Changes to the words of a block, and how they become words with receipts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Block, Box, Edit, Line, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Change(NamedTuple):
    """The words `first` to `last` of a block (counted over its lines) become `text`.

    Attributes:
        first, last: numbers of words, both included.
        text: what they become; it may hold blanks.
        score: how sure it is, 0-1.
        rule: its name, for the receipt.
        alternatives: other texts, the likeliest first.
    """

    first: int
    last: int
    text: str
    score: float
    rule: str
    alternatives: tuple[str, ...] = ()


def words_of(block: Block) -> list[Word]:
    """Return the words of all lines of a block, in order."""
    return [word for line in block.lines for word in line.words]


def apply(block: Block, changes: Iterable[Change]) -> Block:
    """Return the block with the changes; of two that overlap the first counts.

    A change to the same text leaves a word as it is, and says how sure it is. A change of several
    words has to stay within a line, else it is left out: boxes of two lines do not make one word.
    """
    words = words_of(block)
    line_of = [number for number, line in enumerate(block.lines) for _ in line.words]
    taken: dict[int, Change] = {}
    for change in changes:
        span = range(change.first, change.last + 1)
        seen = " ".join(words[place].text for place in span)
        if any(place in taken for place in span) or (seen == change.text and len(span) > 1):
            continue
        if line_of[change.first] == line_of[change.last]:
            taken.update(dict.fromkeys(span, change))
    if not taken:
        return block
    lines: list[list[Word]] = [[] for _ in block.lines]
    for place, word in enumerate(words):
        found = taken.get(place)
        if found is None:
            lines[line_of[place]].append(word)
        elif found.first == place:
            old = words[place : found.last + 1]
            lines[line_of[place]].append(changed(old, found))
    return Block(block.role, tuple(Line(tuple(line)) for line in lines), block.continues)


def changed(old: Sequence[Word], change: Change) -> Word:
    """Return one word for some, with its receipt; a receipt of before keeps what it kept."""
    if len(old) == 1 and old[0].text == change.text:
        word = old[0]
        return replace(word, confidence=round(change.score, 3))
    confidences = [word.confidence for word in old if word.confidence is not None]
    return Word(
        change.text,
        Box.around([word.box for word in old if word.box is not None]),
        sum(confidences) / len(confidences) if confidences else None,
        Edit(
            " ".join(word.edit.before if word.edit else word.text for word in old),
            round(min([change.score, *(word.edit.score for word in old if word.edit)]), 3),
            change.rule,
            change.alternatives,
        ),
    )
