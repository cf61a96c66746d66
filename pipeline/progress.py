# SPDX-License-Identifier: Apache-2.0
"""What a run says to the person before the screen; all of it goes to stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as TimeLeftColumn
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.batch import Outcome

console = Console(stderr=True, highlight=False)


def progress_bar() -> Progress:
    """Return a bar of documents with the time left; it is quiet where nobody watches."""
    return Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeLeftColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def say(outcome: Outcome) -> None:
    """Print one line for an outcome: what was found, or why it failed."""
    name = escape(outcome.name)
    if outcome.state == "failed":
        console.print(f"[red]failed[/]  {name}: {escape(outcome.message)}")
    elif not console.is_terminal:
        console.print(f"{outcome.state:7} {name}: {outcome.pages} pages, {outcome.seconds:.1f} s")


def summary(outcomes: Sequence[Outcome], seconds: float, out: Path) -> Table:
    """Return the table that ends a run."""

    def count(state: str) -> int:
        return sum(outcome.state == state for outcome in outcomes)

    documents = f"{count('done')} done"
    if count("skipped"):
        documents += f", {count('skipped')} skipped (nothing has changed; --force reads again)"
    if count("failed"):
        documents += f", {count('failed')} failed (see {out / 'failures.jsonl'})"
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in (
        ("documents", documents),
        ("pages", str(sum(outcome.pages for outcome in outcomes))),
        ("fields found", str(sum(outcome.found for outcome in outcomes))),
        ("fields to review", str(sum(outcome.to_review for outcome in outcomes))),
        ("tasks", str(sum(outcome.tasks for outcome in outcomes))),
        ("deadlines", str(sum(outcome.deadlines for outcome in outcomes))),
        ("seconds", f"{seconds:.1f}"),
        ("results", f"{out}: documents.csv, tasks.csv, one .json and .txt a document"),
    ):
        table.add_row(name, escape(value))
    return table
