# SPDX-License-Identifier: Apache-2.0
"""What a person has to know about a page as it was read: nothing is left out in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Role
from pipeline.reading.furniture import is_signed_by
from pipeline.record import Warning as RecordWarning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Line, Page, Word

# A line of so many words that are surely words is no speck, no scribble and no seal.
_SENTENCE = 10
_SURE = 0.8


def page_warnings(pages: Sequence[Page]) -> Iterator[RecordWarning]:
    """Yield a warning for each page that was not read, or whose text was partly set apart.

    What lies above the head, in the margin or between signature and name is set apart as noise;
    should it be sentences, then the parts of the page were taken for others.
    """
    for page in pages:
        if page.error is not None:
            yield RecordWarning(code="page_not_read", message=page.error, page=page.number)
        lost = [line for line in _noise(page) if _is_sentence(line)]
        if lost:
            message = f"Read, but set apart from the text: {' '.join(line.text for line in lost)}"
            yield RecordWarning(code="text_set_apart", message=message, page=page.number)


def _noise(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if block.role is Role.NOISE:
            yield from block.lines


def _is_sentence(line: Line) -> bool:
    return sum(map(_is_sure, line.words)) >= _SENTENCE and not is_signed_by(line.text)


def _is_sure(word: Word) -> bool:
    letters = sum(map(str.isalpha, word.text))
    return letters > 1 and (word.confidence is None or word.confidence >= _SURE)
