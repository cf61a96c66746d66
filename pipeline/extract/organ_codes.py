# SPDX-License-Identifier: Apache-2.0
"""Codes of organs in notations: "UBND", "SNV", "TTg", and whether one fits an issuer.

NĐ 30/2020, Phụ lục I, II.3: after the type's code stands that of the organ, in a công văn the
organ's comes first. The codes are in `dictionaries/organ_codes.tsv` and `agencies.tsv`; an organ
without a fixed code takes the first letters of its name ("TTPVHCC").
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.extract.doc_types import all_types
from pipeline.vietnamese import name_key, strip_marks

if TYPE_CHECKING:
    from pipeline.record import Issuer

# Old and new names are both met around the day of a change.
_OVERLAP = dt.timedelta(days=60)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_TERM = re.compile(r"(?<=QH)\d{1,2}$|(?<=HĐND)\d{1,2}$")
_SKIPPED = frozenset(("và", "của", "các", "-", "–", "&"))

_Row = tuple[str, str, str]


def organ_of_notation(notation: str, day: dt.date | None) -> frozenset[str]:
    """Return the names, or heads of names, that the organ's code in `notation` can mean on `day`.

    "QĐ-UBND" -> {"Ủy ban nhân dân"}; empty if no table knows the code. Without a day all names
    that ever had the code are given.
    """
    return frozenset(
        organ
        for code in organ_codes(notation)
        for organ, since, until in _organs().get(code.upper(), ())
        if _is_valid(since, until, day)
    )


def issuer_fits(issuer: Issuer, notation: str, day: dt.date | None = None) -> bool | None:
    """Return whether the organ's code in `notation` can be the issuer's; None: nothing tells."""
    names = [name for name in (issuer.full_name, issuer.value) if name]
    organs = organ_of_notation(notation, day)
    if not names:
        return None
    folded = [name_key(name) for name in names]
    if any(name.startswith(name_key(organ)) for organ in organs for name in folded):
        return True
    codes = organ_codes(notation)
    if any(_abbreviates(code, name) for code in codes for name in names):
        return True
    return False if organs else None


def organ_comes_first(notation: str, name: str) -> bool:
    """Return whether a notation begins with the code of the organ `name`, as a công văn's does.

    "CT-CS" of Cục Thuế is one, though "CT" is the code of Chỉ thị as well.
    """
    first = _parts(notation)[:1]
    return bool(first) and first[0] == _initials(name)


def organ_codes(notation: str) -> tuple[str, ...]:
    """Return the parts of a notation that may be the organ's code, the likely one first."""
    parts = _parts(notation)
    if not parts:
        return ()
    if "/" in notation and not _YEAR.match(notation.split("/", maxsplit=1)[0]):
        return tuple(reversed(parts[1:])) or tuple(parts)
    if parts[0] not in _type_codes():
        return (parts[0],)
    # "CT-CS" is a Chỉ thị of "CS", or a công văn of Cục Thuế.
    both = parts[:1] if parts[0].upper() in _organs() else []
    return (*parts[1:], *both)


def _parts(notation: str) -> list[str]:
    parts = [part for part in re.split(r"[-/]", notation) if part and not _YEAR.match(part)]
    return [_TERM.sub("", part) for part in parts]


def _is_valid(since: str, until: str, day: dt.date | None) -> bool:
    if day is None:
        return True
    begins = not since or day >= dt.date.fromisoformat(since) - _OVERLAP
    return begins and (not until or day <= dt.date.fromisoformat(until) + _OVERLAP)


def _initials(name: str) -> str:
    """Return the first letters of a name, its abbreviations whole: "Sở GD&ĐT" -> "SGDĐT"."""
    words = [word.strip(",.;()") for word in re.split(r"[\s&]+", name)]
    kept = [word for word in words if word and word.casefold() not in _SKIPPED]
    return "".join(
        word if word.isupper() and len(word) > 1 else _letter(word[0].upper()) for word in kept
    )


def _letter(char: str) -> str:
    """Return the letter that a code writes for the first of a word: Đ stays, "Ủy" is U."""
    return char if char == "Đ" else strip_marks(char)


def _abbreviates(code: str, name: str) -> bool:
    """Return whether the letters of `code` are first letters of words of `name`, in order."""
    letters = [char for char in code if char.isupper()]
    initials = _initials(name)
    starts = [initials, initials[1:]] if name.startswith("Trường") else [initials]
    if len(letters) < 2:
        return False
    for start in starts:
        rest = iter(start)
        if start[:1] == letters[0] and all(letter in rest for letter in letters):
            return True
    return False


@cache
def _type_codes() -> frozenset[str]:
    return frozenset(kind.code for kind in all_types() if kind.code)


@cache
def _organs() -> dict[str, tuple[_Row, ...]]:
    """Return what each code in capitals can mean: organ, first day, last day ("" for open)."""
    table: dict[str, list[_Row]] = {}
    for row in rows("organ_codes"):
        entry = (row["organ"], row["valid_from"], row["valid_to"])
        table.setdefault(row["code"].upper(), []).append(entry)
    for row in rows("agencies"):
        if row["abbreviation"] and " " not in row["abbreviation"]:
            entry = (row["name"], row["valid_from"], row["valid_to"])
            for code in _codes_of(row["abbreviation"], row["level"]):
                table.setdefault(code.upper(), []).append(entry)
    return {code: tuple(entries) for code, entries in table.items()}


def _codes_of(abbreviation: str, level: str) -> tuple[str, ...]:
    """Return the codes of an agency: ministries also leave their B out ("LĐTBXH-NCC")."""
    if level == "Bộ" and abbreviation.startswith("B") and len(abbreviation) > 3:
        return abbreviation, abbreviation[1:]
    return (abbreviation,)
