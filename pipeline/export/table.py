# SPDX-License-Identifier: Apache-2.0
"""The two tables that an archivist opens first: `documents.csv` and `tasks.csv`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.export.files import writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.export.rows import Row

# A cell that begins with one of these is taken for a formula by spreadsheets (OWASP, CSV
# injection); an apostrophe before it makes it text again. Full-width forms count as well.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_COLUMNS = {
    "documents": [
        "path", "id", "pages", "number", "date", "place", "doc_type", "issuer", "parent", "title",
        "urgency", "secrecy", "addressees", "recipients", "drafting_unit", "authority", "position",
        "signer", "references", "tasks", "deadlines", "needs_review", "warnings",
    ],
    "tasks": [
        "path", "document_id", "number", "date", "task_id", "section", "page", "mood", "text",
        "responsible", "cooperating", "reports_to", "deadline", "deadline_kind", "deadline_iso",
        "needs_review",
    ],
}  # fmt: skip

# Lines that are in memory at a time.
_CHUNK = 5000


def write_tables(out: Path, rows: Mapping[str, Iterable[Row]]) -> None:
    """Write the tables into `out`: UTF-8 with a byte order mark, one line a document or task.

    Args:
        out: the folder.
        rows: of "documents" and "tasks".

    Raises:
        OutputError: the folder cannot be written.
    """
    for name, columns in _COLUMNS.items():
        with writing(out / f"{name}.csv") as file:
            lines = iter(rows[name])
            chunk = list(islice(lines, _CHUNK))
            file.write(_csv(chunk, columns, header=True).encode("utf-8-sig"))
            while chunk := list(islice(lines, _CHUNK)):
                file.write(_csv(chunk, columns, header=False).encode())


def safe_cell(value: Any) -> Any:
    """Return `value` so that no spreadsheet takes it for a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def _csv(rows: list[Row], columns: list[str], *, header: bool) -> str:
    table = pd.DataFrame(rows, columns=columns, dtype=object).map(safe_cell)
    return table.to_csv(index=False, header=header, lineterminator="\r\n")
