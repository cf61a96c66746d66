# SPDX-License-Identifier: Apache-2.0
"""Limits of what a PDF's packed data may become: a megabyte of Flate can hold a gigabyte.

qpdf stops at a limit of ours; pdfium and poppler have none that helps, so what they will unpack of
a page is unpacked here before, bounded, and thrown away.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image

from pipeline.errors import PageTooLargeError
from pipeline.intake.pixels import check_size
from pipeline.intake.stored import pixels_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.settings import Settings

# Bytes that all content, forms and fonts of a page together may become; the largest drawings of
# plans have 30 megabytes.
_MOST_OF_PAGE = 1 << 27
# Channels of a byte that a pixel has at most, in a picture that is still within the limit.
_CHANNELS = 4
# More filters one over another than this nobody uses: 0 to 2 are common.
_MOST_FILTERS = 6
# A code of LZW stands for this many bytes at most, for each byte of the data.
_LZW_RATIO = 1400
# Objects that make up a page; a form of many fields has some thousands.
_MOST_OBJECTS = 100_000
# What says how large the picture is in its own head, too.
_OWN_SIZE = frozenset(("/DCTDecode", "/JPXDecode"))
# Keys that lead away from the page, to data that nobody unpacks, or into long lists of numbers.
_ASIDE = frozenset(
    ("/Parent", "/P", "/A", "/AA", "/Dest", "/Popup", "/IRT", "/PieceInfo", "/Metadata", "/EF")
    + (
        "/AF",
        "/FS",
        "/V",
        "/StructParent",
        "/W",
        "/W2",
        "/Widths",
        "/Differences",
        "/RichMediaContent",
    )
)


@contextmanager
def bounded(settings: Settings) -> Iterator[None]:
    """Within it qpdf refuses to unpack more than the largest picture may have.

    qpdf's limits are those of the process; they are put back at the end.
    """
    most = max(round(settings.max_megapixels * 1e6) * _CHANNELS, _MOST_OF_PAGE)
    before = pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most,
        run_length_max_memory=most,
        png_max_memory=most,
        tiff_max_memory=most,
        max_stream_filters=_MOST_FILTERS,
    )
    try:
        yield
    finally:
        pikepdf.settings.set_qpdf_limits(**before)  # type: ignore[arg-type]


def check_packed(page: pikepdf.Page, what: str, settings: Settings) -> None:
    """Check all that will be unpacked to show `page`, wherever it hides.

    Raises:
        PageTooLargeError: a picture has more pixels than `max_megapixels`, or the rest becomes
            larger than any page is.
        pikepdf.PikepdfError: something is broken.
    """
    left = _MOST_OF_PAGE
    for stream in _streams(page, what):
        if stream.get("/Subtype") == "/Image":
            _check_picture(stream, what, settings)
            continue
        left -= _unpacked(stream, left)
        if left < 0:
            raise _too_large(what)


def _streams(page: pikepdf.Page, what: str) -> Iterator[pikepdf.Stream]:
    """Yield each stream that shows on `page`: content, resources, looks of annotations."""
    waiting: list[object] = [page.obj.get(key) for key in ("/Contents", "/Annots")]
    waiting.append(page.resources if "/Resources" in page else None)
    seen: set[tuple[int, int]] = set()
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        item = waiting.pop()
        if not isinstance(item, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)):
            continue
        if item.objgen != (0, 0):
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, pikepdf.Array):
            waiting += item
            continue
        if isinstance(item, pikepdf.Stream):
            yield item
        waiting += [value for key, value in item.items() if key not in _ASIDE]
    raise _too_large(what)


def _check_picture(picture: pikepdf.Stream, what: str, settings: Settings) -> None:
    what = f"a picture on {what}"
    check_size(*pixels_of(picture), what, settings)
    steps = steps_of(picture)
    if len(steps) == 1 and steps[0] in _OWN_SIZE:
        try:
            with Image.open(BytesIO(picture.read_raw_bytes())) as image:
                size = image.size
        except (OSError, ValueError, SyntaxError):
            return  # broken, or of a kind that the readers will refuse
        check_size(*size, what, settings)


def _unpacked(stream: pikepdf.Stream, most: int) -> int:
    """Return how many bytes come out of a stream, `most` and more if that is too many."""
    raw = len(stream.read_raw_bytes())
    if "/LZWDecode" in steps_of(stream) and raw * _LZW_RATIO > 8 * _MOST_OF_PAGE:
        return most + 1  # qpdf has no limit for it
    try:
        return len(stream.read_bytes())
    except pikepdf.PdfError as error:
        if "limit exceeded" in str(error):
            return most + 1
        return raw  # broken: the readers take of it what they can


def _too_large(what: str) -> PageTooLargeError:
    return PageTooLargeError(
        f"{what} unpacks to more than {_MOST_OF_PAGE >> 20} megabytes: print it to a new PDF"
    )
