# SPDX-License-Identifier: Apache-2.0
"""The signature read once more without the ink that lies over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline.errors import ReadingError
from pipeline.model import Box, Frame, Line, Word
from pipeline.reading.engine import Look
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.signature_look import elected, look_at_signature, reads_clearly
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS = Settings()
_GROUND, _SEAL, _PRINT = 255, 160, 10


def line(text: str, left: float, top: float, sure: float = 0.95) -> Line:
    words, x = [], left
    for word in text.split():
        words.append(Word(word, Box(x, top, x + 8.0 * len(word), top + 11.0), sure))
        x += 8.0 * len(word) + 4.0
    return Line(tuple(words))


def foot(post: str, name: str, sure: float = 0.95) -> list[Line]:
    body = [line("các cơ quan, đơn vị chịu trách nhiệm thi hành", 80, 400 + 16 * row)
            for row in range(4)]  # fmt: skip
    left = [line("Nơi nhận:", 80, 500), line("- Như trên;", 80, 515), line("- Lưu: VT.", 80, 530)]
    right = [line(post, 380, 500, sure)]
    return [*body, *left, *right, line(name, 370, 580, sure)]


def copy_of() -> ReadingCopy:
    """A page at 72 dpi: print, and a seal over the place of the signature."""
    gray = np.full((842, 595), _GROUND, np.uint8)
    gray[400:470, 80:500] = _PRINT
    gray[500:512, 380:480] = _PRINT
    gray[505:560, 360:440] = np.minimum(gray[505:560, 360:440], _SEAL)
    gray[580:592, 370:480] = _PRINT
    return ReadingCopy(gray, 72.0, Frame())


class Sheets:
    """A reader that sees the same lines on each of the stacked sheets, and keeps their pictures."""

    def __init__(self, lines: Sequence[tuple[str, float]], sheets: int = 2) -> None:
        self.pictures: list[np.ndarray] = []
        self._lines, self._sheets = lines, sheets

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        assert look is Look.BLOCK
        self.pictures.append(copy.gray)
        if len(self.pictures) > 1:
            return ()
        height = copy.height / self._sheets
        return tuple(
            line(text, 60.0, sheet * height + top)
            for sheet in range(self._sheets)
            for text, top in self._lines
        )

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        return 0

    def versions(self) -> dict[str, str]:
        return {}


class Failing(Sheets):
    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        raise ReadingError("Tesseract failed")


def test_a_signature_that_reads_well_is_left_alone() -> None:
    lines = foot("CHỦ TỊCH", "Trần Văn Bình")
    engine = Sheets([])
    assert look_at_signature(copy_of(), lines, engine, SETTINGS) == tuple(lines)
    assert engine.pictures == []


def test_a_page_without_a_foot_is_left_alone() -> None:
    lines = [line("Điều 1. Phê duyệt kế hoạch", 80, 100)]
    engine = Sheets([])
    assert look_at_signature(copy_of(), lines, engine, SETTINGS) == tuple(lines)
    assert engine.pictures == []


def test_the_lighter_ink_is_gone_before_it_is_read_again() -> None:
    lines = foot("CHỦ TỊCH", "T1ần Văn B`nh", sure=0.4)
    engine = Sheets([("CHỦ TỊCH", 12.0)])
    look_at_signature(copy_of(), lines, engine, SETTINGS)
    first = engine.pictures[0]
    assert set(np.unique(first)) == {_PRINT, _GROUND}


def test_a_reader_that_sees_nothing_takes_nothing_away() -> None:
    lines = foot("CHỦ TỊCH", "T1ần Văn B`nh", sure=0.4)
    found = look_at_signature(copy_of(), lines, Sheets([]), SETTINGS)
    assert "CHỦ TỊCH" in [one.text for one in found]
    assert {one.text for one in lines[:4]} <= {one.text for one in found}


def test_a_reader_that_fails_is_heard() -> None:
    with pytest.raises(ReadingError):
        look_at_signature(
            copy_of(), foot("CHỦ TỊCH", "T1ần Văn B`nh", sure=0.4), Failing([]), SETTINGS
        )


@pytest.mark.parametrize(
    ("post", "name", "clear"),
    [
        ("KT. CHỦ TỊCH", "Trần Văn Bình", True),
        ("CHỦ TỊCH", "Trần Văn Bình", True),
        ("HÓ CHỦ TỊCH", "Trần Văn Bình", False),
        ("CHỦ TỊCH", "Trẩn Văn Bình", False),
    ],
)
def test_what_reads_clearly(post: str, name: str, clear: bool) -> None:
    assert reads_clearly([line(post, 380, 500), line(name, 370, 580)]) is clear


def test_of_each_line_the_best_reading_is_taken() -> None:
    first = [line("xv `", 380, 530, 0.2), line("HÓ CHỦ TỊCH", 380, 500, 0.5),
             line("Khang", 450, 580, 0.6)]  # fmt: skip
    again = [line("PHÓ CHỦ TỊCH", 372, 500), line("Trần Hữu Khang", 372, 580)]
    found = [one.text for one in elected([first, again, again], 11.0)]
    assert found == ["PHÓ CHỦ TỊCH", "xv `", "Trần Hữu Khang"]


def test_what_stands_above_the_post_is_no_name() -> None:
    above = [line("Lê Văn Thành", 372, 450), line("CHỦ TỊCH", 380, 500)]
    other = [line("Lê Văn Thanh", 372, 450), line("CHỦ TỊCH", 380, 500)]
    assert [one.text for one in elected([above, other], 11.0)] == ["Lê Văn Thành", "CHỦ TỊCH"]
