# SPDX-License-Identifier: Apache-2.0
"""Sets paragraphs as pages in several fonts, and damages them as printers and scanners do.

Everything comes from the random generator that the caller seeds: the same seed and the same
fonts give the same page.
"""

from __future__ import annotations

import functools
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build.stacked_tones import INK, write_plain, write_stacked
from dictionaries.build.typefaces import Typeface, characters
from samples.damage import Damage, spoil
from samples.lines import HEIGHT, WIDTH, Line, Rule, Word
from samples.lines import Page as SetPage

if TYPE_CHECKING:
    from collections.abc import Sequence

Pixels = npt.NDArray[np.uint8]
POINTS_PER_INCH = 72.0
# Margins of NĐ 30/2020, Phụ lục I, I.2, in points, and the indents that offices use (0 to 1.27 cm).
LEFT, RIGHT, TOP, BOTTOM = 85.0, 544.0, 64.0, 785.0
INDENTS = (0.0, 28.35, 36.0)
# Glyphs are measured at this size, where hinting does not round their widths.
_MEASURE = 200

_HEADING = re.compile(r"(?:Điều \d+|Chương [IVX]+|Mục \d+|[IVX]+\.|\d+(?:\.\d+)*\.|[a-zđ]\)) ?")
_DATED = re.compile(r"[^,]{3,40}, ngày .{0,12}tháng .{0,8}năm \d*\.?$")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page is set; sizes in points, `leading` in sizes."""

    face: Typeface
    size: float
    leading: float
    justified: bool
    indent: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one style, "regular", "bold" or "italic"."""

    text: str
    style: str = "regular"
    centred: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Wear:
    """What happens to a page between the printer and the reader: `name` is for the pairs."""

    name: str
    damage: Damage
    jpeg: int | None = None


def draw_layout(face: Typeface, rng: np.random.Generator) -> Layout:
    """Return a layout as offices use: 12–14.5 pt, lines 1.1–1.6 apart, six of ten justified."""
    return Layout(
        face=face,
        size=round(float(rng.uniform(12.0, 14.5)) * 2) / 2,
        leading=round(float(rng.uniform(1.1, 1.6)), 2),
        justified=bool(rng.random() < 0.6),
        indent=float(rng.choice(INDENTS)),
    )


def dress(text: str, rng: np.random.Generator) -> Paragraph:
    """Return a paragraph in the style that its kind is mostly printed in.

    Bold and centred titles in capitals, bold headings, legal bases and dates in italics, the motto
    underlined (NĐ 30/2020, Phụ lục I, II); one short line in eight is put into capitals, because
    titles are rare in running text.
    """
    short, chance = len(text.split()) <= 14, float(rng.random())
    if text.startswith("Độc lập - Tự do"):
        return Paragraph(text, "bold", centred=True, underlined=True)
    if short and _DATED.match(text):
        return Paragraph(text, "italic", centred=True)
    if text.isupper() or (short and chance < 0.12):
        return Paragraph(text.upper(), "bold" if chance < 0.8 else "regular", centred=short)
    if text.startswith("Căn cứ"):
        return Paragraph(text, "italic" if chance < 0.6 else "regular")
    if short and _HEADING.match(text):
        style = "bold" if chance < 0.7 else "italic" if chance < 0.8 else "regular"
        return Paragraph(text, style, underlined=chance < 0.16)
    return Paragraph(text, "bold" if chance > 0.93 else "italic" if chance > 0.86 else "regular")


def printable(text: str, face: Typeface) -> bool:
    """Return whether the font has a glyph for every character of `text`."""
    wanted = set(text) - {" "}
    return all((path := face.path(style)) and wanted <= characters(path) for style, _ in face.files)


def set_pages(paragraphs: Sequence[Paragraph], layout: Layout) -> list[SetPage]:
    """Return the pages that the paragraphs fill, lines from top to bottom."""
    pages, y, step = [SetPage()], TOP, layout.size * layout.leading
    for paragraph in paragraphs:
        rows = _rows(paragraph, layout)
        for number, row in enumerate(rows):
            if y > BOTTOM:
                pages.append(SetPage())
                y = TOP
            line = _line(row, paragraph, layout, y, first=number == 0, last=number == len(rows) - 1)
            pages[-1].lines.append(line)
            if paragraph.underlined:
                pages[-1].rules.append(_underline(line, layout))
            y += step
        y += layout.size * 0.4
    return pages


def _rows(paragraph: Paragraph, layout: Layout) -> list[list[str]]:
    """Return the words of a paragraph parted into lines that fit between the margins."""
    rows: list[list[str]] = [[]]
    used = 0.0 if paragraph.centred else layout.indent
    blank = _width(" ", paragraph.style, layout)
    for word in paragraph.text.split():
        wide = _width(word, paragraph.style, layout)
        if rows[-1] and used + wide > RIGHT - LEFT:
            rows.append([])
            used = 0.0
        rows[-1].append(word)
        used += wide + blank
    return [row for row in rows if row]


def _line(  # noqa: PLR0913 - a row, its paragraph, and its place in both
    row: list[str], paragraph: Paragraph, layout: Layout, y: float, *, first: bool, last: bool
) -> Line:
    """Return a row set at height `y`."""
    widths = [_width(word, paragraph.style, layout) for word in row]
    gap = _width(" ", paragraph.style, layout)
    x = LEFT + (layout.indent if first else 0.0)
    if paragraph.centred:
        x = (LEFT + RIGHT - sum(widths) - gap * (len(row) - 1)) / 2
    elif layout.justified and not last and len(row) > 1:
        gap = (RIGHT - x - sum(widths)) / (len(row) - 1)
    words = []
    for word, wide in zip(row, widths, strict=True):
        words.append(Word(x, word, paragraph.style, layout.size))
        x += wide + gap
    return Line(y, tuple(words))


def _underline(line: Line, layout: Layout) -> Rule:
    last = line.words[-1]
    end = last.x + _width(last.text, last.style, layout)
    return Rule(line.words[0].x, line.y + 2.5, end, line.y + 2.5)


@functools.lru_cache(maxsize=20_000)
def _width(text: str, style: str, layout: Layout) -> float:
    font = _font(layout.face, style, _MEASURE)
    return float(font.getlength(text)) * layout.size / _MEASURE


@functools.lru_cache(maxsize=128)
def _font(face: Typeface, style: str, pixels: float) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.BASIC
    return ImageFont.truetype(str(face.path(style)), pixels, layout_engine=engine)


def picture(page: SetPage, face: Typeface, dpi: int) -> Pixels:
    """Return a clean RGB picture of a page at `dpi`."""
    scale = dpi / POINTS_PER_INCH
    image = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(image)
    for line in page.lines:
        for word in line.words:
            font = _font(face, word.style, word.size * scale)
            write = write_stacked if face.stacked else write_plain
            write(pen, (word.x * scale, line.y * scale), word.text, font)
    for rule in page.rules:
        ends = [(rule.x0 * scale, rule.y0 * scale), (rule.x1 * scale, rule.y1 * scale)]
        pen.line(ends, fill=INK, width=max(1, round(rule.weight * scale)))
    return np.asarray(cv2.cvtColor(np.asarray(image), cv2.COLOR_GRAY2RGB), np.uint8)


def draw_wear(rng: np.random.Generator, *, low: bool) -> Wear:
    """Return how a page is scanned: at 200–300 dpi, or `low` at 110–150 dpi with noise."""
    skew, dust = float(rng.uniform(0.0, 0.5)), int(rng.integers(0, 40))
    if low:
        damage = Damage(
            int(rng.integers(110, 151)), "gray", skew, float(rng.uniform(0.7, 1.0)),
            float(rng.uniform(0.28, 0.52)), float(rng.uniform(9.0, 25.0)), dust,
        )  # fmt: skip
        return Wear("low", damage, int(rng.integers(30, 80)) if rng.random() < 0.5 else None)
    dpi = int(rng.choice((200, 200, 200, 250, 300)))
    kind = str(rng.choice(("binarised", "grey", "faint", "jpeg"), p=(0.45, 0.25, 0.15, 0.15)))
    faint = kind == "faint"
    damage = Damage(
        dpi, "bw" if kind == "binarised" or (faint and rng.random() < 0.4) else "gray", skew,
        float(rng.uniform(0.5, 0.7) if faint else rng.uniform(0.8, 1.0)),
        float(rng.uniform(0.12, 0.35)), float(rng.uniform(2.0, 7.0)), dust,
        bool(rng.random() < 0.2),
    )  # fmt: skip
    return Wear(kind, damage, int(rng.integers(10, 30)) if kind == "jpeg" else None)


def scan(page: SetPage, face: Typeface, wear: Wear, rng: np.random.Generator) -> Pixels:
    """Return the page as scanned: one grey channel, or 0 and 255 where it was binarised."""
    spoilt = spoil(picture(page, face, wear.damage.dpi), wear.damage, rng)
    if wear.jpeg is None:
        return spoilt
    _, packed = cv2.imencode(".jpg", spoilt, [cv2.IMWRITE_JPEG_QUALITY, wear.jpeg])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
