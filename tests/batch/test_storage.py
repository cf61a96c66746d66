# SPDX-License-Identifier: Apache-2.0
"""A folder that nothing can be written to stops the run; what is done is kept, nothing is half."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from runs import TEXT, run, settle

from pipeline.errors import OutputError, StorageError

SCRIPT = Path(__file__).parent / "small_disk.py"
# a file system of its own, seen by this one command only, gone when that ends
MOUNT = 'mount -t tmpfs -o "$1" tmpfs "$2" && shift 2 && exec "$@"'


def on_a_disk(options: str, out: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command that sees a file system with these options at `out`."""
    out.mkdir(exist_ok=True)
    namespace = ["unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh"]
    return subprocess.run(
        [*namespace, options, str(out), *command], check=False, capture_output=True, text=True
    )


def run_on_a_disk(options: str, then: str, inbox: Path, out: Path) -> list[dict[str, Any]]:
    """Run over `inbox` on such a disk, and once more after it was mounted again as `then`."""
    if on_a_disk(options, out, "true").returncode:
        pytest.skip("no file system can be mounted here")
    answer = on_a_disk(options, out, sys.executable, str(SCRIPT), str(inbox), str(out), then)
    assert answer.returncode == 0, answer.stderr
    told: list[dict[str, Any]] = json.loads(answer.stdout)
    return told


@pytest.mark.slow
def test_a_full_disk_stops_the_run_and_the_next_goes_on(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for number in range(60):
        path = inbox / f"{number}.txt"
        path.write_text(TEXT + "Nội dung chi tiết như sau đây.\n" * 300, encoding="utf-8")
        settle(path)
    full, after = run_on_a_disk("size=1m", "size=50m", inbox, tmp_path / "out")
    assert full["ended"][0] == "StorageError"
    assert full["ended"][1].endswith("run again: what is done is kept")
    assert full["halves"] == []
    assert 0 < full["records"] <= full["texts"] < 60
    assert after == {"ended": ["done", "skipped"], "records": 60, "texts": 60, "halves": []}


def test_a_disk_for_reading_only_stops_the_run(inbox: Path, tmp_path: Path) -> None:
    locked, after = run_on_a_disk("ro", "rw", inbox, tmp_path / "out")
    assert locked["ended"][0] == "StorageError"
    assert locked["ended"][1].endswith("choose another -o folder")
    assert after["ended"] == ["done"]


def test_a_file_in_the_way_of_the_folder_stops_the_run(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(OutputError, match="choose another -o folder"):
        run(inbox, tmp_path / "out")


def test_a_file_in_the_way_of_one_record_costs_that_one(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").write_text("in the way")
    heard = run(inbox, out)
    assert [outcome.state for outcome in heard.outcomes] == ["failed", "done"]
    assert "choose another -o folder" in heard.outcomes[0].message


def test_a_manifest_that_cannot_be_written_stops_the_run(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "manifest.sqlite").mkdir(parents=True)
    with pytest.raises(StorageError, match=r"manifest\.sqlite"):
        run(inbox, out)
