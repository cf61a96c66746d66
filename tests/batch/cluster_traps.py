# SPDX-License-Identifier: Apache-2.0
"""What may happen to a task on a machine of a cluster."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.batch.job import Job


def slow(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    """Leave time to break things in the middle."""
    time.sleep(0.5)
    return task(errand, job, *args)


def takes_its_worker_along(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    if job.item.name == "b.txt":
        fork_server = Path("/proc", str(os.getppid()), "stat").read_text().rsplit(")", 1)[1]
        os.kill(int(fork_server.split()[1]), signal.SIGKILL)
        time.sleep(600)
    return task(errand, job, *args)


def endless_once(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    """Hang the first time, leaving a file that names the process."""
    mark = job.out / ".hanging"
    if not mark.exists():
        mark.write_text(str(os.getpid()))
        time.sleep(600)
    return task(errand, job, *args)
