# SPDX-License-Identifier: Apache-2.0
"""Tên loại và trích yếu: the title's type line, and what the document is about.

NĐ 30/2020, Phụ lục I, II.5: a named type stands alone on its line, its trích yếu under it; a công
văn has its trích yếu under the number, after "V/v".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extract.doc_types import Type, leading_type, type_of_line
from pipeline.extract.markings import is_marking
from pipeline.extract.parts import head_lines, line_spans, lines_above_foot, lines_of
from pipeline.extract.title_end import begin_of_title, end_of_title
from pipeline.extract.values import Find
from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.passage import compose

if TYPE_CHECKING:
    from pipeline.model import Page
    from pipeline.passage import Passage

# What follows the trích yếu: whom it goes to, its bases, who decides.
_AFTER = re.compile(
    r"(kinh gui|can cu|thuc hien|xet de nghi|theo de nghi|dieu 1|phan i|chuong i|i\s?\.)(?!\w)"
)
_REMARK = re.compile(r"\W*\(.*\)\W*")  # a remark in brackets on a line of its own
_SUBJECT = re.compile(r"(?<![^\W_])v\s?[/i]\s?[vw]\b")
# Words of a seal may have been read before it.
_TITLE_BEGINS = re.compile(
    r"\W*(?P<first>(?:ve|v/v|phe duyet|ban hanh|quy dinh|ket luan)\b)"
    r"|.{0,25}?\b(?P<later>ve viec)\b"
)
# A plan is often titled "Thực hiện Nghị quyết …"; a body that opens so is a sentence.
_CARRIES_OUT = re.compile(r"thuc hien\b(?!.*:\s*$)")
# "QUYẾT ĐỊNH CỦA CHỦ TỊCH …": whose it is stands on the line of the type.
_WHOSE = re.compile(r"\W*cua\b")
_LONGEST_TITLE = 600  # characters; the longest real ones have about 400


@dataclass(frozen=True, slots=True)
class Title:
    """The type line and the trích yếu, each where it was found.

    Attributes:
        kind: the type that the title names, None for a công văn or an unread line.
        score: how well the line fits the type's name, 0-1.
        type_find: where the type stands.
        subject: where the trích yếu stands.
        is_dispatch: the trích yếu stands as that of a công văn does.
    """

    kind: Type | None = None
    score: float = 0.0
    type_find: Find | None = None
    subject: Find | None = None
    is_dispatch: bool = False


def find_title(page: Page, organs: tuple[str, ...] = ()) -> Title:
    """Return what the head on `page` says of type and trích yếu.

    Args:
        page: the page with the head.
        organs: the names of the issuer: its authority may follow the trích yếu.
    """
    return _with_end(_title(page), organs)


def _title(page: Page) -> Title:
    title = _typed(lines_of(page, Role.TITLE), "title.box", 0.97)
    dispatch = _dispatch(page)
    if title.kind is None:
        # A title that was taken for a paragraph still has its type alone on a line.
        below = _typed(lines_above_foot(page), "title.head", 0.75, strict=True)
        if below.kind and not (dispatch and _stands_above(dispatch, below)):
            title = below
    elif title.subject is None:
        title = _with_next_block(title, page)
    if dispatch and (title.kind is None or title.subject is None):
        return Title(title.kind, title.score, title.type_find, dispatch, title.kind is None)
    return title


def _stands_above(dispatch: Find, below: Title) -> bool:
    """Return whether a V/v comes before a type line, which then is a word of the body."""
    # Both count from the top of the page, in the same lines.
    return below.type_find is None or (
        dispatch.rule == "subject.box" or dispatch.start < below.type_find.start
    )


def _with_end(title: Title, organs: tuple[str, ...]) -> Title:
    """Return `title` with its trích yếu up to the authority that decides, or who is wired to."""
    if (find := title.subject) is None:
        return title
    text = find.passage.text[find.start : find.end]
    start, end = begin_of_title(text), end_of_title(text, organs)
    if (start, end) == (0, len(text)):
        return title
    begin = find.start + start
    return replace(
        title, subject=trimmed(find.passage, begin, find.start + end, find.rule, find.prior)
    )


def _typed(passage: Passage, rule: str, prior: float, *, strict: bool = False) -> Title:
    """Return the first type line of `passage` and the lines under it up to the body."""
    spans = line_spans(passage)
    for at, (start, end) in enumerate(spans):
        line = passage.text[start:end]
        if strict and not line.strip(" :.*").isupper():
            continue
        if named := type_of_line(line):
            kind, score = named
            type_find = Find(passage, start, end, rule, prior * score)
            subject = _subject(passage, spans[at + 1 :], rule, prior, strict=strict)
            return Title(kind, score, type_find, subject)
        if leading := leading_type(line):
            kind, length = leading
            type_find = Find(passage, start, start + length, rule, prior)
            rest = [(start + length, end), *spans[at + 1 :]]
            if _WHOSE.match(plain(line), length) or is_marking(line[length:], "urgency"):
                rest = rest[1:]
            return Title(kind, 1.0, type_find, _subject(passage, rest, rule, prior, strict=strict))
    return Title(subject=None if strict else _subject(passage, spans, rule, 0.8 * prior))


def _subject(
    passage: Passage, spans: list[tuple[int, int]], rule: str, prior: float, *, strict: bool = False
) -> Find | None:
    """Return the trích yếu in the lines of `spans`, up to what can no longer belong to it."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        line = plain(passage.text[start:end])
        first = re.search(r"[^\W_]", line)
        if not first:
            if kept:
                break
            continue
        raw = passage.text[start:end]
        title_line = not kept and _CARRIES_OUT.match(line, first.start())
        mixed = any(not passage.text[one:two].isupper() for one, two in kept)
        if (
            (_AFTER.match(line, first.start()) and not title_line)
            or (kept and _REMARK.fullmatch(raw))
            # After the trích yếu who decides is named in capitals: "CHỦ TỊCH ỦY BAN NHÂN DÂN …".
            or (mixed and raw.isupper() and " " in raw.strip())
            # A sentence after a title wholly in capitals, where nothing says that it belongs there.
            or (strict and kept and not mixed and raw[:1].isupper() and not raw.isupper())
            or (strict and len(kept) >= 6)
        ):
            break
        kept.append((start, end))
    return trimmed(passage, kept[0][0], kept[-1][1], rule, prior) if kept else None


def trimmed(passage: Passage, start: int, end: int, rule: str, prior: float) -> Find | None:
    """Return the find between two offsets without the strokes and rules around the words."""
    text = passage.text[start:end]
    first = re.search(r"[^\W_]|[“\"(]", text)
    last = re.search(r"[\W_]*$", text)
    if not first or not last or last.start() <= first.start():
        return None
    closing = re.match(r"[)”\".]+", text[last.start() :])
    end = start + last.start() + (len(closing[0]) if closing else 0)
    return Find(passage, start + first.start(), end, rule, prior)


def _with_next_block(title: Title, page: Page) -> Title:
    """Return `title` with a trích yếu that was taken for the first paragraph.

    It begins with "Về việc" or the like, and goes on in paragraphs that begin small.
    """
    bodies = [
        block
        for block in page.text_blocks
        if block.role is Role.BODY and any(map(str.isalpha, block.text))
    ]
    begin = _TITLE_BEGINS.match(plain(bodies[0].text)) if bodies else None
    if begin is None or len(bodies[0].text) > _LONGEST_TITLE:
        return title
    kept = bodies[:1]
    for block in bodies[1:3]:
        if not block.text[0].islower() or len(block.text) > _LONGEST_TITLE / 2:
            break
        kept.append(block)
    passage = compose((page, block) for block in kept)
    subject = trimmed(
        passage, begin.start(begin.lastgroup or 0), len(passage.text), "title.paragraph", 0.7
    )
    return Title(title.kind, title.score, title.type_find, subject)


def subject_text(raw: str) -> str:
    """Return a trích yếu as read, with the "V/v" at its head as it is printed.

    A bracket that stands alone and closes nothing is a stroke of a pen or of a seal.
    """
    text = re.sub(r"^([Vv])\s?[/iI]\s?[vVwW]\b", r"\1/v", raw)
    return text if text.count(")") <= text.count("(") else re.sub(r"\s\)(?=\s)", "", text)


def _dispatch(page: Page) -> Find | None:
    """Return the trích yếu of a công văn: its own box, or lines of the head from "V/v" on."""
    box = lines_of(page, Role.SUBJECT)
    if box.text:
        return _subject(box, line_spans(box), "subject.box", 0.97)
    passage = head_lines(page)
    letters = plain(passage.text)
    for at, (start, end) in enumerate(spans := line_spans(passage)):
        found = _SUBJECT.search(letters, start, end)
        if found:
            rest = [(found.start(), end), *_column_lines(passage, spans[at + 1 :])]
            return _subject(passage, rest, "subject.head", 0.75, strict=True)
    return None


def _column_lines(passage: Passage, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the lines that may continue a V/v: until a date, a marking, or a long line."""
    kept = []
    for start, end in spans:
        line = plain(passage.text[start:end])
        if len(line) > 60 or re.search(r"ngay\b.*\bthang|kinh gui|^so\b|doc lap|cong hoa", line):
            break
        kept.append((start, end))
    return kept
