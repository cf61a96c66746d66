# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from benchmarks.digits import Measured, accepted_table, measure, right_table
from pipeline.reading.slot_reader import SlotReading

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from pipeline.reading.slot_scores import Kind


def slot(name: str, kind: Kind, truth: str, read: str, confidence: float = 0.9) -> Measured:
    return Measured(name, kind, "handwritten", truth, SlotReading(read, confidence), 1.0)


FOUND = [
    slot("003n", "number", "04", "04", 0.99),
    slot("051n", "number", "851", "852", 0.6),
    slot("w03d", "day", "8", "08", 0.95),
    slot("c01d", "day", "17", "17", 0.7),
]


def cells(table: Table, row: int) -> list[str]:
    return [list(column.cells)[row] for column in table.columns]


def test_exact_and_value_are_told_apart_and_the_largest_office_too() -> None:
    number, day = (cells(right_table(FOUND), row) for row in (0, 1))
    assert number[1:] == ["number", "2", "1 (50.0 %)", "1 (50.0 %)", "0 (0.0 %)"]
    assert day[1:] == ["day", "2", "1 (50.0 %)", "2 (100.0 %)", "0 (0.0 %)"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [(0, ["4 (100.0 %)", "1 (25.0 %)"]), (3, ["2 (50.0 %)", "0 (0.0 %)"]), (6, ["1 (25.0 %)"])],
)
def test_what_is_accepted_and_wrong(row: int, expected: list[str]) -> None:
    assert cells(accepted_table(FOUND), row)[1 : 1 + len(expected)] == expected


def test_slots_of_a_folder_are_read(tmp_path: Path) -> None:
    Image.fromarray(np.full((60, 80, 3), 255, np.uint8)).save(tmp_path / "blank.png")
    (tmp_path / "labels.tsv").write_text(
        "id\tslot\tstyle\ttrue\tcrop\nc19n\tnumber\tblank\t\tblank.png\n", encoding="utf-8"
    )
    (only,) = measure(tmp_path)
    assert only.right
    assert not only.elsewhere
    assert only.milliseconds >= 0
