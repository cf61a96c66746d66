# SPDX-License-Identifier: Apache-2.0
"""Kính gửi: whom a document addresses, one value an addressee (NĐ 30/2020, Phụ lục I, II.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.list_items import DASH, after_label, list_values, split_items
from pipeline.extract.parts import head_lines, head_page, line_spans, printed_lines
from pipeline.likeness import plain
from pipeline.model import Role

if TYPE_CHECKING:
    from pipeline.extract.list_items import Span
    from pipeline.model import Document
    from pipeline.passage import Passage
    from pipeline.record import Value
    from pipeline.settings import Settings


# "Kính gửi:", or of a công điện "THỦ TƯỚNG CHÍNH PHỦ điện:".
_ADDRESSED = re.compile(r"[^\w\n]*(?:kinh\s*g\wi|[^\n:]{0,80}?\bdien(?=\s*:))\s*[:;.,]?\s*")
# Where an addressee lives, in brackets behind the name or on a line of its own.
_ADDRESS = re.compile(
    r"(?:^|\s*[.,;(][\s(]*)"
    r"(?:d/c|dia chi|mst|ma so thue|so dt|so dien thoai|dien thoai|email)\b|\.\s*\("
)
# A sentence behind the name is the body's: "… trực thuộc Trung ương. Thời gian qua, …".
_SENTENCE = re.compile(
    r"(?:(?<=[^\W\d_]{2})(?<!TP)(?<!TX)(?<!TT)(?<![TBGK]S)(?<!Th[sS])|(?<=\)))[.]?\s+"
    r"(?<=[.)]\s)(?=[A-ZĐ][^.]{25})"
)
_ALSO = re.compile(r"\W*dong kinh gui\s*[:;.,]?\s*")
# What may not follow "Kính gửi" in the head: the body begins.
_BODY = re.compile(r"\W*(thuc hien|can cu|ngay|de|sau khi|trien khai|theo|[1iv]+\s?\.)\b")
_HOW_LONG = 120


def extract_addressees(document: Document, settings: Settings) -> list[Value]:
    """Return whom the document addresses, in order; empty if nobody.

    That is who stands behind "Kính gửi", or behind "điện:" in a công điện.
    """
    page = head_page(document)
    if page is None:
        return []
    blocks = [(page, block) for block in page.blocks if block.role is Role.ADDRESSEES]
    if blocks:
        passage = printed_lines(blocks)
        spans = after_label(passage, line_spans(passage), _ADDRESSED)
        return _values(passage, spans, "addressees.box", 0.96, settings)
    passage = head_lines(page)
    spans = line_spans(passage)
    for at, span in enumerate(spans):
        if _is_label(passage, span):
            rest = after_label(passage, _addressee_lines(passage, spans[at:]), _ADDRESSED)
            return _values(passage, rest, "addressees.head", 0.75, settings)
    return []


def _is_label(passage: Passage, span: Span) -> bool:
    """Return whether a line begins with "Kính gửi", or with an organ in capitals and "điện:"."""
    line = passage.text[slice(*span)]
    found = _ADDRESSED.match(plain(line))
    if found is None:
        return False
    wired = re.search(r"\bdien\s*[:;.,]?\s*$", plain(found[0]))
    return wired is None or line[: wired.start()].isupper()


def _values(
    passage: Passage, spans: list[Span], rule: str, prior: float, settings: Settings
) -> list[Value]:
    items = [_name_alone(passage, item) for item in split_items(passage, spans)]
    return list_values(passage, [item for item in items if item], rule, prior, settings)


def _name_alone(passage: Passage, item: Span) -> Span | None:
    """Return the span of the name, None if the item is nothing but an address."""
    start, end = item
    if also := _ALSO.match(plain(passage.text[start:end])):
        start += also.end()
    text = passage.text[start:end]
    cuts = [found for found in (_ADDRESS.search(plain(text)), _SENTENCE.search(text)) if found]
    stop = min((found.start() for found in cuts), default=len(text))
    return (start, start + stop) if stop > 1 else None


def _addressee_lines(passage: Passage, spans: list[Span]) -> list[Span]:
    """Return the line of "Kính gửi" and the dashed or short lines that go on with the list."""
    kept = spans[:1]
    first = passage.text[kept[0][0] : kept[0][1]]
    open_list = first.rstrip().endswith((":", ";"))
    for start, end in spans[1:]:
        line = passage.text[start:end]
        item = DASH.match(line) or (open_list and len(line) < _HOW_LONG)
        if not item or _BODY.match(plain(line)):
            break
        kept.append((start, end))
        if line.rstrip().endswith("."):
            break
    return kept
