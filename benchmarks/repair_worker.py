# SPDX-License-Identifier: Apache-2.0
"""`python -m benchmarks.repair_worker NAME`: one restorer in a process of its own.

Documents come on stdin, a row of JSON each: {"lines": [text, …], "confidences": of the reader for
every token of every line, or null}. Each is answered on stdout by one row,
{"lines": [[[token, confidence], …], …], "seconds": of one core}. The first row of the answer is
{"load_seconds"} or {"missing": why}, the last one {"peak_mb", "own_mb", "failures"}. So time and
memory are those of the restorer alone.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

# Counted before the restorer: memory is what it takes above an interpreter that has numpy loaded.
import numpy as np  # noqa: F401

from benchmarks.repair_restorers import MAKERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.repair_restorers import Confidences, Restorer

_FIRST = ["Căn cứ Luật Tổ chức chính quyền địa phương;"]


def main(name: str) -> None:
    """Load the restorer `name` and answer until stdin ends."""
    answers, sys.stdout = sys.stdout, sys.stderr
    start, peak_before, own_before = time.perf_counter(), _memory("VmHWM"), _memory("RssAnon")
    try:
        restore = MAKERS[name]()
    except ImportError as error:
        _answer(answers, {"missing": str(error)})
        return
    # What is loaded only at the first call belongs to loading.
    restore(_FIRST)
    _answer(answers, {"load_seconds": time.perf_counter() - start})
    own = _memory("RssAnon")
    for row in sys.stdin:
        _answer(answers, _restored(restore, **json.loads(row)))
        own = max(own, _memory("RssAnon"))
    memory = {"peak_mb": _memory("VmHWM") - peak_before, "own_mb": own - own_before}
    _answer(answers, memory | {"failures": getattr(restore, "failures", 0)})


def _restored(
    restore: Restorer, lines: list[str], confidences: Confidences | None
) -> dict[str, object]:
    start = time.process_time()
    given = restore(lines, confidences)
    return {"seconds": time.process_time() - start, "lines": given}


def _memory(what: str) -> float:
    """Return a figure of this process in MB: "VmHWM" its peak, "RssAnon" what it shares not.

    0 where the system has no /proc.
    """
    status = Path("/proc/self/status")
    found = re.search(rf"{what}:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1000 if found else 0.0


def _answer(to: TextIO, answer: Mapping[str, object]) -> None:
    print(json.dumps(answer, ensure_ascii=False), file=to, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
