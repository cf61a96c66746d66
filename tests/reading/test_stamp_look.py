# SPDX-License-Identifier: Apache-2.0
"""The stamps of urgency and secrecy: a page for each of the marks, and what is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from stamped import BLACK, RED, Stamp, one_bit, stamped
from typeset import BODY, FOOT, HEAD, HEIGHT, TITLE, WIDTH, paint

from pipeline.errors import ReadingError
from pipeline.extract.markings import extract_marking, secrecy_of
from pipeline.model import (
    Block,
    Box,
    Document,
    Frame,
    Line,
    Page,
    Role,
    Source,
    TextLayer,
    Verdict,
    Word,
)
from pipeline.reading.colours import shrunk
from pipeline.reading.engine import Look
from pipeline.reading.enhance import inverse, joined, levelling
from pipeline.reading.ocr import Tesseract
from pipeline.reading.page import read_page
from pipeline.reading.stamp_frames import find_frames
from pipeline.reading.stamp_look import look_at_stamps, mark_of
from pipeline.settings import Settings
from samples.stamps import draw_arrival, draw_seal

SETTINGS = Settings()
LAYER = TextLayer(Verdict.NONE, "no text")
DPI = 150.0
TEXTS = [*HEAD, *TITLE, *BODY, *FOOT]
MARKS = [
    (("HỎA TỐC",), Role.URGENCY),
    (("HỎA TỐC", "HẸN GIỜ"), Role.URGENCY),
    (("HỎA TỐC HẸN GIỜ",), Role.URGENCY),
    (("THƯỢNG KHẨN",), Role.URGENCY),
    (("KHẨN",), Role.URGENCY),
    (("MẬT",), Role.SECRECY),
    (("TỐI MẬT",), Role.SECRECY),
    (("TUYỆT MẬT",), Role.SECRECY),
]


def sheet(stamp: Stamp | None = None, dpi: float = DPI) -> Image.Image:
    """A directive with room under its number, and the stamp there."""
    page = paint([text for text in TEXTS if text not in TITLE], dpi)
    return stamped(page, stamp, dpi) if stamp else page


def page_of(*blocks: Block, number: int = 1, frame: Frame | None = None) -> Page:
    return Page(number, WIDTH, HEIGHT, LAYER, blocks, frame or Frame())


def block(role: Role, text: str, x: float, y: float) -> Block:
    return Block(role, (Line((Word(text, Box(x, y, x + 60, y + 12), 0.9),)),))


HEAD_BLOCKS = (
    block(Role.NUMBER, "Số: 37/CT-UBND", 90, 100),
    block(Role.ADDRESSEES, "Kính gửi: Các sở", 250, 190),
    block(Role.BODY, "Thời gian qua", 113, 215),
)


class Says:
    """A reader that says the same of each crop, over its whole width, and counts its calls."""

    def __init__(self, *rows: str, share: float = 1.0) -> None:
        self.rows, self.share = rows, share
        self.looks: list[Look] = []

    def read(self, copy, settings: Settings, look: Look = Look.PAGE) -> tuple[Line, ...]:
        self.looks.append(look)
        high = copy.height / max(len(self.rows), 1)
        found = []
        for number, row in enumerate(self.rows):
            words = row.split()
            wide, top = copy.width * self.share / len(words), number * high
            boxes = [Box(n * wide, top, (n + 1) * wide, top + high) for n in range(len(words))]
            pairs = zip(words, boxes, strict=True)
            found.append(Line(tuple(Word(word, box, 0.9) for word, box in pairs)))
        return tuple(reversed(found))

    def turn(self, copy, settings: Settings) -> int:
        return 0

    def versions(self) -> dict[str, str]:
        return {}


class Failing(Says):
    def read(self, copy, settings: Settings, look: Look = Look.PAGE) -> tuple[Line, ...]:
        raise ReadingError("Tesseract failed")


def stamps_of(page: Page) -> list[tuple[Role, str]]:
    return [(b.role, b.text) for b in page.blocks if b.role in (Role.URGENCY, Role.SECRECY)]


@pytest.mark.parametrize("degrees", [0.0, 6.0, -8.0, 40.0])
@pytest.mark.parametrize("arrow", [False, True])
def test_a_red_frame_is_found_where_it_stands(degrees: float, *, arrow: bool) -> None:
    stamp = Stamp(("HỎA TỐC",), 140, 170, degrees, arrow=arrow)
    (frame,) = find_frames(shrunk(sheet(stamp), DPI), Frame())
    assert frame.red
    middle = frame.box.centre
    assert middle == pytest.approx((140, 170), abs=2 if not arrow else 20)
    assert frame.slant % 360 == pytest.approx(-degrees % 360, abs=1.5 if not arrow else 6)


def test_a_black_box_on_one_bit_is_found() -> None:
    page = one_bit(sheet(Stamp(("KHẨN",), 140, 170, 4, BLACK)))
    (frame,) = find_frames(shrunk(page, DPI), Frame())
    assert not frame.red
    assert frame.box.centre == pytest.approx((140, 170), abs=2)


def test_the_words_stand_on_the_page_as_read() -> None:
    slant = levelling(3.0, WIDTH, HEIGHT)
    image = sheet(Stamp(("HỎA TỐC",), 140, 170))
    page = look_at_stamps(page_of(*HEAD_BLOCKS, frame=slant), image, DPI, Says("HỎA TỐC"), SETTINGS)
    found = next(b for b in page.blocks if b.role is Role.URGENCY).box
    assert found is not None
    assert slant.apply(found).centre == pytest.approx((140, 170), abs=4)


@pytest.mark.parametrize(("rows", "role"), MARKS)
def test_a_mark_goes_behind_the_number(rows: tuple[str, ...], role: Role) -> None:
    engine = Says(*rows)
    page = look_at_stamps(
        page_of(*HEAD_BLOCKS), sheet(Stamp(rows, 140, 170, 5)), DPI, engine, SETTINGS
    )
    assert engine.looks == [Look.LINE if len(rows) == 1 else Look.BLOCK]
    assert stamps_of(page) == [(role, " ".join(rows))]
    assert [b.role for b in page.blocks] == [Role.NUMBER, role, Role.ADDRESSEES, Role.BODY]


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("DỰ THẢO", 1.0),
        ("HỎA HOẠN", 1.0),
        ("MÁT", 0.3),
        ("KHẨN TRƯƠNG", 1.0),
        ("KHẨN", 0.4),  # the other word was not read
        ("RHÂN", 1.0),
        ("|| --", 1.0),
        ("", 1.0),
    ],
)
def test_what_reads_as_no_mark_is_none(said: str, share: float) -> None:
    engine = Says(*([said] if said else []), share=share)
    image = sheet(Stamp(("THƯỢNG KHẨN",), 140, 170))
    page = look_at_stamps(page_of(*HEAD_BLOCKS), image, DPI, engine, SETTINGS)
    assert page.blocks == HEAD_BLOCKS
    assert len(engine.looks) == 1


def test_a_worn_mark_is_given_with_what_was_read() -> None:
    image = sheet(Stamp(("THƯỢNG KHẨN",), 140, 170))
    page = look_at_stamps(page_of(*HEAD_BLOCKS), image, DPI, Says("THƯƠNG KHẤN"), SETTINGS)
    (word,) = page.blocks[1].lines[0].words
    assert word.edit is not None
    assert (word.text, word.edit.before, word.edit.rule) == ("THƯỢNG KHẨN", "THƯƠNG KHẤN", "stamp")
    value = extract_marking(page, "urgency", SETTINGS)
    assert value is not None
    assert (value.value, value.needs_review) == ("Thượng khẩn", True)


def test_later_pages_have_secrecy_only() -> None:
    image = sheet(Stamp(("TỐI MẬT",), 140, 60))
    body = (block(Role.BODY, "một", 90, 200), block(Role.BODY, "hai", 90, 300))
    urgent = look_at_stamps(page_of(*body, number=2), image, DPI, Says("HỎA TỐC"), SETTINGS)
    assert urgent.blocks == body
    secret = look_at_stamps(page_of(*body, number=2), image, DPI, Says("TỐI MẬT"), SETTINGS)
    assert [b.role for b in secret.blocks] == [Role.BODY, Role.SECRECY, Role.BODY]


def test_a_marking_is_not_doubled() -> None:
    image = sheet(Stamp(("KHẨN",), 140, 170))
    elsewhere = page_of(*HEAD_BLOCKS, block(Role.URGENCY, "KHẨN", 400, 170))
    assert look_at_stamps(elsewhere, image, DPI, Says("KHẨN"), SETTINGS) == elsewhere
    same = page_of(*HEAD_BLOCKS, block(Role.URGENCY, "KHAN", 110, 164))
    page = look_at_stamps(same, image, DPI, Says("KHẨN"), SETTINGS)
    assert stamps_of(page) == [(Role.URGENCY, "KHẨN")]


@pytest.mark.parametrize(("colour", "kept"), [(RED, True), (BLACK, False)])
def test_print_under_a_red_stamp_stays(colour: tuple[int, int, int], *, kept: bool) -> None:
    image = sheet(Stamp(("KHẨN",), 140, 170, colour=colour))
    page = page_of(*HEAD_BLOCKS, block(Role.BODY, "tỉnh", 110, 164))
    found = look_at_stamps(page, image, DPI, Says("KHẨN"), SETTINGS)
    assert stamps_of(found) == [(Role.URGENCY, "KHẨN")]
    assert any(b.text == "tỉnh" for b in found.blocks) is kept


def _with_layer(page: Image.Image, draw) -> Image.Image:
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    draw(layer)
    paper = page.convert("RGBA")
    paper.alpha_composite(layer)
    return paper.convert("RGB")


def test_seal_arrival_stamp_and_red_letterhead_are_not_asked_about() -> None:
    scale, rng = DPI / 72, np.random.default_rng(3)
    page = sheet()
    page = _with_layer(page, lambda layer: draw_seal(layer, (150 * scale, 300), scale, rng))
    page = _with_layer(
        page, lambda layer: draw_arrival(layer, (380 * scale, 500), scale, ("12", "3/4", "VP"))
    )
    pen = ImageDraw.Draw(page)
    pen.rectangle((60 * scale, 20 * scale, 540 * scale, 34 * scale), fill=RED)
    pen.rectangle((380 * scale, 660 * scale, 480 * scale, 690 * scale), outline=RED, width=3)
    engine = Says("HỎA TỐC")
    for image in (page, page.convert("L"), one_bit(page), sheet()):
        assert look_at_stamps(page_of(*HEAD_BLOCKS), image, DPI, engine, SETTINGS).blocks == (
            HEAD_BLOCKS
        )
    assert engine.looks == []


def test_a_table_on_one_bit_is_not_asked_about() -> None:
    page = sheet()
    pen = ImageDraw.Draw(page)
    for x in range(120, 1000, 160):
        for y in range(300, 600, 40):
            pen.rectangle((x, y, x + 160, y + 40), outline="black", width=2)
    engine = Says("MẬT")
    look_at_stamps(page_of(*HEAD_BLOCKS), one_bit(page), DPI, engine, SETTINGS)
    assert engine.looks == []


def test_a_reader_that_fails_is_heard() -> None:
    with pytest.raises(ReadingError):
        look_at_stamps(page_of(), sheet(Stamp(("MẬT",))), DPI, Failing(), SETTINGS)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("HỎA TỐC", ("Hỏa tốc", True)),
        ("HOẢ TỐC", ("Hỏa tốc", True)),
        ("[ KHẨN ]", ("Khẩn", True)),
        ("HOA TOC", ("Hỏa tốc", False)),
        ("HỎA TỐC HẸN GlỜ", ("Hỏa tốc hẹn giờ", False)),
        ("MẶT", ("Mật", False)),
        ("MÀI", None),
        ("HÀ NỘI", None),
        ("", None),
    ],
)
def test_marks(text: str, mark: tuple[str, bool] | None) -> None:
    found = mark_of(text)
    assert (found and (found[0], found[2])) == mark


@given(st.text(max_size=60))
def test_no_reading_raises(text: str) -> None:
    found = mark_of(text)
    assert found is None or found[1] in (Role.URGENCY, Role.SECRECY)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I", "F", "I;16"]),
    st.integers(1, 260),
    st.integers(1, 260),
    st.sampled_from([1.0, 72.0, 150.0, 1200.0]),
    st.integers(0, 2**32 - 1),
)
def test_no_image_raises(mode: str, width: int, height: int, dpi: float, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    image = Image.fromarray(noise).convert("L")
    image = image.convert("I").convert(mode) if mode == "I;16" else image.convert(mode)
    look_at_stamps(page_of(), image, dpi, Says("MẬT"), SETTINGS)


@given(st.floats(-180, 180), st.floats(-500, 500), st.floats(0.1, 9))
def test_inverse_undoes(degrees: float, shift: float, scale: float) -> None:
    frame = joined(levelling(degrees, WIDTH, HEIGHT), Frame(scale, 0, shift, 0, scale, -shift))
    back = inverse(frame).apply(frame.apply(Box(70, 90, 70, 90)))
    assert back.centre == pytest.approx((70, 90), abs=1e-6)


KINDS = {"red_slanted": (RED, 7.0), "red_straight": (RED, 0.0), "one_bit": (BLACK, 3.0)}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("rows", "role"), MARKS)
def test_tesseract_reads_the_mark(rows: tuple[str, ...], role: Role, kind: str) -> None:
    colour, degrees = KINDS[kind]
    image = sheet(Stamp(rows, 140, 170, degrees, colour), 200)
    image = one_bit(image) if kind == "one_bit" else image
    page = look_at_stamps(page_of(*HEAD_BLOCKS), image, 200, Tesseract(), SETTINGS)
    assert stamps_of(page) == [(role, " ".join(rows))]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stamp", "urgency", "secrecy"),
    [
        (Stamp(("HỎA TỐC",), 110, 165, 38, arrow=True), "Hỏa tốc", None),
        (Stamp(("TUYỆT MẬT",), 480, 160, -4), None, "Tuyệt mật"),
        (None, None, None),
    ],
)
def test_a_whole_page(stamp: Stamp | None, urgency: str | None, secrecy: str | None) -> None:
    page = read_page(sheet(stamp, 200), 200, 1, LAYER, Tesseract(), SETTINGS)
    found = extract_marking(page, "urgency", SETTINGS)
    secret = secrecy_of(Document(Source("a.png", (), "0" * 64, 1, "image/png"), (page,)), SETTINGS)
    assert (found and found.value, secret and secret.value) == (urgency, secrecy)
