# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from pipeline.errors import MissingDependencyError, ReadingTimeoutError
from pipeline.model import Frame
from pipeline.reading import ocr_library
from pipeline.reading.engines import engine_of, versions_of
from pipeline.reading.enhance import ReadingCopy, enhance
from pipeline.reading.ocr import Tesseract
from pipeline.reading.ocr_library import TesseractLibrary
from pipeline.reading.two_readers import Both, Fast
from pipeline.settings import Settings

SETTINGS = Settings(reader="tesserocr")
BLANK = ReadingCopy(np.full((60, 200), 255, np.uint8), 150.0, Frame())


@pytest.fixture
def page(samples: Path) -> ReadingCopy:
    image = Image.open(samples / "quyet-dinh-1583-page-1.jpg")
    return enhance(image.crop((0, 0, image.width, image.height // 3)), 200.0, SETTINGS)


def test_the_settings_choose_the_reader() -> None:
    alone = {"read": "tesseract"}
    assert isinstance(engine_of(SETTINGS.model_copy(update=alone)), TesseractLibrary)
    assert isinstance(engine_of(Settings(read="tesseract")), Tesseract)
    assert isinstance(engine_of(Settings(read="both")), Both)
    assert isinstance(engine_of(Settings(read="fast")), Fast)
    assert versions_of(SETTINGS).keys() >= {"tesserocr", "tesseract", "vie", "osd"}
    assert versions_of(Settings()).keys() >= {"tesseract", "vie", "osd"}
    assert versions_of(SETTINGS.model_copy(update=alone)) == TesseractLibrary().versions()
    assert versions_of(SETTINGS) == engine_of(SETTINGS).versions()


@pytest.mark.slow
def test_it_reads_what_the_program_reads(page: ReadingCopy) -> None:
    ours = TesseractLibrary().read(page, SETTINGS)
    program = Tesseract().read(page, Settings())
    text, other = ("\n".join(line.text for line in lines) for lines in (ours, program))
    assert Levenshtein.normalized_distance(text, other) < 0.05
    boxes = [line.box for line in ours if line.box]
    assert all(0 <= box.x0 < box.x1 <= page.width for box in boxes)


@pytest.mark.slow
def test_it_tells_how_a_page_was_turned(page: ReadingCopy) -> None:
    for degrees in (0, 90, 180, 270):
        turned = np.ascontiguousarray(np.rot90(page.gray, degrees // 90))
        copy = ReadingCopy(turned, page.dpi, page.frame)
        assert TesseractLibrary().turn(copy, SETTINGS) == Tesseract().turn(copy, Settings())


def test_a_blank_page_has_no_words(capfd: pytest.CaptureFixture[str]) -> None:
    engine = TesseractLibrary()
    assert engine.read(BLANK, SETTINGS) == ()
    assert engine.turn(BLANK, SETTINGS) == 0
    assert capfd.readouterr().err == ""


def test_it_takes_no_longer_than_it_may(page: ReadingCopy) -> None:
    with pytest.raises(ReadingTimeoutError, match="SOHOA_READING_TIMEOUT"):
        TesseractLibrary().read(page, Settings(reader="tesserocr", reading_timeout=0.001))


def test_a_model_that_is_missing_is_told() -> None:
    with pytest.raises(MissingDependencyError, match="xyz"):
        TesseractLibrary().read(BLANK, Settings(reader="tesserocr", language="xyz"))


def test_an_extra_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_library, "find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"sohoa\[fast\]"):
        engine_of(SETTINGS)
