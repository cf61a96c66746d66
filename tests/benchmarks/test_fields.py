# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.facts import read_record, read_truth
from benchmarks.fields import judge, same_value, score_fields
from benchmarks.tally import Field, Match, Share

Json = dict[str, Any]
Value = Callable[..., Json]
Score = Callable[..., Any]


@pytest.mark.parametrize(
    ("truth", "got", "expected"),
    [
        ("Sở Y tế", "SỞ Y TẾ", Field(right=1)),
        ("Sở Y tế", "Sở Nội vụ", Field(wrong=1)),
        ("Sở Y tế", None, Field(missing=1)),
        (None, "Sở Y tế", Field(spurious=1)),
        (None, None, Field(absent=1)),
    ],
)
def test_judge(truth: str | None, got: str | None, expected: Field) -> None:
    assert judge("issuer", truth, got) == expected


@pytest.mark.parametrize(
    ("field", "truth", "got", "same"),
    [
        ("number", "299/UBND-TTHC", "299 /UBND – TTHC", True),
        ("signer_position", "PHÓ CHỦ TỊCH", "Phó Chủ tịch", True),
        ("signer_name", "Nguyễn Thị Hoa", "Nguyễn Thị Hòa", False),
        ("title", "Về quà Tết - năm 2025", "Về quà Tết – năm 2025.", True),
        ("date", "2025-01-15", "2025-01-16", False),
    ],
)
def test_same_value(field: str, truth: str, got: str, same: bool) -> None:
    assert same_value(field, truth, got) is same


@pytest.fixture
def score(gold: Json, record: Json) -> Score:
    """Score the record with `changes` against the gold label with `labels`."""

    def score_changed(changes: Json, labels: Json | None = None):
        return score_fields(read_truth(gold | (labels or {})), read_record(record | changes))

    return score_changed


def test_perfect_record_is_perfect_everywhere(score: Score) -> None:
    tallies, misses = score({})
    assert misses == []
    heads = {name: tally for name, tally in tallies.items() if name.startswith("head.")}
    assert {tally.value for tally in heads.values()} == {1.0, None}
    assert [name for name, tally in heads.items() if tally.value is None] == [
        "head.parent_issuer",
        "head.secrecy",
    ]


def test_wrong_day_keeps_month_and_year(score: Score, value: Value) -> None:
    tallies, misses = score({"date": value("2024-03-06")})
    assert tallies["head.date"] == Field(wrong=1)
    assert tallies["head.date_month_year"] == Field(right=1)
    assert [(miss.measure, miss.gold, miss.got) for miss in misses] == [
        ("head.date", "2024-03-05", "2024-03-06")
    ]


def test_title_with_a_wrong_letter_is_similar(score: Score, value: Value, gold: Json) -> None:
    tallies, _ = score({"title": value(gold["title"].replace("khô", "kho"))})
    assert tallies["head.title"].value == 0
    assert tallies["head.title_similar"].value == 1


def test_lists_as_sets(score: Score, value: Value) -> None:
    lines = [value("Nhu trên"), value("Lưu: VT, NC"), value("Trang 2")]
    tallies, misses = score({"recipients": lines, "addressees": [value("Các sở, ban, nganh")]})
    assert tallies["head.recipients"] == Match(matched=2, gold=2, got=3)
    assert tallies["head.addressees"] == Match(matched=0, gold=2, got=1)
    assert [miss.got for miss in misses if miss.measure == "head.recipients"] == ["Trang 2"]


def test_what_gold_is_unsure_of_is_left_out(score: Score) -> None:
    tallies, _ = score({}, {"unsure": ["date", "signer.name", "recipients"]})
    left_out = {"date", "date_month_year", "signer_name", "recipients"}
    assert left_out.isdisjoint(name.removeprefix("head.") for name in tallies)
    assert "head.signer_position" in tallies


def test_unsure_of_the_whole_signer(score: Score) -> None:
    tallies, _ = score({}, {"unsure": ["signer"]})
    assert not [name for name in tallies if "signer" in name]


def test_review_counts_only_values_that_are_given(score: Score, value: Value) -> None:
    tallies, _ = score(
        {
            "place": value("Hà Nội", needs_review=True),
            "title": value("Khác hẳn"),
            "urgency": None,
        }
    )
    assert tallies["review.place.flagged"] == Share(1, 1)
    assert "review.place.wrong_unflagged" not in tallies
    assert tallies["review.title.flagged"] == Share(0, 1)
    assert tallies["review.title.wrong_unflagged"].value == 1
    assert "review.urgency.flagged" not in tallies
