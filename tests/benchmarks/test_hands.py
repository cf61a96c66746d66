# SPDX-License-Identifier: Apache-2.0
"""Number and date measured by the way they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.facts import Facts
from benchmarks.hands import Hands, is_elsewhere, read_hands, score_hands, values_of
from benchmarks.tally import Share

if TYPE_CHECKING:
    from pathlib import Path

LABELS = """id\tslot\tstyle\ttrue
003n\tnumber\thandwritten\t04
003d\tday\thandwritten\t5
003m\tmonth\tprinted\t3
w01n\tnumber\thandwritten\t4927
w01d\tday\tprinted\t05
w01m\tmonth\tprinted\t11
w02n\tnumber\tprinted\t4927
w02d\tday\tprinted\t05
w02m\tmonth\tprinted\t11
063n\tnumber\thandwritten\t464
063d\tday\tprinted\t30
063m\tmonth\tprinted\t4
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "digits" / "slots"
    folder.mkdir(parents=True)
    (folder / "labels.tsv").write_text(LABELS, "utf-8")
    return tmp_path


def facts(sequence: str | None, date: str | None, *flagged: str) -> Facts:
    fields = {"sequence": sequence, "date": date, "date_month_year": (date or "")[:7] or None}
    return Facts(fields=fields, flagged=frozenset(flagged))


def test_heads_by_their_values_but_not_those_of_two(data: Path) -> None:
    hands = read_hands(data)
    assert set(hands) == {("4", "05", "03"), ("464", "30", "04")}
    assert hands["4", "05", "03"] == Hands(
        {"number": "handwritten", "day": "handwritten", "month": "printed"}, elsewhere=False
    )
    assert hands["464", "30", "04"].elsewhere


def test_without_labels_nothing_is_told(tmp_path: Path) -> None:
    assert read_hands(tmp_path) == {}
    assert score_hands(facts("04", "2024-03-05"), facts("04", "2024-03-05"), {}) == {}


def test_what_was_read_and_what_is_accepted(data: Path) -> None:
    truth, got = facts("04", "2024-03-05"), facts("9", "2024-03-05", "number")
    tallies = score_hands(truth, got, read_hands(data))
    assert tallies["slots.handwritten.number"] == Share(0, 1)
    assert tallies["slots.handwritten.number.accepted"] == Share(0, 1)
    assert "slots.handwritten.number.wrong" not in tallies
    assert tallies["slots.handwritten.day"] == Share(1, 1)
    assert tallies["slots.handwritten.day.wrong"] == Share(0, 1, lower_is_better=True)
    assert tallies["slots.printed.month"] == Share(1, 1)
    assert not [name for name in tallies if "elsewhere" in name]


def test_other_offices_are_counted_twice(data: Path) -> None:
    truth = facts("464", "2026-04-30")
    tallies = score_hands(truth, truth, read_hands(data))
    assert tallies["slots.handwritten_elsewhere.number"] == Share(1, 1)
    assert tallies["slots.handwritten.number"] == Share(1, 1)


def test_what_a_label_is_unsure_of_does_not_count(data: Path) -> None:
    truth = Facts(fields=facts("464", "2026-04-30").fields, unsure=frozenset({"sequence"}))
    tallies = score_hands(truth, facts("464", None), read_hands(data))
    assert "slots.handwritten.number" not in tallies
    assert tallies["slots.printed.day"] == Share(0, 1)


@pytest.mark.parametrize(
    ("sequence", "date", "whole", "part"),
    [
        ("04", "2024-03-05", ("4", "05", "03"), ("4", "05", "03")),
        ("04", None, None, ("4", "", "")),
        (None, "2024-03-05", None, ("", "05", "03")),
    ],
)
def test_values(
    sequence: str | None,
    date: str | None,
    whole: tuple[str, str, str] | None,
    part: tuple[str, str, str],
) -> None:
    assert values_of(facts(sequence, date)) == whole
    assert values_of(facts(sequence, date), partly=True) == part


def test_which_slots_are_of_the_largest_office() -> None:
    assert [is_elsewhere(slot) for slot in ("003n", "c12d", "030n", "w01m")] == [
        False, False, True, True,
    ]  # fmt: skip


def test_every_labelled_head_is_found(shared_data: Path) -> None:
    assert len(read_hands(shared_data)) > 50
