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
from pipeline.batch.outcome import exit_code
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
        outcomes, todo = _sorted_out(plan, settings, manifest)
        for outcome in outcomes:
            listener.ended(outcome)
        outcomes += _done(plan, settings, manifest, listener, todo)
        if todo or not (plan.out / "summary.json").exists():
            write_tables_of(plan.out, manifest)
        write_failures(plan.out, manifest)
        _write_summary(plan.out, manifest, outcomes, start)
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


def _sorted_out(
    plan: Plan, settings: Settings, manifest: Manifest
) -> tuple[list[Outcome], list[Item]]:
    """Return the outcomes that stand, and the documents that are to be done."""
    known = {} if plan.force else manifest.entries()
    made, limits = _made(plan, settings), limits_of(settings)
    outcomes, todo = [], []
    for item in plan.items:
        entry = known.get(item.name)
        if entry and _stands(item, entry, manifest, made, limits):
            outcomes.append(entry.outcome)
        else:
            todo.append(item)
    return outcomes, todo


def _stands(item: Item, entry: Entry, manifest: Manifest, made: str, limits: str) -> bool:
    """Return whether a document is as it was when it was done, or failed, as it would again."""
    if entry.state not in ("done", "failed") or entry.made != made:
        return False
    if entry.outcome.failures and entry.limits != limits:
        return False
    if entry.state == "done" and entry.record != manifest.record_stamp(item.name):
        return False
    try:
        return entry.files == stamp(item.paths)
    except OSError:
        return False


def _done(
    plan: Plan, settings: Settings, manifest: Manifest, listener: Listener, todo: list[Item]
) -> Iterator[Outcome]:
    """Yield the outcomes of the documents that are to be done."""
    if not todo:
        return
    manifest.add(todo)
    made, limits = _made(plan, settings), limits_of(settings)
    workers = plan.workers()
    kill = True
    try:
        jobs = (Job(item, plan.out, settings, plan.engine, plan.force) for item in todo)
        for outcome in Dispatch(workers, manifest, listener).outcomes(jobs):
            manifest.end(outcome, made, limits)
            yield outcome
        kill = False
    finally:
        workers.stop(kill=kill)
        if kill:
            manifest.release()


def _made(plan: Plan, settings: Settings) -> str:
    made = process_of(plan.engine, settings).model_dump_json()
    return hashlib.sha256(made.encode()).hexdigest()


def _write_summary(
    out: Path, manifest: Manifest, outcomes: Sequence[Outcome], start: float
) -> None:
    count = {
        state: sum(outcome.state == state for outcome in outcomes)
        for state in ("done", "skipped", "failed")
    }
    stages: dict[str, float] = {}
    for outcome in outcomes:
        if outcome.state == "done":
            for stage, seconds in outcome.seconds.items():
                stages[stage] = round(stages.get(stage, 0.0) + seconds, 3)
    summary = {
        "exit_code": int(exit_code(outcomes)) if outcomes else int(ExitCode.OK),
        "seconds": round(time.time() - start, 3),
        "documents": count,
        "pages": sum(outcome.pages for outcome in outcomes),
        "pages_set_aside": sum(
            len(outcome.failures) for outcome in outcomes if outcome.state != "failed"
        ),
        "fields_found": sum(outcome.found for outcome in outcomes),
        "fields_to_review": sum(outcome.to_review for outcome in outcomes),
        "tasks": sum(outcome.tasks for outcome in outcomes),
        "deadlines": sum(outcome.deadlines for outcome in outcomes),
        "seconds_by_stage": stages,
        "folder": manifest.counts(),
    }
    write_text(out / "summary.json", json.dumps(summary, indent=1) + "\n")
