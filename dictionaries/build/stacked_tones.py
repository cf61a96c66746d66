# SPDX-License-Identifier: Apache-2.0
"""Writes words with the tone above the hat (ế), as Times New Roman has it and Tinos has not.

In real scans nearly all text stands so, and most errors of `vie` come from it: the tone lies above
the capitals, so that a reader cuts it off with the line (triển read as triên) or takes it and the
hat for one mark (phổ read as phỏ).
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

INK = 20
# Letters with a hat and a tone over it: the letter alone, and the tone as a glyph by itself.
_HATTED = {
    unicodedata.normalize("NFC", hat + mark): (hat, tone)
    for hat in "âêôÂÊÔ"
    for mark, tone in (("\u0301", "´"), ("\u0300", "`"), ("\u0309", "\u0309"), ("\u0303", "˜"))
}
# How far to the right of the tip the acute stands in Times New Roman, in widths of the letter, and
# the grave to the left; the gap over the hat, in sizes.
_LEAN = {"´": 0.14, "`": -0.14}
_STACK_GAP = 0.03


def write_plain(
    pen: ImageDraw.ImageDraw, spot: tuple[float, float], text: str, font: FreeTypeFont
) -> None:
    """Write a word from `spot` on, which lies on the base line, as the font has it."""
    pen.text(spot, text, font=font, fill=INK, anchor="ls")


def write_stacked(
    pen: ImageDraw.ImageDraw, spot: tuple[float, float], text: str, font: FreeTypeFont
) -> None:
    """Write a word with the tone of ấ, ề, ổ … above the hat: the acute to the right of its tip."""
    bare = "".join(_HATTED.get(char, (char, ""))[0] for char in text)
    write_plain(pen, spot, bare, font)
    for place, char in enumerate(text):
        if char not in _HATTED:
            continue
        letter, tone = _HATTED[char]
        left, _, right, foot = _ink_box(font, tone)
        hat_left, hat_top, hat_right, _ = _ink_box(font, letter)
        x = spot[0] + font.getlength(bare[:place]) + (hat_left + hat_right) / 2
        lean = _LEAN.get(tone, 0.0) * (hat_right - hat_left)
        gap = font.size * _STACK_GAP
        shift = (x + lean - (left + right) / 2, spot[1] + hat_top - gap - foot)
        write_plain(pen, shift, tone, font)


@functools.lru_cache(maxsize=4096)
def _ink_box(font: FreeTypeFont, glyph: str) -> tuple[float, float, float, float]:
    """Return left, top, right and foot of a glyph's ink from where the pen stands, y downwards.

    The font's own box always reaches down to the base line.
    """
    room = round(font.size * 2) + 4
    image = Image.new("L", (2 * room, 2 * room))
    ImageDraw.Draw(image).text((room, room), glyph, font=font, fill=255, anchor="ls")
    left, top, right, foot = image.getbbox() or (room, room, room, room)
    return left - room, top - room, right - room, foot - room
