# SPDX-License-Identifier: Apache-2.0
"""The readers that the settings ask for, as far as they are installed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline.errors import MissingDependencyError
from pipeline.reading.engine_versions import engine_versions, line_reader_file, line_reader_versions

if TYPE_CHECKING:
    from pipeline.reading.engine import Engine
    from pipeline.settings import Settings

# Readers are imported when they are asked for: each brings its library along.


def engine_of(settings: Settings) -> Engine:
    """Return the reader, or the two of them, that `settings.read` names.

    Where the line reader is not installed Tesseract reads alone, and the line reader without
    Tesseract where it was to read fast; `missing_reader` tells.

    Raises:
        MissingDependencyError: none is installed that could read.
    """
    if settings.read == "tesseract" or not _has_line_reader():
        return _tesseract(settings)
    from pipeline.reading.line_engine import LineReader  # noqa: PLC0415
    from pipeline.reading.two_readers import Both, Fast  # noqa: PLC0415

    if settings.read == "both":
        return Both(_tesseract(settings), LineReader())
    return Fast(LineReader(), _tesseract(settings) if _has_tesseract(settings) else None)


def versions_of(settings: Settings) -> dict[str, str]:
    """Return the versions of the readers that `engine_of` returns, and of their models.

    Raises:
        MissingDependencyError: none is installed that could read.
    """
    lines = settings.read != "tesseract" and _has_line_reader()
    if lines and settings.read == "fast" and not _has_tesseract(settings):
        return line_reader_versions()
    return {**_tesseract_versions(settings), **(line_reader_versions() if lines else {})}


def missing_reader(settings: Settings) -> str:
    """Return which reader of those asked for is not there and what follows, "" if all are."""
    if settings.read != "tesseract" and not _has_line_reader():
        return "the line reader is not installed, Tesseract reads alone: pip install onnxruntime"
    if settings.read == "fast" and not _has_tesseract(settings):
        return "Tesseract is not installed, the line reader reads alone: sohoa doctor"
    return ""


def _has_line_reader() -> bool:
    return find_spec("onnxruntime") is not None and line_reader_file().is_file()


def _has_tesseract(settings: Settings) -> bool:
    try:
        _tesseract_versions(settings)
    except MissingDependencyError:
        return False
    return True


def _tesseract(settings: Settings) -> Engine:
    if settings.reader == "tesserocr":
        from pipeline.reading.ocr_library import TesseractLibrary  # noqa: PLC0415

        return TesseractLibrary()
    from pipeline.reading.ocr import Tesseract  # noqa: PLC0415

    return Tesseract()


def _tesseract_versions(settings: Settings) -> dict[str, str]:
    if settings.reader == "tesserocr":
        from pipeline.reading.ocr_library import library_versions  # noqa: PLC0415

        return library_versions()
    return engine_versions()
