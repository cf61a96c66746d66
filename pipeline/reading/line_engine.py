# SPDX-License-Identifier: Apache-2.0
"""The line reader as a reader of pages: the same door as Tesseract, and no Tesseract behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.doubt import confidence_of
from pipeline.model import Box, Line, Word
from pipeline.reading.engine import Look
from pipeline.reading.engine_versions import line_reader_versions
from pipeline.reading.line_finder import find_lines
from pipeline.reading.line_reader import line_model, read_line, read_lines

if TYPE_CHECKING:
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.reading.line_reader import ReadLine
    from pipeline.settings import Settings

# A run of ink whose letters are no surer than this on the whole is a seal or a stroke of a pen.
_JUNK = 0.35
_TINY = 1e-6
# So many letters tell which way up a page stands; it is turned if they are so much surer.
_TELLING, _SURER = 200, 0.2


class LineReader:
    """The reader of our own: lines, words, boxes, confidences and other readings."""

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines that are read, boxes in points of the copy, from top to bottom.

        Raises:
            MissingDependencyError: onnxruntime or the model is not installed.
        """
        del settings, look
        fine = copy.fine
        read = read_lines(fine.gray, fine.letter * fine.dpi / 72.0, line_model())
        return tuple(
            _line(line, fine) for line in read if line.sureness >= _JUNK * max(line.letters, 1)
        )

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise that set the page upright; 0 if no turn reads better."""
        del settings
        sure = {turn: _upright(copy, turn) for turn in (0, 90, 180, 270)}
        best = max(sure, key=lambda turn: sure[turn])
        return best if sure[best] > sure[0] + _SURER else 0

    def versions(self) -> dict[str, str]:
        """Return the first digits of the digest of the network."""
        return line_reader_versions()


def _line(read: ReadLine, page: ReadingCopy) -> Line:
    """Return a line as the program knows lines, on the page that it was read from."""
    words = []
    point, height, width = page.dpi / 72.0, *page.gray.shape
    for word, (x0, x1) in zip(read.words, read.edges, strict=True):
        top, bottom = (min(max(y, 0.0), height) / point for y in read.reach(word.text, x0))
        left, right = (min(max(x, 0.0), width) / point for x in (x0, x1))
        box = Box(left, top, right, bottom)
        sure = line_model().confidence(word.probability)
        left_over = (1 - sure) / max(1 - word.probability, _TINY)
        others = tuple((text, min(chance * left_over, 1.0)) for text, chance in word.others)
        words.append(Word(word.text, box, confidence_of(1 - sure), others=others))
    return Line(tuple(words))


def _upright(copy: ReadingCopy, turn: int) -> float:
    """Return how sure the first letters are if a page is turned so many degrees clockwise."""
    turned = copy.alone(np.ascontiguousarray(np.rot90(copy.gray, -(turn // 90))))
    usual = copy.letter * copy.dpi / 72.0
    letters = sure = 0.0
    for found in find_lines(turned.gray, usual):
        line = read_line(turned.gray, found, line_model())
        letters += line.letters
        sure += line.sureness
        if letters > _TELLING:
            break
    return sure / letters if letters else 0.0
