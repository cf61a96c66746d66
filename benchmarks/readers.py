# SPDX-License-Identifier: Apache-2.0
"""Which way of reading is how good? Pages with true text, read with every reader.

    python -m benchmarks.readers --data ../shared/data [--reads tesseract,lines,fast,both] [--raw]

Each page is read, laid out and repaired as in a run; `--raw` leaves the repair out, which shows the
readers alone. A word is flagged if it is less sure than `--flag`. No page with a true text, and no
other page of its document, is in the training of the line reader.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
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
# A line is looked for elsewhere, if it is not in order, by this likeness.
_ALIKE = 0.6
# What a typed copy says in place of a hand and a seal; no page has it in print.
_NOT_PRINTED = re.compile(r"\(Đã ký[^)]*\)")
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
        in_place: the same edits, but a line that stands elsewhere counts by its own errors: of the
            two columns of a head the true texts themselves have now the one first, now the other.
            So do all the following.
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
    true_text = text_key(_NOT_PRINTED.sub("", truth.path.read_text("utf-8")))
    lines = list(_lines(page, flag))
    tally.pages += 1
    tally.characters += len(true_text)
    tally.edits += Levenshtein.distance(true_text, _joined([p for line in lines for p in line]))
    pieces = placed(true_text.split(), lines)
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


def placed(right: Sequence[str], lines: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Return the words of lines in the order that a true text has them in.

    A line most of whose words are in order stays; another goes where words of the true text that no
    line has yet are most like it; one that is like none stays behind the line before it. After the
    flexible character accuracy of Clausner, Pletschacher, Antonacopoulos (2020).
    """
    last = -1
    found: list[tuple[int, Sequence[Piece]]] = []
    for line, start in zip(lines, _places(right, lines), strict=True):
        last = last if start is None else start
        found.append((last, line))
    return [piece for _, line in sorted(found, key=itemgetter(0)) for piece in line]


def _places(right: Sequence[str], lines: Sequence[Sequence[Piece]]) -> list[int | None]:
    """Return for each line which true word it begins at, None if it is like nothing there."""
    words = [text for line in lines for text, _ in line]
    same = {
        op.dest_start + n: op.src_start + n
        for op in Levenshtein.opcodes(right, words)
        if op.tag == "equal"
        for n in range(op.src_end - op.src_start)
    }
    starts: list[int | None] = []
    free = set(range(len(right)))
    first = 0
    for line in lines:
        found = [same[place] for place in range(first, first + len(line)) if place in same]
        stays = len(line) <= 2 * len(found) > 0
        starts.append(min(found) if stays else None)
        free.difference_update(found if stays else ())
        first += len(line)
    for number, line in enumerate(lines):
        if starts[number] is None:
            starts[number] = _most_like(_joined(line), len(line), right, free)
    return starts


def _most_like(text: str, length: int, right: Sequence[str], free: set[int]) -> int | None:
    """Return where as many free true words are most like a line; they are free no more."""
    spans = [range(start, start + length) for start in sorted(free)]
    likes = [
        (Levenshtein.normalized_similarity(text, " ".join(right[span.start : span.stop])), span)
        for span in spans
        if free.issuperset(span)
    ]
    like, span = max(likes, key=lambda found: found[0], default=(0.0, range(0)))
    if like < _ALIKE:
        return None
    free.difference_update(span)
    return span.start


def _has_figures(text: str) -> bool:
    return any(map(str.isdigit, text))


def _lines(page: Page, flag: float) -> Iterator[list[Piece]]:
    """Yield the lines of a page in reading order: words, and whether they are in doubt."""
    for block in page.text_blocks:
        for line in block.lines:
            words = ((w.text, w.confidence is not None and w.confidence < flag) for w in line.words)
            yield [(part, doubt) for text, doubt in words for part in text_key(text).split()]


if __name__ == "__main__":
    raise SystemExit(main())
