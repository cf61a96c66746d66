# SPDX-License-Identifier: Apache-2.0
"""Write places.tsv and communes_2024.tsv: provinces, districts and communes, before and since.

places.tsv holds what heads of acts name; the ten thousand communes that ended on 30/6/2025 have a
table of their own, for look-ups by name only.

python dictionaries/build/places.py --data ../shared/data
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tables import Row, by_hand, data_folder, read_tsv, write

if TYPE_CHECKING:
    from pathlib import Path

COMMUNE_COLUMNS = ("name", "kind", "parent", "valid_to", "source")
COMMUNE_KINDS = ("xã", "phường", "thị trấn")
COLUMNS = ("name", "kind", "parent", "code", "valid_from", "valid_to", "source")
BEFORE = "madnh/hanhchinhvn, MIT"
AFTER = "thanglequoc/vietnamese-provinces-database, MIT"
MERGED = "dvhcvn/20250701, MIT"
# NQ 202/2025/QH15 and NQ 203/2025/QH15: the districts end, the communes are new.
LAST_DAY, FIRST_DAY = "2025-06-30", "2025-07-01"


def main() -> None:
    """Gather both gazetteers and write one table."""
    data = data_folder("places.tsv")
    gazetteers = data / "gazetteers"
    rows = before(gazetteers / "before_2025") + after(gazetteers / "after_2025" / "units.json")
    rows += renamed(data.parent / "domain" / "gazetteer_2025.tsv")
    write("places", COLUMNS, [*by_hand("places", {BEFORE, AFTER}), *join_provinces(rows)])
    old = communes(gazetteers / "mapping_2025" / "splits.json")
    write("communes_2024", COMMUNE_COLUMNS, [*by_hand("communes_2024", {MERGED}), *old])


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _row(full: str, name: str, parent: str, code: str, source: str) -> Row:
    """Return a row; the kind is what stands before the name: "Huyện Lục Nam" is a "huyện"."""
    kind = full.removesuffix(name).strip().lower() or "tỉnh"
    # "Quận 8" is no name without its kind.
    name = full if name.isdigit() else name
    return {"name": name, "kind": kind, "parent": parent, "code": code, "source": source}


def before(folder: Path) -> list[Row]:
    """Return provinces and districts as they were up to 30/6/2025."""
    provinces = _load(folder / "tinh_tp.json")
    rows = [_row(p["name_with_type"], p["name"], "", p["code"], BEFORE) for p in provinces.values()]
    rows += [
        _row(d["name_with_type"], d["name"], provinces[d["parent_code"]]["name"], d["code"], BEFORE)
        for d in _load(folder / "quan_huyen.json").values()
    ]
    return [{**row, "valid_to": LAST_DAY} for row in rows]


def communes(path: Path) -> list[Row]:
    """Return communes, wards and towns as they were on 30/6/2025, with their provinces."""
    rows: list[Row] = []
    for province in _load(path)["data"]:
        parent = province["name"].removeprefix("Tỉnh ").removeprefix("Thành phố ")
        for commune in province["level3s"]:
            full = " ".join(commune["name"].split())
            kind = next(kind for kind in COMMUNE_KINDS if full.lower().startswith(kind))
            row = _row(full, full[len(kind) :].strip(), parent, "", MERGED)
            rows.append({**row, "valid_to": LAST_DAY})
    return rows


def after(path: Path) -> list[Row]:
    """Return provinces and communes as they are since 1/7/2025."""
    rows: list[Row] = []
    for province in _load(path):
        rows.append(_row(province["FullName"], province["Name"], "", province["Code"], AFTER))
        rows += [
            _row(ward["FullName"], ward["Name"], province["Name"], ward["Code"], AFTER)
            for ward in province["Wards"]
        ]
    return [{**row, "valid_from": FIRST_DAY} for row in rows]


def renamed(path: Path) -> list[Row]:
    """Return provinces whose name ended on another day than the mergers (Thừa Thiên Huế)."""
    return [
        {"name": row["name"], "kind": "tỉnh", "valid_to": row["valid_to"], "source": BEFORE}
        for row in (read_tsv(path) if path.is_file() else [])
        if row["kind"] == "province" and row["change"] == "renamed"
    ]


def join_provinces(rows: list[Row]) -> list[Row]:
    """Return the rows with one for a province of both lists, without days: it was and it is."""
    both = {
        (row["name"], row["kind"])
        for row in rows
        if not row.get("parent") and row.get("valid_from")
    } & {
        (row["name"], row["kind"]) for row in rows if not row.get("parent") and row.get("valid_to")
    }
    renamed_names = {row["name"] for row in rows if "code" not in row}
    kept: list[Row] = []
    for row in rows:
        province = not row.get("parent")
        if province and (row["name"], row["kind"]) in both:
            if row["source"] == BEFORE:
                continue
            kept.append({**row, "valid_from": ""})
            continue
        if province and row["name"] in renamed_names and row.get("valid_to") == LAST_DAY:
            continue
        kept.append(row)
    return kept


if __name__ == "__main__":
    main()
