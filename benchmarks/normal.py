# SPDX-License-Identifier: Apache-2.0
"""The keys under which a true and a given value count as the same."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from pipeline.vietnamese import fold_tone_placement, nfc

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES = str.maketrans("“”„‟‘’", '""""\'\'')
# The mark that closes a line of a list or a text: "Như trên;", "… Quảng Ngãi./."
_TRAILING = re.compile(r"[\s.,;:/]+$")


def text_key(text: str) -> str:
    """Return running text for comparison: NFC, tone placement folded, blanks as one space."""
    return " ".join(fold_tone_placement(nfc(text)).split())


@cache
def word_key(text: str) -> str:
    """Return a word for comparison: `text_key`, one kind of dash and of quotation marks."""
    return _DASHES.sub("-", text_key(text)).translate(_QUOTES)


def value_key(text: str) -> str:
    """Return a field's value for comparison: `word_key` without final punctuation."""
    return _TRAILING.sub("", word_key(text))


@cache
def caseless_key(text: str) -> str:
    """Return `value_key` in lower case, for names printed in capitals or not (UBND lines)."""
    return value_key(text).casefold()


def number_key(text: str) -> str:
    """Return a document's number for comparison: no blanks at all ("17/NQ- CP" = "17/NQ-CP")."""
    return value_key(text).replace(" ", "")


def similarity(first: str, second: str) -> float:
    """Return how alike two values are, 0–1 (edits over both lengths), whatever their case."""
    return fuzz.ratio(caseless_key(first), caseless_key(second)) / 100
