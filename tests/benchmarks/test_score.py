# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.facts import read_truth
from benchmarks.fields import score_fields
from benchmarks.items import score_items
from benchmarks.score import find_records, score_document
from benchmarks.tally import Field
from benchmarks.truth import Document, PageTruth

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]


def _write(path: Path, data: Json) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_document_in_two_parts(tmp_path: Path, gold: Json, record: Json) -> None:
    first, last = record | {"signer": None}, record | {"number": None}
    last["pages"] = [{"number": 1, "text": "trang hai"}]
    _write(tmp_path / "out" / "x-1.jpg.json", first)
    _write(tmp_path / "out" / "x-2.jpg.json", last)
    (tmp_path / "x-2.txt").write_text("trang hai", "utf-8")
    document = Document(
        "x",
        (),
        ("x-1.jpg.json", "x-2.jpg.json"),
        _write(tmp_path / "gold.json", gold),
        (PageTruth("x-2.jpg.json", 1, tmp_path / "x-2.txt"),),
    )
    result = score_document(document, find_records(tmp_path / "out"))
    assert result.complete
    assert result.misses == []
    assert result.tallies["head.number"] == result.tallies["head.signer_name"] == Field(right=1)
    assert result.tallies["text.cer"].value == 0


def test_page_that_the_record_does_not_have(tmp_path: Path, record: Json) -> None:
    (tmp_path / "a.page9.txt").write_text("trang chín", "utf-8")
    _write(tmp_path / "out" / "a.pdf.json", record)
    page = PageTruth("a.pdf.json", 9, tmp_path / "a.page9.txt")
    document = Document("a", (), ("a.pdf.json",), None, (page,))
    result = score_document(document, find_records(tmp_path / "out"))
    assert result.tallies["text.cer"].value == 1


def test_nearest_record_wins(tmp_path: Path) -> None:
    _write(tmp_path / "old" / "a.pdf.json", {})
    nearest = _write(tmp_path / "a.pdf.json", {})
    assert find_records(tmp_path) == {"a.pdf.json": nearest}


def test_every_real_gold_label_agrees_with_itself(shared_data: Path) -> None:
    for path in sorted((shared_data / "gold").glob("*.json")):
        truth = read_truth(json.loads(path.read_text("utf-8")))
        for score in (score_fields, score_items):
            tallies, misses = score(truth, truth)
            assert misses == [], path.name
            for name, tally in tallies.items():
                expected = (0,) if name.endswith("flagged") else (1, None)
                assert tally.value in expected, (path.name, name)
