# SPDX-License-Identifier: Apache-2.0
"""A run over many documents: what needs doing is done once, and the folder tells the state."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pipeline.batch.dispatch import Dispatch
from pipeline.batch.job import Job
from pipeline.batch.manifest import open_manifest, stamp
from pipeline.batch.outcome import Totals, exit_code
from pipeline.errors import ExitCode
from pipeline.export.files import write_text
from pipeline.provenance import limits_of, process_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.batch.dispatch import Listener
    from pipeline.batch.manifest import Entry, Manifest
    from pipeline.batch.outcome import Outcome
    from pipeline.batch.pool import Workers
    from pipeline.intake.gather import Item
    from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.

    Attributes:
        items: the documents.
        out: the folder of the records.
        engine: versions of the reader and its models.
        workers: starts those who do the work; not called where there is nothing to do.
        force: also the documents that are done, or have failed, and are as they were.
    """

    items: Sequence[Item]
    out: Path
    engine: dict[str, str]
    workers: Callable[[], Workers]
    force: bool = False


def run_batch(plan: Plan, settings: Settings, listener: Listener) -> list[Outcome]:
    """Carry out `plan` and return the outcomes: first of what was done before, then as they come.

    At the end `summary.json`, `failures.jsonl`, `documents.csv` and `tasks.csv` in the folder tell
    the state of all documents that it holds.

    Raises:
        UsageError: another run works on the folder.
        MissingDependencyError, StorageError: the run cannot go on; what is done is kept.
    """
    start = time.time()
    with open_manifest(plan.out) as manifest:
        marks = _Marks.of(plan, settings)
        outcomes, todo = _sorted_out(plan, manifest, marks)
        for outcome in outcomes:
            listener.ended(outcome)
        # its absence tells the next run that this one was cut before it wrote the tables
        summary = plan.out / "summary.json"
        if todo:
            summary.unlink(missing_ok=True)
            outcomes += _done(plan, settings, manifest, listener, todo, marks)
        if not summary.exists():
            write_tables_of(plan.out, manifest)
        write_failures(plan.out, manifest)
        _write_summary(summary, manifest, outcomes, start)
    return outcomes


def write_tables_of(out: Path, manifest: Manifest) -> None:
    """Write `documents.csv` and `tasks.csv` of all records that the manifest knows.

    Raises:
        OutputError: the folder cannot be written.
    """
    # pandas takes a third of a second, which a run that has nothing to do should not wait for
    from pipeline.export.table import write_tables  # noqa: PLC0415

    write_tables(out, {name: manifest.rows(name) for name in ("documents", "tasks")})


def write_failures(out: Path, manifest: Manifest) -> None:
    """Write `failures.jsonl`, a line a failure; take an old one away if there is none."""
    path = out / "failures.jsonl"
    lines = [
        json.dumps({"path": name, **asdict(failure)}, ensure_ascii=False)
        for name, failure in manifest.failures()
    ]
    if lines:
        write_text(path, "\n".join(lines) + "\n")
    else:
        path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Digests of what a run makes its records with, and of its limits."""

    made: str
    limits: str

    @staticmethod
    def of(plan: Plan, settings: Settings) -> _Marks:
        made = process_of(plan.engine, settings).model_dump_json()
        return _Marks(hashlib.sha256(made.encode()).hexdigest(), limits_of(settings))


def _sorted_out(plan: Plan, manifest: Manifest, marks: _Marks) -> tuple[list[Outcome], list[Item]]:
    """Return the outcomes that stand, and the documents that are to be done."""
    known = {} if plan.force else manifest.entries()
    outcomes, todo = [], []
    for item in plan.items:
        entry = known.get(item.name)
        if entry and _stands(item, entry, manifest, marks):
            outcomes.append(entry.outcome)
        else:
            todo.append(item)
    return outcomes, todo


def _stands(item: Item, entry: Entry, manifest: Manifest, marks: _Marks) -> bool:
    """Return whether a document is as it was when it was done, or failed, as it would again."""
    if entry.state not in ("done", "failed") or entry.made != marks.made:
        return False
    if entry.outcome.failures and entry.limits != marks.limits:
        return False
    if entry.state == "done" and entry.record != manifest.record_stamp(item.name):
        return False
    try:
        return entry.files == stamp(item.paths)
    except OSError:
        return False


def _done(  # noqa: PLR0913, PLR0917 - a run, and what of it is to be done
    plan: Plan,
    settings: Settings,
    manifest: Manifest,
    listener: Listener,
    todo: list[Item],
    marks: _Marks,
) -> Iterator[Outcome]:
    """Yield the outcomes of the documents that are to be done."""
    manifest.add(todo)
    workers = plan.workers()
    kill = True
    try:
        jobs = (Job(item, plan.out, settings, plan.engine, plan.force) for item in todo)
        for outcome in Dispatch(workers, manifest, listener).outcomes(jobs):
            manifest.end(outcome, marks.made, marks.limits)
            yield outcome
        kill = False
    finally:
        workers.stop(kill=kill)
        if kill:
            manifest.release()


def _write_summary(
    path: Path, manifest: Manifest, outcomes: Sequence[Outcome], start: float
) -> None:
    totals = Totals.of(outcomes)
    stages: dict[str, float] = {}
    for outcome in outcomes:
        if outcome.state == "done":
            for stage, seconds in outcome.seconds.items():
                stages[stage] = round(stages.get(stage, 0.0) + seconds, 3)
    summary = {
        "exit_code": int(exit_code(outcomes)) if outcomes else int(ExitCode.OK),
        "seconds": round(time.time() - start, 3),
        **asdict(totals),
        "seconds_by_stage": stages,
        "folder": manifest.counts(),
    }
    write_text(path, json.dumps(summary, indent=1) + "\n")
