# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.facts import read_record, read_truth
from benchmarks.items import score_items, unit_likeness
from benchmarks.tally import Match, Share

Json = dict[str, Any]
Score = Callable[..., Any]


@pytest.fixture
def score(gold: Json) -> Score:
    """Score a record against the gold label with some labels changed."""

    def score_record(got: Json, **labels: Any):
        return score_items(read_truth(gold | labels), read_record(got))

    return score_record


def test_perfect_record_is_perfect_everywhere(score: Score, record: Json) -> None:
    tallies, misses = score(record)
    assert misses == []
    assert {tally.value for tally in tallies.values()} == {1.0}
    assert set(tallies) == {
        "references", "references.doc_type", "references.date",
        "tasks", "tasks.sure", "tasks.responsible", "tasks.cooperating",
        "deadlines", "deadlines.sure",
    }  # fmt: skip


def test_header_gold_has_no_items_toscore(record: Json, gold: Json) -> None:
    head = {key: item for key, item in gold.items() if key in ("number", "signer")}
    assert score_items(read_truth(head), read_record(record)) == ({}, [])


def test_references(score: Score, record: Json) -> None:
    record["references"] = [
        {"doc_type": "Nghị định", "number": "27/2001/ QH10", "date": "2001-06-29"},
        {"doc_type": "Luật", "number": "27/2001/QH10", "date": None},
        {"doc_type": "Quyết định", "number": "1/QĐ-TTg", "date": None},
        {"doc_type": "Luật", "number": None, "date": None},
    ]
    tallies, misses = score(record)
    assert tallies["references"] == Match(matched=1, gold=2, got=2)
    assert tallies["references.doc_type"] == Share(0, 1)
    assert tallies["references.date"] == Share(1, 1)
    assert [(miss.gold, miss.got) for miss in misses] == [
        ("776/CĐ-TTg", None),
        (None, "1/QĐ-TTg"),
    ]


@pytest.mark.parametrize(
    ("unsure", "expected"),
    [
        (["references[0]"], Match(1, 1, 1)),
        (["references[0].number"], Match(1, 1, 1)),
        (["references[0].type"], Match(1, 2, 2)),
        (["references"], Match(1, 2, 2)),
    ],
)
def test_doubtful_reference_is_neither_asked_for_nor_blamed(
    unsure: list[str], expected: Match, score: Score, record: Json
) -> None:
    record["references"][0]["number"] = "27/2001/QH11"
    tallies, _ = score(record, unsure=unsure)
    assert tallies["references"] == expected


def test_tasks_match_at_four_fifths(score: Score, record: Json) -> None:
    record["tasks"][0]["text"] = record["tasks"][0]["text"].replace("phối hợp", "phôi hơp")
    record["tasks"][1]["text"] = "Sở Tài chính bố trí."
    tallies, misses = score(record)
    assert tallies["tasks"] == Match(matched=1, gold=2, got=2)
    assert tallies["tasks.responsible"] == Match(1, 1, 1)
    assert [miss.measure for miss in misses] == ["tasks", "tasks"]


def test_units_count_only_in_tasks_that_match(score: Score, record: Json) -> None:
    record["tasks"][0] |= {"responsible": ["u1", "u0"], "cooperating": []}
    tallies, misses = score(record)
    assert tallies["tasks.responsible"] == Match(matched=2, gold=2, got=3)
    assert tallies["tasks.cooperating"] == Match(matched=0, gold=1, got=0)
    assert [(miss.gold, miss.got) for miss in misses] == [
        (None, "Sở Xây dựng"),
        ("Sở Xây dựng", None),
    ]


def test_units_by_value_or_as_printed() -> None:
    assert unit_likeness(("UBND tỉnh",), ("Ủy ban nhân dân tỉnh Hòa Bình", "UBND tỉnh")) == 1
    assert unit_likeness(("UBND tỉnh",), ()) == 0


@pytest.mark.parametrize(
    ("unsure", "tasks", "responsible"),
    [
        (["tasks[0]"], Match(1, 1, 1), Match(1, 1, 1)),
        (["tasks[0].responsible"], Match(2, 2, 2), Match(1, 1, 1)),
        (["tasks[0..1]"], Match(0, 0, 0), Match(0, 0, 0)),
    ],
)
def test_doubtful_tasks(
    unsure: list[str], tasks: Match, responsible: Match, score: Score, record: Json
) -> None:
    tallies, misses = score(record, unsure=unsure)
    assert (tallies["tasks"], tallies["tasks.responsible"]) == (tasks, responsible)
    assert misses == []


def test_doubtful_border_is_scored_but_not_sure(score: Score, record: Json) -> None:
    tallies, _ = score(record, unsure=["tasks", "deadlines"])
    assert tallies["tasks"] == tallies["deadlines"] == Match(2, 2, 2)
    assert not {"tasks.sure", "deadlines.sure"} & set(tallies)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"date": "2024-04-16"}, Match(1, 2, 2)),
        ({"kind": "open", "date": None}, Match(1, 2, 2)),
        ({"raw": "trước 15/4"}, Match(2, 2, 2)),
    ],
)
def test_deadlines_by_value(change: dict, expected: Match, score: Score, record: Json) -> None:
    record["deadlines"][0] |= change
    assert score(record)[0]["deadlines"] == expected


def test_deadlines_pair_one_to_one(score: Score, record: Json) -> None:
    record["deadlines"].append(copy.deepcopy(record["deadlines"][0]))
    assert score(record)[0]["deadlines"] == Match(matched=2, gold=2, got=3)


@pytest.mark.parametrize("unsure", ["deadlines[1]", "tasks[1].deadline"])
def test_doubtful_deadline_is_absorbed_by_its_words(
    unsure: str, score: Score, record: Json
) -> None:
    record["deadlines"][1]["rrule"] = "FREQ=YEARLY"
    assert score(record, unsure=[unsure])[0]["deadlines"] == Match(1, 1, 1)
