# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictionaries.build import reader_lines
from dictionaries.build.reader_lines import SetLine, set_line
from dictionaries.build.reader_wear import scan
from dictionaries.build.typefaces import TIMES, lacks
from pipeline.reading.line_picture import ABOVE, HEIGHT, LETTER, STRIDE, Pixels

pytestmark = pytest.mark.skipif(bool(lacks(TIMES)), reason=lacks(TIMES))
RESOLUTIONS = (90, 110, 130, 150, 200, 250, 300)


def composed(text: str, seed: int, dpi: int) -> tuple[SetLine, Pixels]:
    rng = np.random.default_rng(seed)
    line = set_line(text, lambda: "ợ", TIMES, dpi, rng)
    assert line is not None
    return line, scan(line, rng)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["a", "1.", "Ấp Đỗ Gò", "ỦY BAN"]), st.integers(0), st.sampled_from(RESOLUTIONS)
)
def test_scans_are_as_the_network_takes_them(text: str, seed: int, dpi: int) -> None:
    line, picture = composed(text, seed, dpi)
    assert picture.dtype == np.uint8
    assert picture.shape[0] == HEIGHT
    assert picture.shape[1] % STRIDE == 0
    # Small letters of the page are some 14 pixels high, whatever the scanner.
    width = (line.x1 - line.x0) * LETTER / line.letter
    assert 0.8 * width < picture.shape[1] < 1.25 * width + 40


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_ink_is_dark_on_light_paper_and_the_base_line_stands_still(
    dpi: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_lines, "_neighbours", lambda *_: None)
    monkeypatch.setattr(reader_lines, "_rules", lambda *_: None)
    bases = []
    for seed in range(15):
        _, picture = composed("nnnn nnnn nnnn nnnn", seed, dpi)
        ink = 255.0 - picture
        assert np.percentile(ink, 99) > 150
        assert np.median(ink) < 60
        rows = ink.mean(axis=1)
        bases.append(np.flatnonzero(rows > 0.5 * rows.max())[-1] + 1)
    assert np.median(bases) == pytest.approx(ABOVE, abs=1.5)
    assert max(abs(base - ABOVE) for base in bases) <= 6


def test_the_same_seed_gives_the_same_scan_and_another_another() -> None:
    first, again, other = (composed("Kế hoạch", seed, 150)[1] for seed in (5, 5, 6))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
