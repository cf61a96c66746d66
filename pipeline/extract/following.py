# SPDX-License-Identifier: Apache-2.0
"""The documents of one file: offices scan a day's mail as one, and an archive wants them apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.parts import has_head
from pipeline.record import Warning as Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Document, Page
    from pipeline.record import FollowingDocument


def documents_in(document: Document) -> list[Document]:
    """Return the documents that follow one another in a file, each with its own pages.

    The pages before the first head are a cover sheet: they belong to the first document. So does
    the digital signature of the file.
    """
    pages = document.pages
    starts = [place for place, page in enumerate(pages) if place and page.opens_document]
    if starts and not has_head(pages[0]):
        starts = starts[1:]
    first, *others = _parted(pages, starts)
    return [
        replace(document, pages=first),
        *(replace(document, pages=part, signatures=()) for part in others),
    ]


def _parted(pages: Sequence[Page], starts: Sequence[int]) -> list[tuple[Page, ...]]:
    edges = [0, *starts, len(pages)]
    return [tuple(pages[start:end]) for start, end in pairwise(edges)]


def notice_of(following: FollowingDocument) -> Notice:
    """Return the warning that tells where to split the file."""
    number = following.number.value if following.number else None
    what = f"document {number}" if number else "document"
    message = f"another {what} begins on page {following.page}: split the file there"
    return Notice(code="document_follows", message=message, field="following", page=following.page)
