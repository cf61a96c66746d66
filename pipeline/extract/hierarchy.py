# SPDX-License-Identifier: Apache-2.0
"""Where an organ stands in the state: its name written out, its level, its branch.

The words that tell are in `dictionaries/organ_levels.tsv`; the level of a territory's organ is that
of the territory: "UBND huyện Củ Chi" is of a district, "Chi cục Thú y" of what stands above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from pipeline.dictionary import rows
from pipeline.vietnamese import name_key

if TYPE_CHECKING:
    import datetime as dt

Level = Literal["central", "province", "district", "commune"]
Branch = Literal["government", "assembly", "party", "justice", "front"]

# "Lao động-Thương binh" is written with blanks (NĐ 30/2020, Phụ lục II).
_JOINED = re.compile(r"(?<=[^\W\d_A-ZĐ])[-–](?=[A-ZĐ][^\W\d_A-ZĐ])")
_TERRITORY = re.compile(
    r"\b(?P<kind>tỉnh|thành phố|thành ủy|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)"
    r"\s+(?P<place>(?!hội\b|ủy\b|đội\b)\w.*)"
)
_OF_TERRITORY: dict[str, Level] = {
    "tỉnh": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
_CENTRAL_COMMITTEE = "ban chấp hành trung ương"
# A decision of one person stands where his organ does: "Chủ tịch Ủy ban nhân dân tỉnh …".
_CHAIR = re.compile(r"chủ tịch\s+(?!nước)")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an organ stands.

    Attributes:
        full_name: its name without abbreviations.
        level: None for a body of no territory's (a school, an enterprise), or if nothing tells.
        branch: None for those, and for organs that are of no branch.
    """

    full_name: str
    level: Level | None
    branch: Branch | None


def standing(name: str, parent: str | None, day: dt.date | None) -> Standing:
    """Return where the organ `name` under `parent` stood on `day` (None: not known).

    Example: standing("Sở GD&ĐT", "UBND tỉnh Hà Nam", None) is ("Sở Giáo dục và Đào tạo",
    "province", "government").
    """
    full, above = written_out(name), written_out(parent) if parent else None
    words = name_key(full)
    of_whom = name_key(above) if above else ""
    words = _CHAIR.sub("", words, count=1)
    row = _row_of(words)
    if row and above and row["whose"] == "parent" and words == name_key(row["head"]):
        # "BAN TỔ CHỨC" is printed without whose it is.
        full = f"{full} Trung ương" if of_whom == _CENTRAL_COMMITTEE else f"{full} {above}"
        words = name_key(full)
        row = _row_of(words)
    if row is None:
        return Standing(full, _level_of_territory(words, day), None)
    if row["level"] == "none":
        return Standing(full, None, None)
    level = row["level"] or _level_of_territory(words, day)
    if not level and above:
        level = standing(above, None, day).level
    return Standing(full, cast("Level", level) or None, _branch(row, of_whom))


def _branch(row: dict[str, str], of_whom: str) -> Branch | None:
    """Return the branch of a row; an office of the Party is not of the government."""
    above = _row_of(of_whom) if of_whom else None
    is_office = row["head"] in ("Văn phòng", "Ban Chỉ đạo")
    branch = above["branch"] if is_office and above else row["branch"]
    return cast("Branch", branch) or None


def written_out(name: str) -> str:
    """Return a name with its abbreviations written out: "UBND TP. Huế", "Sở GD&ĐT".

    A word that no table has is kept: a wrong guess is worse than an abbreviation.
    """
    words = _JOINED.sub(" - ", name).split()
    full = " ".join(_spoken(word) for word in words)
    return full[:1].upper() + full[1:]


def _spoken(word: str) -> str:
    bare = word.rstrip(",;")
    table = _abbreviations()
    if bare in table:
        return table[bare] + word[len(bare) :]
    # "HĐND-UBND", "HĐND&UBND": two organs with one office.
    parts = re.split(r"[-–&]", bare)
    if len(parts) > 1 and all(part in table for part in parts):
        return " và ".join(table[part] for part in parts) + word[len(bare) :]
    # "TP.Vinh", "TX.Hồng"
    if (found := re.fullmatch(r"(TP|TX)\.(\w+)", bare)) and found[2] not in table:
        return f"{table[found[1]]} {found[2]}" + word[len(bare) :]
    return word


def _level_of_territory(words: str, day: dt.date | None) -> Level | None:
    """Return the level of the first territory in a folded name, its own: "xã X huyện Y"."""
    found = _TERRITORY.search(words)
    if found is None:
        return None
    if found["kind"] in ("thành phố", "thành ủy"):
        return _level_of_city(found["place"], day)
    return _OF_TERRITORY[found["kind"]]


def _level_of_city(place: str, day: dt.date | None) -> Level | None:
    """Return "province" for a city run by the centre on `day`, else "district".

    A city that was raised one day (Huế in 2025) has no level where the day is not known.
    """
    for name, since in _central_cities():
        if not place.startswith(name):
            continue
        if not since:
            return "province"
        if day is None:
            return None
        return "province" if day.isoformat() >= since else "district"
    return "district"


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["expansion"] for row in rows("organ_abbreviations")}


def _row_of(words: str) -> dict[str, str] | None:
    """Return the row of the longest head that begins a folded name."""
    parts = words.split()
    for length in range(len(parts), 0, -1):
        if row := _levels().get(" ".join(parts[:length])):
            return row
    return None


@cache
def _levels() -> dict[str, dict[str, str]]:
    return {name_key(row["head"]): row for row in rows("organ_levels")}


@cache
def _central_cities() -> tuple[tuple[str, str], ...]:
    """Return the cities run by the centre, folded, and since when ("" for always)."""
    return tuple(
        (name_key(row["name"]), row["valid_from"])
        for row in rows("places")
        if row["kind"] == "thành phố" and not row["parent"]
    )
