# SPDX-License-Identifier: Apache-2.0
"""Sets a source as pages of positioned words in the layout of Decree 30.

Points, origin at the top left, `y` is the baseline. Sizes and places follow NĐ 30/2020/NĐ-CP,
Phụ lục I: A4, margins 20-20-30-18 mm, head in two columns, page number in the top margin.
"""

from __future__ import annotations

import itertools
import re

from samples.lines import (
    RED,
    WIDTH,
    Line,
    Page,
    Rule,
    Styled,
    break_lines,
    centred,
    place,
    width_of,
)
from samples.source import MOTTO, Source, paragraphs

LEFT, RIGHT, TOP, BOTTOM = 85.0, 544.0, 57.0, 785.0
LEFT_AXIS, RIGHT_AXIS, FOOT_AXIS = 168.0, 401.0, 428.0
INDENT = 28.35  # 1 cm
COLUMNS = (26.0, 168.0, 98.0, 84.0, 83.0)  # widths of the annex table, 459 in all
SIGNING_GAP = 84.0  # room for the pen and a seal of 36 mm


def styled(paragraph: str) -> tuple[list[Styled], str]:
    """Return the words of a marked paragraph with their styles, and its mark."""
    mark = paragraph[0] if paragraph[:2] in ("# ", "/ ", "= ", "> ") else ""
    text = paragraph[2:] if mark else paragraph
    base = {"#": "bold", "=": "bold", "/": "italic", ">": "italic"}.get(mark, "regular")
    words: list[Styled] = []
    for part in re.split(r"(\*\*.+?\*\*)", text):
        style = "bold" if part.startswith("**") else base
        words.extend((word, style) for word in part.strip("*").split())
    return words, mark


class Composer:
    """Fills pages from top to bottom; the only state is the pages and the pen's height."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.pages = [Page()]
        self.y = TOP
        self.step = source.size * source.leading

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    def room(self, height: float) -> None:
        """Open a new numbered page when `height` points no longer fit."""
        if self.y + height > BOTTOM:
            self.open_page()

    def open_page(self) -> None:
        """Open a page with its number centred in the top margin."""
        self.pages.append(Page())
        number = centred(str(len(self.pages)), "regular", 13, WIDTH / 2, 42)
        self.page.lines.append(Line(number.y, number.words, counted=False))
        self.y = TOP + 14

    def head(self) -> None:
        """Set boxes 1-5b and 10b: organ, motto, number, place and date, title or subject."""
        source, lines, y = self.source, self.page.lines, TOP + 6
        for n, text in enumerate(source.organ):
            style = "regular" if n < source.parent_lines else "bold"
            lines.append(centred(text, style, 12.5, LEFT_AXIS, y + n * 15.5))
        lines.append(centred(MOTTO[0], "bold", 12.5, RIGHT_AXIS, y))
        lines.append(centred(MOTTO[1], "bold", 13, RIGHT_AXIS, y + 15.5))
        foot = y + (len(source.organ) - 1) * 15.5 + 5
        self._rule(LEFT_AXIS, foot, width_of(source.organ[-1], "bold", 12.5) * 0.42)
        self._rule(RIGHT_AXIS, y + 20.5, width_of(MOTTO[1], "bold", 13))
        self.y = max(foot, y + 20.5) + 20
        lines.append(centred(source.number, "regular", 13, LEFT_AXIS, self.y))
        lines.append(centred(source.place_date, "italic", 13, RIGHT_AXIS, self.y))
        for text in source.subject:
            self.y += 15.5
            lines.append(centred(text, "regular", 12.5, LEFT_AXIS, self.y))
        if source.type:
            self._title(source.type)
        if source.urgency:
            self._urgency(source.urgency)
        self.y += self.step + 12

    def _rule(self, axis: float, y: float, width: float) -> None:
        self.page.rules.append(Rule(axis - width / 2, y, axis + width / 2, y))

    def _title(self, name: str) -> None:
        middle = (LEFT + RIGHT) / 2
        self.y += self.source.title_gap
        self.page.lines.append(centred(name, "bold", 14, middle, self.y))
        for text in self.source.title:
            self.y += 17
            self.page.lines.append(centred(text, "bold", 13.5, middle, self.y))
        self._rule(middle, self.y + 7, 110)

    def _urgency(self, mark: str) -> None:
        """Set the red box of 30 by 8 mm under the number (NĐ 30/2020, Phụ lục I, ô 10b)."""
        x0, y0, wide, high = LEFT + 6, self.y + 14, 85.0, 22.7
        line = centred(mark, "bold", 14, x0 + wide / 2, y0 + 16.4)
        self.page.lines.append(Line(line.y, line.words, RED))
        corners = [(x0, y0), (x0 + wide, y0), (x0 + wide, y0 + high), (x0, y0 + high), (x0, y0)]
        for (ax, ay), (bx, by) in itertools.pairwise(corners):
            self.page.rules.append(Rule(ax, ay, bx, by, RED, 1.4))
        self.y = y0 + high

    def addressees(self) -> None:
        """Set Kính gửi: one addressee on its line, several as a dashed list under it."""
        names, size = self.source.addressees, self.source.size
        if not names:
            return
        x = LEFT + 118
        if len(names) == 1:
            words = [(word, "regular") for word in f"Kính gửi: {names[0]}".split()]
            self.page.lines.append(place(words, x, self.y, size))
        else:
            self.page.lines.append(
                place([("Kính", "regular"), ("gửi:", "regular")], x, self.y, size)
            )
            for name in names:
                for part in break_lines(
                    [(w, "regular") for w in name.split()], size, RIGHT - x - 30
                ):
                    self.y += self.step
                    self.page.lines.append(place(part, x + 30, self.y, size))
        self.y += self.step + 10

    def text(self, marked: str) -> None:
        """Set paragraphs: justified, first line indented 1 cm, headings kept with what follows."""
        rows = []
        for paragraph in paragraphs(marked):
            if paragraph.startswith("|"):
                rows.append([cell.strip() for cell in paragraph.strip("|").split("|")])
                continue
            words, mark = styled(paragraph)
            if mark in ("=", ">"):
                self._centred_paragraph(words)
            else:
                self._justified(words, keep=2 if mark == "#" else 0)
        for n, row in enumerate(rows):
            self._row(row, "bold" if n == 0 else "regular")

    def _centred_paragraph(self, words: list[Styled]) -> None:
        for part in break_lines(words, self.source.size, RIGHT - LEFT - 40):
            self.room(0)
            text = " ".join(word for word, _ in part)
            self.page.lines.append(
                centred(text, part[0][1], self.source.size, (LEFT + RIGHT) / 2, self.y)
            )
            self.y += self.step
        self.y += 4

    def _justified(self, words: list[Styled], keep: int) -> None:
        parts = break_lines(words, self.source.size, RIGHT - LEFT, INDENT)
        self.room(self.step * keep)
        for n, part in enumerate(parts):
            self.room(0)
            x = LEFT + (INDENT if n == 0 else 0)
            stretch = RIGHT if n < len(parts) - 1 else None
            self.page.lines.append(place(part, x, self.y, self.source.size, stretch))
            self.y += self.step
        self.y += 5

    def _row(self, cells: list[str], style: str) -> None:
        """Set one ruled row; the truth reads it cell by cell from left to right."""
        size, step = 12.0, 14.6
        parts = [
            break_lines([(w, style) for w in cell.split()], size, width - 8)
            for cell, width in zip(cells, COLUMNS, strict=True)
        ]
        height = max(map(len, parts)) * step + 8
        self.room(height)
        top, x = self.y - 10, LEFT
        for lines, width in zip(parts, COLUMNS, strict=True):
            y = top + (height - len(lines) * step) / 2 + 11
            for part in lines:
                text = " ".join(word for word, _ in part)
                middle = style == "bold" or width < 90
                self.page.lines.append(
                    centred(text, style, size, x + width / 2, y)
                    if middle
                    else place(part, x + 4, y, size)
                )
                y += step
            self.page.rules.append(Rule(x, top, x, top + height))
            x += width
        self.page.rules.append(Rule(x, top, x, top + height))
        self.page.rules += [Rule(LEFT, h, x, h) for h in (top, top + height)]
        self.y += height

    def foot(self) -> None:
        """Set boxes 9b and 7: recipients at the left, the signature block at the right."""
        source = self.source
        self.room(
            max(len(source.recipients) * 13.2 + 16, len(source.signature) * 16.5 + SIGNING_GAP + 8)
        )
        self.y += 8
        top = self.y
        lines = [centred("Nơi nhận:", "bold-italic", 12, LEFT + 26, top)]
        for n, text in enumerate(source.recipients, start=1):
            lines.append(
                place([(w, "regular") for w in text.split()], LEFT, top + 1 + n * 13.2, 11)
            )
        for n, text in enumerate(source.signature):
            lines.append(centred(text, "bold", 13.5, FOOT_AXIS, top + n * 16.5))
        last = top + (len(source.signature) - 1) * 16.5
        lines.append(centred(source.signer, "bold", 14, FOOT_AXIS, last + SIGNING_GAP))
        self.page.lines += lines
        self.page.signing = (FOOT_AXIS, last + SIGNING_GAP * 0.45)


def typeset(source: Source) -> list[Page]:
    """Return the pages of a source, each with its lines in reading order."""
    composer = Composer(source)
    composer.head()
    composer.addressees()
    composer.text(source.body)
    composer.foot()
    if source.annex:
        composer.open_page()
        composer.y += 10
        composer.text(source.annex)
    return composer.pages
