# SPDX-License-Identifier: Apache-2.0
"""The two tables that an archivist opens first: `documents.csv` and `tasks.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.export.files import write_text
from pipeline.export.secrecy import is_secret, without_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# A cell that begins with one of these is taken for a formula by spreadsheets (OWASP, CSV
# injection); an apostrophe before it makes it text again. Full-width forms count as well.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_DOCUMENT_COLUMNS = [
    "path", "id", "pages", "number", "date", "place", "doc_type", "issuer", "parent", "title",
    "urgency", "secrecy", "addressees", "recipients", "drafting_unit", "authority", "position",
    "signer", "references", "tasks", "deadlines", "needs_review", "warnings",
]  # fmt: skip
_TASK_COLUMNS = [
    "path", "document_id", "number", "date", "task_id", "section", "page", "mood", "text",
    "responsible", "cooperating", "reports_to", "deadline", "deadline_kind", "deadline_iso",
    "needs_review",
]  # fmt: skip

Row = dict[str, Any]


def write_tables(
    out: Path, records: Iterable[dict[str, Any]], *, allow_secret: bool = False
) -> None:
    """Write both tables into `out`: UTF-8 with a byte order mark, one line a document or task.

    Of a document marked MẬT there is only a line with its path and grade.

    Raises:
        OutputError: the folder cannot be written.
    """
    documents: list[Row] = []
    tasks: list[Row] = []
    for full in records:
        record = full if allow_secret or not is_secret(full) else without_text(full)
        documents.append(document_row(record))
        tasks += task_rows(record)
    _write(out / "documents.csv", documents, _DOCUMENT_COLUMNS)
    _write(out / "tasks.csv", tasks, _TASK_COLUMNS)


def document_row(record: dict[str, Any]) -> Row:
    """Return the line of a record in `documents.csv`; lists are joined by "; "."""
    signer = record["signer"] or {}
    return {
        "path": record["source"]["path"],
        "id": record["id"],
        "pages": record["source"]["pages"],
        **{name: _value(record, name) for name in ("number", "date", "place", "doc_type")},
        "issuer": _value(record, "issuer"),
        "parent": (record["issuer"] or {}).get("parent"),
        **{name: _value(record, name) for name in ("title", "urgency", "secrecy")},
        "addressees": _joined(item["value"] for item in record["addressees"]),
        "recipients": _joined(item["value"] for item in record["recipients"]),
        "drafting_unit": _value(record, "drafting_unit"),
        "authority": signer.get("authority"),
        "position": signer.get("position"),
        "signer": signer.get("name"),
        "references": _joined(item["number"] for item in record["references"]),
        "tasks": len(record["tasks"]),
        "deadlines": len(record["deadlines"]),
        "needs_review": _joined(fields_to_review(record)),
        "warnings": _joined(item["message"] for item in record["warnings"]),
    }


def task_rows(record: dict[str, Any]) -> list[Row]:
    """Return the lines of a record in `tasks.csv`."""
    units = {unit["id"]: unit["value"] for unit in record["units"]}
    deadlines = {item["id"]: item for item in record["deadlines"]}
    rows = []
    for task in record["tasks"]:
        due = [deadlines[key] for key in task["deadlines"]]
        rows.append(
            {
                "path": record["source"]["path"],
                "document_id": record["id"],
                "number": _value(record, "number"),
                "date": _value(record, "date"),
                "task_id": task["id"],
                **{name: task.get(name) for name in ("section", "page", "mood", "text")},
                "responsible": _joined(units[key] for key in task["responsible"]),
                "cooperating": _joined(units[key] for key in task["cooperating"]),
                "reports_to": _joined(task.get("reports_to", ())),
                "deadline": _joined(item["raw"] for item in due),
                "deadline_kind": _joined(item["kind"] for item in due),
                "deadline_iso": _joined(iso_form(item) for item in due),
                "needs_review": "yes" if task["needs_review"] else "",
            }
        )
    return rows


def fields_to_review(record: dict[str, Any]) -> list[str]:
    """Return the names of the fields of the head and foot that a person should look at."""
    return [
        name
        for name, field in record.items()
        if isinstance(field, dict) and field.get("needs_review")
    ]


def iso_form(deadline: dict[str, Any]) -> str:
    """Return a deadline in ISO form: a date, an interval, an RRULE, or an offset to its anchor.

    An hour belongs to Vietnam's time; an offset whose day is known is that day.
    """
    if deadline["rrule"]:
        return f"RRULE:{deadline['rrule']}"
    if deadline["start"] or deadline["end"]:
        return f"{deadline['start'] or '..'}/{deadline['end'] or '..'}"
    if deadline["offset"] and not deadline["date"]:
        return f"{deadline['anchor'] or '?'} {deadline['offset']}"
    if deadline["date"] and deadline.get("time"):
        return f"{deadline['date']}T{deadline['time']}+07:00"
    return deadline["date"] or ""


def safe_cell(value: Any) -> Any:
    """Return `value` so that no spreadsheet takes it for a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def _write(path: Path, rows: list[Row], columns: list[str]) -> None:
    table = pd.DataFrame(rows, columns=columns).map(safe_cell)
    write_text(path, table.to_csv(index=False, lineterminator="\r\n"), encoding="utf-8-sig")


def _value(record: dict[str, Any], name: str) -> str | None:
    field = record.get(name)  # a record of an older version has fewer fields
    return field["value"] if field else None


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(value for value in values if value)
