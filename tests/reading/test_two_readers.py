# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline.doubt import wrong
from pipeline.model import Box, Frame, Line, Word
from pipeline.reading.engine import Engine, Look, ManyAtOnce, read_all
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.two_readers import Both, Fast
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS = Settings()
DPI = 144.0
PAGE = ReadingCopy(np.full((800, 1200), 255, np.uint8), DPI, Frame())
SURE, UNSURE = 0.97, 0.5


class Reader:
    """A reader that always reads the same, and remembers what it was given."""

    def __init__(self, *lines: Line, name: str = "toy", turn: int = 0) -> None:
        self._lines, self._name, self._turn = lines, name, turn
        self.given: list[tuple[ReadingCopy, Look]] = []

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        assert settings is SETTINGS
        self.given.append((copy, look))
        return self._lines

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        self.given.append((copy, Look.PAGE))
        return self._turn

    def versions(self) -> dict[str, str]:
        return {self._name: "1", "shared": self._name}


class AtOnce(Reader):
    """A reader that takes several pictures in one go."""

    started = 0

    def read_all(
        self, copies: Sequence[ReadingCopy], settings: Settings, look: Look
    ) -> list[tuple[Line, ...]]:
        self.started += 1
        return [self.read(copy, settings, look) for copy in copies]


class Broken(Reader):
    """A reader that nobody may ask."""

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        raise AssertionError("it was not to be asked")


def line(text: str, x: float, y: float, sure: float = SURE) -> Line:
    words = []
    for part in text.split():
        words.append(Word(part, Box(x, y - 10, x + 6 * len(part), y + 2), sure))
        x += 6 * len(part) + 4
    return Line(tuple(words))


def texts(lines: Sequence[Line]) -> list[str]:
    return [" ".join(word.text for word in line.words) for line in lines]


class TestBoth:
    def test_both_read_every_line_and_vote(self) -> None:
        tesseract = Reader(line("cháy rưng", 60, 100, UNSURE), line("mức cao", 60, 120, UNSURE))
        lines = Reader(line("cháy rừng", 60, 100), line("mức cao", 60, 120))
        found = Both(tesseract, lines).read(PAGE, SETTINGS)
        assert texts(found) == ["cháy rừng", "mức cao"]
        assert all(wrong(word.confidence or 0) < 0.02 for line in found for word in line.words[:1])
        assert tesseract.given == lines.given == [(PAGE, Look.PAGE)]

    def test_a_second_look_is_confirmed_and_never_replaced(self) -> None:
        tesseract = Reader(line("cháy rưng", 60, 100, UNSURE))
        lines = Reader(line("cháy rừng", 60, 100))
        both = Both(tesseract, lines)
        [[found]] = read_all(both, [PAGE], SETTINGS, Look.BLOCK)
        assert both.read(PAGE, SETTINGS, Look.LINE) == tesseract.read(PAGE, SETTINGS)
        assert texts([found]) == ["cháy rưng"]
        assert wrong(found.words[0].confidence or 0) < 0.02
        assert found.words[1].confidence == UNSURE

    def test_what_a_pen_may_have_written_stays(self) -> None:
        tesseract = Reader(line("Số: 239 /TTr-UBND", 60, 60, UNSURE))
        lines = Reader(line("Số: 244 /TTr-UBND", 60, 60))
        [found] = Both(tesseract, lines).read(PAGE, SETTINGS)
        assert texts([found]) == ["Số: 239 /TTr-UBND"]
        assert found.words[1].confidence == UNSURE

    def test_lines_are_those_of_tesseract(self) -> None:
        tesseract = Reader(line("Nơi nhận: CHỦ TỊCH", 60, 100))
        lines = Reader(line("Nơi nhận:", 60, 100), line("CHỦ TỊCH", 118, 100))
        assert texts(Both(tesseract, lines).read(PAGE, SETTINGS)) == ["Nơi nhận: CHỦ TỊCH"]

    def test_several_pictures_in_one_go(self) -> None:
        tesseract, lines = AtOnce(line("rưng", 60, 100, UNSURE)), Reader(line("rừng", 60, 100))
        both = Both(tesseract, lines)
        assert isinstance(both, ManyAtOnce)
        found = read_all(both, [PAGE, PAGE, PAGE], SETTINGS, Look.BLOCK)
        assert [texts(read) for read in found] == [["rưng"]] * 3
        assert tesseract.started == 1
        assert [look for _, look in lines.given] == [Look.BLOCK] * 3
        assert both.read_all([], SETTINGS, Look.BLOCK) == []

    def test_tesseract_tells_which_way_up_the_page_stands(self) -> None:
        assert Both(Reader(turn=90), Reader(turn=180)).turn(PAGE, SETTINGS) == 90

    def test_the_record_names_both(self) -> None:
        versions = Both(Reader(name="tesseract"), Reader(name="lines")).versions()
        assert {"tesseract", "lines"} <= versions.keys()


class TestFast:
    def test_sure_lines_are_nobody_elses_business(self) -> None:
        read = (line("cháy rừng", 60, 100), line("mức cao", 60, 120))
        assert Fast(Reader(*read), Broken()).read(PAGE, SETTINGS) == read

    def test_doubtful_lines_are_read_by_tesseract_too(self) -> None:
        lines = Reader(
            line("cháy rừng", 60, 100), line("mức cào", 60, 120, UNSURE), line("yêu cầu", 60, 140)
        )
        # As it stands in the part of the page that it is given: four points of paper around.
        tesseract = Reader(line("mức cao", 4, 14))
        found = Fast(lines, tesseract).read(PAGE, SETTINGS)
        assert texts(found) == ["cháy rừng", "mức cao", "yêu cầu"]
        ((part, look),) = tesseract.given
        assert look == Look.LINE
        assert (part.width, part.height) == pytest.approx((40 + 8, 12 + 8), abs=1)
        assert found[1].words[0].box == line("mức", 60, 120).words[0].box
        assert found[1].words[1].others[0][0] == "cào"

    def test_one_doubtful_word_is_enough(self) -> None:
        sure, unsure = line("mức", 60, 100), line("cào", 84, 100, UNSURE)
        tesseract = Reader(line("mức cao", 4, 14))
        found = Fast(Reader(Line(sure.words + unsure.words)), tesseract).read(PAGE, SETTINGS)
        assert texts(found) == ["mức cao"]

    @pytest.mark.parametrize(("confidence", "asked"), [(0.99, 0), (0.9, 0), (0.6, 1), (None, 1)])
    def test_what_is_doubtful(self, confidence: float | None, asked: int) -> None:
        tesseract = Reader()
        read = Line((Word("mức", Box(60, 90, 78, 102), confidence),))
        assert Fast(Reader(read), tesseract).read(PAGE, SETTINGS) == (read,)
        assert len(tesseract.given) == asked

    def test_doubtful_lines_go_in_one(self) -> None:
        tesseract = AtOnce()
        read = [line("mức cao", 60, 100 + 20 * number, UNSURE) for number in range(5)]
        Fast(Reader(*read), tesseract).read(PAGE, SETTINGS)
        assert (tesseract.started, len(tesseract.given)) == (1, 5)

    def test_where_tesseract_sees_nothing_or_elsewhere_the_line_stays(self) -> None:
        read = line("mức cao", 60, 100, UNSURE)
        for other in (Reader(), Reader(line("rừng", 300, 300)), Reader(Line(()))):
            assert Fast(Reader(read), other).read(PAGE, SETTINGS)[0] == read

    def test_what_tesseract_sees_beside_a_line_is_not_added(self) -> None:
        read = line("mức cao", 60, 100, UNSURE)
        tesseract = Reader(line("mức cao", 4, 14), line("Lưu", 300, 300))
        assert texts(Fast(Reader(read), tesseract).read(PAGE, SETTINGS)) == ["mức cao"]

    @pytest.mark.parametrize(("x", "y"), [(0, 10), (560, 398), (1, 399)])
    def test_lines_at_the_edge_of_the_page(self, x: float, y: float) -> None:
        read = line("mức", x, y, UNSURE)
        tesseract = Reader(line("mức", min(x, 4), min(y, 14)))
        (found,) = Fast(Reader(read), tesseract).read(PAGE, SETTINGS)
        assert wrong(found.words[0].confidence or 0) < 0.02
        assert found.words[0].box == read.words[0].box
        assert min(tesseract.given[0][0].gray.shape) > 0

    def test_without_tesseract_doubtful_lines_stay(self) -> None:
        read = (line("mức cào", 60, 120, UNSURE),)
        assert Fast(Reader(*read), None).read(PAGE, SETTINGS) == read

    def test_an_empty_page(self) -> None:
        assert Fast(Reader(), Broken()).read(PAGE, SETTINGS) == ()

    def test_the_line_reader_tells_which_way_up_the_page_stands(self) -> None:
        assert Fast(Reader(turn=90), Reader(turn=180)).turn(PAGE, SETTINGS) == 90

    def test_the_record_names_those_who_read(self) -> None:
        lines, tesseract = Reader(name="lines"), Reader(name="tesseract")
        assert Fast(lines, None).versions() == lines.versions()
        assert Fast(lines, tesseract).versions() == {
            "lines": "1", "tesseract": "1", "shared": "lines",
        }  # fmt: skip


def test_both_are_readers() -> None:
    engines: list[Engine] = [Both(Reader(), Reader()), Fast(Reader(), None)]
    assert [engine.read(PAGE, SETTINGS) for engine in engines] == [(), ()]
