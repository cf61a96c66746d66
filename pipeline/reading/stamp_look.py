# SPDX-License-Identifier: Apache-2.0
"""The stamps of urgency and secrecy, found by their frames and read by themselves.

HỎA TỐC, THƯỢNG KHẨN, KHẨN (NĐ 30/2020, Phụ lục I, II.10b) and MẬT, TỐI MẬT, TUYỆT MẬT (Luật Bảo
vệ bí mật nhà nước 2018, Điều 8) are red capitals in a red frame, a box or an arrow, mostly put on
by hand and so slanted. Their ink goes with that of the seals before a page is read. Here the page
as scanned is looked over for such a frame; only where there is one is the reader asked again, and
only what reads as one of the few marks, with nothing left over, is taken for one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.likeness import alike, key
from pipeline.model import Block, Box, Edit, Line, Role, Word
from pipeline.reading.colours import shrunk
from pipeline.reading.engine import Look
from pipeline.reading.stamp_frames import find_frames
from pipeline.reading.stamp_picture import stamp_copy
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL.Image import Image

    from pipeline.model import Page
    from pipeline.reading.colours import Small
    from pipeline.reading.engine import Engine
    from pipeline.reading.stamp_frames import StampFrame
    from pipeline.reading.stamp_picture import StampCopy
    from pipeline.settings import Settings

# Nothing but a mark is wanted, so a worn letter may be forgiven; but of the short ones (KHẨN, MẬT)
# none, for then any word would do.
_ALIKE, _SHORT = 0.85, 5
# A reading that covers less of the letters has lost a word: THƯỢNG KHẨN is no KHẨN.
_COVERED = 0.75
# What is not exactly the mark is never sure.
_WORN = 0.6
_RULE = "stamp"
_ROLES = {"urgency": Role.URGENCY, "secrecy": Role.SECRECY}
# The marks come behind these, as where the head is read by itself.
_BEFORE = frozenset(
    (Role.ORGAN, Role.MOTTO, Role.NUMBER, Role.PLACE_DATE, Role.TITLE, Role.SUBJECT)
)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A mark that was read: its role, its line, and the frame that it stands in."""

    role: Role
    line: Line
    frame: StampFrame


def look_at_stamps(  # noqa: PLR0913 - as read_page
    page: Page,
    image: Image,
    dpi: float,
    engine: Engine,
    settings: Settings,
    *,
    small: Small | None = None,
) -> Page:
    """Return the page with the stamps of urgency (first pages only) and secrecy in its image.

    Args:
        page: as read; what it has of the marks already is not doubled.
        image: the page as scanned, in colour, gray, or black and white.
        dpi: its pixels per inch.
        engine: asked once for each frame that may be such a stamp's.
        settings: of the run.
        small: the image in small, if that was made already.

    Raises:
        ReadingError: the engine failed, or took too long.
    """
    first = page.number == 1 or page.opens_document
    wanted = {role for role in _ROLES.values() if role is not Role.URGENCY or first}
    # Marks stand on first pages; elsewhere only what is red is worth the time.
    for frame in find_frames(small or shrunk(image, dpi), page.frame, black=first):
        stamp = _read(frame, image, dpi, engine, settings)
        if stamp is not None and stamp.role in wanted:
            page = replace(page, blocks=_with_stamp(page.blocks, stamp))
            wanted.discard(stamp.role)
    return page


def mark_of(text: str) -> tuple[str, Role, bool] | None:
    """Return the mark that `text` is, its role, and whether letter for letter; None if it is none.

    Example: "HOA TỐC" is ("Hỏa tốc", Role.URGENCY, False).
    """
    bare = " ".join(text.strip(" .:;,*|-–_=~[](){}\"'“”").split())
    folded = fold_tone_placement(bare.casefold())
    names = [(row["name"], _ROLES[row["kind"]]) for row in rows("markings")]
    for name, role in names:
        if fold_tone_placement(name.casefold()) == folded:
            return name, role, True
    score, name, role = max((alike(name, bare), name, role) for name, role in names)
    least = 1.0 if len(key(name)) < _SHORT else _ALIKE
    return (name, role, False) if score >= least else None


def _read(
    frame: StampFrame, image: Image, dpi: float, engine: Engine, settings: Settings
) -> _Stamp | None:
    """Return the mark in a frame, None if what stands there is anything else."""
    found = stamp_copy(frame, image, dpi)
    if found is None:
        return None
    look = Look.LINE if found.rows == 1 else Look.BLOCK
    lines = _in_order(engine.read(found.copy, settings, look))
    # What has no letters is a rest of the frame.
    words = [word for line in lines for word in line.words if any(map(str.isalpha, word.text))]
    mark = mark_of(" ".join(word.text for word in words))
    whole = Box.around([line.box for line in lines if line.box])
    if mark is None or whole is None or whole.width < _COVERED * found.letters_width:
        return None
    name, role, exact = mark
    return _Stamp(role, _line(name, words, found, frame, exact=exact), frame)


def _line(
    name: str, words: Sequence[Word], found: StampCopy, frame: StampFrame, *, exact: bool
) -> Line:
    """Return the line of a stamp: its words where they stand, or the mark that they stand for."""
    if exact:
        return Line(
            tuple(
                replace(word, box=found.onto_page.apply(word.box) if word.box else None)
                for word in words
            )
        )
    sure = min([_WORN, *(word.confidence or 0.0 for word in words)])
    edit = Edit(" ".join(word.text for word in words), sure, _RULE)
    return Line((Word(name.upper(), frame.box, sure, edit),))


def _with_stamp(blocks: Sequence[Block], stamp: _Stamp) -> tuple[Block, ...]:
    """Return the blocks with that of the stamp, in place of what was read of it before.

    The print under a red stamp was read without it and stays; of a black one the page's reading
    is a rest of the same letters.
    """
    apart = {stamp.role, Role.NOISE}
    before = [block for block in blocks if block.role is stamp.role]
    if any(not _within(word, stamp.frame) for block in before for word in _words(block)):
        return tuple(blocks)
    kept = [
        block if stamp.frame.red and block.role not in apart else _without(block, stamp.frame)
        for block in blocks
    ]
    found = [block for block in kept if block.lines]
    heads = [place for place, block in enumerate(found) if block.role in _BEFORE]
    # On a page without a head it stands second, so that the paragraphs at both ends still go on
    # from the page before and to the next.
    place = heads[-1] + 1 if heads else min(1, max(len(found) - 1, 0))
    return (*found[:place], Block(stamp.role, (stamp.line,)), *found[place:])


def _without(block: Block, frame: StampFrame) -> Block:
    """Return the block without the words that stand in a frame."""
    if not any(_within(word, frame) for word in _words(block)):
        return block
    lines = [
        Line(tuple(word for word in line.words if not _within(word, frame))) for line in block.lines
    ]
    return replace(block, lines=tuple(line for line in lines if line.words))


def _words(block: Block) -> Iterable[Word]:
    return (word for line in block.lines for word in line.words)


def _within(word: Word, frame: StampFrame) -> bool:
    return word.box is not None and frame.holds(*word.box.centre)


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(
        (line for line in lines if line.box is not None),
        key=lambda line: line.box.y0 if line.box else 0.0,
    )
