# SPDX-License-Identifier: Apache-2.0
"""What Tesseract tells, as program or library: its table of words, and how a page is turned."""

from __future__ import annotations

import math

from pipeline.errors import ReadingError
from pipeline.model import Box, Line, Word
from pipeline.vietnamese import nfc

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


def sure_turn(degrees: int, sureness: float) -> int:
    """Return the turn that Tesseract found, 0 if it is not sure enough."""
    return degrees if sureness >= _SURE_OF_TURN else 0


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
