# SPDX-License-Identifier: Apache-2.0
"""The characters that the line reader knows, and the classes that its network has for them."""

from __future__ import annotations

import unicodedata

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_CONSONANTS = "bcdđfghjklmnpqrstvwxz"
_SIGNS = " 0123456789.,;:!?()[]/\\-–—_|“”‘’\"'%&@+=*<>#$~^°²³§×±≤≥•·"

# All letters of Vietnamese and of Latin keyboards in both cases, figures and signs. A sign that is
# not here is written as the one that it looks like (`written`).
ALPHABET = (
    "".join(
        unicodedata.normalize("NFC", letter + tone)
        for letters, tones in ((_VOWELS, _TONES), (_CONSONANTS, ("",)))
        for letter in letters + letters.upper()
        for tone in tones
    )
    + _SIGNS
)
# CTC's blank is the first class.
CLASSES = len(ALPHABET) + 1
CLASS_OF = {character: number for number, character in enumerate(ALPHABET, start=1)}

_LOOKS = str.maketrans({
    "…": "...", "−": "-", "‐": "-", "‑": "-", "―": "—", "„": "“", "″": '"', "′": "'", "´": "'",
    "`": "'", "º": "°", "∙": "·", "●": "•", "▪": "•", "\u00a0": " ", "\t": " ",
})  # fmt: skip


def written(text: str) -> str | None:
    """Return a text in the characters of the alphabet, None if it has one that looks like none."""
    found = unicodedata.normalize("NFC", text).translate(_LOOKS)
    return found if all(character in CLASS_OF for character in found) else None
