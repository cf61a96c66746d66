# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytesseract
import pytest
from recorded import fake_tesseract
from typeset import DIRECTIVE, paint

from pipeline.errors import MissingDependencyError, ReadingError, ReadingTimeoutError
from pipeline.model import Frame
from pipeline.reading.engine import Look, read_all
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.ocr import Tesseract
from pipeline.reading.tsv import lines_of
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num"
    "\tleft\ttop\twidth\theight\tconf\ttext\n"
)
BLANK = ReadingCopy(np.full((60, 200), 255, np.uint8), 150.0, Frame())


def row(text: str, left: int, width: int, line: int = 1, confidence: str = "96.5") -> str:
    return f"5\t1\t1\t1\t{line}\t1\t{left}\t10\t{width}\t20\t{confidence}\t{text}\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def install(body: str) -> Tesseract:
        monkeypatch.setattr(
            pytesseract.pytesseract, "tesseract_cmd", fake_tesseract(tmp_path, body)
        )
        return Tesseract()

    return install


def test_words_have_boxes_in_points_and_confidences_up_to_one() -> None:
    (line,) = lines_of(HEADER + row("Số:", 100, 40) + row("37/CT-UBND", 150, 120), 0.5)
    assert line.text == "Số: 37/CT-UBND"
    assert line.words[0].confidence == pytest.approx(0.965)
    box = line.words[0].box
    assert box is not None
    assert (box.x0, box.y0, box.x1, box.y1) == (50, 5, 70, 15)


def test_text_is_nfc_and_blanks_are_no_words() -> None:
    table = HEADER + row("Đô\u0323c", 0, 30) + row(" ", 40, 5) + row("lập", 50, 30)
    (line,) = lines_of(table, 1.0)
    assert [word.text for word in line.words] == ["Độc", "lập"]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (row("(Agri", 441, 29) + row("ibank)", 468, 33), "(Agribank)"),
        (row("1743/QĐ-", 372, 55) + row("-BGTVT,", 423, 54), "1743/QĐ-BGTVT,"),
        (row("hi", 109, 9) + row("hiểm,", 110, 32), "hiểm,"),
        (row("2026", 100, 40) + row("-", 138, 2) + row("2030", 150, 40), "2026 - 2030"),
        (row("giờ", 100, 30) + row("00", 125, 20), "giờ 00"),
    ],
)
def test_a_word_that_was_read_in_two_halves_is_one(rows: str, text: str) -> None:
    (line,) = lines_of(HEADER + rows, 1.0)
    assert line.text == text


def test_a_page_without_words_has_no_lines() -> None:
    assert lines_of(HEADER + "1\t1\t0\t0\t0\t0\t0\t0\t200\t60\t-1\t\n", 1.0) == ()


@pytest.mark.parametrize("table", ["", "Segmentation fault\n", HEADER + row("x", 1, 2, 1, "n/a")])
def test_what_is_no_table_is_refused(table: str) -> None:
    with pytest.raises(ReadingError):
        lines_of(table, 1.0)


def test_a_missing_program_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    with pytest.raises(MissingDependencyError, match="apt-get install tesseract-ocr"):
        Tesseract().read(BLANK, Settings())
    with pytest.raises(MissingDependencyError, match="apt-get install tesseract-ocr"):
        Tesseract().turn(BLANK, Settings())
    with pytest.raises(MissingDependencyError, match="apt-get install tesseract-ocr"):
        Tesseract().versions()


def test_a_missing_model_says_how_to_get_it(program) -> None:
    engine = program("echo \"Failed loading language 'vie'\" >&2; exit 1")
    with pytest.raises(MissingDependencyError, match="tesseract-ocr-vie"):
        engine.read(BLANK, Settings())


def test_a_crash_is_a_reading_error(program) -> None:
    with pytest.raises(ReadingError, match="failed with status") as caught:
        program("kill -SEGV $$").read(BLANK, Settings())
    assert not isinstance(caught.value, ReadingTimeoutError)


def test_a_hang_is_killed(program) -> None:
    with pytest.raises(ReadingTimeoutError, match="SOHOA_READING_TIMEOUT"):
        program("exec sleep 30").read(BLANK, Settings(reading_timeout=0.3))


def test_garbage_instead_of_a_table_is_a_reading_error(program) -> None:
    with pytest.raises(ReadingError, match="no table"):
        program(r'printf "\377\376 rubbish" > "$2.tsv"').read(BLANK, Settings())


def test_no_output_at_all_is_a_reading_error(program) -> None:
    with pytest.raises(ReadingError, match="could not be run"):
        program("exit 0").read(BLANK, Settings())


def test_one_thread_and_the_look_are_asked_for(program, tmp_path: Path) -> None:
    engine = program(
        f'echo "$@ $OMP_THREAD_LIMIT" > {tmp_path}/said; printf "{HEADER}" > "$2.tsv"'.replace(
            "\t", "\\t"
        ).replace('\n"', '\\n"')
    )
    assert engine.read(BLANK, Settings(), Look.LINE) == ()
    said = (tmp_path / "said").read_text()
    assert "-l vie" in said
    assert "--psm 7" in said
    assert said.split()[-1] == "1"
    assert os.environ["OMP_THREAD_LIMIT"] == "1"


@pytest.mark.parametrize(
    ("answer", "turn"),
    [
        ("Rotate: 270\nOrientation confidence: 14.1\n", 270),
        ("Rotate: 180\nOrientation confidence: 0.4\n", 0),
        ("nothing of the kind\n", 0),
    ],
)
def test_the_page_is_turned_only_when_tesseract_is_sure(program, answer: str, turn: int) -> None:
    engine = program(f"printf '{answer}' > \"$2.osd\"")
    assert engine.turn(BLANK, Settings()) == turn


def test_too_few_letters_keep_the_page_as_it_is(program) -> None:
    engine = program('echo "Too few characters. Skipping this page" >&2; exit 1')
    assert engine.turn(BLANK, Settings()) == 0


def test_a_missing_orientation_model_says_how_to_get_it(program) -> None:
    engine = program('echo "Error opening data file osd.traineddata" >&2; exit 1')
    with pytest.raises(MissingDependencyError, match="tesseract-ocr-osd"):
        engine.turn(BLANK, Settings())


@pytest.mark.slow
def test_versions_name_program_and_models() -> None:
    versions = Tesseract().versions()
    assert versions["tesseract"][0].isdigit()
    assert len(versions["vie"]) == 12


class OneByOne:
    """A reader that has never heard of several pictures at one go."""

    def __init__(self) -> None:
        self.widths: list[int] = []

    def read(self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE):
        self.widths.append(copy.gray.shape[1])
        return ()

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        return 0

    def versions(self) -> dict[str, str]:
        return {}


def test_a_reader_of_single_pictures_gets_one_after_the_other() -> None:
    engine = OneByOne()
    copies = [ReadingCopy(np.full((20, wide), 255, np.uint8), 150, Frame()) for wide in (30, 40)]
    assert read_all(engine, copies, Settings(), Look.BLOCK) == [(), ()]
    assert engine.widths == [30, 40]


@pytest.mark.slow
def test_several_pictures_at_one_go_read_as_each_by_itself() -> None:
    page = np.asarray(paint(DIRECTIVE, 150).convert("L"))
    parts = [page[:420], np.full((60, 60), 255, np.uint8), page[:, 700:]]
    copies = [ReadingCopy(np.ascontiguousarray(part), 150, Frame()) for part in parts]
    found = read_all(Tesseract(), copies, Settings(), Look.BLOCK)
    assert found == [Tesseract().read(copy, Settings(), Look.BLOCK) for copy in copies]
    assert found[1] == ()
    assert "CHỈ THỊ" in " ".join(line.text for line in found[0])
