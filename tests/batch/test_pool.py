# SPDX-License-Identifier: Apache-2.0
"""A pool that breaks as a whole is replaced, and nobody's document pays for it."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import Future
from multiprocessing.forkserver import _forkserver  # type: ignore[attr-defined]
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from runs import run

from pipeline.batch.pool import BROKE, Pool
from pipeline.errors import ExitCode, WorkerError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def pool() -> Iterator[Pool]:
    """Return a pool of one worker, which has done something."""
    pool = Pool(1, Settings())
    assert pool.submit(abs, -1, timeout=60).result(60) == 1
    yield pool
    pool.stop(kill=True)


def workers_of(pool: Pool) -> list[int]:
    """Return the numbers of the processes of a pool."""
    return [int(mark.name) for mark in Path(pool._groups.name).iterdir()]


def test_a_worker_that_dies_idle_is_replaced(pool: Pool) -> None:
    """Pebble gives up its pool then, for it finds no task that was lost."""
    for worker in workers_of(pool):
        os.kill(worker, signal.SIGKILL)
    limit = time.monotonic() + 20
    while pool._pool.active and time.monotonic() < limit:
        time.sleep(0.05)
    assert pool.submit(abs, -2, timeout=60).result(60) == 2


def test_the_server_that_forks_workers_is_replaced(pool: Pool) -> None:
    """It may be the one that the system kills for want of memory."""
    os.kill(_forkserver._forkserver_pid, signal.SIGKILL)
    for worker in workers_of(pool):
        os.kill(worker, signal.SIGKILL)
    time.sleep(0.5)
    assert _answer(pool, 3) == 3


def test_what_a_broken_pool_was_given_ends_when_it_is_tended(pool: Pool) -> None:
    """Else a run would wait for it for ever."""
    left: Future[int] = Future()
    pool._given.add(left)
    for worker in workers_of(pool):
        os.kill(worker, signal.SIGKILL)
    limit = time.monotonic() + 20
    while not left.done() and time.monotonic() < limit:
        pool.tend()
        time.sleep(0.05)
    assert isinstance(left.exception(0), BROKE)


def test_pools_that_break_again_and_again_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to look at."""
    pool = Pool(1, Settings())

    def breaks(*_: Any, **__: Any) -> None:
        raise BROKE[0]("no process")

    monkeypatch.setattr("pebble.ProcessPool.schedule", breaks)
    with pytest.raises(WorkerError, match="dmesg"):
        pool.submit(abs, -1, timeout=1)
    pool.stop(kill=True)


class Breaking(Pool):
    """A pool that breaks so many times when it is given `b.txt`."""

    times = 0

    def submit(self, task: Callable[..., Any], *args: Any, timeout: float) -> Any:
        if args[1].item.name == "b.txt" and self.times:
            self.times -= 1
            broken: Future[Any] = Future()
            broken.set_exception(BROKE[0]("the pool broke"))
            return broken
        return super().submit(task, *args, timeout=timeout)


@pytest.mark.parametrize(("times", "state"), [(3, "done"), (8, "failed")])
def test_a_document_is_set_aside_only_after_many_pools(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, state: str
) -> None:
    """Three times it may have been there by chance."""
    monkeypatch.setattr(Breaking, "times", times)
    monkeypatch.setattr("runs.Pool", Breaking)
    heard = run(inbox, tmp_path / "out")
    assert [outcome.state for outcome in heard.outcomes] == ["done", state]
    if state == "failed":
        assert heard.outcomes[1].exit_code is ExitCode.WORKER


def _answer(pool: Pool, number: int) -> int:
    """Return what the pool makes of a number, however often it has to be asked."""
    for _ in range(5):
        try:
            return pool.submit(abs, -number, timeout=60).result(60)
        except BROKE:
            continue
    raise AssertionError("no pool took the task")
