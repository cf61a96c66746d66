# SPDX-License-Identifier: Apache-2.0
"""The work of a run done by the machines of a Dask cluster, which may come, go and die.

The scheduler keeps nothing that matters: what is done lies on the shared path, what is to be done
is known here. A task whose worker or scheduler is lost is sent again, since doing it twice writes
the same twice.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from distributed import CancelledError, Client, KilledWorker, Security

from pipeline.batch.cluster_worker import complaint, execute
from pipeline.batch.job import Job
from pipeline.batch.parcel import Demand, Reply, pack, unpack
from pipeline.errors import ClusterError, WorkerError
from pipeline.provenance import process_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from distributed import Future as Promise

    from pipeline.settings import Settings

T = TypeVar("T")

_log = logging.getLogger(__name__)
# Seconds to connect in, to fetch a result in, between two counts of the workers, between two
# complaints that there are none, and for which a lost scheduler is waited for.
_CONNECTING = 10.0
_FETCHING = 60.0
_COUNTING = 2.0
_COMPLAINING = 60.0
_PATIENCE = 900.0


@dataclass(slots=True, eq=False)
class _Task:
    """A task that was sent, and what stands for its result: here, and at the scheduler."""

    name: str
    parcel: bytes
    seconds: float
    future: Future[Any]
    promise: Promise[Any] | None = None


class Cluster:
    """The workers behind a scheduler; as many tasks as they have threads are done at a time."""

    def __init__(
        self,
        address: str,
        settings: Settings,
        engine: Mapping[str, str],
        paths: Sequence[Path],
        patience: float = _PATIENCE,
    ) -> None:
        """Connect, and look whether the workers that are there are fit for the run.

        Args:
            address: of the scheduler, as in tcp://host:8786.
            settings: of the run.
            engine: versions of the reader and its models.
            paths: the folder of the records, and what else all machines must see.
            patience: seconds for which a lost scheduler is waited for.

        Raises:
            ClusterError: no scheduler is there, or a worker is not fit.
        """
        self._address = address
        made = process_of(dict(engine), settings).model_dump_json()
        self._demand = Demand(made, settings, tuple(path.absolute() for path in paths))
        self._patience = patience
        self._sent: set[_Task] = set()
        self._lost: deque[_Task] = deque()
        self._gone: float | None = None
        self._counted = self._complained = time.monotonic()
        _look_for_certificates(address)
        try:
            self._client = self._connected()
            self._examine()
            self.size = self._threads()
        except (OSError, ValueError) as error:  # the latter for a protocol that nobody knows
            raise ClusterError(f"no scheduler at {address} ({error}): start one there") from error

    def submit(self, task: Callable[..., T], *args: Any, timeout: float) -> Future[T]:
        """Return the future of a task; it raises one of HUNG or DIED if its process was lost."""
        future: Future[T] = Future()
        parcel = pack(task, *map(_absolute, args))
        self._send(_Task(task.__name__, parcel, timeout, future))
        return future

    def tend(self) -> None:
        """Count the workers, send again what was lost, look for a scheduler that is gone.

        Raises:
            ClusterError: it has been gone for longer than the patience with it.
        """
        if self._client.status == "closed":
            self._connect_again()
        now = time.monotonic()
        if self._client.status != "running":
            self._wait_for_it(now)
            return
        self._gone = None
        for _ in range(len(self._lost)):
            self._send(self._lost.popleft())
        if now - self._counted > _COUNTING:
            self._counted = now
            with suppress(OSError):
                self.size = self._threads()
        if self.size:
            self._complained = now
        elif now - self._complained > _COMPLAINING:
            self._complained = now
            _log.warning("no workers at %s: start some (sohoa worker %s)", *[self._address] * 2)

    def stop(self, *, kill: bool) -> None:
        """Leave the cluster as it is; its workers drop what they still do for this run."""
        if kill:
            promises = [task.promise for task in list(self._sent) if task.promise is not None]
            with suppress(OSError, CancelledError):
                self._client.cancel(promises, force=True)
        self._client.close(timeout=1)

    def _connected(self) -> Client:
        return Client(self._address, timeout=_CONNECTING, set_as_default=False, name="sohoa")

    def _connect_again(self) -> None:
        with suppress(OSError):
            self._client = self._connected()
            self._lost = deque(self._sent)

    def _threads(self) -> int:
        return sum(self._client.nthreads().values())

    def _examine(self) -> None:
        said = self._client.run(complaint, self._demand, on_error="return")
        complaints = [f"{worker}: {why}" for worker, why in said.items() if why]
        if complaints:
            self.stop(kill=False)
            raise ClusterError("; ".join(complaints))

    def _wait_for_it(self, now: float) -> None:
        if self._gone is None:
            self._gone = now
            _log.warning("the scheduler at %s is gone: waiting for it", self._address)
        elif now - self._gone > self._patience:
            raise ClusterError(
                f"the scheduler at {self._address} did not come back in {self._patience:.0f} s:"
                " start it, then run again; what is done is kept"
            )

    def _send(self, task: _Task) -> None:
        self._sent.add(task)
        task.promise = None
        # a new key each time: the scheduler would answer an old one with what it knows of it
        key = f"{task.name}-{uuid4().hex}"
        arguments = task.parcel, task.seconds, self._demand
        try:
            task.promise = self._client.submit(execute, *arguments, key=key, pure=False)
        except (OSError, RuntimeError):  # the scheduler is going at this very moment
            self._lost.append(task)
        else:
            task.promise.add_done_callback(lambda promise: self._arrived(task, promise))

    def _arrived(self, task: _Task, promise: Promise[Any]) -> None:
        """Hand on the result of a task; called in a thread of the client."""
        if task.promise is not promise:  # it was sent again meanwhile
            return
        try:
            reply: Reply = promise.result(timeout=_FETCHING)
        except KilledWorker as error:
            reply = Reply(error=WorkerError(str(error)))
        except (CancelledError, OSError):
            self._lost.append(task)
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the run must be told of it
            reply = Reply(error=ClusterError(f"{self._address}: {error!r}"))
        task.promise = None
        self._sent.discard(task)
        if reply.error is not None:
            task.future.set_exception(reply.error)
        else:
            task.future.set_result(unpack(reply.result))


def _look_for_certificates(address: str) -> None:
    certificates = Security().get_connection_args("client")
    if address.startswith("tls://") and certificates.get("ssl_context") is None:
        raise ClusterError(
            f"{address} asks for TLS: name its certificates in"
            " DASK_DISTRIBUTED__COMM__TLS__CA_FILE and its like (docs/cluster.md)"
        )


def _absolute(argument: Any) -> Any:
    """Return a job with paths that hold on all machines; anything else as it is."""
    if not isinstance(argument, Job):
        return argument
    paths = tuple(path.absolute() for path in argument.item.paths)
    return replace(argument, item=replace(argument.item, paths=paths), out=argument.out.absolute())
