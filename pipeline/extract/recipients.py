# SPDX-License-Identifier: Apache-2.0
"""Kính gửi, Nơi nhận: the lists of head and foot, one value an item.

NĐ 30/2020, Phụ lục I, II.9: one addressee stands on the line of "Kính gửi:", several are dashed
lines that end in a semicolon, the last in a full stop; so are the recipients.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.parts import head_lines, head_page, line_spans, printed_lines
from pipeline.extract.values import Find
from pipeline.likeness import plain
from pipeline.model import Role

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.passage import Passage
    from pipeline.record import Value
    from pipeline.settings import Settings

_ADDRESSED = re.compile(r"[^\w\n]*kinh\s*g\wi\s*[:;.,]?\s*")
_RECEIVED = re.compile(r"[^\w\n]*n\wi\s*nh\wn\s*[:;.,]?\s*")
# A dash, or what a reader makes of a short one.
_DASH = re.compile(r"\s*[-–—•*+~_=«»]+\s*")
_ENDS_ITEM = re.compile(r"[;.]\W*$")
_STROKES = re.compile(r"[^\w(“\"]+")
_TAIL = re.compile(r"[\s;.,:|/_~*=–—-]+$")
# What may not follow "Kính gửi" in the head: the body begins.
_BODY = re.compile(r"\W*(thuc hien|can cu|ngay|de|sau khi|trien khai|theo|[1iv]+\s?\.)\b")
_HOW_LONG = 120

Span = tuple[int, int]


def extract_addressees(document: Document, settings: Settings) -> list[Value]:
    """Return whom the document addresses ("Kính gửi"), in order; empty if nobody."""
    page = head_page(document)
    if page is None:
        return []
    blocks = [(page, block) for block in page.blocks if block.role is Role.ADDRESSEES]
    if blocks:
        passage = printed_lines(blocks)
        spans = _after_label(passage, line_spans(passage), _ADDRESSED)
        return _values(passage, split_items(passage, spans), "addressees.box", 0.96, settings)
    passage = head_lines(page)
    spans, letters = line_spans(passage), plain(passage.text)
    for at, (start, end) in enumerate(spans):
        if _ADDRESSED.match(letters, start, end):
            rest = _addressee_lines(passage, spans[at:])
            items = split_items(passage, _after_label(passage, rest, _ADDRESSED))
            return _values(passage, items, "addressees.head", 0.75, settings)
    return []


def extract_recipients(document: Document, settings: Settings) -> list[Value]:
    """Return who gets the document ("Nơi nhận"), in order, of the first such list."""
    for page in document.pages:
        blocks = [(page, block) for block in page.blocks if block.role is Role.RECIPIENTS]
        following = [other for other in document.pages if other.number == page.number + 1]
        blocks += [
            (other, block)
            for other in following
            for block in other.blocks
            if blocks and block.role is Role.RECIPIENTS and block.continues
        ]
        if blocks:
            passage = printed_lines(blocks)
            spans = _after_label(passage, line_spans(passage), _RECEIVED)
            return _values(passage, split_items(passage, spans), "recipients.box", 0.96, settings)
    return []


def split_items(passage: Passage, spans: list[Span]) -> list[Span]:
    """Return the items of a list, each from its first word to its last.

    A line begins an item if it has a dash, or if the one before ended in ";" or "."; in a list
    without any dash and semicolon every line is one. "Sở A; Sở B" on one line are two.
    """
    lines = [passage.text[start:end] for start, end in spans]
    dashed = [bool(_DASH.match(line)) for line in lines]
    closed = [bool(_ENDS_ITEM.search(line)) for line in lines]
    bare_list = not any(dashed) and not any(closed)
    groups: list[Span] = []
    for at, (start, end) in enumerate(spans):
        if at == 0 or dashed[at] or closed[at - 1] or bare_list:
            groups.append((start, end))
        else:
            groups[-1] = (groups[-1][0], end)
    if not any(dashed):
        groups = [part for group in groups for part in _at_semicolons(passage, group)]
    return [bare for group in groups if (bare := _bare(passage, group))]


def _at_semicolons(passage: Passage, span: Span) -> list[Span]:
    """Return the parts of a span without dashes, cut at its semicolons outside brackets."""
    parts, start, depth = [], span[0], 0
    for at in range(span[0], span[1]):
        char = passage.text[at]
        depth += (char == "(") - (char == ")")
        if char == ";" and depth <= 0:
            parts.append((start, at))
            start = at + 1
    return [*parts, (start, span[1])]


def _after_label(passage: Passage, spans: list[Span], label: re.Pattern[str]) -> list[Span]:
    """Return the lines from the label on, without the label itself."""
    letters = plain(passage.text)
    for at, (start, end) in enumerate(spans):
        if found := label.match(letters, start, end):
            rest = [(found.end(), end)] if found.end() < end else []
            return [*rest, *spans[at + 1 :]]
    return spans


def _addressee_lines(passage: Passage, spans: list[Span]) -> list[Span]:
    """Return the line of "Kính gửi" and the dashed or short lines that go on with the list."""
    kept = spans[:1]
    first = passage.text[kept[0][0] : kept[0][1]]
    open_list = first.rstrip().endswith((":", ";"))
    for start, end in spans[1:]:
        line = passage.text[start:end]
        item = _DASH.match(line) or (open_list and len(line) < _HOW_LONG)
        if not item or _BODY.match(plain(line)):
            break
        kept.append((start, end))
        if line.rstrip().endswith("."):
            break
    return kept


def _bare(passage: Passage, span: Span) -> Span | None:
    """Return `span` without its dash, strokes and final mark, None if no word is left."""
    start, end = span
    if found := _STROKES.match(passage.text, start, end):
        start = found.end()
    tail = _TAIL.search(passage.text[start:end])
    end = start + tail.start() if tail else end
    letters = sum(map(str.isalpha, passage.text[start:end]))
    return (start, end) if letters >= 2 else None


def _values(
    passage: Passage, items: list[Span], rule: str, prior: float, settings: Settings
) -> list[Value]:
    finds = [Find(passage, start, end, rule, prior) for start, end in items]
    return [find.value(find.raw, settings) for find in finds]
