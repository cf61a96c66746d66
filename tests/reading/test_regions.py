# SPDX-License-Identifier: Apache-2.0
"""Seals, arrival stamps, signatures and handwriting on pages painted for the test."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw
from typeset import BODY, DIRECTIVE, HEIGHT, WIDTH, Text, font, paint, words

from pipeline.model import Block, Box, Edit, Frame, Line, Page, Role, TextLayer, Verdict, Word
from pipeline.reading.arrival import speaks_of_arrival
from pipeline.reading.colours import View, shrunk, view_of
from pipeline.reading.engine import Look
from pipeline.reading.enhance import ReadingCopy, upright
from pipeline.reading.frames import find_frames
from pipeline.reading.ink import black_ink
from pipeline.reading.regions import find_regions, look_at_regions
from pipeline.settings import Settings
from samples.stamps import SEAL_RADIUS, draw_arrival, draw_seal, draw_signature

if TYPE_CHECKING:
    from collections.abc import Callable

DPI = 150.0
SCALE = DPI / 72
SIGN, SEAL = (420.0, 455.0), (370.0, 450.0)


def over(page: Image.Image, *marks: Callable[[Image.Image, np.random.Generator], None]):
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    for mark in marks:
        mark(layer, np.random.default_rng(7))
    return Image.alpha_composite(page.convert("RGBA"), layer).convert("RGB")


def seal_at(x: float, y: float, size: float = 1.0):
    return lambda layer, rng: draw_seal(layer, (x * SCALE, y * SCALE), SCALE * size, rng)


def signed_at(x: float, y: float):
    return lambda layer, rng: draw_signature(layer, (x * SCALE, y * SCALE), SCALE, rng)


def blocks_of(texts: list[Text]) -> tuple[Block, ...]:
    foot = Block(Role.SIGNATURE, tuple(words(text) for text in texts if text.x > 360 < text.y))
    body = [Block(Role.BODY, (words(text),)) for text in texts if not text.x > 360 < text.y]
    return (*body, foot)


def seen(image: Image.Image) -> View:
    return view_of(shrunk(image, DPI), Frame(), (WIDTH, HEIGHT))


def found(image: Image.Image, kind: str) -> list[Box]:
    regions = find_regions(seen(image), blocks_of(DIRECTIVE), None)
    return [region.box for region in regions if region.kind == kind]


def near(box: Box, x: float, y: float, radius: float, slack: float = 4.0) -> bool:
    edges = (x - radius, y - radius, x + radius, y + radius)
    return all(
        abs(a - b) < slack for a, b in zip((box.x0, box.y0, box.x1, box.y1), edges, strict=True)
    )


def test_a_red_seal_is_found_over_print_and_pen() -> None:
    page = over(paint(DIRECTIVE, DPI), signed_at(*SIGN), seal_at(*SEAL))
    (seal,) = found(page, "seal")
    assert near(seal, *SEAL, SEAL_RADIUS)


@pytest.mark.parametrize("mode", ["L", "1"])
def test_a_seal_without_colour_is_found_over_the_signature(mode: str) -> None:
    page = over(paint(DIRECTIVE, DPI), seal_at(*SEAL)).convert("L")
    dark = page.point(lambda v: 0 if v < 190 else 255).convert(mode)
    (seal,) = found(dark, "seal")
    assert near(seal, *SEAL, SEAL_RADIUS)


def test_a_seal_over_the_edge_of_two_pages_is_found_in_part() -> None:
    (seal,) = found(over(paint(DIRECTIVE, DPI), seal_at(WIDTH + 10, 300)), "seal")
    assert seal.x1 == pytest.approx(WIDTH, abs=1)
    assert seal.height == pytest.approx(2 * SEAL_RADIUS, abs=8)


@pytest.mark.parametrize("size", [0.45, 1.5])
def test_a_ring_that_is_no_seals_size_is_none(size: float) -> None:
    assert not found(over(paint(DIRECTIVE, DPI), seal_at(300, 600, size)), "seal")


def test_a_page_of_print_has_no_regions() -> None:
    for mode in ("RGB", "L", "1"):
        image = paint(DIRECTIVE, DPI).convert(mode)
        assert find_regions(seen(image), blocks_of(DIRECTIVE), None) == ()


def test_red_capitals_in_a_frame_are_no_seal() -> None:
    page = paint(DIRECTIVE, DPI)
    pen = ImageDraw.Draw(page)
    pen.rectangle((200, 600, 420, 680), outline=(205, 32, 44), width=4)
    pen.text((310, 640), "HỎA TỐC", (205, 32, 44), font(15 * SCALE, bold=True), anchor="mm")
    assert not found(page, "seal")


def test_a_signature_is_what_the_pen_left_between_post_and_name() -> None:
    (box,) = found(over(paint(DIRECTIVE, DPI), signed_at(*SIGN)), "signature")
    assert box.x0 < SIGN[0] < box.x1
    assert 400 < box.y0 < SIGN[1] < box.y1 < 520
    assert not found(over(paint(DIRECTIVE, DPI), seal_at(*SEAL)), "signature")


def test_a_blue_note_is_handwriting_and_blue_print_is_not() -> None:
    (note,) = found(over(paint(DIRECTIVE, DPI), signed_at(200, 650)), "handwriting")
    assert note.x0 < 200 < note.x1
    page = paint(DIRECTIVE, DPI)
    small = font(7 * SCALE)
    for row, text in enumerate(("Ký bởi: Văn phòng", "Thời gian ký: 08:15 05/3/2024")):
        spot = (150 * SCALE, (600 + 14 * row) * SCALE)
        ImageDraw.Draw(page).text(spot, text, (0, 0, 255), small, anchor="ls")
    assert not found(page, "handwriting")


def test_slots_that_only_the_reader_of_slots_could_read_are_handwriting() -> None:
    box = Box(110, 100, 125, 113)
    written = Word("37", box, 0.9, Edit("đ#", 0.9, "slot"))
    view = seen(paint(BODY, DPI))
    for word, boxes in ((written, [box]), (replace(written, edit=None), [])):
        number = Block(Role.NUMBER, (Line((word,)),))
        assert [region.box for region in find_regions(view, (number,), None)] == boxes


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_read(turn: int) -> None:
    page = over(paint(DIRECTIVE, DPI), seal_at(*SEAL))
    scanned = page.rotate(turn, expand=True)
    frame = upright(turn, WIDTH, HEIGHT)
    (seal,) = find_regions(view_of(shrunk(scanned, DPI), frame, (WIDTH, HEIGHT)), (), None)
    assert near(seal.box, *SEAL, SEAL_RADIUS)


class Stamp:
    """A reader of stamps that always reads the same lines, at places of their own."""

    def __init__(self, *texts: Text) -> None:
        self.lines = tuple(words(text) for text in texts)
        self.looks: list[Look] = []

    def read(self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE):
        self.looks.append(look)
        return self.lines

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        return 0

    def versions(self) -> dict[str, str]:
        return {}


def arrived(engine: Stamp, *, stamp: bool = True, number: int = 1) -> Page:
    plain = paint([*BODY], DPI)
    values = ("2107", "10/10/2024", "TP")
    page = over(plain, lambda layer, rng: draw_arrival(layer, (150, 1000), SCALE, values))
    image = page if stamp else plain
    copy = ReadingCopy(black_ink(image), DPI, Frame())
    blocks = (Block(Role.ARRIVAL, (words(Text(90, 510, "ĐỂN SỞ")),)),) if stamp else ()
    layer = TextLayer(Verdict.NONE, "a test")
    made = Page(number, WIDTH, HEIGHT, layer, blocks)
    return look_at_regions(made, copy, image, DPI, engine, Settings())


def test_the_arrival_stamp_is_found_by_its_frame_and_read_by_itself() -> None:
    engine = Stamp(Text(60, 20, "ĐẾN"), Text(15, 42, "Số: 2107"), Text(15, 60, "Ngày: 10/10/2024"))
    page = arrived(engine)
    (region,) = [region for region in page.regions if region.kind == "arrival_stamp"]
    assert region.box.x0 == pytest.approx(72, abs=6)
    assert region.box.width == pytest.approx(142, abs=10)
    assert engine.looks == [Look.BLOCK]
    (block,) = [block for block in page.blocks if block.role is Role.ARRIVAL]
    assert "Số: 2107" in block.text
    assert block.box is not None
    assert region.box.x0 < block.box.x0 < block.box.x1 < region.box.x1


def test_a_number_that_cannot_be_read_is_left_to_the_reader_of_digits() -> None:
    engine = Stamp(Text(60, 20, "ĐẾN"), Text(16, 50, "Số: 2T0?", 11))
    (block,) = arrived(engine).blocks
    label, number = block.lines[1].words
    assert (label.text, number.text) == ("Số:", "2107")
    assert number.edit is not None
    assert (number.edit.before, number.edit.rule) == ("2T0?", "slot")


def test_the_reader_is_not_asked_where_there_is_no_frame() -> None:
    engine = Stamp()
    assert arrived(engine, stamp=False).regions == ()
    assert arrived(engine, number=2).blocks[0].text == "ĐỂN SỞ"
    assert engine.looks == []


def test_frames_of_tables_and_letters_are_not_of_a_stamps_size() -> None:
    page = paint(DIRECTIVE, DPI)
    pen = ImageDraw.Draw(page)
    pen.rectangle((150, 1100, 1100, 1400), outline="black", width=3)
    pen.rectangle((150, 1450, 250, 1480), outline="black", width=3)
    assert find_frames(seen(page)) == ()


@pytest.mark.parametrize(
    ("lines", "speaks"),
    [
        (["CV", "ĐẾN"], True),
        (["CÔNG VĂN ĐẾN", "Số: 12", "Ngày: 05/3/2024"], True),
        (["Số:", "Ngày:", "Chuyển:"], True),
        (["HỎA TỐC"], False),
        (["Thời hạn: đến ngày 05/3/2024"], False),
        (["Số:", "Ngày:"], False),
        ([], False),
    ],
)
def test_what_an_arrival_stamp_says(lines: list[str], speaks: bool) -> None:
    assert speaks_of_arrival(lines) is speaks


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (40, 40)])
@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "LA", "P"])
def test_no_picture_breaks_it(mode: str, size: tuple[int, int]) -> None:
    image = Image.new(mode, size)
    points = size[0] * 72 / DPI, size[1] * 72 / DPI
    assert (
        find_regions(view_of(shrunk(image, DPI), Frame(), points), blocks_of(DIRECTIVE), None) == ()
    )
