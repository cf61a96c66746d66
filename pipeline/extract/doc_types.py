# SPDX-License-Identifier: Apache-2.0
"""Tên loại văn bản: the type of a document, from its title and from its notation.

NĐ 30/2020, Điều 7 and Phụ lục III; the names and codes are in `dictionaries/document_types.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.extract.notations import type_code
from pipeline.likeness import alike, key

if TYPE_CHECKING:
    from pipeline.record import Number

DISPATCH = "Công văn"
MERGED = "Văn bản hợp nhất"
# Three letters in twelve may be misread; "QUY CHẾ" and "QUY ĐỊNH" stay apart (0.57).
_ALIKE = 0.8
_LEGAL = re.compile(r"(?:19|20)\d\d/")


@dataclass(frozen=True, slots=True)
class Type:
    """A type as the dictionary has it: name, code ("" if none), family."""

    name: str
    code: str
    family: str


@cache
def all_types() -> tuple[Type, ...]:
    """Return the types with the codes in force first, so that they win over repealed ones."""
    ordered = sorted(rows("document_types"), key=lambda row: bool(row["valid_to"]))
    return tuple(Type(row["name"], row["code"], row["family"]) for row in ordered)


def type_of_line(line: str) -> tuple[Type, float] | None:
    """Return the type that a line names, and how well (0-1): "KÉ HOACH" is "Kế hoạch", 0.9.

    The whole line must be the name, but for marks around it and letters set apart.
    """
    if not any(map(str.isalpha, line)) or len(line) > 60:
        return None
    best = max(_titles(), key=lambda kind: alike(line, kind.name))
    score = alike(line, best.name)
    return (best, score) if score >= _ALIKE else None


def leading_type(line: str) -> tuple[Type, int] | None:
    """Return the type in capitals that begins a longer line, and the end of its words."""
    ends = [word.end() for word in re.finditer(r"\S+", line)]
    for end in reversed(ends[1:5]):
        if line[:end].isupper():
            for kind in _titles():
                if key(line[:end]) == key(kind.name):
                    return kind, end
    return None


def type_of_number(number: Number | None) -> Type | None:
    """Return the type that the notation tells, None if it has no type code.

    A code means one thing in an office and another in the Party (QĐ: Quyết định, Quy định), so the
    family of the number decides; of two types that share a code the first in the table is given.
    """
    if number is None or number.notation is None:
        return None
    return type_of_notation(number.notation)


def type_of_notation(notation: str) -> Type | None:
    """Return the type that a notation tells, None if it has no type code."""
    code, family = type_code(notation), family_of(notation)
    with_code = [kind for kind in all_types() if kind.code and kind.code == code]
    if not with_code:
        # "TTR" and "Ttr" are often typed for "TTr".
        with_code = [kind for kind in all_types() if kind.code.upper() == code.upper() != ""]
    with_code.sort(key=lambda kind: kind.family != family)
    return with_code[0] if with_code else None


def codes_of(name: str) -> frozenset[str]:
    """Return every code that the type called `name` has or had."""
    return frozenset(kind.code for kind in all_types() if kind.name == name and kind.code)


def named(name: str, family: str = "") -> Type:
    """Return the type called `name`, of `family` if it has the name there.

    Raises:
        StopIteration: no such type; names come from the dictionary itself.
    """
    with_name = [kind for kind in all_types() if kind.name == name]
    with_name.sort(key=lambda kind: kind.family != family)
    return next(iter(with_name))


def family_of(notation: str) -> str:
    """Return the family of a notation: "party" (TB/TW), "legal" (2019/NĐ-CP), "administrative"."""
    if _LEGAL.match(notation):
        return "legal"
    return "party" if "/" in notation else "administrative"


@cache
def _titles() -> tuple[Type, ...]:
    """Return one type for each name that can stand as a title."""
    unique = {kind.name: kind for kind in reversed(all_types()) if kind.family != "cited"}
    return tuple(kind for kind in unique.values() if kind.name != DISPATCH)
