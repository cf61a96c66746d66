# SPDX-License-Identifier: Apache-2.0
"""Is a PDF whole? qpdf mends silently what is left of a file, and malformed parts fail anyhow."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import pikepdf
import pypdfium2

from pipeline.errors import DamagedError
from pipeline.intake.stored import is_whole, stored_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

# What qpdf says of a stream whose end it never found.
_CUT = ("expected endstream", "unable to recover stream data", "EOF while reading")

# Readers look for %%EOF in the last 1,024 bytes (ISO 32000-1, annex H.3, note 18).
_TAIL = 1024


# What a malformed structure makes the libraries raise: a name where a number should be, a box of
# three sides, a reference that leads back to itself.
MALFORMED = (
    pikepdf.PikepdfError,
    pypdfium2.PdfiumError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)


@contextmanager
def parsing(what: str) -> Iterator[None]:
    """Within it whatever a malformed PDF raises becomes one DamagedError about `what`."""
    try:
        yield
    except MALFORMED as error:
        raise DamagedError(f"{what} is damaged or cut off: fetch or scan it again") from error


def check_repaired(pdf: pikepdf.Pdf, name: str, tail: bytes) -> None:
    """Raise DamagedError if a page of `pdf`, whose file had to be repaired, is not complete.

    A file that only lost its table of objects passes. Each page needs its content, all that the
    content names, and pictures that end as they should; `tail` is the end of the file.
    """
    counted = pdf.Root.Pages.get("/Count", 0)
    if len(pdf.pages) < int(counted):
        raise _damaged(name, f"{len(pdf.pages)} of its {int(counted)} pages are left")
    for number, page in enumerate(pdf.pages, start=1):
        if problem := _problem(page):
            raise _damaged(name, f"page {number} {problem}")
    warnings = " ".join(str(warning) for warning in pdf.get_warnings())
    if b"%%EOF" not in tail[-_TAIL:] and any(sign in warnings for sign in _CUT):
        raise _damaged(name, "its end is missing")


def _damaged(name: str, problem: str) -> DamagedError:
    return DamagedError(f"{name} is damaged ({problem}): fetch or scan it again")


def _problem(page: pikepdf.Page) -> str:
    """Return what is missing on a page, "" if it is whole."""
    if "/Contents" not in page.obj:
        return "has lost its content"
    try:
        missing = [name for kind, name in _named(page) if name not in _resources(page, kind)]
        if missing:
            return f"has lost {missing[0]}"
        if not all(map(is_whole, stored_pictures(page))):
            return "has a picture that is cut off"
    except MALFORMED:
        return "cannot be decoded"
    return ""


def _resources(page: pikepdf.Page, kind: str) -> set[str]:
    resources = page.resources
    return set(cast("pikepdf.Dictionary", resources[kind]).keys()) if kind in resources else set()


def _named(page: pikepdf.Page) -> Iterator[tuple[str, str]]:
    """Yield the fonts and pictures that the content of a page names."""
    for instruction in pikepdf.parse_content_stream(page, "Do Tf"):
        if not isinstance(instruction, pikepdf.ContentStreamInstruction):
            continue  # an inline picture brings its data along
        kind = "/XObject" if str(instruction.operator) == "Do" else "/Font"
        if instruction.operands:
            yield kind, str(instruction.operands[0])
