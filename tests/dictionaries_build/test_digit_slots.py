# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dictionaries.build import digit_glyphs as glyphs
from dictionaries.build import digit_strokes as strokes
from dictionaries.build.digit_glyphs import Digits
from dictionaries.build.digit_samples import make
from dictionaries.build.digit_slots import EM, MANNERS, TALL, Slot, compose
from dictionaries.build.digit_strokes import Hand
from dictionaries.build.digit_wear import scan
from dictionaries.build.typefaces import TYPEFACES, lacks
from pipeline.reading.slot_picture import HEIGHT, WIDTH

pytestmark = pytest.mark.skipif(bool(lacks(TYPEFACES[0])), reason=lacks(TYPEFACES[0]))
KINDS = ("number", "day", "month", "year")


@pytest.fixture(scope="module")
def digits() -> Digits:
    """Discs with a hole as wide as the digit: they stand for MNIST, of which tests have none."""
    pictures = []
    for digit in range(10):
        y, x = np.mgrid[:28, :28] - 13.5
        far = np.hypot(y, x * (1 + digit / 10))
        pictures.append(np.where((far < 10) & (far > 5), 255, 0).astype(np.uint8)[None])
    return Digits(tuple(pictures))


@pytest.mark.parametrize("kind", KINDS)
def test_a_slot_is_as_high_as_the_program_cuts_it(kind: str, digits: Digits) -> None:
    rng = np.random.default_rng(2)
    for _ in range(20):
        slot = compose(kind, "12", digits, rng)  # type: ignore[arg-type]
        assert 0.8 * TALL * EM < slot.ink.shape[0] < 1.2 * TALL * EM
        assert slot.ink.shape == slot.print.shape == slot.seal.shape
        assert slot.manner in MANNERS
        assert slot.marks < slot.ink.shape[1]


def test_the_text_is_in_the_slot_and_an_empty_one_has_no_ink(digits: Digits) -> None:
    rng = np.random.default_rng(3)
    for _ in range(40):
        assert compose("number", "385", digits, rng).ink.sum() > 40
        assert compose("number", "", digits, rng).ink.sum() == 0


def test_the_same_seed_makes_the_same_slots(digits: Digits) -> None:
    first, again, other = (make(12, seed, digits) for seed in (4, 4, 5))
    assert (first.pictures == again.pictures).all()
    assert first.texts == again.texts
    assert first.texts != other.texts


def test_the_first_lesson_stays_what_it_was(digits: Digits) -> None:
    rng = np.random.default_rng(11)
    first, second = (make(40, 7, digits, lesson) for lesson in (1, 2))
    assert (first.pictures != second.pictures).any()
    known = {way.name for ways in strokes.shapes().values() for way in ways if way.lesson == 1}
    assert {strokes.choose("7", rng, 1).name for _ in range(40)} <= known


def test_samples_are_as_the_reader_gets_them(digits: Digits) -> None:
    samples = make(30, 6, digits)
    assert samples.pictures.shape == (30, HEIGHT, WIDTH)
    assert len(samples.texts) == len(samples.kinds) == len(samples.manners) == 30
    assert set(samples.kinds) <= set(KINDS)


def test_a_scan_is_darker_where_the_ink_is() -> None:
    ink = np.zeros((60, 100), np.float32)
    ink[20:40, 30:60] = 1
    nothing = np.zeros_like(ink)
    rng = np.random.default_rng(8)
    for _ in range(40):
        page = scan(Slot(ink, nothing, nothing, "written", 30.0), rng)
        rows, columns = page.shape
        inside = page[int(rows * 0.4) : int(rows * 0.6), int(columns * 0.35) : int(columns * 0.55)]
        around = page[: int(rows * 0.25), int(columns * 0.7) :]
        assert inside.mean() + 20 < around.mean()


def test_a_red_seal_is_nearly_gone_in_most_scans() -> None:
    seal = np.zeros((60, 100), np.float32)
    seal[20:40] = 1
    nothing = np.zeros_like(seal)
    rng = np.random.default_rng(9)
    levels = [float(scan(Slot(nothing, nothing, seal, "written", 0.0), rng)[28:32].mean())
              for _ in range(60)]  # fmt: skip
    assert sum(level > 165 for level in levels) > 25
    assert min(levels) < 165


@pytest.mark.parametrize("pen", [2.0, 6.0])
def test_a_thinner_pen_thins_a_scanned_digit(pen: float, digits: Digits) -> None:
    hand = Hand(height=40.0, pen=pen)
    glyph = glyphs.scanned_digit(digits, 0, hand, np.random.default_rng(1))
    run = int((glyph.ink[glyph.ink.shape[0] // 2] > 0.5).sum())
    assert run < 22 if pen < 3 else run > 12


def test_digits_of_the_validation_are_not_trained_on(tmp_path: Path) -> None:
    pictures = np.zeros((40, 28, 28), np.uint8)
    pictures[:, 0, 0] = np.arange(40)
    path = tmp_path / "mnist.npz"
    np.savez(path, x=pictures, y=np.arange(40) % 4)
    seen = [
        {int(p[0, 0]) for kept in glyphs.load_digits(path, held_out=side).pictures for p in kept}
        for side in (False, True)
    ]
    assert not seen[0] & seen[1]
    assert seen[0] | seen[1] == set(range(40))
    assert len(seen[1]) == 4
