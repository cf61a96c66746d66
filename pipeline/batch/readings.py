# SPDX-License-Identifier: Apache-2.0
"""What was read, kept on disk: reading a page takes a second, a new dictionary needs it again.

A reading is a folder of spans of pages, `OUT/.readings/ab/abcd…/00001-00004.json.gz`, each a
document of just these pages as it was before layout across pages and repair. The folder is named
by what the reading depends on, so none is ever out of date. They hold the text of documents and can
be read by their owner only.
"""

from __future__ import annotations

import gzip
import shutil
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import encodable
from pipeline.export.files import write_bytes
from pipeline.model import Document  # noqa: TC001 - part of a dataclass that pydantic reads

if TYPE_CHECKING:
    from pipeline.model import Page

FOLDER = ".readings"
_ENDING = ".json.gz"
# Packing harder saves a tenth of the size and takes twice the time.
_PACKING = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages of a document that were read.

    Attributes:
        page_count: how many pages the document has.
        document: those that were read, in order.
    """

    page_count: int
    document: Document

    @property
    def missing(self) -> list[int]:
        """The numbers of the pages that are not here."""
        here = {page.number for page in self.document.pages}
        return [number for number in range(1, self.page_count + 1) if number not in here]


_FORM = TypeAdapter(Reading)


def save(out: Path, key: str, reading: Reading) -> None:
    """Keep the pages of a reading called `key`; those that could not be read are not kept.

    Raises:
        OutputError: the folder cannot be written.
    """
    pages = tuple(page for page in reading.document.pages if page.error is None)
    if not pages:
        return
    source = reading.document.source  # JSON is UTF-8, which names of files need not be
    source = replace(source, paths=tuple(Path(encodable(str(path))) for path in source.paths))
    kept = replace(reading, document=replace(reading.document, source=source, pages=pages))
    path = folder(out, key) / f"{pages[0].number:05}-{pages[-1].number:05}{_ENDING}"
    data = gzip.compress(_FORM.dump_json(kept), _PACKING, mtime=0)
    write_bytes(path, data, private=True, durable=False)


def load(out: Path, key: str) -> Reading | None:
    """Return what there is of the reading called `key`, None if there is nothing."""
    spans = [span for path in sorted(folder(out, key).glob(f"*{_ENDING}")) if (span := _span(path))]
    if not spans:
        return None
    pages: dict[int, Page] = {}
    for span in spans:
        pages |= {page.number: page for page in span.document.pages}
    document = replace(spans[0].document, pages=tuple(pages[number] for number in sorted(pages)))
    return replace(spans[0], document=document)


def forget(out: Path, key: str) -> None:
    """Take away the reading called `key`, if there is one."""
    shutil.rmtree(folder(out, key), ignore_errors=True)


def folder(out: Path, key: str) -> Path:
    """Return where the reading called `key` lies."""
    return out / FOLDER / key[:2] / key


def _span(path: Path) -> Reading | None:
    """Return the span in a file; None if a power cut has left it broken."""
    try:
        return _FORM.validate_json(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, zlib.error, ValidationError):
        return None
