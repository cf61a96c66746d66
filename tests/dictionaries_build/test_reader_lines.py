# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from dictionaries.build import reader_lines
from dictionaries.build.reader_lines import SetLine, load, set_line, x_height
from dictionaries.build.typefaces import TIMES, lacks

pytestmark = pytest.mark.skipif(bool(lacks(TIMES)), reason=lacks(TIMES))
DPI = 200
Setter = Callable[..., SetLine]


def nothing() -> str:
    raise AssertionError


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Setter:
    """Set a line with nothing around it."""
    monkeypatch.setattr(reader_lines, "_neighbours", lambda *_: None)
    monkeypatch.setattr(reader_lines, "_rules", lambda *_: None)

    def made(text: str, seed: int, dpi: int = DPI) -> SetLine:
        line = set_line(text, nothing, TIMES, dpi, np.random.default_rng(seed))
        assert line is not None
        return line

    return made


@pytest.mark.parametrize("seed", range(12))
def test_letters_without_descenders_stand_on_the_base_line(alone: Setter, seed: int) -> None:
    line = alone("nhân dân tỉnh ban hành", seed)
    rows = np.flatnonzero((line.ink > 0.5).any(axis=1))
    # The stop under ậ and the like is missing here; round letters reach a pixel lower.
    assert line.base - 2 <= rows[-1] <= line.base + 1


@pytest.mark.parametrize("seed", range(12))
def test_the_ink_lies_between_the_ends_of_the_line(alone: Setter, seed: int) -> None:
    line = alone("nhân dân tỉnh ban hành", seed)
    columns = np.flatnonzero((line.ink > 0.5).any(axis=0))
    # Letters have some air at their sides; an italic one may lean out.
    assert columns[0] == pytest.approx(line.x0, abs=6)
    assert columns[-1] == pytest.approx(line.x1, abs=20)
    assert line.ink.shape[1] > line.x1
    assert line.ink.min() == 0
    assert line.ink.max() == pytest.approx(1, abs=0.01)


def test_sizes_and_blanks_differ_and_letters_tell_the_size_of_the_page(alone: Setter) -> None:
    lines = [alone("Kế hoạch", seed) for seed in range(20)]
    assert len({line.ink.shape for line in lines}) > 10
    usual = {x_height(str(TIMES.path(style))) for style in ("regular", "bold", "italic")}
    assert {line.letter for line in lines} <= {height * 13.5 * DPI / 72 for height in usual}


@pytest.mark.parametrize("dpi", [90, 150, 300])
def test_lines_grow_with_the_resolution(alone: Setter, dpi: int) -> None:
    small, large = alone("Kế hoạch", 3, dpi), alone("Kế hoạch", 3, 2 * dpi)
    assert large.ink.shape[0] == pytest.approx(2 * small.ink.shape[0], rel=0.03)
    assert large.letter == pytest.approx(2 * small.letter)


def test_a_line_says_what_the_reader_shall_write(alone: Setter) -> None:
    assert alone("Họ tên:...........", 1).text == "Họ tên:..."


def test_a_line_that_the_font_cannot_print_is_none() -> None:
    assert set_line("Hà Nội 河內", nothing, TIMES, DPI, np.random.default_rng(1)) is None


def test_lines_above_and_below_are_seen_in_part_of_the_lines() -> None:
    crowded = []
    for seed in range(40):
        line = set_line("n", lambda: "ggg", TIMES, DPI, np.random.default_rng(seed))
        assert line is not None
        side = line.ink[:, : int(line.x0) - 4]
        crowded.append(bool((side > 0.5).sum() > 40))
    assert 10 < sum(crowded) < 40


def test_some_lines_are_ruled() -> None:
    def ruled(seed: int) -> bool:
        line = set_line("n n n n n n", lambda: " ", TIMES, DPI, np.random.default_rng(seed))
        assert line is not None
        return bool(((line.ink > 0.5).mean(axis=1) > 0.6).any())

    assert 1 <= sum(ruled(seed) for seed in range(150)) < 40


def test_small_letters_are_lower_than_half_their_size() -> None:
    path = str(TIMES.path("regular"))
    assert 0.4 < x_height(path) < 0.5
    assert load(path, 20.0) is load(path, 20.0)
