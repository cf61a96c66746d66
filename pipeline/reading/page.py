# SPDX-License-Identifier: Apache-2.0
"""One page, from whatever there is of it, to its blocks in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pipeline.model import Frame, Page
from pipeline.reading.beginnings import begins_document, may_begin
from pipeline.reading.colours import shrunk
from pipeline.reading.enhance import ReadingCopy, enhance
from pipeline.reading.head_look import look_at_head
from pipeline.reading.ink import black_ink
from pipeline.reading.layout import arrange_page
from pipeline.reading.plaintext import arrange_text
from pipeline.reading.regions import look_at_regions
from pipeline.reading.rulings import find_grids
from pipeline.reading.second_look import second_look, worth
from pipeline.reading.signature_look import look_at_signature
from pipeline.reading.slot_look import look_at_slots
from pipeline.reading.stamp_look import look_at_stamps
from pipeline.reading.table_look import look_at_tables
from pipeline.reading.tables import looks_tabular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PIL.Image import Image

    from pipeline.model import Block, Line, TextLayer
    from pipeline.reading.engine import Engine
    from pipeline.reading.rulings import Grid
    from pipeline.settings import Settings

# On real scans a page that stands upright comes to 0.81 and more, upside down or lying with its
# lines upwards to 0.21 and less.
_READS_WELL = 0.65
# Tesseract reads lines that run downwards, not upwards; such a page was turned clockwise.
_READ_DOWNWARDS = 270
# So few letters cannot tell whether the page stands upright.
_FEWEST_LETTERS = 40


def read_page(  # noqa: PLR0913, PLR0917 - what a page is, and what reads it
    image: Image, dpi: float, number: int, layer: TextLayer, engine: Engine, settings: Settings
) -> Page:
    """Return the page in a picture, its words read by `engine`.

    Raises:
        ReadingError: the engine failed, or took too long.
        MissingDependencyError: the engine or its model is not installed.
    """
    copy, lines = _read_upright(image, dpi, engine, settings)
    first = number == 1 or may_begin(lines, copy.height)
    lines = second_look(copy, lines, engine, settings, first=first)
    if first:
        lines = look_at_head(copy, lines, engine, settings)
        lines = look_at_slots(copy, lines)
    lines = look_at_signature(copy, lines, engine, settings)
    grids = find_grids(copy.gray, copy.dpi)
    lines = look_at_tables(copy, lines, grids, engine, settings)
    page = Page(
        number=number,
        width=image.width * 72.0 / dpi,
        height=image.height * 72.0 / dpi,
        text_layer=layer,
        blocks=_arranged(lines, copy.width, copy.height, number, grids),
        frame=copy.frame,
    )
    small = shrunk(image, dpi)
    page = look_at_stamps(page, image, dpi, engine, settings, small=small)
    return look_at_regions(page, copy, image, dpi, engine, settings, small=small)


def _arranged(
    lines: tuple[Line, ...], width: float, height: float, number: int, grids: Sequence[Grid]
) -> tuple[Block, ...]:
    """Return the blocks of a page, with a head if it is the first or another document begins."""
    if number == 1 or may_begin(lines, height):
        blocks = arrange_page(lines, width, height, first=True, grids=grids)
        if number == 1 or begins_document(blocks, height):
            return blocks
    return arrange_page(lines, width, height, first=False, grids=grids)


def _read_upright(
    image: Image, dpi: float, engine: Engine, settings: Settings
) -> tuple[ReadingCopy, tuple[Line, ...]]:
    """Return the reading copy that reads best, and what was read.

    Asking for the orientation costs as much as half a reading, so only a page that reads badly
    as it stands is asked for; a page on its side reads well, but its lines run downwards.
    """
    copy = enhance(image, dpi, settings)
    lines = engine.read(copy, settings)
    sideways = stands_on_end(lines)
    if reads_well(lines) and not sideways:
        return copy, lines
    turn = engine.turn(copy, settings) or (_READ_DOWNWARDS if sideways else 0)
    if not turn:
        return copy, lines
    turned = enhance(image, dpi, settings, turn)
    again = engine.read(turned, settings)
    better = _goodness(again) > _goodness(lines) or (sideways and not stands_on_end(again))
    return (turned, again) if better else (copy, lines)


def stands_on_end(lines: Iterable[Line]) -> bool:
    """Return whether most words are higher than wide: the page lies on its side."""
    boxes = [word.box for line in lines for word in line.words if word.box and len(word.text) > 2]
    high = sum(box.height > 1.3 * box.width for box in boxes)
    return len(boxes) > 5 and 2 * high > len(boxes)


class Picture(Protocol):
    """A page as an image, for what a text layer does not tell: the rulings of its tables."""

    @property
    def image(self) -> Image:
        """The image, of any mode."""

    @property
    def dpi(self) -> float:
        """Its pixels an inch."""


def page_of_lines(  # noqa: PLR0913, PLR0917 - as read_page
    lines: Iterable[Line],
    width: float | None,
    height: float | None,
    number: int,
    layer: TextLayer,
    picture: Callable[[], Picture] | None = None,
) -> Page:
    """Return the page that a text layer with places tells of.

    `picture` is only called where the words stand in columns as in a table.
    """
    found = tuple(lines)
    grids = _rulings(picture()) if picture and looks_tabular(found) else ()
    blocks = _arranged(found, width or 595.0, height or 842.0, number, grids)
    return Page(number, width, height, layer, blocks)


def look_over(page: Page, picture: Picture, engine: Engine, settings: Settings) -> Page:
    """Return a page whose text layer was right, with what its picture has of stamps and pens.

    Raises:
        ReadingError: the engine failed, or took too long.
        MissingDependencyError: the engine or the reader of digits is not installed.
    """
    image, dpi = picture.image, picture.dpi
    small, copy = shrunk(image, dpi), ReadingCopy(black_ink(image), dpi, Frame())
    page = look_at_stamps(page, image, dpi, engine, settings, small=small)
    return look_at_regions(page, copy, image, dpi, engine, settings, small=small)


def _rulings(picture: Picture) -> tuple[Grid, ...]:
    return find_grids(black_ink(picture.image), picture.dpi)


def page_of_text(text: str, number: int, layer: TextLayer) -> Page:
    """Return the page that plain text without places tells of."""
    blocks = arrange_text(text)
    if number > 1 and not begins_document(blocks):
        blocks = arrange_text(text, first_page=False)
    return Page(number, None, None, layer, blocks)


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
