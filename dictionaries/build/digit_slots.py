# SPDX-License-Identifier: Apache-2.0
"""Composes slots: characters on a line, with what stands beside, above, under and across them.

A slot is 1.7 em high, as `reading` cuts it, and reaches 0.35 em beyond the characters or more; the
ends of `Số:`, `ngày`, `tháng`, `/` are often in it. Everything is drawn at 200 dpi.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from dictionaries.build import digit_glyphs as glyphs
from dictionaries.build import digit_strokes
from dictionaries.build.digit_strokes import Hand

if TYPE_CHECKING:
    from dictionaries.build.digit_glyphs import Digits, Glyph
    from dictionaries.build.digit_strokes import Ink
    from dictionaries.build.digit_texts import Kind

# 13 pt at 200 dpi, and the height of a slot.
EM = 36.0
TALL = 1.7
MANNERS = ("scanned", "written", "mixed", "printed", "stamped")
_SHARES = (0.24, 0.30, 0.22, 0.19, 0.05)
_BEFORE: dict[str, tuple[str, ...]] = {
    "number": ("Số:", "Số:", "Số", "Số :", ":"), "day": ("ngày", "ngày", "Ngày"),
    "month": ("tháng",), "year": ("năm",),
}  # fmt: skip
_BEHIND: dict[str, tuple[str, ...]] = {
    "number": ("/QĐ-UBND", "/UBND-VP", "/", "/", "-TB/TU", "/CT-TTg", "/KH-UBND", "/BC-STC"),
    "day": ("tháng", "tháng", "/"), "month": ("năm", "năm", "/"), "year": (".", ""),
}  # fmt: skip
# What the second lesson adds: dates of stamps and forms, "29/3/2021", cut at their slashes.
_AFTER_SLASH = 0.35
_LINES = ("ỦY BAN NHÂN DÂN", "Độc lập - Tự do", "SỞ TÀI CHÍNH", "HUYỆN BẮC YÊN", "V/v thực hiện")


@dataclass(slots=True)
class Slot:
    """A slot while it is composed: layers of ink that lie over one another.

    Attributes:
        ink: what the pen, printer or stamp left, 0 to 1.
        print: words of the form, rules and dots, 0 to 1.
        seal: strokes of a seal across, 0 to 1.
        manner: one of MANNERS.
        marks: how many pixels of width the characters take.
    """

    ink: Ink
    print: Ink
    seal: Ink
    manner: str
    marks: float


@dataclass(frozen=True, slots=True)
class Form:
    """What a slot is printed on and filled from: an em in pixels, a font, MNIST's digits.

    `lesson` says which shapes and surroundings the training has come to.
    """

    em: float
    path: str
    digits: Digits
    lesson: int


def compose(
    kind: Kind, text: str, digits: Digits, rng: np.random.Generator, lesson: int = 2
) -> Slot:
    """Return a slot with a text; all that is not the text is drawn by chance."""
    manner = str(rng.choice(MANNERS, p=_SHARES))
    form = Form(EM * float(rng.uniform(0.85, 1.15)), _font(rng), digits, lesson)
    em = form.em
    line = _line(text, manner, form, rng)
    marks = sum(glyph.advance + gap for glyph, gap in line)
    wide = rng.random() < 0.3
    before, behind = rng.uniform(0.1, 1.6 if wide else 0.6, 2) * em
    size = (round(TALL * em), max(round(0.6 * em), round(before + marks + behind)))
    slot = Slot(*(np.zeros(size, np.float32) for _ in range(3)), manner, marks)
    base = em * float(np.clip(rng.normal(1.2, 0.1), 0.95, 1.5))
    rise = float(rng.normal(0, 0.05)) if manner != "printed" else 0.0
    x = before
    for glyph, gap in line:
        unrest = 0.0 if manner == "printed" else float(rng.normal(0, 0.035 * em))
        _put(slot.ink, glyph, x, base + unrest - rise * (x - before))
        x += glyph.advance + gap
    _beside(slot, kind, form, (before, x, base), rng)
    _ground(slot, em, base, rng)
    return slot


def _font(rng: np.random.Generator) -> str:
    paths = glyphs.font_paths()
    weights = np.array([weight for _, weight in paths])
    return paths[int(rng.choice(len(paths), p=weights / weights.sum()))][0]


def _line(
    text: str, manner: str, form: Form, rng: np.random.Generator
) -> list[tuple[Glyph, float]]:
    """Return the characters with the gap behind each, in pixels."""
    em, path = form.em, form.path
    if manner in ("printed", "stamped"):
        size = glyphs.rounded(em * float(rng.uniform(0.9, 1.15)))
        spread = float(rng.uniform(0, 0.12)) * em if manner == "stamped" else 0.0
        draw = glyphs.stamped if manner == "stamped" else None
        return [
            (draw(path, size, c, rng) if draw else glyphs.printed(path, size, c), spread)
            for c in text
        ]
    hand = Hand(
        height=em * float(np.clip(rng.normal(0.86, 0.15), 0.5, 1.25)),
        pen=float(np.clip(rng.normal(3.1, 1.0), 1.3, 6.0)),
        slant=float(rng.normal(0.16, 0.16)),
        unrest=float(rng.uniform(0.01, 0.05)),
        pressure=float(rng.uniform(0, 0.35)),
    )
    habits = {c: digit_strokes.choose(c, rng, form.lesson) for c in sorted(set(text))}
    spread, unrest = float(rng.normal(0.1, 0.13)), float(rng.uniform(0.01, 0.09))
    line = []
    for character in text:
        own = manner == "written" or (manner == "mixed" and rng.random() < 0.5)
        if own or not character.isdigit():
            glyph = glyphs.written(habits[character], hand, rng)
        else:
            glyph = glyphs.scanned_digit(form.digits, int(character), hand, rng)
        gap = hand.height * float(np.clip(rng.normal(spread, unrest), -0.12, 0.7))
        line.append((glyph, gap))
    return line


def _put(canvas: Ink, glyph: Glyph, x: float, base: float) -> None:
    """Lay a glyph over the canvas; what falls beside it is lost."""
    left, top = round(x + glyph.left), round(base + glyph.top)
    rows, columns = glyph.ink.shape
    y0, y1 = max(top, 0), min(top + rows, canvas.shape[0])
    x0, x1 = max(left, 0), min(left + columns, canvas.shape[1])
    if y0 < y1 and x0 < x1:
        part = canvas[y0:y1, x0:x1]
        np.maximum(part, glyph.ink[y0 - top : y1 - top, x0 - left : x1 - left], out=part)


def _shown(em: float, room: float, rng: np.random.Generator) -> float:
    """Return how much of a word beside the slot is in it, in pixels, from nothing to all room."""
    chance = rng.random()
    if chance < 0.4:
        return 0.0
    if chance < 0.8:
        return float(min(rng.uniform(0.03, 0.35) * em, room))
    return float(room * rng.uniform(0.4, 1.0))


def _beside(
    slot: Slot, kind: Kind, form: Form, place: tuple[float, float, float], rng: np.random.Generator
) -> None:
    """Print the end of the word before the slot and the beginning of the one behind it.

    Blank slots are empty between the words. A slash may touch the last digit.
    """
    (start, end, base), em, path = place, form.em, form.path
    width = slot.print.shape[1]
    touching = float(rng.uniform(-0.06, 0.02)) * em
    size = glyphs.rounded(em)
    before = glyphs.printed(path, size, str(rng.choice(_BEFORE[kind])))
    slashed = form.lesson > 1 and kind in ("month", "year") and rng.random() < _AFTER_SLASH
    if shown := _shown(em, start - touching, rng):
        if slashed:
            _slash(slot, shown - 0.4 * em, em, base, rng)
        else:
            _put(slot.print, before, shown - before.advance, base)
    word = str(rng.choice(_BEHIND[kind]))
    if word and (shown := _shown(em, width - end - touching, rng)):
        if word.startswith("/") and rng.random() < 0.35:
            _slash(slot, width - shown, em, base, rng)
        else:
            _put(slot.print, glyphs.printed(path, size, word), width - shown, base)


def _slash(slot: Slot, x: float, em: float, base: float, rng: np.random.Generator) -> None:
    """Draw a slash by hand, or one that is longer than that of the font."""
    lean = float(rng.uniform(0.15, 0.5)) * em
    top, foot = base - float(rng.uniform(0.75, 1.1)) * em, base + float(rng.uniform(0, 0.3)) * em
    ends = [(round(x + lean), round(top)), (round(x), round(foot))]
    cv2.line(slot.print, *ends, 1.0, int(rng.integers(1, 4)), cv2.LINE_AA)


def _ground(slot: Slot, em: float, base: float, rng: np.random.Generator) -> None:
    """Draw leader dots and rules, lines of text above and below, and strokes of a seal."""
    height, width = slot.print.shape
    if rng.random() < 0.16:
        step, y = float(rng.uniform(0.16, 0.3)) * em, base + float(rng.uniform(-0.02, 0.12)) * em
        for x in np.arange(float(rng.uniform(0, step)), width, step):
            cv2.circle(slot.print, (round(float(x)), round(y)), int(rng.integers(1, 3)), 1.0, -1)
    if rng.random() < 0.05:
        y = round(base + float(rng.uniform(0.05, 0.3)) * em)
        cv2.line(slot.print, (0, y), (width, y), 1.0, int(rng.integers(1, 4)))
    if rng.random() < 0.14:
        y = round(float(rng.uniform(0, 0.18)) * em)
        ends = sorted(int(x) for x in rng.integers(-width, 2 * width, 2))
        cv2.line(slot.print, (ends[0], y), (ends[1], y), 1.0, int(rng.integers(1, 4)))
    for chance, line_base in (
        (0.12, rng.uniform(-0.1, 0.12)),
        (0.12, TALL + rng.uniform(0.4, 0.7)),
    ):
        if rng.random() < chance:
            text = glyphs.printed(_font(rng), glyphs.rounded(em), str(rng.choice(_LINES)))
            shift = float(rng.uniform(0, 1)) * max(text.advance - width, 0)
            _put(slot.print, text, -shift, float(line_base) * em)
    if rng.random() < 0.08:
        for _ in range(int(rng.integers(1, 4))):
            radius = float(rng.uniform(1.0, 5.0)) * em
            angle = float(rng.uniform(0, 2 * np.pi))
            reach = radius + float(rng.uniform(-0.5, 0.5)) * em
            middle = (
                round(width / 2 + reach * np.cos(angle)), round(height / 2 + reach * np.sin(angle))
            )  # fmt: skip
            cv2.circle(slot.seal, middle, round(radius), 1.0, int(rng.integers(1, 5)), cv2.LINE_AA)
