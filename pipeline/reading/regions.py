# SPDX-License-Identifier: Apache-2.0
"""What stamps and pens leave on a page, listed: an archive wants to know that a seal is there.

The reading copy loses the red of seals, the blue of pens and pale watermarks; here the page as
scanned is looked at once more, small and in colour. What cannot be told well is not listed: notes
in black ink only are where they fill the slots of number and date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Box, Region, Role
from pipeline.reading.arrival_look import look_at_arrival
from pipeline.reading.colours import shrunk, view_of
from pipeline.reading.frames import find_frames
from pipeline.reading.pens import find_notes, find_signature
from pipeline.reading.seals import find_seals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from pipeline.model import Block, Page
    from pipeline.reading.colours import Small, View
    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

# Other stamps in frames, which are read elsewhere.
_MARKINGS = frozenset((Role.URGENCY, Role.SECRECY))


def look_at_regions(  # noqa: PLR0913, PLR0917 - as read_page
    page: Page,
    copy: ReadingCopy,
    image: Image,
    dpi: float,
    engine: Engine,
    settings: Settings,
    *,
    small: Small | None = None,
) -> Page:
    """Return the page with its regions, and on a first page its arrival stamp read by itself.

    Args:
        page: as arranged, boxes in points of the copy.
        copy: of the page.
        image: the page as scanned.
        dpi: its pixels an inch.
        engine: what reads, asked only where there may be an arrival stamp.
        settings: of the run.
        small: the image in small, if that was made already.

    Raises:
        ReadingError: the engine failed, or took too long.
        MissingDependencyError: the engine or the reader of digits is not installed.
    """
    small = small or shrunk(image, dpi)
    first = page.number == 1 or page.opens_document
    watermarks = tuple(Region("watermark", box) for box in copy.watermarks)
    if not (first or small.coloured or any(b.role is Role.SIGNATURE for b in page.blocks)):
        return replace(page, regions=watermarks)
    view = view_of(small, copy.frame, (copy.width, copy.height))
    stamp = None
    if first:
        marks = [block.box for block in page.blocks if block.role in _MARKINGS and block.box]
        frames = [frame for frame in find_frames(view) if not any(_in(m, frame) for m in marks)]
        page, stamp = look_at_arrival(page, copy, image, dpi, engine, settings, frames)
    found = (*watermarks, *find_regions(view, page.blocks, stamp))
    return replace(page, regions=tuple(sorted(found, key=_place)))


def find_regions(view: View, blocks: Sequence[Block], stamp: Box | None) -> tuple[Region, ...]:
    """Return the regions of a page, top to bottom.

    Args:
        view: of the page.
        blocks: of the page: post and name tell where it is signed, words what is print.
        stamp: the arrival stamp, if there is one.
    """
    signed = [
        line.box
        for block in blocks
        if block.role is Role.SIGNATURE
        for line in block.lines
        if line.box is not None
    ]
    seals = find_seals(view, Box.around(signed))
    signature = find_signature(view, blocks, seals)
    found = [Region("seal", box) for box in seals]
    found += [Region("arrival_stamp", stamp)] if stamp else []
    found += [Region("signature", signature)] if signature else []
    notes = find_notes(view, blocks, [region.box for region in found])
    found += [Region("handwriting", box) for box in notes]
    return tuple(sorted(found, key=_place))


def _place(region: Region) -> tuple[float, float]:
    return region.box.y0, region.box.x0


def _in(inner: Box, outer: Box) -> bool:
    x, y = inner.centre
    return outer.x0 < x < outer.x1 and outer.y0 < y < outer.y1
