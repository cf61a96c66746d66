# SPDX-License-Identifier: Apache-2.0
"""Where head and foot stand: the page of the head, and the printed lines of a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Block, Role
from pipeline.passage import compose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Document, Page
    from pipeline.passage import Passage

_HEAD_ROLES = frozenset(
    (Role.ORGAN, Role.MOTTO, Role.NUMBER, Role.PLACE_DATE, Role.TITLE, Role.SUBJECT)
)
# A head of two organs, number, date, title, urgency and addressees takes up to 25 printed lines;
# what stands below is the body, where numbers and dates are those of other documents.
_HEAD_LINES = 25


def head_page(document: Document) -> Page | None:
    """Return the page with the head: the first that has a part of it, else the first page."""
    for page in document.pages:
        if has_head(page):
            return page
    return document.pages[0] if document.pages else None


def has_head(page: Page) -> bool:
    """Return whether a part of the head of a document stands on `page`."""
    return any(block.role in _HEAD_ROLES for block in page.blocks)


def printed_lines(blocks: Iterable[tuple[Page, Block]]) -> Passage:
    """Return a passage that keeps the printed lines: one line each."""
    return compose(
        (page, Block(block.role, (line,))) for page, block in blocks for line in block.lines
    )


def lines_of(page: Page, *roles: Role) -> Passage:
    """Return the printed lines of the blocks of `roles` on `page`; empty text if there is none."""
    return printed_lines((page, block) for block in page.blocks if block.role in roles)


def head_lines(page: Page) -> Passage:
    """Return the first printed lines of `page` in reading order, whatever their roles."""
    lines = [
        (page, Block(block.role, (line,))) for block in page.text_blocks for line in block.lines
    ]
    return compose(lines[:_HEAD_LINES])


def lines_above_foot(page: Page) -> Passage:
    """Return `head_lines` without the foot of a short document: posts look like types."""
    foot = (Role.RECIPIENTS, Role.SIGNATURE)
    lines = [
        (page, Block(block.role, (line,)))
        for block in page.text_blocks
        if block.role not in foot
        for line in block.lines
    ]
    return compose(lines[:_HEAD_LINES])


def line_spans(passage: Passage) -> list[tuple[int, int]]:
    """Return (start, end) of every line of the passage's text."""
    spans, start = [], 0
    for line in passage.text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return [(start, end) for start, end in spans if end > start]
