# SPDX-License-Identifier: Apache-2.0
"""The reader that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reading.engine_versions import engine_versions

if TYPE_CHECKING:
    from pipeline.reading.engine import Engine
    from pipeline.settings import Settings

# Readers are imported when they are asked for: each brings its library along.


def engine_of(settings: Settings) -> Engine:
    """Return the reader, or the two of them, that `settings.read` names.

    Raises:
        MissingDependencyError: one is not installed.
    """
    if settings.read == "tesseract":
        return _tesseract(settings)
    from pipeline.reading.line_engine import LineReader  # noqa: PLC0415
    from pipeline.reading.two_readers import Both, Fast  # noqa: PLC0415

    if settings.read == "both":
        return Both(_tesseract(settings), LineReader())
    return Fast(LineReader(), _tesseract(settings))


def _tesseract(settings: Settings) -> Engine:
    if settings.reader == "tesserocr":
        from pipeline.reading.ocr_library import TesseractLibrary  # noqa: PLC0415

        return TesseractLibrary()
    from pipeline.reading.ocr import Tesseract  # noqa: PLC0415

    return Tesseract()


def versions_of(settings: Settings) -> dict[str, str]:
    """Return the versions of the reader named by `settings.reader`, and of its models.

    Raises:
        MissingDependencyError: it is not installed.
    """
    if settings.reader == "tesserocr":
        from pipeline.reading.ocr_library import library_versions  # noqa: PLC0415

        return library_versions()
    return engine_versions()
