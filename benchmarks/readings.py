# SPDX-License-Identifier: Apache-2.0
"""Documents as read and repaired, kept between runs, so that extraction is measured by itself."""

from __future__ import annotations

import hashlib
import os
import pickle
from typing import TYPE_CHECKING

from benchmarks.evaluate import ROOT
from pipeline.intake.source import open_source, open_text
from pipeline.reading.ocr import Tesseract
from pipeline.run import read_document
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Document

_KEPT = ROOT / ".bench" / "documents"


def read_again(paths: tuple[Path, ...], fresh: bool = False) -> Document:
    """Return the document in `paths` as read before; read it if it never was, or if `fresh`.

    What is kept belongs to the bytes of the files, not to the code that read them.
    """
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    kept = _KEPT / f"{paths[0].stem}-{digest[:12]}.pickle"
    if kept.exists() and not fresh:
        # Our own file, written below: nothing foreign is unpickled.
        document: Document = pickle.loads(kept.read_bytes())  # noqa: S301
        return document
    settings = Settings()
    with open_source(paths, paths[0].name, settings) as source:
        document = read_document(source, settings, Tesseract())
    _KEPT.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{os.getpid()}.part")
    beside.write_bytes(pickle.dumps(document))
    beside.replace(kept)
    return document


def read_text(text: str, settings: Settings) -> Document:
    """Return a document of typed text; pages are parted by form feeds."""
    with open_text(text, "text.txt", settings) as source:
        return read_document(source, settings, Tesseract())
