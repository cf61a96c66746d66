# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.facts import (
    expand_path,
    join_parts,
    read_deadline,
    read_record,
    read_truth,
    rule_key,
)

Json = dict[str, Any]
Value = Callable[..., Json]


@pytest.mark.parametrize(
    ("entry", "paths"),
    [
        ("deadlines", ["deadlines"]),
        ("signer.authority", ["signer.authority"]),
        ("tasks[3]", ["tasks[3]"]),
        ("tasks[1..3].responsible", [f"tasks[{at}].responsible" for at in (1, 2, 3)]),
    ],
)
def test_expand_path(entry: str, paths: list[str]) -> None:
    assert expand_path(entry) == paths


@pytest.mark.parametrize(
    ("rrule", "key"),
    [
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=10", "BYMONTH=11;BYMONTHDAY=10;FREQ=YEARLY"),
        ("RRULE:interval=1;freq=MONTHLY", "FREQ=MONTHLY"),
        ("FREQ=MONTHLY;INTERVAL=6", "FREQ=MONTHLY;INTERVAL=6"),
        ("", ""),
    ],
)
def test_rule_key(rrule: str, key: str) -> None:
    assert rule_key(rrule) == key


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"kind": "once", "date": "2024-04-15", "bound": "before"}, "once 2024-04-15"),
        ({"kind": "range", "start": "2024-01-01", "end": None}, "range 2024-01-01 ?"),
        ({"kind": "relative", "anchor": "ngày ký", "offset": "P15D"}, "relative P15D"),
        ({"kind": "open", "date": None}, "open"),
    ],
)
def test_deadline_value(item: dict, expected: str) -> None:
    assert read_deadline({"raw": "…", **item}).value == expected


def test_truth_may_be_a_record(record: Json) -> None:
    assert read_truth(record) == read_record(record)


def test_keys_that_are_not_labelled_are_not_facts(gold: Json) -> None:
    head = {key: gold[key] for key in ("number", "issuer")}
    truth = read_truth({**head, "not_labelled": ["tasks"], "tasks": []})
    assert set(truth.fields) == {"number", "issuer"}
    assert truth.lists == {}
    assert truth.tasks is truth.references is truth.deadlines is None


def test_date_without_a_day_tells_month_and_year_only(record: Json, value: Value) -> None:
    fields = read_record(record | {"date": value("2024-03")}).fields
    assert (fields["date"], fields["date_month_year"]) == (None, "2024-03")


def test_flags_reach_all_fields_of_a_value(record: Json) -> None:
    flagged = record["number"] | {"needs_review": True}
    assert read_record(record | {"number": flagged}).flagged == {"number", "sequence", "notation"}


def test_empty_record_has_no_values(record: Json) -> None:
    empty = {key: [] if isinstance(old, list) else None for key, old in record.items()}
    assert set(read_record(empty).fields.values()) == {None}


def test_signer_stands_on_the_last_part(record: Json) -> None:
    first = read_record(record | {"signer": None})
    last = read_record(record | {"number": None, "signer": record["signer"]})
    joined = join_parts([first, last])
    assert joined.fields["number"] == "12/CT-UBND"
    assert joined.fields["signer_name"] == "Nguyễn Thị Hoa"
