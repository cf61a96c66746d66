# SPDX-License-Identifier: Apache-2.0
"""Words placed on a page, and the measures that place them.

Points, origin at the top left, `y` is the baseline.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from fontTools.ttLib import TTFont

from samples.source import font_path

WIDTH, HEIGHT = 595.28, 841.89
BLACK, RED = (24, 24, 26), (196, 30, 38)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space, in one style."""

    x: float
    text: str
    style: str
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `counted` is False for page numbers, which the truth leaves out."""

    y: float
    words: tuple[Word, ...]
    colour: tuple[int, int, int] = BLACK
    counted: bool = True

    @property
    def text(self) -> str:
        """The words of the line with single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke from (x0, y0) to (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: tuple[int, int, int] = BLACK
    weight: float = 0.8


@dataclass(slots=True)
class Page:
    """The lines of a page in reading order, its rules, and where it is signed, if it is."""

    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    signing: tuple[float, float] | None = None


Styled = tuple[str, str]  # word, style


@functools.cache
def _advances(style: str) -> tuple[dict[int, int], int]:
    with TTFont(font_path(style)) as font:
        widths = {code: font["hmtx"][name][0] for code, name in font.getBestCmap().items()}
        return widths, font["head"].unitsPerEm


def width_of(text: str, style: str, size: float) -> float:
    """Return the width of a text in points, without kerning."""
    widths, em = _advances(style)
    return sum(widths[ord(c)] for c in text) * size / em


def break_lines(
    words: list[Styled], size: float, width: float, indent: float = 0.0
) -> list[list[Styled]]:
    """Return the words parted into lines no wider than `width`, the first one indented."""
    lines: list[list[Styled]] = [[]]
    used = indent
    for text, style in words:
        step = width_of(text, style, size)
        gap = width_of(" ", style, size) if lines[-1] else 0.0
        if lines[-1] and used + gap + step > width:
            lines.append([])
            used, gap = 0.0, 0.0
        lines[-1].append((text, style))
        used += gap + step
    return lines


def place(
    words: list[Styled], x: float, y: float, size: float, stretch: float | None = None
) -> Line:
    """Return a line that starts at `x`; with `stretch`, its gaps widen to end at that x."""
    natural = [width_of(text, style, size) for text, style in words]
    gap = width_of(" ", words[0][1], size)
    if stretch is not None and len(words) > 1:
        gap = (stretch - x - sum(natural)) / (len(words) - 1)
    placed = []
    for (text, style), step in zip(words, natural, strict=True):
        placed.append(Word(x, text, style, size))
        x += step + gap
    return Line(y, tuple(placed))


def centred(text: str, style: str, size: float, axis: float, y: float) -> Line:
    """Return a line whose middle lies on `axis`."""
    words = [(word, style) for word in text.split()]
    return place(words, axis - width_of(text, style, size) / 2, y, size)
