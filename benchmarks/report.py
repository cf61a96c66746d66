# SPDX-License-Identifier: Apache-2.0
"""What was measured, as a table for people and as JSON for the README."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from benchmarks.tally import Field, Match, Share, as_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.score import Result
    from benchmarks.tally import Tallies, Tally

_NOTHING = "–"
# A file or a pipe has no width of its own.
_PIPE_WIDTH = 150
# Measures of the flags; in the table they are columns of their field.
_REVIEW = "review."


def console(pipe_width: int = _PIPE_WIDTH) -> Console:
    """Return the console of stdout; where that is a file or a pipe, so many characters wide."""
    return Console(width=None if sys.stdout.isatty() else pipe_width, highlight=False)


def as_table(data: str, results: Sequence[Result], measures: Tallies) -> Table:
    """Return the table of all measures, in groups; "value" is what the floors look at."""
    failed = sum(not result.complete for result in results)
    title = f"{data}: {len(results)} documents" + (f", {failed} without a record" if failed else "")
    table = Table(title=title, title_justify="left")
    table.add_column("measure")
    for name in ("value", "n", "precision", "recall"):
        table.add_column(name, justify="right")
    for name in ("right", "wrong", "missing", "spurious", "absent", "flagged", "wrong unflagged"):
        table.add_column(name, justify="right", style="dim")
    group = None
    for name in _ordered(measures):
        if group not in (None, name.split(".")[0]):
            table.add_section()
        group = name.split(".")[0]
        table.add_row(name, *_cells(measures[name]), *_review_cells(name, measures))
    return table


def as_report(data: str, results: Sequence[Result], measures: Tallies) -> dict[str, Any]:
    """Return everything that was measured, ready for JSON."""
    root = _git("rev-parse", "--short", "HEAD")
    return {
        "data": data,
        "documents": len(results),
        "without_record": [result.stem for result in results if not result.complete],
        "commit": root,
        "uncommitted_changes": bool(_git("status", "--porcelain")) if root else None,
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "measures": {name: as_json(tally) for name, tally in measures.items()},
        "per_document": {
            result.stem: {
                name: as_json(tally)["value"]
                for name, tally in result.tallies.items()
                if tally.value is not None and not name.startswith(_REVIEW)
            }
            for result in results
        },
    }


def error_lines(results: Sequence[Result], wanted: str) -> Iterator[str]:
    """Yield gold and got for every difference in the measure `wanted` ("title", "tasks", "text").

    The group may be left out: "responsible" is "tasks.responsible". Lines are escaped for rich.
    """
    for result in results:
        for miss in result.misses:
            if wanted not in (miss.measure, miss.measure.rpartition(".")[2]):
                continue
            note = f"  ({escape(miss.note)})" if miss.note else ""
            yield f"[bold]{escape(result.stem)}[/] {miss.measure}{note}"
            yield f"  gold {_shown(miss.gold)}"
            yield f"  got  {_shown(miss.got)}"


def group_names(measures: Tallies) -> set[str]:
    """Return the names that `error_lines` understands."""
    names = {name for name in measures if not name.startswith((_REVIEW, "text."))}
    return names | {name.rpartition(".")[2] for name in names} | {"text"}


def write_json(path: Path, text: str) -> None:
    """Write `text` into `path`, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _ordered(measures: Tallies) -> list[str]:
    """Return the names for the table: by group, "review." being columns of its fields."""
    groups = ("text", "head", "slots", "references", "units", "tasks", "deadlines")
    named = [name for name in measures if name.split(".")[0] in groups]
    return sorted(named, key=lambda name: groups.index(name.split(".")[0]))


def _cells(tally: Tally) -> list[str]:
    figure, count = _figure(tally.value), str(tally.count)
    match tally:
        case Match():
            found = (_figure(tally.precision), _figure(tally.recall), str(tally.matched))
            missing, spurious = tally.gold - tally.matched, tally.got - tally.matched
            return [figure, count, *found, "", str(missing), str(spurious), ""]
        case Field():
            counts = (tally.right, tally.wrong, tally.missing, tally.spurious, tally.absent)
            return [figure, count, "", "", *map(str, counts)]
        case Share():
            return [figure, count, *[""] * 7]


def _review_cells(name: str, measures: Tallies) -> list[str]:
    field = name.removeprefix("head.")
    return [
        _figure(measures[key].value) if key in measures else ""
        for key in (f"{_REVIEW}{field}.flagged", f"{_REVIEW}{field}.wrong_unflagged")
    ]


def _figure(value: float | None) -> str:
    return _NOTHING if value is None else f"{100 * value:.1f} %"


def _shown(value: str | None) -> str:
    return "[dim]nothing[/]" if value is None else escape(value)


def _git(*arguments: str) -> str | None:
    """Return what git says, or None without git or outside a clone."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            ("git", *arguments),  # noqa: S607 - whichever git the user has
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
