# SPDX-License-Identifier: Apache-2.0
"""Hand the documents of a run to its workers, whatever becomes of either."""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.batch.job import SPAN, Begun, Errand, Job, Span, perform
from pipeline.batch.manifest import settled_stamp
from pipeline.batch.outcome import Failure, Outcome
from pipeline.batch.pool import BROKE, DIED, HUNG
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from pipeline.batch.manifest import Manifest
    from pipeline.batch.pool import Workers

# Tasks beyond those at work, so that nobody waits for the next.
_AHEAD = 2
# A page or document is tried so often before it is set aside.
_TRIES = 2
# So often a task may have been with a pool when it broke; then it is taken to be the reason.
_BREAKS = 3
# Seconds a page for repair and extraction, far beyond what they take.
_FINISHING = 2.0


class Listener(Protocol):
    """Who is told how a run goes on."""

    def began(self, name: str, pages: int) -> None:
        """A long document was opened: so many of its pages are to be read."""

    def read(self, pages: int) -> None:
        """So many pages of a long document were read, or set aside."""

    def ended(self, outcome: Outcome) -> None:
        """A document is done, skipped or failed."""


@dataclass(slots=True)
class _Document:
    """A document in the works."""

    job: Job
    sha256: str = ""
    pages: int = 0
    unread: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.job.item.name

    @property
    def sorted_failures(self) -> tuple[Failure, ...]:
        return tuple(sorted(self.failures, key=lambda failure: failure.page or 0))


@dataclass(frozen=True, slots=True)
class _Task:
    """One thing to do for a document; `first` and `last` are pages, `tries` those behind it.

    `breaks` is how often it was with a pool that broke.
    """

    errand: Errand
    document: _Document
    first: int = 1
    last: int = SPAN
    tries: int = 0
    breaks: int = 0

    @property
    def args(self) -> tuple[Any, ...]:
        """What the function of the errand takes besides the job."""
        document = self.document
        if self.errand == "begin":  # once lost it is only opened, and its pages read one by one
            return (0,) if self.tries else ()
        if self.errand == "read_span":
            return document.sha256, self.first, self.last
        return document.sha256, document.seconds, document.sorted_failures

    @property
    def seconds(self) -> float:
        """The time that it may take."""
        page = self.document.job.settings.page_timeout
        if self.errand == "conclude":
            return page + _FINISHING * self.document.pages
        return page * (self.last - self.first + 1)


class Dispatch:
    """A run: what is to do, what is being done, and who is told."""

    def __init__(self, workers: Workers, manifest: Manifest, listener: Listener) -> None:
        self._workers = workers
        self._manifest = manifest
        self._listener = listener
        self._ready: deque[_Task] = deque()
        self._running: dict[Future[Any], _Task] = {}

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """Yield what became of each document, in order of completion.

        Raises:
            MissingDependencyError, StorageError: the run cannot go on.
        """
        waiting = iter(jobs)
        while True:
            self._fill(waiting)
            if not self._running:
                return
            done, _ = wait(self._running, timeout=1.0, return_when=FIRST_COMPLETED)
            self._workers.tend()
            for future in done:
                outcome = self._ended(self._running.pop(future), future)
                if outcome is not None:
                    self._listener.ended(outcome)
                    yield outcome

    def _fill(self, waiting: Iterator[Job]) -> None:
        """Give the workers enough to do: documents that are begun go first."""
        while len(self._running) < self._workers.size + _AHEAD:
            if not self._ready:
                job = next(waiting, None)
                if job is None:
                    return
                self._manifest.claim(job.item.name, settled_stamp(job.item.paths))
                self._ready.append(_Task("begin", _Document(job)))
            self._submit(self._ready.popleft())

    def _submit(self, task: _Task) -> None:
        future = self._workers.submit(
            perform, task.errand, task.document.job, *task.args, timeout=task.seconds
        )
        self._running[future] = task

    def _ended(self, task: _Task, future: Future[Any]) -> Outcome | None:
        """Return the outcome of a document if this was the last task of it."""
        try:
            result = future.result()
        except (*HUNG, *DIED, *BROKE) as error:
            return self._gone(task, error)
        if isinstance(result, Outcome):
            return result
        if isinstance(result, Begun):
            return self._begun(task, result)
        return self._read(task.document, result)

    def _begun(self, task: _Task, begun: Begun) -> Outcome | None:
        document = task.document
        document.sha256, document.pages = begun.sha256, begun.page_count
        document.unread = len(begun.missing)
        self._listener.began(document.name, document.unread)
        # after a loss each page is read for itself, so that only the one to blame is set aside
        for first, last in _spans(begun.missing, 1 if task.tries else SPAN):
            self._ready.append(_Task("read_span", document, first, last, task.tries))
        return None if document.unread else self._conclude(document)

    def _read(self, document: _Document, span: Span) -> Outcome | None:
        self._listener.read(span.pages)
        document.unread -= span.pages
        document.failures += span.failures
        for stage, seconds in span.seconds.items():
            document.seconds[stage] = document.seconds.get(stage, 0.0) + seconds
        return None if document.unread else self._conclude(document)

    def _conclude(self, document: _Document, tries: int = 0) -> Outcome | None:
        if len(document.failures) == document.pages:
            first = document.sorted_failures[:1]
            return Outcome(document.name, "failed", document.sha256, document.pages, failures=first)
        self._ready.appendleft(_Task("conclude", document, tries=tries))
        return None

    def _gone(self, task: _Task, error: BaseException) -> Outcome | None:
        """Say why the process of a task is gone; if all are, the task is not to blame."""
        if isinstance(error, BROKE) and task.breaks < _BREAKS:
            self._ready.appendleft(replace(task, breaks=task.breaks + 1))
            return None
        if not isinstance(error, HUNG):
            return self._lost(task, Failure("WorkerError", ExitCode.WORKER, _why(error)))
        page = task.document.job.settings.page_timeout
        message = f"took longer than {page:.0f} s a page: look at it, or set SOHOA_PAGE_TIMEOUT"
        return self._lost(task, Failure("ReadingTimeoutError", ExitCode.READING_TIMEOUT, message))

    def _lost(self, task: _Task, failure: Failure) -> Outcome | None:
        """Try a task once more whose process was lost, page by page; then set aside its page."""
        document, tries = task.document, task.tries + 1
        if tries >= _TRIES:
            if task.errand == "read_span":
                return self._read(document, Span(1, {}, (replace(failure, page=task.first),)))
            return Outcome(document.name, "failed", document.sha256, failures=(failure,))
        if task.errand == "begin":
            self._ready.append(_Task("begin", document, tries=tries))
        elif task.errand == "read_span":
            for page in range(task.first, task.last + 1):
                self._ready.append(_Task("read_span", document, page, page, tries))
        else:
            return self._conclude(document, tries)
        return None


def _spans(pages: list[int], most: int) -> Iterator[tuple[int, int]]:
    """Yield first and last of runs of up to `most` pages that follow one another."""
    span: list[int] = []
    for page in pages:
        if span and (page != span[-1] + 1 or len(span) == most):
            yield span[0], span[-1]
            span = []
        span.append(page)
    if span:
        yield span[0], span[-1]


def _why(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "needs more memory than a worker has: set SOHOA_MAX_WORKER_MEGABYTES"
    return f"its process died ({error}), perhaps for want of memory"
