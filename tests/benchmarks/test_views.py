# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.truth import PageTruth
from benchmarks.views import on_true_pages

GOLD: dict[str, Any] = {
    "pages": 3,
    "references": [{"number": "90/QĐ-TTg"}, {"number": "12/NQ-CP"}],
    "units": ["Sở Y tế", "Sở Nội vụ", "Sở Tài chính"],
    "tasks": [
        {"text": "Sở Y tế lập kế hoạch theo Quyết định số 90/QĐ-TTg.", "page": 1,
         "responsible": ["Sở Y tế"], "cooperating": []},
        {"text": "Sở Nội vụ thẩm định hồ sơ và trình trước ngày 5/6.", "page": 2,
         "responsible": ["Sở Nội vụ"], "cooperating": []},
        {"text": "Sở Tài chính bố trí kinh phí cho năm sau.", "page": 3,
         "responsible": ["Sở Tài chính"], "cooperating": []},
    ],
    "deadlines": [{"raw": "trước ngày 5/6", "task": 1}, {"raw": "hằng năm", "task": None}],
    "recipients": ["Như trên", "Lưu: VT"],
    "signer": {"name": "Lê Văn An"},
    "unsure": ["tasks[1].responsible", "tasks[2]", "date"],
}  # fmt: skip


@pytest.fixture
def second_page(tmp_path: Path) -> list[PageTruth]:
    path = tmp_path / "x.page2.txt"
    path.write_text("Sở Nội vụ thẩm định hồ sơ\nvà trình trước ngày 5/6.\nSở Tài chính bố trí\n")
    return [PageTruth("x.pdf.json", 2, path)]


def test_only_what_stands_on_the_page_is_asked_for(second_page: list[PageTruth]) -> None:
    kept = on_true_pages(GOLD, second_page)
    assert [task["page"] for task in kept["tasks"]] == [2]
    assert kept["units"] == ["Sở Nội vụ"]
    assert kept["deadlines"] == [{"raw": "trước ngày 5/6", "task": 0}]
    assert kept["references"] == kept["recipients"] == []
    assert "signer" not in kept
    assert set(kept["unsure"]) == {"tasks[0].responsible", "date"}


def test_a_task_cut_by_the_page_end_is_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "x.page3.txt"
    path.write_text("Sở Tài chính bố trí kinh phí cho")
    kept = on_true_pages(GOLD, [PageTruth("x.pdf.json", 3, path)])
    assert "tasks[0]" in kept["unsure"]
    assert kept["tasks"][0]["text"] == "Sở Tài chính bố trí kinh phí cho"


def test_a_record_is_whole_as_it_is(second_page: list[PageTruth]) -> None:
    record = {"schema_version": "1.2", "tasks": GOLD["tasks"]}
    assert on_true_pages(record, second_page) is record
