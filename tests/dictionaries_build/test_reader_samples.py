# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dictionaries.build import reader_samples
from dictionaries.build.reader_samples import HELD_OUT, Lines, compose, joined, load, part, save
from dictionaries.build.reader_texts import SOURCES, Texts
from dictionaries.build.typefaces import TIMES, TYPEFACES, UNSEEN, Typeface, lacks
from pipeline.reading.line_picture import HEIGHT, Pixels

TEXTS = Texts(
    {name: ["Giao Sở Nội vụ chủ trì", "Điều 2. Tổ chức thực hiện"] for name in SOURCES},
    ["ba"], ["UBND"], ["QĐ"],
)  # fmt: skip
PICTURES = [
    np.arange(HEIGHT * width, dtype=np.uint32).reshape(HEIGHT, width).astype(np.uint8)
    for width in (8, 12, 4)
]
SAYS = ["Số", "ngày 5", "ợ"]


def same(lines: Lines) -> bool:
    pictures = [lines.picture(place) for place in range(len(lines))]
    return all(np.array_equal(a, b) for a, b in zip(pictures, PICTURES, strict=True))


def test_lines_of_several_widths_lie_one_after_the_other() -> None:
    lines = joined(PICTURES, SAYS)
    assert (len(lines), lines.widths.tolist(), lines.texts) == (3, [8, 12, 4], tuple(SAYS))
    assert same(lines)


def test_what_is_saved_is_loaded_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new" / "000001.npz"
    save(joined(PICTURES, SAYS), path)
    save(joined(PICTURES, SAYS), path)
    again = load(path)
    assert same(again)
    assert again.texts == tuple(SAYS)
    assert all(type(text) is str for text in again.texts)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(bool(lacks(TIMES)), reason=lacks(TIMES))
def test_the_same_seed_gives_the_same_line() -> None:
    def line(seed: int) -> tuple[Pixels, str]:
        found = compose(TEXTS, TIMES, np.random.default_rng(seed))
        assert found is not None
        return found

    (first, said), (again, same_said), (other, _) = line(4), line(4), line(5)
    assert said == same_said
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.skipif(bool(lacks(TIMES)), reason=lacks(TIMES))
def test_a_line_that_is_too_long_is_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = np.zeros((HEIGHT, 1604), np.uint8)
    monkeypatch.setattr(reader_samples, "scan", lambda *_: wide)
    assert compose(TEXTS, TIMES, np.random.default_rng(1)) is None
    monkeypatch.setattr(reader_samples, "scan", lambda *_: wide[:, :1600])
    assert compose(TEXTS, TIMES, np.random.default_rng(1)) is not None


@pytest.fixture
def faces(monkeypatch: pytest.MonkeyPatch) -> list[Typeface]:
    """Make parts of four lines; the fonts that they were set in."""
    met: list[Typeface] = []

    def recorded(
        texts: Texts, face: Typeface, rng: np.random.Generator
    ) -> tuple[Pixels, str] | None:
        met.append(face)
        return compose(texts, face, rng)

    monkeypatch.setattr(reader_samples, "PART", 4)
    monkeypatch.setattr(reader_samples, "_texts", lambda _: TEXTS)
    monkeypatch.setattr(reader_samples, "compose", recorded)
    return met


@pytest.mark.skipif(bool(lacks(TIMES)), reason=lacks(TIMES))
def test_a_part_is_made_once_and_the_same_each_time(faces: list[Typeface], tmp_path: Path) -> None:
    first = part(3, tmp_path / "one", tmp_path)
    made = len(faces)
    kept = part(3, tmp_path / "one", tmp_path)
    assert len(faces) == made
    again, other = (part(number, tmp_path / "two", tmp_path) for number in (3, 4))
    assert len(first) == 4
    assert first.texts == kept.texts == again.texts != other.texts
    assert np.array_equal(first.pixels, again.pixels)
    assert set(faces) <= set(TYPEFACES)


@pytest.mark.skipif(bool(lacks(UNSEEN)), reason=lacks(UNSEEN))
def test_held_out_lines_are_set_in_a_font_that_training_never_sees(
    faces: list[Typeface], tmp_path: Path
) -> None:
    part(HELD_OUT, tmp_path, tmp_path)
    assert set(faces) == {UNSEEN}
    assert UNSEEN not in TYPEFACES
