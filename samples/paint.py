# SPDX-License-Identifier: Apache-2.0
"""Draws typeset pages: as a picture at a resolution, or as a PDF with real text."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as PdfFont
from reportlab.pdfgen.canvas import Canvas

from samples.lines import HEIGHT, WIDTH, Page, Word
from samples.source import STYLES, font_path

if TYPE_CHECKING:
    from pathlib import Path

POINTS_PER_INCH = 72.0


@functools.cache
def _font(style: str, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(style)), pixels, layout_engine=ImageFont.Layout.BASIC)


def picture(page: Page, dpi: int) -> Image.Image:
    """Return a page as a clean RGB picture at `dpi`."""
    scale = dpi / POINTS_PER_INCH
    image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    pen = ImageDraw.Draw(image)
    for line in page.lines:
        for word in line.words:
            spot = (word.x * scale, line.y * scale)
            font = _font(word.style, word.size * scale)
            pen.text(spot, word.text, font=font, fill=line.colour, anchor="ls")
    for rule in page.rules:
        ends = [(rule.x0 * scale, rule.y0 * scale), (rule.x1 * scale, rule.y1 * scale)]
        pen.line(ends, fill=rule.colour, width=max(1, round(rule.weight * scale)))
    return image


def _draw_words(canvas: Canvas, words: tuple[Word, ...], y: float) -> None:
    """Draw the words at their places, each followed by a space so that copied text keeps it."""
    for n, word in enumerate(words):
        canvas.setFont(word.style, word.size)
        space = " " if n < len(words) - 1 else ""
        canvas.drawString(word.x, HEIGHT - y, word.text + space)


def write_digital_pdf(pages: list[Page], overlays: dict[int, Image.Image], path: Path) -> None:
    """Write a PDF with embedded Tinos and a Unicode text layer; same pages, same bytes.

    Args:
        pages: the typeset pages.
        overlays: pictures with transparency, the size of a page, by page index (seal and pen).
        path: the file to write.
    """
    for style in STYLES:
        pdfmetrics.registerFont(PdfFont(style, str(font_path(style))))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    for index, page in enumerate(pages):
        for line in page.lines:
            canvas.setFillColorRGB(*(part / 255 for part in line.colour))
            _draw_words(canvas, line.words, line.y)
        for rule in page.rules:
            canvas.setStrokeColorRGB(*(part / 255 for part in rule.colour))
            canvas.setLineWidth(rule.weight)
            canvas.line(rule.x0, HEIGHT - rule.y0, rule.x1, HEIGHT - rule.y1)
        if index in overlays:
            canvas.drawImage(ImageReader(overlays[index]), 0, 0, WIDTH, HEIGHT, mask="auto")
        canvas.showPage()
    canvas.save()
    path.write_bytes(buffer.getvalue())
