# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.repair_sets import Document, Line, MissingSetError, find_sets, in_split

TEXTS = {
    "002_KH": "KẾ HOẠCH\n\nGiảm nghèo bền vững\n",
    "004_CT": "CHỈ THỊ\n",
    "006_QD": "QUYẾT ĐỊNH\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    documents = tmp_path / "corpus" / "dev_documents"
    documents.mkdir(parents=True)
    for name, text in TEXTS.items():
        (documents / f"{name}.txt").write_text(text, "utf-8")
    garbled = tmp_path / "garbled"
    garbled.mkdir()
    (garbled / "08_pairs_x.tsv").write_text("garbled\tcorrect\nCONG HQI\tCỘNG HỘI\n", "utf-8")
    (garbled / "09_pairs_y.tsv").write_text('garbled\tcorrect\nquy "dlnh\tquy "định\n', "utf-8")
    return tmp_path


def names(documents: tuple[Document, ...]) -> list[str]:
    return [document.name for document in documents]


@pytest.mark.parametrize(
    ("split", "expected"),
    [("dev", ["002_KH", "006_QD"]), ("test", ["004_CT"]), ("all", list(TEXTS))],
)
def test_split_by_document(data: Path, split: str, expected: list[str]) -> None:
    (found,) = find_sets("clean", data, data, split)
    assert names(found.documents) == expected


def test_no_document_is_in_both_splits() -> None:
    documents = [Document(f"{at:03}", ()) for at in range(7)]
    order = [document.name for document in documents]
    parts = [in_split(documents, order, split) for split in ("dev", "test")]
    assert not set(parts[0]) & set(parts[1])
    assert sorted(parts[0] + parts[1], key=lambda document: document.name) == documents


def test_stripped_text_beside_its_truth(data: Path) -> None:
    (found,) = find_sets("stripped", data, data, "dev")
    assert found.documents[0].lines[2] == Line(
        ("Giam", "ngheo", "ben", "vung"), ("Giảm", "nghèo", "bền", "vững")
    )


def test_clean_text_is_its_own_truth(data: Path) -> None:
    (found,) = find_sets("clean", data, data, "all")
    assert all(line.seen == line.right for document in found.documents for line in document.lines)
    assert found.documents[0].confidences is None


def test_each_garbled_file_is_a_set(data: Path) -> None:
    found = find_sets("garbled", data, data, "test")
    assert [part.name for part in found] == ["garbled.08", "garbled.09"]
    assert found[1].documents[0].lines[0] == Line(("quy", '"dlnh'), ("quy", '"định'))


def test_rendered_pages_are_split_as_their_documents_are(data: Path) -> None:
    rows = [
        {"document": name, "lines": [{"seen": [["KE", 0.4], ["HOACH", 0.5]], "right": ["KẾ"]}]}
        for name in ("004_CT", "006_QD")
    ]
    (data / "test_eng.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (found,) = find_sets("eng", data, data, "dev")
    assert names(found.documents) == ["006_QD"]
    assert found.documents[0].lines == (Line(("KE", "HOACH"), ("KẾ",), (0.4, 0.5)),)
    assert found.documents[0].seen == ["KE HOACH"]
    assert found.documents[0].confidences == [(0.4, 0.5)]


def test_digest_changes_with_a_word(data: Path) -> None:
    (before,) = find_sets("clean", data, data, "test")
    (data / "corpus" / "dev_documents" / "004_CT.txt").write_text("CHỈ THỊ SỐ", "utf-8")
    (after,) = find_sets("clean", data, data, "test")
    assert before.digest != after.digest


@pytest.mark.parametrize("name", ["vie", "garbled", "clean"])
def test_a_set_that_is_missing_says_what_it_needs(tmp_path: Path, name: str) -> None:
    with pytest.raises(MissingSetError, match=str(tmp_path)):
        find_sets(name, tmp_path, tmp_path / "pages", "test")


def test_plan_is_scored_whole_but_for_its_page_number(tmp_path: Path) -> None:
    (found,) = find_sets("plan", tmp_path, tmp_path, "test")
    lines = found.documents[0].lines
    assert [line.seen for line in lines if line.seen and line.right is None] == [("5",)]
    assert all(line.seen for line in lines if line.right)
    assert sum(len(line.right or ()) for line in lines) == 3157
