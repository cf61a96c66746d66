# SPDX-License-Identifier: Apache-2.0
"""Dictionaries as tables: tab-separated, UTF-8, one header row, a `source` column."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

Row = dict[str, str]

# In a checkout the folder lies beside the package, in a wheel inside it.
_FOLDERS = (
    Path(__file__).parent.parent / "dictionaries",
    Path(__file__).parent / "dictionaries",
)


def folder() -> Path:
    """Return the folder that holds the dictionaries of this installation."""
    return next(path for path in _FOLDERS if (path / "README.md").is_file())


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of `dictionaries/<name>.tsv`, each a mapping from column to text."""
    with (folder() / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def digest() -> str:
    """Return the SHA-256 of all dictionaries and models: a record tells which it was made with."""
    total = hashlib.sha256()
    models = [*folder().glob("model/*.lm"), *folder().glob("model/*.onnx")]
    for path in sorted([*folder().glob("*.tsv"), *models]):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()
