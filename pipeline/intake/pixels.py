# SPDX-License-Identifier: Apache-2.0
"""Pixels with Pillow: a limit of our own, refusals in our words, a plain mode, level and square."""

from __future__ import annotations

import struct
import warnings
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image

from pipeline.errors import DamagedError, PageTooLargeError
from pipeline.intake.sheet import Scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.settings import Settings

# Fax pages have 204 x 98 dots an inch. Where the two differ by more than this they are made equal:
# it moves a box at the foot of an A4 page by 3 points; real scans have 302 x 301.
_SQUARE = 0.004


# What Pillow's readers raise on broken data, found by feeding them thousands of broken files.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@contextmanager
def decoding(what: str) -> Iterator[None]:
    """Within it Pillow decodes without its own limit and warnings; broken data raise DamagedError.

    Sizes are to be checked with `check_size` before, by the header alone. Pillow's limit is a
    variable of its module: it is put back at the end.
    """
    limit = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _BROKEN as error:
        raise DamagedError(
            f"{what} is damaged ({_first_line(error)}): fetch or scan it again"
        ) from error
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def check_size(width: float, height: float, what: str, settings: Settings) -> None:
    """Raise PageTooLargeError if `width` times `height` pixels are over the limit."""
    megapixels = width * height / 1e6
    if megapixels > settings.max_megapixels:
        raise PageTooLargeError(
            f"{what} has {megapixels:,.0f} megapixels, {settings.max_megapixels:,.0f} are allowed: "
            "scan it at a lower resolution or raise SOHOA_MAX_MEGAPIXELS"
        )


def plain(image: Image.Image) -> Image.Image:
    """Return `image` in mode "1", "L" or "RGB": on white, 16 bits brought to 8."""
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        return paper.convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    wide = image.convert("F")
    highest = wide.getextrema()[1]
    # Scanners write 16 bits in full; values that fit into 8 bits are meant as such.
    scale = 1.0 if isinstance(highest, float) and highest <= 255 else 255 / 65535
    return wide.point(lambda value: value * scale).convert("L")


def square(image: Image.Image, dpi: tuple[float, float], origin: str) -> Scan:
    """Return the scan with as many pixels an inch across as down, the finer of the two."""
    across, down = dpi
    if abs(across - down) <= _SQUARE * max(dpi):
        return Scan(image, across, origin)
    finest = max(dpi)
    size = (round(image.width * finest / across), round(image.height * finest / down))
    gray = image.convert("L") if image.mode == "1" else image
    return Scan(gray.resize(size, Image.Resampling.BICUBIC), finest, origin)
