# SPDX-License-Identifier: Apache-2.0
"""What must never be changed - numbers, dates, codes, addresses - and the few mends they allow.

A lexicon of code parts mends letters (`90/QD-TTg` -> `90/QĐ-TTg`), grammar mends where only one
reading is possible (`ngày l9/6/2015` -> `19/6/2015`, `S6:` before a number -> `Số:`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.likeness import plain
from pipeline.repair.changes import Change
from pipeline.repair.kinds import (
    CODE,
    PART,
    abbreviations,
    by_plain,
    code_parts,
    is_notation,
    is_protected,
    kind_of,
)
from pipeline.repair.number_grammar import NGAY, number_changes
from pipeline.repair.syllables import has_marks, is_real

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATE = re.compile(r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W*$")
_NUMBER = re.compile(r"^\d{1,6}[a-zđ]?(?:/|$)")
# What "số" is read as: `s6`, `sé`, `sô`, `sb`.
_SO = re.compile(r"^s[o06eéab&]?$")


@cache
def _short() -> dict[str, str | None]:
    return by_plain(abbreviations() | {part for part in code_parts().values() if part})


def mend_code(token: str) -> str:
    """Return a code with the letters that its parts have in the lexicon; other tokens as they are.

    >>> mend_code("650/QD-LDTBXH")
    '650/QĐ-LĐTBXH'
    """
    if not CODE.match(token) and not is_notation(token):
        return token
    return PART.sub(lambda match: _mend_part(match.group()), token)


def _mend_part(part: str) -> str:
    if not part.isascii() or len(part) < 2 or part in code_parts().values():
        return part
    known = code_parts().get(part.upper())
    # "ND-CP": only the missing stroke of Đ is mended; capitals stay as printed ("QĐ-TTG").
    if known is None or part[0].islower():
        return part
    return "".join(
        right if plain(right) == seen.lower() and has_marks(right) else seen
        for right, seen in zip(known, part, strict=True)
    )


def code_changes(words: Sequence[str], garbled: bool) -> list[Change]:
    """Return the mends inside codes, dates and abbreviations, and of the words before them."""
    changes: list[Change] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        following = words[place + 1] if place + 1 < len(words) else ""
        # English writes "No. 82/2023/ND-CP".
        mended = word if before in ("No.", "no.") else mend_code(word)
        if mended == word:
            mended = _mend_abbreviation(word, garbled)
        if mended != word:
            changes.append(Change(place, place, mended, 0.98, "code"))
        elif _is_authority(word, before, following):
            changes.append(Change(place, place, word[:-1] + ".", 0.95, "authority"))
        changes += number_changes(words, place)
        label = _label(word, following, words[place + 2] if place + 2 < len(words) else "")
        if label:
            changes.append(Change(place, place, label, 0.97, "label"))
    return changes


@cache
def _authorities() -> frozenset[str]:
    """Return how authorities to sign are written, "KT." (NĐ 30/2020, Phụ lục I, II.7a)."""
    return frozenset(row["text"] for row in rows("authorities") if row["kind"] == "authority")


def _is_authority(word: str, before: str, following: str) -> bool:
    """Return whether "KT," stands before a post in capitals, and not among abbreviations."""
    listed = before.endswith(",") or kind_of(following) == "abbreviation"
    return word.endswith(",") and word[:-1] + "." in _authorities() and (
        following.isupper() and not listed
    )  # fmt: skip


@cache
def _types() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("document_types"))


def _mend_abbreviation(word: str, garbled: bool) -> str:
    """Return `HDND` as `HĐND`: only where the reader knew no Đ, and only what is in the lexicon."""
    core = word.strip(".,;:()“”\"'")
    if not garbled or len(core) < 2 or not core.isascii() or not core.isupper():
        return word
    known = _short().get(core)
    if known is None or not known.isupper() or core in abbreviations() or is_real(core):
        return word
    # Two letters are too few, but for types: "QD" is "QĐ".
    if len(core) == 2 and (known not in _types() or known[0] != core[0]):
        return word
    return word.replace(core, known)


def _label(word: str, following: str, after: str) -> str | None:
    """Return "số" or "ngày" for what stands before a code or a date, None if it is neither."""
    core = word.rstrip(":;.,")
    tail = word[len(core) :]
    bare = plain(core)
    coded = CODE.match(following) and (following[:1].isdigit() or tail == ":")
    split = _NUMBER.match(following) and following.isdigit() and after.startswith("/")
    head = tail == ":" and following[:1].isdigit()
    if _SO.match(bare) and core not in ("s", "S") and (coded or split or head):
        right = "Số" if core[0].isupper() else "số"
    elif NGAY.match(bare) and _DATE.match(following):
        right = "Ngày" if core[0].isupper() else "ngày"
    else:
        return None
    # "sổ" is a word of its own; leave what means something else.
    if has_marks(core) and is_real(core) and core.lower() not in ("sô", "sé", "só"):
        return None
    return right + tail if core != right else None


__all__ = ["abbreviations", "code_changes", "is_protected", "kind_of", "mend_code"]
