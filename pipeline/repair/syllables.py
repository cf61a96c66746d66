# SPDX-License-Identifier: Apache-2.0
"""Which words are real Vietnamese, and whether a page was read by a reader that knows none."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dictionary import rows
from pipeline.vietnamese import fold_tone_placement, strip_marks

_WORD = re.compile(r"[^\W\d_]{2,}")
# The share of words with marks that are real: 0.72 and more in pages read by `vie` and in text
# as typed, 0.15 and less in pages read by `eng` (the plan 194/KH-UBND has 0.10).
_GARBLED = 0.45
# Fewer words tell nothing.
_FEWEST = 12
# As many words as these have a mark somewhere.
_A_FEW = 4


@cache
def real_syllables() -> frozenset[str]:
    """Return the syllables of the dictionary and of the archivist, lower case, old tone place."""
    counted = frozenset(fold_tone_placement(row["syllable"].lower()) for row in rows("syllables"))
    return counted | own_syllables()


@cache
def own_syllables() -> frozenset[str]:
    """Return the words that the archivist says are right, lower case, old tone place."""
    own = (row["phrase"] for row in rows("custom") if row["kind"] == "syllable")
    return frozenset(fold_tone_placement(word.lower()) for word in own)


def is_real(word: str) -> bool:
    """Return whether a word, without punctuation, is a syllable that texts use."""
    return fold_tone_placement(word.lower()) in real_syllables()


def has_marks(word: str) -> bool:
    """Return whether a word carries any Vietnamese mark."""
    return strip_marks(word) != word


def is_garbled(text: str) -> bool | None:
    """Return whether a text was read without Vietnamese; None if it is too short to tell."""
    words = _WORD.findall(text)
    if len(words) < _FEWEST:
        return None
    return sum(has_marks(word) and is_real(word) for word in words) < _GARBLED * len(words)


def has_vietnamese(text: str) -> bool:
    """Return whether a short text shows that its reader knew Vietnamese.

    It does if a word has marks and is real, and also if there are too few words to ask.
    """
    words = _WORD.findall(text)
    return len(words) < _A_FEW or any(has_marks(word) and is_real(word) for word in words)
