# SPDX-License-Identifier: Apache-2.0
"""Nơi nhận: who gets the document, one value an item (NĐ 30/2020, Phụ lục I, II.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.list_items import after_label, list_values, split_items
from pipeline.extract.parts import line_spans, printed_lines
from pipeline.model import Role
from pipeline.passage import Passage

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.record import Value
    from pipeline.settings import Settings


_RECEIVED = re.compile(r"[^\w\n]*n\wi\s*nh\wn\s*[:;.,]?\s*")


def extract_recipients(document: Document, settings: Settings) -> list[Value]:
    """Return who gets the document ("Nơi nhận"), in order, of the first such list."""
    passage, items = find_recipients(document)
    return list_values(passage, items, "recipients.box", 0.96, settings)


def find_recipients(document: Document) -> tuple[Passage, list[tuple[int, int]]]:
    """Return the first list of recipients, and the span of each of its items."""
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
            spans = after_label(passage, line_spans(passage), _RECEIVED)
            return passage, split_items(passage, spans)
    return Passage("", ()), []
