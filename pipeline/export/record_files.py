# SPDX-License-Identifier: Apache-2.0
"""A record as files: `NAME.json`, and its text beside it as `NAME.txt` unless it is secret."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pipeline.errors import OutputError
from pipeline.export.files import write_text
from pipeline.export.secrecy import is_secret
from pipeline.record import Record

if TYPE_CHECKING:
    from pathlib import Path


# Bytes of a file's or folder's name on the usual systems.
_LONGEST_PART = 255
_MARK_DIGITS = 8


def record_path(out: Path, name: str) -> Path:
    """Return where the record of the document called `name` lies: `OUT/a/x.pdf.json`.

    A part of a name that is too long for a file system, or leaves no room for the ending, is cut,
    and told from its likes by a digest.

    Raises:
        OutputError: the name would lead out of `out`.
    """
    *folders, last = name.split("/")
    if last in ("", ".", "..") or not {"", ".", ".."}.isdisjoint(folders):
        raise _outside(out, name)
    return out.joinpath(
        *(_cut(folder, _LONGEST_PART) for folder in folders),
        f"{_cut(last, _LONGEST_PART - len('.json'))}.json",
    )


def _cut(part: str, most: int) -> str:
    """Return a part of a name in at most so many bytes."""
    data = part.encode()
    if len(data) <= most:
        return part
    mark = hashlib.sha256(data).hexdigest()[:_MARK_DIGITS]
    return f"{data[: most - _MARK_DIGITS - 1].decode(errors='ignore')}~{mark}"


def write_record(
    out: Path, name: str, record: Record, text: str, *, allow_secret: bool = False
) -> dict[str, Any]:
    """Write the record and its text under `out`, the record last; return it as plain data.

    The record is read back through its own schema before it is written, so that no file breaks it.
    Of a document marked MẬT only the record is written, for its owner alone to read; a text file
    of an earlier run is taken away.

    Raises:
        StorageError: nothing can be written to the folder.
        OutputError: this record cannot be written, or its name leads out of the folder.
    """
    path = record_path(out, name)
    if not path.resolve().is_relative_to(out.resolve()):  # by a link in the folder of the records
        raise _outside(out, name)
    content = record.to_json()
    Record.model_validate_json(content)
    data: dict[str, Any] = json.loads(content)
    secret = is_secret(data) and not allow_secret
    if secret:
        path.with_suffix(".txt").unlink(missing_ok=True)
    else:
        write_text(path.with_suffix(".txt"), text)
    write_text(path, content, private=secret)
    return data


def _outside(out: Path, name: str) -> OutputError:
    return OutputError(f"{name} would be written outside {out}: rename the file")
