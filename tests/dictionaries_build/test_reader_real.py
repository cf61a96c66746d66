# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dictionaries.build import reader_real
from dictionaries.build.reader_real import ScannedPage, labelled, scanned_pages
from pipeline.intake.gather import Item
from pipeline.model import Box, Word
from pipeline.reading.line_decoder import ReadWord
from pipeline.reading.line_finder import FoundLine
from pipeline.reading.line_picture import HEIGHT, STRIDE, BaseLine
from pipeline.reading.line_reader import ReadLine


def surely(text: str, share: float) -> list[tuple[str, float]]:
    return [(word, share) for word in text.split()]


# What the line reader and Tesseract saw, how sure each was of all its words, what the vote says.
VOTES = [
    ("Kế hoạch số 12/KH-UBND", 0.9, "Kế hoạch số 12/KH-UBND", 0.9, "Kế hoạch số 12/KH-UBND"),
    # One reading is a sentence.
    ("Uỷ ban nhân dân tỉnh", 0.9, "Uỷ ban nhan dân tỉnh", 0.9, "Uỷ ban nhân dân tỉnh"),
    ("Uỷ ban nhan dân tỉnh", 0.9, "Uỷ ban nhân dân tỉnh", 0.9, "Uỷ ban nhân dân tỉnh"),
    ("dự toán ngân sách nhà nưóc", 0.9, "dự toán ngân sách nhà nước", 0.9,
     "dự toán ngân sách nhà nước"),
    # A stroke of a pen is no word.
    ("chủ trì, phối hợp với các sở", 0.9, "chủ trì, | phối hợp với các sở", 0.9,
     "chủ trì, phối hợp với các sở"),
    # The model knows no marks and no case: the reader decides if it is sure and Tesseract is not.
    ("các sở, ban, ngành và xã", 0.99, "các sở, ban. ngành và xã", 0.8, "các sở, ban, ngành và xã"),
    ("các sở, ban, ngành và xã", 0.9, "các sở, ban. ngành và xã", 0.8, None),
    ("các sở, ban, ngành và xã", 0.99, "các sở, ban. ngành và xã", 0.95, None),
    # Figures are never decided.
    ("Kế hoạch số 12 của tỉnh", 0.99, "Kế hoạch số 13 của tỉnh", 0.1, None),
    ("Kế hoạch số l2 của tỉnh", 0.9, "Kế hoạch số 12 của tỉnh", 0.9, None),
    # One of the two did not read the line.
    ("Uỷ ban nhân dân tỉnh", 0.9, "Ủy bạn nhãn đẩn tình", 0.9, None),
    ("Uỷ ban nhân dân tỉnh", 0.9, "", 0.9, None),
    ("a", 0.9, "a", 0.9, None),
    ("", 0.9, "", 0.9, None),
]  # fmt: skip


@pytest.mark.parametrize(("own", "sure", "other", "other_sure", "expected"), VOTES)
def test_the_vote(
    own: str, sure: float, other: str, other_sure: float, expected: str | None
) -> None:
    found = reader_real._vote(surely(own, sure), surely(other, other_sure), Counter())
    assert found == expected


def test_what_was_voted_is_counted() -> None:
    counts = Counter[str]()
    for own, sure, other, other_sure, _ in VOTES:
        reader_real._vote(surely(own, sure), surely(other, other_sure), counts)
    assert counts == Counter(unlike=4, open=4, own=3, tesseract=2)


def word(text: str, x0: float, foot: float, sure: float | None = 0.95) -> Word:
    return Word(text, Box(x0, foot - 10, x0 + 40, foot + 2), sure)


def line(*words: str, slope: float = 0.0) -> ReadLine:
    """Return a line from x = 100 to 500 pixels, its base line at y = 200."""
    read = tuple(
        ReadWord(text, 10 * place, 10 * place + 8, 0.96) for place, text in enumerate(words)
    )
    found = FoundLine(BaseLine(100.0, 500.0, 200.0, slope), 14.0)
    return ReadLine(found, read, tuple((100.0 + 50 * n, 140.0 + 50 * n) for n in range(len(read))))


ON = [
    # Points are half as many as pixels: the line goes from 50 to 250 at 100.
    ([word("nhân", 100, 100), word("Uỷ", 52, 100), word("ban", 75, 101)], 0.0, "Uỷ ban nhân"),
    ([word("trên", 100, 80), word("đây", 100, 100), word("dưới", 100, 122)], 0.0, "đây"),
    ([word("trước", 0, 100), word("đây", 100, 100), word("sau", 240, 100)], 0.0, "đây"),
    # A line that sinks by 20 points to its end.
    ([word("đầu", 52, 100), word("cuối", 200, 119), word("trên", 200, 100)], 0.1, "đầu cuối"),
    ([Word("không nơi", None, 0.9), word("đây", 100, 100)], 0.0, "đây"),
    ([], 0.0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "slope", "expected"), ON)
def test_words_of_tesseract_that_stand_on_a_line(
    words: Sequence[Word], slope: float, expected: str
) -> None:
    found = reader_real._on(line(slope=slope), tuple(words), 2.0)
    assert " ".join(word.text for word in found) == expected


LABELLED = [
    (["Uỷ", "ban", "nhân", "dân"], ["Uỷ", "ban", "nhân", "dân"], ["Uỷ ban nhân dân"]),
    (["Họ", "tên:......"], ["Họ", "tên:......"], ["Họ tên:..."]),
    # A sign that the network has no class for is no sign of a good label.
    (["các", "▪", "sở"], ["các", "▪", "sở"], []),
    (["số", "12"], ["số", "13"], []),
]


@pytest.mark.parametrize(("own", "other", "expected"), LABELLED)
def test_lines_are_cut_out_with_what_they_say(
    own: list[str], other: list[str], expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tuple(word(text, 52 + 45 * place, 100) for place, text in enumerate(other))
    gray = np.full((400, 600), 255, np.uint8)
    gray[186:200, 100:500:3] = 0
    monkeypatch.setattr(reader_real, "read_lines", lambda *_: [line(*own)])
    counts = Counter[str]()
    page = ScannedPage("a-1", gray, 144.0, 7.0, words)
    found = list(labelled(page, None, counts))  # type: ignore[arg-type]
    assert [text for _, text in found] == expected
    assert (counts["found"], counts["kept"]) == (1, len(expected))
    for picture, _ in found:
        assert picture.shape[0] == HEIGHT
        assert picture.shape[1] % STRIDE == 0
        assert picture.min() < 60
        assert picture.max() > 200


# Names of files with a true text, documents that there are, and which of them may be learnt from.
LEFT_OUT = [
    ([], [["a.pdf"]], ["a.pdf"]),
    (["a.page1.txt"], [["a.pdf"], ["b.pdf"]], ["b.pdf"]),
    (["a.page3.txt"], [["a.pdf"], ["b.pdf"]], ["b.pdf"]),
    # A name with a dot, page images of one document, images with truths of their own.
    (["a.signed.page1.txt"], [["a.signed.pdf"], ["b.pdf"]], ["b.pdf"]),
    (["a.page2.txt"], [["a-page-1.jpg", "a-page-2.jpg"], ["b.jpg"]], ["b.jpg"]),
    (["a-1.txt", "a-2.txt"], [["a-1.jpg"], ["a-2.jpg"], ["b-1.jpg"]], ["b-1.jpg"]),
]  # fmt: skip


@pytest.mark.parametrize(("truths", "documents", "expected"), LEFT_OUT)
def test_documents_with_a_true_text_are_not_even_opened(
    truths: list[str], documents: list[list[str]], expected: list[str],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "truth").mkdir()
    for name in truths:
        (tmp_path / "truth" / name).touch()
    items = [Item(tuple(tmp_path / name for name in names), names[0]) for names in documents]
    opened = []

    @contextmanager
    def source(paths: Sequence[Path], name: str, settings: object) -> Iterator[SimpleNamespace]:
        del paths, settings
        opened.append(name)
        yield SimpleNamespace(sheets=lambda *_: iter(()))

    monkeypatch.setattr(reader_real, "gather", lambda _: items)
    monkeypatch.setattr(reader_real, "open_source", source)
    assert not list(scanned_pages(tmp_path, tmp_path / "pages"))
    assert opened == expected


def test_a_page_is_read_by_tesseract_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "truth").mkdir()
    read = []

    def never() -> None:
        raise AssertionError

    def enhanced(*_: object) -> SimpleNamespace:
        fine = SimpleNamespace(gray=np.zeros((4, 4), np.uint8), dpi=144.0, letter=6.5)
        return SimpleNamespace(fine=fine)

    class Reader:
        def read(self, *_: object) -> list[SimpleNamespace]:
            read.append(1)
            return [SimpleNamespace(words=(word("Uỷ", 1, 20), word("ban", 50, 20)))]

    scan = SimpleNamespace(image=None, dpi=144.0)
    pages = [
        SimpleNamespace(number=1, scan=lambda: scan),
        SimpleNamespace(number=2, scan=None),  # born digital
    ]

    @contextmanager
    def source(*_: object) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(sheets=lambda *_: iter(pages))

    monkeypatch.setattr(reader_real, "gather", lambda _: [Item((tmp_path / "a.pdf",), "a.pdf")])
    monkeypatch.setattr(reader_real, "open_source", source)
    monkeypatch.setattr(reader_real, "enhance", enhanced)
    monkeypatch.setattr(reader_real, "Tesseract", Reader)
    (first,) = scanned_pages(tmp_path, tmp_path / "pages")
    assert (first.name, first.dpi, first.letter) == ("a-1", 144.0, 6.5)
    assert [word.text for word in first.words] == ["Uỷ", "ban"]
    pages[0].scan = never
    (again,) = scanned_pages(tmp_path, tmp_path / "pages")
    assert pickle.dumps(again.words) == pickle.dumps(first.words)
    assert read == [1]
