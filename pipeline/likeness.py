# SPDX-License-Identifier: Apache-2.0
"""How alike two texts look to a reader that knows no Vietnamese: `Tw do` is `Tự do`.

Such a reader drops marks, takes Ộ for Q, ư for w or ir, ú for ii, l for 1, and loses blanks. The
key of a text forgets just that, so that what looks alike has nearly the same key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.vietnamese import strip_marks

# Look-alikes of single letters, counted in text layers of offices and in the plan 194/KH-UBND.
_ALIKE = str.maketrans(
    {
        "w": "u", "0": "o", "6": "o", "1": "i", "l": "i", "|": "i", "!": "i", "j": "i",
        "5": "s", "9": "g", "4": "a", "$": "s", "¢": "c", "@": "e", "&": "o",
    }
)  # fmt: skip
# Longer ones; none of the left sides is found inside a Vietnamese syllable.
_RUNS = re.compile(r"(?P<u>ii|ir|ur|vv)|(?P<m>rn)|(?P<o>q(?!u))")
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, `text[start:end]`, and how well it fits what was looked for (0-1)."""

    start: int
    end: int
    score: float


def plain(text: str) -> str:
    """Return `text` without marks, in lower case, character for character: same length."""
    if text.isascii():
        return text.lower()
    return text.translate(_BARE).lower()


class _Bare(dict[int, str]):
    """Each character without its marks, filled as they are met: `translate` knows no faster way."""

    def __missing__(self, code: int) -> str:
        self[code] = strip_marks(chr(code))[:1] or " "
        return self[code]


_BARE = _Bare()


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Return what is left of `text` when all that such a reader confuses is forgotten."""
    letters = plain(text).translate(_ALIKE)
    kept = "".join(char for char in letters if char.isalnum())
    return _RUNS.sub(lambda run: run.lastgroup or "", kept)


def alike(text: str, other: str) -> float:
    """Return how alike two texts look, 0-1."""
    return fuzz.ratio(key(text), key(other)) / 100


def find(phrase: str, text: str, least: float = 0.75) -> Span | None:
    """Return where in `text` whole words look most like `phrase`, None below `least`.

    Example: find("Độc lập - Tự do - Hạnh phúc", "HUYEN LUC NAM Poc 1ap - Tw do - Hanh phiic")
    is the span from "Poc" to the end.
    """
    wanted = key(phrase)
    words = [match.span() for match in _WORDS.finditer(text)]
    keys = [key(text[start:end]) for start, end in words]
    # A window much shorter or longer than the phrase cannot reach the least score.
    shortest, longest = least * len(wanted) / 2, 2 * len(wanted) / least
    best: Span | None = None
    for first in range(len(words)):
        seen = ""
        for last in range(first, len(words)):
            seen += keys[last]
            if len(seen) > longest:
                break
            if len(seen) < shortest or not keys[first] or not keys[last]:
                continue
            score = fuzz.ratio(wanted, seen, score_cutoff=least * 100) / 100
            if score and (best is None or score > best.score):
                best = Span(words[first][0], words[last][1], score)
    return best
