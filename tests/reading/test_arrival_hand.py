# SPDX-License-Identifier: Apache-2.0
"""Lines of arrival stamps: found by their dots, named by their labels, read where pens wrote."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from typeset import Text, font, words

from dictionaries.build import digit_strokes
from dictionaries.build.digit_strokes import Hand
from pipeline.model import Box, Frame, Line
from pipeline.reading.arrival_hand import fill_in, label_in
from pipeline.reading.arrival_picture import MARGIN, Stamp, stamp_of
from pipeline.reading.arrival_rows import levelled, written
from pipeline.reading.engine import Look
from pipeline.reading.enhance import ReadingCopy
from pipeline.settings import Settings

DPI = 160.0
POINT = DPI / 72
BLACK, RED, BLUE = (20, 20, 20), (205, 32, 44), (28, 52, 150)
WIDE, HIGH = 150.0, 70.0


def stamp(
    values: dict[str, str], *, dots: bool = True, colour: tuple[int, int, int] = BLACK,
    turn: float = 0.0, x: float = 30.0,
) -> Stamp:  # fmt: skip
    """A stamp of two lines, "Số" and "Ngày", in which a pen wrote; no frame."""
    page = Image.new("RGB", (round(WIDE * POINT), round(HIGH * POINT)), "white")
    draw = ImageDraw.Draw(page)
    for label, base in (("Số:", 28), ("Ngày:", 50)):
        draw.text((8 * POINT, base * POINT), label, colour, font(10 * POINT), anchor="ls")
        for dot in np.arange(34.0 if label == "Ngày:" else 26.0, 140, 2.6) if dots else ():
            spot = (dot * POINT, base * POINT)
            draw.ellipse((spot[0] - 1, spot[1] - 1, spot[0] + 1, spot[1] + 1), fill=colour)
        write(page, values.get(label, ""), (x + 8) * POINT, base * POINT)
    image = page.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor="white")
    copy = ReadingCopy(np.asarray(image.convert("L")), DPI, Frame())
    return stamp_of(image, DPI, copy, Box(0, 0, WIDE, HIGH))


def write(page: Image.Image, text: str, x: float, base: float) -> None:
    """Write digits of our own strokes by a blue pen, strokes between them for "/"."""
    rng, tall = np.random.default_rng(4), 10.5 * POINT
    pen = ImageDraw.Draw(page)
    for mark in text:
        if mark == "/":
            pen.line((x + 2, base, x + 2, base - tall), fill=BLUE, width=2)
            x += 0.5 * tall
            continue
        shape = digit_strokes.shapes()[mark][0]
        ink, left, top = digit_strokes.write(shape, Hand(tall, 1.8, 0.08, 0.01), rng)
        spot = (round(x + left + shape.width * tall / 2), round(base - tall + top))
        page.paste(BLUE, spot, Image.fromarray((ink * 255).astype(np.uint8)))
        x += (shape.width + 0.25) * tall


class Labels:
    """A reader that gives one line after the other, look by look."""

    def __init__(self, *looks: tuple[Line, ...]) -> None:
        self.looks = list(looks)

    def read(self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE):
        return self.looks.pop(0) if self.looks else ()

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        return 0

    def versions(self) -> dict[str, str]:
        return {}


# As tall as lines are apart: of the two labels that are shown in one picture, the first and second.
FIRST, SECOND = Text(7, 20, "Số:", 10), Text(7, 62, "Ngày:", 10)
BOTH = {"Số:": "2352", "Ngày:": "29/3/21"}


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_dots_show_where_lines_are_and_how_they_slope() -> None:
    for turn in (0.0, 2.0, -2.0):
        made = stamp({}, turn=turn)
        level, rows = levelled(made.print, made.pen)
        assert level.slope == pytest.approx(-np.tan(np.radians(turn)), abs=0.012)
        assert [round(row.base / level.point - MARGIN) for row in rows] == pytest.approx(
            [28, 50], abs=3
        )
        assert rows[1].room == pytest.approx(17 * level.point, rel=0.1)


def test_a_stamp_without_dots_has_no_dotted_lines() -> None:
    made = stamp(BOTH, dots=False)
    assert levelled(made.print, made.pen)[1] == ()


@pytest.mark.parametrize("turn", [0.0, 1.5])
def test_number_and_date_are_read_though_the_page_reader_has_neither(turn: float) -> None:
    made = stamp(BOTH, turn=turn)
    garbage = (words(Text(16, 36, "s0..4Z..", 10)), words(Text(16, 58, "vu, L4J1À", 10)))
    engine = Labels((words(FIRST), words(SECOND)))
    found = fill_in(made, garbage, engine, Settings())
    assert texts(found) == ["Số: 2352", "Ngày: 29/3/21"]
    for line in found:
        edit = line.words[1].edit
        assert edit is not None
        assert edit.rule == "slot"
        assert 0.3 < (line.words[1].confidence or 0) <= 0.99
    box = found[1].words[1].box
    assert box is not None
    assert box.centre[1] == pytest.approx(MARGIN + 45, abs=5)


def test_what_the_page_reader_is_sure_of_stays() -> None:
    lines = (words(Text(16, 36, "Số: 2352", 10)), words(Text(16, 58, "Ngày: 29/3/21", 10)))
    engine = Labels()
    assert fill_in(stamp(BOTH), lines, engine, Settings()) == list(lines)


def test_nothing_is_read_where_nothing_is_written() -> None:
    engine = Labels((words(FIRST), words(SECOND)))
    assert fill_in(stamp({}), (), engine, Settings()) == []


def test_a_date_whose_label_nobody_reads_is_given_for_review() -> None:
    engine = Labels(())
    found = fill_in(stamp(BOTH), (), engine, Settings())
    assert texts(found) == ["Ngày: 29/3/21"]
    assert (found[0].words[1].confidence or 0) <= 0.6


def test_what_may_have_run_into_the_label_is_for_review() -> None:
    engine = Labels((words(Text(7, 20, "Số:2", 10)),))
    found = fill_in(stamp({"Số:": "2352"}), (), engine, Settings())
    assert found
    assert all((line.words[1].confidence or 0) <= 0.6 for line in found)


def test_red_print_and_a_blue_pen_are_told_apart() -> None:
    made = stamp(BOTH, colour=RED, x=14.0)
    assert made.is_red
    level, rows = levelled(made.print, made.pen)
    number = written(level, replace(rows[0], left=rows[0].start))
    assert number is not None
    # The digits run over the dots: without the red there are four signs and no dot.
    signs = cv2.connectedComponents(np.asarray(number.gray < 150, np.uint8))[0] - 1
    assert signs == 4
    assert not stamp(BOTH, colour=BLACK).is_red


@pytest.mark.parametrize(
    ("kind", "text", "seen"),
    [
        ("number", "Số: 1234", "1234"),
        ("number", "Số:1234", "1234"),
        ("number", "Số: 1234 Ngày: 05/3/2024", "1234"),
        ("number", "SỞ Y TẾ", None),
        ("number", "sở: 12", None),
        ("number", "Số đến: 12", "đến:12"),
        ("date", "Ngày: 05/3/2024", "05/3/2024"),
        ("date", "Ngân sách", None),
        ("date", "ĐẾN Ngày 5/3", "5/3"),
    ],
)
def test_labels_and_what_stands_behind_them(kind: str, text: str, seen: str | None) -> None:
    label = label_in(kind, [words(Text(10, 20, text))])  # type: ignore[arg-type]
    assert (label.seen if label else None) == seen


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 0.6))
def test_no_stamp_breaks_it(seed: int, ink: float) -> None:
    rng = np.random.default_rng(seed)
    noise = np.where(rng.random((40, 80, 3)) < ink, rng.integers(0, 256, (40, 80, 3)), 255)
    image = Image.fromarray(noise.astype(np.uint8)).resize((240, 120), Image.Resampling.NEAREST)
    copy = ReadingCopy(np.asarray(image.convert("L")), DPI, Frame())
    made = stamp_of(image, DPI, copy, Box(0, 0, 105, 52))
    label = words(Text(10, 30, "Ngày: 3", 10))
    for line in fill_in(made, (label,), Labels((words(FIRST),)), Settings()):
        assert all(0 <= (word.confidence or 0) <= 1 for word in line.words)
