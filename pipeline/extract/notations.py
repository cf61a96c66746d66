# SPDX-License-Identifier: Apache-2.0
"""Ký hiệu: the letters of a document's number, and what they may look like after reading."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dictionary import rows
from pipeline.likeness import plain

# Parts of a notation: "QĐ-UBND", "2026/NQ-CP", "TB/TW", "QĐ-ĐHLN-TCCB", "2025/QH15". A hyphen may
# have got a blank beside it at a line end ("TTg- CĐS").
# A part may have one of its own behind a dot ("CT.UBND", "VPCP-V.I"), one more slash an annex.
_PART = r"[A-ZĐƯ§][A-Za-zĐđƯưÔÂ0-9&Ð§]*(?:\.(?:[A-ZĐƯ]{2,}|[IVX]+)(?![^\W_]))*"
NOTATION = rf"(?:(?:19|20)\d\d\s?[/|]\s?)?{_PART}(?:\s?[-–—_~]\s?{_PART}|/[A-ZĐ]{_PART}){{0,6}}"
# Party: the type before the slash, the organ after it ("205-QĐ/TW", "12-NQ/BCSĐ").
PARTY_NOTATION = r"[A-ZĐ][A-Za-zĐđ]{0,4}\s?/\s?[A-ZĐ][A-ZĐƯa-z.]*(?:-[A-ZĐƯ]+)?"

_SEPARATORS = re.compile(r"\s*([-–—_~/|])\s*")
# Tesseract often reads a capital Đ twice, as Đ and as Ð.
_DOUBLED = re.compile(r"[ĐÐ]{2}")
_YEAR_OR_TERM = re.compile(r"(?:19|20)\d\d|(?:UBTV)?QH\d{1,2}")


def clean_notation(text: str) -> str:
    """Return a notation without blanks, its parts as the lexicon writes them.

    "QD -UBND" -> "QĐ-UBND". A part that the lexicon does not know is kept as read, and so is one
    that fits several ("DA" is both a type and what "ĐA" looks like: as read it is known).
    """
    pieces = _SEPARATORS.split(text.strip().rstrip(".").replace("§", "S"))
    dashes = {"–": "-", "—": "-", "_": "-", "~": "-", "|": "/"}
    return "".join(
        dashes.get(piece, piece) if number % 2 else _clean_part(piece)
        for number, piece in enumerate(pieces)
    )


def type_code(notation: str) -> str:
    """Return the first part of a notation, where a type's code stands: "2026/NQ-CP" -> "NQ"."""
    parts = [part for part in re.split(r"[-/]", notation) if part]
    if parts and re.fullmatch(r"(?:19|20)\d\d", parts[0]):
        parts = parts[1:]
    return parts[0] if parts else ""


def is_known_notation(number: str) -> bool:
    """Return whether the lexicon has every part of a number's notation but digits.

    Parts that are made of known ones by "&" count too ("TC&KH").
    """
    parts = re.split(r"[-/&]", number)[1:]
    return all(
        part in _known() or _YEAR_OR_TERM.fullmatch(part) or part.isdigit() for part in parts
    )


def _clean_part(part: str) -> str:
    if part in _known() or _YEAR_OR_TERM.fullmatch(part):
        return part
    likely = _by_plain().get(plain(part)) or _by_plain().get(plain(_DOUBLED.sub("Đ", part)))
    return next(iter(likely)) if likely and len(likely) == 1 else part


@cache
def _known() -> frozenset[str]:
    codes = {row["code"] for row in rows("document_types") if row["code"]}
    return frozenset(codes | {row["part"] for row in rows("notations")})


@cache
def _by_plain() -> dict[str, frozenset[str]]:
    meeting: dict[str, set[str]] = {}
    for part in _known():
        meeting.setdefault(plain(part), set()).add(part)
    return {key: frozenset(parts) for key, parts in meeting.items()}
