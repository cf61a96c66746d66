# SPDX-License-Identifier: Apache-2.0
"""Small documents for the tests of this room."""

from __future__ import annotations

from pathlib import Path

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

# Enough right Vietnamese that a page counts as read by a reader that knows it.
CLEAN = "Các cơ quan, đơn vị có trách nhiệm thực hiện nghiêm túc những nội dung của văn bản này."
# And enough that it counts as read by one that does not.
GARBLED = "Cac co quan, don vi cé trach nhiém thyc hién nghiém tuc nhiing ndi dung cua vin ban nay."


def block(role: Role, *lines: str) -> Block:
    return Block(role, tuple(Line(tuple(Word(word) for word in line.split())) for line in lines))


def boxed(role: Role, *words: str) -> Block:
    """One line whose words have places and a confidence of 0.9."""
    placed = tuple(Word(word, Box(10 * n, 0, 10 * n + 9, 8), 0.9) for n, word in enumerate(words))
    return Block(role, (Line(placed),))


def document(*blocks: Block) -> Document:
    page = Page(1, None, None, TextLayer(Verdict.NONE, "a test"), blocks)
    return Document(Source("test.txt", (Path("test.txt"),), "0" * 64, 1, "text/plain"), (page,))


def words(made: Document) -> list[Word]:
    return [w for page in made.pages for b in page.blocks for line in b.lines for w in line.words]


def text(made: Document, role: Role) -> str:
    return "\n".join(b.text for page in made.pages for b in page.blocks if b.role is role)


def before(made: Document) -> list[str]:
    """The lines as they were read, put together from the receipts."""
    return [
        " ".join(word.edit.before if word.edit else word.text for word in line.words)
        for page in made.pages
        for b in page.blocks
        for line in b.lines
    ]


def as_read(made: Document) -> list[str]:
    return [
        " ".join(word.text for word in line.words)
        for page in made.pages
        for b in page.blocks
        for line in b.lines
    ]
