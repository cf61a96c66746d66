# SPDX-License-Identifier: Apache-2.0
"""What goes between a run and its workers; it loads nothing of what the work needs."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - part of a dataclass
from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003 - part of a dataclass
from typing import Any, Literal

from pipeline.batch.outcome import Failure, Outcome  # noqa: TC001 - part of a dataclass
from pipeline.intake.gather import Item  # noqa: TC001 - part of a dataclass
from pipeline.settings import Settings  # noqa: TC001 - part of a dataclass

# Pages that one worker reads at a time: opening a PDF takes a hundredth of it, and as much is lost
# with a worker that dies.
SPAN = 4
# What a worker can be asked to do: the functions of work.py.
Errand = Literal["begin", "read_span", "conclude"]


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be done.

    Attributes:
        item: its files and its name.
        out: the folder of the records.
        settings: of the run.
        engine: versions of the reader and its models.
        force: also if its record is there already.
    """

    item: Item
    out: Path
    settings: Settings
    engine: Mapping[str, str] = field(default_factory=dict)
    force: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A document that takes more than one go.

    Attributes:
        sha256: of its files.
        page_count: its pages.
        missing: the numbers of those that are not read yet.
    """

    sha256: str
    page_count: int
    missing: list[int]


@dataclass(frozen=True, slots=True)
class Span:
    """Pages that were read: how many, in what time by stage, and which could not be."""

    pages: int
    seconds: Mapping[str, float]
    failures: tuple[Failure, ...]


def perform(errand: Errand, job: Job, *args: Any) -> Outcome | Begun | Span:
    """Do one errand for a document, in this process, and return what came of it; as in work.py."""
    from pipeline.batch import work  # noqa: PLC0415 - what reads takes seconds to load

    result: Outcome | Begun | Span = getattr(work, errand)(job, *args)
    return result
