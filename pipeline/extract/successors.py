# SPDX-License-Identifier: Apache-2.0
"""Units that ended in 2025, and who has their work now (NQ 176, 202, 203/2025/QH15; NĐ 45/2025).

A tracker needs a unit that still answers. The name stays as written; the successor stands beside
it, whether the document is older than the change or names a unit that had already ended. A unit
that kept its name on a new territory has no successor, districts have none either: their work went
to communes and to the province alike.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.record import Successor
from pipeline.vietnamese import name_key

if TYPE_CHECKING:
    from pipeline.dictionary import Row

# "Ban Dân tộc của Hội đồng nhân dân" is a committee, and goes on.
_NOT_OF_AN_ASSEMBLY = r"(?! (?:của )?(?:hội đồng|hđnd))"
# Communes go on: "UBND các xã, thị trấn" did not end, nor did "UBND xã A, huyện B" by its name.
_COMMUNE = re.compile(r"(?<!\w)(?:(?<!thị )xã(?! hội)|phường|đặc khu)(?!\w)")
_CITY = re.compile(r"(?<!\w)(?:thành phố|tp\.?) ((?:\w+ ?){1,4})")
# "Công an tỉnh": the province of the document, where none is named.
_BARE_PROVINCE = re.compile(r"(?<!\w)tỉnh(?! [A-ZĐÀÁÂÊÔƠƯĂỨ])(?! (?:ủy|đoàn))(?!\w)")


def ended(name: str, issuer_place: str | None = None) -> date | None:
    """Return the last day of a unit, None if it is not known to have ended.

    Args:
        name: the unit, abbreviations written out.
        issuer_place: the place in the head of the document: the province or city that "tỉnh" or
            "thành phố" means where no name follows.
    """
    key = name_key(name)
    goes_on = _COMMUNE.search(key) is not None
    days = [
        date.fromisoformat(row["last_day"])
        for row in _rows()
        if _pattern(row).search(key) and not (goes_on and row["kind"] == "level")
    ]
    days += [date.fromisoformat(row["last_day"]) for row in _of_the_place(name, issuer_place)]
    city = _CITY.search(key)
    if city is not None:
        words = city[1].split()
        days += [
            day
            for count in range(1, len(words) + 1)
            if (day := _cities().get(" ".join(words[:count]))) is not None
        ]
    elif issuer_place and re.search(r"thành phố$", key) and name_key(issuer_place) in _cities():
        days.append(_cities()[name_key(issuer_place)])
    return min(days, default=None)


def successor_of(name: str, issuer_place: str | None = None) -> Successor | None:
    """Return who took over from a unit, None if it goes on or no single one did.

    A department of a merged province passes through both changes: "Sở Giao thông vận tải tỉnh Bắc
    Kạn" -> "Sở Xây dựng tỉnh Thái Nguyên".
    """
    value, used = name, []
    for row in _rows():
        key = name_key(value)
        found = _pattern(row).search(key) if row["successor"] else None
        if found is not None and len(key) == len(value):
            value = value[: found.start()] + row["successor"] + value[found.end() :]
            used.append(row)
    for row in _of_the_place(value, issuer_place):
        value = _BARE_PROVINCE.sub(row["successor"], value, count=1)
        used.append(row)
    if not used:
        return None
    return Successor(
        value=value[0].upper() + value[1:],
        valid_from=max(row["valid_from"] for row in used),
        basis="; ".join(dict.fromkeys(row["basis"] for row in used)),
    )


def _of_the_place(name: str, place: str | None) -> list[Row]:
    """Return the row of the province that a bare "tỉnh" in `name` means, if it was merged."""
    if place is None or not _BARE_PROVINCE.search(name) or re.search(r"các tỉnh", name):
        return []
    key = f"tỉnh {name_key(place).removeprefix('tỉnh ')}"
    return [row for row in _rows() if row["kind"] == "province" and name_key(row["name"]) == key]


@cache
def _rows() -> tuple[Row, ...]:
    """Return the changes in the order in which they came."""
    known = [row for row in rows("successions") if row["name"] != "thành phố thuộc tỉnh"]
    return tuple(sorted(known, key=lambda row: row["last_day"]))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        row["name"]: re.compile(
            rf"(?<!\w){re.escape(name_key(row['name']))}(?!\w){_NOT_OF_AN_ASSEMBLY}"
        )
        for row in _rows()
    }


def _pattern(row: Row) -> re.Pattern[str]:
    return _patterns()[row["name"]]


@cache
def _cities() -> dict[str, date]:
    """Return the cities of provinces by name, with their last day."""
    cities = [row for row in rows("places") if row["kind"] == "thành phố"]
    central = {name_key(row["name"]) for row in cities if not row["valid_to"]}
    central |= {"hồ chí minh", "hà nội", "huế", "đà nẵng", "cần thơ", "hải phòng"}
    return {
        name_key(row["name"]): date.fromisoformat(row["valid_to"])
        for row in cities
        if row["valid_to"] and name_key(row["name"]) not in central
    }
