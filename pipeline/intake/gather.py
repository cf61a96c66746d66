# SPDX-License-Identifier: Apache-2.0
"""Paths on the command line -> documents: folders walked, page images put together, names told.

In a folder, files ending in .pdf, .tif, .tiff, .png, .jpg, .jpeg or .txt are documents, and files
without an ending that are PDFs or pictures inside; a file that is named itself always is one.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError, encodable
from pipeline.intake.kinds import binary_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_IMAGE_ENDINGS = frozenset((".tif", ".tiff", ".png", ".jpg", ".jpeg"))
_ENDINGS = _IMAGE_ENDINGS | {".pdf", ".txt"}

# "quyet-dinh-1583-page-2", "kh_194_page_10"
_PAGE_IMAGE = re.compile(r"(?P<stem>.+)(?:-page-|_page_)(?P<number>\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    r"""A document to be read.

    Attributes:
        paths: its files, more than one only for page images, in the order of their pages.
        name: relative to the input folder, with forward slashes; with the ending for a file,
            without ending and page number for page images. No two items of a run share it. Bytes
            of a file's name that are no UTF-8 are written "\xff" in it.
    """

    paths: tuple[Path, ...]
    name: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A document, and the parts of its absolute path of which `taken` make its name."""

    paths: tuple[Path, ...]
    parts: tuple[str, ...]
    taken: int

    @property
    def name(self) -> str:
        return "/".join(self.parts[-self.taken :])


def gather(paths: Sequence[Path], exclude: Path | None = None) -> list[Item]:
    """Return the documents in `paths`, each once, in order of the paths and then of their names.

    What lies under `exclude`, the folder of the records, is left out; if the input lies in there
    itself, only the texts that stand beside records are.

    Raises:
        UsageError: a path does not exist.
    """
    seen: set[Path] = set()
    found: list[_Found] = []
    for root, files in _inputs(paths, exclude):
        new = []
        for path in files:
            if (real := path.resolve()) not in seen:
                seen.add(real)
                new.append(path)
        found += [_found(group, root) for group in group_paths(new)]
    return [Item(each.paths, each.name) for each in _told_apart(_merged(found))]


def group_paths(paths: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Return the paths with the page images of a document together, in the order of their pages.

    Page images are pictures in one folder called `<stem>-page-N` or `<stem>_page_N`, of any
    endings. One alone stays what it is, and so do those of which two claim the same page.
    """
    paths = list(paths)
    pages: dict[tuple[Path, str], list[tuple[int, Path]]] = defaultdict(list)
    for path in paths:
        if page := _page_of(path):
            pages[path.parent, page[0]].append((page[1], path))
    groups: list[tuple[Path, ...]] = []
    for path in paths:
        page = _page_of(path)
        members = sorted(pages[path.parent, page[0]]) if page else []
        numbers = [number for number, _ in members]
        if len(members) < 2 or len(set(numbers)) < len(numbers):
            groups.append((path,))
        elif path == next(other for _, other in members):
            groups.append(tuple(other for _, other in members))
    return groups


def _page_of(path: Path) -> tuple[str, int] | None:
    match = _PAGE_IMAGE.fullmatch(path.stem)
    if match is None or path.suffix.lower() not in _IMAGE_ENDINGS:
        return None
    return match["stem"], int(match["number"])


def _inputs(paths: Sequence[Path], exclude: Path | None) -> Iterator[tuple[Path, list[Path]]]:
    """Yield each folder with its documents; files that were named follow as one input a folder."""
    named: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        if path.is_dir():
            yield path, list(_walk(path, exclude))
        elif path.exists():
            named[path.parent].append(path)
        else:
            raise UsageError(f"{path} does not exist: check the path")
    yield from named.items()


def _walk(root: Path, exclude: Path | None) -> Iterator[Path]:
    inside = root.resolve()
    out = exclude.resolve() if exclude else None
    among_records = out is not None and inside.is_relative_to(out)
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (among_records or (here / name).resolve() != out)
        )
        for name in sorted(files):
            path = here / name
            if name.startswith(".") or not path.is_file():  # nor pipes, nor links to nothing
                continue
            if not path.resolve().is_relative_to(inside):
                continue
            if _is_document(path) and not (among_records and _is_of_record(path)):
                yield path


def _is_document(path: Path) -> bool:
    if path.suffix:
        return path.suffix.lower() in _ENDINGS
    try:
        with path.open("rb") as file:
            return binary_kind(file.read(1024)) is not None
    except OSError:
        return False


def _is_of_record(path: Path) -> bool:
    """Return whether a text stands beside the record that it belongs to."""
    return path.suffix == ".txt" and path.with_suffix(".json").exists()


def _found(group: tuple[Path, ...], root: Path) -> _Found:
    first = Path(os.path.abspath(group[0]))  # noqa: PTH100 - links keep their own names
    parts = first.parts[1:]
    page = _page_of(first)
    if len(group) > 1 and page:
        parts = (*parts[:-1], page[0])
    parts = tuple(map(encodable, parts))
    depth = len(first.parts) - len(Path(os.path.abspath(root)).parts)  # noqa: PTH100
    return _Found(group, parts, depth)


def _merged(found: list[_Found]) -> list[_Found]:
    """Return the documents without doubles of the very same name, which cannot be told apart.

    A file `x` without ending beside `x-page-1.png` keeps its name; the pages take theirs as well.
    """
    taken: set[tuple[str, ...]] = set()
    merged = []
    for each in sorted(found, key=lambda each: len(each.paths) > 1):
        parts = each.parts
        while parts in taken:
            parts = (*parts[:-1], parts[-1] + "-pages")
        taken.add(parts)
        merged.append(replace(each, parts=parts))
    order = {each.paths: place for place, each in enumerate(found)}
    return sorted(merged, key=lambda each: order[each.paths])


def _told_apart(found: list[_Found]) -> list[_Found]:
    """Return the documents with as many folders in front of their names as tell them apart."""
    while True:
        names: dict[str, list[_Found]] = defaultdict(list)
        for each in found:
            names[each.name].append(each)
        if all(len(same) == 1 for same in names.values()):
            return found
        found = [
            replace(each, taken=each.taken + 1) if len(names[each.name]) > 1 else each
            for each in found
        ]
