# SPDX-License-Identifier: Apache-2.0
"""`python -m benchmarks.repair`: the repair engine and its peers on text whose truth is known."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from benchmarks.repair_overlap import LOW, TRAINING, overlap, training_digest, training_fivegrams
from benchmarks.repair_report import Row, as_json, as_table, error_lines
from benchmarks.repair_restorers import OURS, PEERS, SEEN
from benchmarks.repair_run import MissingRestorerError, RestorerError, run, score
from benchmarks.repair_sets import SETS, SPLITS, MissingSetError, find_sets
from benchmarks.report import console, write_json
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.repair_sets import Line, TextSet

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".bench"
PEERS_PYTHON = CACHE / "peers" / "bin" / "python"
_PIPE_WIDTH = 170


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write, and return the exit code: 1 without data, or if the engine dies."""
    options = _parser().parse_args(arguments)
    try:
        _benchmark(options)
    except (FileNotFoundError, RestorerError) as error:
        _say(str(error))
        return int(ExitCode.USAGE)
    return int(ExitCode.OK)


def _benchmark(options: argparse.Namespace) -> None:
    report: dict[str, Any] = {
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "split": options.split,
        "low_overlap_under": options.low,
        "trained_on": {"files": list(TRAINING), "digest": training_digest(options.data)},
    }
    digest = report["trained_on"]["digest"]
    console(_PIPE_WIDTH).print(
        f"trained on: {', '.join(TRAINING)} (digest {digest}); split: {options.split}"
    )
    report["sets"] = {
        test_set.name: measured
        for test_set in _sets(options)
        if (measured := _measure(test_set, options))
    }
    if options.json:
        write_json(options.json, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.repair", description="Measure the repair of broken text."
    )
    add = parser.add_argument
    add("--data", type=Path, default=ROOT.parent / "shared" / "data", help="measuring data")
    add("--pages", type=Path, default=CACHE, help="folder of pages read by Tesseract (*.jsonl)")
    add("--split", choices=SPLITS, default="test", help="documents: even, odd, all")
    add("--sets", type=_set_names, default=SETS, help=f"which of {','.join(SETS)}")
    add("--peers", action=argparse.BooleanOptionalAction, default=True, help="run the peers too")
    add("--peers-python", type=Path, default=PEERS_PYTHON, help="Python that has the peers")
    add("--errors", type=int, default=0, metavar="N", help="list the N commonest errors left")
    add("--low", type=float, default=LOW, help="lines of low overlap: share of 5-grams seen")
    add("--json", type=Path, help="write all figures into this file")
    return parser


def _set_names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - set(SETS):
        raise argparse.ArgumentTypeError(f"no set {', '.join(unknown)}: choose of {','.join(SETS)}")
    return names


def _sets(options: argparse.Namespace) -> list[TextSet]:
    """Return the sets asked for; one that cannot be had is skipped with a word."""
    found: list[TextSet] = []
    for name in options.sets:
        try:
            found += find_sets(name, options.data, options.pages, options.split)
        except MissingSetError as error:
            _say(f"{name} skipped: {error}")
    return found


def _measure(test_set: TextSet, options: argparse.Namespace) -> dict[str, Any]:
    """Print the table of a set (and the errors left by the engine), return its figures."""
    low = _low_lines(test_set, options.data, options.low)
    rows = []
    for name in (SEEN, OURS, *(PEERS if options.peers else ())):
        try:
            done = run(name, test_set, options.peers_python)
        except RestorerError as error:
            if name == OURS and not isinstance(error, MissingRestorerError):
                raise
            _say(f"{test_set.name}: {name} skipped: {error}")
            continue
        whole = score(test_set, done, lambda _: True)
        rows.append(
            Row(name, whole, score(test_set, done, low.__contains__) if low else None, done)
        )
    out = console(_PIPE_WIDTH)
    out.print(as_table(test_set, rows))
    if options.errors:
        shown = next((row for row in rows if row.restorer == OURS), rows[0])
        for line in error_lines(shown, options.errors):
            out.print(line, soft_wrap=True)
    return as_json(test_set, rows)


def _low_lines(test_set: TextSet, data: Path, limit: float) -> set[Line]:
    """Return the lines of whose 5-grams the training texts hold a share under `limit`."""
    known = training_fivegrams(data, CACHE)
    lines = {line for document in test_set.documents for line in document.lines if line.right}
    shares = {line: overlap(" ".join(line.right or ()), known) for line in lines}
    return {line for line, share in shares.items() if share is not None and share < limit}


def _say(text: str) -> None:
    Console(stderr=True).print(text, style="yellow", markup=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
