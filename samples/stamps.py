# SPDX-License-Identifier: Apache-2.0
"""Draws what people put on the paper: the round seal, the pen and the arrival stamp.

The ring of every seal says that the paper is a specimen: these are no seals of real organs.
"""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from samples.source import font_path

RED, BLUE, VIOLET = (205, 32, 44), (28, 52, 150), (70, 50, 140)
RING = "VĂN BẢN MẪU ★ KHÔNG CÓ GIÁ TRỊ SỬ DỤNG ★ "
SEAL_RADIUS = 51.0  # points: 36 mm across
Spot = tuple[float, float]


def _font(style: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(style)), size)


def _star(centre: Spot, radius: float) -> list[Spot]:
    x, y = centre
    turns = [
        (-math.pi / 2 + n * math.pi / 5, radius if n % 2 == 0 else radius * 0.4) for n in range(10)
    ]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for a, r in turns]


def _letter(layer: Image.Image, char: str, spot: Spot, angle: float, size: float) -> None:
    """Paste one letter of the ring, turned so that its foot looks at the centre."""
    side = int(size * 2)
    tile = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(tile)
    if char == "★":  # Tinos has no star
        pen.polygon(_star((side / 2, side / 2), size * 0.35), fill=255)
    else:
        pen.text((side / 2, side / 2), char, font=_font("bold", size), fill=255, anchor="mm")
    tile = tile.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
    corner = (round(spot[0] - side / 2), round(spot[1] - side / 2))
    layer.paste((*RED, 255), corner, tile)


def draw_seal(layer: Image.Image, centre: Spot, scale: float, rng: np.random.Generator) -> None:
    """Draw a red round seal of 36 mm on a transparent layer, inked unevenly."""
    seal = Image.new("RGBA", layer.size, (0, 0, 0, 0))
    pen, (x, y), radius = ImageDraw.Draw(seal), centre, SEAL_RADIUS * scale
    for share, weight in ((1.0, 2.2), (0.93, 0.9), (0.6, 0.9)):
        r = radius * share
        pen.ellipse(
            (x - r, y - r, x + r, y + r), outline=(*RED, 255), width=max(1, round(weight * scale))
        )
    pen.polygon(_star(centre, radius * 0.3), outline=(*RED, 255), width=max(1, round(1.2 * scale)))
    start = -math.pi / 2 + rng.uniform(-0.4, 0.4)
    for n, char in enumerate(RING):
        angle = start + 2 * math.pi * n / len(RING)
        spot = (x + radius * 0.765 * math.cos(angle), y + radius * 0.765 * math.sin(angle))
        if char != " ":
            _letter(seal, char, spot, angle, 8.6 * scale)
    ink = rng.normal(0.8, 0.5, (layer.height // 6 + 1, layer.width // 6 + 1)).clip(0.25, 1)
    patchy = (
        Image.fromarray((ink * 255).astype(np.uint8))
        .resize(layer.size)
        .filter(ImageFilter.GaussianBlur(1))
    )
    alpha = np.asarray(seal.getchannel("A"), np.float32) * np.asarray(patchy, np.float32) / 255
    seal.putalpha(Image.fromarray(alpha.astype(np.uint8)))
    layer.alpha_composite(seal)


def draw_signature(
    layer: Image.Image, centre: Spot, scale: float, rng: np.random.Generator
) -> None:
    """Draw a quick blue pen stroke with loops and a tail that runs out to the right."""
    t = np.linspace(0, 1, 260)
    wave, tall, loop = rng.uniform(2.2, 5.4), rng.uniform(13, 24), rng.uniform(4, 14)
    fade = (1 - t) ** rng.uniform(0.4, 1.2)
    swing = np.sin(2 * np.pi * wave * t + rng.uniform(0, 6)) * fade
    lean = np.sin(2 * np.pi * wave * t + rng.uniform(0.6, 2.4)) * fade
    x = centre[0] + scale * (-34 + rng.uniform(86, 112) * t + loop * lean)
    y = centre[1] + scale * (-tall * swing + rng.uniform(-14, 16) * t)
    pen = ImageDraw.Draw(layer)
    for n in range(len(t) - 1):
        width = max(1, round(scale * (0.8 + 0.7 * abs(math.sin(9 * t[n])))))
        pen.line([(x[n], y[n]), (x[n + 1], y[n + 1])], fill=(*BLUE, 235), width=width)


def draw_arrival(
    layer: Image.Image, corner: Spot, scale: float, values: tuple[str, str, str]
) -> None:
    """Draw the receiving office's stamp of 50 by 35 mm (NĐ 30/2020, Phụ lục IV), filled in by hand.

    Args:
        layer: transparent picture of the page.
        corner: top left of the stamp in pixels.
        scale: pixels in a point.
        values: number, date and office, written by pen.
    """
    wide, high = 142 * scale, 84 * scale
    stamp = Image.new("RGBA", (round(wide), round(high)), (0, 0, 0, 0))
    pen, ink = ImageDraw.Draw(stamp), (*VIOLET, 255)
    pen.rectangle((0, 0, wide - 2, high - 2), outline=ink, width=round(1.4 * scale))
    pen.line((0, 24 * scale, wide, 24 * scale), fill=ink, width=round(scale))
    pen.text((wide / 2, 12 * scale), "ĐẾN", font=_font("bold", 15 * scale), fill=ink, anchor="mm")
    for n, (label, value) in enumerate(zip(("Số:", "Ngày:", "Chuyển:"), values, strict=True)):
        y = (41 + n * 18) * scale
        pen.text((7 * scale, y), label, font=_font("regular", 11 * scale), fill=ink, anchor="ls")
        pen.text(
            (52 * scale, y),
            value,
            font=_font("italic", 12.5 * scale),
            fill=(*BLUE, 255),
            anchor="ls",
        )
        for dot in range(48, 136, 3):
            pen.point((dot * scale, y + 2 * scale), fill=ink)
    turned = stamp.rotate(1.7, expand=True, resample=Image.Resampling.BICUBIC)
    layer.alpha_composite(turned, (round(corner[0]), round(corner[1])))


def draw_watermark(  # noqa: PLR0913 - what it says, and how it looks
    layer: Image.Image, text: str, scale: float, gray: int, degrees: float, *, size: float = 40.0
) -> None:
    """Draw pale text through the middle of the page, behind what is printed.

    Args:
        layer: opaque picture of the page, in colour.
        text: of the watermark.
        scale: pixels in a point.
        gray: of its letters, 255 is white.
        degrees: counter-clockwise from level.
        size: of its letters in points.
    """
    ink = Image.new("L", layer.size, 255)
    pen, middle = ImageDraw.Draw(ink), (layer.width / 2, layer.height / 2)
    pen.text(middle, text, font=_font("bold", size * scale), fill=gray, anchor="mm")
    turned = ink.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    layer.paste(ImageChops.darker(layer, turned.convert("RGB")))
