# SPDX-License-Identifier: Apache-2.0
"""Documents marked MẬT, TỐI MẬT, TUYỆT MẬT: their text stays in the record and goes nowhere else.

Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Điều 13: a state secret may only be copied by those who
are allowed to. A program cannot know who that is, so it copies nothing unless told to.
"""

from __future__ import annotations

from typing import Any


def is_secret(record: dict[str, Any]) -> bool:
    """Return whether a record bears a grade of secrecy, however sure the reading of it is.

    A grade of one of several documents in a file holds for the file.
    """
    return _grade(record) is not None


def _grade(record: dict[str, Any]) -> dict[str, Any] | None:
    """Return the first grade that the documents of a record bear, None if none does."""
    grades = (part["secrecy"] for part in (record, *record.get("following", ())))
    return next((grade for grade in grades if grade is not None and grade["value"]), None)


def without_text(record: dict[str, Any]) -> dict[str, Any]:
    """Return `record` with nothing of its document's text: its place, size, grade, one warning."""
    fields: dict[str, Any] = {
        key: [] if isinstance(value, list) else None
        for key, value in record.items()
        if key not in ("id", "source", "schema_version", "process")
    }
    secrecy = _grade(record) or {}
    grade = secrecy.get("value")
    notice = {
        "code": "secret",
        "message": f"marked {grade}: its text stays in its record; --allow-secret exports it",
        "field": "secrecy",
        "page": None,
    }
    return {**record, **fields, "secrecy": {**secrecy, "raw": grade, "evidence": []},
            "warnings": [notice]}  # fmt: skip
