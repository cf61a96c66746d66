# SPDX-License-Identifier: Apache-2.0
"""Number, day and month of the head read by a second reader, and one answer made of both."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.model import Box, Frame, Line, Word
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.slot_look import decide, look_at_slots
from pipeline.reading.slot_reader import SlotReading
from pipeline.reading.slots import Slot, find_slots

SLOT = Slot("number", 0, 2, "Số:", "/KH-UBND", "194", Box(120, 94, 150, 106), 13.0)


@pytest.mark.parametrize(
    ("seen", "reading", "text", "low", "high"),
    [
        # both alike: as good as sure
        (("194", 0.95), SlotReading("194", 0.97), "194", 0.97, 0.99),
        # the page's reader saw no digits
        (("đ#", 0.9), SlotReading("07", 0.98), "07", 0.9, 0.97),
        # they differ: the reader of digits if it is certain, else the likelier one, to be reviewed
        (("904", 0.5), SlotReading("194", 0.99), "194", 0.9, 0.95),
        (("904", 0.5), SlotReading("194", 0.9), "194", 0.0, 0.6),
        (("194", 0.97), SlotReading("94", 0.4), "194", 0.0, 0.6),
        (("194", 0.97), SlotReading("", 0.9), "194", 0.0, 0.6),
    ],
)
def test_one_answer_of_two_readers(
    seen: tuple[str, float], reading: SlotReading, text: str, low: float, high: float
) -> None:
    answer = decide(SLOT, seen, reading)
    assert answer is not None
    assert answer.text == text
    assert answer.confidence is not None
    assert low <= answer.confidence <= high


def test_an_empty_slot_stays_empty() -> None:
    assert decide(SLOT, ("", 0.0), SlotReading("", 0.95)) is None
    assert decide(SLOT, ("_…", 0.9), SlotReading("", 0.95)) is None


def test_what_is_not_what_was_seen_has_a_receipt() -> None:
    answer = decide(SLOT, ("904", 0.5), SlotReading("494", 0.99, (("194", 0.01),)))
    assert answer is not None
    assert answer.edit is not None
    assert answer.edit.before == "194"
    assert "904" in answer.edit.alternatives
    same = decide(SLOT, ("194", 0.9), SlotReading("194", 0.99))
    assert same is not None
    assert same.edit is None


def page_with(number: str) -> tuple[ReadingCopy, list[Line]]:
    """A page at 150 dpi with a printed number, and what a reader that garbles it saw."""
    image = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(27)
    ImageDraw.Draw(image).text((255, 196), number, font=font, fill=0)
    point = 150 / 72
    words = (
        Word("Số:", Box(210 / point, 200 / point, 245 / point, 222 / point), 0.9),
        Word("đ#", Box(255 / point, 198 / point, 300 / point, 224 / point), 0.5),
        Word("/KH-UBND", Box(305 / point, 200 / point, 450 / point, 222 / point), 0.9),
    )
    return ReadingCopy(np.asarray(image), 150.0, Frame()), [Line(words)]


def test_a_printed_number_is_put_in_its_place() -> None:
    copy, lines = page_with("25")
    (line,) = look_at_slots(copy, lines)
    assert line.text == "Số: 25 /KH-UBND"
    assert line.words[1].edit is not None
    assert line.words[1].edit.before == "đ#"
    assert find_slots(line)


def test_slots_below_the_head_are_left_alone() -> None:
    copy, lines = page_with("25")
    low = [Line(tuple(Word(w.text, Box(w.box.x0, 700, w.box.x1, 711), w.confidence)
                      for w in lines[0].words if w.box))]  # fmt: skip
    assert look_at_slots(copy, low) == tuple(low)


def test_a_word_that_stands_for_two_is_cut_at_the_slot_between_them() -> None:
    image = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(27)
    ImageDraw.Draw(image).text((405, 196), "20", font=font, fill=0)
    point = 150 / 72
    places = [("Hà", 200, 240), ("Nội,", 250, 330), ("ngày4Dtháng", 342, 520),
              ("01", 530, 556), ("năm", 566, 620), ("2025", 630, 690)]  # fmt: skip
    words = [Word(text, Box(x0 / point, 200 / point, x1 / point, 222 / point), 0.9)
             for text, x0, x1 in places]  # fmt: skip
    (line,) = look_at_slots(ReadingCopy(np.asarray(image), 150.0, Frame()), [Line(tuple(words))])
    assert line.text.startswith("Hà Nội, ngày ")
    lefts = [word.box.x0 for word in line.words if word.box]
    assert lefts == sorted(lefts), "words stand in the order of their places"
