# SPDX-License-Identifier: Apache-2.0
"""Dates by hand: cut at their strokes and read."""

from __future__ import annotations

import datetime as dt

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dictionaries.build import digit_strokes
from dictionaries.build.digit_strokes import Hand
from pipeline.reading.arrival_date import day_of, find_strokes, read_date, slot_of

TALL = 32.0
SIZE, BASE = TALL / 0.86, 52.0
NAMES = {"1": "hooked", "2": "plain", "7": "barred", "4": "open"}


def pen(text: str, *, lean: float = 0.0, gap: float = 0.22) -> np.ndarray:
    """A line of digits of our own strokes, "/" a stroke that leans; paper 255, ink 30."""
    rng = np.random.default_rng(4)
    hand = Hand(TALL, 2.6, 0.08, 0.01, 0.1)
    page = np.zeros((80, 600), np.float32)
    x = 25.0
    for mark in text:
        if mark == "/":
            foot = (round(x + 3), round(BASE + 2))
            head = (round(foot[0] + lean * TALL), round(BASE - TALL))
            cv2.line(page, foot, head, 1.0, 3, cv2.LINE_AA)
            x += (0.25 + lean + gap) * TALL
            continue
        ways = digit_strokes.shapes()[mark]
        way = next((way for way in ways if way.name == NAMES.get(mark)), ways[0])
        ink, left, top = digit_strokes.write(way, hand, rng)
        corner = round(x + left + way.width * TALL / 2), round(BASE - TALL + top)
        part = page[corner[1] : corner[1] + ink.shape[0], corner[0] : corner[0] + ink.shape[1]]
        np.maximum(part, ink, out=part)
        x += (way.width + gap) * TALL
    return np.asarray(255 - 225 * page, np.uint8)


@pytest.mark.parametrize("lean", [0.0, 0.35])
@pytest.mark.parametrize("text", ["29/3/21", "05/3/2024", "16/11/2025", "30/6/2026", "23/10/22"])
def test_a_date_is_cut_at_its_strokes(text: str, lean: float) -> None:
    found = read_date(pen(text, lean=lean), BASE, SIZE)
    assert found.text == text
    assert found.confidence > 0.4


@pytest.mark.parametrize("text", ["", "293", "29/3", "45/3/2024", "30/02/2024"])
def test_what_is_no_date_is_not_read_as_one_for_sure(text: str) -> None:
    found = read_date(pen(text), BASE, SIZE)
    assert found.text != text or not text
    assert found.confidence < 0.8


def test_a_stroke_that_hangs_on_a_digit_parts_less_likely() -> None:
    alone = find_strokes(pen("3/5", gap=0.4), SIZE)
    assert [stroke.weight for stroke in alone if stroke.weight == 1.0]
    seven = find_strokes(pen("7"), SIZE)
    assert all(stroke.weight < 1.0 for stroke in seven)


def test_strokes_come_from_left_to_right() -> None:
    strokes = find_strokes(pen("29/3/2021", lean=0.3), SIZE)
    middles = [stroke.middle for stroke in strokes]
    assert middles == sorted(middles)
    assert len(strokes) >= 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29/3/21", dt.date(2021, 3, 29)),
        ("05/3/2024", dt.date(2024, 3, 5)),
        ("29/02/2024", dt.date(2024, 2, 29)),
        ("29/02/2023", None),
        ("32/1/2024", None),
        ("5/13/2024", None),
        ("5/3", None),
        ("5/3/1821", None),
        ("a/3/2024", None),
        ("²/3/2024", None),
        ("", None),
    ],
)
def test_the_day_a_date_names(text: str, day: dt.date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize("edges", [(0.0, 4.0), (20.0, 60.0), (590.0, 600.0)])
def test_a_crop_is_as_high_as_the_reader_wants_it(edges: tuple[float, float]) -> None:
    crop = slot_of(pen("29/3/21"), edges, BASE, SIZE)
    assert crop.shape[0] == round(1.7 * SIZE)
    assert crop.shape[1] == pytest.approx(edges[1] - edges[0] + 0.6 * SIZE, abs=2)


@settings(max_examples=25, deadline=None)
@given(
    arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 60))),
    st.floats(-20, 60), st.floats(5, 40),
)  # fmt: skip
def test_no_picture_breaks_it(gray: np.ndarray, base: float, size: float) -> None:
    found = read_date(gray, base, size)
    assert 0 <= found.confidence <= 1
    assert not found.text or day_of(found.text)
