# SPDX-License-Identifier: Apache-2.0
"""The text layer of a PDF page: characters -> words -> lines, with their places and fonts.

Hidden text (render mode 3, as OCR programs write it) is read like visible text.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from pipeline.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pypdfium2 import PdfPage

    from pipeline.intake.survey import Upright

# Text that leans more than this (degrees) is a watermark or a seam note, not a line of the page;
# numbers and days filled in by signing programs lean by 12.
_LEAN = 15.0

# Letters smaller than this (points) cannot be read by anybody: marks that editors leave behind.
_SMALLEST = 2.0

# Base lines of one row differ by less than this part of the letter size; indices by more.
_ROW = 0.35

# Within a run, an index or power stands off the line by up to this part of the letter size.
_RAISED = 0.6

# Blanks wider than this many letter sizes part columns. Justified lines stretch a blank to about
# 1.2; between two pieces of text that were not set together, 0.8 already does.
_COLUMN_GAP = 3.0
_COLUMN_GAP_BETWEEN_RUNS = 0.8


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it lies on the upright page.

    Attributes:
        char: as the file says; not normalised, since legacy codes are still to be told.
        box: tight, in points from the top left.
        base: y of the base line.
        size: height of the font's line, in points.
        font: name without the subset prefix.
        starts: a new word or a jump comes before it.
    """

    char: str
    box: Box
    base: float
    size: float
    font: str
    starts: bool


@dataclass(frozen=True, slots=True)
class Token:
    """Glyphs between two blanks.

    Attributes:
        text: as the file says.
        box: around the glyphs.
        base, size: of its largest glyph.
        font: of its first glyph.
        run: tokens of one run were set together, one after the other.
    """

    text: str
    box: Box
    base: float
    size: float
    font: str
    run: int


def read_tokens(page: PdfPage, frame: Upright) -> list[list[Token]]:
    """Return the rows of tokens on `page`, top to bottom, each parted at the gaps of columns."""
    return rows_of(_tokens(_glyphs(page, frame)))


def _glyphs(page: PdfPage, frame: Upright) -> Iterator[Glyph]:
    """Yield the level glyphs of the page in the order of the file."""
    text_page = page.get_textpage()
    try:
        starts = True
        for index in range(text_page.count_chars()):
            char = _char(text_page.raw, index)
            if char.isspace() or not char:
                starts = True
                continue
            if not _is_level(text_page.raw, index, frame.rotation):
                continue
            glyph = _glyph(text_page, index, char, frame, starts)
            if glyph is not None:
                yield glyph
                starts = False
    finally:
        text_page.close()


def _char(raw: pdfium.FPDF_TEXTPAGE, index: int) -> str:
    """Return the character, "" for one that pdfium made up or that says nothing."""
    code = pdfium.FPDFText_GetUnicode(raw, index)
    if pdfium.FPDFText_IsGenerated(raw, index) == 1 or code == 0 or 0xD800 <= code < 0xE000:
        return ""
    if code in (0x02, 0xFFFE):  # pdfium's sign for a hyphen at the end of a line
        return "-"
    if 0xF020 <= code <= 0xF0FF:  # symbol fonts (as the .Vn ones) show bytes in this range
        return chr(code - 0xF000)
    return chr(code) if code > 0x20 else " "


def _is_level(raw: pdfium.FPDF_TEXTPAGE, index: int, rotation: int) -> bool:
    angle = pdfium.FPDFText_GetCharAngle(raw, index) * 57.29578 + rotation
    return bool(abs((angle + 180) % 360 - 180) <= _LEAN)


def _glyph(text_page, index: int, char: str, frame: Upright, starts: bool) -> Glyph | None:  # type: ignore[no-untyped-def]
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    loose = frame.box(*text_page.get_charbox(index, loose=True))
    tight = frame.box(*text_page.get_charbox(index))
    box = tight if tight.width > 0 and tight.height > 0 else loose
    width, height = frame.size
    if box.x1 <= 0 or box.y1 <= 0 or box.x0 >= width or box.y0 >= height:
        return None
    if loose.height < _SMALLEST:
        return None
    base = frame.point(x.value, y.value)[1]
    return Glyph(char, box, base, loose.height, _font(text_page.raw, index), starts)


def _font(raw: pdfium.FPDF_TEXTPAGE, index: int) -> str:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    return name.value.decode("utf-8", "replace").rpartition("+")[2]


def _tokens(glyphs: Iterable[Glyph]) -> Iterator[Token]:
    """Yield the tokens; a jump starts a new one even where no blank stands."""
    parts: list[Glyph] = []
    run = 0
    for glyph in glyphs:
        jumps = bool(parts) and _jumps(parts[-1], glyph)
        if parts and (glyph.starts or jumps):
            yield _token(parts, run)
            run += jumps
            parts = []
        parts.append(glyph)
    if parts:
        yield _token(parts, run)


def _jumps(before: Glyph, after: Glyph) -> bool:
    size = max(before.size, after.size, 1.0)
    gap = after.box.x0 - before.box.x1
    return abs(after.base - before.base) > _RAISED * size or gap < -size or gap > _COLUMN_GAP * size


def _token(parts: list[Glyph], run: int) -> Token:
    around = Box.around([glyph.box for glyph in parts])
    assert around is not None  # noqa: S101 - parts are never empty
    largest = max(parts, key=lambda glyph: glyph.size)
    text = "".join(glyph.char for glyph in parts)
    return Token(text, around, largest.base, largest.size, parts[0].font, run)


def rows_of(tokens: Iterable[Token]) -> list[list[Token]]:
    """Return tokens on one base line together, left to right, parted where columns part."""
    rows: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: token.base):
        row = rows[-1] if rows else None
        if row and abs(token.base - row[0].base) <= _ROW * min(token.size, row[0].size):
            row.append(token)
        else:
            rows.append([token])
    return [part for row in rows for part in _columns(row)]


def _columns(row: list[Token]) -> Iterator[list[Token]]:
    """Yield the parts of a row; a day filled into a blank of a run stays within that run."""
    row = sorted(row, key=lambda token: token.box.x0)
    part = [row[0]]
    for place, (before, after) in enumerate(pairwise(row), start=1):
        together = {token.run for token in row[:place]} & {token.run for token in row[place:]}
        limit = _COLUMN_GAP if together else _COLUMN_GAP_BETWEEN_RUNS
        if after.box.x0 - before.box.x1 > limit * min(before.size, after.size):
            yield part
            part = []
        part.append(after)
    yield part
