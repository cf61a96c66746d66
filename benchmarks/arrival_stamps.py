# SPDX-License-Identifier: Apache-2.0
"""How well are numbers and dates read that are written by hand into arrival stamps?

    python -m benchmarks.arrival_stamps --mnist ../shared/data/digits/mnist.npz [--list-errors]

Real stamps are few, so these are composed: frames, labels and leader dots as offices have them
(NĐ 30/2020, Phụ lục IV), digits of MNIST that the reader of digits was not trained on or strokes
of our own, ticks and slashes between them, worn, turned and scanned. The program reads each as it
reads the stamp of a page. No threshold of the program was chosen by real stamps.
"""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rich.console import Console
from rich.table import Table

from dictionaries.build import digit_glyphs as glyphs
from dictionaries.build import digit_strokes
from dictionaries.build.digit_strokes import Hand
from pipeline.extract.arrival_stamp import extract_arrival
from pipeline.model import Box, Document, Frame, Page, Source, TextLayer, Verdict
from pipeline.reading.arrival_look import look_at_arrival
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.ocr import Tesseract
from pipeline.settings import Settings
from samples.source import font_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from dictionaries.build.digit_glyphs import Digits
    from pipeline.record import Arrival

DPI = 200.0
POINT = DPI / 72
# The stamp, in points, and white around it.
_WIDE, _HIGH, _AROUND = 142.0, 86.0, 16.0
_OFFICES = ("SỞ TÀI CHÍNH", "VĂN PHÒNG HĐND TỈNH", "UBND HUYỆN MẪU", "TRUNG TÂM CÔNG BÁO")
_LAYOUTS = (("Số:", "Ngày:", "Chuyển:"), ("Giờ:", "Số:", "Ngày:"), ("Số:", "Ngày:"))
# Colours of the print and of the pen: red, violet or black stamps; blue or black pens.
_PRINTS = ((205, 32, 44), (70, 50, 140), (25, 25, 25))
# Pens write no smaller than this, in points, to find room.
_SMALLEST = 7.0
_PENS = ((28, 52, 150), (30, 30, 35))


@dataclass(frozen=True, slots=True)
class Composed:
    """A stamp on white paper, and what was written into it."""

    image: Image.Image
    number: str
    date: dt.date


def compose(digits: Digits, rng: np.random.Generator) -> Composed:
    """Return a stamp; all but its labels is drawn by chance."""
    date = dt.date(2015, 1, 1) + dt.timedelta(days=int(rng.integers(4300)))
    number = str(int(rng.integers(1, 10 ** int(rng.integers(2, 5)))))
    size = (round((_WIDE + 2 * _AROUND) * POINT), round((_HIGH + 2 * _AROUND) * POINT))
    print_ = Image.new("L", size, 0)
    pen = np.zeros((size[1], size[0]), np.float32)
    lines = _form(print_, rng)
    hand = _hand(rng)
    marks = {"Số:": number, "Ngày:": _as_written(date, rng)}
    for label, (x, base, right) in lines.items():
        if label in marks:
            _write(pen, marks[label], (x, base, right), hand, digits, rng)
    return Composed(_scanned(np.asarray(print_, np.float32) / 255, pen, rng), number, date)


def _form(layer: Image.Image, rng: np.random.Generator) -> dict[str, tuple[float, float, float]]:
    """Print the stamp; return where each line begins, stands and ends, in pixels."""
    draw, left, top = ImageDraw.Draw(layer), _AROUND * POINT, _AROUND * POINT
    right, bottom = left + _WIDE * POINT, top + _HIGH * POINT
    draw.rectangle((left, top, right, bottom), outline=255, width=round(1.3 * POINT))
    draw.line((left, top + 17 * POINT, right, top + 17 * POINT), fill=255, width=round(POINT))
    draw.text(((left + right) / 2, top + 9 * POINT), str(rng.choice(_OFFICES)), fill=255,
              font=_font("bold", 8.5), anchor="mm")  # fmt: skip
    draw.text((left + 24 * POINT, top + 50 * POINT), "ĐẾN", fill=255, font=_font("bold", 14),
              anchor="mm")  # fmt: skip
    labels = _LAYOUTS[int(rng.integers(len(_LAYOUTS)))]
    step = (_HIGH - 22) / len(labels)
    font, dotted = _font("regular", float(rng.uniform(8.5, 10.5))), rng.random() < 0.85
    found = {}
    for place, label in enumerate(labels):
        x, base = left + 46 * POINT, top + (19 + step * (place + 0.75)) * POINT
        draw.text((x, base), label, fill=255, font=font, anchor="ls")
        start = x + float(font.getlength(label)) + POINT
        if dotted:
            spread, radius = float(rng.uniform(2.0, 3.2)) * POINT, float(rng.uniform(0.4, 0.8))
            for dot in np.arange(start, right - 4 * POINT, spread):
                r = radius * POINT
                draw.ellipse((dot - r, base - r, dot + r, base + r), fill=255)
        found[label] = (start, base, right - 4 * POINT)
    return found


def _font(style: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(style)), size * POINT)


def _hand(rng: np.random.Generator) -> Hand:
    return Hand(
        height=float(rng.uniform(8.5, 13.5)) * POINT,
        pen=float(rng.uniform(1.6, 4.0)),
        slant=float(rng.normal(0.12, 0.12)),
        unrest=float(rng.uniform(0.01, 0.04)),
        pressure=float(rng.uniform(0, 0.3)),
    )


def _as_written(date: dt.date, rng: np.random.Generator) -> str:
    day = f"{date.day:02d}" if rng.random() < 0.8 else str(date.day)
    month = f"{date.month:02d}" if rng.random() < 0.4 else str(date.month)
    year = str(date.year) if rng.random() < 0.5 else f"{date.year % 100:02d}"
    return f"{day}/{month}/{year}"


def _write(  # noqa: PLR0913, PLR0917 - what, where, by whom
    pen: np.ndarray,
    text: str,
    place: tuple[float, float, float],
    hand: Hand,
    digits: Digits,
    rng: np.random.Generator,
) -> None:
    """Write digits and slashes over a line; they begin anywhere and may end up crowded."""
    start, base, right = place
    own = rng.random() < 0.5
    lean = float(rng.uniform(-0.02, 0.5))
    shapes = {mark: digit_strokes.choose(mark, rng, 2) for mark in sorted(set(text) - {"/"})}
    gap = float(rng.normal(0.12, 0.06))
    marks = [
        None if mark == "/"
        else glyphs.written(shapes[mark], hand, rng) if own
        else glyphs.scanned_digit(digits, int(mark), hand, rng)
        for mark in text
    ]  # fmt: skip
    wide = sum((0.45 * hand.height if g is None else g.advance) + gap * hand.height for g in marks)
    if wide > right - start and hand.height > _SMALLEST * POINT:
        small = replace(hand, height=0.9 * hand.height)
        _write(pen, text, place, small, digits, rng)
        return
    x = start + float(rng.uniform(0.05, 0.5)) * max(right - start - wide, 0.0)
    base += float(rng.normal(0, 0.06)) * hand.height
    for glyph in marks:
        if glyph is None:
            tall = hand.height * float(rng.uniform(0.8, 1.15))
            foot = (round(x + 0.05 * hand.height), round(base + 0.08 * hand.height))
            head = (round(foot[0] + lean * tall), round(foot[1] - tall))
            cv2.line(pen, foot, head, 1.0, max(1, round(hand.pen)), cv2.LINE_AA)
            x += (0.3 + 0.5 * lean + gap) * hand.height
        else:
            left, top = round(x + glyph.left), round(base + glyph.top)
            rows, columns = glyph.ink.shape
            part = pen[top : top + rows, left : left + columns]
            np.maximum(part, glyph.ink[: part.shape[0], : part.shape[1]], out=part)
            x += glyph.advance + gap * hand.height


def _scanned(print_: np.ndarray, pen: np.ndarray, rng: np.random.Generator) -> Image.Image:
    """Return stamp and pen on paper, turned a little, blurred, as colour, grey, JPEG or 1 bit."""
    colours = _PRINTS[int(rng.integers(3))], _PENS[int(rng.integers(2))]
    worn = cv2.resize(rng.normal(0.9, 0.2, (9, 14)).astype(np.float32), print_.shape[::-1],
                      interpolation=cv2.INTER_CUBIC)  # fmt: skip
    page = np.full((*print_.shape, 3), float(rng.uniform(225, 255)), np.float32)
    for ink, colour in zip((print_ * np.clip(worn, 0.45, 1), pen), colours, strict=True):
        page += ink[..., None] * (np.array(colour, np.float32) - page)
    centre = (print_.shape[1] / 2, print_.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(centre, float(rng.normal(0, 1.2)), 1.0)
    page = cv2.warpAffine(page, turn, print_.shape[::-1], borderValue=(250, 250, 250))
    page = cv2.GaussianBlur(page, (0, 0), float(rng.uniform(0.3, 0.9)))
    noisy = page + rng.normal(0, float(rng.uniform(1, 6)), page.shape)
    image = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    if rng.random() < 0.35:
        return image.convert("L").point(lambda level: 255 if level > 150 else 0)
    return image.convert("L") if rng.random() < 0.3 else image


def read(stamp: Composed, engine: Tesseract, settings: Settings) -> Arrival | None:
    """Return what the program reads of a stamp."""
    width, height = (edge * 72 / DPI for edge in stamp.image.size)
    page = Page(1, width, height, TextLayer(Verdict.NONE, "composed"), ())
    gray = np.asarray(stamp.image.convert("L"), np.uint8)
    copy = ReadingCopy(np.ascontiguousarray(gray), DPI, Frame())
    edge = _AROUND - 4
    frame = Box(edge, edge, width - edge, height - edge)
    page, _ = look_at_arrival(page, copy, stamp.image, DPI, engine, settings, [frame])
    document = Document(Source("stamp", (), "0" * 64, 0, "image/png"), (page,))
    return extract_arrival(document, None, settings)


def main() -> None:
    """Compose stamps, read them, print what is right, wrong and missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--list-errors", action="store_true")
    options = parser.parse_args()
    digits = glyphs.load_digits(options.mnist, held_out=True)
    rng = np.random.default_rng(options.seed)
    engine, settings = Tesseract(), Settings()
    found = []
    for _ in range(options.count):
        stamp = compose(digits, rng)
        found.append((stamp, read(stamp, engine, settings)))
    console = Console(width=100)
    console.print(_table(found))
    if options.list_errors:
        for place, (stamp, arrival) in enumerate(found):
            truth, seen = (stamp.number, stamp.date.isoformat()), (None, None)
            if arrival:
                seen = (arrival.number, arrival.date)
            if truth != seen:
                console.print(place, truth, seen, arrival and (arrival.raw, arrival.confidence))


def _table(found: list[tuple[Composed, Arrival | None]]) -> Table:
    table = Table(title=f"{len(found)} composed arrival stamps", title_justify="left")
    for name in ("field", "right", "wrong", "not read", "accepted", "wrong among them"):
        table.add_column(name, justify="left" if name == "field" else "right")
    fields: dict[str, tuple[Callable[[Composed], str], Callable[[Arrival], str | None]]] = {
        "number": (lambda stamp: stamp.number, lambda arrival: arrival.number),
        "date": (lambda stamp: stamp.date.isoformat(), lambda arrival: arrival.date),
    }
    for name, (truth, read_as) in fields.items():
        pairs = [(truth(s), read_as(a) if a else None, bool(a and a.needs_review))
                 for s, a in found]  # fmt: skip
        right = sum(a == b for a, b, _ in pairs)
        missing = sum(b is None for _, b, _ in pairs)
        sure = [(a, b) for a, b, doubted in pairs if b is not None and not doubted]
        wrong = sum(a != b for a, b in sure)
        table.add_row(name, *(str(n) for n in (
            right, len(pairs) - right - missing, missing, len(sure), wrong
        )))  # fmt: skip
    return table


if __name__ == "__main__":
    main()
