# SPDX-License-Identifier: Apache-2.0
"""Which way of reading is how good? Pages with true text, read with every reader.

    python -m benchmarks.readers --data ../shared/data [--reads tesseract,lines,fast,both] [--raw]

Each page is read, laid out and repaired as in a run; `--raw` leaves the repair out, which shows the
readers alone. A word is flagged if it is less sure than `--flag`. No page with a true text, and no
other page of its document, is in the training of the line reader.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein
from rich.table import Table

from benchmarks.normal import text_key
from benchmarks.report import console
from benchmarks.text import SYLLABLE
from benchmarks.truth import find_documents
from pipeline.intake.source import open_source
from pipeline.model import Document as ReadDocument
from pipeline.model import Verdict
from pipeline.reading.engines import engine_of
from pipeline.reading.layout import arrange
from pipeline.reading.line_engine import LineReader
from pipeline.repair.engine import repair
from pipeline.run import read_sheet
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.truth import PageTruth
    from pipeline.model import Page
    from pipeline.reading.engine import Engine

# The office with the most documents.
LARGEST = "quangngai"
# Characters of a run of words that may be the same at another place.
_RUN = 15
_COLUMNS = (
    "read", "office", "pages", "CER %", "in place %", "syllables wrong %", "numbers wrong",
    "flagged %", "unnoticed %", "CPU s a page",
)  # fmt: skip
Piece = tuple[str, bool]  # a word, and whether it is flagged
READS = ("tesseract", "lines", "fast", "both")


@dataclass(slots=True)
class Tally:
    """Sums over pages.

    Attributes:
        characters, edits: of the true texts, and what has to be changed for them.
        in_place: the same edits, but runs of words that stand elsewhere count by their own errors:
            of the two columns of a head the true texts themselves have now the one first, now the
            other. So do all the following.
        syllables, wrong: true ones, and those that are not there.
        numbers, numbers_wrong: the same of syllables with figures.
        words, flagged: syllables as read, and those of doubtful words.
        unnoticed: wrong syllables that no flag shows.
        seconds: of CPU for reading, layout and repair.
    """

    pages: int = 0
    characters: int = 0
    edits: int = 0
    in_place: int = 0
    syllables: int = 0
    wrong: int = 0
    numbers: int = 0
    numbers_wrong: int = 0
    words: int = 0
    flagged: int = 0
    unnoticed: int = 0
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.readers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reads", type=lambda text: text.split(","), default=READS)
    parser.add_argument("--raw", action="store_true", help="without the repair")
    parser.add_argument("--flag", type=float, default=0.8, help="less sure words are flagged")
    parser.add_argument("--reader", default="tesserocr", choices=("tesseract", "tesserocr"))
    parser.add_argument("--list-errors", action="store_true")
    options = parser.parse_args(arguments)
    table = Table(*_COLUMNS)
    for name in options.reads:
        for office, tally in measured(name, options).items():
            table.add_row(name, office, *_cells(tally))
            if options.list_errors and office == "all":
                print("\n".join(tally.misses))  # noqa: T201
    console().print(table)
    return 0


def _cells(tally: Tally) -> list[str]:
    return [
        str(tally.pages),
        f"{100 * tally.edits / tally.characters:.2f}",
        f"{100 * tally.in_place / tally.characters:.2f}",
        f"{100 * tally.wrong / tally.syllables:.2f}",
        f"{tally.numbers_wrong} of {tally.numbers}",
        f"{100 * tally.flagged / max(tally.words, 1):.1f}",
        f"{100 * tally.unnoticed / tally.syllables:.2f}",
        f"{tally.seconds / tally.pages:.2f}",
    ]


def measured(name: str, options: argparse.Namespace) -> dict[str, Tally]:
    """Return the sums of a way of reading: of all pages, of the largest office, of the others."""
    way = "fast" if name == "lines" else name
    settings = Settings(read=way, reader=options.reader)  # type: ignore[arg-type]
    engine: Engine = LineReader() if name == "lines" else engine_of(settings)
    found: dict[str, Tally] = defaultdict(Tally)
    for document in find_documents(options.data):
        for truth in document.pages:
            start = time.process_time()
            page = read(document.inputs, truth, engine, settings, raw=options.raw)
            if page is None:
                continue
            seconds = time.process_time() - start
            office = "largest" if document.stem.startswith(LARGEST) else "others"
            for key in ("all", office):
                add(found[key], page, truth, options.flag)
                found[key].seconds += seconds
    return found


def read(
    inputs: Sequence[Path], truth: PageTruth, engine: Engine, settings: Settings, *, raw: bool
) -> Page | None:
    """Return the page of a truth as read, None if it was typed and not scanned."""
    chosen = [path for path in inputs if truth.record == f"{path.name}.json"]
    paths = tuple(chosen or inputs)
    with open_source(paths, paths[0].name, settings) as source:
        sheet = next(iter(source.sheets(truth.page, truth.page)))
        if sheet.scan is None or sheet.layer.verdict in {Verdict.CLEAN, Verdict.LEGACY}:
            return None
        page = read_sheet(sheet, settings, engine)
        document = ReadDocument(source.source, arrange([page]), ())
        return (document if raw else repair(document, settings)).pages[0]


def add(tally: Tally, page: Page, truth: PageTruth, flag: float) -> None:
    """Add what a page says against its true text."""
    true_text = text_key(truth.path.read_text("utf-8"))
    pieces = [
        (part, doubt) for text, doubt in _pieces(page, flag) for part in text_key(text).split()
    ]
    tally.pages += 1
    tally.characters += len(true_text)
    tally.edits += Levenshtein.distance(true_text, _joined(pieces))
    pieces = placed(true_text.split(), pieces)
    tally.in_place += Levenshtein.distance(true_text, _joined(pieces))
    right = SYLLABLE.findall(true_text)
    read_so = [(s, doubt) for text, doubt in pieces for s in SYLLABLE.findall(text)]
    tally.syllables += len(right)
    tally.words += len(read_so)
    tally.flagged += sum(doubt for _, doubt in read_so)
    tally.numbers += sum(map(_has_figures, right))
    for op in Levenshtein.opcodes(right, [syllable for syllable, _ in read_so]):
        if op.tag == "equal":
            continue
        lost = right[op.src_start : op.src_end]
        got = read_so[op.dest_start : op.dest_end]
        tally.wrong += len(lost)
        tally.numbers_wrong += sum(map(_has_figures, lost))
        seen = any(doubt for _, doubt in got)
        tally.unnoticed += 0 if seen else max(len(lost), len(got))
        tally.misses.append(
            f"{truth.path.stem}: {' '.join(lost)!r} -> {' '.join(s for s, _ in got)!r}"
            f"{' flagged' if seen else ''}"
        )


def _joined(pieces: Sequence[Piece]) -> str:
    return " ".join(text for text, _ in pieces)


def placed(right: Sequence[str], pieces: Sequence[Piece]) -> list[Piece]:
    """Return words as read with the runs that stand elsewhere where the true text has them."""
    ops = Levenshtein.opcodes(right, [text for text, _ in pieces])
    news = {op.dest_start: op.dest_end for op in ops if op.tag == "insert"}
    moves: dict[int, tuple[int, int]] = {}
    for op in ops:
        lost = " ".join(right[op.src_start : op.src_end])
        runs = news.items() if op.tag == "delete" else ()
        for start, end in list(runs):
            if op.dest_start not in moves and _is_same(lost, _joined(pieces[start:end])):
                moves[op.dest_start] = (start, end)
                del news[start]
    away = {place for first, last in moves.values() for place in range(first, last)}
    found: list[Piece] = []
    for place in range(len(pieces) + 1):
        if place in moves:
            found += pieces[slice(*moves[place])]
        if place < len(pieces) and place not in away:
            found.append(pieces[place])
    return found


def _is_same(text: str, other: str) -> bool:
    short = min(len(text), len(other))
    return short >= _RUN and Levenshtein.normalized_similarity(text, other) > 0.5


def _has_figures(text: str) -> bool:
    return any(map(str.isdigit, text))


def _pieces(page: Page, flag: float) -> Iterator[tuple[str, bool]]:
    """Yield the words of a page in reading order, and whether they are in doubt."""
    for block in page.text_blocks:
        for line in block.lines:
            for word in line.words:
                yield word.text, word.confidence is not None and word.confidence < flag


if __name__ == "__main__":
    raise SystemExit(main())
