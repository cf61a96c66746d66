# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.repair_pages import KINDS, face_of, pages
from dictionaries.build.typefaces import FREE_SERIF, TIMES, UNSEEN, lacks

ROW = {"document": "002_KH", "lines": [{"seen": [["Ké", 0.4]], "right": ["Kế"]}], "lost": 1}
FACES = (UNSEEN, TIMES, FREE_SERIF)
with_fonts = pytest.mark.skipif(
    any(map(lacks, FACES)), reason="; ".join(filter(None, map(lacks, FACES)))
)


@pytest.mark.parametrize("kind", KINDS)
def test_pages_that_were_made_are_not_made_again(tmp_path: Path, kind: str) -> None:
    name = "real.jsonl" if kind == "real" else f"test_{kind}.jsonl"
    (tmp_path / name).write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    (page,) = pages(tmp_path / "no data", tmp_path, kind)
    assert page.document == "002_KH"
    assert page.lines[0].seen == (("Ké", 0.4),)
    assert page.lines[0].right == ("Kế",)
    assert page.lost == 1


def test_without_documents_the_error_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="dev_documents"):
        pages(tmp_path, tmp_path / "cache", "eng")


@with_fonts
def test_both_splits_get_every_font() -> None:
    for first in (0, 1):
        fonts = [face_of(number).name for number in range(first, 64, 2)]
        assert {name: fonts.count(name) for name in fonts} == {
            UNSEEN.name: 16,
            TIMES.name: 8,
            FREE_SERIF.name: 8,
        }


@pytest.mark.slow
@with_fonts
def test_a_document_is_rendered_read_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "dev_documents"
    folder.mkdir(parents=True)
    text = "KẾ HOẠCH\nThực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững\n"
    (folder / "001_KH.txt").write_text(text, encoding="utf-8")
    (page,) = pages(tmp_path, tmp_path / "cache", "vie")
    assert " ".join(" ".join(line.right) for line in page.lines) == " ".join(text.split())
    assert pages(tmp_path, tmp_path / "cache", "vie") == [page]
