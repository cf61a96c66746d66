# SPDX-License-Identifier: Apache-2.0
"""Số, ký hiệu: the number in the head, in all its families.

NĐ 30/2020, Phụ lục I, II.3: `194/KH-UBND`, a công văn `299/UBND-TTHC`, a legal text with its year
`59/2019/NĐ-CP`; the Party writes `20-TB/TW` after "Số" without a colon (Hướng dẫn 36-HD/VPTW).
The sequence is often written by hand: what is not plainly a number stays unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.doc_types import type_of_notation
from pipeline.extract.notations import (
    NOTATION,
    PARTY_NOTATION,
    clean_notation,
    is_known_notation,
)
from pipeline.extract.organ_letters import stands_for
from pipeline.extract.parts import head_lines, line_spans, lines_of
from pipeline.extract.values import Find
from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.record import Number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Page
    from pipeline.passage import Passage
    from pipeline.settings import Settings

# "Số", also as "Sô", "S6", "Só", "Sé": in plain letters.
_LABEL = re.compile(r"(?<![^\W_])s[o06e]\s*[:;.,]?\s*")
_PARTY = re.compile(
    rf"(?P<sequence>\d[\d ]{{0,6}}[a-zđ]?)\s*[-–—]\s*(?P<notation>{PARTY_NOTATION})"
)
# "Số       -QĐ/TU": the slot was left for a stamp.
_PARTY_EMPTY = re.compile(rf"[\s.…_]*[-–—]\s*(?P<notation>{PARTY_NOTATION})")
# The dash was lost: "1781 CV/TU"; only a known type tells it from a sequence read badly.
_PARTY_SPACED = re.compile(rf"(?P<sequence>\d{{1,5}}[a-zđ]?)\s+(?P<notation>{PARTY_NOTATION})")
# Up to the first slash stands the sequence, whatever a reader made of the handwriting.
_ADMINISTRATIVE = re.compile(
    rf"(?P<sequence>[^/|\n]{{0,14}}?)\s*[/|\\]\s*(?P<notation>{NOTATION})(?![A-Za-zĐđ])"
)
# The slash itself may have been lost in the handwriting: "Số: 23”BC-UBND".
_WITHOUT_SLASH = re.compile(
    rf"(?P<sequence>[^/|\n]{{0,14}}?)[^\w\n]*(?<![A-Za-zĐđ])(?P<notation>{NOTATION})(?![A-Za-zĐđ])"
)
_SEQUENCE = re.compile(r"\d{1,5}[a-zđ]{0,2}")
_SPACED_SEQUENCE = re.compile(r"\d(?: ?\d){1,4}")
# "Số CCCD/Hộ chiếu: …" in a form is no slot of a number; "VP" is the shortest organ's.
_SHORTEST_NOTATION = 2
# Nothing around a misread digit betrays it: a person looks below this, sooner than at words.
_SURE_DIGITS = 0.9
# What ink and ruling leave around a written number.
_STROKES = " .,:;'\"’‘“”_~*|()-–—="


@dataclass(frozen=True, slots=True)
class Parts:
    """A number taken apart: "4 4/QD-UBND" -> sequence "44", notation "QĐ-UBND".

    Attributes:
        sequence: as printed ("04" stays), None if empty or not plainly a number.
        notation: cleaned, None if there is none.
        doubtful: the sequence was mended.
    """

    sequence: str | None
    notation: str | None
    doubtful: bool = False
    party: bool = False

    @property
    def value(self) -> str | None:
        """The whole number, None unless both parts are known."""
        if not (self.sequence and self.notation):
            return None
        return f"{self.sequence}{'-' if self.party else '/'}{self.notation}"


def parse_number(text: str) -> tuple[Parts, int] | None:
    """Return the number at the start of `text` (what follows "Số") and its end, None if none."""
    if found := _PARTY.match(text):
        sequence, doubtful = _sequence(found["sequence"])
        parts = Parts(sequence, clean_notation(found["notation"]), doubtful, party=True)
    elif (found := _PARTY_EMPTY.match(text)) and type_of_notation(found["notation"]):
        parts = Parts(None, clean_notation(found["notation"]), party=True)
    elif (found := _PARTY_SPACED.match(text)) and type_of_notation(found["notation"]):
        parts = Parts(found["sequence"], clean_notation(found["notation"]), True, party=True)
    elif found := _ADMINISTRATIVE.match(text):
        sequence, doubtful = _sequence(found["sequence"])
        parts = Parts(sequence, clean_notation(found["notation"]), doubtful)
    elif (found := _WITHOUT_SLASH.match(text)) and "-" in clean_notation(found["notation"]):
        sequence, _ = _sequence(found["sequence"])
        parts = Parts(sequence, clean_notation(found["notation"]), doubtful=True)
    else:
        return None
    return parts, found.end()


def extract_number(page: Page, settings: Settings, named: Sequence[str] = ()) -> Number | None:
    """Return the number of the head on `page`, None if the page has no slot for one.

    `named` are names and codes of organs elsewhere in the document, which may explain a notation.
    """
    slots = [*_box_slots(lines_of(page, Role.NUMBER)), *_head_slots(head_lines(page))]
    for slot in slots:
        if not (parsed := parse_number(slot.passage.text[slot.start : slot.line_end])):
            continue
        parts, end = parsed
        if parts.sequence is None and len(parts.notation or "") < _SHORTEST_NOTATION:
            continue
        end += slot.start
        whole = Find(slot.passage, slot.label, end, slot.rule, slot.prior).facts(settings)
        middle = _end_of_sequence(slot, end)
        doubtful = parts.doubtful or not parts.value or _is_unsure(slot.passage, slot.start, middle)
        # The label may be read badly, and so may a notation that all its parts are known of: what
        # stands between them is what can be wrong.
        sure_end = middle if _is_known(parts, named) else end
        sure = Find(slot.passage, slot.start, sure_end, slot.rule, slot.prior, doubtful)
        facts = sure.facts(settings)
        facts |= {key: whole[key] for key in ("raw", "evidence")}
        return Number(
            value=parts.value,
            sequence=parts.sequence,
            notation=parts.notation,
            alternatives=_other_numbers(slot, middle, parts),
            **facts,
        )
    return _unread(slots, settings)


def _is_known(parts: Parts, named: Sequence[str]) -> bool:
    """Return whether all parts of the notation are in the lexicon, or stand for what is named."""
    if parts.value is None or parts.notation is None:
        return False
    return is_known_notation(parts.value) or all(
        is_known_notation(f"/{part}") or stands_for(part, named)
        for part in re.split(r"[-/]", parts.notation)
    )


def _is_unsure(passage: Passage, start: int, end: int) -> bool:
    """Return whether digits were read from an image and not well enough."""
    return any(
        piece.word.confidence is not None
        and passage.confidence(piece.start, piece.end) < _SURE_DIGITS
        for piece in passage.within(start, end)
        if any(map(str.isdigit, piece.word.text))
    )


def _other_numbers(slot: _Slot, end: int, parts: Parts) -> list[str]:
    """Return the other numbers that the readers saw in the slot, the likeliest first."""
    if parts.notation is None:
        return []
    read = (
        other
        for piece in slot.passage.within(slot.start, end)
        if piece.word.edit is not None and piece.word.text == parts.sequence
        for other in piece.word.edit.alternatives
    )
    join = "-" if parts.party else "/"
    return [f"{other}{join}{parts.notation}" for other in read if _SEQUENCE.fullmatch(other)]


def _end_of_sequence(slot: _Slot, end: int) -> int:
    """Return where the notation begins, after the slash or dash; `end` if there is none."""
    found = re.compile(r"\s*[/|\\–—-]").search(slot.passage.text, slot.start, end)
    return found.start() if found and found.start() > slot.start else end


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place where a number may stand: from `label` ("Số:") and `start` (after it) on."""

    passage: Passage
    label: int
    start: int
    line_end: int
    rule: str
    prior: float


def _box_slots(passage: Passage) -> Iterator[_Slot]:
    """Yield the slots of the number's own box; there the label may have been lost."""
    letters = plain(passage.text)
    for start, end in line_spans(passage):
        if label := _LABEL.search(letters, start, end):
            yield _Slot(passage, label.start(), label.end(), end, "number.box", 0.97)
        else:
            yield _Slot(passage, start, start, end, "number.box_without_label", 0.75)


def _head_slots(passage: Passage) -> Iterator[_Slot]:
    """Yield the slots in the lines of the head: a capital "Số" that begins a line.

    Inside a line it must follow nothing that could cite it ("Quyết định số 90/QĐ-TTg"), so only a
    label with a colon counts there ("UBND TỈNH Số: 12/QĐ-UBND").
    """
    text, letters = passage.text, plain(passage.text)
    for start, end in line_spans(passage):
        for label in _LABEL.finditer(letters, start, end):
            begins = not any(map(str.isalnum, text[start : label.start()]))
            if text[label.start()] == "S" and (begins or ":" in label[0]):
                yield _Slot(passage, label.start(), label.end(), end, "number.head", 0.8)


def _unread(slots: list[_Slot], settings: Settings) -> Number | None:
    """Return a number without value for a box that holds something that is no number."""
    for slot in slots:
        if slot.rule.startswith("number.box"):
            find = Find(
                slot.passage, slot.label, slot.line_end, "number.unread", 0.3, doubtful=True
            )
            return Number(value=None, sequence=None, notation=None, **find.facts(settings))
    return None


def _sequence(read: str) -> tuple[str | None, bool]:
    """Return the sequence in what was read before the slash, and whether it had to be mended."""
    bare = read.strip(_STROKES)
    if _SEQUENCE.fullmatch(bare):
        return bare, False
    if _SPACED_SEQUENCE.fullmatch(bare):
        return bare.replace(" ", ""), True
    return None, False
