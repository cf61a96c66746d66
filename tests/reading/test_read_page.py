# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import dataclass

import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein
from recorded import FakeEngine
from typeset import BODY, DIRECTIVE, HEIGHT, WIDTH, paint, typeset

from pipeline.errors import ReadingError
from pipeline.model import Box, Line, Role, TextLayer, Verdict, Word
from pipeline.passage import page_passage
from pipeline.reading.engine import Look
from pipeline.reading.ocr import Tesseract
from pipeline.reading.page import (
    page_of_lines,
    page_of_text,
    read_page,
    reads_well,
    stands_on_end,
)
from pipeline.settings import Settings

LAYER = TextLayer(Verdict.NONE, "no text")
SETTINGS = Settings()
TRUTH = " ".join(
    part
    for part in (
        "ỦY BAN NHÂN DÂN HUYỆN PHÚ HÒA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 37/CT-UBND Phú Hòa, ngày 12 tháng 8 năm 2021 CHỈ THỊ",
        "Về việc tăng cường phòng cháy, chữa cháy rừng mùa khô trên địa bàn huyện Phú Hòa",
        *(text.text for text in BODY),
        "Nơi nhận: - Như trên; - Thường trực Huyện ủy; - Lưu: VT, KL.",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Bình",
    )
)


def error_rate(text: str) -> float:
    return Levenshtein.distance(TRUTH, " ".join(text.split())) / len(TRUTH)


def test_a_recorded_page_is_read_in_order() -> None:
    engine = FakeEngine("directive")
    page = read_page(paint(DIRECTIVE, 200), 200, 1, LAYER, engine, SETTINGS)
    assert error_rate(page_passage(page).text) < 0.01
    assert (page.width, page.height) == pytest.approx((WIDTH, HEIGHT), abs=1)
    assert engine.turns == 0
    # The page, the two columns of the head, the two columns of the foot.
    assert engine.looks == [Look.PAGE] + [Look.BLOCK] * 4


def test_a_page_that_reads_badly_is_asked_for_its_orientation() -> None:
    engine = FakeEngine("upside_down", turn=180)
    read_page(paint(DIRECTIVE, 200).rotate(180), 200, 1, LAYER, engine, SETTINGS)
    assert engine.turns == 1
    assert engine.looks.count(Look.PAGE) == 2


def test_a_reader_that_fails_is_not_hidden() -> None:
    class Broken(FakeEngine):
        def read(self, copy: object, settings: object, look: Look = Look.PAGE):
            raise ReadingError("crashed")

    with pytest.raises(ReadingError, match="crashed"):
        read_page(paint(BODY, 100), 100, 1, LAYER, Broken("directive"), SETTINGS)


def test_words_that_stand_on_end_tell_of_a_page_on_its_side() -> None:
    upright = typeset(*BODY)
    turned = [
        Line(
            tuple(
                Word(w.text, Box(w.box.y0, w.box.x0, w.box.y1, w.box.x1), 0.9) for w in line.words
            )
        )
        for line in upright
    ]
    assert stands_on_end(turned)
    assert not stands_on_end(upright)
    assert not stands_on_end([])


@pytest.mark.parametrize(
    ("text", "confidence", "well"),
    [
        ("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ngành", 0.95, True),
        ("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ngành", 0.4, False),
        ("qiJỊ ƯỊOS gnơfu uyJ3 wyz zfwq ủjgjx vvgh qtrk ìuo zzt", 0.9, False),
        ("", 0.9, True),
    ],
)
def test_confidence_and_syllables_tell_whether_a_page_reads_well(
    text: str, confidence: float, well: bool
) -> None:
    line = Line(tuple(Word(word, Box(0, 0, 9, 9), confidence) for word in text.split()))
    assert reads_well([line]) is well


def test_a_text_layer_needs_no_picture_where_no_table_is() -> None:
    def never() -> None:
        raise AssertionError("the picture was asked for")

    page = page_of_lines(typeset(*DIRECTIVE), WIDTH, HEIGHT, 1, LAYER, never)
    assert page.blocks[0].role is Role.ORGAN
    assert error_rate(page_passage(page).text) == 0


def test_plain_text_has_no_size() -> None:
    page = page_of_text("Kính gửi: Sở Tài chính", 1, LAYER)
    assert (page.width, page.height) == (None, None)
    assert "Sở Tài chính" in page_passage(page).text


@dataclass(frozen=True)
class Shot:
    image: Image.Image
    dpi: float


@pytest.mark.slow
@pytest.mark.parametrize("dpi", [100, 200, 300])
def test_tesseract_reads_a_clean_page(dpi: float) -> None:
    page = read_page(paint(DIRECTIVE, dpi), dpi, 1, LAYER, Tesseract(), SETTINGS)
    assert error_rate(page_passage(page).text) < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180, 270, 2.5, -1.5])
def test_tesseract_reads_a_page_however_it_lay(turn: float) -> None:
    scan = paint(DIRECTIVE, 150).rotate(
        turn, expand=turn >= 90, fillcolor="white", resample=Image.Resampling.BICUBIC
    )
    page = read_page(scan, 150, 1, LAYER, Tesseract(), SETTINGS)
    assert error_rate(page_passage(page).text) < 0.02
    number = next(block for block in page.blocks if block.role is Role.NUMBER)
    assert number.box is not None
    found = page.frame.apply(number.box)
    shape = sorted((found.width, found.height))
    assert (found.height > found.width) is (turn in (90, 270))
    assert shape[0] < 25


@pytest.mark.slow
def test_a_blank_page_has_no_text() -> None:
    blank = Image.new("L", (1240, 1754), 255)
    page = read_page(blank, 150, 1, LAYER, Tesseract(), SETTINGS)
    assert page.text_blocks == ()
