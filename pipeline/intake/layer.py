# SPDX-License-Identifier: Apache-2.0
"""Tokens of a PDF page -> lines of words in NFC Unicode, legacy code pages converted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.intake.legacy import Encoding, find_encoding, font_encoding, to_unicode
from pipeline.model import Line, Word
from pipeline.vietnamese import nfc, syllable_share

if TYPE_CHECKING:
    from pipeline.intake.glyphs import Token


def lines_of(rows: list[list[Token]]) -> tuple[tuple[Line, ...], str]:
    """Return the lines, and the name of the code page they were converted from ("" for none).

    A font's name tells the code page of its words; but since programs also map such fonts to
    Unicode by themselves, the words of a code page are converted only if that helps.
    """
    encodings = _encodings([token for row in rows for token in row])
    lines = (tuple(_word(token, encodings[token.font]) for token in row) for row in rows)
    named = Counter(encoding.value for encoding in encodings.values() if encoding)
    kept = tuple(Line(words) for words in lines if any(word.text for word in words))
    return kept, named.most_common(1)[0][0] if named else ""


def _encodings(tokens: list[Token]) -> dict[str, Encoding | None]:
    """Return the code page of each font, None for those that need no conversion."""
    whole = find_encoding(" ".join(token.text for token in tokens))
    found: dict[str, Encoding | None] = {}
    for font in {token.font for token in tokens}:
        text = " ".join(token.text for token in tokens if token.font == font)
        named = font_encoding(font)
        if named and syllable_share(to_unicode(text, named, font)) > syllable_share(nfc(text)):
            found[font] = named
        else:
            found[font] = None if named else find_encoding(text) or _like(whole, text)
    return found


def _like(whole: Encoding | None, text: str) -> Encoding | None:
    """Return the code page of the page for a font of few words, if they are no worse for it."""
    if whole is None:
        return None
    better = syllable_share(to_unicode(text, whole)) > syllable_share(nfc(text))
    return whole if better else None


def _word(token: Token, encoding: Encoding | None) -> Word:
    text = to_unicode(token.text, encoding, token.font) if encoding else token.text
    return Word(nfc(text), token.box)
