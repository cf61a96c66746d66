# SPDX-License-Identifier: Apache-2.0
"""Open what came in, name it, and refuse what cannot be read, each with one clear line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator  # noqa: TC003 - part of a dataclass
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import InputError, NotADocumentError, TooManyPagesError
from pipeline.intake.images import count_frames, image_sheets
from pipeline.intake.kinds import IMAGES, PDF, TEXT, identify
from pipeline.intake.pdf import open_pdf
from pipeline.intake.plaintext import decode, split_pages, text_sheets
from pipeline.intake.sheet import Sheet  # noqa: TC001 - part of a dataclass
from pipeline.model import DigitalSignature, Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.settings import Settings

# Megabytes of plain text; a thousand pages have five.
_MOST_OF_TEXT = 50.0

__all__ = ["OpenSource", "identify", "open_source", "open_text", "sha256_of"]


class Sheets(Protocol):
    """What gives the sheets of a document, one at a time so that only one is in memory."""

    def __call__(self, first: int = 1, last: int | None = None) -> Iterator[Sheet]:
        """Yield sheets `first` to `last`, all by default."""


@dataclass(frozen=True, slots=True)
class OpenSource:
    """A document that is open for reading.

    Attributes:
        source: what the record tells of it.
        page_count: how many sheets there are.
        sheets: yields them in order, anew at each call.
        signatures: who signed the file, as it says itself.
    """

    source: Source
    page_count: int
    sheets: Sheets
    signatures: tuple[DigitalSignature, ...] = ()


@contextmanager
def open_source(paths: Sequence[Path], name: str, settings: Settings) -> Iterator[OpenSource]:
    """Open the document in `paths`, called `name` in its record, for as long as the block runs.

    More than one path makes one document of page images. Sizes and numbers of pages are checked
    before anything is decoded; data that are cut off show when their sheet is asked for.

    Raises:
        EncryptedError: a password is needed.
        EmptyError: no bytes, or no page.
        DamagedError: cut off or broken inside.
        NotADocumentError: of a kind that is not read here.
        PageTooLargeError: a page has more pixels than `max_megapixels`.
        TooManyPagesError: more pages than `max_pages`.
        InputError: a file cannot be opened, or has more than `max_megabytes`, or 50 of text.
    """
    kinds = [identify(path) for path in paths]
    size = _checked_size(paths, kinds, settings)
    source = Source(
        name=name,
        paths=tuple(paths),
        sha256=sha256_of(paths),
        size=size,
        media_type=kinds[0] if len(set(kinds)) == 1 else "image/*",
    )
    if set(kinds) <= IMAGES:
        pages = sum(count_frames(path, settings) for path in paths)
        _check_count(pages, name, settings)
        yield OpenSource(source, pages, partial(image_sheets, source.paths, settings))
    elif len(paths) > 1:
        raise NotADocumentError(f"{name}: only pictures can be pages of one document")
    elif kinds == [PDF]:
        with open_pdf(paths[0], settings) as pdf:
            _check_count(pdf.page_count, name, settings)
            yield OpenSource(source, pdf.page_count, partial(pdf.sheets, settings), pdf.signatures)
    else:
        yield _text_source(source, _bytes_of(paths[0]), settings)


@contextmanager
def open_text(data: bytes | str, name: str, settings: Settings) -> Iterator[OpenSource]:
    """Open text that came by another way than a file, for instance on stdin.

    Raises:
        EmptyError: there is nothing but blanks.
        NotADocumentError: the bytes are no text.
        TooManyPagesError: more pages (parted by form feeds) than `max_pages`.
        InputError: more than `max_megabytes`.
    """
    content = data.encode() if isinstance(data, str) else data
    _check_megabytes(len(content), name, TEXT, settings)
    source = Source(name, (), hashlib.sha256(content).hexdigest(), len(content), TEXT)
    yield _text_source(source, content, settings)


def _text_source(source: Source, data: bytes, settings: Settings) -> OpenSource:
    pages = split_pages(decode(data, source.name), source.name)
    _check_count(len(pages), source.name, settings)
    return OpenSource(source, len(pages), partial(text_sheets, pages))


def sha256_of(paths: Sequence[Path]) -> str:
    """Return the SHA-256 of the bytes of all files, in order, read piece by piece.

    Raises:
        InputError: a file cannot be read.
    """
    total = hashlib.sha256()
    for path in paths:
        with _reading(path), path.open("rb") as file:
            while piece := file.read(1 << 20):
                total.update(piece)
    return total.hexdigest()


def _bytes_of(path: Path) -> bytes:
    with _reading(path):
        return path.read_bytes()


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{path.name} cannot be read ({error.strerror}): check it") from error


def _checked_size(paths: Sequence[Path], kinds: Sequence[str], settings: Settings) -> int:
    total = 0
    for path, kind in zip(paths, kinds, strict=True):
        with _reading(path):
            size = path.stat().st_size
        _check_megabytes(size, path.name, kind, settings)
        total += size
    return total


def _check_megabytes(size: int, name: str, kind: str, settings: Settings) -> None:
    most = settings.max_megabytes
    if kind == TEXT and size > min(most, _MOST_OF_TEXT) * 1e6:
        raise InputError(
            f"{name} has {size / 1e6:,.0f} megabytes of text, {min(most, _MOST_OF_TEXT):,.0f} are "
            "allowed: split it"
        )
    if size > most * 1e6:
        raise InputError(
            f"{name} has {size / 1e6:,.0f} megabytes, {most:,.0f} are allowed: "
            "split it or raise SOHOA_MAX_MEGABYTES"
        )


def _check_count(pages: int, name: str, settings: Settings) -> None:
    if pages > settings.max_pages:
        raise TooManyPagesError(
            f"{name} has {pages} pages, {settings.max_pages} are allowed: split it or raise "
            "--max-pages"
        )
