# SPDX-License-Identifier: Apache-2.0
"""A PDF: opened and checked with pikepdf, its pages looked at one by one with pdfium."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import DamagedError, EmptyError, EncryptedError, InputError
from pipeline.intake.glyphs import read_tokens
from pipeline.intake.integrity import check_repaired, parsing
from pipeline.intake.layer import lines_of
from pipeline.intake.mazes import check_forms, check_page_count
from pipeline.intake.packed import bounded, check_packed
from pipeline.intake.pixels import check_size
from pipeline.intake.raster import DRAWING_DPI, page_scan
from pipeline.intake.sheet import Scan, Sheet
from pipeline.intake.signatures import read_signatures
from pipeline.intake.stored import pixels_of, see_through, stored_pictures
from pipeline.intake.survey import survey, upright
from pipeline.intake.textlayer import judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.intake.survey import Survey
    from pipeline.model import DigitalSignature
    from pipeline.settings import Settings

# As much of the end of a file as may hold its closing mark and what mail programs append.
_TAIL = 4096

# Stamps of urgency are 8 × 20 mm and more, seals and signatures larger: points.
_STAMP = (18.0, 50.0)
# Frames and rings are seen at this resolution, and the letters of a stamp are read.
_GLANCE_DPI = 100.0


@dataclass(frozen=True, slots=True)
class PdfFile:
    """An open PDF.

    Attributes:
        path: of the file.
        structure: as pikepdf sees it.
        content: as pdfium sees it.
    """

    path: Path
    structure: pikepdf.Pdf
    content: pypdfium2.PdfDocument

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.structure.pages)

    @property
    def signatures(self) -> tuple[DigitalSignature, ...]:
        """Who signed the file digitally, as it says itself."""
        return read_signatures(self.structure)

    def sheets(
        self, settings: Settings, first: int = 1, last: int | None = None
    ) -> Iterator[Sheet]:
        """Yield pages `first` to `last` in order; only one is in memory at a time."""
        for index in range(self.page_count)[first - 1 : last]:
            yield self._sheet(index, settings)

    def _sheet(self, index: int, settings: Settings) -> Sheet:
        with parsing(f"page {index + 1} of {self.path.name}"):
            stored = self.structure.pages[index]
            check_packed(stored, f"page {index + 1} of {self.path.name}", settings)
            check_forms(stored, f"page {index + 1} of {self.path.name}")
            page = _flattened(self.content, index)
            try:
                frame = upright(page, _unit(stored))
                seen = survey(page, frame)
                lines, converted = lines_of(read_tokens(page, frame))
            finally:
                page.close()
        return Sheet(
            number=index + 1,
            width=seen.width,
            height=seen.height,
            layer=judge(lines, seen.without(see_through(stored)), converted),
            lines=lines,
            scan=partial(page_scan, self.path.absolute(), stored, index + 1, seen, settings),
            glance=partial(self._glance, index, seen) if _may_be_stamped(seen) else None,
        )

    def _glance(self, index: int, seen: Survey) -> Scan:
        """Return page `index` as pdfium draws it, coarse: a tenth of the time of `page_scan`."""
        with parsing(f"page {index + 1} of {self.path.name}"):
            page = _flattened(self.content, index)
            try:
                image = page.render(scale=_GLANCE_DPI / 72.0, rev_byteorder=True).to_pil()
            finally:
                page.close()
        return Scan(image.convert("RGB"), image.width / seen.width * 72.0, "glance")


def _may_be_stamped(seen: Survey) -> bool:
    """Return whether a picture on a page may be that of a seal, a stamp or a signature."""
    return any(
        min(picture.box.width, picture.box.height) >= _STAMP[0]
        and max(picture.box.width, picture.box.height) >= _STAMP[1]
        for picture in seen.pictures
    )


@contextmanager
def open_pdf(path: Path, settings: Settings) -> Iterator[PdfFile]:
    """Open a PDF and check it, as far as that goes without decoding its pages.

    Raises:
        EncryptedError: it asks for a password to be opened (one that only forbids changes is
            not asked for).
        DamagedError: it is cut off or broken.
        EmptyError: it has no page.
        TooManyPagesError: it has more pages than the limit.
        PageTooLargeError: a page or a picture has more pixels than the limit.
    """
    with bounded(settings), _open_structure(path) as structure:
        _check_pages(structure, path, settings)
        content = _open_content(path, len(structure.pages))
        try:
            yield PdfFile(path, structure, content)
        finally:
            content.close()


@contextmanager
def _open_structure(path: Path) -> Iterator[pikepdf.Pdf]:
    try:
        file = path.open("rb")  # here, since pikepdf takes no name that is not UTF-8
    except OSError as error:  # gone meanwhile
        raise InputError(f"{path.name} cannot be opened ({error.strerror}): check it") from error
    with file, _parsed(file, path) as structure:
        yield structure


def _parsed(file: BinaryIO, path: Path) -> pikepdf.Pdf:
    try:
        try:
            with bounded():
                return pikepdf.open(file, suppress_warnings=True)
        except pikepdf.PdfError as error:
            if "no pages found" not in str(error):
                raise
            with bounded(most_warnings=0):  # else a whole file without a page would be an error
                return pikepdf.open(file, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise EncryptedError(
            f"{path.name} asks for a password: save a copy without one (qpdf --decrypt)"
        ) from error
    except pikepdf.PdfError as error:
        if "encrypt" in str(error):
            raise EncryptedError(
                f"{path.name} is locked in a way that cannot be opened here: save a copy without"
            ) from error
        raise _damaged(path.name) from error


def _check_pages(structure: pikepdf.Pdf, path: Path, settings: Settings) -> None:
    with parsing(path.name):
        check_page_count(structure, path.name, settings.max_pages)
        count = len(structure.pages)
        warnings = structure.get_warnings()
    if not count and warnings:
        raise _damaged(path.name)
    if not count:
        raise EmptyError(f"{path.name} has no page: make it again")
    with parsing(path.name):
        if warnings:
            with path.open("rb") as file:
                file.seek(max(path.stat().st_size - _TAIL, 0))
                check_repaired(structure, path.name, file.read())
        for number, page in enumerate(structure.pages, start=1):
            _check_page(page, f"page {number} of {path.name}", settings)


def _check_page(page: pikepdf.Page, what: str, settings: Settings) -> None:
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    scale = _unit(page) * DRAWING_DPI / 72
    check_size(abs(right - left) * scale, abs(top - bottom) * scale, what, settings)
    for picture in stored_pictures(page):
        check_size(*pixels_of(picture), f"a picture on {what}", settings)


def _open_content(path: Path, page_count: int) -> pypdfium2.PdfDocument:
    with parsing(path.name):
        content = pypdfium2.PdfDocument(path)
    if len(content) != page_count:
        content.close()
        raise _damaged(path.name)
    if content.get_formtype() != pdfium.FORMTYPE_NONE:
        content.init_forms()
    return content


def _flattened(content: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """Return a page with its annotations as part of it.

    Signing programs write the number and the day of a born-digital directive as annotations,
    and stamps on scans as well: a viewer shows them, the bare text layer lacks them.
    """
    page = content[index]
    if pdfium.FPDFPage_GetAnnotCount(page.raw) > 0:
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = content[index]
    return page


def _unit(page: pikepdf.Page) -> float:
    return float(page.obj.get("/UserUnit", 1))


def _damaged(name: str) -> DamagedError:
    return DamagedError(f"{name} is damaged or cut off: fetch or scan it again")
