# SPDX-License-Identifier: Apache-2.0
"""What a worker does: begin a document, read a span of its pages, finish it.

A short document is begun and finished in one go. Of a long one the spans of pages are read by
whoever is free, and somebody finishes it when all are there. Whatever is done lies on disk, so a
worker that dies costs the span that it was at.
"""

from __future__ import annotations

import json
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pipeline.batch.job import SPAN, Begun, Job, Span
from pipeline.batch.outcome import Failure, Outcome, outcome_of
from pipeline.batch.readings import Reading, forget, load, save
from pipeline.errors import MissingDependencyError, StorageError, WorkerError
from pipeline.export.record_files import record_path, write_record
from pipeline.export.secrecy import is_secret
from pipeline.intake.kinds import TEXT
from pipeline.intake.source import OpenSource, open_source, sha256_of
from pipeline.model import Document, Page, TextLayer, Verdict
from pipeline.provenance import process_of, reading_key
from pipeline.reading.engines import engine_of
from pipeline.run import Result, Stopwatch, finish, read_pages

if TYPE_CHECKING:
    from collections.abc import Mapping

# Errors that tell nothing of the document: who gave the work deals with them.
_PASSED_ON = (MissingDependencyError, StorageError, MemoryError)
_UNREAD = TextLayer(Verdict.NONE, "the page could not be read")


def begin(job: Job, at_once: int = SPAN) -> Outcome | Begun:
    """Return the outcome of a document of up to `at_once` pages, else what there is to read.

    Raises:
        MissingDependencyError, StorageError: no document can be done.
        MemoryError: this one needs more than a worker has.
    """
    try:
        return _begin(job, at_once)
    except _PASSED_ON:
        raise
    except Exception as error:  # noqa: BLE001 - one document's fault must not stop the others
        return Outcome(job.item.name, "failed", failures=(Failure.of(error),))


def read_span(job: Job, sha256: str, first: int, last: int) -> Span:
    """Read pages `first` to `last` of a document with the digest `sha256`, and keep them.

    Raises:
        MissingDependencyError, StorageError: no document can be done.
        MemoryError: this one needs more than a worker has.
    """
    watch = Stopwatch()
    try:
        with open_source(job.item.paths, job.item.name, job.settings) as source:
            reading, failures = _read(job, source, watch, first, last)
    except _PASSED_ON:
        raise
    except Exception as error:  # noqa: BLE001 - the file may have changed since it was begun
        failures = tuple(Failure.of(error, page) for page in range(first, last + 1))
    else:
        save(job.out, _key(job, sha256), reading)
    return Span(last - first + 1, watch.seconds, failures)


def conclude(
    job: Job, sha256: str, seconds: Mapping[str, float], failures: tuple[Failure, ...]
) -> Outcome:
    """Make the record of a document whose pages are read, and return what became of it.

    Args:
        job: the document.
        sha256: the digest of its files.
        seconds: that its reading took, by stage.
        failures: of the pages that were set aside.
    """
    reading = load(job.out, _key(job, sha256))
    try:
        here_or_told = {failure.page for failure in failures}
        if reading is None or not here_or_told.issuperset(reading.missing):
            raise WorkerError("what was read of it was taken away meanwhile: run again")
        result = _finished(job, reading, Stopwatch(dict(seconds)), failures)
        del reading  # a long document is 100 MB, which writing its record needs
        return _written(job, result, failures)
    except _PASSED_ON:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        return Outcome(job.item.name, "failed", sha256, failures=(Failure.of(error),))


def _begin(job: Job, at_once: int) -> Outcome | Begun:
    watch = Stopwatch()
    sha256 = sha256_of(job.item.paths)
    key = _key(job, sha256)
    if job.force:
        forget(job.out, key)
    elif record := done_before(job, sha256):
        return outcome_of(job.item.name, "skipped", record, allow_secret=job.settings.allow_secret)
    reading = load(job.out, key)
    if reading is not None and not reading.missing:
        result = _finished(job, reading, watch, ())
        del reading  # as above
        return _written(job, result, ())
    with open_source(job.item.paths, job.item.name, job.settings) as source:
        pages = source.page_count
        if source.source.media_type != TEXT and pages > at_once:
            missing = list(range(1, pages + 1)) if reading is None else reading.missing
            return Begun(sha256, pages, missing)
        reading, failures = _read(job, source, watch, 1, pages)
    if len(failures) == pages:
        return Outcome(job.item.name, "failed", sha256, pages, failures=failures[:1])
    if source.source.media_type != TEXT and job.settings.keep_readings:
        save(job.out, key, reading)
    return _written(job, _finished(job, reading, watch, failures), failures)


def _read(
    job: Job, source: OpenSource, watch: Stopwatch, first: int, last: int
) -> tuple[Reading, tuple[Failure, ...]]:
    """Return pages `first` to `last`, and why some of them could not be read."""
    pages: list[Page] = []
    failures: list[Failure] = []
    engine = engine_of(job.settings)
    while (number := first + len(pages) + len(failures)) <= last:
        try:  # what came before a fault stays in the list
            pages += read_pages(source, job.settings, engine, watch, first=number, last=last)
        except _PASSED_ON:
            raise
        except Exception as error:  # noqa: BLE001 - one page's fault must not cost the others
            failed = first + len(pages) + len(failures)
            failures.append(Failure.of(error, failed))
    document = Document(source.source, tuple(pages), source.signatures)
    return Reading(source.page_count, document), tuple(failures)


def _finished(
    job: Job, reading: Reading, watch: Stopwatch, failures: tuple[Failure, ...]
) -> Result:
    """Return the record and the text of what was read, with the pages that were set aside."""
    source = replace(reading.document.source, name=job.item.name, paths=job.item.paths)
    unread = [
        Page(failure.page, None, None, _UNREAD, (), error=failure.message)
        for failure in failures
        if failure.page is not None
    ]
    pages = sorted((*reading.document.pages, *unread), key=lambda page: page.number)
    document = replace(reading.document, source=source, pages=tuple(pages))
    return finish(document, dict(job.engine), job.settings, watch)


def _written(job: Job, result: Result, failures: tuple[Failure, ...]) -> Outcome:
    """Write the record and return the outcome."""
    start = perf_counter()
    secret = job.settings.allow_secret
    record = write_record(job.out, job.item.name, result.record, result.text, allow_secret=secret)
    if not job.settings.keep_readings or (is_secret(record) and not secret):
        forget(job.out, _key(job, record["source"]["sha256"]))
    outcome = outcome_of(job.item.name, "done", record, failures, allow_secret=secret)
    seconds = {**outcome.seconds, "write": round(perf_counter() - start, 3)}
    return replace(outcome, seconds=seconds)


def done_before(job: Job, sha256: str) -> dict[str, Any] | None:
    """Return the record of a document if it was made of these very bytes in this very way."""
    try:
        path = record_path(job.out, job.item.name)
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        made = record["process"]
        unread = any(page["error"] for page in record["pages"])
        if unread or record["source"]["sha256"] != sha256:
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    now = process_of(dict(job.engine), job.settings).model_dump(mode="json")
    return record if {**made, "seconds": {}} == now else None


def _key(job: Job, sha256: str) -> str:
    return reading_key(sha256, dict(job.engine), job.settings)
