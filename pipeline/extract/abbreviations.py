# SPDX-License-Identifier: Apache-2.0
"""Names of units with their abbreviations written out: "Sở LĐ-TB&XH", "UBND TP. Huế".

Only what can be read in one way is written out; what a document itself says an abbreviation means
("gọi tắt là BQL KKT") goes before the dictionary.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

# A run of capitals: "UBND", "LĐ-TB&XH", "NN và PTNT", "VH, TT&DL".
_CAPITALS = r"[A-ZĐƯÔ]{1,12}"
_LINK = r"(?:\s?[-–—&,]\s?|\s+và\s+)"
# A part of a code ("12/QĐ-UBND") is none.
_RUN = re.compile(rf"(?<![\w/])(?<![A-ZĐ][-–]){_CAPITALS}(?:{_LINK}{_CAPITALS}){{0,6}}\.?(?![\w/])")
_PIECE = re.compile(_CAPITALS)
_JOINTS = re.compile(r"[^A-ZĐƯÔ]+|và")
_DASH = re.compile(r"(?<=[^\W\d_])\s*[-–—]\s*(?=[^\W\d_])")
_BLANKS = re.compile(r"\s+")
# "(GDĐT)" after the words that it stands for.
_BRACKET = re.compile(r"\s*\(([A-ZĐƯÔ][A-ZĐƯÔ&, -]*)\)")


def write_out(name: str, defined: Mapping[str, str] | None = None) -> str:
    """Return `name` with its abbreviations written out, dashes set apart by blanks.

    Args:
        name: as printed.
        defined: what the document itself says its abbreviations mean.
    """
    for short, full in (defined or {}).items():
        name = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full.replace("\\", ""), name)
    name = _BRACKET.sub(_without_own_abbreviation, name)
    written = _RUN.sub(_write_run, name)
    written = written.replace("&", " và ") if written != name else written
    return _BLANKS.sub(" ", _DASH.sub(" - ", written)).strip(" -")


def initials_fit(short: str, full: str) -> bool:
    """Return whether the letters of an abbreviation are initials of the words, in order.

    "GDĐT" of "Giáo dục và Đào tạo": every letter must be found, the first with the first word or
    after a head ("Sở").
    """
    letters = [char for char in short.upper() if char.isalpha()]
    initials = iter(word[0].upper() for word in re.findall(r"[^\W\d_]+", full))
    return len(letters) > 1 and all(letter in initials for letter in letters)


def _without_own_abbreviation(match: re.Match[str]) -> str:
    """Return nothing for "(GDĐT)" behind the words it stands for, else the bracket as it is."""
    before = match.string[: match.start()]
    return "" if initials_fit(match[1], before) else match[0]


def _write_run(match: re.Match[str]) -> str:
    """Return the words of a run of abbreviations: the longest parts of it that the table has."""
    text, start = match[0], match.start()
    dotted = text.endswith(".")
    pieces = list(_PIECE.finditer(text))
    done, out, k = 0, "", 0
    while k < len(pieces):
        for last in range(len(pieces), k, -1):
            words = text[pieces[k].start() : pieces[last - 1].end()]
            full = _expansion(_JOINTS.sub("", words), first=start + pieces[k].start() == 0)
            if full is not None:
                out += text[done : pieces[k].start()] + full
                done, k = pieces[last - 1].end(), last
                break
        else:
            k += 1
    rest = text[done:]
    return out + ("" if dotted and rest == "." else rest)


def _expansion(letters: str, *, first: bool) -> str | None:
    """Return what an abbreviation stands for at the beginning of a name, or inside it."""
    found = _table().get(letters)
    if found is None:
        return None
    full, place = found
    if place != "any" and (place == "first") != first:
        return None
    return full[0].upper() + full[1:] if first else full


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {
        _JOINTS.sub("", row["abbreviation"]): (row["expansion"], row["place"])
        for row in rows("unit_abbreviations")
    }
