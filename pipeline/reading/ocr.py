# SPDX-License-Identifier: Apache-2.0
"""Tesseract as a program, by way of pytesseract; nothing else knows it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn

import pytesseract
from PIL import Image

from pipeline.errors import MissingDependencyError, ReadingError, ReadingTimeoutError
from pipeline.reading.engine import Look
from pipeline.reading.engine_versions import INSTALL, engine_versions
from pipeline.reading.tsv import lines_of, sure_turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Line
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

_ANGLE = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_ANGLE_SURENESS = re.compile(r"^Orientation confidence: ([\d.]+)", re.MULTILINE)


class Tesseract:
    """The reader of this program: Tesseract by way of pytesseract."""

    def __init__(self) -> None:
        # Tesseract's own threads cost many times what they save when pages are read side by side.
        os.environ["OMP_THREAD_LIMIT"] = "1"

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines that Tesseract reads, boxes in points of the copy.

        Raises:
            MissingDependencyError: Tesseract or the model is not installed.
            ReadingTimeoutError: it took longer than `settings.reading_timeout`.
            ReadingError: it failed, or what it wrote cannot be understood.
        """
        return lines_of(_table(_picture(copy), copy.dpi, settings, look), 72.0 / copy.dpi)

    def read_all(
        self, copies: Sequence[ReadingCopy], settings: Settings, look: Look
    ) -> list[tuple[Line, ...]]:
        """Return the lines of each of the copies; raises as `read` does."""
        with TemporaryDirectory() as folder:
            files = [Path(folder, f"{number}.bmp") for number in range(len(copies))]
            for file, copy in zip(files, copies, strict=True):
                _picture(copy).save(file)
            names = Path(folder, "pictures.txt")
            names.write_text("".join(f"{file}\n" for file in files), encoding="utf-8")
            head, *rows = _table(str(names), copies[0].dpi, settings, look).splitlines() or [""]
        pages = [row.split("\t", 2)[1:2] for row in rows]
        return [
            lines_of(
                "\n".join([head, *(row for row, page in zip(rows, pages, strict=True)
                                   if page == [str(number)])]),
                72.0 / copy.dpi,
            )
            for number, copy in enumerate(copies, 1)
        ]  # fmt: skip

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise that set the page upright; 0 if Tesseract is unsure."""
        try:
            found = pytesseract.image_to_osd(
                _picture(copy),
                config=f"--dpi {round(copy.dpi)}",
                timeout=settings.reading_timeout,
            )
        except pytesseract.TesseractError as error:
            if "Failed loading language" in str(error) or "osd.traineddata" in str(error):
                _explain(error, settings)
            return 0  # "Too few characters": nothing to be sure of.
        except (RuntimeError, OSError) as error:
            _explain(error, settings)
        angle, sure = _ANGLE.search(found), _ANGLE_SURENESS.search(found)
        return sure_turn(int(angle[1]), float(sure[1])) if angle and sure else 0

    def versions(self) -> dict[str, str]:
        """Return the version of Tesseract, and for each model the first digits of its SHA-256.

        Raises:
            MissingDependencyError: Tesseract is not installed.
        """
        return engine_versions(pytesseract.pytesseract.tesseract_cmd)


def _table(picture: Image.Image | str, dpi: float, settings: Settings, look: Look) -> str:
    """Return Tesseract's table of the words in a picture, or in those that a file names."""
    try:
        table = pytesseract.image_to_data(
            picture,
            lang=settings.language,
            config=f"--oem 1 --psm {look.value} --dpi {round(dpi)}",
            timeout=settings.reading_timeout,
            output_type=pytesseract.Output.BYTES,
        )
    except (RuntimeError, OSError) as error:
        _explain(error, settings)
    return str(table.decode("utf-8", errors="replace"))


def _picture(copy: ReadingCopy) -> Image.Image:
    picture = Image.fromarray(copy.gray)
    # Packing a page as PNG takes 0.07 s, a bitmap is written as it lies.
    picture.format = "BMP"
    return picture


def _explain(error: Exception, settings: Settings) -> NoReturn:
    """Raise the error of ours that tells what to do next."""
    if isinstance(error, pytesseract.TesseractNotFoundError):
        raise MissingDependencyError(f"Tesseract is not installed: {INSTALL}") from error
    message = str(error)
    if isinstance(error, pytesseract.TesseractError):
        if "Failed loading language" in message or "Error opening data file" in message:
            raise MissingDependencyError(
                f"Tesseract has no model {settings.language!r}: {INSTALL}"
            ) from error
        raise ReadingError(
            f"Tesseract failed with status {error.status}: {error.message[:200]!r};"
            " look at the page, then try again"
        ) from error
    if "timeout" in message:
        raise ReadingTimeoutError(
            f"Tesseract took more than {settings.reading_timeout:g} s on a page;"
            " raise SOHOA_READING_TIMEOUT or look at the page"
        ) from error
    raise ReadingError(f"Tesseract could not be run: {message}") from error
