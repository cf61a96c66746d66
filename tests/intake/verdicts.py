# SPDX-License-Identifier: Apache-2.0
"""What intake says of files, each in a process of its own: `python verdicts.py FILE…`.

Every process has little memory and little time, so that a hang, a crash and a bomb are seen.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SohoaError
from pipeline.intake.source import open_source
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a file.

    Attributes:
        path: of the file.
        error: the class of the error, "" where all its pages came out, "killed" or "fault: …" for
            what must not be.
        message: of the error.
        pages: that came out.
        seconds: it took.
        megabytes: the most that it or poppler held at a time, beyond what was loaded before.
    """

    path: str
    error: str
    message: str
    pages: int
    seconds: float
    megabytes: float

    @property
    def is_foreseen(self) -> bool:
        """Whether all pages came out, or an error of ours says why not."""
        return self.error[:6] not in ("killed", "fault:")


def verdicts(
    paths: Iterable[Path], *, megabytes: int = 1500, seconds: int = 60, **settings: Any
) -> list[Verdict]:
    """Return what intake says of each file with so much memory and time for each."""
    request = {
        "paths": [os.fspath(path) for path in paths],
        "megabytes": megabytes,
        "seconds": seconds,
        "settings": settings,
    }
    answer = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )
    assert answer.returncode == 0, answer.stderr
    return [Verdict(**json.loads(line)) for line in answer.stdout.splitlines()]


def _judged(path: Path, megabytes: int, seconds: int, settings: Settings) -> Verdict:
    reader, writer = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reader)
        _open(path, writer, megabytes, seconds, settings)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    status = os.waitpid(child, 0)[1]
    took = round(time.monotonic() - start, 2)
    if not answer:
        return Verdict(os.fspath(path), f"killed by {status}", "", 0, took, 0.0)
    return Verdict(path=os.fspath(path), seconds=took, **json.loads(answer))


def _open(path: Path, writer: int, megabytes: int, seconds: int, settings: Settings) -> None:
    """Open a file and make the picture of each page, tell what became of it, and end."""
    signal.alarm(seconds)
    before = _megabytes(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    pages, error, message = 0, "", ""
    try:
        with open_source((path,), path.name, settings) as source:
            for number in range(1, source.page_count + 1):
                try:
                    [sheet] = source.sheets(number, number)
                    for picture in (sheet.scan, sheet.glance):
                        if picture is not None:
                            picture().image.load()
                    pages += 1
                except SohoaError as spoilt:  # one page's fault does not cost the others
                    error, message = type(spoilt).__name__, str(spoilt)
    except SohoaError as refused:
        error, message = type(refused).__name__, str(refused)
    except BaseException as fault:  # noqa: BLE001 - that there is none is what is tested
        error, message = f"fault: {type(fault).__name__}", str(fault)
    most = max(_megabytes(resource.RUSAGE_SELF) - before, _megabytes(resource.RUSAGE_CHILDREN))
    answer = {"error": error, "message": message, "pages": pages, "megabytes": round(most, 1)}
    os.write(writer, json.dumps(answer).encode())
    os._exit(0)


def _megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _answers(request: dict[str, Any]) -> Iterator[Verdict]:
    settings = Settings(**request["settings"])
    for path in request["paths"]:
        yield _judged(Path(path), request["megabytes"], request["seconds"], settings)


if __name__ == "__main__":
    for verdict in _answers(json.load(sys.stdin)):
        print(json.dumps(asdict(verdict)), flush=True)  # noqa: T201
