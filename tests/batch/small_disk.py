# SPDX-License-Identifier: Apache-2.0
"""A run whose folder of records is a disk that is mounted anew: `small_disk.py IN OUT OPTIONS`.

Prints what became of it as JSON, before and after the disk was mounted again with other options.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent.parent)]

from runs import run  # noqa: E402

from pipeline.errors import SohoaError  # noqa: E402


def state(inbox: Path, out: Path) -> dict[str, Any]:
    """Return what became of a run, and of the files that it left."""
    try:
        ended = sorted({outcome.state for outcome in run(inbox, out).outcomes})
    except SohoaError as stopped:
        ended = [type(stopped).__name__, str(stopped)]
    records = list(out.rglob("*.txt.json"))
    for path in records:
        json.loads(path.read_text(encoding="utf-8"))
    return {
        "ended": ended,
        "records": len(records),
        "texts": len(list(out.rglob("*.txt"))),
        "halves": [path.name for path in out.rglob(".*.part")],
    }


def main(inbox: Path, out: Path, options: str) -> None:
    full = state(inbox, out)
    subprocess.run(["mount", "-o", f"remount,{options}", str(out)], check=True)  # noqa: S607
    print(json.dumps([full, state(inbox, out)]))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
