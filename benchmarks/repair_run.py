# SPDX-License-Identifier: Apache-2.0
"""Run one restorer over one set in a fresh process, twice: once cold, once warm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from benchmarks.repair_restorers import PEERS
from benchmarks.repair_score import Scores, join, score_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.repair_score import Given
    from benchmarks.repair_sets import Document, Line, TextSet

ROOT = Path(__file__).parent.parent
# One core, whatever library a restorer stands on.
_ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_BROKE_OFF = "its process broke off, see above"


class RestorerError(Exception):
    """A restorer broke off or gave nonsense; the message says which and what."""


class MissingRestorerError(RestorerError):
    """A restorer is not installed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one restorer made of one set.

    Attributes:
        given: its tokens for every line of every document, in order.
        syllables: number of tokens that were seen.
        cold, warm: seconds of one core for all documents, at first and at second sight.
        load_seconds: until it is ready.
        peak_mb, own_mb: memory above an interpreter with numpy: at most, and what is not mapped
            from files and so is not shared between workers.
        failures: lines that it raised an error on and that count as they were seen.
    """

    given: tuple[tuple[Given, ...], ...]
    syllables: int
    cold: float
    warm: float
    load_seconds: float
    peak_mb: float
    own_mb: float
    failures: int

    def costs(self) -> dict[str, float]:
        """Return what the run took, speeds in syllables a second."""
        return {
            "cold": self.syllables / max(self.cold, 1e-9),
            "warm": self.syllables / max(self.warm, 1e-9),
            "load_seconds": self.load_seconds,
            "peak_mb": self.peak_mb,
            "own_mb": self.own_mb,
            "failures": self.failures,
        }


def run(name: str, test_set: TextSet, peers_python: Path) -> Run:
    """Return what the restorer `name` makes of the set; peers run in their own environment.

    Raises:
        MissingRestorerError: it is not installed.
        RestorerError: it died, or gave another number of lines.
    """
    python = str(peers_python) if name in PEERS else sys.executable
    if not Path(python).exists():
        raise MissingRestorerError(f"no {python}: `make bench-peers` installs the peers")
    command = [python, "-m", "benchmarks.repair_worker", name]
    try:
        return _converse(name, test_set, command)
    except BrokenPipeError as error:
        raise RestorerError(f"{name}: {_BROKE_OFF}") from error


def _converse(name: str, test_set: TextSet, command: list[str]) -> Run:
    pipe, environment = subprocess.PIPE, os.environ | _ONE_CORE
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8", cwd=ROOT, env=environment
    ) as worker:
        if worker.stdin is None or worker.stdout is None:
            raise RestorerError(f"{name}: no pipe to its process")
        ready = _answer(name, worker.stdout)
        if "missing" in ready:
            raise MissingRestorerError(f"not installed ({ready['missing']})")
        cold, given = _pass(name, test_set, worker.stdin, worker.stdout)
        warm, _ = _pass(name, test_set, worker.stdin, worker.stdout)
        worker.stdin.close()
        end = _answer(name, worker.stdout)
    syllables = sum(len(line.seen) for document in test_set.documents for line in document.lines)
    end["failures"] //= 2  # each line was given twice
    return Run(given, syllables, cold, warm, ready["load_seconds"], **end)


def score(test_set: TextSet, done: Run, wanted: Callable[[Line], bool]) -> Scores:
    """Return the scores of those lines of the set that are `wanted`."""
    return join(
        score_line(line, given)
        for document, lines in zip(test_set.documents, done.given, strict=True)
        for line, given in zip(document.lines, lines, strict=True)
        if wanted(line)
    )


def _pass(
    name: str, test_set: TextSet, to: IO[str], answers: IO[str]
) -> tuple[float, tuple[tuple[Given, ...], ...]]:
    """Return the seconds of one core and the lines of one pass over all documents."""
    seconds, given = 0.0, []
    for document in test_set.documents:
        row = {"lines": document.seen, "confidences": document.confidences}
        to.write(json.dumps(row, ensure_ascii=False) + "\n")
        to.flush()
        answer = _answer(name, answers)
        seconds += answer["seconds"]
        given.append(_checked(name, document, answer["lines"]))
    return seconds, tuple(given)


def _checked(name: str, document: Document, lines: list[list[list[Any]]]) -> tuple[Given, ...]:
    if len(lines) != len(document.lines):
        made = f"made {len(lines)} lines of {len(document.lines)}"
        raise RestorerError(f"{name}: {made} in {document.name}")
    return tuple([(token, confidence) for token, confidence in line] for line in lines)


def _answer(name: str, answers: IO[str]) -> dict[str, Any]:
    row = answers.readline()
    if not row:
        raise RestorerError(f"{name}: {_BROKE_OFF}")
    answer: dict[str, Any] = json.loads(row)
    return answer
