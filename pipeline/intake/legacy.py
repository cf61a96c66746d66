# SPDX-License-Identifier: Apache-2.0
"""Text in the code pages from before Unicode, TCVN3 (ABC) and VNI-Windows -> Unicode.

Both put Vietnamese letters where Western fonts have others, so that a file made with them reads
"Céng hoµ x· héi" (TCVN3) or "Coäng hoøa xaõ hoäi" (VNI) when its bytes are taken for Latin-1.
TCVN3 has no marked capitals: its fonts named ".Vn…H" draw small letters as capitals.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache

from pipeline.dictionary import rows
from pipeline.vietnamese import is_syllable, syllable_share

# A conversion is believed when it turns a text that is not Vietnamese into one that is: real
# directives have 0.9 or more syllables, their legacy bytes below 0.6 (VNI) or 0.4 (TCVN3).
_SHARE_AFTER = 0.8
_GAIN = 0.15

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Encoding(StrEnum):
    """A code page from before Unicode."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


def to_unicode(text: str, encoding: Encoding, font: str = "") -> str:
    """Return `text`, bytes read as Latin-1, as NFC Unicode; in capitals if the `font` draws them.

    The TCVN3 letter ư lies on the soft hyphen, which PDF programs turn into a hyphen; one that
    completes a syllable is taken for the letter ("H-íng dÉn" -> "Hướng dẫn").
    """
    table, pattern = _table(encoding)
    text = text.replace("\u03bc", "\u00b5")  # two code points for the micro sign
    text = _nfc(pattern.sub(lambda found: table[found.group()], text))
    if encoding is Encoding.TCVN3:
        text = _LETTERS.sub(lambda found: _restore_hyphens(found.group()), text)
    return text.upper() if draws_capitals(font) else text


def _restore_hyphens(word: str) -> str:
    letters = word.replace("-", "ư")
    return letters if "-" in word and is_syllable(letters) else word


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def _table(encoding: Encoding) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return legacy characters -> letter, and a pattern that finds the longest of them first."""
    table = {
        "".join(chr(int(code[2:], 16)) for code in row["legacy"].split()): row["unicode"]
        for row in rows(f"legacy_{encoding.value.lower()}")
    }
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, longest_first)))


def font_encoding(font: str) -> Encoding | None:
    """Return the code page that a font's name tells: ".VnTimeH" is TCVN3, "VNI-Times" is VNI."""
    name = font.lower().lstrip(".")
    if name.startswith("vni"):
        return Encoding.VNI
    return Encoding.TCVN3 if font.lower().startswith(".vn") else None


def draws_capitals(font: str) -> bool:
    """Return whether a TCVN3 font draws small letters as capitals (".VnTimeH", ".VnArialH")."""
    name = re.split(r"[,-]", font)[0]
    return font_encoding(font) is Encoding.TCVN3 and re.search(r"[a-z]H$", name) is not None


def find_encoding(text: str) -> Encoding | None:
    """Return the code page under which `text` becomes Vietnamese, None if it needs or has none."""
    before = syllable_share(text)
    shares = {encoding: syllable_share(to_unicode(text, encoding)) for encoding in Encoding}
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] >= _SHARE_AFTER and shares[best] - before >= _GAIN:
        return best
    return None
