# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv

import numpy as np
import pytest

from dictionaries.build import digit_strokes as strokes
from dictionaries.build.digit_strokes import Hand
from pipeline.reading.slot_scores import ALPHABET

HAND = Hand(height=32.0, pen=3.0, unrest=0.0, pressure=0.0)


def test_every_character_has_shapes() -> None:
    assert set(strokes.shapes()) == set(ALPHABET)
    assert all(len(ways) > 1 for mark, ways in strokes.shapes().items() if mark.isdigit())


def test_the_table_is_sound() -> None:
    with strokes.TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    names = [(row["character"], row["shape"]) for row in rows]
    assert len(set(names)) == len(names)
    assert all(row["source"] for row in rows)
    assert all(float(row["weight"]) > 0 and 0 < float(row["width"]) < 1.2 for row in rows)


def test_a_lesson_has_its_own_shapes_and_those_before() -> None:
    rng = np.random.default_rng(2)
    for mark, ways in strokes.shapes().items():
        first = {way.name for way in ways if way.lesson == 1}
        assert first
        assert {strokes.choose(mark, rng, 1).name for _ in range(60)} <= first
    assert {strokes.choose("2", rng, 2).lesson for _ in range(60)} == {1, 2}


@pytest.mark.parametrize("mark", sorted(ALPHABET))
def test_a_character_is_as_tall_as_the_hand_wants(mark: str) -> None:
    for shape in strokes.shapes()[mark]:
        ink, _, top = strokes.write(shape, HAND, np.random.default_rng(1))
        rows = np.flatnonzero(ink.max(axis=1) > 0.5)
        tall = rows[-1] - rows[0]
        assert 0.5 * HAND.height < tall < 1.35 * HAND.height
        # The baseline is one height below the top of the box.
        assert abs(top + rows[-1] - HAND.height) < 0.25 * HAND.height
        assert ink.max() == 1.0


def test_a_wider_pen_leaves_more_ink() -> None:
    shape = strokes.shapes()["8"][0]
    amounts = [
        strokes.write(shape, Hand(32.0, pen, unrest=0.0), np.random.default_rng(1))[0].sum()
        for pen in (1.5, 3.0, 6.0)
    ]
    assert amounts == sorted(amounts)


def test_a_slant_moves_the_top_to_the_right() -> None:
    shape = next(way for way in strokes.shapes()["1"] if way.name == "stick")
    places = []
    for slant in (0.0, 0.5):
        hand = Hand(40.0, 3.0, slant, unrest=0.0)
        ink, _, _ = strokes.write(shape, hand, np.random.default_rng(1))
        top, foot = ink[4:8].sum(axis=0).argmax(), ink[-8:-4].sum(axis=0).argmax()
        places.append(int(top) - int(foot))
    assert places[1] > places[0] + 10


def test_a_curve_goes_through_its_points_and_keeps_corners() -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    curve = strokes.smooth(points)
    for point in points:
        assert np.abs(curve - point).sum(axis=1).min() < 1e-9
    assert curve[:, 0].max() < 1.1
