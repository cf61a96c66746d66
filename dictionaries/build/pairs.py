# SPDX-License-Identifier: Apache-2.0
"""Make pairs "what a reader saw / what stood there" from pages set of the corpus.

    python dictionaries/build/pairs.py --data ../shared/data --reader eng --output pairs_eng.tsv

Text comes from the training files of the corpus only. Tokens of a line keep their order; a blank
inside `seen` is a word read in two parts, a blank inside `right` is two words run together.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import sys
from collections import Counter
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import zstandard

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build import page_images as images
from dictionaries.build.alignment import (
    is_aligned,
    is_reading,
    match_lines,
    match_tokens,
    printed_rows,
)
from dictionaries.build.typefaces import TYPEFACES, Typeface, lacks, usable
from pipeline.model import Frame
from pipeline.reading.engine import Look
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.ocr import Tesseract
from pipeline.settings import Settings
from pipeline.vietnamese import nfc, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model import Line

COLUMNS = ("reader", "dpi", "damage", "font", "document", "line", "seen", "right", "confidence")
# Share of each corpus file among the pages, and of low resolution for each reader: `vie` reads
# nearly all right at 200 dpi and more, so that most of its errors are found under that.
SOURCES = {"admin": 0.45, "legal": 0.40, "general": 0.15}
LOW_SHARE = {"eng": 0.15, "vie": 0.60}
_BLOCK = 50  # lines of the corpus, more than fill a page
_LEAST_LINES = 8  # that a page has to have in common with what was read
# Words that an earlier reader of the corpus damaged have a hat and a stop but no tone ("câp").
# Forms to be filled in have dotted lines, of which every reader makes something else.
_UNFIT = re.compile(r"[âêôơưăÂÊÔƠƯĂ](?:p|t|c|ch|P|T|C|CH)(?!\w)|[.…_]{4,}|…{2,}|□")


@dataclass(frozen=True, slots=True)
class Job:
    """A page to make: whose lines, for which reader; the name seeds all that is drawn for it."""

    reader: str
    document: str
    paragraphs: tuple[str, ...]
    low: bool
    seed: int

    @property
    def rng(self) -> np.random.Generator:
        """The generator of this page, the same each time."""
        name = f"{self.seed}/{self.reader}/{self.document}".encode()
        return np.random.default_rng(int.from_bytes(hashlib.sha256(name).digest()[:8], "big"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a page: rows for the table, and counts of what went wrong."""

    rows: tuple[tuple[str, ...], ...]
    counts: Counter[str]


def main() -> None:
    """Draw pages, read them, align, write; the table grows page by page."""
    options = _parser().parse_args()
    for face in TYPEFACES:
        if lack := lacks(face):
            print(f"without {face.name}: {lack}", file=sys.stderr)
    jobs = find_jobs(options.data / "corpus", options.reader, options.pairs, options.seed)
    start, written, counts = perf_counter(), 0, Counter[str]()
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with options.output.open("w", encoding="utf-8", newline="\n") as file, Pool(options.jobs) as at:
        file.write("\t".join(COLUMNS) + "\n")
        for done, reading in enumerate(at.imap(make_pairs, jobs), start=1):
            file.writelines("\t".join(row) + "\n" for row in reading.rows)
            file.flush()
            written, counts = written + len(reading.rows), counts + reading.counts
            if done % 20 == 0 or written >= options.pairs:
                speed = written / (perf_counter() - start) * 60
                told = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
                print(f"{written} pairs, {done} pages, {speed:.0f} a minute; {told}", flush=True)
            if written >= options.pairs:
                at.terminate()
                break


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="pairs of what was seen and what is right")
    add = parser.add_argument
    add("--data", type=Path, required=True, help="folder with corpus/")
    add("--reader", choices=sorted(LOW_SHARE), required=True, help="model of Tesseract")
    add("--output", type=Path, required=True, help="the table to write")
    add("--pairs", type=int, default=100_000, help="stop after so many")
    add("--jobs", type=int, default=1, help="pages made at the same time")
    add("--seed", type=int, default=20221119)
    return parser


def find_jobs(corpus: Path, reader: str, pairs: int, seed: int) -> list[Job]:
    """Return the pages to make for `pairs` pairs and some to spare, in a random order."""
    pages = pairs // 250 + 20
    jobs = []
    for source, share in SOURCES.items():
        rng = np.random.default_rng([seed, len(source)])
        for start, lines in _blocks(corpus / f"{source}.txt.zst", round(pages * share), rng):
            low = bool(rng.random() < LOW_SHARE[reader])
            jobs.append(Job(reader, f"{source}-{start}", lines, low, seed))
    order = np.random.default_rng(seed).permutation(len(jobs))
    return [jobs[place] for place in order]


def _blocks(path: Path, wanted: int, rng: np.random.Generator) -> list[tuple[int, tuple[str, ...]]]:
    """Return runs of successive lines of a corpus file, each with the number of its first line.

    Every run of the file has the same chance (Vitter's algorithm R).
    """
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, block in enumerate(_runs(path)):
        place = number if number < wanted else int(rng.integers(0, number + 1))
        if place < wanted:
            kept[place : place + 1] = [(number * _BLOCK, block)]
    return kept


def _runs(path: Path) -> Iterator[tuple[str, ...]]:
    with path.open("rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file)
        run: list[str] = []
        for line in io.TextIOWrapper(reader, encoding="utf-8"):
            run.append(line)
            if len(run) == _BLOCK:
                yield tuple(run)
                run = []


def make_pairs(job: Job) -> Reading:
    """Return the pairs of one page."""
    rng = job.rng
    faces = usable()
    weights = np.array([face.weight for face in faces])
    face = faces[int(rng.choice(len(faces), p=weights / weights.sum()))]
    wear = images.draw_wear(rng, low=job.low)
    look = (Look.BLOCK, Look.PAGE)[int(rng.random() < 0.4)]
    layout = images.draw_layout(face, rng)
    paragraphs = [images.dress(text, rng) for text in sound(job.paragraphs, face)]
    page = images.set_pages(paragraphs, layout)[0]
    read = read_scan(images.scan(page, face, wear, rng), wear.damage.dpi, job.reader, look)
    true = [tuple(line.text.split()) for line in page.lines]
    labels = (job.reader, str(wear.damage.dpi), wear.name, face.name, job.document)
    return _paired(read, true, labels)


def sound(paragraphs: Iterable[str], face: Typeface) -> list[str]:
    """Return the paragraphs that the font can print and no earlier reader damaged."""
    return [
        text.replace("…", "...")
        for text in (squeeze(nfc(paragraph)) for paragraph in paragraphs)
        if text and not _UNFIT.search(text) and images.printable(text + text.upper(), face)
    ]


def read_scan(scan: images.Pixels, dpi: int, reader: str, look: Look) -> tuple[Line, ...]:
    """Return the lines that Tesseract reads with the model `reader`, the page as it is."""
    settings = Settings(language=reader)
    return Tesseract().read(ReadingCopy(scan, dpi, Frame()), settings, look)


def _paired(
    read: Sequence[Line], true: Sequence[tuple[str, ...]], labels: tuple[str, ...]
) -> Reading:
    """Return the pairs of a page, and what was left out."""
    seen = [[(word.text, word.confidence or 0.0) for word in row] for row in printed_rows(read)]
    found = match_lines([" ".join(t for t, _ in row) for row in seen], list(map(" ".join, true)))
    counts = Counter(lines=len(true), lines_lost=len(true) - len(found))
    rows: list[tuple[str, ...]] = []
    if len(found) < min(_LEAST_LINES, len(true)):
        return Reading((), Counter(pages_thrown=1))
    for i, j in found:
        tokens, sure = [text for text, _ in seen[i]], [confidence for _, confidence in seen[i]]
        matches = match_tokens(tokens, true[j])
        if not is_aligned(matches, tokens, true[j]):
            counts["lines_thrown"] += 1
            continue
        for match in matches:
            if not is_reading(match, tokens, true[j]):
                counts["tokens_left_out"] += 1
                continue
            seen_text, right = " ".join(tokens[slice(*match.seen)]), true[j][slice(*match.right)]
            counts[match.kind] += 1
            counts["exact"] += seen_text == " ".join(right)
            confidence = min(sure[slice(*match.seen)])
            rows.append((*labels, str(j), seen_text, " ".join(right), f"{confidence:.2f}"))
    return Reading(tuple(rows), counts)


if __name__ == "__main__":
    main()
