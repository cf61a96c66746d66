# SPDX-License-Identifier: Apache-2.0
"""The sets that the repair engine is measured on: what was seen, line by line, beside the truth.

| set | what was seen | truth |
|---|---|---|
| plan | the founding plan as an engine without Vietnamese read it | its page in samples/truth |
| eng | rendered pages of dev_documents, read by Tesseract `eng` | the text that was rendered |
| vie_low, vie | the same at 110-150 dpi with noise and at 200-300 dpi, read by `vie` | the same |
| stripped | dev_documents without any marks | dev_documents |
| garbled.* | real text layers of other engines, phrase by phrase | the pairs' right side |
| real | real scans read by `vie` | their true text |
| clean | dev_documents as they are | the same: nothing may change |

No set is trained on. Those of many documents are split: of the sorted list of documents the even
places (0, 2, …) are for development, the odd ones for final figures only. The plan and the garbled
layers are never tuned on; they are whole in every split.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.repair_lines import pair_lines
from pipeline.vietnamese import nfc, strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.repair_align import Words

SAMPLES = Path(__file__).parent.parent / "samples"
PAGES = ("eng", "vie_low", "vie", "real")
SETS = ("plan", "eng", "vie_low", "vie", "stripped", "garbled", "real", "clean")
SPLITS = ("dev", "test", "all")


class MissingSetError(Exception):
    """A set cannot be had here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was seen and as it is right.

    Attributes:
        seen: its tokens.
        right: the true ones; None: no truth, given for context only.
        confidences: what the reader thought of each token seen (0-1); empty if it said nothing.
    """

    seen: Words
    right: Words | None
    confidences: tuple[float, ...] = ()


_BLANK = Line((), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a set, whole: a restorer sees all its lines at once."""

    name: str
    lines: tuple[Line, ...]

    @property
    def seen(self) -> list[str]:
        """Return the lines as a restorer gets them."""
        return [" ".join(line.seen) for line in self.lines]

    @property
    def confidences(self) -> list[tuple[float, ...]] | None:
        """Return the reader's confidences line by line; None if it said nothing."""
        found = [line.confidences for line in self.lines]
        return found if any(found) else None


@dataclass(frozen=True, slots=True)
class TextSet:
    """A named list of documents."""

    name: str
    documents: tuple[Document, ...]

    @property
    def digest(self) -> str:
        """Return 12 hexadecimal digits that change with any word seen or right."""
        digest = hashlib.sha256()
        for document in self.documents:
            lines = [(line.seen, line.right) for line in document.lines]
            digest.update(json.dumps([document.name, lines]).encode())
        return digest.hexdigest()[:12]


def find_sets(name: str, data: Path, pages: Path, split: str) -> list[TextSet]:
    """Return the sets called `name` ("garbled" is one per file), cut to `split`.

    Raises:
        MissingSetError: the data of this set is not there.
    """
    match name:
        case "plan":
            return [TextSet(name, (_plan(),))]
        case "garbled":
            return [_garbled(path) for path in _needed(data / "garbled", "*_pairs_*.tsv")]
        case "stripped" | "clean":
            documents = _dev_documents(data)
        case _:
            documents = _read_pages(data, pages, name)
    if name == "stripped":
        documents = [_stripped(document) for document in documents]
    order = [document.name for document in documents]
    if name in PAGES and name != "real":
        order = [path.stem for path in _needed(data / "corpus" / "dev_documents", "*.txt")]
    return [TextSet(name, tuple(in_split(documents, order, split)))]


def in_split(documents: Iterable[Document], order: list[str], split: str) -> list[Document]:
    """Return the documents of `split`: by their place in the sorted list of names `order`."""
    wanted = {"dev": (0,), "test": (1,), "all": (0, 1)}[split]
    place = {name: at for at, name in enumerate(sorted(order))}
    return [document for document in documents if place[document.name] % 2 in wanted]


def _plan() -> Document:
    seen = (SAMPLES / "plan-194.txt").read_text("utf-8").splitlines()
    right = (SAMPLES / "truth" / "plan-194.page1.txt").read_text("utf-8").splitlines()
    lines = pair_lines(seen, right)
    return Document("plan-194", tuple(_line(first, second) for first, second in lines))


def _garbled(path: Path) -> TextSet:
    """Return the set of one file of pairs: one document, its phrases apart by blank lines.

    Phrases stand for themselves, but come from the same engine.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = [_line(row["garbled"], row["correct"]) for row in rows]
    spaced = tuple(part for line in lines for part in (line, _BLANK))
    name = f"garbled.{path.name.partition('_')[0]}"
    return TextSet(name, (Document(path.stem, spaced),))


def _dev_documents(data: Path) -> list[Document]:
    paths = _needed(data / "corpus" / "dev_documents", "*.txt")
    texts = {path.stem: path.read_text("utf-8").splitlines() for path in paths}
    return [
        Document(name, tuple(_line(line, line) for line in lines)) for name, lines in texts.items()
    ]


def _stripped(document: Document) -> Document:
    lines = (
        replace(line, seen=tuple(strip_marks(token) for token in line.seen))
        for line in document.lines
    )
    return replace(document, lines=tuple(lines))


def _read_pages(data: Path, pages: Path, name: str) -> list[Document]:
    """Return the documents of a JSON Lines file: {"document", "lines": [{"seen", "right"}]}.

    If it is not there yet, Tesseract reads the pages first, which takes minutes.
    """
    path = pages / (f"{name}.jsonl" if name == "real" else f"test_{name}.jsonl")
    if not path.exists():
        # Loads the whole reader, which nothing else of the benchmark needs.
        from benchmarks.repair_pages import pages as make_pages  # noqa: PLC0415
        from dictionaries.build.typefaces import NoTypefaceError  # noqa: PLC0415

        try:
            make_pages(data, pages, name)
        except (FileNotFoundError, NoTypefaceError) as error:
            raise MissingSetError(str(error)) from error
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Document(
            row["document"],
            tuple(
                Line(
                    tuple(token for token, _ in line["seen"]),
                    tuple(map(nfc, line["right"])),
                    tuple(confidence for _, confidence in line["seen"]),
                )
                for line in row["lines"]
            ),
        )
        for row in rows
    ]


def _line(seen: str, right: str | None) -> Line:
    return Line(tuple(seen.split()), None if right is None else tuple(nfc(right).split()))


def _needed(folder: Path, pattern: str) -> list[Path]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise MissingSetError(f"no {pattern} in {folder}")
    return paths
