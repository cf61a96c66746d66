# SPDX-License-Identifier: Apache-2.0
"""What must never be changed - numbers, dates, codes, addresses - and the few mends they allow.

A lexicon of code parts mends letters (`90/QD-TTg` -> `90/QĐ-TTg`), grammar mends where only one
reading is possible (`ngày l9/6/2015` -> `19/6/2015`, `S6:` before a number -> `Số:`).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.likeness import plain
from pipeline.repair.changes import Change
from pipeline.repair.syllables import has_marks, is_real

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ADDRESS = re.compile(r"@\w|://|www\.|\.(?:vn|com|org|net|gov)\b", re.IGNORECASE)
# `650/QĐ-LĐTBXH`, `05-CT/TW`, `/KH-UBND`, `30/2020/NĐ-CP`; digits may be missing (by hand).
_CODE = re.compile(r"^\W*(?:\d*[a-zđ]?(?:[/-]\d{2,4})?)[/-][^\W\d_a-z][\w&]*(?:[/-][\w&.]+)*\W*$")
_PART = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*")
_DATE_LIKE = re.compile(r"^([\dlIoO|]{1,2})([/.-])([\dlIoO|]{1,2})\2(\d{4})([.,;:)”\"]*)$")
_DATE = re.compile(r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W*$")
_DIGITS = str.maketrans("lI|oO", "11100")
_NUMBER = re.compile(r"^\d{1,6}[a-zđ]?(?:/|$)")
# What "số" is read as: `s6`, `sé`, `sô`, `sb`; and "ngày": `ngdy`, `ngly`.
_SO = re.compile(r"^s[o06eéab&]?$")
_NGAY = re.compile(r"^ng[a-z]y$")


def is_protected(token: str) -> bool:
    """Return whether a token is no word but a number, an address, a code or an abbreviation."""
    if any(char.isdigit() for char in token) or _ADDRESS.search(token) or _CODE.match(token):
        return True
    letters = [char for char in token if char.isalpha()]
    return token.isupper() and token.strip(".,;:()") in abbreviations() and len(letters) > 1


@cache
def abbreviations() -> frozenset[str]:
    """Return the abbreviations of the dictionaries, and the archivist's own."""
    custom = {row["phrase"] for row in rows("custom") if row["kind"] == "abbreviation"}
    return frozenset(custom | {row["abbreviation"] for row in rows("abbreviations")})


@cache
def _parts() -> dict[str, str | None]:
    """Return the parts of codes by their plain letters; None where two look alike (DA, ĐA)."""
    known = {row["part"] for row in rows("notations")} | {
        row["code"] for row in rows("document_types") if row["code"]
    }
    return _by_plain(known)


@cache
def _short() -> dict[str, str | None]:
    return _by_plain(abbreviations())


def _by_plain(words: Iterable[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for word in words:
        bare = plain(word).upper()
        found[bare] = None if bare in found and found[bare] != word else word
    return found


def mend_code(token: str) -> str:
    """Return a code with the letters that its parts have in the lexicon; other tokens as they are.

    >>> mend_code("650/QD-LDTBXH")
    '650/QĐ-LĐTBXH'
    """
    if not _CODE.match(token):
        return token
    return _PART.sub(lambda match: _mend_part(match.group()), token)


def _mend_part(part: str) -> str:
    if not part.isascii() or len(part) < 2 or part in _parts().values():
        return part
    known = _parts().get(part.upper())
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
        following = words[place + 1] if place + 1 < len(words) else ""
        mended = mend_code(word)
        if mended == word:
            mended = _mend_abbreviation(word, garbled)
        if mended != word:
            changes.append(Change(place, place, mended, 0.98, "code"))
        changes += _date_changes(words, place)
        label = _label(word, following, words[place + 2] if place + 2 < len(words) else "")
        if label:
            changes.append(Change(place, place, label, 0.97, "label"))
    return changes


def _mend_abbreviation(word: str, garbled: bool) -> str:
    """Return `HDND` as `HĐND`: only where the reader knew no Đ, and only what is in the lexicon."""
    core = word.strip(".,;:()“”\"'")
    if not garbled or len(core) < 3 or not core.isascii() or not core.isupper():
        return word
    known = _short().get(core)
    if known is None or core in abbreviations() or is_real(core):
        return word
    return word.replace(core, known)


def _date_changes(words: Sequence[str], place: int) -> list[Change]:
    """Return the mend of `l9/6/2015` or `l 9/6/2015` behind "ngày"."""
    if place == 0 or not _NGAY.match(plain(words[place - 1]).strip(".,")):
        return []
    for last in (place, place + 1):
        if last >= len(words) or (last > place and words[place] not in ("l", "I", "|", "1")):
            break
        seen = "".join(words[place : last + 1])
        match = _DATE_LIKE.match(seen)
        mended = seen.translate(_DIGITS)
        if match and mended != " ".join(words[place : last + 1]) and _is_date(mended):
            return [Change(place, last, mended, 0.97, "date")]
    return []


def _is_date(text: str) -> bool:
    match = _DATE_LIKE.match(text)
    if not match:
        return False
    try:
        date(int(match[4]), int(match[3]), int(match[1]))
    except ValueError:
        return False
    return True


def _label(word: str, following: str, after: str) -> str | None:
    """Return "số" or "ngày" for what stands before a code or a date, None if it is neither."""
    core = word.rstrip(":;.,")
    tail = word[len(core) :]
    bare = plain(core)
    coded = _CODE.match(following) and following[:1].isdigit()
    split = _NUMBER.match(following) and following.isdigit() and after.startswith("/")
    if _SO.match(bare) and core not in ("s", "S") and (coded or split):
        right = "Số" if core[0].isupper() else "số"
    elif _NGAY.match(bare) and _DATE.match(following):
        right = "Ngày" if core[0].isupper() else "ngày"
    else:
        return None
    # "sổ" is a word of its own; leave what means something else.
    if has_marks(core) and is_real(core) and core.lower() not in ("sô", "sé", "só"):
        return None
    return right + tail if core != right else None
