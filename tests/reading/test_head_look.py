# SPDX-License-Identifier: Apache-2.0
"""Number and date looked for by their ink where the reading of the page lacks them."""

from __future__ import annotations

import numpy as np
import pytest
from typeset import BODY, HEAD, TITLE, Text, paint, typeset, words

from pipeline.model import Box, Frame, Line, Word
from pipeline.reading.engine import Look
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.head_look import is_line_of, look_at_head, rows_of_ink
from pipeline.reading.ocr import Tesseract
from pipeline.settings import Settings

DPI = 150.0
SETTINGS = Settings()
NUMBER, DATE = HEAD[4], HEAD[5]


def copy_of(*texts: Text) -> ReadingCopy:
    return ReadingCopy(np.array(paint(list(texts), DPI).convert("L")), DPI, Frame())


class LineReader:
    """An engine that gives the same words for every row, and keeps the sizes of what it saw."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.seen: list[tuple[int, ...]] = []

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        assert look is Look.LINE
        self.seen.append(copy.gray.shape)
        return (words(Text(6, 16, self.text)),) if self.text else ()

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        raise AssertionError("nobody asks for the orientation of a row")

    def versions(self) -> dict[str, str]:
        return {}


PAGE = [*HEAD, *TITLE, *BODY]


def without(*left_out: Text) -> tuple[Line, ...]:
    return typeset(*(text for text in PAGE if text not in left_out))


def test_a_whole_head_costs_nothing() -> None:
    engine = LineReader("Số: 1/QĐ-UBND")
    lines = without()
    assert look_at_head(copy_of(*PAGE), lines, engine, SETTINGS) == lines
    assert not engine.seen


@pytest.mark.parametrize("missing", [NUMBER, DATE])
def test_a_row_that_was_not_read_is_taken_up_where_its_ink_is(missing: Text) -> None:
    engine = LineReader(missing.text)
    lines = without(missing)
    found = look_at_head(copy_of(*PAGE), lines, engine, SETTINGS)
    (new,) = [line for line in found if line not in lines]
    assert new.text == missing.text
    assert new.box is not None
    assert new.box.y0 == pytest.approx(missing.y - 10, abs=5)
    assert new.box.x0 == pytest.approx(missing.x, abs=3)


def test_what_was_misread_there_makes_room() -> None:
    junk = Line((Word("§ø", Box(95, 103, 130, 115), 0.2),))
    lines = (*without(NUMBER), junk)
    found = look_at_head(copy_of(*PAGE), lines, LineReader("Số: 37/CT-UBND"), SETTINGS)
    assert junk not in found
    assert any(line.text == "Số: 37/CT-UBND" for line in found)


@pytest.mark.parametrize("text", ["", "§ø ~", "Về việc phòng cháy"])
def test_what_reads_as_neither_changes_nothing(text: str) -> None:
    engine = LineReader(text)
    lines = without(NUMBER)
    assert look_at_head(copy_of(*PAGE), lines, engine, SETTINGS) == lines
    # Each row as it is, and once enlarged.
    assert 2 <= len(engine.seen) <= 6


def test_a_head_without_ink_or_motto_is_left_alone() -> None:
    engine = LineReader("Số: 37/CT-UBND")
    blank = [text for text in PAGE if text is not NUMBER]
    assert look_at_head(copy_of(*blank), without(NUMBER), engine, SETTINGS) == without(NUMBER)
    assert not engine.seen
    assert look_at_head(copy_of(*BODY), typeset(*BODY), engine, SETTINGS) == typeset(*BODY)
    assert look_at_head(copy_of(*BODY), (), engine, SETTINGS) == ()


def test_rules_and_specks_are_no_rows() -> None:
    copy = copy_of(NUMBER)
    gray = copy.gray.copy()
    point = DPI / 72
    gray[round(95 * point), round(100 * point) : round(200 * point)] = 0
    gray[round(130 * point) : round(130 * point) + 1, round(60 * point)] = 0
    ruled = ReadingCopy(gray, DPI, Frame())
    (row,) = rows_of_ink(ruled, Box(0, 90, 260, 140), 11.0)
    assert row.y0 > 97
    assert row.y1 == pytest.approx(NUMBER.y + 2, abs=3)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("number", "Số: 37/CT-UBND", True),
        ("number", "Số: ớ@ /CT-UBND", True),
        ("number", "Căn cứ Nghị định số 30/2020/NĐ-CP", False),
        ("day", "Phú Hòa, ngày 12 tháng 8 năm 2021", True),
        ("day", "Phú Hòa, ngàw‡† tháng 8 năm 2021", True),
        ("day", "Độc lập - Tự do - Hạnh phúc", False),
    ],
)
def test_which_line_is_which(kind: str, text: str, *, expected: bool) -> None:
    assert is_line_of(kind, words(Text(90, 112, text))) is expected


@pytest.mark.slow
@pytest.mark.parametrize("missing", [NUMBER, DATE])
def test_tesseract_reads_the_row(missing: Text) -> None:
    found = look_at_head(copy_of(*PAGE), without(missing), Tesseract(), SETTINGS)
    assert missing.text in [line.text for line in found]
