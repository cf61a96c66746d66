# SPDX-License-Identifier: Apache-2.0
"""Read and write the tables of this folder: tab-separated, UTF-8, NFC, one header row."""

from __future__ import annotations

import argparse
import csv
import unicodedata
from pathlib import Path

FOLDER = Path(__file__).parent.parent
Row = dict[str, str]


def data_folder(what: str) -> Path:
    """Return the folder that the option `--data` names."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--data", type=Path, required=True, help="folder with gazetteers/, corpus/")
    folder: Path = parser.parse_args().data
    return folder


def read_tsv(path: Path) -> list[Row]:
    """Return the rows of any tab-separated file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def by_hand(name: str, built: set[str]) -> list[Row]:
    """Return the rows of a table that people added: those of a source that is not built."""
    path = FOLDER / f"{name}.tsv"
    return [row for row in read_tsv(path) if row["source"] not in built] if path.is_file() else []


def write(name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    """Write a table; of rows with the same first columns (up to `source`) the first stays."""
    unique = {tuple(row.get(column, "") for column in columns[:-1]): row for row in reversed(rows)}
    lines = ["\t".join(columns)]
    cells = ([row.get(column, "").strip() for column in columns] for row in unique.values())
    lines += map("\t".join, sorted(cells))
    text = unicodedata.normalize("NFC", "\n".join(lines) + "\n")
    (FOLDER / f"{name}.tsv").write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}.tsv: {len(lines) - 1} rows, {len(text.encode()) / 1000:.0f} kB")
