# SPDX-License-Identifier: Apache-2.0
"""Documents marked MẬT, TỐI MẬT, TUYỆT MẬT: their text stays in the record and goes nowhere else.

Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Điều 13: a state secret may only be copied by those who
are allowed to. A program cannot know who that is, so it copies nothing unless told to.
"""

from __future__ import annotations

from typing import Any


def is_secret(record: dict[str, Any]) -> bool:
    """Return whether a record bears a grade of secrecy, however sure the reading of it is."""
    grade = record["secrecy"]
    return grade is not None and bool(grade["value"])


def without_text(record: dict[str, Any]) -> dict[str, Any]:
    """Return `record` with nothing of its document's text: its place, size, grade, one warning."""
    fields: dict[str, Any] = {
        key: [] if isinstance(value, list) else None
        for key, value in record.items()
        if key not in ("id", "source", "schema_version", "process")
    }
    grade = record["secrecy"]["value"]
    notice = {
        "code": "secret",
        "message": f"marked {grade}: its text stays in its record; --allow-secret exports it",
        "field": "secrecy",
        "page": None,
    }
    return {**record, **fields, "secrecy": {**record["secrecy"], "raw": grade, "evidence": []},
            "warnings": [notice]}  # fmt: skip
