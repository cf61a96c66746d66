# SPDX-License-Identifier: Apache-2.0
"""What travels between the machines of a cluster: tasks and results as bytes, demands, replies.

Tasks are packed, so that neither the scheduler nor the process that stands for a worker looks into
them.
"""

from __future__ import annotations

import os
import pickle
import time
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - part of a dataclass
from typing import TYPE_CHECKING, Any

from pipeline.batch.job import perform
from pipeline.batch.readings import load
from pipeline.errors import WorkerError
from pipeline.provenance import reading_key
from pipeline.settings import Settings  # noqa: TC001 - part of a dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.batch.job import Job
    from pipeline.batch.outcome import Failure

# Seconds for which a shared path may hide what another machine has written: NFS keeps the list of
# a folder for up to 60 (nfs(5), acdirmax).
_HIDDEN = 75.0
_LOOK = 0.5


@dataclass(frozen=True, slots=True)
class Demand:
    """What a machine must have to take part in a run.

    Attributes:
        made: what records tell of their making, as JSON.
        settings: of the run.
        paths: what it must see; the first one, a folder, it must be able to write to.
    """

    made: str
    settings: Settings
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a task: its packed result, or the error that it ended with."""

    result: bytes = b""
    error: BaseException | None = None


def pack(task: Callable[..., Any], *args: Any) -> bytes:
    """Return a call of `task`, a function of a module, as bytes."""
    return pickle.dumps((task, args))


def unpack(result: bytes) -> Any:
    """Return what `do` has packed."""
    return pickle.loads(result)  # noqa: S301 - from our own worker: docs/cluster.md on whom to trust


def do(parcel: bytes) -> bytes:
    """Make the call in a parcel and return its packed result.

    Raises:
        WorkerError: this machine does not see what another has read.
    """
    task, args = unpack(parcel)
    if task is perform and args[0] == "conclude":
        await_pages(*args[1:])
    return pickle.dumps(task(*args))


def await_pages(
    job: Job,
    sha256: str,
    seconds: Mapping[str, float],
    failures: tuple[Failure, ...],
    patience: float = _HIDDEN,
) -> None:
    """Wait until this machine sees all pages of a document that is to be concluded.

    They were read on others, and a shared path may show them late. The arguments are those of
    `work.conclude`.

    Raises:
        WorkerError: pages are still not there after `patience` seconds.
    """
    del seconds
    aside = {failure.page for failure in failures}
    until = time.monotonic() + patience
    while unseen := _unseen(job, sha256, aside):
        if time.monotonic() > until:
            raise WorkerError(
                f"{os.uname().nodename} does not see {unseen} of it in {job.out}, which others"
                " have read: is that the same folder on all machines?"
            )
        time.sleep(_LOOK)


def _unseen(job: Job, sha256: str, aside: set[int | None]) -> str:
    """Return which pages are neither read nor set aside, as far as this machine sees."""
    reading = load(job.out, reading_key(sha256, dict(job.engine), job.settings))
    if reading is None:
        return "any page"
    missing = [str(number) for number in reading.missing if number not in aside]
    return f"pages {', '.join(missing)}" if missing else ""
