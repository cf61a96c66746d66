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

from pipeline.errors import DamagedError, PageTooLargeError
from pipeline.intake.pixels import check_size, decoding
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
# What qpdf has to say of one file before it gives up; each takes a kilobyte. A page that is named a
# million times costs a million.
_MOST_WARNINGS = 20_000
# A code of LZW stands for this many bytes at most, for each byte of the data.
_LZW_RATIO = 1400
# Objects that make up a page; a form of many fields has some thousands.
_MOST_OBJECTS = 100_000
# What says how large the picture is in its own head, too.
_OWN_SIZE = frozenset(("/DCTDecode", "/JPXDecode"))
# Keys that lead away from the page, to data that nobody unpacks, or into long lists of numbers.
_ASIDE = frozenset(
    "/Parent /P /A /AA /Dest /Popup /IRT /PieceInfo /Metadata /EF /AF /FS /V /StructParent /W /W2 "
    "/Widths /Differences /RichMediaContent".split()
)
# What these hold goes by names that the file's maker has chosen, which may be any.
_NAMED = frozenset(
    "/XObject /Font /Pattern /ColorSpace /ExtGState /Shading /Properties /CharProcs /N /R "
    "/D".split()
)


@contextmanager
def bounded(
    settings: Settings | None = None, *, most_warnings: int = _MOST_WARNINGS
) -> Iterator[None]:
    """Within it qpdf refuses to unpack more than a page's content, or largest picture, may have.

    Pictures count where there are `settings`; 0 for `most_warnings` sets no limit to them. qpdf's
    limits are those of the process; they are put back at the end.
    """
    largest = round(settings.max_megapixels * 1e6) * _CHANNELS if settings else 0
    most = max(largest, _MOST_OF_PAGE)
    before = pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most,
        run_length_max_memory=most,
        png_max_memory=most,
        tiff_max_memory=most,
        max_stream_filters=_MOST_FILTERS,
        doc_max_warnings=most_warnings,
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
    start = {key: page.obj.get(key) for key in ("/Contents", "/Annots")}
    start["/Resources"] = page.resources if "/Resources" in page else None
    waiting: list[tuple[str, object]] = list(start.items())
    seen: set[tuple[int, int]] = set()
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        key, item = waiting.pop()
        if not isinstance(item, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)):
            continue
        if item.objgen != (0, 0) and item.objgen in seen:
            continue
        seen.add(item.objgen)
        if isinstance(item, pikepdf.Array):
            waiting += (("", each) for each in item)
            continue
        if isinstance(item, pikepdf.Stream):
            yield item
        aside = frozenset() if key in _NAMED else _ASIDE
        waiting += ((name, value) for name, value in item.items() if name not in aside)
    raise _too_large(what)


def _check_picture(picture: pikepdf.Stream, what: str, settings: Settings) -> None:
    what = f"a picture on {what}"
    check_size(*pixels_of(picture), what, settings)
    steps = steps_of(picture)
    if len(steps) == 1 and steps[0] in _OWN_SIZE:
        try:
            with decoding(what), Image.open(BytesIO(picture.read_raw_bytes())) as image:
                size = image.size
        except DamagedError:
            return  # or of a kind that is unknown here: the readers will tell
        check_size(*size, what, settings)


def _unpacked(stream: pikepdf.Stream, most: int) -> int:
    """Return how many bytes come out of a stream, `most` and more if that is too many."""
    raw = len(stream.read_raw_bytes())
    if "/LZWDecode" in steps_of(stream) and raw * _LZW_RATIO > 8 * _MOST_OF_PAGE:
        return most + 1  # qpdf has no limit for it
    try:
        with bounded():
            return len(stream.read_bytes())
    except pikepdf.PdfError as error:
        if "limit exceeded" in str(error):
            return most + 1
        return raw  # broken: the readers take of it what they can


def _too_large(what: str) -> PageTooLargeError:
    return PageTooLargeError(
        f"{what} unpacks to more than {_MOST_OF_PAGE >> 20} megabytes: print it to a new PDF"
    )
