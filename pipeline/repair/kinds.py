# SPDX-License-Identifier: Apache-2.0
"""What a token is: a word, a number, a date, a code - and whether it may be misread at all."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.dictionary import rows
from pipeline.likeness import key, plain
from pipeline.repair.number_grammar import number_alone
from pipeline.repair.syllables import has_marks, is_real, real_syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Kind = Literal["number", "date", "code", "address", "abbreviation", "mark", "word", "mixed"]

# `@` alone is no address: readers take "ê" for it ("tuy@n").
_ADDRESS = re.compile(r"\w@\w+[.-]\w|://|www\.|\w\.(?:vn|com|org|net|gov)\b", re.IGNORECASE)
# `650/QĐ-LĐTBXH`, `05-CT/TW`, `/KH-UBND`, `30/2020/NĐ-CP`; digits may be missing (by hand).
CODE = re.compile(
    r"^\W*(?:\d*(?:\.\d+)?[a-zđ]?(?:[/-]\d{2,4})?)[/-][^\W\d_a-z][\w&]*(?:[/-][\w&.]+)*\W*$"
)
# A notation without its number, `NĐ-CP`, `QĐ-TTg`, of the Party `CTr/TU`, `KL/TW`; all its parts
# have to be in the lexicon.
_NOTATION = re.compile(r"^\W*(?:[^\W\d_a-z]{2,}[a-z]?)(?:[-/][^\W\d_a-z][\w&]+)+\W*$")
PART = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*")

_CORE = re.compile(r"^[^\w&@¢$©|]*(?P<core>.*?)[^\w&@¢$©|%]*$", re.DOTALL)
_ANY_DATE = re.compile(r"^\d{1,2}(?:([/.-])\d{1,2}\1\d{4}|/\d{1,2}|[/-]\d{4})$")
# A date with letters for digits is one all the same: the grammar of numbers mends it.
_DATE_SEEN = re.compile(r"^[\dlIOo|]{1,2}([/.-])[\dlIOo|]{1,2}\1[\dlIOo|]{4}$")
_UNIT = r"(?:[kcmd]?m[23²³]?|ha|kg|g|h|tr|đ|ml|k?[wWvV]|MW|x|%)"
_QUANTITY = re.compile(
    rf"^[+-]?\d[\d.,:/–-]*{_UNIT}?(?:/[a-zđ]\w*)?$|^(?:[kcmd]?m[23²³]|[kcm]m|kg|ml|k[wWvV])$|^\d+[-–]\d+\w?$"
)
# "khoản 2a"; 1 is read for l, r and t, so that "1d" may be "rõ".
_CLAUSE = re.compile(r"^(?:[2-9]|\d{2,3})[a-zđ]$")
_ROMAN = re.compile(r"^(?=[IVX]{2,})X{0,2}(?:IX|IV|V?I{0,3})$")
_PARTED = re.compile(r"^\d+(?:[.,:/–-]\d+)+%?$")
_ITEM = re.compile(r"^(?:[a-zđ]\)|[IVX]\.)$")
# `COVID-19`, `VN-2000`; `H1N1`, `QH15`, `5G`.
_NUMBERED = re.compile(r"^[^\W\d_]{2,}-\d+$")
_LETTERS_DIGITS = re.compile(r"^[^\W\d_]+\d[\w-]*$|^\d+[^\W\d_]{1,3}$")
# Letters that only a misread word in capitals has: Ư as W, Ộ as Q behind the first letter.
_MISREAD = re.compile(r"[WJ]|(?<=.)Q(?!H\d)")
_CLUSTER = re.compile(r"(?!NGH)[BCDĐFGHKLMNPQRSTVXZ]{3}")
_FOOTNOTED = re.compile(r"^(?P<word>[^\W\d_]{2,})[\d*]{1,2}$")
_SIGNS = frozenset("@&¢$©|?!")
_LONGEST_WORD = 8
_MOST_DIGITS_OF_A_WORD = 2


@lru_cache(maxsize=65536)
def kind_of(token: str) -> Kind:
    """Return what a token is; only "word" and "mixed" may be read as another word.

    "mixed" is a token of digits, letters and signs behind which a word is possible: its look-alike
    letters spell a real syllable (`d6i` is "đổi", `S6` "Số", `14` "là", `nghé@o` "nghèo"), or it
    mixes small letters and digits like no number, unit or code does (`1d`, `phr:?m`). A number of
    one or two digits is mixed only without a mark behind it: "14." numbers an item. "code" is also
    what carries a footnote's number (`NGHIỆP1)`) and a name with digits (`H1N1`).
    """
    match = _CORE.match(token)
    core = match["core"] if match else token
    return next((kind for kind, holds in _RULES if holds(token, core)), "word")


def _is_date(_: str, core: str) -> bool:
    return bool(
        _ANY_DATE.match(core)
        or (_DATE_SEEN.match(core) and sum(map(str.isdigit, core)) > _MOST_DIGITS_OF_A_WORD)
    )


def _is_code(_: str, core: str) -> bool:
    footnoted = _FOOTNOTED.match(core)
    if footnoted and has_marks(footnoted["word"]) and is_real(footnoted["word"]):
        return True
    return bool(CODE.match(core)) or is_notation(core)


def _is_number(token: str, core: str) -> bool:
    digits = core.removesuffix("%")
    if digits.isdecimal():
        long = len(digits) > _MOST_DIGITS_OF_A_WORD
        return long or token != digits or core.startswith("0")
    return bool(_ITEM.match(token) or _PARTED.match(core) or number_alone(core))


def _looks_like_a_word(_: str, core: str) -> bool:
    return any(map(str.isdigit, core)) and key(core) in _keys()


def _is_quantity(_: str, core: str) -> bool:
    roman = _ROMAN.match(core) and not is_real(core)
    return bool(_QUANTITY.match(core) or _CLAUSE.match(core) or roman)


def _is_model(_: str, core: str) -> bool:
    """Return whether a name has digits: `H1N1`, `QH15`; "THOI1" in a heading is a word."""
    if len(core) > _LONGEST_WORD or _MISREAD.search(core):
        return False
    letters = core.rstrip("0123456789")
    a_word = letters.isalpha() and len(letters) > _MOST_DIGITS_OF_A_WORD and key(letters) in _keys()
    return bool(_NUMBERED.match(core) or (core.isupper() and _LETTERS_DIGITS.match(core)
                                          and not a_word))  # fmt: skip


def _is_abbreviation(token: str, core: str) -> bool:
    return core in abbreviations() or token.rstrip(",;:)") in abbreviations() or _is_short(core)


_RULES: tuple[tuple[Kind, Callable[[str, str], bool]], ...] = (
    ("mark", lambda _, core: not core),
    ("address", lambda _, core: _ADDRESS.search(core) is not None),
    ("date", _is_date),
    ("code", _is_code),
    ("number", _is_number),
    ("mixed", _looks_like_a_word),
    ("number", _is_quantity),
    ("code", _is_model),
    ("abbreviation", _is_abbreviation),
    ("mixed", lambda _, core: any(map(str.isdigit, core)) and any(map(str.isalpha, core))),
    ("number", lambda _, core: any(map(str.isdigit, core))),
    ("mixed", lambda token, _: any(char in _SIGNS for char in token.rstrip("?!"))),
)


def _is_short(core: str) -> bool:
    """Return whether letters in capitals can be no syllable, however read: `NHCSXH`, `ATTP`."""
    if not 2 <= len(core) <= _LONGEST_WORD or not core.isupper() or _MISREAD.search(core):
        return False
    letters = re.sub(r"(?<=\w)&(?=\w)", "", core)
    if not letters.isalpha() or has_marks(letters.replace("Đ", "D")):
        return False
    if not any(char in "AEIOUY" for char in letters):
        return True
    return _CLUSTER.search(letters) is not None and not letters.endswith(("NG", "NH", "CH"))


@cache
def _keys() -> frozenset[str]:
    """Return what is left of real syllables when all that readers confuse is forgotten."""
    return frozenset(map(key, real_syllables()))


def is_protected(token: str) -> bool:
    """Return whether a token is no word but a number, an address, a code or an abbreviation."""
    if any(char.isdigit() for char in token) or _ADDRESS.search(token) or CODE.match(token):
        return True
    letters = [char for char in token if char.isalpha()]
    return token.isupper() and token.strip(".,;:()") in abbreviations() and len(letters) > 1


@cache
def abbreviations() -> frozenset[str]:
    """Return the abbreviations of the dictionaries, and the archivist's own."""
    custom = {row["phrase"] for row in rows("custom") if row["kind"] == "abbreviation"}
    return frozenset(custom | {row["abbreviation"] for row in rows("abbreviations")})


@cache
def code_parts() -> dict[str, str | None]:
    """Return the parts of codes by their plain letters; None where two look alike (DA, ĐA)."""
    known = {row["part"] for row in rows("notations")} | {
        row["code"] for row in rows("document_types") if row["code"]
    }
    return by_plain(known)


def by_plain(words: Iterable[str]) -> dict[str, str | None]:
    """Return words by their plain letters in capitals; None where two have the same."""
    found: dict[str, str | None] = {}
    for word in words:
        bare = plain(word).upper()
        found[bare] = None if bare in found and found[bare] != word else word
    return found


def is_notation(token: str) -> bool:
    """Return whether a token is a notation without its number: `NĐ-CP`, read as `ND-CP` or not."""
    parts = PART.findall(token)
    return bool(_NOTATION.match(token)) and all(
        plain(part).upper() in code_parts() for part in parts
    )
