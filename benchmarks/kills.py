# SPDX-License-Identifier: Apache-2.0
"""Kill a batch at random moments, again and again, and see whether anything is lost or doubled.

    python -m benchmarks.kills [--kills 200] [--seed 1]

Sixty documents are done in an undisturbed run. Then they are done in a run that is killed with
SIGKILL at a random moment and begun again until it comes to its end, as often as it takes to have
so many kills: the run alone, the run with all its workers as a power cut would, or one worker. All
records must be those of the undisturbed run byte for byte, times aside.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOCUMENTS = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 if every round ended with every record as it should be."""
    parser = argparse.ArgumentParser(prog="benchmarks.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    with TemporaryDirectory(prefix="kills-") as name:
        folder = Path(name)
        make_documents(folder / "in")
        start = time.perf_counter()
        _run(folder, "reference").wait()
        whole = time.perf_counter() - start
        expected = records(folder / "reference")
        if len(expected) != _DOCUMENTS:
            print(f"only {len(expected)} of {_DOCUMENTS} documents could be done")  # noqa: T201
            return 1
        kills = rounds = wrong = 0
        while kills < options.kills:
            rounds += 1
            kills += _disturbed(folder, f"out{rounds}", chance, whole)
            wrong += _differences(expected, folder / "reference", folder / f"out{rounds}")
            print(f"round {rounds}: {kills} kills, {wrong} records wrong", flush=True)  # noqa: T201
    return 1 if wrong else 0


def make_documents(inbox: Path) -> None:
    """Fill a folder with sixty documents: pages of the samples as pictures, and texts."""
    inbox.mkdir()
    picture = Image.open("samples/quyet-dinh-1583-page-1.jpg").convert("L")
    picture.thumbnail((900, 1300))
    picture = picture.crop((0, 0, picture.width, picture.height // 4))  # the head is enough
    text = Path("samples/plan-194.txt").read_text("utf-8")
    for number in range(_DOCUMENTS):
        if number % 3:
            (inbox / f"{number:02}.txt").write_text(f"Số: {number}/KH-UBND\n{text[:6000]}", "utf-8")
        else:
            picture.putpixel((0, 0), number)  # so that each has a reading of its own
            blank = Image.new("L", picture.size, 255)  # more pages than one worker reads at a time
            pages = [picture.copy(), *([blank] * 5 if number % 12 == 0 else [])]
            pages[0].save(
                inbox / f"{number:02}.tif", save_all=True, append_images=pages[1:],
                compression="tiff_lzw", dpi=(110, 110),
            )  # fmt: skip
    for path in inbox.iterdir():
        os.utime(path, (1, 1))


def records(out: Path) -> dict[str, str]:
    """Return the records of a folder by name, their times left out."""
    found = {}
    for path in sorted(out.glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        if "schema_version" in record:
            record["process"]["seconds"] = {}
            text = path.with_suffix(".txt").read_text("utf-8")
            found[path.name] = json.dumps(record, ensure_ascii=False) + text
    return found


def _run(folder: Path, out: str, *, retry: bool = False) -> subprocess.Popen[bytes]:
    what = ["retry"] if retry else ["extract", str(folder / "in"), "-o"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "pipeline", *what, str(folder / out), "-j", "2"],
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


def _disturbed(folder: Path, out: str, chance: random.Random, whole: float) -> int:
    """Run until the end, killed at random moments; return how often it was.

    A document whose worker was killed twice is set aside, which is right: it is tried again by
    `sohoa retry`, as a person would.
    """
    kills = 0
    retry = False
    while True:
        run = _run(folder, out, retry=retry)
        while _goes_on(run, chance.uniform(0.1, 0.35) * whole):
            kills += 1
            victims = _family(run.pid)
            how = chance.choice(("run", "all", "worker"))
            if how != "worker":
                victims = [run.pid, *(victims if how == "all" else ())]
            elif victims:
                victims = [chance.choice(victims)]
            for victim in victims:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
        if run.returncode == ExitCode.OK:
            return kills
        retry = run.returncode == ExitCode.SOME_FAILED  # it came to its end, some set aside
        if run.returncode > 0 and not retry:
            said = (folder / "log").read_text("utf-8", "replace")
            print(f"  it ended with {run.returncode}: {said[-2000:]}", flush=True)  # noqa: T201


def _goes_on(run: subprocess.Popen[bytes], seconds: float) -> bool:
    """Return whether a run is still there after so many seconds."""
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def _family(pid: int) -> list[int]:
    """Return the processes that a process has started, and those have, and so on."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            after_name = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(after_name[1])
    found, new = [], {pid}
    while new := {child for child, parent in parents.items() if parent in new}:
        found += sorted(new)
    return found


def _differences(expected: dict[str, str], reference: Path, out: Path) -> int:
    """Return how many records are missing, differ or are too many, and tell which."""
    found = records(out)
    names = sorted(expected.keys() | found.keys())
    wrong = [name for name in names if expected.get(name) != found.get(name)]
    halves = [path.name for path in out.rglob(".*.part")]
    for name in (*wrong, *halves):
        print(f"  wrong: {name}")  # noqa: T201
    tables = [
        name
        for name in ("documents.csv", "tasks.csv")
        if not (out / name).is_file()
        or (out / name).read_bytes() != (reference / name).read_bytes()
    ]
    for name in tables:
        print(f"  wrong: {name}")  # noqa: T201
    return len(wrong) + len(halves) + len(tables)


if __name__ == "__main__":
    sys.exit(main())
