# SPDX-License-Identifier: Apache-2.0
"""What a run says: bars or lines to the person before the screen (stderr), events to a log."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import TimeRemainingColumn as TimeLeftColumn
from rich.table import Table
from rich.text import Text

from pipeline.batch.outcome import Totals
from pipeline.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.batch.outcome import Outcome

console = Console(stderr=True, highlight=False)


class _Rate(ProgressColumn):
    """Pieces a minute."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed * 60:.0f}/min" if task.speed else "", style="dim")


class Screen:
    """Bars of documents and pages on a terminal, a line a document elsewhere."""

    def __init__(self, total: int, bars: Progress) -> None:
        """Show a run of `total` documents."""
        self._bars = bars
        self._documents = bars.add_task("documents", total=total)
        self._pages = bars.add_task("pages", total=0)
        self._long: dict[str, int] = {}

    def began(self, name: str, pages: int) -> None:
        """Show that a long document was opened."""
        self._long[name] = pages
        self._expect(pages)

    def read(self, pages: int) -> None:
        """Show that pages of a long document were read."""
        self._bars.advance(self._pages, pages)

    def ended(self, outcome: Outcome) -> None:
        """Show a document's end: what failed is told on a terminal, too."""
        if outcome.state != "skipped" and self._long.pop(outcome.name, None) is None:
            self._expect(outcome.pages)
            self._bars.advance(self._pages, outcome.pages)
        self._bars.advance(self._documents)
        name = escape(outcome.name)
        if outcome.state == "failed":
            console.print(f"[red]failed[/]  {name}: {escape(outcome.message)}")
            return
        for failure in outcome.failures:
            console.print(f"[red]page {failure.page}[/] of {name}: {escape(failure.message)}")
        if not console.is_terminal and outcome.state == "done":
            seconds = sum(outcome.seconds.values())
            console.print(f"{outcome.state:7} {name}: {outcome.pages} pages, {seconds:.1f} s")

    def _expect(self, pages: int) -> None:
        total = self._bars.tasks[self._pages].total or 0
        self._bars.update(self._pages, total=total + pages)


class Log:
    """Events as JSON, one a line, for whoever watches the run from outside."""

    def __init__(self, file: TextIO | None) -> None:
        """Write to `file`, to nowhere without one."""
        self._file = file

    def began(self, name: str, pages: int) -> None:
        """Log that a long document was opened."""
        self.write("began", path=name, pages=pages)

    def read(self, pages: int) -> None:
        """Log that pages of a long document were read."""
        self.write("read", pages=pages)

    def ended(self, outcome: Outcome) -> None:
        """Log what became of a document."""
        self.write(
            outcome.state,
            path=outcome.name,
            sha256=outcome.sha256,
            pages=outcome.pages,
            seconds=dict(outcome.seconds),
            failures=[
                {"page": each.page, "error": each.error, "message": each.message}
                for each in outcome.failures
            ],
        )

    def write(self, event: str, **facts: object) -> None:
        """Write one event with the time, in seconds since 1970."""
        if self._file is not None:
            line = {"time": round(time.time(), 3), "event": event, **facts}
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()


class Both:
    """Two who listen to a run."""

    def __init__(self, screen: Screen, log: Log) -> None:
        """Tell `screen` and `log`."""
        self._listeners = (screen, log)

    def began(self, name: str, pages: int) -> None:
        """Tell both."""
        for listener in self._listeners:
            listener.began(name, pages)

    def read(self, pages: int) -> None:
        """Tell both."""
        for listener in self._listeners:
            listener.read(pages)

    def ended(self, outcome: Outcome) -> None:
        """Tell both."""
        for listener in self._listeners:
            listener.ended(outcome)


@contextmanager
def listening(total: int, log: Path | None) -> Iterator[Both]:
    """Show a run of `total` documents on the screen, and in the file `log` if there is one.

    Raises:
        OutputError: the file cannot be opened.
    """
    bars = Progress(
        TextColumn("[bold]{task.description:9}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeLeftColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    try:
        file = log.open("a", encoding="utf-8") if log else None
    except OSError as error:
        raise OutputError(f"{log} cannot be written ({error.strerror}): give another") from error
    try:
        with bars:
            events = Log(file)
            events.write("start", documents=total)
            yield Both(Screen(total, bars), events)
            events.write("end")
    finally:
        if file is not None:
            file.close()


def summary(outcomes: Sequence[Outcome], seconds: float, out: Path) -> Table:
    """Return the table that ends a run."""
    totals = Totals.of(outcomes)
    count = totals.documents
    documents = f"{count['done']} done"
    if count["skipped"]:
        documents += f", {count['skipped']} skipped (nothing has changed; --force reads again)"
    if count["failed"]:
        documents += f", {count['failed']} failed (see {out / 'failures.jsonl'})"
    pages = str(totals.pages)
    if totals.pages_set_aside:
        pages += f", {totals.pages_set_aside} set aside (see {out / 'failures.jsonl'})"
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in (
        ("documents", documents),
        ("pages", pages),
        ("fields found", str(totals.fields_found)),
        ("fields to review", str(totals.fields_to_review)),
        ("tasks", str(totals.tasks)),
        ("deadlines", str(totals.deadlines)),
        ("seconds", f"{seconds:.1f}"),
        ("results", f"{out}: documents.csv, tasks.csv, one .json and .txt a document"),
    ):
        table.add_row(name, escape(value))
    return table


def status(report: dict[str, Any]) -> None:
    """Print the state of a folder of records: counts, what failed and why, what is being done."""
    documents = report["documents"]
    seconds = [sum(each["seconds"].values()) for each in documents]
    pages = sum(each["pages"] or 0 for each in documents)
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for state in ("done", "failed", "working", "waiting"):
        table.add_row(state, str(report["states"].get(state, 0)))
    table.add_row("pages", f"{pages}, {sum(seconds) / max(pages, 1):.1f} s of work a page")
    out = Console(highlight=False)
    out.print(table)
    for each in documents:
        name = escape(each["path"])
        if each["state"] == "working":
            out.print(f"working  {name} ({each['worker']})")
        for failure in each["failures"]:
            where = f"page {failure['page']} of {name}" if failure["page"] else name
            out.print(f"[red]failed[/]   {where}: {escape(failure['message'])}")
