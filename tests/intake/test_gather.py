# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.intake.gather import gather, group_paths


def touch(root: Path, *names: str, content: bytes = b"x") -> list[Path]:
    paths = [root / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return paths


def names(*paths: Path, exclude: Path | None = None) -> list[str]:
    return [item.name for item in gather(paths, exclude)]


def test_a_folder_is_walked_and_sorted(tmp_path: Path) -> None:
    touch(tmp_path, "b/2.pdf", "a.PDF", "b/1.tif", "c/d/e.JPEG", "c/x.txt", "z.png")
    assert names(tmp_path) == ["a.PDF", "z.png", "b/1.tif", "b/2.pdf", "c/x.txt", "c/d/e.JPEG"]


def test_only_documents_are_taken_from_a_folder(tmp_path: Path) -> None:
    touch(tmp_path, ".DS_Store", "Thumbs.db", "a.json", "b.csv", "c.md", "d.py", "e.docx")
    touch(tmp_path, ".hidden/a.pdf", ".a.pdf", "LICENSE", "Makefile")
    [scan] = touch(tmp_path, "scan-without-ending", content=b"%PDF-1.7\n")
    assert names(tmp_path) == ["scan-without-ending"]
    assert names(tmp_path / "c.md", tmp_path / "LICENSE") == ["c.md", "LICENSE"]
    assert names(scan) == ["scan-without-ending"]


def test_what_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        gather([tmp_path / "gone"])


def test_page_images_are_one_document(tmp_path: Path) -> None:
    pages = touch(tmp_path, "in/qd-page-10.jpg", "in/qd-page-2.PNG", "in/qd-page-1.tif")
    touch(tmp_path, "in/kh_page_1.jpg", "in/kh_page_2.jpg", "in/tt-page-1.jpg", "in/page-1.jpg")
    touch(tmp_path, "other/qd-page-3.jpg", "in/qd-page-1.pdf")
    items = gather([tmp_path])
    assert [item.name for item in items] == [
        "in/kh", "in/page-1.jpg", "in/qd-page-1.pdf", "in/qd", "in/tt-page-1.jpg",
        "other/qd-page-3.jpg",
    ]  # fmt: skip
    assert items[3].paths == (pages[2], pages[1], pages[0])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a-page-1.jpg", "a-page-2.jpg"], [2]),
        (["a-page-1.jpg", "b-page-2.jpg"], [1, 1]),
        (["a-page-1.jpg", "a_page_2.jpg"], [2]),
        (["a-page-1.jpg", "a-page-01.jpg", "a-page-2.jpg"], [1, 1, 1]),  # page 1 twice
        (["a-page-1.jpg", "a-page-1.png"], [1, 1]),
        (["x/a-page-1.jpg", "y/a-page-2.jpg"], [1, 1]),
        (["a-page-x.jpg", "a-page-.jpg", "-page-1.jpg"], [1, 1, 1]),
        ([], []),
    ],
)
def test_group_paths(files: list[str], expected: list[int]) -> None:
    groups = group_paths(map(Path, files))
    assert [len(group) for group in groups] == expected
    assert sorted(path for group in groups for path in group) == sorted(map(Path, files))


def test_named_page_images_are_put_together_too(tmp_path: Path) -> None:
    paths = touch(tmp_path, "qd-page-2.jpg", "qd-page-1.jpg")
    assert [(item.name, len(item.paths)) for item in gather(paths)] == [("qd", 2)]


def test_names_do_not_collide(tmp_path: Path) -> None:
    first, second = touch(tmp_path, "a/x/s.pdf", "b/x/s.pdf")
    assert names(first, second) == ["a/x/s.pdf", "b/x/s.pdf"]
    assert names(tmp_path / "a", tmp_path / "b") == ["a/x/s.pdf", "b/x/s.pdf"]
    touch(tmp_path, "a/x/t.pdf")
    assert names(tmp_path / "a", tmp_path / "b") == ["a/x/s.pdf", "x/t.pdf", "b/x/s.pdf"]


def test_pages_and_a_file_of_the_same_name_do_not_collide(tmp_path: Path) -> None:
    touch(tmp_path, "qd", content=b"%PDF-1.7\n")
    touch(tmp_path, "qd-page-1.jpg", "qd-page-2.jpg")
    assert names(tmp_path) == ["qd", "qd-pages"]


def test_a_document_is_taken_once(tmp_path: Path) -> None:
    [path] = touch(tmp_path, "a.pdf")
    assert names(tmp_path, path, tmp_path / "." / "a.pdf") == ["a.pdf"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    touch(outside, "secret.pdf")
    inside = tmp_path / "in"
    touch(inside, "a.pdf")
    (inside / "link.pdf").symlink_to(outside / "secret.pdf")
    (inside / "folder").symlink_to(outside)
    (inside / "alias.pdf").symlink_to(inside / "a.pdf")
    (inside / "broken.pdf").symlink_to(inside / "gone.pdf")
    assert names(inside) == ["a.pdf"]


def test_the_folder_of_the_records_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.pdf", "out/a.pdf.json", "out/a.pdf.txt")
    assert names(tmp_path, exclude=tmp_path / "out") == ["a.pdf"]
    touch(tmp_path, "a.pdf.json", "a.pdf.txt", "note.txt")
    assert names(tmp_path, exclude=tmp_path) == ["a.pdf", "note.txt"]


def test_a_link_to_the_folder_itself_may_be_given(tmp_path: Path) -> None:
    touch(tmp_path / "real", "a.pdf")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert names(tmp_path / "link") == ["a.pdf"]
