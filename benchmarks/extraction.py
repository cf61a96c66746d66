# SPDX-License-Identifier: Apache-2.0
"""`python -m benchmarks.extraction`: how much of the error is reading, how much extraction.

The same documents are extracted three ways: as read, only the pages that have a true text as read,
and those pages from their true text. What was read is kept in `.bench/documents/`, so that a change
of the extraction is measured in seconds; `--reread` reads again after a change of what comes before
it. The time of the extraction is taken in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.acts import SPLITS, find_acts
from benchmarks.evaluate import ROOT
from benchmarks.facts import join_parts, read_record, read_truth
from benchmarks.hands import read_hands
from benchmarks.readings import read_again, read_text
from benchmarks.reliability import Judged, curve_table, judge_record, reliability_table, wrong_lines
from benchmarks.report import as_table, console, error_lines, group_names, write_json
from benchmarks.score import Result, score_facts
from benchmarks.tally import Tallies, add_up, as_json
from benchmarks.truth import find_documents
from benchmarks.views import on_true_pages
from pipeline.extract.fields import extract
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.facts import Json
    from benchmarks.truth import Document as Labelled
    from pipeline.model import Document

VIEWS = ("read", "pages", "truth", "acts")
_SHOWN = (
    "references",
    "units",
    "tasks",
    "tasks.responsible",
    "tasks.cooperating",
    "tasks.mood",
    "tasks.reports_to",
    "deadlines",
)


# Words of a page of A4 in the scans of the measuring data; typed acts have no pages.
_WORDS_A_PAGE = 450


class Extractor:
    """Extracts documents, keeps the time, and judges what is given."""

    def __init__(self) -> None:
        """Start with the rules loaded, so that no document pays for them."""
        self.settings = Settings()
        self.seconds = 0.0
        self.pages = 0.0
        self.judged: list[Judged] = []
        extract(read_text("Kính gửi: Sở Y tế", self.settings), self.settings)

    def record(self, document: Document) -> Json:
        """Return the fields of `document` as plain data, as a record has them."""
        start = process_time()
        fields = extract(document, self.settings)
        self.seconds += process_time() - start
        words = sum(len(block.text.split()) for page in document.pages for block in page.blocks)
        self.pages += max(len(document.pages), words / _WORDS_A_PAGE)
        return fields.model_dump(mode="json")

    def judge(self, gold: Json, record: Json) -> None:
        """Judge the values of a whole document, once: the views of its pages show them again."""
        self.judged += judge_record(read_truth(gold), record)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    options = _parser().parse_args(arguments)
    out, extractor = console(), Extractor()
    scored: dict[str, list[Result]] = {}
    for view in options.views.split(","):
        scored[view] = (
            _score_acts(options, extractor)
            if view == "acts"
            else _score_view(view, options, extractor)
        )
    for view, results in scored.items():
        measures = add_up(result.tallies for result in results)
        if options.list_errors:
            if options.list_errors in group_names(measures):
                for line in error_lines(results, options.list_errors):
                    out.print(line, soft_wrap=True)
        elif options.full and not options.list_unflagged:
            out.print(as_table(f"{options.data.resolve().name}, {view}", results, measures))
    if options.list_unflagged:
        for line in wrong_lines(extractor.judged):
            out.print(line, markup=False, soft_wrap=True)
    elif not options.list_errors:
        out.print(_summary(scored))
        out.print(reliability_table(extractor.judged))
        out.print(curve_table(extractor.judged))
        out.print(f"{1000 * extractor.seconds / max(1, extractor.pages):.1f} ms of CPU a page, "
                  f"{extractor.pages:.0f} pages")  # fmt: skip
    if options.json:
        write_json(options.json, json.dumps(_report(scored, extractor), indent=1) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction")
    add = parser.add_argument
    add("--data", type=Path, default=ROOT / "samples", help="folder of documents and truths")
    add("--views", default="read,pages,truth", help=f"some of {','.join(VIEWS)}")
    add("--split", choices=SPLITS, default="dev", help="which of the acts")
    add("--reread", action="store_true", help="read the documents again")
    add("--full", action="store_true", help="a table of all measures for each view")
    add("--list-errors", metavar="FIELD", help="print gold and got of a measure, nothing else")
    add("--list-unflagged", action="store_true", help="print what is wrong and not flagged")
    add("--json", type=Path, help="where the figures go")
    return parser


def _score_view(view: str, options: argparse.Namespace, extractor: Extractor) -> list[Result]:
    results = []
    for labelled in find_documents(options.data):
        if labelled.gold is None or (view != "read" and not labelled.pages):
            continue
        gold = json.loads(labelled.gold.read_text("utf-8"))
        if view == "read":
            got = [extractor.record(read) for read in _readings(labelled, options)]
        else:
            gold = on_true_pages(gold, labelled.pages)
            got = [
                extractor.record(part) for part in _true_parts(view, labelled, options, extractor)
            ]
        if view == "read" and len(got) == 1:
            extractor.judge(gold, got[0])
        results.append(_score(labelled.stem, gold, got, options.data))
    return results


def _readings(labelled: Labelled, options: argparse.Namespace) -> list[Document]:
    return [read_again(paths, options.reread) for paths in _inputs(labelled)]


def _inputs(labelled: Labelled) -> list[tuple[Path, ...]]:
    """Return the files of each record: all page images of one, or one file each."""
    if len(labelled.records) == 1:
        return [labelled.inputs]
    return [(path,) for path in labelled.inputs]


def _true_parts(
    view: str, labelled: Labelled, options: argparse.Namespace, extractor: Extractor
) -> list[Document]:
    """Return for each record only the pages that have a true text: as read, or from that text."""
    parts = []
    for record, paths in zip(labelled.records, _inputs(labelled), strict=True):
        truths = {page.page: page.path for page in labelled.pages if page.record == record}
        if view == "pages":
            document = read_again(paths, options.reread)
            kept = tuple(page for page in document.pages if page.number in truths)
            parts.append(replace(document, pages=kept))
        else:
            text = "\f".join(truths[number].read_text("utf-8") for number in sorted(truths))
            parts.append(read_text(text, extractor.settings))
    return parts


def _score_acts(options: argparse.Namespace, extractor: Extractor) -> list[Result]:
    """Return the scores on whole acts, typed, that no rule was written for."""
    results = []
    for act in find_acts(options.data, options.split):
        record = extractor.record(read_text(act.text, extractor.settings))
        extractor.judge(act.gold, record)
        results.append(_score(act.stem, act.gold, [record], options.data))
    return results


def _score(stem: str, gold: Json, records: list[Json], data: Path) -> Result:
    truth, got = read_truth(gold), join_parts([read_record(record) for record in records])
    return Result(stem, *score_facts(truth, got, read_hands(data)), complete=True)


def _summary(scored: dict[str, list[Result]]) -> Table:
    table = Table(title="F1, or share right", title_justify="left")
    for name in ("measure", *(f"{view} ({len(results)})" for view, results in scored.items())):
        table.add_column(name, justify="left" if name == "measure" else "right")
    sums = {view: add_up(result.tallies for result in results) for view, results in scored.items()}
    for name in _SHOWN:
        table.add_row(name, *(_figure(measures, name) for measures in sums.values()))
    return table


def _figure(measures: Tallies, name: str) -> str:
    tally = measures.get(name)
    if tally is None or tally.value is None:
        return "–"
    return f"{100 * tally.value:.1f} % of {tally.count}"


def _report(scored: dict[str, list[Result]], extractor: Extractor) -> dict[str, Any]:
    return {
        "milliseconds_a_page": round(1000 * extractor.seconds / max(1, extractor.pages), 2),
        "views": {
            view: {
                name: as_json(tally)
                for name, tally in add_up(result.tallies for result in results).items()
            }
            for view, results in scored.items()
        },
    }


if __name__ == "__main__":
    sys.exit(main())
