# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from benchmarks.arrival_stamps import compose
from dictionaries.build.digit_glyphs import Digits
from dictionaries.build.typefaces import TYPEFACES, lacks

pytestmark = pytest.mark.skipif(bool(lacks(TYPEFACES[0])), reason=lacks(TYPEFACES[0]))
DIGITS = Digits(tuple(np.full((1, 28, 28), 255, np.uint8) for _ in range(10)))


def test_the_same_seed_composes_the_same_stamp() -> None:
    first, again, other = (compose(DIGITS, np.random.default_rng(n)) for n in (3, 3, 4))
    assert (first.number, first.date) == (again.number, again.date)
    assert first.image.tobytes() == again.image.tobytes()
    assert first.image.tobytes() != other.image.tobytes()


def test_a_stamp_is_mostly_paper() -> None:
    for seed in range(6):
        ink = np.asarray(compose(DIGITS, np.random.default_rng(seed)).image.convert("L")) < 120
        assert 0.005 < ink.mean() < 0.35
