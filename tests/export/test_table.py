# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.rows import iso_form, rows_of
from pipeline.export.table import safe_cell, write_tables

DEADLINE = {
    "id": "d1", "raw": "trước ngày 10/8/2025", "kind": "once", "date": "2025-08-10", "start": None,
    "end": None, "rrule": None, "anchor": None, "offset": None, "bound": "before", "task": "t1",
    "evidence": [],
}  # fmt: skip


def value(text: str, **more: Any) -> dict[str, Any]:
    return {"value": text, "raw": text, "confidence": 1, "needs_review": False, **more}


def record(**changes: Any) -> dict[str, Any]:
    return {
        "id": "0123456789ab",
        "source": {"path": "a/x.pdf", "pages": 2},
        "number": value("194/KH-UBND", needs_review=True),
        "date": value("2022-09-19"),
        "place": None,
        "doc_type": value("Kế hoạch"),
        "issuer": value("Ủy ban nhân dân huyện Lục Nam", parent=None),
        "title": value("=HYPERLINK(1)"),
        "urgency": None,
        "secrecy": None,
        "addressees": [],
        "recipients": [value("Như trên"), value("Lưu: VT")],
        "signer": {"authority": "KT. CHỦ TỊCH", "position": "PHÓ CHỦ TỊCH", "name": "Lê An"},
        "references": [{"number": "90/QĐ-TTg"}],
        "units": [{"id": "u1", "value": "Sở Nội vụ"}, {"id": "u2", "value": "Sở Y tế"}],
        "tasks": [
            {
                "id": "t1", "text": "- Rà soát", "responsible": ["u1"], "cooperating": ["u2"],
                "section": "II.1", "page": 2, "deadlines": ["d1"], "needs_review": True,
            }
        ],
        "deadlines": [DEADLINE],
        "warnings": [],
        **changes,
    }  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark for UTF-8"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_line_a_document_and_a_line_a_task(tmp_path: Path) -> None:
    write_tables(tmp_path, rows_of(record()))
    [document] = read(tmp_path / "documents.csv")
    assert document["number"] == "194/KH-UBND"
    assert document["recipients"] == "Như trên; Lưu: VT"
    assert document["needs_review"] == "number"
    assert document["title"] == "'=HYPERLINK(1)"
    [task] = read(tmp_path / "tasks.csv")
    assert (task["responsible"], task["cooperating"]) == ("Sở Nội vụ", "Sở Y tế")
    assert (task["deadline"], task["deadline_iso"]) == ("trước ngày 10/8/2025", "2025-08-10")
    assert task["text"] == "'- Rà soát"


def test_no_records_give_tables_with_a_header_only(tmp_path: Path) -> None:
    write_tables(tmp_path, {"documents": [], "tasks": []})
    assert read(tmp_path / "documents.csv") == []
    assert read(tmp_path / "tasks.csv") == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "2025-08-10"),
        ({"date": None, "rrule": "FREQ=YEARLY"}, "RRULE:FREQ=YEARLY"),
        ({"date": None, "start": "2025-01-01", "end": "2025-06-30"}, "2025-01-01/2025-06-30"),
        ({"date": None, "start": "2025-01-01"}, "2025-01-01/.."),
        ({"date": None, "offset": "P10D", "anchor": "ngày nhận"}, "ngày nhận P10D"),
        ({"date": None}, ""),
    ],
)
def test_deadlines_in_iso_form(changes: dict[str, str], expected: str) -> None:
    assert iso_form({**DEADLINE, **changes}) == expected


@given(st.text())
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell in (text, "'" + text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
