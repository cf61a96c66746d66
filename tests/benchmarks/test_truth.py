# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.truth import find_documents, truth_digest

if TYPE_CHECKING:
    from pathlib import Path


def _make(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}" if path.suffix == ".json" else "văn bản", "utf-8")
    return folder


def test_samples_layout(tmp_path: Path) -> None:
    data = _make(
        tmp_path, "a.pdf", "b.txt", "c.pdf", "make.py", "README.md",
        "truth/a.json", "truth/a.page1.txt", "truth/a.page2.txt", "truth/b.page1.txt",
    )  # fmt: skip
    first, second = find_documents(data)
    assert (first.stem, first.records) == ("a", ("a.pdf.json",))
    assert first.gold == data / "truth/a.json"
    assert [page.page for page in first.pages] == [1, 2]
    assert (second.stem, second.records, second.gold) == ("b", ("b.txt.json",), None)


def test_page_images_are_one_document(tmp_path: Path) -> None:
    names = [f"d-page-{page}.jpg" for page in (10, 2, 1)]
    data = _make(tmp_path, *names, "truth/d.json", "truth/d.page2.txt", "truth/d-page-10.txt")
    (document,) = find_documents(data)
    assert document.records == ("d.json",)
    assert [path.name for path in document.inputs] == sorted(names, key=len)[:2][::-1] + names[:1]
    assert sorted(page.page for page in document.pages) == [2, 10]


def test_images_with_one_truth_are_scored_together(tmp_path: Path) -> None:
    data = _make(
        tmp_path, "scans/x-1.jpg", "scans/x-2.jpg", "gold/x.header.json",
        "truth/x-1.txt", "truth/x-2.txt",
    )  # fmt: skip
    (document,) = find_documents(data)
    assert document.stem == "x"
    assert document.records == ("x-1.jpg.json", "x-2.jpg.json")
    assert [(page.record, page.page) for page in document.pages] == [
        ("x-1.jpg.json", 1),
        ("x-2.jpg.json", 1),
    ]


def test_numbered_images_with_their_own_truths_stay_apart(tmp_path: Path) -> None:
    data = _make(
        tmp_path, "scans/x-1.jpg", "scans/x-2.jpg", "gold/x-1.header.json", "gold/x-2.header.json"
    )
    assert [document.stem for document in find_documents(data)] == ["x-1", "x-2"]


def test_file_key_decides_between_twins(tmp_path: Path) -> None:
    data = _make(tmp_path, "a.pdf", "a.txt", "truth/a.page1.txt")
    (data / "truth/a.json").write_text(json.dumps({"file": "a.txt"}), "utf-8")
    (document,) = find_documents(data)
    assert document.records == ("a.txt.json",)


def test_whole_file_name_decides_between_twins(tmp_path: Path) -> None:
    data = _make(tmp_path, "a.pdf", "a.txt", "truth/a.pdf.page1.txt", "truth/a.txt.json")
    assert sorted(document.records[0] for document in find_documents(data)) == [
        "a.pdf.json",
        "a.txt.json",
    ]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("a.pdf",), "no document with a truth"),
        (("a.pdf", "truth/b.json"), "b: a truth without its document"),
        (("a.pdf", "a.txt", "truth/a.json"), "several documents"),
    ],
)
def test_folders_that_cannot_be_scored(
    tmp_path: Path, names: tuple[str, ...], message: str
) -> None:
    with pytest.raises(FileNotFoundError, match=message):
        find_documents(_make(tmp_path, *names))


def test_digest_follows_the_truth_only(tmp_path: Path) -> None:
    data = _make(tmp_path, "a.pdf", "truth/a.json")
    before = truth_digest(data)
    (data / "a.pdf").write_text("khác", "utf-8")
    assert truth_digest(data) == before
    (data / "truth/a.json").write_text('{"number": null}', "utf-8")
    assert truth_digest(data) != before


def test_measuring_data_is_understood(shared_data: Path) -> None:
    documents = find_documents(shared_data)
    assert len(documents) == 43
    assert sum(len(document.pages) for document in documents) == 9
    assert all(document.gold for document in documents)
