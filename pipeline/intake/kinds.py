# SPDX-License-Identifier: Apache-2.0
"""What kind of file this is, told by its bytes: a name may say anything."""

from __future__ import annotations

import stat
import struct
import zipfile
from typing import TYPE_CHECKING

from pipeline.errors import EmptyError, InputError, NotADocumentError

if TYPE_CHECKING:
    from pathlib import Path

PDF, TIFF, PNG, JPEG = "application/pdf", "image/tiff", "image/png", "image/jpeg"
TEXT = "text/plain"
IMAGES = frozenset((TIFF, PNG, JPEG))

# Readers accept a PDF whose header lies within the first 1,024 bytes (ISO 32000-1, annex H.3).
_HEAD = 8192
_PDF_WITHIN = 1024

_IMAGE_MAGIC = (
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),  # BigTIFF
    (b"MM\x00+", TIFF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)

# What people hand in instead: offset and bytes that tell it, what it is, what to do about it.
_PRINT = "print it to PDF first"
_CONVERT = "save it as PNG or JPEG first"
_UNPACK = "unpack it first"
_OTHERS = (
    (0, b"\xd0\xcf\x11\xe0", "an old Office document", _PRINT),
    (0, b"{\\rtf", "an RTF document", _PRINT),
    (0, b"%!PS", "a PostScript file", "make a PDF of it first"),
    (0, b"AT&TFORM", "a DjVu file", "make a PDF of it first"),
    (0, b"Rar!", "a RAR archive", _UNPACK),
    (0, b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (0, b"\x1f\x8b", "a gzip archive", _UNPACK),
    (0, b"GIF8", "a GIF picture", _CONVERT),
    (0, b"BM", "a BMP picture", _CONVERT),
    (8, b"WEBP", "a WebP picture", _CONVERT),
    (4, b"ftyp", "a HEIC picture or a film", _CONVERT),
    (4, b"jP  ", "a JPEG 2000 picture", _CONVERT),
)
_OFFICE = (
    ("word/", "a Word document"),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
)
_WEB_PAGE = (b"<!doctype html", b"<html", b"<?xml")

# Control characters that occur in text: tab, line feed, form feed, carriage return, DOS end.
_TEXT_BYTES = b"\t\n\x0b\x0c\r\x1a" + bytes(byte for byte in range(0x20, 0x100) if byte != 0x7F)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PICTURE_OR_PDF = frozenset((".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg"))


def identify(path: Path) -> str:
    """Return the media type of the file at `path`, from its bytes.

    Raises:
        InputError: it cannot be opened, or is no file: a folder, a pipe, a device.
        EmptyError: it has no bytes.
        NotADocumentError: it is of a kind that is not read here; the message says what to do.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, for ever
            raise InputError(f"{path.name} is no file: give a document")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{path.name} cannot be opened ({reason}): check the file") from error
    if not head:
        raise EmptyError(f"{path.name} is empty (0 bytes): fetch or scan it again")
    if kind := binary_kind(head):
        return kind
    what, remedy = _foreign(path, head)
    if what:
        raise NotADocumentError(f"{path.name} is {what}: {remedy}")
    if not is_text(head):
        raise NotADocumentError(
            f"{path.name} is no document: PDF, TIFF, PNG, JPEG and text files are read"
        )
    if path.suffix.lower() in _PICTURE_OR_PDF:
        raise NotADocumentError(
            f"{path.name} is text inside, not what its name says: rename it to .txt or fetch it "
            "again"
        )
    return TEXT


def binary_kind(head: bytes) -> str | None:
    """Return the media type if the first bytes are those of a PDF or a picture, else None."""
    for magic, kind in _IMAGE_MAGIC:
        if head.startswith(magic):
            return kind
    return PDF if b"%PDF-" in head[:_PDF_WITHIN] else None


def is_text(head: bytes) -> bool:
    """Return whether bytes are text in UTF-8, in a one-byte code page, or marked UTF-16."""
    if head.startswith(_BYTE_ORDER_MARKS):
        return True
    return not head.translate(None, _TEXT_BYTES)


def _foreign(path: Path, head: bytes) -> tuple[str, str]:
    """Return what a file is that is not read here, and what to do; ("", "") if unknown."""
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    for offset, magic, what, remedy in _OTHERS:
        is_short_text = magic == b"BM" and is_text(head)  # "BM" may begin a text as well
        if head.startswith(magic, offset) and not is_short_text:
            return what, remedy
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
        return "a web page or XML file", _PRINT
    return "", ""


def _inside_zip(path: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        return "a damaged archive or Office document", "fetch it again"
    for beginning, what in _OFFICE:
        if any(name.startswith(beginning) for name in names):
            return what, _PRINT
    return "a ZIP archive", _UNPACK
