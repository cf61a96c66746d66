# SPDX-License-Identifier: Apache-2.0
"""Labels lines of real scans without a person: Tesseract, the line reader and the model vote.

    python dictionaries/build/reader_real.py --data ../shared/data --model reader.onnx

A line is kept where both readers saw nearly the same and every word on which they differ was
decided: by the language model where it is a word, never where it has figures. Documents of which
any page has a true text are left out altogether.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build.reader_samples import joined, save
from dictionaries.build.reader_texts import label
from pipeline.intake.gather import gather
from pipeline.intake.source import open_source
from pipeline.reading.enhance import enhance
from pipeline.reading.line_letters import written
from pipeline.reading.line_picture import cut
from pipeline.reading.line_reader import load, read_lines
from pipeline.reading.ocr import Tesseract
from pipeline.repair.language_model import language_model
from pipeline.repair.tokens import symbol_of
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Word
    from pipeline.reading.line_picture import Pixels
    from pipeline.reading.line_reader import LineModel, ReadLine

# Lines less alike than this were not read by one of the two.
_ALIKE = 0.85
# The model decides if one reading is so much likelier in its sentence (natural logarithm); else
# the line reader if it is so sure and Tesseract is not.
_DECIDED, _SURE, _UNSURE = 2.0, 0.97, 0.9


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page that both readers see; height of a small letter and words of Tesseract in points."""

    name: str
    gray: Pixels
    dpi: float
    letter: float
    words: tuple[Word, ...]


def main() -> None:
    """Read what is not read yet, vote, leave `real.npz` in the folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="line reader; without it pages are only read")
    parser.add_argument("--folder", type=Path, default=Path(".bench/reader"))
    options = parser.parse_args()
    cv2.setNumThreads(1)
    pages = scanned_pages(options.data, options.folder / "pages")
    if options.model is None:
        print(sum(1 for _ in pages), "pages")
        return
    reader = load(options.model)
    pictures, texts, counts = [], [], Counter[str]()
    for page in pages:
        for picture, text in labelled(page, reader, counts):
            pictures.append(picture)
            texts.append(text)
    save(joined(pictures, texts), options.folder / "real.npz")
    print(len(texts), "lines", dict(counts))


def scanned_pages(data: Path, folder: Path) -> Iterator[ScannedPage]:
    """Yield the scanned pages of documents without true text, read by Tesseract once."""
    folder.mkdir(parents=True, exist_ok=True)
    settings, engine = Settings(), Tesseract()
    true = {path.stem.split(".page")[0] for path in (data / "truth").glob("*.txt")}
    for item in gather([data / "scans"]):
        if any(name.startswith(path.name.split(".")[0]) or path.name.startswith(name)
               for path in item.paths for name in true):  # fmt: skip
            continue
        with open_source(item.paths, item.name, settings) as source:
            for sheet in source.sheets(1, None):
                kept = folder / f"{item.paths[0].stem}-{sheet.number}.pickle"
                if not kept.is_file() and sheet.scan is not None:
                    scan = sheet.scan()
                    copy = enhance(scan.image, scan.dpi, Settings(read="fast"))
                    lines = engine.read(copy, settings)
                    fine = copy.fine
                    words = tuple(word for line in lines for word in line.words)
                    page = ScannedPage(kept.stem, fine.gray, fine.dpi, fine.letter, words)
                    kept.write_bytes(pickle.dumps(page))
                if kept.is_file():
                    yield pickle.loads(kept.read_bytes())  # noqa: S301 - written above


def labelled(
    page: ScannedPage, reader: LineModel, counts: Counter[str]
) -> Iterator[tuple[Pixels, str]]:
    """Yield the lines of a page on which the vote was clear, cut out, with what they say."""
    point = page.dpi / 72.0
    for line in read_lines(page.gray, page.letter * point, reader):
        counts["found"] += 1
        own = [(word.text, word.probability) for word in line.words]
        other = [(word.text, word.confidence or 0.0) for word in _on(line, page.words, point)]
        text = _vote(own, other, counts)
        if text is not None and written(text) == text:
            counts["kept"] += 1
            yield cut(page.gray, line.found.base, line.found.letter), label(text)


def _on(line: ReadLine, words: tuple[Word, ...], point: float) -> list[Word]:
    """Return Tesseract's words that stand on a line, from left to right."""
    base, letter = line.found.base, line.found.letter
    found = []
    for word in words:
        if word.box is None:
            continue
        x, y = (side * point for side in word.box.centre)
        level = base.y + base.slope * (x - base.x0)
        if base.x0 <= x <= base.x1 and -1.6 * letter < y - level < 0.5 * letter:
            found.append(word)
    return sorted(found, key=lambda word: word.box.x0 if word.box else 0.0)


def _vote(
    own: list[tuple[str, float]], other: list[tuple[str, float]], counts: Counter[str]
) -> str | None:
    """Return what a line says, None if that is not clear."""
    mine, theirs = [text for text, _ in own], [text for text, _ in other]
    a, b = " ".join(mine), " ".join(theirs)
    if len(a) < 2 or 1 - Levenshtein.distance(a, b) / max(len(a), len(b)) < _ALIKE:
        counts["unlike"] += 1
        return None
    said: list[str] = []
    for kind, i0, i1, j0, j1 in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            said += mine[i0:i1]
            continue
        sure = (min((p for _, p in own[i0:i1]), default=0.0),
                min((p for _, p in other[j0:j1]), default=0.0))  # fmt: skip
        chosen = _chosen(said, (mine[i0:i1], theirs[j0:j1]), mine[i1 : i1 + 2], sure)
        if chosen is None:
            counts["open"] += 1
            return None
        counts["own" if chosen == mine[i0:i1] else "tesseract"] += 1
        said += chosen
    return " ".join(said)


def _chosen(
    before: list[str],
    readings: tuple[list[str], list[str]],
    after: list[str],
    sure: tuple[float, float],
) -> list[str] | None:
    """Return the likelier of two readings, None if neither is."""
    if any(character.isdigit() for words in readings for word in words for character in word):
        return None
    own, other = (_score([*before[-3:], *words, *after], len(words) + len(after))
                  for words in readings)  # fmt: skip
    if abs(own - other) > _DECIDED:
        return readings[0] if own > other else readings[1]
    return readings[0] if sure[0] > _SURE and sure[1] < _UNSURE else None


def _score(words: list[str], last: int) -> float:
    """Return the logarithm of the probability of the last words behind the others."""
    model = language_model()
    states, total = model.start(1), 0.0
    for place, word in enumerate(words):
        inner = word.strip(".,;:()/-“”\"'!?").lower()
        number = model.number_of(symbol_of(inner) if inner else ",")
        found, states = model.extend(states, np.array([number], np.uint64))
        if place >= len(words) - last:
            total += float(found[0])
    return total


if __name__ == "__main__":
    main()
