# SPDX-License-Identifier: Apache-2.0
"""A record as files: `NAME.json`, and its text beside it as `NAME.txt` unless it is secret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.errors import OutputError
from pipeline.export.files import write_text
from pipeline.export.secrecy import is_secret
from pipeline.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def record_path(out: Path, name: str) -> Path:
    """Return where the record of the document called `name` lies: `OUT/a/x.pdf.json`.

    Raises:
        OutputError: the name would lead out of `out`.
    """
    path = out / f"{name}.json"
    if not path.resolve().is_relative_to(out.resolve()):
        raise OutputError(f"{name} would be written outside {out}: rename the file")
    return path


def write_record(
    out: Path, name: str, record: Record, text: str, *, allow_secret: bool = False
) -> Path:
    """Write the record and its text under `out`, the record last; return the record's path.

    The record is read back through its own schema before it is written, so that no file breaks it.
    Of a document marked MẬT only the record is written, for its owner alone to read; a text file
    of an earlier run is taken away.

    Raises:
        OutputError: the folder cannot be written, or the name leads out of it.
    """
    path = record_path(out, name)
    content = record.to_json()
    Record.model_validate_json(content)
    secret = is_secret(json.loads(content)) and not allow_secret
    if secret:
        path.with_suffix(".txt").unlink(missing_ok=True)
    else:
        write_text(path.with_suffix(".txt"), text)
    write_text(path, content, private=secret)
    return path


def read_records(out: Path) -> Iterator[dict[str, Any]]:
    """Yield the records under `out` as plain data, in order of their paths."""
    for path in sorted(out.rglob("*.json")):
        if path.is_symlink() or path.name.startswith("."):
            continue
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError):
            continue  # not ours: records are only ever whole
        if isinstance(data, dict) and "schema_version" in data:
            yield data
