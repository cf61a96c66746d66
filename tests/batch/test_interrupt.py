# SPDX-License-Identifier: Apache-2.0
"""The command itself, cut in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from runs import TEXT, write

from pipeline.errors import ExitCode

# It ends within two seconds where nothing else runs.
PATIENCE = 10.0


def start(inbox: Path, out: Path) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "pipeline", "extract", str(inbox), "-o", str(out), "-j", "2"]
    return subprocess.Popen(call, stderr=subprocess.DEVNULL, start_new_session=True)


def wait_for(condition: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def processes_of(session: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(120):
        write(folder / f"{number:03}.txt", TEXT.replace("12/", f"{number}/"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("cut", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_ends_at_once_and_goes_on_where_it_was(many: Path, tmp_path: Path, cut: int) -> None:
    out = tmp_path / "out"
    run = start(many, out)
    wait_for(lambda: len(list(out.glob("*.txt.json"))) > 5)
    os.kill(run.pid, cut)
    begun = time.monotonic()
    code = run.wait(60)
    assert time.monotonic() - begun < PATIENCE
    assert code == (-signal.SIGKILL if cut == signal.SIGKILL else ExitCode.INTERRUPTED)
    wait_for(lambda: not processes_of(run.pid), PATIENCE)
    done = {path: path.stat().st_mtime_ns for path in out.glob("*.json")}
    assert len(done) < 121, "it was cut before its end"
    assert start(many, out).wait(120) == 0
    summary = json.loads((out / "summary.json").read_text())
    assert summary["documents"]["done"] + summary["documents"]["skipped"] == 120
    records = {path for path in done if path.name != "summary.json"}
    assert all(path.stat().st_mtime_ns == done[path] for path in records), "none is done twice"
    assert not list(out.rglob(".*.part"))
