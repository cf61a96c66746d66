# SPDX-License-Identifier: Apache-2.0
"""Text with the way back: every character of a passage knows its word, page and box."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Role
from pipeline.record_pages import BoxInPoints, DoubtRecord, EditRecord, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Document, Line, Page, Word

# What a word of unknown confidence counts as: text layers and plain text are rarely wrong by
# reading, but nothing has checked them.
UNKNOWN_CONFIDENCE = 0.9


# A page, and a box on it as scanned; None where the source had no places.
_Place = tuple[int, BoxInPoints | None]


class Piece(NamedTuple):
    """A word at its place in a passage: `text[start:end]` is `word.text`."""

    start: int
    end: int
    word: Word
    page: Page


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of some blocks, and the pieces it was made from, in order."""

    text: str
    pieces: tuple[Piece, ...]

    def within(self, start: int, end: int) -> list[Piece]:
        """Return the pieces that `text[start:end]` touches."""
        first = bisect_right(self.pieces, start, key=lambda piece: piece.end)
        last = bisect_left(self.pieces, end, lo=first, key=lambda piece: piece.start)
        return list(self.pieces[first:last])

    def evidence(self, start: int, end: int, rule: str) -> list[Evidence]:
        """Return where `text[start:end]` stands: one entry a printed line, boxes as scanned."""
        found: list[_Place] = []
        for piece in self.within(start, end):
            place = piece.page.number, _box_as_scanned(piece)
            if found and _on_one_line(found[-1], place):
                found[-1] = _around(found[-1], place)
            else:
                found.append(place)
        return [Evidence(page=page, box=box, rule=rule) for page, box in found]

    def confidence(self, start: int, end: int) -> float:
        """Return the mean confidence of the words in `text[start:end]`, weighed by length."""
        words = [piece.word for piece in self.within(start, end)]
        weight = sum(len(word.text) for word in words)
        if not weight:
            return 0.0
        total = sum(len(word.text) * _confidence(word) for word in words)
        return total / weight

    def page_at(self, offset: int) -> int:
        """Return the number of the page on which the character at `offset` stands."""
        pieces = self.within(offset, offset + 1) or self.pieces[-1:]
        return pieces[0].page.number


def _box_as_scanned(piece: Piece) -> BoxInPoints | None:
    if piece.word.box is None:
        return None
    box = piece.page.frame.apply(piece.word.box)
    return round(box.x0, 1), round(box.y0, 1), round(box.x1, 1), round(box.y1, 1)


def _on_one_line(place: _Place, other: _Place) -> bool:
    """Return whether two places are on the same printed line; without boxes, on the same page."""
    (page, box), (other_page, other_box) = place, other
    if page != other_page or box is None or other_box is None:
        return page == other_page and box is other_box
    return box[1] <= (other_box[1] + other_box[3]) / 2 <= box[3]


def _around(place: _Place, other: _Place) -> _Place:
    (page, box), (_, more) = place, other
    if box is None or more is None:
        return place
    return page, (
        min(box[0], more[0]),
        min(box[1], more[1]),
        max(box[2], more[2]),
        max(box[3], more[3]),
    )


def _confidence(word: Word) -> float:
    confidence = UNKNOWN_CONFIDENCE if word.confidence is None else word.confidence
    return confidence if word.edit is None else min(confidence, word.edit.score)


def compose(blocks: Iterable[tuple[Page, Block]]) -> Passage:
    """Return one passage: a line a block, blocks that continue another joined to it by a blank."""
    return _build(
        (page, line, " " if number or block.continues else "\n")
        for page, block in blocks
        for number, line in enumerate(block.lines)
    )


def reading_order(document: Document) -> list[tuple[Page, Block]]:
    """Return the blocks of the directive in the order in which a person reads them.

    A footnote at the end of a page must not stand inside the paragraph that runs on over it, so
    it comes after that paragraph.
    """
    ordered: list[tuple[Page, Block]] = []
    waiting: list[tuple[Page, Block]] = []
    for page in document.pages:
        for block in page.text_blocks:
            if block.role is Role.FOOTNOTE:
                waiting.append((page, block))
                continue
            if not block.continues:
                ordered += waiting
                waiting = []
            ordered.append((page, block))
    return ordered + waiting


def document_text(document: Document) -> str:
    """Return the text of the whole document, one line a paragraph or part, ending in a newline."""
    parts: list[str] = []
    for _, block in reading_order(document):
        for number, line in enumerate(block.lines):
            if line.words:
                separator = " " if block.continues and not number else _separator(block, number)
                parts += (separator if parts else "", " ".join(word.text for word in line.words))
    return "".join(parts) + "\n"


def page_passage(page: Page) -> Passage:
    """Return the text of a page in reading order: one line a paragraph or part."""
    return _build(
        (page, line, _separator(block, number))
        for block in page.text_blocks
        for number, line in enumerate(block.lines)
    )


# Parts that are lists of lines, not running text: their printed lines stay apart.
_KEEP_LINES = frozenset((Role.ORGAN, Role.MOTTO, Role.RECIPIENTS, Role.SIGNATURE))


def _separator(block: Block, number: int) -> str:
    if number == 0 or block.role in _KEEP_LINES:
        return "\n"
    return "\t" if block.role is Role.TABLE_ROW else " "


def _build(lines: Iterator[tuple[Page, Line, str]]) -> Passage:
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for page, line, separator in lines:
        for number, word in enumerate(line.words):
            if at:
                parts.append(" " if number else separator)
                at += len(parts[-1])
            parts.append(word.text)
            pieces.append(Piece(at, at + len(word.text), word, page))
            at += len(word.text)
    return Passage("".join(parts), tuple(pieces))


def page_doubts(passage: Passage, limit: float) -> list[DoubtRecord]:
    """Return the words of a page's passage less sure than `limit`, with what else they may be."""
    return [
        DoubtRecord(
            page=piece.page.number,
            span=(piece.start, piece.end),
            text=piece.word.text,
            confidence=round(piece.word.confidence, 3),
            others=_others(piece.word),
        )
        for piece in passage.pieces
        if piece.word.confidence is not None and piece.word.confidence < limit
    ]


def _others(word: Word) -> list[str]:
    """Return what else a word may be: by the repair, then by its readers, each once."""
    told = [*(word.edit.alternatives if word.edit else ()), *(text for text, _ in word.others)]
    return [text for text in dict.fromkeys(told) if text != word.text]


def page_edits(passage: Passage) -> list[EditRecord]:
    """Return the receipts of a page's passage; a span counts characters of its text."""
    return [
        EditRecord(
            page=piece.page.number,
            span=(piece.start, piece.end),
            before=piece.word.edit.before,
            after=piece.word.text,
            score=round(piece.word.edit.score, 3),
            rule=piece.word.edit.rule,
            alternatives=list(piece.word.edit.alternatives),
        )
        for piece in passage.pieces
        if piece.word.edit is not None
    ]
