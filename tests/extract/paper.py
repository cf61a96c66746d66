# SPDX-License-Identifier: Apache-2.0
"""Documents for the tests, written down as roles and lines."""

from __future__ import annotations

from pipeline.model import (
    Block,
    Box,
    Document,
    Line,
    Page,
    Role,
    Source,
    TextLayer,
    Verdict,
    Word,
)

Part = tuple[Role, str]


def line(text: str, top: float = 100.0, confidence: float | None = None) -> Line:
    """A printed line; with a confidence it was read from an image and has boxes."""
    words, left = [], 60.0
    for word in text.split():
        box = Box(left, top, left + 6 * len(word), top + 14) if confidence is not None else None
        words.append(Word(word, box, confidence))
        left += 6 * len(word) + 4
    return Line(tuple(words))


def document(*pages: list[Part], confidence: float | None = None) -> Document:
    """A document; a part is a role and its lines, "ỦY BAN NHÂN DÂN | TỈNH BẮC GIANG"."""
    made = []
    for number, parts in enumerate(pages, 1):
        top, blocks = 40.0, []
        for role, text in parts:
            lines = []
            for printed in text.split(" | "):
                lines.append(line(printed, top, confidence))
                top += 18
            blocks.append(Block(role, tuple(lines)))
        layer = TextLayer(Verdict.NONE, "written for a test")
        made.append(Page(number, 595.0, 842.0, layer, tuple(blocks)))
    return Document(Source("test", (), "0" * 64, 0, "text/plain"), tuple(made))
