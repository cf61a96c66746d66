# SPDX-License-Identifier: Apache-2.0
"""Codes that only the document itself explains: "LPQT" is its "Vụ Luật pháp và Điều ước quốc tế".

NĐ 30/2020, Phụ lục I, II.3: the notation ends in the code of the unit that wrote the text; the line
"Lưu:" has it again, or head and signature have the name that its letters are taken from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.vietnamese import strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

# Two letters are those of too many names; and of a long name a code keeps at least half.
_FEWEST, _LEAST_SHARE = 3, 0.5
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[A-ZĐƯÔÂ&]{2,}")


def stands_for(code: str, named: Iterable[str]) -> bool:
    """Return whether `code` is one of the names and codes in `named`, or letters of one, in order.

    A post or a noun before them may be left out: "ĐHLN" is "Trường Đại học Lâm nghiệp".
    """
    letters = _letters(code)
    return any(
        code in _CODE.findall(name) or _is_taken_from(letters, _letters(_initials(name)))
        for name in named
    )


def _is_taken_from(letters: str, initials: str) -> bool:
    """Return whether `letters` stand in `initials` in their order, from one of them to the end."""
    if len(letters) < _FEWEST:
        return False
    for at, initial in enumerate(initials):
        rest = iter(initials[at:])
        enough = len(letters) >= _LEAST_SHARE * (len(initials) - at)
        if initial == letters[0] and enough and all(letter in rest for letter in letters):
            return True
    return False


def _initials(name: str) -> str:
    """Return the first letters of a name's words, abbreviations whole: "Sở GD&ĐT" -> "SGDĐT"."""
    words = _WORD.findall(name)
    mixed = any(word.islower() or word.istitle() for word in words if len(word) > 1)
    return "".join(word if mixed and word.isupper() else word[0] for word in words)


def _letters(text: str) -> str:
    """Return the capitals that a code writes for letters: Đ stays, "Ư" is U."""
    return "".join(
        char if char == "Đ" else strip_marks(char) for char in text.upper() if char.isalpha()
    )
