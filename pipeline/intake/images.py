# SPDX-License-Identifier: Apache-2.0
"""TIFF, PNG and JPEG files: each frame a page, read when it is asked for."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PIL import ExifTags, Image, ImageOps, ImageSequence

from pipeline.intake.pixels import check_size, decoding, plain, square
from pipeline.intake.sheet import Sheet
from pipeline.model import TextLayer, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.intake.sheet import Scan
    from pipeline.settings import Settings

# Resolutions that scanners and fax machines write; others (1, 72 of cameras is checked by the
# page size below) are left-overs of programs.
_PLAUSIBLE_DPI = (70.0, 1200.0)

# Sides of a page in millimetres, shorter and longer, from A6 to A2: with another size the tag
# lies, for instance 72 dpi in a scan of 2,480 x 3,508 pixels.
_PLAUSIBLE_SHORT = (100.0, 450.0)
_PLAUSIBLE_LONG = (140.0, 650.0)

_A4_SHORT = 210.0
_MM_PER_INCH = 25.4

_FORMATS = ("TIFF", "PNG", "JPEG")
_LAYER = TextLayer(Verdict.NONE, "a picture file has no text layer")


def count_frames(path: Path, settings: Settings) -> int:
    """Return how many pages an image file has, after checking each one's size by its header.

    Only a TIFF has pages: a PNG that moves and a photograph with a second picture for bright
    screens show one. No more are counted than tell that there are too many.

    Raises:
        DamagedError: the file is broken.
        PageTooLargeError: a page has more pixels than the limit.
    """
    with decoding(path.name), Image.open(path, formats=_FORMATS) as image:
        most = settings.max_pages + 1 if image.format == "TIFF" else 1
        sizes = [frame.size for frame in islice(ImageSequence.Iterator(image), most)]
    for number, size in enumerate(sizes, start=1):
        check_size(*size, f"page {number} of {path.name}", settings)
    return len(sizes)


def image_sheets(
    paths: Sequence[Path], settings: Settings, first: int = 1, last: int | None = None
) -> Iterator[Sheet]:
    """Yield pages `first` to `last` of image files; pixels are decoded by `Sheet.scan` only."""
    frames = [(path, frame) for path in paths for frame in range(count_frames(path, settings))]
    for number, (path, frame) in list(enumerate(frames, start=1))[first - 1 : last]:
        width, height = _points(path, frame)
        yield Sheet(
            number=number,
            width=width,
            height=height,
            layer=_LAYER,
            scan=partial(frame_scan, path, frame),
        )


def frame_scan(path: Path, frame: int) -> Scan:
    """Return a frame of an image file, upright, in a plain mode, with square pixels.

    Raises:
        DamagedError: its data are cut off or broken.
    """
    with decoding(f"page {frame + 1} of {path.name}"), Image.open(path, formats=_FORMATS) as image:
        image.seek(frame)
        image.load()
        dpi = resolution(image)
        level = ImageOps.exif_transpose(image)
        return square(plain(level), _turned(image, dpi), "file")


def _points(path: Path, frame: int) -> tuple[float, float]:
    with decoding(path.name), Image.open(path, formats=_FORMATS) as image:
        image.seek(frame)
        across, down = _turned(image, resolution(image))
        width, height = image.size[::-1] if _lies(image) else image.size
        return width / across * 72, height / down * 72


def _lies(image: Image.Image) -> bool:
    """Return whether the EXIF orientation (5-8) exchanges width and height."""
    return image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)


def _turned(image: Image.Image, dpi: tuple[float, float]) -> tuple[float, float]:
    return dpi[::-1] if _lies(image) else dpi


def resolution(image: Image.Image) -> tuple[float, float]:
    """Return the pixels an inch across and down, as stored.

    The file's tag counts if it makes a page between A6 and A2; else the shorter side is assumed
    to be that of A4, 210 mm.
    """
    tag = image.info.get("dpi")
    if isinstance(tag, tuple) and len(tag) == 2:
        across, down = float(tag[0]), float(tag[1])
        low, high = _PLAUSIBLE_DPI
        if low <= across <= high and low <= down <= high and _is_page(image, across, down):
            return across, down
    dpi = min(image.size) / (_A4_SHORT / _MM_PER_INCH)
    return dpi, dpi


def _is_page(image: Image.Image, across: float, down: float) -> bool:
    sides = image.width / across * _MM_PER_INCH, image.height / down * _MM_PER_INCH
    return (
        _PLAUSIBLE_SHORT[0] <= min(sides) <= _PLAUSIBLE_SHORT[1]
        and _PLAUSIBLE_LONG[0] <= max(sides) <= _PLAUSIBLE_LONG[1]
    )
