# SPDX-License-Identifier: Apache-2.0
"""Processes that do the work of a run on this machine: killed when they hang, replaced when dead.

Only this module knows pebble: of all pools tried it alone loses nothing by a crash and really kills
a hang.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from pipeline.settings import Settings

T = TypeVar("T")

# Errors by which a pool tells that a process hung and was killed, or that it died.
HUNG = (FutureTimeoutError,)
DIED = (ProcessExpired, MemoryError, WorkerError)
# The pool itself went, with all that was given to it: a worker died that had nothing to do, or the
# server that forks them. The next task finds a new pool.
BROKE = (BrokenProcessPool,)
# For the workers. One thread each: more only fight each other (tesseract issue 3109). Pictures go
# back to the system when they are let go; of small things there is one heap.
_ENVIRONMENT = {
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
    "MALLOC_ARENA_MAX": "1",
}
# Seconds between two looks whether the run still lives.
_LOOK = 0.5
# So many pools in a row may break before they can take a task.
_POOLS = 5


class Workers(Protocol):
    """Who does the work of a run."""

    size: int

    def submit(self, task: Callable[..., T], *args: Any, timeout: float) -> Future[T]:
        """Return the future of a task that is killed after `timeout` seconds of running."""

    def tend(self) -> None:
        """Clear away what dead workers left behind; called about every second."""

    def stop(self, *, kill: bool) -> None:
        """End all workers, those at work as well if they are to be killed."""


class Pool:
    """Worker processes on this machine, each in a process group with what it starts."""

    def __init__(self, size: int, settings: Settings) -> None:
        """Start a pool of `size` processes, each with `max_worker_megabytes` of memory at most."""
        self.size = size
        self._megabytes = settings.max_worker_megabytes
        self._groups = TemporaryDirectory(prefix="sohoa-")
        os.environ.update(_ENVIRONMENT)
        self._given: set[Future[Any]] = set()
        self._pool = self._new()

    def _new(self) -> ProcessPool:
        # A server process that has everything loaded forks the workers: they start in milliseconds
        # and inherit no threads of ours.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["pipeline.batch.preload"])
        return ProcessPool(
            max_workers=self.size,
            context=context,
            initializer=_settle_in,
            initargs=(self._groups.name, self._megabytes),
        )

    def submit(self, task: Callable[..., T], *args: Any, timeout: float) -> Future[T]:
        """Return the future of a task; it raises one of HUNG or DIED if its process was lost.

        It raises one of BROKE if the pool broke.

        Raises:
            WorkerError: one pool after the other breaks.
        """
        for _ in range(_POOLS):
            try:
                future: Future[T] = self._pool.schedule(task, args=args, timeout=timeout)
            except RuntimeError:  # what pebble says of a pool that broke, or breaks as it starts
                self._renew()
            else:
                self._given.add(future)
                future.add_done_callback(self._given.discard)
                return future
        raise WorkerError(
            "the worker processes die as soon as they start: see whether something kills them "
            "(dmesg), or give the run fewer workers (-j) or more memory"
        )

    def _renew(self) -> None:
        """Put a new pool in the place of a broken one, which will not end what it was given."""
        given, self._given = self._given, set()
        self._end(kill=True)
        for future in tuple(given):
            if not future.done():
                future.set_exception(BrokenProcessPool("the pool broke"))
        self._pool = self._new()

    def tend(self) -> None:
        """Kill what a worker that is dead has started: a reader that hangs would hang for ever.

        A pool that broke is replaced.
        """
        if self._given and not self._pool.active:
            self._renew()
        self._clear()

    def _clear(self) -> None:
        for mark in Path(self._groups.name).iterdir():
            if not Path("/proc", mark.name).exists():
                _kill_group(int(mark.name))
                mark.unlink(missing_ok=True)

    def stop(self, *, kill: bool) -> None:
        """End the pool, at once if its workers are to be killed."""
        self._end(kill=kill)
        self._groups.cleanup()

    def _end(self, *, kill: bool) -> None:
        if kill:
            for mark in Path(self._groups.name).iterdir():
                _kill_group(int(mark.name))
            self._pool.stop()
        else:
            self._pool.close()
        self._pool.join()
        self._clear()


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _settle_in(groups: str, megabytes: float) -> None:
    """Make this process a worker: a group of its own, bounded memory, gone when the run is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends its workers
    with suppress(PermissionError):  # a session of its own has a group of its own
        os.setpgid(0, 0)
    Path(groups, str(os.getpid())).touch()
    limit = round(megabytes * 1e6)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    threading.Thread(target=_end_with, args=(os.getppid(), groups), daemon=True).start()


def _end_with(parent: int, groups: str) -> None:
    """End this process and what it started when its parent is gone, however that ended."""
    while os.getppid() == parent and Path(groups).exists():
        time.sleep(_LOOK)
    _kill_group(os.getpgid(0))
