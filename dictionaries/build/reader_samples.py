# SPDX-License-Identifier: Apache-2.0
"""Pools of lines that the line reader learns from, in files, so that a run can go on."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from dictionaries.build import reader_texts
from dictionaries.build.reader_lines import set_line
from dictionaries.build.reader_wear import scan
from dictionaries.build.typefaces import UNSEEN, usable
from pipeline.reading.line_picture import HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dictionaries.build.reader_texts import Texts
    from dictionaries.build.typefaces import Typeface
    from pipeline.reading.line_picture import Pixels

SEED = 7
# Lines of a part.
PART = 6_400
# Parts from here on are set in a font that training never sees.
HELD_OUT = 100_000
_SCANNERS = {90: 0.05, 110: 0.10, 130: 0.10, 150: 0.20, 200: 0.35, 250: 0.05, 300: 0.15}
# Pixels of a line; a longer one is set again.
_LONGEST = 1600


@dataclass(frozen=True)
class Lines:
    """Cut lines with what they say.

    Attributes:
        pixels: of all lines, one after the other, each HEIGHT rows by its width.
        widths: of each line, in pixels.
        texts: of each line.
    """

    pixels: Pixels
    widths: npt.NDArray[np.int32]
    texts: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.texts)

    @functools.cached_property
    def _starts(self) -> npt.NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.widths.astype(np.int64) * HEIGHT)])

    def picture(self, place: int) -> Pixels:
        """Return the picture of a line."""
        start, width = self._starts[place], self.widths[place]
        return self.pixels[start : start + HEIGHT * width].reshape(HEIGHT, width)


def joined(pictures: Sequence[Pixels], texts: Sequence[str]) -> Lines:
    """Return lines of pictures that are HEIGHT rows high."""
    widths = np.array([picture.shape[1] for picture in pictures], np.int32)
    return Lines(np.concatenate([picture.ravel() for picture in pictures]), widths, tuple(texts))


def save(lines: Lines, path: Path) -> None:
    """Write lines beside, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(new, pixels=lines.pixels, widths=lines.widths, texts=np.array(lines.texts))
    new.replace(path)


def load(path: Path) -> Lines:
    """Return the lines of a file."""
    with np.load(path) as file:
        return Lines(file["pixels"], file["widths"], tuple(map(str, file["texts"])))


def part(number: int, pool: Path, data: Path) -> Lines:
    """Return a part of the composed lines, made if it is not there; the same each time."""
    path = pool / f"{number:06}.npz"
    if not path.is_file():
        save(_composed(number, _texts(data)), path)
    return load(path)


def _composed(number: int, texts: Texts) -> Lines:
    rng = np.random.default_rng([SEED, number])
    faces = usable((UNSEEN,)) if number >= HELD_OUT else usable()
    weights = np.array([face.weight for face in faces])
    pictures, said = [], []
    while len(said) < PART:
        face = faces[int(rng.choice(len(faces), p=weights / weights.sum()))]
        found = compose(texts, face, rng)
        if found is not None:
            pictures.append(found[0])
            said.append(found[1])
    return joined(pictures, said)


def compose(texts: Texts, face: Typeface, rng: np.random.Generator) -> tuple[Pixels, str] | None:
    """Return a scanned line and what it says, None if the font lacks a character of it."""
    dpi = int(rng.choice(list(_SCANNERS), p=list(_SCANNERS.values())))
    line = set_line(texts.line(rng), lambda: texts.line(rng), face, dpi, rng)
    if line is None:
        return None
    picture = scan(line, rng)
    return (picture, line.text) if picture.shape[1] <= _LONGEST else None


@functools.cache
def _texts(data: Path) -> Texts:
    return reader_texts.load(data, Path(__file__).parent.parent)
