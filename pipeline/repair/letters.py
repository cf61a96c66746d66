# SPDX-License-Identifier: Apache-2.0
"""Letters, onsets and rimes: what a reader confuses, and the case in which it saw them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipeline.vietnamese import fold_tone_placement, is_syllable, strip_marks

Case = Literal["lower", "Capital", "CAPITALS"]

_VOWELS = "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ"
_LOWER = _VOWELS.replace(" ", "") + "bcdđfghjklmnpqrstvwxz"
# Every letter of Vietnamese and of the foreign words in it, small ones first.
ALPHABET = _LOWER + _LOWER.upper()
NUMBER = {letter: number for number, letter in enumerate(ALPHABET)}

# "gi" is an onset before a vowel only: "gì" is g + ì.
_ONSET = re.compile(
    r"gi(?=[^\W_bcdđghklmnpqrstvx])|ngh?|nh|gh?|kh|ph|qu|th|tr|ch|[bcdđhklmnprstvx]|", re.IGNORECASE
)
# So many letters of a word in capitals are no accident (THOI1, NGHiA).
_CAPITALS = 0.6


@lru_cache(maxsize=65536)
def parts_of(word: str) -> tuple[str, str] | None:
    """Return onset and rime of a syllable in any case ("Quyết" -> "Qu", "yết"), else None."""
    if not is_syllable(word):
        return None
    match = _ONSET.match(word)
    cut = match.end() if match else 0
    return word[:cut], word[cut:]


def unmarked(letter: str) -> str:
    """Return a letter without marks, its case kept: "Ộ" -> "O"."""
    return strip_marks(letter)


@lru_cache(maxsize=8192)
def case_of(seen: str) -> Case:
    """Return the case in which a word was seen, forgiving what readers confuse.

    Capitals are 60 % and more of two letters and more, or most of what follows the first
    ("xA", "cHiJ": readers take X, C, S, V, O for their small forms).
    """
    letters = [char for char in seen if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    later = sum(char.isupper() for char in letters[1:])
    if len(letters) > 1 and (
        capitals >= _CAPITALS * len(letters) or (later and 2 * later >= len(letters) - 1)
    ):
        return "CAPITALS"
    return "Capital" if letters and letters[0].isupper() else "lower"


def in_case(word: str, case: Case) -> str:
    """Return a word in a case; "Capital" leaves all but the first letter small."""
    if case == "CAPITALS":
        return word.upper()
    return word[:1].upper() + word[1:] if case == "Capital" else word


def in_case_of(seen: str, word: str) -> str:
    """Return a small word in the case in which it was seen: ("Muyc", "mục") -> "Mục"."""
    return in_case(word, case_of(seen))


def old_place(word: str) -> str:
    """Return a word with its tone in the old place, where the tables have it (hoà -> hòa)."""
    return fold_tone_placement(word)
