# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dictionary import rows
from pipeline.extract.calibration import calibrate, calibrated
from pipeline.record import DateOfIssue, Fields
from pipeline.settings import Settings

KINDS = tuple(row["field"] for row in rows("confidences"))


def value(confidence: float) -> DateOfIssue:
    return DateOfIssue(
        value="2025-05-02", raw="x", confidence=confidence, needs_review=False, evidence=[]
    )


def test_the_table_speaks_of_fields_of_the_record() -> None:
    assert {"date", "units", "tasks", "deadlines", "references"} <= set(KINDS)
    assert set(KINDS) <= set(Fields.model_fields)


@given(st.sampled_from(KINDS), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_is_never_a_lower_share(kind: str, one: float, two: float) -> None:
    low, high = sorted((calibrated(kind, one), calibrated(kind, two)))
    assert 0 < low <= high < 1
    assert (calibrated(kind, max(one, two))) == high


def test_what_no_line_was_fitted_for_keeps_its_score() -> None:
    assert calibrated("nothing", 0.8) == pytest.approx(0.8)


def test_what_falls_below_the_limit_needs_review() -> None:
    strict, mild = Settings(review_below=1.0), Settings(review_below=0.0)
    fields = Fields(date=value(0.9))
    for settings, expected in ((strict, True), (mild, False)):
        date = calibrate(fields, settings).date
        assert date is not None
        assert date.needs_review is expected
        assert date.confidence == pytest.approx(calibrated("date", 0.9), abs=0.001)
