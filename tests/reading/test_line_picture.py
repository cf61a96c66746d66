# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.reading.line_picture import (
    ABOVE,
    HEIGHT,
    LETTER,
    MARGIN,
    STRIDE,
    BaseLine,
    cut,
    evened,
)

DARK = 128


def page_with_bar(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    gray = np.full((200, 400), 255, np.uint8)
    gray[y0:y1, x0:x1] = 0
    return gray


def ink(picture: np.ndarray) -> tuple[int, int, int, int]:
    """Edges of the dark part: left, top, right, bottom, the last two outside."""
    rows, columns = np.nonzero(picture < DARK)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


@pytest.mark.parametrize("letter", [7.0, 10.0, 14.0, 21.0, 28.0])
def test_letters_come_out_equally_high_and_on_the_base_line(letter: float) -> None:
    gray = page_with_bar(100, 120 - round(letter), 300, 120)
    picture = cut(gray, BaseLine(100, 300, 120), letter)
    left, top, right, bottom = ink(picture)
    assert (top, bottom) == pytest.approx((ABOVE - LETTER, ABOVE), abs=1)
    assert (left, right) == pytest.approx((MARGIN, MARGIN + 200 * LETTER / letter), abs=1.5)


@pytest.mark.parametrize("width", [0, 1, 37, 200, 283])
def test_the_network_gets_whole_columns(width: int) -> None:
    picture = cut(page_with_bar(50, 80, 300, 94), BaseLine(50, 50 + width, 94), 14.0)
    assert picture.shape[0] == HEIGHT
    assert picture.shape[1] % STRIDE == 0
    assert 0 <= picture.shape[1] - (width + 2 * MARGIN) < STRIDE


@pytest.mark.parametrize("slope", [-0.03, 0.01, 0.03])
def test_a_line_that_sinks_is_made_level(slope: float) -> None:
    gray = np.full((200, 400), 255, np.uint8)
    for x in range(50, 350):
        foot = round(100 + slope * (x - 50))
        gray[foot - 14 : foot, x] = 0
    picture = cut(gray, BaseLine(50, 350, 100, slope), 14.0)
    feet = [ink(picture[:, x : x + 4])[3] for x in range(20, picture.shape[1] - 20, 40)]
    assert feet == pytest.approx([ABOVE] * len(feet), abs=1)


def test_beyond_the_page_its_edge_goes_on() -> None:
    gray = np.full((30, 60), 200, np.uint8)
    gray[10:24, 5:55] = 40
    picture = cut(gray, BaseLine(0, 60, 24), 14.0)
    assert picture.shape == (HEIGHT, 76)
    assert picture[0].min() == 255


@pytest.mark.parametrize(
    ("paper", "dark"), [(255, 0), (230, 150), (180, 100), (255, 200), (120, 10)]
)
def test_faint_ink_becomes_black_on_white_paper(paper: int, dark: int) -> None:
    picture = np.full((HEIGHT, 100), paper, np.uint8)
    picture[18:30, 20:60] = dark
    found = evened(picture)
    assert (found[18:30, 20:60] == 0).all()
    assert found[5, 5] == 255


@pytest.mark.parametrize("shade", [0, 90, 255])
def test_paper_alone_stays_paper(shade: int) -> None:
    noise = np.random.default_rng(5).integers(-3, 4, (HEIGHT, 100))
    picture = np.clip(shade + noise, 0, 255).astype(np.uint8)
    assert evened(picture).min() > 200


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, HEIGHT), st.integers(1, 60))))
@settings(max_examples=50, deadline=None)
def test_what_was_darker_stays_darker(picture: np.ndarray) -> None:
    found = evened(picture)
    assert found.shape == picture.shape
    order = np.argsort(picture, axis=None)
    assert (np.diff(found.ravel()[order].astype(int)) >= 0).all()


@given(
    arrays.arrays(np.uint8, st.tuples(st.integers(1, 50), st.integers(1, 80))),
    st.tuples(st.floats(0, 80), st.floats(0, 80)).map(sorted),
    st.floats(0, 50),
    st.floats(-0.03, 0.03),
    st.floats(3, 60),
)
@settings(max_examples=50, deadline=None)
def test_any_line_of_any_page_can_be_cut(
    gray: np.ndarray, edges: list[float], y: float, slope: float, letter: float
) -> None:
    picture = cut(gray, BaseLine(edges[0], edges[1], y, slope), letter)
    assert picture.dtype == np.uint8
    assert picture.shape[0] == HEIGHT
    assert picture.shape[1] % STRIDE == 0
