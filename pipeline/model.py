# SPDX-License-Identifier: Apache-2.0
"""What a document is inside the program: pages of blocks of lines of words, each with its place.

All boxes are in points (1/72 inch) from the top left of the page *as it is read*, that is upright
and with level lines; `Page.frame` leads from there to the page as it was scanned.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - dataclass fields are read at run time by tools
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - dataclass fields are read at run time by tools
from typing import Literal

from pipeline.vietnamese import squeeze


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, origin at the top left; `x0 <= x1`, `y0 <= y1`."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.x0 > self.x1 or self.y0 > self.y1:
            raise ValueError(f"a box needs x0 <= x1 and y0 <= y1: {self}")

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        """The middle point, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def holds(self, other: Box) -> bool:
        """Return whether the middle of another box lies in this one."""
        x, y = other.centre
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1

    @staticmethod
    def around(boxes: list[Box]) -> Box | None:
        """Return the smallest box around `boxes`, None for an empty list."""
        if not boxes:
            return None
        return Box(
            min(box.x0 for box in boxes),
            min(box.y0 for box in boxes),
            max(box.x1 for box in boxes),
            max(box.y1 for box in boxes),
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """An affine map (x, y) -> (a·x + b·y + c, d·x + e·y + f), points to points."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    def apply(self, box: Box) -> Box:
        """Return the smallest upright box around the image of `box`."""
        across, down = (self.a * box.x0, self.a * box.x1), (self.b * box.y0, self.b * box.y1)
        x0, x1 = min(across) + min(down) + self.c, max(across) + max(down) + self.c
        across, down = (self.d * box.x0, self.d * box.x1), (self.e * box.y0, self.e * box.y1)
        y0, y1 = min(across) + min(down) + self.f, max(across) + max(down) + self.f
        return Box(x0, y0, x1, y1)


class Verdict(StrEnum):
    """What the text layer of a page is worth."""

    CLEAN = "clean"  # right Vietnamese: used as it is
    GARBLED = "garbled"  # an engine that knew no Vietnamese: the image is read again
    LEGACY = "legacy"  # TCVN3 or VNI bytes: converted
    OVERLAY = "overlay"  # only a signature or an arrival stamp: the image is read
    NONE = "none"  # no text at all: the image is read


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The verdict on a page's text layer, and the reason in one English sentence."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The receipt of a repair.

    Attributes:
        before: what stood there.
        score: how sure the change is, 0-1.
        rule: what made it.
        alternatives: other readings, the likeliest first.
    """

    before: str
    score: float
    rule: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """Text between two blanks; after a repair it may hold several syllables and an `edit`.

    Attributes:
        text: NFC, as repaired.
        box: in points of the page as read, None where the source had no places (plain text).
        confidence: 0-1 as the reader gave it, then as the repair finds the word in its sentence;
            None if unknown.
        edit: the receipt, if the word is no longer what was read.
        others: what else readers saw in its place, with probabilities, the likeliest first.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    edit: Edit | None = None
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single blanks between them."""
        return squeeze(" ".join(word.text for word in self.words))

    @property
    def box(self) -> Box | None:
        """The box around the words that have one."""
        return Box.around([word.box for word in self.words if word.box is not None])


class Role(StrEnum):
    """What a block is in a directive (NĐ 30/2020, Phụ lục I: the fourteen boxes)."""

    ORGAN = "organ"  # ô 2: the issuing organ and the one above it
    MOTTO = "motto"  # ô 1: Quốc hiệu, Tiêu ngữ
    NUMBER = "number"  # ô 3: Số, ký hiệu
    PLACE_DATE = "place_date"  # ô 4
    TITLE = "title"  # ô 5a: type and trích yếu
    SUBJECT = "subject"  # ô 5b: V/v of a công văn
    SECRECY = "secrecy"  # ô 10a
    URGENCY = "urgency"  # ô 10b
    ADDRESSEES = "addressees"  # ô 9a: Kính gửi
    BODY = "body"  # ô 6
    TABLE_ROW = "table_row"  # ô 6: one row of a table, one line a cell
    RECIPIENTS = "recipients"  # ô 9b: Nơi nhận
    SIGNATURE = "signature"  # ô 7a, 7b: authority, post, name
    FOOTNOTE = "footnote"
    PAGE_NUMBER = "page_number"  # the last four are set apart from the text
    RUNNING_HEAD = "running_head"
    ARRIVAL = "arrival"  # dấu ĐẾN
    NOISE = "noise"


SET_APART = frozenset((Role.PAGE_NUMBER, Role.RUNNING_HEAD, Role.ARRIVAL, Role.NOISE))


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a paragraph, a part of head or foot, a row of a table.

    Attributes:
        role: what it is in the directive.
        lines: top to bottom; in a table row one line a cell, left to right.
        continues: the paragraph began on the page before.
    """

    role: Role
    lines: tuple[Line, ...]
    continues: bool = False

    @property
    def text(self) -> str:
        """The lines joined by single blanks."""
        return squeeze(" ".join(line.text for line in self.lines))

    @property
    def box(self) -> Box | None:
        """The box around the lines that have one."""
        return Box.around([line.box for line in self.lines if line.box is not None])


@dataclass(frozen=True, slots=True)
class Region:
    """What a stamp or a pen left on a page; `box` in points of the page as read."""

    kind: Literal["seal", "arrival_stamp", "handwriting", "watermark", "signature"]
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page in reading order: organ, motto, number, place and date, title, body, foot.

    Attributes:
        number: 1 for the first.
        width, height: points, of the page as scanned; None for plain text.
        text_layer: the verdict on what the file itself says the text is.
        blocks: in reading order, those that are set apart included.
        frame: from the page as read to the page as scanned.
        regions: seals, stamps and what is written by hand, as far as they can be told.
        error: why the page could not be read; it has no blocks then.
    """

    number: int
    width: float | None
    height: float | None
    text_layer: TextLayer
    blocks: tuple[Block, ...]
    frame: Frame = field(default_factory=Frame)
    regions: tuple[Region, ...] = ()
    error: str | None = None

    @property
    def text_blocks(self) -> tuple[Block, ...]:
        """The blocks of the directive itself: page numbers, stamps and noise left out."""
        return tuple(block for block in self.blocks if block.role not in SET_APART)

    @property
    def opens_document(self) -> bool:
        """Whether organ and motto stand on it: both are set only where a document begins."""
        return {Role.ORGAN, Role.MOTTO} <= {block.role for block in self.blocks}

    @property
    def confidence(self) -> float | None:
        """The mean confidence of the words of the directive, weighed by their length."""
        words = [
            word
            for block in self.text_blocks
            for line in block.lines
            for word in line.words
            if word.confidence is not None
        ]
        weight = sum(len(word.text) for word in words)
        if not weight:
            return None
        return sum((word.confidence or 0.0) * len(word.text) for word in words) / weight


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from.

    Attributes:
        name: the path as recorded: relative to the input folder, with forward slashes.
        paths: the files it is made of, more than one only for page images.
        sha256: of the bytes of all files, in order.
        size: bytes of all files.
        media_type: for instance "application/pdf".
    """

    name: str
    paths: tuple[Path, ...]
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """A digital signature as the file tells of it; what it does not tell is None.

    Attributes:
        name: whom the certificate names: a person, or an organ that signs with its seal.
        organ: whom the certificate says that one to belong to.
        time: when it was signed, in Vietnam's zone, by the clock of whoever signed.
    """

    name: str | None = None
    organ: str | None = None
    time: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document that has been read: its source, its pages, and who signed its file."""

    source: Source
    pages: tuple[Page, ...]
    signatures: tuple[DigitalSignature, ...] = ()
