# SPDX-License-Identifier: Apache-2.0
"""Watermarks on painted pages: found, listed and taken out; and what is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter
from typeset import BODY, DIRECTIVE, HEIGHT, WIDTH, Text, font, paint

from pipeline.model import Page, TextLayer, Verdict
from pipeline.reading.enhance import enhance
from pipeline.reading.ink import black_ink
from pipeline.reading.ocr import Tesseract
from pipeline.reading.regions import look_at_regions
from pipeline.reading.watermarks import without_watermarks
from pipeline.settings import Settings
from samples.stamps import draw_seal, draw_watermark

DPI = 150.0
SCALE = DPI / 72
FULL = [replace(BODY[row % 7], y=120 + 18 * row) for row in range(36)]
COPY, FETCHED = "BẢN SAO ĐIỆN TỬ", "vanthu-19/10/2023 14:41:22-vanthu"


def scanned(page: Image.Image, noise: float = 4.0) -> np.ndarray:
    """The page in gray as a scanner gives it: blurred, with noise."""
    gray = np.asarray(page.convert("L").filter(ImageFilter.GaussianBlur(0.7))).astype(np.float32)
    dust = np.random.default_rng(1).normal(0, noise, gray.shape)
    return (gray + dust).clip(0, 255).astype(np.uint8)


def marked(text: str, gray: int, degrees: float, size: float = 40.0) -> Image.Image:
    page = paint(FULL, DPI)
    draw_watermark(page, text, SCALE, gray, degrees, size=size)
    return page


@pytest.mark.parametrize("degrees", [45, 30, 55, -45])
@pytest.mark.parametrize("gray", [238, 225, 190, 160])
@pytest.mark.parametrize(("text", "size"), [(COPY, 44), (FETCHED, 26)])
def test_a_slanted_line_of_pale_letters_is_found(
    text: str, size: float, gray: int, degrees: float
) -> None:
    clean, boxes = without_watermarks(scanned(marked(text, gray, degrees, size)), DPI)
    (box,) = boxes
    x, y = box.centre
    assert x == pytest.approx(WIDTH / 2, abs=25)
    assert y == pytest.approx(HEIGHT / 2, abs=25)
    assert box.width > 200
    assert clean.shape == (round(HEIGHT * SCALE), round(WIDTH * SCALE))


def test_large_level_letters_are_found_and_small_ones_are_not() -> None:
    assert without_watermarks(scanned(marked(COPY, 200, 0, 46)), DPI)[1]
    assert not without_watermarks(scanned(marked(FETCHED, 200, 0, 26)), DPI)[1]


@pytest.mark.parametrize("gray", [205, 190, 170])
def test_paper_comes_out_white_and_print_stays(gray: int) -> None:
    page, marked_page = scanned(paint(FULL, DPI), 0), scanned(marked(COPY, gray, 45), 0)
    clean, _ = without_watermarks(marked_page, DPI)
    assert np.mean(np.abs(clean.astype(int) - page)) < 0.5 * np.mean(
        np.abs(marked_page.astype(int) - page)
    )
    assert np.mean(clean[page < 60] < 120) > 0.97


def test_the_palest_are_listed_and_left() -> None:
    gray = scanned(marked(COPY, 238, 45))
    clean, boxes = without_watermarks(gray, DPI)
    assert boxes
    assert np.array_equal(clean, gray)


def shaded(page: Image.Image) -> None:
    pen = ImageDraw.Draw(page)
    pen.rectangle((100, 1300, 1100, 1360), fill=(215, 215, 215))


def creased(page: Image.Image) -> None:
    ImageDraw.Draw(page).line((0, 0, page.width, page.height), fill=(210, 210, 210), width=5)


def sealed(page: Image.Image) -> None:
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    draw_seal(layer, (370 * SCALE, 450 * SCALE), SCALE, np.random.default_rng(3))
    page.paste(Image.alpha_composite(page.convert("RGBA"), layer).convert("RGB"))


def shining_through(page: Image.Image) -> None:
    pen = ImageDraw.Draw(page)
    for row in range(30):
        spot = (80 * SCALE, (110 + 22 * row) * SCALE)
        pen.text(spot, BODY[row % 7].text, (222, 222, 222), font(13.5 * SCALE), anchor="ls")


def signed(page: Image.Image) -> None:
    pen = ImageDraw.Draw(page)
    pen.line([(700, 1100), (800, 1000), (820, 1120), (1200, 1010)], fill=(60, 60, 60), width=4)


@pytest.mark.parametrize("draw", [shaded, creased, sealed, shining_through, signed])
@pytest.mark.parametrize("mode", ["L", "1"])
def test_what_is_no_watermark(draw, mode: str) -> None:
    page = paint(DIRECTIVE, DPI)
    draw(page)
    gray = scanned(page) if mode == "L" else np.asarray(page.convert("1").convert("L"))
    assert without_watermarks(gray, DPI)[1] == ()


def test_pages_of_print_come_back_as_they_are() -> None:
    for page in (paint(FULL, DPI), paint(DIRECTIVE, DPI), paint([], DPI)):
        gray = black_ink(page)
        clean, boxes = without_watermarks(gray, DPI)
        assert boxes == ()
        assert clean is gray


def test_it_is_listed_among_the_regions_in_points_of_the_page() -> None:
    image = Image.fromarray(scanned(marked(COPY, 200, 45)))
    copy = enhance(image, DPI, Settings())
    page = Page(2, WIDTH, HEIGHT, TextLayer(Verdict.NONE, "a test"), ())
    (region,) = look_at_regions(page, copy, image, DPI, Tesseract(), Settings()).regions
    assert region.kind == "watermark"
    assert region.box.centre == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=25)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from([40.0, 75.0, 300.0]),
       st.integers(0, 2**32 - 1))  # fmt: skip
def test_no_picture_breaks_it(width: int, height: int, dpi: float, seed: int) -> None:
    dice = np.random.default_rng(seed)
    gray = np.full((height, width), 250, np.uint8)
    gray[dice.random((height, width)) < dice.random() * 0.3] = dice.integers(0, 256)
    assert without_watermarks(gray, dpi)[0].shape == gray.shape


def errors(gray: np.ndarray, texts: list[Text]) -> int:
    copy = enhance(Image.fromarray(gray), DPI, Settings())
    lines = Tesseract().read(copy, Settings())
    read = [word.text for line in lines for word in line.words]
    right = [word for text in texts for word in text.text.split()]
    return sum(max(0, right.count(word) - read.count(word)) for word in set(right))


@pytest.mark.slow
@pytest.mark.parametrize(("gray", "most"), [(210, 2), (190, 5), (170, 14)])
def test_print_over_it_reads(gray: int, most: int) -> None:
    assert errors(scanned(marked(COPY, gray, -45, 46)), FULL) <= most
