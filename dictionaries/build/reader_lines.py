# SPDX-License-Identifier: Apache-2.0
"""Sets one line as a word processor does, with what stands around it on a page.

Bold, italic, capitals, justified and letterspaced; rules under and beside it as heads and tables
have them; the descenders of the line above, the marks of the line below.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from dictionaries.build.reader_texts import label
from dictionaries.build.stacked_tones import write_plain, write_stacked
from dictionaries.build.typefaces import characters

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from dictionaries.build.typefaces import Typeface

# Share of regular, bold and italic lines.
_STYLES = {"regular": 0.62, "bold": 0.24, "italic": 0.14}
# Sizes of lines in points, against the 13.5 of the text by which a page is scaled.
_SIZES, _USUAL = (9.5, 16.0), 13.5
_PEN = 20  # grey in which glyphs are drawn


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as printed.

    Attributes:
        ink: how much ink is on each pixel, 0 to 1.
        x0, x1, base: where the line stands in it.
        letter: height of a small letter of the page's text, in pixels.
        text: what it says, in characters of the alphabet.
    """

    ink: npt.NDArray[np.float32]
    x0: float
    x1: float
    base: float
    letter: float
    text: str


def set_line(
    text: str, around: Callable[[], str], face: Typeface, dpi: int, rng: np.random.Generator
) -> SetLine | None:
    """Return a line set at `dpi`, None if the font lacks one of its characters.

    Args:
        text: of the line.
        around: gives the texts of the lines above and below.
        face: the font family.
        dpi: of the scanner.
        rng: draws the style.
    """
    style = str(rng.choice(list(_STYLES), p=list(_STYLES.values())))
    size = float(np.clip(rng.normal(13.3, 1.1), *_SIZES)) * dpi / 72
    path = face.path(style)
    if path is None or not set(text) - {" "} <= characters(path):
        return None
    font = load(str(path), round(size * 2) / 2)
    spread = float(rng.uniform(0.02, 0.2)) * size if rng.random() < 0.05 else 0.0
    words = text.split()
    blank = font.getlength(" ") * float(
        rng.uniform(0.75, 1.1) if rng.random() < 0.5 else rng.uniform(1, 2.2)
    )
    widths = [_width(word, font, spread) for word in words]
    length = sum(widths) + blank * (len(words) - 1)
    side, above, below = round(size), round(1.3 * size), round(0.8 * size)
    image = Image.new("L", (round(length) + 2 * side, above + below), 255)
    pen = ImageDraw.Draw(image)
    write = write_stacked if face.stacked else write_plain
    x = float(side)
    for word, width in zip(words, widths, strict=True):
        for letter, step in _letters(word, font, spread):
            write(pen, (x + step, above), letter, font)
        x += width + blank
    _neighbours(pen, around, write, font, (side, above, length, size), rng)
    _rules(pen, (side, above, length, size), rng)
    ink = (255 - np.asarray(image, np.float32)) / (255 - _PEN)
    letter_height = x_height(str(path)) * _USUAL * dpi / 72
    return SetLine(ink, side, side + length, above, letter_height, label(text))


@functools.lru_cache(maxsize=512)
def load(path: str, size: float) -> ImageFont.FreeTypeFont:
    """Return a font of so many pixels."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=64)
def x_height(path: str) -> float:
    """Return the height of a small letter, in sizes."""
    _, top, _, bottom = load(path, 200).getbbox("x", anchor="ls")
    return (bottom - top) / 200


def _width(word: str, font: ImageFont.FreeTypeFont, spread: float) -> float:
    return float(font.getlength(word)) + spread * len(word)


def _letters(word: str, font: ImageFont.FreeTypeFont, spread: float) -> list[tuple[str, float]]:
    """Return the pieces that a word is written in and where: letters only if they are spread."""
    if not spread:
        return [(word, 0.0)]
    return [
        (letter, float(font.getlength(word[:place])) + spread * place)
        for place, letter in enumerate(word)
    ]


Place = tuple[int, int, float, float]  # side, base line, length, size


def _neighbours(  # noqa: PLR0913, PLR0917 - what is written, where and how
    pen: ImageDraw.ImageDraw,
    around: Callable[[], str],
    write: Callable[..., None],
    font: ImageFont.FreeTypeFont,
    place: Place,
    rng: np.random.Generator,
) -> None:
    """Write the lines above and below, of which only the edges will be seen."""
    side, base, length, size = place
    leading = float(rng.uniform(1.02, 1.5)) * size
    for way in (-1, 1):
        if rng.random() < 0.55:
            text, x = around(), side - float(rng.uniform(0, 3)) * size
            while x < side + length:
                write(pen, (x, base + way * leading), text, font)
                x += font.getlength(text) + size / 3


def _rules(pen: ImageDraw.ImageDraw, place: Place, rng: np.random.Generator) -> None:
    """Draw what is ruled: a line under the text, part of one, the borders of a cell."""
    side, base, length, size = place
    weight = max(1, round(size * float(rng.uniform(0.02, 0.07))))
    chance = rng.random()
    if chance < 0.05:
        y = base + float(rng.uniform(0.08, 0.3)) * size
        first, last = sorted(rng.uniform(0, 1, 2)) if rng.random() < 0.5 else (0.0, 1.0)
        pen.line([(side + first * length, y), (side + last * length, y)], fill=_PEN, width=weight)
    if 0.04 < chance < 0.10:  # a cell
        for x in (side - 0.35 * size, side + length + 0.35 * size):
            if rng.random() < 0.6:
                pen.line([(x, 0), (x, 3 * size)], fill=_PEN, width=weight)
        for y in (
            base - float(rng.uniform(0.95, 1.2)) * size,
            base + float(rng.uniform(0.3, 0.5)) * size,
        ):
            if rng.random() < 0.6:
                pen.line([(0, y), (2 * side + length, y)], fill=_PEN, width=weight)
