# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from typeset import Text, paint, words

from pipeline.reading.line_finder import FoundLine
from pipeline.reading.line_letters import ALPHABET, CLASS_OF, CLASSES
from pipeline.reading.line_picture import HEIGHT, LETTER, MARGIN, STRIDE, BaseLine
from pipeline.reading.line_reader import LineModel, ReadLine, line_model, read_line, read_lines

SCALE = 2.0
USUAL = 6.1 * SCALE


class Scripted:
    """A session that sees certain characters in certain columns, whatever the picture."""

    def __init__(self, **columns: str) -> None:
        self._columns = {int(place.removeprefix("at")): mark for place, mark in columns.items()}
        self.picture = np.zeros(0)

    def run(self, wanted: None, given: dict[str, np.ndarray]) -> list[Any]:
        assert wanted is None
        self.picture = given["line"]
        seen = np.zeros((1, self.picture.shape[3] // STRIDE, CLASSES), np.float32)
        seen[..., 0] = 1
        for place, mark in self._columns.items():
            seen[0, place] = 0
            seen[0, place, CLASS_OF[mark]] = 1
        return [seen]


def model(session: Any = None, slope: float = 1.0, offset: float = 0.0) -> LineModel:
    return LineModel(session=session, slope=slope, offset=offset, digest="toy")


def bars(*edges: tuple[int, int], letter: int = 14) -> np.ndarray:
    """A page with a bar for each word, their feet at row 80."""
    gray = np.full((120, 500), 255, np.uint8)
    for x0, x1 in edges:
        gray[80 - letter : 80, x0:x1] = 0
    return gray


def line(x0: float, x1: float, letter: float = 14.0, slope: float = 0.0) -> FoundLine:
    return FoundLine(BaseLine(x0, x1, 80.0, slope), letter)


class TestLook:
    def test_the_network_gets_ink_as_one_and_paper_as_none(self) -> None:
        session = Scripted()
        picture = np.full((HEIGHT, 80), 255, np.uint8)
        picture[20:30, 8:16] = 0
        seen = model(session).look(picture)
        assert session.picture.shape == (1, 1, HEIGHT, 80)
        assert session.picture.dtype == np.float32
        assert session.picture[0, 0, 25, 10] == 1
        assert session.picture[0, 0, 5, 5] == 0
        assert seen.shape == (80 // STRIDE, CLASSES)

    @pytest.mark.parametrize("probability", [0.0, 0.3, 0.5, 0.97, 1.0])
    def test_without_calibration_a_probability_is_a_confidence(self, probability: float) -> None:
        assert model().confidence(probability) == pytest.approx(probability, abs=1e-5)

    def test_calibration_keeps_the_order(self) -> None:
        shy = model(slope=0.7, offset=-0.4)
        found = [shy.confidence(share) for share in np.linspace(0, 1, 21)]
        assert found == sorted(found)
        assert all(0 < confidence < 1 for confidence in found)
        assert shy.confidence(0.9) < 0.9


class TestEdges:
    # A column of the network is four pixels of the cut line, of which eight are its margin.
    @pytest.mark.parametrize("letter", [14, 21, 28])
    def test_words_stand_where_their_ink_is(self, letter: int) -> None:
        scale = letter / LETTER
        edges = [(round(50 + a * scale), round(50 + b * scale)) for a, b in ((0, 40), (52, 100))]
        gray = bars(*edges, letter=letter)
        session = Scripted(at5="x", at13=" ", at20="y")
        read = read_line(gray, line(edges[0][0], edges[1][1], letter), model(session))
        assert [word.text for word in read.words] == ["x", "y"]
        for found, expected in zip(read.edges, edges, strict=True):
            assert found == pytest.approx(expected, abs=1.5 * scale)

    def test_a_blank_seen_beside_its_place_parts_the_words_all_the_same(self) -> None:
        gray = bars((50, 90), (102, 150))
        session = Scripted(at5="x", at12=" ", at20="y")
        read = read_line(gray, line(50, 150), model(session))
        assert read.edges[0] == pytest.approx((50, 90), abs=1)
        assert read.edges[1] == pytest.approx((102, 150), abs=1)

    def test_words_without_white_between_are_parted_where_the_blank_is(self) -> None:
        session = Scripted(at5="x", at13=" ", at20="y")
        read = read_line(bars((50, 150)), line(50, 150), model(session))
        (a, b), (c, d) = read.edges
        assert (a, d) == pytest.approx((50, 150), abs=1)
        assert b == c == pytest.approx(50 - MARGIN + 13.5 * STRIDE, abs=STRIDE)

    def test_one_word_has_all_the_ink(self) -> None:
        read = read_line(bars((50, 90), (102, 150)), line(50, 150), model(Scripted(at5="x")))
        assert read.edges[0] == pytest.approx((50, 150), abs=1)

    def test_where_no_ink_is_a_word_has_its_part_of_the_line(self) -> None:
        read = read_line(bars(), line(50, 150), model(Scripted(at5="x")))
        ((left, right),) = read.edges
        assert (left, right) == pytest.approx((50 - MARGIN, 150 + MARGIN), abs=STRIDE)

    def test_a_line_in_which_nothing_is_seen_has_no_words(self) -> None:
        assert read_line(bars((50, 150)), line(50, 150), model(Scripted())).words == ()


class TestReach:
    @pytest.mark.parametrize(
        ("text", "up", "down"),
        [
            ("xa", 1.0, 0.0),
            ("an", 1.0, 0.0),
            ("há", 1.48, 0.0),
            ("ná", 1.4, 0.0),
            ("nấ", 1.8, 0.0),
            ("Nam", 1.48, 0.0),
            ("ẤM", 2.28, 0.0),
            ("năm", 1.4, 0.0),
            ("ngày", 1.4, 0.45),
            ("xạ", 1.0, 0.45),
            ("ơn,", 1.0, 0.45),
            ("2021.", 1.48, 0.0),
            ("(1)", 1.48, 0.45),
            ("", 1.0, 0.0),
        ],
    )
    def test_letters_reach_up_and_down(self, text: str, up: float, down: float) -> None:
        read = ReadLine(line(50, 150, 10.0), (), ())
        assert read.reach(text, 50) == pytest.approx((80 - 10 * up, 80 + 10 * down))

    def test_a_line_that_sinks_takes_its_words_along(self) -> None:
        read = ReadLine(line(50, 450, 10.0, slope=0.02), (), ())
        assert read.reach("xa", 450) == pytest.approx((78, 88))

    @pytest.mark.parametrize("character", sorted(set(ALPHABET) - {" "}))
    def test_every_character_reaches_somewhere(self, character: str) -> None:
        top, bottom = ReadLine(line(50, 150, 10.0), (), ()).reach(character, 50)
        assert 80 - 25 <= top <= 70
        assert 80 <= bottom <= 85


LINES = [
    "ỦY BAN NHÂN DÂN HUYỆN PHÚ HÒA",
    "Số: 37/CT-UBND",
    "Phú Hòa, ngày 12 tháng 8 năm 2021",
    "Căn cứ Luật Tổ chức chính quyền địa phương",
    "báo cáo kết quả trước ngày 30 tháng 8 năm 2021.",
]


class TestModel:
    @pytest.mark.parametrize("text", LINES)
    def test_a_printed_line_is_read(self, text: str) -> None:
        (read,) = read_lines(printed(Text(60, 60, text)), USUAL, line_model())
        assert " ".join(word.text for word in read.words) == text

    def test_its_words_stand_where_they_were_printed(self) -> None:
        text = Text(60, 60, "Phú Hòa, ngày 12 tháng 8 năm 2021")
        (read,) = read_lines(printed(text), USUAL, line_model())
        boxes = [word.box for word in words(text).words if word.box]
        assert len(read.edges) == len(boxes)
        for edges, box in zip(read.edges, boxes, strict=True):
            assert edges == pytest.approx((box.x0 * SCALE, box.x1 * SCALE), abs=4)

    def test_lines_come_from_top_to_bottom(self) -> None:
        texts = [Text(60, 60 + 22 * number, text) for number, text in enumerate(LINES)]
        read = read_lines(printed(*texts), USUAL, line_model())
        beginnings = [line.words[0].text for line in read]
        assert beginnings == [text.split()[0] for text in LINES]

    def test_it_is_loaded_once(self) -> None:
        assert line_model() is line_model()

    def test_it_has_a_class_for_every_character(self) -> None:
        seen = line_model().look(np.full((HEIGHT, 160), 255, np.uint8))
        assert seen.shape == (160 // STRIDE, CLASSES)
        assert seen.sum(axis=1) == pytest.approx(np.ones(160 // STRIDE), abs=0.02)


def printed(*texts: Text) -> np.ndarray:
    gray = np.asarray(paint(list(texts), 72 * SCALE).convert("L"))
    return np.ascontiguousarray(gray[: round((texts[-1].y + 60) * SCALE)])
