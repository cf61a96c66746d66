# SPDX-License-Identifier: Apache-2.0
"""Number, day and month of the head read by a second reader, and one answer made of both.

They are mostly written by hand, and Tesseract reads one in ten of those, often with full
confidence. The reader of digits looks at every slot, printed ones too. What both read alike is as
good as sure; where they differ the likelier one is given, with the other among the alternatives,
and with a confidence that asks for review unless the reader of digits is certain.
"""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from pipeline.model import Box, Edit, Line, Word
from pipeline.reading.slot_reader import SlotReading, read_slots
from pipeline.reading.slots import find_slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.reading.enhance import ReadingCopy
    from pipeline.reading.slots import Slot

# The head ends here, as a share of the page's height.
_HEAD = 0.45
# The crop, in letter sizes: as high as writing by hand is, and a margin at each side.
_HIGH, _MARGIN = 1.7, 0.2
# Capitals and digits stand so much above the middle of words with letters that hang down.
_RAISED = 0.06
# Two readers that differ: neither is to be relied on, unless the reader of digits is certain, for
# the page's reader takes handwriting for other digits nine times in ten: what it says tells little.
_DISPUTED, _CERTAIN, _LESS = 0.6, 0.95, 0.95
# What only one reader could read, an unlikely text for the other.
_ALONE = 0.97
# Both readers alike, but for a rest. They err alike, too: a looped 2 is a 9 for both; so the page's
# reader adds half of what it says.
_MOST, _ADDS = 0.99, 0.5
_DIGITS = re.compile(r"\d{1,5}[a-d]?")
_RULE = "slot"


def look_at_slots(copy: ReadingCopy, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a first page with what both readers say of its slots.

    Raises:
        MissingDependencyError: the reader of digits is not installed.
    """
    found = list(lines)
    first = slots_of_head(lines, copy.height)
    readings = read_slots([(_crop(copy, slot), slot.kind) for _, slot in first])
    # From right to left, so that the places of the words before stay the same.
    for (number, slot), reading in sorted(
        zip(first, readings, strict=True),
        key=lambda pair: (-pair[0][1].first, -pair[0][1].last),
    ):
        answer = decide(slot, _seen_by_page_reader(found[number], slot), reading)
        if answer is not None:
            found[number] = _with_answer(found[number], slot, answer)
    return tuple(found)


def slots_of_head(lines: Sequence[Line], height: float) -> list[tuple[int, Slot]]:
    """Return the highest slot of each kind with its line; day and month belong to one line."""
    places = [
        (number, slot)
        for number, line in enumerate(lines)
        if line.box is not None and line.box.y0 < _HEAD * height
        for slot in find_slots(line)
    ]
    places.sort(key=lambda place: place[1].box.y0)
    number = [place for place in places if place[1].kind == "number"][:1]
    dates = [place for place in places if place[1].kind != "number"]
    return number + [place for place in dates if place[0] == dates[0][0]][:2]


def _crop(copy: ReadingCopy, slot: Slot) -> NDArray[np.uint8]:
    size = slot.size
    middle = slot.box.centre[1] - _RAISED * size
    top, bottom = middle - _HIGH / 2 * size, middle + _HIGH / 2 * size
    left, right = slot.box.x0 - _MARGIN * size, slot.box.x1 + _MARGIN * size
    return copy.part(Box(left, top, right, bottom))


def _seen_by_page_reader(line: Line, slot: Slot) -> tuple[str, float]:
    """Return what the page's reader has in the slot, without strokes, and how sure it is."""
    inside = line.words[slot.first : slot.last + 1]
    alone = [word.confidence for word in inside[1:-1] if word.confidence is not None]
    around = [word.confidence for word in inside if word.confidence is not None]
    sure = fmean(alone or around) if around else 0.0
    return slot.seen.replace(" ", "").strip(".,:;…_-–'\"*"), sure


def decide(slot: Slot, seen: tuple[str, float], reading: SlotReading) -> Word | None:
    """Return the word of a slot: what both readers say, or the likelier; None if it is empty."""
    text, sure = seen
    plain = _DIGITS.fullmatch(text) is not None
    if not reading.text and not plain:
        return None
    if plain and text == reading.text:
        both = 1 - (1 - _ADDS * sure) * (1 - reading.confidence)
        return Word(text, slot.box, min(_MOST, both), _receipt(slot, text, both, reading))
    if plain and (not reading.text or sure * _ALONE > reading.confidence):
        other = ((reading.text, reading.confidence),) if reading.text else ()
        doubtful = min(_DISPUTED, sure)
        return Word(text, slot.box, doubtful, _receipt(slot, text, doubtful, reading, other))
    if plain:
        doubtful = min(_DISPUTED, reading.confidence)
        if reading.confidence >= _CERTAIN:
            doubtful = _LESS * reading.confidence
        edit = _receipt(slot, reading.text, doubtful, reading, ((text, 1 - doubtful),))
        return Word(reading.text, slot.box, doubtful, edit)
    score = _ALONE * reading.confidence
    return Word(reading.text, slot.box, score, _receipt(slot, reading.text, score, reading))


def _receipt(
    slot: Slot,
    text: str,
    score: float,
    reading: SlotReading,
    others: tuple[tuple[str, float], ...] = (),
) -> Edit | None:
    """Return the receipt where the text is not what the page's reader had."""
    if text == slot.seen:
        return None
    ranked = (*others, *reading.alternatives)
    alternatives = tuple(dict.fromkeys(other for other, _ in ranked if other and other != text))
    return Edit(slot.seen, score, _RULE, alternatives[:3])


def _with_answer(line: Line, slot: Slot, answer: Word) -> Line:
    """Return the line with a slot's word between the printed words beside it."""
    words, one = line.words, slot.first == slot.last
    before, after = words[slot.first], words[slot.last]
    # A word that has swallowed nothing keeps its box; one that stands for both is cut in two.
    if one or before.text != slot.before:
        before = _cut(before, slot.before, right=slot.box.x0)
    if one or after.text != slot.after:
        after = _cut(after, slot.after, left=slot.box.x1)
    return Line((*words[: slot.first], before, answer, after, *words[slot.last + 1 :]))


def _cut(word: Word, text: str, *, left: float | None = None, right: float | None = None) -> Word:
    """Return a printed word without what it had swallowed of the slot."""
    if word.box is None:
        return replace(word, text=text)
    x0 = word.box.x0 if left is None else max(word.box.x0, min(left, word.box.x1))
    x1 = word.box.x1 if right is None else min(word.box.x1, max(right, word.box.x0))
    return replace(word, text=text, box=Box(x0, word.box.y0, x1, word.box.y1))
