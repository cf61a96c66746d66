# SPDX-License-Identifier: Apache-2.0
"""Tesseract as a library in this process (extra `fast`): a third less time than the program.

Nothing is started and no model loaded for each page. A crash of the library takes its process
along, so it belongs into the workers of a batch, which are replaced. Only this module knows
tesserocr.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import MissingDependencyError, ReadingError, ReadingTimeoutError
from pipeline.reading.engine import Look
from pipeline.reading.engine_versions import INSTALL, models
from pipeline.reading.tsv import TSV_HEAD, lines_of, sure_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Line
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

_INSTALL = "pip install 'sohoa[fast]', or set SOHOA_READER=tesseract"
# LSTM only, as the program is called.
_LSTM = 1
_ORIENTATION_ONLY = 0


class TesseractLibrary:
    """The reader of the extra `fast`; its models stay loaded."""

    def __init__(self) -> None:
        """Look whether the library is there.

        Raises:
            MissingDependencyError: the extra is not installed.
        """
        if find_spec("tesserocr") is None:
            raise MissingDependencyError(f"the package tesserocr is not installed: {_INSTALL}")

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines that Tesseract reads, boxes in points of the copy.

        Raises:
            MissingDependencyError: the model is not installed.
            ReadingTimeoutError: it took longer than `settings.reading_timeout`.
            ReadingError: it failed.
        """
        reader = _reader(settings.language, _LSTM)
        reader.SetPageSegMode(look.value)
        with _quiet(), _picture(reader, copy):
            start = monotonic()
            if not reader.Recognize(round(settings.reading_timeout * 1000)):
                if monotonic() - start < settings.reading_timeout:
                    raise ReadingError("Tesseract failed on a page: look at it, then try again")
                raise ReadingTimeoutError(
                    f"Tesseract took more than {settings.reading_timeout:g} s on a page;"
                    " raise SOHOA_READING_TIMEOUT or look at the page"
                )
            table = reader.GetTSVText(0)
        return lines_of(TSV_HEAD + table, 72.0 / copy.dpi)

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise that set the page upright; 0 if Tesseract is unsure."""
        del settings
        reader = _reader("osd", _ORIENTATION_ONLY)
        reader.SetPageSegMode(_ORIENTATION_ONLY)
        with _quiet(), _picture(reader, copy):
            found = reader.DetectOrientationScript()
        return sure_turn(-found["orient_deg"] % 360, found["orient_conf"]) if found else 0

    def versions(self) -> dict[str, str]:
        """Return the versions of the library, and of each model the digest."""
        return library_versions()


def library_versions() -> dict[str, str]:
    """Return the versions of tesserocr and its Tesseract, and for each model its digest.

    Raises:
        MissingDependencyError: tesserocr, or Tesseract with its models, is not installed.
    """
    tesserocr = _tesserocr()
    version = tesserocr.tesseract_version().splitlines()[0].removeprefix("tesseract ").strip()
    return {
        "tesserocr": tesserocr.__version__, "tesseract": version, **models().digests
    }  # fmt: skip


def _tesserocr() -> Any:
    try:
        import tesserocr  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingDependencyError(
            f"the package tesserocr is not installed: {_INSTALL}"
        ) from error
    return tesserocr


@cache
def _reader(language: str, mode: int) -> Any:
    """Return a reader with its models loaded."""
    tesserocr = _tesserocr()
    oem = tesserocr.OEM.LSTM_ONLY if mode == _LSTM else tesserocr.OEM.DEFAULT
    try:
        return tesserocr.PyTessBaseAPI(path=str(models().folder), lang=language, oem=oem)
    except RuntimeError as error:
        raise MissingDependencyError(f"Tesseract has no model {language!r}: {INSTALL}") from error


@contextmanager
def _picture(reader: Any, copy: ReadingCopy) -> Iterator[None]:
    """Set the picture of a page, and let go of it after the block."""
    height, width = copy.gray.shape
    reader.SetImageBytes(np.ascontiguousarray(copy.gray).tobytes(), width, height, 1, width)
    reader.SetSourceResolution(round(copy.dpi))
    try:
        yield
    finally:
        reader.Clear()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library prints from this process's stderr."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
