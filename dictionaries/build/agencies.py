# SPDX-License-Identifier: Apache-2.0
"""Write agencies.tsv, abbreviations.tsv and notations.tsv; rows that people added stay.

python dictionaries/build/agencies.py --data ../shared/data
"""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from tables import FOLDER, Row, by_hand, data_folder, read_tsv, write

if TYPE_CHECKING:
    from pathlib import Path

LISTS = "public lists of abbreviations"
KNOWN = "general knowledge, not verified"
COUNTED = "counted in texts of law and administration"
_VALIDITY = re.compile(
    r"(?P<which>đến|từ) (?:(?P<day>\d\d)/)?(?:(?P<month>\d\d?)/)?(?P<year>\d{4})"
)
# A document's number: what stands behind the slash, its parts between hyphens.
_NUMBER = re.compile(r"\d+[a-z]?(?:/\d{4})?/((?:[A-ZĐ][A-Za-zĐđƯ&]*)(?:-[A-ZĐ][A-Za-zĐđƯ&]*)*)")
_LEAST_COUNT = 8
# NĐ 45/2025/NĐ-CP and NQ 176/2025/QH15: ministries and departments merged on this day.
_LAST_DAY, _FIRST_DAY = "2025-02-28", "2025-03-01"


def main() -> None:
    """Write the three tables."""
    data = data_folder("agencies.tsv, abbreviations.tsv, notations.tsv")
    compiled = data / "gazetteers" / "compiled"
    built = {LISTS, KNOWN, COUNTED}
    names = [*by_hand("agencies", built), *agencies(compiled / "agencies_abbr.tsv")]
    write("agencies", ("name", "abbreviation", "level", "valid_from", "valid_to", "source"), names)
    short = [*by_hand("abbreviations", built), *abbreviations(compiled / "abbreviations.tsv")]
    write("abbreviations", ("abbreviation", "expansion", "source"), short)
    parts = [*by_hand("notations", built), *notations(data / "corpus", names, short)]
    write("notations", ("part", "meaning", "source"), one_row_a_part(parts))


def one_row_a_part(rows: list[Row]) -> list[Row]:
    """Return the first row of each part."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row["part"], row)
    return list(first.values())


def _source(text: str) -> str:
    return LISTS if text.startswith("third-party") else KNOWN


def agencies(path: Path) -> list[Row]:
    """Return agencies with the days between which they had their name."""
    rows = []
    for row in read_tsv(path):
        match = _VALIDITY.search(row["validity"])
        rows.append(
            {
                "name": row["name"],
                "abbreviation": row["abbr"],
                "level": row["level"],
                "valid_from": _FIRST_DAY if match and match["which"] == "từ" else "",
                "valid_to": _LAST_DAY if match and match["which"] == "đến" else "",
                "source": _source(row["source"].strip('"')),
            }
        )
    return rows


def abbreviations(path: Path) -> list[Row]:
    """Return abbreviations; "GDĐT/GD&ĐT" are two."""
    return [
        {"abbreviation": short, "expansion": row["expansion"], "source": _source(row["source"])}
        for row in read_tsv(path)
        for short in (row["abbr"].split("/") if row["abbr"].isupper() else [row["abbr"]])
    ]


def notations(corpus: Path, names: list[Row], short: list[Row]) -> list[Row]:
    """Return the parts of documents' numbers that occur, with their meaning where it is known."""
    meanings = {row["abbreviation"]: row["expansion"] for row in short}
    meanings |= {row["abbreviation"]: row["name"] for row in names if row["abbreviation"]}
    types = read_tsv(FOLDER / "document_types.tsv")
    meanings |= {row["code"]: row["name"] for row in types if row["code"]}
    counts = count_parts(corpus)
    best: Counter[str] = Counter()
    for part, count in counts.items():
        best[_bare(part)] = max(best[_bare(part)], count)
    # "QD" among a thousand "QĐ" is a misprint, not a part of its own.
    kept = [
        part for part, count in counts.items()
        if count >= _LEAST_COUNT and count * 20 >= best[_bare(part)]
    ]  # fmt: skip
    return [{"part": part, "meaning": meanings.get(part, ""), "source": COUNTED} for part in kept]


def _bare(part: str) -> str:
    return part.upper().replace("Đ", "D").replace("Ư", "U")


def count_parts(corpus: Path) -> Counter[str]:
    """Return how often each part of a notation occurs in the corpora of acts."""
    import zstandard  # noqa: PLC0415 - needed to build only

    counts: Counter[str] = Counter()
    for name in ("admin", "legal"):
        with (corpus / f"{name}.txt.zst").open("rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            for line in io.TextIOWrapper(stream, encoding="utf-8"):
                for notation in _NUMBER.findall(line):
                    counts.update(notation.split("-"))
    return counts


if __name__ == "__main__":
    main()
