# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.tally import Field, Match, Share, add_up, as_json

COUNTS = st.integers(min_value=0, max_value=50)


@pytest.mark.parametrize(
    ("tally", "value", "count"),
    [
        (Share(3, 4), 0.75, 4),
        (Share(), None, 0),
        (Field(right=2, wrong=1, missing=1, spurious=1, absent=9), 0.4, 5),
        (Field(absent=3), None, 0),
        (Match(matched=2, gold=4, got=2), 2 / 3, 4),
        (Match(matched=0, gold=0, got=2), 0.0, 0),
        (Match(), None, 0),
    ],
)
def test_value_and_count(tally, value: float | None, count: int) -> None:
    assert tally.value == (None if value is None else pytest.approx(value))
    assert tally.count == count


@given(COUNTS, COUNTS, COUNTS)
def test_f1_lies_between_precision_and_recall(matched: int, missed: int, extra: int) -> None:
    tally = Match(matched, matched + missed, matched + extra)
    if tally.precision is not None and tally.recall is not None and tally.value is not None:
        low, high = sorted((tally.precision, tally.recall))
        assert low - 1e-9 <= tally.value <= high + 1e-9


def test_add_up_by_name() -> None:
    total = add_up([{"a": Match(1, 2, 3)}, {"b": Field(right=1)}, {"a": Match(1, 1, 1)}])
    assert total == {"a": Match(2, 3, 4), "b": Field(right=1)}


def test_direction_survives_adding() -> None:
    assert (Share(1, 2, lower_is_better=True) + Share(1, 2, lower_is_better=True)).lower_is_better


def test_as_json() -> None:
    assert as_json(Match(1, 3, 1)) == {
        "value": 0.5, "n": 3, "precision": 1.0, "recall": 0.33333,
        "matched": 1, "gold": 3, "got": 1,
    }  # fmt: skip
    assert as_json(Share(1, 8, lower_is_better=True))["lower_is_better"] is True
