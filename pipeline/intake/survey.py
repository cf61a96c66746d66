# SPDX-License-Identifier: Apache-2.0
"""What lies on a PDF page: its pictures, its drawings, and how it is turned to be upright."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from math import hypot
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from pipeline.model import Box

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage

# A picture that fills so much of the page is the page (a scan); margins of 5 % are common.
FULL_PAGE = 0.9

# Sides of a drawn letter, in points: body text is 10-16 pt high, a comma about 1.5 pt.
_LETTER_SIDES = (1.5, 24.0)

# Sine of the turn that still counts as none: 0.05 degrees move a line by 0.5 pt over a page.
_LEVEL = 0.001

# Browsers clip a printed scan to the page, up to a point inside of its edge.
_CLIP_SLACK = 1.5


@dataclass(frozen=True, slots=True)
class Upright:
    """The way from user space (origin at the bottom left) to the page as a viewer shows it.

    Attributes:
        left, bottom, right, top: the visible part (CropBox within MediaBox), in user space.
        rotation: /Rotate, clockwise: 0, 90, 180 or 270.
        unit: points a unit of user space (/UserUnit).
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page in points."""
        wide, high = (self.right - self.left) * self.unit, (self.top - self.bottom) * self.unit
        return (high, wide) if self.rotation in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the point in points from the top left of the upright page."""
        across, down = {
            0: (x - self.left, self.top - y),
            90: (y - self.bottom, x - self.left),
            180: (self.right - x, y - self.bottom),
            270: (self.top - y, self.right - x),
        }[self.rotation]
        return across * self.unit, down * self.unit

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of user space as a box on the upright page, in points."""
        xs, ys = zip(self.point(left, bottom), self.point(right, top), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the page.

    Attributes:
        box: on the upright page, in points; it may reach beyond the page.
        pixels: width and height of the picture as stored.
        sides: width and height in points as it is placed, before any turn.
        turn: degrees counter-clockwise by which it is shown on the upright page (0, 90, 180,
            270); None if it is skewed, mirrored, clipped or lies inside a form.
    """

    box: Box
    pixels: tuple[int, int]
    sides: tuple[float, float]
    turn: int | None

    @property
    def dpi(self) -> tuple[float, float]:
        """Pixels an inch across and down, as shown."""
        wide, high = (
            pixels / max(side, 0.1) * 72
            for pixels, side in zip(self.pixels, self.sides, strict=True)
        )
        return (high, wide) if self.turn in (90, 270) else (wide, high)


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies on a page.

    Attributes:
        width, height: of the upright page, in points.
        pictures: all of them, in the order of painting.
        drawn: drawings as small as letters: text that was turned into outlines.
        sole: the picture that fills the page if nothing visible lies over it, else None.
    """

    width: float
    height: float
    pictures: tuple[Picture, ...]
    drawn: int
    sole: Picture | None

    def without(self, pixels: frozenset[tuple[int, int]]) -> Survey:
        """Return the survey without the pictures that are stored with these widths and heights."""
        kept = tuple(picture for picture in self.pictures if picture.pixels not in pixels)
        return replace(self, pictures=kept)

    def share(self, box: Box) -> float:
        """Return the part of the page (0-1) that `box` covers."""
        wide = min(box.x1, self.width) - max(box.x0, 0.0)
        high = min(box.y1, self.height) - max(box.y0, 0.0)
        return max(wide, 0.0) * max(high, 0.0) / max(self.width * self.height, 1.0)


def upright(page: PdfPage, unit: float = 1.0) -> Upright:
    """Return how `page` is turned and cropped for showing."""
    left, bottom, right, top = page.get_bbox()
    return Upright(left, bottom, right, top, page.get_rotation() % 360, unit)


def survey(page: PdfPage, frame: Upright) -> Survey:
    """Return what lies on `page`; annotations count only if they have been flattened into it."""
    width, height = frame.size
    pictures: list[Picture] = []
    drawn = 0
    sole: Picture | None = None
    blank = Survey(width, height, (), 0, None)
    for item in page.get_objects(max_depth=6):
        if item.type == pdfium.FPDF_PAGEOBJ_FORM:
            continue  # its contents follow
        box = _bounds(item, frame)
        if box is None or blank.share(box) == 0.0:
            continue
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            picture = _picture(item, box, frame)
            pictures.append(picture)
            fills = picture.turn is not None and blank.share(box) >= FULL_PAGE
            sole = picture if fills else None
        elif _is_visible(item):
            sole = None
            drawn += _is_like_a_letter(item, box)
    return Survey(width, height, tuple(pictures), drawn, sole)


def _picture(item: PdfObject, box: Box, frame: Upright) -> Picture:
    a, b, c, d, _, _ = item.get_matrix().get()
    sides = hypot(a, b) * frame.unit, hypot(c, d) * frame.unit
    if item.container is not None:  # the form may have a scale of its own
        sides = box.width, box.height
    return Picture(box, item.get_px_size(), sides, _turn(item, frame))


def _bounds(item: PdfObject, frame: Upright) -> Box | None:
    """Return the box of an object on the upright page, None where pdfium knows none."""
    if item.container is not None:
        return _bounds_in_form(item, frame)
    return frame.box(*item.get_bounds())


def _bounds_in_form(item: PdfObject, frame: Upright) -> Box | None:
    corners = [(x, y) for x in item.get_bounds()[::2] for y in item.get_bounds()[1::2]]
    form = item.container
    while form is not None:
        matrix = form.get_matrix()
        corners = [matrix.on_point(x, y) for x, y in corners]
        form = form.container
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return frame.box(min(xs), min(ys), max(xs), max(ys))


def _is_visible(item: PdfObject) -> bool:
    if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
        return bool(
            pdfium.FPDFTextObj_GetTextRenderMode(item.raw) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        )
    return True


def _is_like_a_letter(item: PdfObject, box: Box) -> bool:
    low, high = _LETTER_SIDES
    is_path = item.type == pdfium.FPDF_PAGEOBJ_PATH
    return is_path and low <= box.width <= high and low <= box.height <= high


def _turn(item: PdfObject, frame: Upright) -> int | None:
    """Return the turn of a picture on the upright page; None if it is not simply placed."""
    if item.container is not None or _is_clipped(item, frame):
        return None
    a, b, c, d, _, _ = item.get_matrix().get()
    slack = _LEVEL * hypot(a, b, c, d)
    if abs(b) <= slack and abs(c) <= slack and a * d > 0:
        angle = 0 if a > 0 else 180
    elif abs(a) <= slack and abs(d) <= slack and b * c < 0:
        angle = 90 if b > 0 else 270
    else:
        return None
    return (angle - frame.rotation) % 360


def _is_clipped(item: PdfObject, frame: Upright) -> bool:
    """Return whether a clip path cuts into the picture where it lies on the page."""
    clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    return not all(_is_around(clip, path, item, frame) for path in range(max(count, 0)))


def _is_around(clip: pdfium.FPDF_CLIPPATH, path: int, item: PdfObject, frame: Upright) -> bool:
    """Return whether a clip path is a rectangle around the visible part of the picture."""
    points = []
    for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
        x, y = ctypes.c_float(), ctypes.c_float()
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
            return False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if not 4 <= len(points) <= 5 or any(
        x not in (min(xs), max(xs)) or y not in (min(ys), max(ys)) for x, y in points
    ):
        return False
    left, bottom, right, top = item.get_bounds()
    return bool(
        min(xs) <= max(left, frame.left) + _CLIP_SLACK
        and min(ys) <= max(bottom, frame.bottom) + _CLIP_SLACK
        and max(xs) >= min(right, frame.right) - _CLIP_SLACK
        and max(ys) >= min(top, frame.top) - _CLIP_SLACK
    )
