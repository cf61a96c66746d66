# SPDX-License-Identifier: Apache-2.0
"""Ways to lose the process that does a task, for the workers of the tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from pipeline.batch.job import Job


def dies_on_b(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    if job.item.name == "b.txt":
        os._exit(9)
    return task(errand, job, *args)


def dies_once_on_b(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    mark = job.out / ".died"
    if job.item.name == "b.txt" and not mark.exists():
        mark.touch()
        os._exit(9)
    return task(errand, job, *args)


def hangs_on_b(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    if job.item.name == "b.txt":
        time.sleep(600)
    return task(errand, job, *args)


def eats_memory_on_b(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    if job.item.name == "b.txt":
        raise MemoryError
    return task(errand, job, *args)


def dies_on_page_6(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    if errand == "read_span" and args[1] <= 6 <= args[2]:
        os._exit(9)
    return task(errand, job, *args)


def dies_once_on_page_6(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    if errand == "read_span" and args[1] <= 6 <= args[2] and args[1] != args[2]:
        os._exit(9)
    return task(errand, job, *args)


def dies_when_it_concludes(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    if errand == "conclude":
        os._exit(9)
    return task(errand, job, *args)


def dies_on_all_pages(task: Callable[..., Any], errand: str, job: Job, *args: Any) -> Any:
    if errand == "read_span":
        os._exit(9)
    return task(errand, job, *args)
