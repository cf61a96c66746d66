# SPDX-License-Identifier: Apache-2.0
"""Does the line reader find the lines that Tesseract finds, and the other way round?

    python -m benchmarks.line_layout --data ../shared/data

On every scanned page, for each reader: how many of the words that it is sure of stand on no line of
the other. Pages with a table, a stamp or a seal, and first pages with a head of two columns, are
counted apart as well.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
from rich.table import Table

from benchmarks.report import console
from pipeline.intake.gather import gather
from pipeline.intake.source import open_source
from pipeline.reading.engines import engine_of
from pipeline.reading.enhance import enhance
from pipeline.reading.line_engine import LineReader
from pipeline.reading.page import read_page
from pipeline.reading.rulings import find_grids
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.intake.sheet import Sheet
    from pipeline.model import Box, Line, Word
    from pipeline.reading.engine import Engine

# Words surer than this, and longer than a letter, are there.
_SURE, _LONG = 0.9, 2
# A word stands on a line if so much of its height lies beside a word, or between two, of it.
_BESIDE = 0.4


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.line_layout", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", default="tesserocr", choices=("tesseract", "tesserocr"))
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    tesseract = engine_of(Settings(read="tesseract", reader=options.reader))
    for sheet in _sheets(options.data / "scans"):
        for kind, found in _page(sheet, tesseract).items():
            counts[kind] += found
    table = Table("pages", "n", "Tesseract's words", "… not found, %", "line reader's words",
                  "… not found by Tesseract, %", "ms a page")  # fmt: skip
    for kind, own in counts.items():
        table.add_row(
            kind, str(own["pages"]), str(own["tesseract"]),
            f"{100 * own['lost'] / max(own['tesseract'], 1):.2f}", str(own["lines"]),
            f"{100 * own['only'] / max(own['lines'], 1):.2f}",
            f"{own['microseconds'] / max(own['pages'], 1) / 1000:.0f}",
        )  # fmt: skip
    console().print(table)
    return 0


def _sheets(folder: Path) -> Iterator[Sheet]:
    for item in gather([folder]):
        with open_source(item.paths, item.name, Settings()) as source:
            for sheet in source.sheets(1, None):
                if sheet.scan is not None and sheet.text is None:
                    yield sheet


def _page(sheet: Sheet, tesseract: Engine) -> dict[str, Counter[str]]:
    """Return the counts of a page, by the kinds of page that it is."""
    settings = Settings(read="both")
    assert sheet.scan is not None  # noqa: S101 - `_sheets` has seen to it
    scan = sheet.scan()
    copy = enhance(scan.image, scan.dpi, settings)
    first = tesseract.read(copy, settings)
    start = time.process_time()
    second = LineReader().read(copy, settings)
    seconds = time.process_time() - start
    found = Counter(
        pages=1,
        tesseract=len(_sure(first)),
        lost=sum(not _stands(word, second) for word in _sure(first)),
        lines=len(_sure(second)),
        only=sum(not _stands(word, first) for word in _sure(second)),
        microseconds=round(1e6 * seconds),
    )
    kinds = {"all": found}
    if find_grids(copy.gray, copy.dpi):
        kinds["with a table"] = found
    page = read_page(scan.image, scan.dpi, sheet.number, sheet.layer, tesseract, Settings())
    if any(region.kind in {"seal", "arrival_stamp"} for region in page.regions):
        kinds["with a seal or stamp"] = found
    if page.opens_document:
        kinds["with a head"] = found
    return kinds


def _sure(lines: Sequence[Line]) -> list[Word]:
    return [
        word
        for line in lines
        for word in line.words
        if (word.confidence or 0) >= _SURE and len(word.text) >= _LONG and word.box
    ]


def _stands(word: Word, lines: Sequence[Line]) -> bool:
    """Return whether a line of the other reader goes through the middle of a word."""
    return any(
        line.box is not None and word.box is not None and _goes_through(line.box, word.box)
        for line in lines
    )


def _goes_through(line: Box, word: Box) -> bool:
    middle = word.centre[0]
    shared = min(line.y1, word.y1) - max(line.y0, word.y0)
    return line.x0 - 2 <= middle <= line.x1 + 2 and shared > _BESIDE * word.height


if __name__ == "__main__":
    raise SystemExit(main())
