# SPDX-License-Identifier: Apache-2.0
"""Tesseract, and the door through which any other reader would come; nothing else knows it."""

from __future__ import annotations

import math
import os
import re
from enum import IntEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn, Protocol, runtime_checkable

import pytesseract
from PIL import Image

from pipeline.errors import MissingDependencyError, ReadingError, ReadingTimeoutError
from pipeline.model import Box, Line, Word
from pipeline.reading.engine_versions import INSTALL, engine_versions
from pipeline.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

# Of the twelve columns of Tesseract's TSV: level, block, paragraph, line, the box, confidence.
_COLUMNS = 12
TSV_HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num"
    "\tleft\ttop\twidth\theight\tconf\ttext\n"
)
_WORD_LEVEL = "5"
# A word of which more lies beside its neighbour is a part of it that was read twice.
_WITHIN = 0.6
# Tesseract's own measure: on real scans, turned each way, a right answer has 3.6 and more; the
# one page below, at 0.9, is small, bent and gray.
_SURE_OF_TURN = 2.0
_ANGLE = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_ANGLE_SURENESS = re.compile(r"^Orientation confidence: ([\d.]+)", re.MULTILINE)


class Look(IntEnum):
    """What the reader is told to expect: Tesseract's page segmentation modes."""

    PAGE = 3
    BLOCK = 6
    LINE = 7


class Engine(Protocol):
    """A reader: from a picture to lines of words."""

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines that are read, boxes in points of the copy, in no special order."""

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise (0, 90, 180, 270) that set the page upright; 0 if unsure."""

    def versions(self) -> dict[str, str]:
        """Return what made the reading: the program and its models with their versions."""


@runtime_checkable
class ManyAtOnce(Protocol):
    """A reader that is started once for several pictures; starting costs more than a column."""

    def read_all(
        self, copies: Sequence[ReadingCopy], settings: Settings, look: Look
    ) -> list[tuple[Line, ...]]:
        """Return what `read` returns for each of the copies, which are of one resolution."""


def read_all(
    engine: Engine, copies: Sequence[ReadingCopy], settings: Settings, look: Look
) -> list[tuple[Line, ...]]:
    """Return the lines of each of the copies, read in one go if the engine can do that."""
    if len(copies) > 1 and isinstance(engine, ManyAtOnce):
        return engine.read_all(copies, settings, look)
    return [engine.read(copy, settings, look) for copy in copies]


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


def sure_turn(degrees: int, sureness: float) -> int:
    """Return the turn that Tesseract found, 0 if it is not sure enough."""
    return degrees if sureness >= _SURE_OF_TURN else 0


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


def lines_of(table: str, point: float) -> tuple[Line, ...]:
    """Return the lines in Tesseract's TSV; `point` is the size of a pixel in points.

    Raises:
        ReadingError: it is no such table.
    """
    rows = table.splitlines()
    if not rows or not rows[0].startswith("level\t"):
        raise ReadingError(f"Tesseract wrote no table of words but {table[:60]!r}")
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in rows[1:]:
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL:
            continue
        word = _word(cells, point)
        if word is not None:
            lines.setdefault(tuple(cells[1:5]), []).append(word)
    return tuple(Line(tuple(_mended(words))) for words in lines.values())


def _mended(words: list[Word]) -> list[Word]:
    """Return the words of a line, those in one where Tesseract read a word in two halves.

    Its halves overlap and share a letter ("(Agri" "ibank)", "1743/QĐ-" "-BGTVT"), or one of them
    lies within its neighbour ("hi" "hiểm"). Words that are printed apart never overlap.
    """
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        if last is None or not _overlap(last, word) > 0:
            kept.append(word)
        elif _overlap(last, word) > _WITHIN and _is_echo(last.text, word.text):
            kept[-1] = max(last, word, key=lambda half: len(half.text))
        elif last.text[-1] == word.text[0] and last.box and word.box:
            sure = min(last.confidence or 0.0, word.confidence or 0.0)
            box = Box.around([last.box, word.box])
            kept[-1] = Word(last.text + word.text[1:], box, sure)
        else:
            kept.append(word)
    return kept


def _is_echo(one: str, other: str) -> bool:
    """Return whether the shorter of two words is a piece of the longer one."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    return short.isalpha() and (short in long or len(short) == 1)


def _overlap(one: Word, other: Word) -> float:
    """Return how much of the narrower of two neighbours lies beside the other, 0-1."""
    if one.box is None or other.box is None:
        return 0.0
    shared = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    high = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    return shared / max(min(one.box.width, other.box.width), 0.1) if high > 0 else 0.0


def _word(cells: list[str], point: float) -> Word | None:
    """Return the word in a row of the table, None if it is blank."""
    try:
        left, top, width, height = (int(cell) * point for cell in cells[6:10])
        confidence = float(cells[10]) / 100
    except ValueError as error:
        raise ReadingError(f"Tesseract wrote a broken row: {cells[:11]}") from error
    text = nfc(cells[11]).strip()
    if not text or not math.isfinite(confidence) or min(width, height) < 0:
        return None
    box = Box(left, top, left + width, top + height)
    return Word(text, box, min(max(confidence, 0.0), 1.0))
