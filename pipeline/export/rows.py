# SPDX-License-Identifier: Apache-2.0
"""A record as lines of the tables `documents.csv` and `tasks.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.export.secrecy import is_secret, without_text

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]


def rows_of(record: dict[str, Any], *, allow_secret: bool = False) -> dict[str, list[Row]]:
    """Return the lines of a record in each table; of a secret one only its path and grade.

    Documents that follow the first in its file have lines of their own.
    """
    shown = record if allow_secret or not is_secret(record) else without_text(record)
    parts = [shown, *({**shown, **part} for part in shown.get("following", ()))]
    return {
        "documents": [document_row(part) for part in parts],
        "tasks": [row for part in parts for row in task_rows(part)],
    }


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


def _value(record: dict[str, Any], name: str) -> str | None:
    field = record.get(name)  # a record of an older version has fewer fields
    return field["value"] if field else None


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(value for value in values if value)
