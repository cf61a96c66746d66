# SPDX-License-Identifier: Apache-2.0
"""Pictures as they are stored in a PDF, found by the names that a page has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

# JPEG and JPEG 2000 end with this mark, which cannot occur within their data; some scanners
# leave a few bytes behind it.
_END_MARK = b"\xff\xd9"
_MARKED = frozenset(("/DCTDecode", "/JPXDecode"))

# Data that decode to a known number of bytes, if they are not packed at all or packed like this.
_COUNTED = frozenset(("/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/RunLengthDecode"))
_CHANNELS = {"/DeviceRGB": 3, "/DeviceCMYK": 4}
_BEHIND = 4096


def stored_pictures(page: pikepdf.Page) -> Iterator[pikepdf.Stream]:
    """Yield the pictures that `page` names, those within its forms included, each once."""
    waiting = [page.resources] if "/Resources" in page else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        named = waiting.pop().get("/XObject")
        if not isinstance(named, pikepdf.Dictionary):
            continue
        for item in named.values():
            if not isinstance(item, pikepdf.Stream) or item.objgen in seen:
                continue
            seen.add(item.objgen)
            if item.get("/Subtype") == "/Image":
                yield item
            elif isinstance(inner := item.get("/Resources"), pikepdf.Dictionary):
                waiting.append(inner)


def pixels_of(picture: pikepdf.Stream) -> tuple[int, int]:
    """Return width and height of a stored picture, 0 where it does not say."""
    return int(picture.get("/Width", 0)), int(picture.get("/Height", 0))


def see_through(page: pikepdf.Page) -> frozenset[tuple[int, int]]:
    """Return width and height of the pictures with a mask: a signature or seal over the text.

    NĐ 30/2020, Phụ lục I asks for signatures and seals as pictures with a transparent ground.
    """
    return frozenset(
        pixels_of(picture)
        for picture in stored_pictures(page)
        if "/SMask" in picture or "/Mask" in picture
    )


def is_whole(picture: pikepdf.Stream) -> bool:
    """Return whether the data of a picture reach to its end, as far as its filter shows that.

    Raises:
        pikepdf.PdfError: the data cannot be decoded.
    """
    steps = steps_of(picture)
    if len(steps) == 1 and steps[0] in _MARKED:
        return _END_MARK in picture.read_raw_bytes()[-_BEHIND:]
    if set(steps) <= _COUNTED:
        width, height = pixels_of(picture)
        bits = int(picture.get("/BitsPerComponent", 1)) * _CHANNELS.get(_space(picture), 1)
        return len(picture.read_bytes()) >= (width * bits + 7) // 8 * height
    return True


def steps_of(stream: pikepdf.Stream) -> list[str]:
    """Return the names of the filters by which a stream is packed, the outermost first."""
    filters = stream.get("/Filter", pikepdf.Array())
    if isinstance(filters, pikepdf.Array):
        return [str(step) for step in filters]
    return [str(filters)]


def _space(picture: pikepdf.Stream) -> str:
    return str(picture.get("/ColorSpace"))
