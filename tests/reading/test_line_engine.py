# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from functools import cache
from itertools import chain

import numpy as np
import pytest
from PIL import Image, ImageDraw
from typeset import BODY, DIRECTIVE, Text, paint, words

from pipeline.model import Frame, Line
from pipeline.reading.engine import Engine, Look
from pipeline.reading.enhance import ReadingCopy, enhance
from pipeline.reading.line_engine import LineReader
from pipeline.settings import Settings

SETTINGS = Settings(read="both")
DPI = 160.0


def copy_of(picture: Image.Image, dpi: float = DPI) -> ReadingCopy:
    return ReadingCopy(np.asarray(picture.convert("L")), dpi, Frame())


@cache
def page() -> ReadingCopy:
    return copy_of(paint(DIRECTIVE, DPI))


@cache
def reading() -> tuple[Line, ...]:
    return LineReader().read(page(), SETTINGS)


def text(line: Line) -> str:
    return " ".join(word.text for word in line.words)


def right(lines: tuple[Line, ...], texts: list[Text]) -> float:
    """Return the share of printed words that are read."""
    printed = list(chain.from_iterable(text.text.split() for text in texts))
    read = [word.text for line in lines for word in line.words]
    return sum(min(read.count(word), printed.count(word)) for word in set(printed)) / len(printed)


def test_it_is_a_reader_of_pages() -> None:
    reader: Engine = LineReader()
    assert reader.read(page(), SETTINGS, Look.LINE) == reading()


def test_a_page_is_read_line_by_line() -> None:
    assert len(reading()) == len(DIRECTIVE)
    assert right(reading(), DIRECTIVE) > 0.96
    tops = [line.box.y1 for line in reading() if line.box]
    assert tops == sorted(tops)


def test_words_are_where_they_were_printed() -> None:
    near = 0
    for printed in DIRECTIVE:
        for word in words(printed).words:
            assert word.box
            x, y = word.box.centre
            boxes = [w.box for line in reading() for w in line.words if w.box]
            found = [box for box in boxes if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1]
            near += len(found) == 1 and (found[0].x0, found[0].x1) == pytest.approx(
                (word.box.x0, word.box.x1), abs=2.5
            )
    assert near > 0.95 * sum(len(printed.text.split()) for printed in DIRECTIVE)


def test_confidences_and_other_readings_are_probabilities() -> None:
    found = [word for line in reading() for word in line.words]
    for word in found:
        assert word.confidence is not None
        assert 0 <= word.confidence <= 1
        assert all(0 <= chance <= 1 and other != word.text for other, chance in word.others)
    assert float(np.mean([word.confidence or 0.0 for word in found])) > 0.8


def test_boxes_stay_on_the_page() -> None:
    copy = page()
    cut = copy.alone(np.ascontiguousarray(copy.gray[140:520, 200:900]))
    lines = LineReader().read(cut, SETTINGS)
    assert lines
    for word in chain.from_iterable(line.words for line in lines):
        assert word.box
        assert word.box.x0 >= 0
        assert word.box.y0 >= 0
        assert word.box.x1 <= cut.width + 1e-9
        assert word.box.y1 <= cut.height + 1e-9


def test_the_finest_picture_is_read_and_boxes_stay_those_of_the_copy() -> None:
    blank = np.full_like(page().gray, 255)
    fine = ReadingCopy(blank, DPI, Frame(), finest=page().gray)
    assert LineReader().read(fine, SETTINGS) == reading()
    half = ReadingCopy(np.ascontiguousarray(blank[::2, ::2]), DPI / 2, Frame(), finest=page().gray)
    for line, same in zip(LineReader().read(half, SETTINGS), reading(), strict=True):
        assert text(line) == text(same)
        assert line.box
        assert same.box
        assert line.box.centre == pytest.approx(same.box.centre, abs=0.5)


@pytest.mark.parametrize("dpi", [150, 300])
def test_scans_of_any_resolution_are_read(dpi: float) -> None:
    copy = enhance(paint(BODY, dpi), dpi, SETTINGS)
    lines = LineReader().read(copy, SETTINGS)
    assert len(lines) == len(BODY)
    assert right(lines, BODY) > 0.95


def test_scribble_is_not_read() -> None:
    picture = paint(DIRECTIVE, DPI)
    draw = ImageDraw.Draw(picture)
    for number in range(40):
        x, y = 500 + 7 * number, 1300 + (number * 37) % 23
        draw.line((x, y, x + 9, y + 14 - (number * 13) % 29), fill="black", width=3)
    lines = LineReader().read(copy_of(picture), SETTINGS)
    assert right(lines, DIRECTIVE) > 0.96
    assert len(lines) <= len(reading()) + 2


@pytest.mark.parametrize("shade", [0, 255])
def test_on_an_empty_page_nothing_is_read(shade: int) -> None:
    blank = ReadingCopy(np.full((800, 600), shade, np.uint8), DPI, Frame())
    assert LineReader().read(blank, SETTINGS) == ()
    assert LineReader().turn(blank, SETTINGS) == 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_found_out(turn: int) -> None:
    copy = copy_of(paint(BODY, 110).crop((0, 300, 910, 560)), 110)
    gray = np.ascontiguousarray(np.rot90(copy.gray, turn // 90))
    assert LineReader().turn(copy.alone(gray), SETTINGS) == turn


def test_the_record_tells_which_network_read() -> None:
    versions = LineReader().versions()
    assert list(versions) == ["lines"]
    assert len(versions["lines"]) == 12
    assert int(versions["lines"], 16) >= 0
