# SPDX-License-Identifier: Apache-2.0
"""One page, from whatever there is of it, to its blocks in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Page
from pipeline.reading.enhance import enhance
from pipeline.reading.layout import arrange_page
from pipeline.reading.plaintext import arrange_text
from pipeline.reading.rulings import find_grids
from pipeline.reading.second_look import second_look, worth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

    from pipeline.model import Line, TextLayer
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.reading.ocr import Engine
    from pipeline.settings import Settings

# A page that stands upright reads with a mean confidence of 0.75 and more; upside down or
# sideways with less than 0.5 (measured on the real scans, turned).
_READS_WELL = 0.65
# So few letters cannot tell whether the page stands upright.
_FEWEST_LETTERS = 40


def read_page(  # noqa: PLR0913 - what a page is, and what reads it
    image: Image, dpi: float, number: int, layer: TextLayer, engine: Engine, settings: Settings
) -> Page:
    """Return the page in a picture, its words read by `engine`.

    Raises:
        ReadingError: the engine failed, or took too long.
        MissingDependencyError: the engine or its model is not installed.
    """
    copy = enhance(image, dpi, settings)
    lines = engine.read(copy, settings)
    if not reads_well(lines):
        turn = engine.turn(copy, settings)
        if turn:
            turned = enhance(image, dpi, settings, turn)
            again = engine.read(turned, settings)
            if _goodness(again) > _goodness(lines):
                copy, lines = turned, again
    lines = second_look(copy, lines, engine, settings, first=number == 1)
    return Page(
        number=number,
        width=image.width * 72.0 / dpi,
        height=image.height * 72.0 / dpi,
        text_layer=layer,
        blocks=arrange_page(
            lines, copy.width, copy.height, first=number == 1, grids=find_grids(copy.gray, copy.dpi)
        ),
        frame=copy.frame,
    )


def page_of_lines(
    lines: Iterable[Line], width: float | None, height: float | None, number: int, layer: TextLayer
) -> Page:
    """Return the page that a text layer with places tells of."""
    found = tuple(lines)
    blocks = arrange_page(found, width or 595.0, height or 842.0, first=number == 1)
    return Page(number, width, height, layer, blocks)


def page_of_text(text: str, number: int, layer: TextLayer) -> Page:
    """Return the page that plain text without places tells of."""
    return Page(number, None, None, layer, arrange_text(text, first_page=number == 1))


def reads_well(lines: Iterable[Line]) -> bool:
    """Return whether what was read looks like a page that stands upright."""
    words = [word for line in lines for word in line.words]
    if sum(len(word.text) for word in words) < _FEWEST_LETTERS:
        return not words
    return _goodness(lines) >= _READS_WELL


def _goodness(lines: Iterable[Line]) -> float:
    """Return the mean confidence of the letters, those of words that are no syllables being 0."""
    lines = tuple(lines)
    letters = sum(len(word.text) for line in lines for word in line.words)
    return worth(lines) / letters if letters else 0.0
