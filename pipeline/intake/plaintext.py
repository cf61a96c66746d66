# SPDX-License-Identifier: Apache-2.0
"""Plain text: bytes -> pages of Unicode; a form feed parts pages, as pdftotext writes it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from pipeline.errors import EmptyError, NotADocumentError
from pipeline.intake.kinds import is_text
from pipeline.intake.legacy import find_encoding, to_unicode
from pipeline.intake.sheet import Sheet
from pipeline.intake.textlayer import judge_text
from pipeline.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x1a": None, "\ufeff": None})


def decode(data: bytes, name: str) -> str:
    """Return the text in `data`: UTF-8, UTF-16 with its mark, else bytes of a code page.

    The last are taken as Windows-1252, the way in which TCVN3 and VNI text is mistaken everywhere.

    Raises:
        NotADocumentError: the bytes are no text.
    """
    if not is_text(data):
        raise NotADocumentError(f"{name} is no text: give a UTF-8 file, or a PDF or picture")
    try:
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        return "".join(_western(byte) for byte in data)


def _western(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:  # five bytes that Windows-1252 leaves free
        return chr(byte)


def split_pages(text: str, name: str) -> list[str]:
    """Return the pages of `text` with plain line feeds; blanks after the last form feed are none.

    Raises:
        EmptyError: there is nothing but blanks.
    """
    text = text.replace("\r\n", "\n").translate(_BREAKS)
    if not text.strip():
        raise EmptyError(f"{name} holds no text: give a file with text, or scan the page")
    pages = text.split("\f")
    return pages[:-1] if not pages[-1].strip() else pages


def text_sheets(pages: list[str], first: int = 1, last: int | None = None) -> Iterator[Sheet]:
    """Yield pages `first` to `last`, in NFC; a legacy code page is told from the whole text."""
    encoding = find_encoding("\n".join(pages))
    for number, page in list(enumerate(pages, start=1))[first - 1 : last]:
        text = nfc(to_unicode(page, encoding) if encoding else page)
        layer = judge_text(text, encoding.value if encoding else "")
        yield Sheet(number=number, width=None, height=None, layer=layer, text=text)
