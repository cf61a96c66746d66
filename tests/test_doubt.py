# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.doubt import confidence_of, wrong

SHARES = st.floats(0, 1)


@given(SHARES, SHARES)
def test_the_surer_the_reader_the_less_is_wrong(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert 0 < wrong(more) <= wrong(less) < 1
    assert confidence_of(more) <= confidence_of(less)


@given(SHARES)
def test_there_and_back_is_the_same(confidence: float) -> None:
    assert confidence_of(wrong(confidence)) == pytest.approx(confidence, abs=1e-9)


@given(SHARES)
def test_confidences_stay_such(doubt: float) -> None:
    assert 0 <= confidence_of(doubt) <= 1


@pytest.mark.parametrize(("doubt", "confidence"), [(0.0, 1.0), (0.001, 1.0), (0.99, 0.0)])
def test_beyond_the_scale_are_its_ends(doubt: float, confidence: float) -> None:
    assert confidence_of(doubt) == confidence


def test_half_is_half() -> None:
    assert wrong(0.5) == 0.5
