# SPDX-License-Identifier: Apache-2.0
"""Many documents: a pool of processes, nothing done twice, every failure listed with its reason."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pebble import ProcessExpired, ProcessPool

from pipeline import __version__, dictionary
from pipeline.errors import ExitCode, SohoaError
from pipeline.export.files import write_text
from pipeline.export.record_files import read_records, record_path, write_record
from pipeline.export.table import fields_to_review, write_tables
from pipeline.intake.source import sha256_of
from pipeline.run import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from pipeline.intake.gather import Item
    from pipeline.settings import Settings

log = logging.getLogger(__name__)

# Fields of head and foot that the closing table counts as found.
COUNTED_FIELDS = ("number", "date", "place", "doc_type", "issuer", "title", "signer")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    Attributes:
        name: as in the record.
        state: "done", "skipped" (its record was there already) or "failed".
        pages, found, to_review, tasks, deadlines: counts of the record, 0 if it failed.
        seconds: of work, in the process that did it.
        exit_code, error, message: why it failed, else OK and "".
    """

    name: str
    state: str
    pages: int = 0
    found: int = 0
    to_review: int = 0
    tasks: int = 0
    deadlines: int = 0
    seconds: float = 0.0
    exit_code: ExitCode = ExitCode.OK
    error: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.

    Attributes:
        items: the documents.
        out: the folder of the records.
        jobs: processes at a time.
        force: also the documents whose records are there already.
        work: what makes one record and returns its outcome.
    """

    items: Sequence[Item]
    out: Path
    jobs: int
    force: bool = False
    work: Callable[[Item, Path, Settings, bool], Outcome] = field(default_factory=lambda: work)


def run_batch(plan: Plan, settings: Settings, report: Callable[[Outcome], None]) -> list[Outcome]:
    """Carry out `plan` and return the outcomes, in order of completion.

    `report` is called with each outcome as it comes. At the end, and also when the run is
    interrupted, `failures.jsonl`, `documents.csv` and `tasks.csv` in the folder tell the state.

    Raises:
        OutputError: the folder cannot be written.
    """
    outcomes: list[Outcome] = []
    try:
        for outcome in _outcomes(plan, settings):
            outcomes.append(outcome)
            report(outcome)
    finally:
        write_failures(plan.out, outcomes)
        write_tables(plan.out, read_records(plan.out), allow_secret=settings.allow_secret)
    return outcomes


def exit_code(outcomes: Sequence[Outcome]) -> ExitCode:
    """Return OK, the one reason for which everything failed, or SOME_FAILED."""
    codes = {outcome.exit_code for outcome in outcomes}
    return codes.pop() if len(codes) == 1 else ExitCode.SOME_FAILED if codes else ExitCode.OK


def write_failures(out: Path, outcomes: Sequence[Outcome]) -> None:
    """Write `failures.jsonl`, a line a failure of this run; take an old one away if none failed."""
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    path = out / "failures.jsonl"
    if not failed:
        path.unlink(missing_ok=True)
        return
    lines = [
        json.dumps(
            {
                "path": outcome.name,
                "error": outcome.error,
                "exit_code": int(outcome.exit_code),
                "message": outcome.message,
            },
            ensure_ascii=False,
        )
        for outcome in failed
    ]
    write_text(path, "\n".join(lines) + "\n")


def work(item: Item, out: Path, settings: Settings, force: bool) -> Outcome:
    """Make one record, in this process, and return what became of it; never raises."""
    start = perf_counter()
    try:
        path = record_path(out, item.name)
        if not force and (record := _finished(path, item)):
            return _outcome(item.name, "skipped", record, start)
        result = process(item.paths, item.name, settings)
        write_record(out, item.name, result.record, result.text, allow_secret=settings.allow_secret)
        return _outcome(item.name, "done", result.record.model_dump(mode="json"), start)
    except SohoaError as error:
        return _failure(item.name, error.exit_code, type(error).__name__, str(error), start)
    except Exception as error:  # one document's fault must not stop the others
        log.debug("%s: unforeseen", item.name, exc_info=True)
        message = f"a fault of the program ({error}): please report it with this file"
        return _failure(item.name, ExitCode.INPUT, type(error).__name__, message, start)


def _outcomes(plan: Plan, settings: Settings) -> Iterator[Outcome]:
    # A server process that has everything loaded forks the workers: they start in milliseconds
    # and inherit no threads of ours.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.run"])
    # One thread a reader: more only fight each other (tesseract issue 3109).
    os.environ["OMP_THREAD_LIMIT"] = "1"
    pool = ProcessPool(max_workers=plan.jobs, context=context)
    try:
        futures: dict[Future[Outcome], str] = {
            pool.schedule(
                plan.work,
                args=(item, plan.out, settings, plan.force),
                timeout=settings.document_timeout,
            ): item.name
            for item in plan.items
        }
        pending = set(futures)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield _result(future, futures[future], settings)
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


def _result(future: Future[Outcome], name: str, settings: Settings) -> Outcome:
    try:
        return future.result()
    except TimeoutError:
        message = f"took longer than {settings.document_timeout:.0f} s: set SOHOA_DOCUMENT_TIMEOUT"
        return Outcome(
            name,
            "failed",
            exit_code=ExitCode.READING_TIMEOUT,
            error="ReadingTimeoutError",
            message=message,
        )
    except ProcessExpired as error:
        message = f"its process died (exit code {error.exitcode}), perhaps for want of memory"
        return Outcome(
            name,
            "failed",
            exit_code=ExitCode.WORKER,
            error="WorkerError",
            message=message,
        )


def _finished(path: Path, item: Item) -> dict[str, Any] | None:
    """Return the record at `path` if it was made from these very files by this very program."""
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        made_from = record["source"]["sha256"], record["process"]["program"]
        made_with = record["process"]["dictionaries"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if made_with != dictionary.digest() or made_from != (sha256_of(item.paths), __version__):
        return None
    return record


def _outcome(name: str, state: str, record: dict[str, Any], start: float) -> Outcome:
    return Outcome(
        name,
        state,
        pages=len(record["pages"]),
        found=sum(record[field] is not None for field in COUNTED_FIELDS),
        to_review=len(fields_to_review(record)),
        tasks=len(record["tasks"]),
        deadlines=len(record["deadlines"]),
        seconds=perf_counter() - start,
    )


def _failure(name: str, code: ExitCode, error: str, message: str, start: float) -> Outcome:
    return Outcome(
        name,
        "failed",
        seconds=perf_counter() - start,
        exit_code=code,
        error=error,
        message=message,
    )
