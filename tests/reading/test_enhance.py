# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from typeset import DIRECTIVE, HEIGHT, WIDTH, Text, paint

from pipeline.model import Box, Frame
from pipeline.reading.enhance import (
    FINER,
    READING_HEIGHT,
    USUAL_LETTER_POINTS,
    ReadingCopy,
    enhance,
    joined,
    levelling,
    upright,
)
from pipeline.reading.ink import black_ink
from pipeline.reading.lettering import letter_height, overview, skew
from pipeline.settings import Settings

SETTINGS = Settings(read="tesseract")
BOTH = Settings(read="both")
COORDINATES = st.floats(0, 800)


def point(frame: Frame, x: float, y: float) -> tuple[float, float]:
    box = frame.apply(Box(x, y, x, y))
    return box.x0, box.y0


@given(COORDINATES, COORDINATES, st.floats(-5, 5), st.sampled_from([0, 90, 180, 270]))
def test_joined_frames_do_one_after_the_other(x: float, y: float, slant: float, turn: int) -> None:
    first, then = levelling(slant, WIDTH, HEIGHT), upright(turn, WIDTH, HEIGHT)
    assert point(joined(first, then), x, y) == pytest.approx(point(then, *point(first, x, y)))


@given(COORDINATES, COORDINATES, st.floats(-5, 5))
def test_levelling_back_and_forth_changes_nothing(x: float, y: float, slant: float) -> None:
    there, back = levelling(slant, WIDTH, HEIGHT), levelling(-slant, WIDTH, HEIGHT)
    assert point(back, *point(there, x, y)) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_frame_leads_from_the_upright_page_to_the_scan(turn: int) -> None:
    scan = Image.new("L", (300, 400), 255)
    ImageDraw.Draw(scan).rectangle((40, 60, 79, 89), fill=0)
    copy = enhance(scan, 72, SETTINGS, turn)
    rows, columns = np.nonzero(copy.gray < 128)
    scale = 72 / copy.dpi
    found = Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    back = copy.frame.apply(
        Box(found.x0 * scale, found.y0 * scale, found.x1 * scale, found.y1 * scale)
    )
    assert (back.x0, back.y0, back.x1, back.y1) == pytest.approx((40, 60, 80, 90), abs=1.5)


@pytest.mark.parametrize("slant", [-4.0, -1.3, 0.0, 0.7, 2.5])
def test_lines_are_made_level(slant: float) -> None:
    page = paint(DIRECTIVE, 150).rotate(slant, fillcolor="white", resample=Image.Resampling.BICUBIC)
    assert skew(overview(black_ink(page), 150)) == pytest.approx(-slant, abs=0.15)
    level = enhance(page, 150, SETTINGS)
    assert level.slant == pytest.approx(-slant, abs=0.15)
    assert abs(skew(overview(level.gray, level.dpi))) <= 0.15


def test_the_frame_of_a_slanted_page_leads_back_to_it() -> None:
    page = Image.new("L", (600, 800), 255)
    draw = ImageDraw.Draw(page)
    for y in range(100, 700, 24):
        draw.rectangle((60, y, 540, y + 8), fill=0)
    draw.rectangle((20, 740, 59, 779), fill=0)
    scan = page.rotate(2, fillcolor=255, resample=Image.Resampling.BICUBIC)
    copy = enhance(scan, 72, SETTINGS)
    assert copy.slant == pytest.approx(-2, abs=0.1)
    there = middle_of_square(copy.gray)
    scale = 72 / copy.dpi
    back = point(copy.frame, there[0] * scale, there[1] * scale)
    assert back == pytest.approx(middle_of_square(np.asarray(scan)), abs=1.5)


def middle_of_square(gray: np.ndarray) -> tuple[float, float]:
    """Return the middle of the square at the lower left in pixels."""
    dark = gray < 128
    dark[: int(gray.shape[0] * 0.9)] = False
    rows, columns = np.nonzero(dark)
    return float(columns.mean()), float(rows.mean())


@pytest.mark.parametrize("dpi", [75, 150, 300, 400])
def test_letters_come_to_the_height_that_reads_best(dpi: float) -> None:
    copy = enhance(paint(DIRECTIVE, dpi), dpi, SETTINGS)
    height = letter_height(copy.gray, copy.dpi)
    assert height is not None
    assert height == pytest.approx(READING_HEIGHT, rel=0.2)
    assert copy.width == pytest.approx(WIDTH, abs=2)
    assert copy.height == pytest.approx(HEIGHT, abs=2)


def test_a_blank_page_has_no_letters() -> None:
    page = Image.new("RGB", (1240, 1754), "white")
    copy = enhance(page, 150, SETTINGS)
    assert letter_height(copy.gray, copy.dpi) is None
    assert copy.slant == 0


def test_red_and_blue_ink_go_and_black_print_stays() -> None:
    page = Image.new("RGB", (400, 400), "white")
    draw = ImageDraw.Draw(page)
    draw.ellipse((20, 20, 380, 380), outline=(214, 40, 60), width=30)
    draw.line((0, 200, 400, 210), fill=(40, 60, 190), width=8)
    draw.rectangle((10, 100, 200, 120), fill=(20, 20, 20))
    ink = black_ink(page) < 128
    assert ink[101:119, 12:199].all()
    ink[99:122, 9:202] = False
    assert not ink.any()


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "CMYK"])
def test_every_mode_becomes_gray(mode: str) -> None:
    page = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(page).rectangle((10, 10, 30, 30), fill="black")
    gray = black_ink(page.convert(mode))
    assert gray.dtype == np.uint8
    assert gray.shape == (40, 60)
    assert gray[20, 20] < 40
    assert gray[5, 5] > 215


def test_a_page_of_one_bit_becomes_true_gray() -> None:
    page = paint(DIRECTIVE, 300).convert("1")
    assert len(np.unique(enhance(page, 300, SETTINGS).gray)) > 50


class TestCopy:
    """A page of 100 by 50 points with a black square at (20, 10), finer for the line reader."""

    @staticmethod
    def copy(*, finest: bool = True) -> ReadingCopy:
        grays = []
        for scale in (2, 3):
            gray = np.full((50 * scale, 100 * scale), 255, np.uint8)
            gray[10 * scale : 20 * scale, 20 * scale : 30 * scale] = 0
            grays.append(gray)
        frame = Frame(1, 0, 7, 0, 1, 9)
        fine = grays[1] if finest else None
        return ReadingCopy(grays[0], 144, frame, 0.5, (Box(0, 0, 9, 9),), fine, letter=5.0)

    def test_the_finest_is_the_same_page_with_more_pixels(self) -> None:
        copy, fine = self.copy(), self.copy().fine
        assert fine.gray is not copy.gray
        assert (fine.dpi, fine.width, fine.height) == (216, copy.width, copy.height)
        assert (fine.frame, fine.slant, fine.letter) == (copy.frame, copy.slant, copy.letter)
        assert fine.fine is fine

    def test_without_more_pixels_the_copy_is_the_finest(self) -> None:
        copy = self.copy(finest=False)
        assert copy.fine is copy

    def test_alone_another_picture_is_a_page_of_its_own(self) -> None:
        copy = self.copy()
        other = np.zeros((30, 40), np.uint8)
        for page, dpi in ((copy.alone(other), 144), (copy.alone(other, 300), 300)):
            assert page.gray is other
            assert (page.dpi, page.letter, page.frame) == (dpi, 5.0, Frame())
            assert (page.slant, page.watermarks, page.finest) == (0, (), None)

    @pytest.mark.parametrize("margin", [0, 6])
    def test_a_part_is_framed_in_all_its_resolutions(self, margin: int) -> None:
        part = self.copy().framed(Box(15, 5, 40, 30), margin)
        for page in (part, part.fine):
            point = page.dpi / 72
            assert (page.width, page.height) == (25 + 2 * margin, 25 + 2 * margin)
            rows, columns = np.nonzero(page.gray < 128)
            assert columns.min() / point == 5 + margin
            assert (rows.max() + 1) / point == 15 + margin
        assert part.fine.dpi == 216
        assert part.letter == 5.0

    def test_a_part_of_a_page_without_more_pixels_has_none_either(self) -> None:
        assert self.copy(finest=False).framed(Box(15, 5, 40, 30), 2).finest is None

    def test_a_part_ends_where_the_page_does(self) -> None:
        part = self.copy().framed(Box(-10, -20, 30, 500), 1)
        assert (part.width, part.height) == (32, 52)
        assert part.fine.width == pytest.approx(32)


def test_the_copy_tells_how_high_small_letters_are() -> None:
    found = {}
    for size in (10.0, 16.0):
        lines = [
            Text(60, 100 + 24 * n, "thực hiện tốt các nhiệm vụ sau đây", size) for n in range(9)
        ]
        found[size] = enhance(paint(lines, 200), 200, SETTINGS).letter
        assert found[size] == pytest.approx(0.459 * size, rel=0.3)
    assert found[16.0] / found[10.0] == pytest.approx(1.6, rel=0.05)


def test_without_letters_they_are_taken_to_be_as_usual() -> None:
    assert enhance(Image.new("L", (800, 900), 255), 150, SETTINGS).letter == USUAL_LETTER_POINTS


def test_a_fine_scan_is_kept_finer_for_the_line_reader() -> None:
    page = paint(DIRECTIVE, 400)
    copy = enhance(page, 400, BOTH)
    assert copy.finest is not None
    assert copy.fine.dpi == pytest.approx(FINER * copy.dpi, rel=0.02)
    assert copy.fine.width == pytest.approx(copy.width, abs=0.5)
    assert enhance(page, 400, SETTINGS).finest is None


def test_where_watermarks_were_taken_out_there_is_no_finer_picture_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    marks = (Box(0, 0, 9, 9),)
    monkeypatch.setattr(
        "pipeline.reading.enhance.without_watermarks", lambda gray, _: (gray, marks)
    )
    copy = enhance(paint(DIRECTIVE, 300), 300, BOTH)
    assert (copy.watermarks, copy.finest) == (marks, None)


@pytest.mark.parametrize("dpi", [100, 300])
def test_the_finest_has_no_pixels_that_the_scan_has_not(dpi: float) -> None:
    copy = enhance(paint(DIRECTIVE, dpi), dpi, BOTH)
    assert copy.fine.dpi <= max(dpi, copy.dpi) * 1.001
    assert (copy.finest is None) == (copy.dpi >= dpi)


def test_the_finest_is_made_level_too() -> None:
    page = paint(DIRECTIVE, 400).rotate(1.5, fillcolor="white")
    fine = enhance(page, 400, BOTH).fine
    assert abs(skew(overview(fine.gray, fine.dpi))) <= 0.15
