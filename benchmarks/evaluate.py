# SPDX-License-Identifier: Apache-2.0
"""`python -m benchmarks.evaluate`: read documents with known truth, score the records."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from benchmarks.floors import find_falls, load_floors, raise_floors, save_floors
from benchmarks.hands import read_hands
from benchmarks.report import as_report, as_table, console, error_lines, group_names, write_json
from benchmarks.score import Result, find_records, score_document
from benchmarks.tally import Tallies, add_up
from benchmarks.truth import Document, find_documents, truth_digest
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
WORK = ROOT / ".eval"
FLOORS = Path(__file__).with_name("floors.json")


class EvaluationError(Exception):
    """The documents cannot be scored, or are below their floors; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the records and return the exit code: 1 when `--check` finds a fall, or on errors."""
    options = _parser().parse_args(arguments)
    try:
        _evaluate(options)
    except (EvaluationError, FileNotFoundError) as error:
        Console(stderr=True).print(str(error), style="red", markup=False, soft_wrap=True)
        return int(ExitCode.USAGE)
    return int(ExitCode.OK)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.evaluate", description="Score records against their truth."
    )
    add = parser.add_argument
    add("--data", type=Path, default=ROOT / "samples", help="folder of documents and truths")
    add("--records", type=Path, help="score these records of `sohoa extract`; else make them")
    add("-o", "--output", type=Path, help="where the JSON goes; else .eval/<data>.json")
    add("--jobs", type=int, default=1, help="documents read at the same time")
    add("--list-errors", metavar="FIELD", help="print gold and got of a measure, nothing else")
    add("--check", action="store_true", help="fail under the floors")
    add("--update-floors", action="store_true", help="raise the floors to what is measured")
    add("--allow-lower", action="store_true", help="with --update-floors: lower them too")
    return parser


def _evaluate(options: argparse.Namespace) -> None:
    """Print the table (or the errors of one measure), write the JSON, look after the floors."""
    name, out = options.data.resolve().name, console()
    documents = find_documents(options.data)
    folder = options.records or _extract(documents, WORK / name / "records", options.jobs)
    made, hands = find_records(folder), read_hands(options.data)
    results = [score_document(document, made, hands) for document in documents]
    measures = add_up(result.tallies for result in results)
    if options.list_errors is not None:
        _print_errors(out, results, options.list_errors)
        return
    out.print(as_table(name, results, measures))
    report = json.dumps(as_report(name, results, measures), ensure_ascii=False, indent=1)
    write_json(options.output or WORK / f"{name}.json", report + "\n")
    _look_after_floors(options, name, measures)


def _look_after_floors(options: argparse.Namespace, name: str, measures: Tallies) -> None:
    floors, digest = load_floors(FLOORS, name), truth_digest(options.data)
    if options.update_floors:
        raised = raise_floors(floors, measures, digest, allow_lower=options.allow_lower)
        save_floors(FLOORS, name, raised)
    elif options.check:
        if falls := find_falls(floors, measures, digest):
            raise EvaluationError("\n".join(falls))
        Console(stderr=True).print(f"{name}: all {len(floors['floors'])} floors hold")


def _print_errors(out: Console, results: list[Result], wanted: str) -> None:
    known = group_names(add_up(result.tallies for result in results))
    if wanted not in known:
        raise EvaluationError(f"--list-errors {wanted}: choose one of {', '.join(sorted(known))}")
    for line in error_lines(results, wanted):
        out.print(line, soft_wrap=True)


def _extract(documents: list[Document], folder: Path, jobs: int) -> Path:
    """Return `folder` with fresh records of all `documents`; records of older code are dropped."""
    shutil.rmtree(folder, ignore_errors=True)
    paths = [str(path.resolve()) for document in documents for path in document.inputs]
    command = [sys.executable, "-m", "pipeline", "extract", *paths, "-o", str(folder)]
    command += ["--jobs", str(jobs)]
    done = subprocess.run(command, check=False, stdout=sys.__stderr__, cwd=ROOT)  # noqa: S603
    if done.returncode not in (ExitCode.OK, ExitCode.SOME_FAILED):
        raise EvaluationError(
            f"`sohoa extract` ended with {done.returncode}: see above, or `sohoa doctor`"
        )
    return folder


if __name__ == "__main__":
    sys.exit(main())
