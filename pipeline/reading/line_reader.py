# SPDX-License-Identifier: Apache-2.0
"""The line reader of our own: finds the lines of a page and reads them, without Tesseract.

The network (`dictionaries/model/reader.onnx`, its card beside it) was trained by
`dictionaries/build/reader_training.py`; onnxruntime runs it on one thread.
"""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pipeline.reading.engine_versions import line_reader_file
from pipeline.reading.line_decoder import decode
from pipeline.reading.line_finder import find_lines
from pipeline.reading.line_picture import LETTER, MARGIN, STRIDE, cut
from pipeline.reading.networks import Network

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.reading.line_decoder import Floats, ReadWord
    from pipeline.reading.line_finder import FoundLine
    from pipeline.reading.line_picture import Pixels

# Ink in a cut line is darker than this; rows in which only this line's ink stands.
_DARK = 140
_ROWS = slice(9, 36)
# Columns to either side of a blank between words in which the widest white one is looked for.
_NEAR = 2


class LineModel(Network):
    """The network of the line reader; its confidence is that of a word's probability."""

    def look(self, picture: Pixels) -> Floats:
        """Return (columns, classes): the probability of each class in each column of a line."""
        ink = (255 - picture.astype(np.float32)) * np.float32(1 / 255)
        (found,) = self.session.run(None, {"line": ink[None, None]})
        return np.asarray(found[0], np.float32)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as read, with its words and their edges in pixels of the page."""

    found: FoundLine
    words: tuple[ReadWord, ...]
    edges: tuple[tuple[float, float], ...]

    @property
    def letters(self) -> int:
        """How many letters were read."""
        return sum(len(word.text) for word in self.words)

    @property
    def sureness(self) -> float:
        """How sure the letters are, summed: at most as many as there are."""
        return sum(len(word.text) * word.probability for word in self.words)

    def reach(self, text: str, x: float) -> tuple[float, float]:
        """Return from where to where letters reach at `x`, in pixels of the page, downwards.

        The highest and the deepest letter say it, as if they stood in a box of ink.
        """
        base, letter = self.found.base, self.found.letter
        foot = base.y + base.slope * (x - base.x0)
        up = max((rise(character) for character in text), default=1.0)
        deep = any(character in _DEEP for character in text)
        return foot - up * letter, foot + (0.45 * letter if deep else 0.0)


# Letters that reach below the base line.
_DEEP = frozenset("gpqyjQ,;()[]/|_$") | frozenset("ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴỳýỷỹ")
_MARKED_ABOVE = frozenset("\u0300\u0301\u0303\u0309\u0302\u0306")
_TALL_LETTERS = frozenset("bdđfhkltij") | frozenset("0123456789/()[]%&!?\"'“”‘’|\\@#$")


@cache
def rise(character: str) -> float:
    """Return how far a character reaches above the base line, in heights of a small letter."""
    letters = unicodedata.normalize("NFD", character)
    bare, marks = letters[0], letters[1:]
    tall = bare.isupper() or bare in _TALL_LETTERS
    above = sum(mark in _MARKED_ABOVE for mark in marks)
    return (1.48 if tall else 1.0) + 0.4 * above


def read_lines(gray: Pixels, usual: float, model: LineModel) -> list[ReadLine]:
    """Return the lines of a page as read, from top to bottom; see `find_lines`."""
    return [read_line(gray, found, model) for found in find_lines(gray, usual)]


def read_line(gray: Pixels, found: FoundLine, model: LineModel) -> ReadLine:
    """Return what a line says."""
    picture = cut(gray, found.base, found.letter)
    words = decode(model.look(picture))
    scale = found.letter / LETTER
    left = found.base.x0 - MARGIN * scale
    edges = tuple((left + a * scale, left + b * scale) for a, b in _edges(picture, words))
    return ReadLine(found, tuple(words), edges)


def _edges(picture: Pixels, words: Sequence[ReadWord]) -> list[tuple[float, float]]:
    """Return where the ink of each word begins and ends, in pixels of the cut line."""
    ink = np.asarray((picture[_ROWS] <= _DARK).any(axis=0), np.bool_)
    changes = np.flatnonzero(np.diff(np.concatenate(([True], ink, [True]))))
    blanks = changes.reshape(-1, 2)
    splits = [0, *(_split(blanks, a, b) for a, b in itertools.pairwise(words)), len(ink)]
    edges = []
    for first, last in itertools.pairwise(splits):
        found = np.flatnonzero(ink[first:last])
        a, b = (first + found[0], first + found[-1] + 1) if len(found) else (first, last)
        edges.append((float(a), float(b)))
    return edges


def _split(blanks: npt.NDArray[np.intp], word: ReadWord, following: ReadWord) -> int:
    """Return the middle of the widest of the blank stretches about the space between two words."""
    first = max((word.last - _NEAR) * STRIDE, 0)
    last = (following.first + _NEAR) * STRIDE
    starts, ends = np.maximum(blanks[:, 0], first), np.minimum(blanks[:, 1], last)
    widths = ends - starts
    best = int(widths.argmax()) if len(widths) else 0
    if not len(widths) or widths[best] <= 0:
        return (word.last + following.first) * STRIDE // 2
    return int(starts[best] + ends[best]) // 2


@cache
def line_model() -> LineModel:
    """Return the model of this installation; loaded once a process.

    Raises:
        MissingDependencyError: onnxruntime is not installed, the file is missing or no model.
    """
    return load(line_reader_file())


def load(path: Path) -> LineModel:
    """Return the model in a file.

    Raises:
        MissingDependencyError: onnxruntime is not installed, the file is missing or no model.
    """
    return LineModel.of(path, "the reader of lines", "make model-reader DATA=folder")
