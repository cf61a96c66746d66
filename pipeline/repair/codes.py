# SPDX-License-Identifier: Apache-2.0
"""Numbers and notations of documents, mended by the lexicon of their parts: `90/QĐ-TTg`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.dictionary import rows
from pipeline.likeness import plain
from pipeline.repair.kinds import CODE, PART, code_parts, is_notation
from pipeline.repair.syllables import has_marks

# Other slashes than that of the keyboard, and one that was read as two.
_SLASH = re.compile(r"/?[⁄∕／]/?")
# A code begins with a digit: `I05/2020/NĐ-CP`, `!85/TB-VPCP`.
_FIRST = re.compile(r"^(?P<lead>[(“\"]?)[!|lIL¡](?=\d+/(?:\d{4}/)?[A-ZĐ])")
# The number of a National Assembly, `87/2025/QH15`, `04/2012/UBTVQH13`, and what it is read as.
_ASSEMBLY = re.compile(
    r"^(?P<number>\W?\d+[/-](?P<year>(?:19|20)\d\d)[/%](?:UBTV)?)[QO0]H"
    r"(?P<term>I?[1Il|!][\dIl|!OoSZ])(?P<end>\W*)$"
)
_TERM = str.maketrans("Il|!OoSZ", "11110052")
# When each National Assembly was elected, the next to come included.
_ELECTED = (1997, 2002, 2007, 2011, 2016, 2021, 2026, 2031)
_FIRST_TERM = 10
# `01/2025TT-BNNMT`: a type behind a year, the slash lost.
_NO_SLASH = re.compile(
    r"^(?P<number>\W?\d+/(?:19|20)\d\d)(?=(?P<type>[A-ZĐ][A-ZĐa-z]{1,2})-[A-ZĐ])"
)
_PRIME_MINISTER = re.compile(r"(?<=-)TT[E«](?=\W*$)")
# "ĐĐBQH" may be meant: Đoàn đại biểu Quốc hội.
_DOUBLED = re.compile(r"(?<=[^\W\d_])Đ{2,}")


@lru_cache(maxsize=65536)
def mend_code(token: str) -> str:
    """Return a code with the letters that its parts have in the lexicon; other tokens as they are.

    >>> mend_code("650/QD-LDTBXH")
    '650/QĐ-LĐTBXH'
    """
    mended = _mend_signs(token)
    if not CODE.match(mended) and not is_notation(mended):
        return mended if _SLASH.search(token) else token
    return PART.sub(lambda match: _mend_part(match.group()), mended)


def _mend_signs(token: str) -> str:
    """Return a code with its slashes, its first digit and its number of an assembly."""
    token = _SLASH.sub("/", token)
    token = _FIRST.sub(r"\g<lead>1", token)
    lost = _NO_SLASH.match(token)
    if lost and lost["type"] in type_codes():
        token = f"{lost['number']}/{token[lost.end() :]}"
    token = _PRIME_MINISTER.sub("TTg", token)
    match = _ASSEMBLY.match(token)
    if match is None:
        return token
    term = _term(match["term"].translate(_TERM)[-2:], int(match["year"]))
    return f"{match['number'].replace('%', '/')}QH{term}{match['end']}" if term else token


def _term(seen: str, year: int) -> int | None:
    """Return the number of a National Assembly, None if another one sat in that year."""
    number = int(seen) - _FIRST_TERM
    spans = list(pairwise(_ELECTED))
    if 0 <= number < len(spans) and spans[number][0] <= year <= spans[number][1]:
        return number + _FIRST_TERM
    return None


@cache
def type_codes() -> frozenset[str]:
    """Return the codes of types of documents: QĐ, KH, TTr (NĐ 30/2020, Phụ lục III)."""
    return frozenset(row["code"] for row in rows("document_types") if row["code"])


def _mend_part(part: str) -> str:
    known = code_parts()
    if len(part) < 2 or part in known.values():
        return part
    single = without_doubles(part)
    if single != part and single in known.values():
        return single
    right = known.get(plain(part).upper())
    # "ND-CP": only the missing stroke of Đ is mended; capitals stay as printed ("QĐ-TTG").
    if right is None or part[0].islower() or len(right) != len(part):
        return part
    if not part.isascii():
        # `ƯBND`: no code has such a letter.
        return right if part.isupper() and right.isupper() else part
    return "".join(
        good if plain(good) == seen.lower() and has_marks(good) else seen
        for good, seen in zip(right, part, strict=True)
    )


def without_doubles(part: str) -> str:
    """Return a part with one Đ where several were read: `QĐĐ`, `LĐĐTBXH`."""
    return _DOUBLED.sub("Đ", part)
