# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from typeset import DIRECTIVE, HEIGHT, WIDTH, paint

from pipeline.model import Box, Frame
from pipeline.reading.enhance import READING_HEIGHT, enhance, joined, levelling, upright
from pipeline.reading.ink import black_ink
from pipeline.reading.lettering import letter_height, overview, skew
from pipeline.settings import Settings

SETTINGS = Settings()
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
