# SPDX-License-Identifier: Apache-2.0
"""A page of a PDF -> its picture: the scan itself where it is the page, else drawn by poppler.

Only this module knows pdf2image.
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - part of a dataclass
from typing import TYPE_CHECKING

import pikepdf
from pdf2image import convert_from_path
from pdf2image.exceptions import (
    PDFInfoNotInstalledError,
    PDFPageCountError,
    PDFPopplerTimeoutError,
    PopplerNotInstalledError,
)
from pdf2image.pdf2image import _get_poppler_version
from PIL import Image

from pipeline.errors import DamagedError, MissingDependencyError, ReadingTimeoutError
from pipeline.intake.integrity import parsing
from pipeline.intake.pixels import check_size, decoding, plain, square
from pipeline.intake.stored import is_whole, pixels_of, stored_pictures
from pipeline.intake.survey import FULL_PAGE

if TYPE_CHECKING:
    from pipeline.intake.sheet import Scan
    from pipeline.intake.survey import Picture, Survey
    from pipeline.settings import Settings

# Pages without a scan are drawn at this resolution. Of 2,404 words on five born-digital pages
# Tesseract missed 98 at 200 dpi and 96 at 300, in five sixths of the time; at 150 a table suffers.
DRAWING_DPI = 200.0

# A scan under stamps is drawn at its own resolution, so that its pixels stay its own, up to this.
_FINEST_DPI = 400.0
_COARSEST_DPI = 72.0

# From this share of the page on a picture sets the resolution: Công báo pages have 0.28-0.60.
_SETS_RESOLUTION = 0.2

# Colour spaces whose numbers are what one sees; others are left to poppler.
_PLAIN_SPACES = frozenset(("/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased"))

_INSTALL = "poppler is missing: apt-get install poppler-utils"


def poppler_version() -> str:
    """Return poppler's version, for instance "22.12".

    Raises:
        MissingDependencyError: it is not installed.
    """
    try:
        major, minor = _get_poppler_version("pdftoppm")[:2]
    except (OSError, ValueError) as error:
        raise MissingDependencyError(_INSTALL) from error
    return f"{major}.{minor:02}"


def drawing_dpi(survey: Survey) -> float:
    """Return the resolution at which a page is drawn: that of its largest scan, or our own.

    A scan that fills the page is never enlarged here; beside one that does not there is print.
    """
    scans = [p for p in survey.pictures if survey.share(p.box) >= _SETS_RESOLUTION]
    if not scans:
        return DRAWING_DPI
    largest = max(scans, key=lambda picture: survey.share(picture.box))
    least = _COARSEST_DPI if survey.share(largest.box) >= FULL_PAGE else DRAWING_DPI
    return min(max(*largest.dpi, least), _FINEST_DPI)


def page_scan(
    path: Path, page: pikepdf.Page, number: int, survey: Survey, settings: Settings
) -> Scan:
    """Return the picture of page `number`, upright and cut to what a viewer shows.

    Raises:
        DamagedError: the page's picture is cut off, or poppler cannot draw the page.
        PageTooLargeError: it would have more pixels than the limit.
        ReadingTimeoutError: poppler takes longer than `reading_timeout`.
        MissingDependencyError: poppler is not installed.
    """
    what = f"page {number} of {path.name}"
    with parsing(what):
        scan = survey.sole and embedded(page, survey.sole, survey, what)
        # poppler would draw the half of a picture that is left
        if scan is None and not all(map(is_whole, stored_pictures(page))):
            raise DamagedError(f"{what} has a picture that is cut off: fetch or scan it again")
    return scan or rendered(path, number, survey, settings)


def rendered(path: Path, number: int, survey: Survey, settings: Settings) -> Scan:
    """Return page `number` as poppler draws it; raises as `page_scan` does."""
    dpi = drawing_dpi(survey)
    what = f"page {number} of {path.name}"
    check_size(survey.width / 72 * dpi, survey.height / 72 * dpi, what, settings)
    try:
        with decoding(what):
            images = convert_from_path(
                path,
                # a fraction would add a pixel and with it a new sampling of the whole scan
                dpi=round(dpi),
                first_page=number,
                last_page=number,
                use_cropbox=True,
                timeout=max(round(settings.reading_timeout), 1),
            )
    except (PDFInfoNotInstalledError, PopplerNotInstalledError) as error:
        raise MissingDependencyError(_INSTALL) from error
    except PDFPopplerTimeoutError as error:
        raise ReadingTimeoutError(
            f"{what} took longer than {settings.reading_timeout:.0f} s to draw: "
            "set SOHOA_READING_TIMEOUT"
        ) from error
    except PDFPageCountError as error:
        raise DamagedError(f"{what} cannot be drawn: fetch or scan the file again") from error
    if not images:
        raise DamagedError(f"{what} cannot be drawn: fetch or scan the file again")
    image = images[0]
    dots = image.width / survey.width * 72, image.height / survey.height * 72
    return square(image, dots, "rendered")


def embedded(page: pikepdf.Page, picture: Picture, survey: Survey, what: str) -> Scan | None:
    """Return the scan that fills the page as it is stored; None if it is not stored plainly.

    Raises:
        DamagedError: its data are cut off.
    """
    stored = _stored(page, picture)
    if stored is None or not _is_plain(stored):
        return None
    try:
        with decoding(what):
            image = pikepdf.PdfImage(stored).as_pil_image()
            image.load()
            image = plain(image)
    except (NotImplementedError, pikepdf.PikepdfError):
        return None
    turns = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180}
    turns[270] = Image.Transpose.ROTATE_270
    if picture.turn:
        image = image.transpose(turns[picture.turn])
    return square(_on_page(image, picture, survey), picture.dpi, "embedded")


def _stored(page: pikepdf.Page, picture: Picture) -> pikepdf.Stream | None:
    """Return the one stored picture of the size of `picture`, None if that is not one only."""
    found = {
        stored.objgen: stored
        for stored in stored_pictures(page)
        if pixels_of(stored) == picture.pixels
    }
    return found.popitem()[1] if len(found) == 1 else None


def _is_plain(stored: pikepdf.Stream) -> bool:
    """Return whether the numbers of a stored picture are what one sees: no mask, no inversion."""
    if any(key in stored for key in ("/SMask", "/Mask", "/Decode")) or stored.get("/ImageMask"):
        return False
    space = stored.get("/ColorSpace")
    name = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
    if name == "/ICCBased" and isinstance(space, pikepdf.Array):
        return int(space[1].get("/N", 0)) in (1, 3)
    if name == "/Indexed" and isinstance(space, pikepdf.Array):
        return str(space[1]) in ("/DeviceRGB", "/DeviceGray")
    return name in _PLAIN_SPACES and int(stored.get("/BitsPerComponent", 0)) in (1, 8)


def _on_page(image: Image.Image, picture: Picture, survey: Survey) -> Image.Image:
    """Return `image` cut or widened with white to the page, so that points and pixels agree."""
    across, down = picture.dpi
    size = round(survey.width * across / 72), round(survey.height * down / 72)
    corner = round(picture.box.x0 * across / 72), round(picture.box.y0 * down / 72)
    if size == image.size and corner == (0, 0):
        return image
    paper = Image.new(image.mode, size, "white" if image.mode == "RGB" else 255)
    paper.paste(image, corner)
    return paper
