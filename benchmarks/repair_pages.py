# SPDX-License-Identifier: Apache-2.0
"""`python -m benchmarks.repair_pages --data FOLDER`: pages read by Tesseract beside their truth.

Sets `eng` (200–300 dpi, mixed damage), `vie_low` (110–150 dpi, noise) and `vie` (200–300 dpi) are
the beginnings of the documents in `corpus/dev_documents`, which train nothing, set in three fonts.
TeX Gyre Termes, in which half of the documents are set, is kept out of all training. Set `real` is
what the program itself reads on real scans with a true text, before any repair.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.repair_rows import LineText, rows_beside
from benchmarks.truth import find_documents
from dictionaries.build import page_images as images
from dictionaries.build.alignment import printed_rows
from dictionaries.build.pairs import read_scan
from dictionaries.build.typefaces import FREE_SERIF, TIMES, UNSEEN, Typeface, usable
from pipeline.intake.source import open_source
from pipeline.reading.engine import Look
from pipeline.reading.ocr import Tesseract
from pipeline.reading.page import read_page
from pipeline.settings import Settings
from pipeline.vietnamese import nfc, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Word

READERS = {"eng": "eng", "vie_low": "vie", "vie": "vie"}
KINDS = (*READERS, "real")
# A document gives its first paragraphs until so many words are reached.
_ENOUGH_WORDS = 400
_SEED = 30


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a document's pages that were read, in order.

    Attributes:
        document: stem of its file.
        lines: those found in what was read; tokens need not be one to one.
        lost: true lines that the reader did not read as lines, left out of `lines`.
    """

    document: str
    lines: tuple[LineText, ...]
    lost: int = 0


def pages(data: Path, cache: Path, kind: str, jobs: int = 1) -> list[PageText]:
    """Return the pages of a set, from `cache` if they were made before.

    Args:
        data: folder with corpus/dev_documents, scans/ and truth/.
        cache: folder for the made sets, `test_<kind>.jsonl` and `real.jsonl`.
        kind: "eng", "vie_low", "vie" or "real".
        jobs: documents made at the same time.
    """
    path = cache / ("real.jsonl" if kind == "real" else f"test_{kind}.jsonl")
    if not path.is_file():
        made = _real_pages(data) if kind == "real" else _rendered_pages(data, kind, jobs)
        cache.mkdir(parents=True, exist_ok=True)
        rows = [json.dumps(asdict(page), ensure_ascii=False) for page in made]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return [_page_of(json.loads(row)) for row in path.read_text(encoding="utf-8").splitlines()]


def _page_of(row: dict[str, object]) -> PageText:
    lines = tuple(
        LineText(tuple((text, sure) for text, sure in line["seen"]), tuple(line["right"]))
        for line in row["lines"]  # type: ignore[attr-defined]
    )
    return PageText(str(row["document"]), lines, int(row["lost"]))  # type: ignore[call-overload]


def _rendered_pages(data: Path, kind: str, jobs: int) -> list[PageText]:
    paths = sorted((data / "corpus" / "dev_documents").glob("*.txt"))
    if not paths:
        raise FileNotFoundError(f"{data}: no corpus/dev_documents/*.txt")
    with Pool(jobs) as pool:
        return pool.map(partial(_rendered, kind=kind), enumerate(paths), chunksize=1)


def _rendered(numbered: tuple[int, Path], kind: str) -> PageText:
    """Return the beginning of a document as Tesseract reads it."""
    number, path = numbered
    rng = np.random.default_rng([_SEED, number, KINDS.index(kind)])
    face = face_of(number)
    layout = images.draw_layout(face, rng)
    look = (Look.BLOCK, Look.PAGE)[int(rng.random() < 0.5)]
    wear = images.draw_wear(rng, low=kind == "vie_low")
    paragraphs = [images.dress(text, rng) for text in _beginning(path, face)]
    lines: list[LineText] = []
    lost = 0
    for page in images.set_pages(paragraphs, layout):
        scan = images.scan(page, face, wear, rng)
        rows = printed_rows(read_scan(scan, wear.damage.dpi, READERS[kind], look))
        found, missing = rows_beside(rows, [line.text for line in page.lines])
        lines += found
        lost += missing
    return PageText(path.stem, tuple(lines), lost)


def face_of(number: int) -> Typeface:
    """Return the font of a document; its number's half, so that both splits get all fonts.

    Raises:
        NoTypefaceError: the font is not on this machine; figures in another would not compare.
    """
    faces = (UNSEEN, TIMES, UNSEEN, FREE_SERIF)
    return usable([faces[number // 2 % len(faces)]])[0]


def _beginning(path: Path, face: Typeface) -> Iterator[str]:
    words = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        text = squeeze(nfc(line)).replace("…", "...")
        if text and images.printable(text + text.upper(), face):
            left = _ENOUGH_WORDS - words
            words += len(text.split())
            yield " ".join(text.split()[:left])
        if words >= _ENOUGH_WORDS:
            return


def _real_pages(data: Path) -> list[PageText]:
    """Return the real pages with a true text, as the program reads them before any repair."""
    settings, engine = Settings(), Tesseract()
    made = []
    for document in find_documents(data):
        lines: list[LineText] = []
        lost = 0
        for truth in document.pages:
            place = document.records.index(truth.record)
            files = document.inputs if len(document.records) == 1 else (document.inputs[place],)
            true = nfc(truth.path.read_text(encoding="utf-8")).splitlines()
            true = [squeeze(line) for line in true if line.strip()]
            rows = _read_rows(files, truth.page, settings, engine)
            found, missing = rows_beside(rows, true)
            lines += found
            lost += missing
        if document.pages:
            made.append(PageText(document.stem, tuple(lines), lost))
    return made


def _read_rows(
    files: Sequence[Path], number: int, settings: Settings, engine: Tesseract
) -> list[Sequence[Word]]:
    """Return the words of each line of a page; its picture is read even if it has a layer."""
    with open_source(tuple(files), files[0].name, settings) as source:
        for sheet in source.sheets():
            if sheet.number == number and sheet.scan:
                scan = sheet.scan()
                page = read_page(scan.image, scan.dpi, number, sheet.layer, engine, settings)
                return [line.words for block in page.text_blocks for line in block.lines]
    raise FileNotFoundError(f"{files[0]}: no page {number} with a picture")


def main() -> int:
    """Make the sets that are asked for, say what they hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.repair_pages")
    parser.add_argument("--data", type=Path, required=True, help="folder of measuring data")
    parser.add_argument("--cache", type=Path, default=Path(__file__).parent.parent / ".bench")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    for kind in options.kinds:
        made = pages(options.data, options.cache, kind, options.jobs)
        lines = [line for page in made for line in page.lines]
        words = sum(len(line.right) for line in lines)
        lost = sum(page.lost for page in made)
        sys.stdout.write(
            f"{kind}: {len(made)} documents, {len(lines)} lines, {words} words, {lost} lines lost\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
