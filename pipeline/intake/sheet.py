# SPDX-License-Identifier: Apache-2.0
"""A sheet: one page as it came in, before anybody has read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from pipeline.model import Line, TextLayer


@dataclass(frozen=True, slots=True)
class Scan:
    """The picture of a page, upright as a viewer shows it.

    Attributes:
        image: mode "1", "L" or "RGB".
        dpi: pixels an inch; `image.width / dpi * 72` is the width of the sheet in points.
        origin: how it was made, for the log: "embedded", "rendered", "glance" or "file".
    """

    image: Image.Image
    dpi: float
    origin: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a document, upright, with what its file says about it.

    Attributes:
        number: 1 for the first page.
        width: in points, of the upright page as a viewer shows it; None for plain text.
        height: in points; None for plain text.
        layer: the verdict on the text layer, with its reason.
        lines: the words of the text layer (NFC; already converted if it is legacy) with boxes in
            points from the top left of the upright page; empty if the page has none.
        text: the page's raw text, only for plain text input.
        scan: makes the picture of the page when called, anew each time; None for plain text. It
            must be called before the next sheet is asked for, while the file is open.
        glance: makes a coarse picture of the page, fast; None where no picture lies on it that is
            large enough to be a seal, a stamp or a signature. To be called as `scan`.
    """

    number: int
    width: float | None
    height: float | None
    layer: TextLayer
    lines: tuple[Line, ...] = ()
    text: str | None = None
    scan: Callable[[], Scan] | None = field(default=None, compare=False, repr=False)
    glance: Callable[[], Scan] | None = field(default=None, compare=False, repr=False)
