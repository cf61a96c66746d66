# SPDX-License-Identifier: Apache-2.0
"""Dictionaries as tables: tab-separated, UTF-8, one header row, a `source` column."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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
def digest(*names: str, models: str = "*") -> str:
    """Return the SHA-256 of the dictionaries and models: a record tells which it was made with.

    Args:
        names: tables, without ending; all if none is named.
        models: ending of the models that count.
    """
    tables = [folder() / f"{name}.tsv" for name in names] or folder().glob("*.tsv")
    kinds = ("lm", "onnx") if models == "*" else (models,)
    total = hashlib.sha256()
    for path in sorted([*tables, *(path for kind in kinds for path in _models(kind))]):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _models(ending: str) -> Iterable[Path]:
    return folder().glob(f"model/*.{ending}")
