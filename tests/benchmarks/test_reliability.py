# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from benchmarks.facts import read_truth
from benchmarks.reliability import (
    Judged,
    curve_table,
    judge_record,
    reliability_table,
    wrong_lines,
)

TRUTH = read_truth(
    {
        "number": "12/CT-UBND",
        "date": "2024-03-05",
        "references": [{"number": "90/QĐ-TTg", "date": "2022-01-18"}],
        "units": ["Công an tỉnh"],
        "tasks": [
            {"text": "Công an tỉnh kiểm tra các chợ trước ngày 15/4/2024.",
             "responsible": ["Công an tỉnh"], "cooperating": []},
        ],
        "deadlines": [{"raw": "trước ngày 15/4/2024", "kind": "once", "date": "2024-04-15"}],
    }
)  # fmt: skip


def given(**changes: Any) -> dict[str, Any]:
    sure = {"confidence": 0.9, "needs_review": False}
    return {
        "number": {"value": "12/CT-UBND", "sequence": "12", "notation": "CT-UBND", **sure},
        "date": {"value": "2024-03", **sure},
        "references": [{"number": "90/QĐ-TTg", "date": "2022-01-18", **sure}],
        "units": [{"id": "u1", "value": "Công an tỉnh", "raw": "Công an tỉnh", **sure}],
        "tasks": [
            {"id": "t1", "section": None, "responsible": ["u1"], "cooperating": [],
             "text": "Công an tỉnh kiểm tra các chợ trước ngày 15/4/2024.", **sure},
        ],
        "deadlines": [
            {"raw": "trước ngày 15/4/2024", "kind": "once", "date": "2024-04-15", **sure},
        ],
        **changes,
    }  # fmt: skip


def test_all_values_of_a_right_record_are_right() -> None:
    judged = judge_record(TRUTH, given())
    assert {value.group for value in judged} == {
        "number", "date", "references", "units", "tasks", "deadlines",
    }  # fmt: skip
    assert all(value.right for value in judged)


def test_a_task_with_another_unit_is_wrong() -> None:
    other = {"id": "u1", "value": "Sở Y tế", "raw": "Sở Y tế", "confidence": 0.9,
             "needs_review": True}  # fmt: skip
    judged = {value.group: value for value in judge_record(TRUTH, given(units=[other]))}
    assert not judged["tasks"].right
    assert not judged["units"].right
    assert [line.split()[0] for line in wrong_lines(judged.values())] == ["tasks"]


def test_a_deadline_given_twice_is_right_once() -> None:
    twice = given()["deadlines"] * 2
    judged = judge_record(TRUTH, given(deadlines=twice))
    assert [value.right for value in judged if value.group == "deadlines"] == [True, False]


def test_the_tables_add_up() -> None:
    values = [
        Judged("tasks", 0.95, flagged=False, right=True, shown=""),
        Judged("tasks", 0.95, flagged=False, right=False, shown=""),
        Judged("tasks", 0.3, flagged=True, right=False, shown=""),
    ]
    out = Console(width=120, record=True, file=io.StringIO())
    out.print(reliability_table(values))
    out.print(curve_table(values))
    text = out.export_text()
    assert "33.3 %" in text  # of the three one is right, one is flagged
    assert "50.0 %" in text  # of the two that are not flagged
