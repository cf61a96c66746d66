# SPDX-License-Identifier: Apache-2.0
"""Stamps of urgency and secrecy painted on pages for the tests."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from samples.source import font_path

RED, BLACK = (205, 32, 44), (0, 0, 0)
_MM = 72 / 25.4
SUPERSCALE = 2


@dataclass(frozen=True)
class Stamp:
    """A stamp: rows of capitals in a frame, its middle in points, degrees counter-clockwise."""

    rows: tuple[str, ...]
    x: float = 140.0
    y: float = 160.0
    degrees: float = 0.0
    colour: tuple[int, int, int] = RED
    arrow: bool = False
    framed: bool = True

    @property
    def size(self) -> tuple[float, float]:
        """Length and breadth of the frame in points (20 to 40 × 8 mm, two rows 40 × 13 mm)."""
        letters = max(len(row) for row in self.rows)
        length = 20 if letters <= 4 else 30 if letters <= 7 else 40
        return length * _MM, (8 if len(self.rows) == 1 else 13) * _MM


def stamped(page: Image.Image, stamp: Stamp, dpi: float) -> Image.Image:
    """Return the page, in colour, with the stamp on it."""
    scale = dpi / 72 * SUPERSCALE
    length, breadth = stamp.size
    arrow = 1.6 * breadth if stamp.arrow else 0.0
    wide, high = length + 2 * arrow, max(breadth, 1.8 * breadth if stamp.arrow else 0.0)
    tile = Image.new("RGBA", (math.ceil((wide + 4) * scale), math.ceil((high + 4) * scale)))
    pen = ImageDraw.Draw(tile)
    middle = (tile.width / 2, tile.height / 2)
    _draw_frame(pen, stamp, middle, scale)
    widest = max(stamp.rows, key=len)
    face = ImageFont.truetype(str(font_path("bold")), round(13 * scale))
    if face.getlength(widest) > 0.85 * length * scale:
        face = face.font_variant(size=11 * scale)
    for number, row in enumerate(stamp.rows):
        down = (number - (len(stamp.rows) - 1) / 2) * 15 * scale
        pen.text((middle[0], middle[1] + down), row, (*stamp.colour, 255), face, anchor="mm")
    turned = tile.rotate(stamp.degrees, Image.Resampling.BICUBIC, expand=True)
    small = turned.resize(
        (turned.width // SUPERSCALE, turned.height // SUPERSCALE), Image.Resampling.LANCZOS
    )
    paper = page.convert("RGBA")
    spot = (stamp.x * dpi / 72 - small.width / 2, stamp.y * dpi / 72 - small.height / 2)
    paper.alpha_composite(small, (max(0, round(spot[0])), max(0, round(spot[1]))))
    return paper.convert("RGB")


def _draw_frame(
    pen: ImageDraw.ImageDraw, stamp: Stamp, middle: tuple[float, float], scale: float
) -> None:
    if not stamp.framed:
        return
    (x, y), (length, breadth) = middle, stamp.size
    a, b = length / 2 * scale, breadth / 2 * scale
    corners = [(x - a, y - b), (x + a, y - b), (x + a, y + b), (x - a, y + b)]
    if stamp.arrow:
        tip, wing = a + 1.5 * breadth * scale, 1.7 * b
        corners[2:2] = [(x + a, y - wing), (x + tip, y), (x + a, y + wing)]
    pen.line([*corners, corners[0]], fill=(*stamp.colour, 255), width=round(1.4 * scale))


def one_bit(page: Image.Image) -> Image.Image:
    """Return the page as a scanner in black and white gives it."""
    return page.convert("L").point(lambda value: 255 * (value > 150), "1")
