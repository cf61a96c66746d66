# SPDX-License-Identifier: Apache-2.0
"""Lays the printed rows that were read beside a true text, whose lines may be whole paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from dictionaries.build.alignment import SAME_LINE, match_tokens
from pipeline.likeness import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Word

# A run of rows as long as this share of a true line, or 1 by it, may be that line.
_LENGTHS = 0.6


@dataclass(frozen=True, slots=True)
class LineText:
    """A printed row: its tokens as read, with the reader's confidence (0-1), and as they are."""

    seen: tuple[tuple[str, float], ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Rows `start` to `end` (not included) are the true line `line`; `gain` tells how surely."""

    start: int
    end: int
    line: int
    gain: float


def rows_beside(rows: Sequence[Sequence[Word]], true: Sequence[str]) -> tuple[list[LineText], int]:
    """Return the rows of which the truth is known, in the order of reading, and lines lost.

    Most are found by order and likeness. A head in two columns may be read in another order than
    it was written down, so that true lines left over are laid beside the likest rows left over.
    """
    texts = [key(" ".join(word.text for word in row)) for row in rows]
    keys = [key(line) for line in true]
    runs = _in_order(texts, keys)
    used = {place for run in runs for place in range(run.start, run.end)}
    done = {run.line for run in runs}
    for run in sorted(_all_runs(texts, keys), key=lambda run: -run.gain):
        span = set(range(run.start, run.end))
        if run.line not in done and not span & used:
            runs.append(run)
            used |= span
            done.add(run.line)
    found = []
    for run in sorted(runs, key=lambda run: run.start):
        found += cut_to_rows(rows[run.start : run.end], true[run.line].split())
    return found, len(true) - len(done)


def cut_to_rows(rows: Sequence[Sequence[Word]], right: Sequence[str]) -> list[LineText]:
    """Return each row with its part of a true line: a token goes with what it was read as.

    A code that is broken at its hyphen ("1744/QĐ-" and "BGTVT") is parted between the rows.
    """
    tokens = [word.text for row in rows for word in row]
    ends = [sum(map(len, rows[: n + 1])) for n in range(len(rows))]
    parts: list[list[str]] = [[] for _ in rows]
    for match in match_tokens(tokens, right):
        # A lost token stands where the next one was read.
        place = next((n for n, end in enumerate(ends) if match.seen[0] < end), len(rows) - 1)
        mine = list(right[slice(*match.right)])
        if match.kind == "2-1" and match.seen[1] > ends[place] and "-" in mine[0]:
            first, dash, second = mine[0].rpartition("-")
            mine = [first + dash]
            parts[place + 1].append(second)
        parts[place] += mine
    return [
        LineText(tuple((word.text, round(word.confidence or 0.0, 2)) for word in row), tuple(part))
        for row, part in zip(rows, parts, strict=True)
    ]


def _in_order(texts: Sequence[str], true: Sequence[str]) -> list[Run]:
    """Return the runs, none over another and both sides in order, that are likest in all."""
    ways: dict[tuple[int, int], list[Run]] = {}
    for run in _all_runs(texts, true):
        ways.setdefault((run.start, run.line), []).append(run)
    # The best gain from a place on, and the first step there: a run, or where to go instead.
    best: dict[tuple[int, int], tuple[float, Run | None, tuple[int, int]]] = {}
    for i in range(len(texts), -1, -1):
        for j in range(len(true), -1, -1):
            steps: list[tuple[float, Run | None, tuple[int, int]]] = [(0.0, None, (-1, -1))]
            steps += [(best[go][0], None, go) for go in ((i + 1, j), (i, j + 1)) if go in best]
            for run in ways.get((i, j), ()):
                go = (run.end, j + 1)
                steps.append((run.gain + best[go][0], run, go))
            best[i, j] = max(steps, key=lambda step: step[0])
    found, at = [], (0, 0)
    while at in best:
        _, run, at = best[at]
        found += [run] if run else []
    return found


def _all_runs(texts: Sequence[str], true: Sequence[str]) -> Iterator[Run]:
    """Yield every run of rows that looks like one of the true lines."""
    for j, line in enumerate(true):
        for start in range(len(texts)):
            joined = ""
            for end in range(start + 1, len(texts) + 1):
                joined += texts[end - 1]
                if len(joined) * _LENGTHS > len(line):
                    break
                if len(joined) >= len(line) * _LENGTHS:
                    alike = fuzz.ratio(joined, line)
                    if alike >= SAME_LINE:
                        yield Run(start, end, j, (alike - SAME_LINE + 1) * sqrt(len(line) + 1))
