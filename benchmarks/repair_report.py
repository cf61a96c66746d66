# SPDX-License-Identifier: Apache-2.0
"""What the restorers reached, as tables for people and as JSON for the README."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from benchmarks.repair_score import commonest_wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.repair_run import Run
    from benchmarks.repair_score import Scores
    from benchmarks.repair_sets import TextSet

_NOTHING = "–"
# Column, measure, decimals of its percentage: damage is counted in hundredths.
_RATES = (
    ("letters", "letters.right", 2),
    ("any case", "caseless.right", 2),
    ("all", "all.right", 2),
    ("mended", "letters.mended", 1),
    ("damaged", "letters.damaged", 3),
    ("changed", "changed", 3),
    ("at 98 %", "letters.at98%", 2),
    ("at 95 %", "letters.at95%", 2),
    ("calib.", "letters.calibration", 2),
)
_COSTS = ("cold", "warm", "load_seconds", "peak_mb", "own_mb", "failures")


@dataclass(frozen=True, slots=True)
class Row:
    """One restorer on one set: all its lines, and those of low overlap (None: there are none)."""

    restorer: str
    whole: Scores
    low: Scores | None
    run: Run


def as_table(test_set: TextSet, rows: list[Row]) -> Table:
    """Return the table of a set: a row for each restorer, one more for the lines of low overlap."""
    names = f"{len(test_set.documents)} documents, digest {test_set.digest}"
    table = Table(title=f"{test_set.name}: {names}", title_justify="left")
    table.add_column("restorer", min_width=26)
    table.add_column("tokens", justify="right")
    for name, *_ in _RATES:
        table.add_column(name, justify="right")
    for name in ("cold/s", "warm/s", "load s", "MB", "own MB", "errors"):
        table.add_column(name, justify="right", style="dim")
    for row in rows:
        costs = row.run.costs()
        table.add_row(row.restorer, *_rates(row.whole), *(_count(costs[name]) for name in _COSTS))
    for row in rows:
        if row.low:
            table.add_row(f"{row.restorer}, low", *_rates(row.low), style="italic")
    return table


def as_json(test_set: TextSet, rows: list[Row]) -> dict[str, Any]:
    """Return everything that was measured on a set; rates with 5 decimals."""
    return {
        "documents": [document.name for document in test_set.documents],
        "digest": test_set.digest,
        "restorers": {
            row.restorer: {
                "figures": _rounded(row.whole.figures()),
                "counts": _counts(row.whole),
                "low_overlap": _rounded(row.low.figures()) if row.low else None,
                "low_overlap_counts": _counts(row.low) if row.low else None,
                "costs": _rounded(dict(row.run.costs())),
            }
            for row in rows
        },
    }


def error_lines(row: Row, number: int) -> Iterator[str]:
    """Yield the commonest errors that a restorer leaves, ready for rich, each with a true line.

    What was right before is marked as damaged, what stands for nothing as added.
    """
    for wrong, count, line in commonest_wrong(row.whole, number):
        right, seen, given = (escape(word) or _NOTHING for word in
                              (wrong.right, wrong.seen, wrong.given))  # fmt: skip
        mark = "" if wrong.right != wrong.seen else "damaged " if wrong.right else "added "
        words = f"{mark}[bold]{right}[/] seen {seen} given [bold]{given}[/]"
        yield f"{count:4} × {words}  [dim]{escape(line)}[/]"


def _rates(scores: Scores) -> list[str]:
    figures = scores.figures()
    true = scores.tallies.get("all.damaged")
    rates = (_percent(figures.get(measure), decimals) for _, measure, decimals in _RATES)
    return [str(true.count if true else 0), *rates]


def _counts(scores: Scores) -> dict[str, int]:
    return {name: tally.count for name, tally in scores.tallies.items()}


def _percent(value: float | None, decimals: int) -> str:
    return _NOTHING if value is None else f"{100 * value:.{decimals}f}"


def _count(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def _rounded(figures: dict[str, float | None]) -> dict[str, float | None]:
    return {name: value if value is None else round(value, 5) for name, value in figures.items()}
