# SPDX-License-Identifier: Apache-2.0
"""A machine of a cluster: it keeps processes at the scheduler's disposal and does what they get.

A process of Dask is only the postman: each task runs in a pool of our own below it, so that a hang
is killed and a crash costs its page, as on one machine.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import threading
from concurrent.futures import CancelledError, wait
from contextlib import suppress
from functools import cache
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any

import dask
from distributed import Nanny, get_worker

from pipeline.batch.parcel import Reply, do
from pipeline.batch.pool import DIED, HUNG, Pool
from pipeline.errors import ClusterError, MissingDependencyError, SohoaError, WorkerError
from pipeline.provenance import process_of
from pipeline.reading.engines import versions_of

if TYPE_CHECKING:
    from pipeline.batch.parcel import Demand
    from pipeline.settings import Settings

_log = logging.getLogger(__name__)
# Seconds between two looks at a running task, two attempts to reach the scheduler, and until a
# process that does not find it gives up, to be started again.
_LOOK = 1.0
_PAUSE = 2.0
_FINDING = 60

_pools: dict[float, Pool] = {}
_making = threading.Lock()


def execute(parcel: bytes, seconds: float, demand: Demand) -> Reply:
    """Do the task in a parcel in a process of its own and return what became of it.

    Args:
        parcel: the task.
        seconds: after which it is killed.
        demand: what this machine must have.
    """
    worker = get_worker()
    if why := complaint(demand):
        return Reply(error=ClusterError(f"{worker.address} on {os.uname().nodename}: {why}"))
    pool = _pool(worker.state.nthreads, demand.settings)
    future = pool.submit(do, parcel, timeout=seconds)
    key = worker.get_current_task()
    while wait((future,), timeout=_LOOK).not_done:
        pool.tend()
        task = worker.state.tasks.get(key)
        if task is None or task.state == "cancelled":  # nobody waits for it any more
            future.cancel()
    pool.tend()
    try:
        return Reply(future.result())
    except (*HUNG, MemoryError, SohoaError) as error:
        return Reply(error=type(error)(*error.args))
    except (*DIED, CancelledError) as error:
        return Reply(error=WorkerError(str(error)))


def complaint(demand: Demand) -> str:
    """Return why this machine cannot do what is demanded; empty if it can."""
    try:
        ours, theirs = json.loads(_made(demand.settings)), json.loads(demand.made)
    except MissingDependencyError as error:
        return str(error)
    for name in theirs:
        if ours[name] != theirs[name]:
            return (
                f"{name} is {ours[name]} there and {theirs[name]} here:"
                " install the same versions of sohoa, Tesseract and its models on all machines"
            )
    for path in demand.paths:
        if not path.exists():
            return f"{path} is not seen there: input and output must lie on a path that all share"
    if not os.access(demand.paths[0], os.W_OK):
        return f"{demand.paths[0]} cannot be written there: run all workers as the same user"
    return ""


def serve(address: str, size: int, settings: Settings) -> None:
    """Keep `size` processes at the disposal of the scheduler at `address`, until a signal ends it.

    A scheduler that is not there, or goes away, is waited for.
    """
    with suppress(asyncio.CancelledError):
        asyncio.run(_serve(address, size, settings))


async def _serve(address: str, size: int, settings: Settings) -> None:
    dask.config.set({"distributed.worker.daemon": False})  # a daemon may have no processes below it
    processes = asyncio.gather(*(_keep(address, settings) for _ in range(size)))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, processes.cancel)
    await processes


async def _keep(address: str, settings: Settings) -> None:
    """Keep one process at the scheduler's disposal, for ever."""
    options: dict[str, Any] = {
        "nthreads": 1,
        "memory_limit": round(settings.max_worker_megabytes * 1e6),
        "death_timeout": _FINDING,
    }
    while True:
        try:
            async with Nanny(address, **options) as nanny:
                await nanny.finished()
        except (OSError, RuntimeError, TimeoutError) as error:
            _log.warning("no scheduler at %s yet (%s)", address, error)
        await asyncio.sleep(_PAUSE)


def _pool(size: int, settings: Settings) -> Pool:
    """Return the pool of this process; another only for another limit of memory."""
    megabytes = settings.max_worker_megabytes
    with _making:
        if megabytes not in _pools:
            pool = _pools[megabytes] = Pool(size, settings)
            # the end of this process waits for those below it, which nothing else would end
            Finalize(None, pool.stop, kwargs={"kill": True}, exitpriority=10)
        return _pools[megabytes]


@cache
def _made(settings: Settings) -> str:
    return process_of(versions_of(settings), settings).model_dump_json()
