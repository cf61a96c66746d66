# SPDX-License-Identifier: Apache-2.0
"""Which documents of a folder have a truth, and where it stands.

Two layouts are known. `samples/`: documents in the folder itself, `truth/<stem>.json` and
`truth/<stem>.page<N>.txt`. Measuring data: documents in `scans/`, `gold/<stem>.json` (whole) or
`gold/<stem>.header.json` (head and signature), `truth/` as above. Page images `<stem>-page-N` are
one document; images `<stem>-N` with one truth are read apart and scored together; a page text may
bear the stem of its own image.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PAGE_IMAGE = re.compile(r"(?P<stem>.+)[-_]page[-_](?P<page>\d+)")
_PAGE_TEXT = re.compile(r"(?P<stem>.+)\.page(?P<page>\d+)")
_NOT_DOCUMENTS = frozenset((".py", ".md", ".tsv", ".json", ".toml"))
_HEADER = ".header"


@dataclass(frozen=True, slots=True)
class PageTruth:
    """The true text of a page (from 1) of the record `record`."""

    record: str
    page: int
    path: Path


@dataclass(frozen=True, slots=True)
class Document:
    """A document with truth: the inputs to read, the names of their records, the truth files."""

    stem: str
    inputs: tuple[Path, ...]
    records: tuple[str, ...]
    gold: Path | None = None
    pages: tuple[PageTruth, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """What is read as one input: a file, or the page images of one stem."""

    stem: str
    files: tuple[Path, ...]
    record: str


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All inputs of a folder, and the file names that truths give for their stems."""

    sources: list[_Source]
    named: dict[str, str | None]


def find_documents(data: Path) -> list[Document]:
    """Return the documents of `data` that have a truth, in order of their stems.

    Raises:
        FileNotFoundError: There is no document with a truth, or a truth without its document.
    """
    scans, labels = data / "scans", data / "gold"
    folder = scans if scans.is_dir() else data
    golds = {
        path.stem.removesuffix(_HEADER): path
        for path in sorted((labels if labels.is_dir() else data / "truth").glob("*.json"))
    }
    shelf = _Shelf(
        _sources(path for path in folder.iterdir() if _is_document(path)),
        {stem: _file_named_in(path) for stem, path in golds.items()},
    )
    owners = {stem: _parts(stem, shelf) for stem in golds}
    pages: dict[str, list[PageTruth]] = defaultdict(list)
    for path in sorted((data / "truth").glob("*.txt")):
        truth = _page_truth(path, shelf)
        pages[truth.record].append(truth)
    for record in set(pages) - {part.record for parts in owners.values() for part in parts}:
        source = next(part for part in shelf.sources if part.record == record)
        owners[source.stem] = [source]
    if not owners:
        msg = f"{data}: no document with a truth; expected truth/<stem>.json or <stem>.page1.txt"
        raise FileNotFoundError(msg)
    return [
        Document(
            stem,
            tuple(path for part in parts for path in part.files),
            tuple(part.record for part in parts),
            golds.get(stem),
            tuple(page for part in parts for page in pages[part.record]),
        )
        for stem, parts in sorted(owners.items())
    ]


def truth_digest(data: Path) -> str:
    """Return the SHA-256 of all truth files under `data`, names included."""
    digest = hashlib.sha256()
    files = [path for name in ("gold", "truth") for path in (data / name).glob("*.*")]
    for path in sorted(files):
        digest.update(f"{path.parent.name}/{path.name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_document(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() not in _NOT_DOCUMENTS and path.name[0] not in "._"


def _file_named_in(path: Path) -> str | None:
    name = json.loads(path.read_text("utf-8")).get("file")
    return str(name) if name else None


def _sources(paths: Iterable[Path]) -> list[_Source]:
    """Return the inputs, page images of one stem put together in the order of their numbers."""
    sources: list[_Source] = []
    groups: dict[str, list[tuple[int, Path]]] = defaultdict(list)
    for path in sorted(paths):
        if image := _PAGE_IMAGE.fullmatch(path.stem):
            groups[image["stem"]].append((int(image["page"]), path))
        else:
            sources.append(_Source(path.stem, (path,), f"{path.name}.json"))
    for stem, numbered in groups.items():
        sources.append(_Source(stem, tuple(path for _, path in sorted(numbered)), f"{stem}.json"))
    return sources


def _parts(stem: str, shelf: _Shelf) -> list[_Source]:
    """Return the inputs that make up the document `stem`: one, or the images `<stem>-N`.

    A truth may bear the whole file name ("plan.pdf.json") or give it under "file".
    """
    exact = [source for source in shelf.sources if stem in (source.stem, source.files[0].name)]
    if len(exact) > 1:
        named = shelf.named.get(stem)
        exact = [source for source in exact if named in {path.name for path in source.files}]
        if len(exact) != 1:
            msg = f'{stem}: several documents have this stem; name one in the truth\'s "file"'
            raise FileNotFoundError(msg)
    numbered = re.compile(rf"{re.escape(stem)}[-_](\d+)")
    images = [
        (int(found[1]), source)
        for source in shelf.sources
        if (found := numbered.fullmatch(source.stem))
    ]
    parts = exact or [source for _, source in sorted(images, key=itemgetter(0))]
    if not parts:
        msg = f"{stem}: a truth without its document"
        raise FileNotFoundError(msg)
    return parts


def _page_truth(path: Path, shelf: _Shelf) -> PageTruth:
    """Return where the page text `path` belongs; one without a page number is page 1."""
    if image := _PAGE_IMAGE.fullmatch(path.stem):
        stem, page = image["stem"], int(image["page"])
    elif text := _PAGE_TEXT.fullmatch(path.stem):
        stem, page = text["stem"], int(text["page"])
    else:
        stem, page = path.stem, 1
    parts = _parts(stem, shelf)
    if len(parts) == 1:
        return PageTruth(parts[0].record, page, path)
    return PageTruth(parts[min(page, len(parts)) - 1].record, 1, path)
