# SPDX-License-Identifier: Apache-2.0
"""One document against its truth: text, head, items."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.facts import Facts, Json, join_parts, read_record, read_truth
from benchmarks.fields import score_fields
from benchmarks.hands import Hands, Values, score_hands
from benchmarks.items import score_items
from benchmarks.tally import Miss, Tallies, add_up
from benchmarks.text import page_misses, score_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.truth import Document


@dataclass(frozen=True, slots=True)
class Result:
    """The measures of one document, what differs, and whether all its records were there."""

    stem: str
    tallies: Tallies
    misses: list[Miss]
    complete: bool


def score_document(
    document: Document, records: dict[str, Path], hands: Mapping[Values, Hands] | None = None
) -> Result:
    """Return the measures of `document`; a record that is not there counts as empty.

    Args:
        document: What to score, with its truth.
        records: The records by the file name of a record ("x.pdf.json"), see `find_records`.
        hands: How the heads of the documents are filled, see `read_hands`.
    """
    found = {name: _load(records[name]) for name in document.records if name in records}
    tallies, misses = _score_pages(document, found)
    if document.gold is not None:
        truth = read_truth(_load(document.gold))
        parts = [
            read_record(found[name]) if name in found else Facts() for name in document.records
        ]
        got = join_parts(parts)
        measured, differences = score_facts(truth, got, hands)
        tallies |= measured
        misses += differences
    return Result(document.stem, tallies, misses, len(found) == len(document.records))


def score_facts(
    truth: Facts, got: Facts, hands: Mapping[Values, Hands] | None = None
) -> tuple[Tallies, list[Miss]]:
    """Return the measures of head, foot and items, and what differs."""
    tallies, misses = score_fields(truth, got)
    found, differences = score_items(truth, got)
    return tallies | found | score_hands(truth, got, hands or {}), misses + differences


def find_records(folder: Path) -> dict[str, Path]:
    """Return the records under `folder` by file name; the one nearest to the top wins."""
    paths = sorted(folder.rglob("*.json"), key=lambda path: (len(path.parts), path), reverse=True)
    return {path.name: path for path in paths}


def _score_pages(document: Document, records: dict[str, Json]) -> tuple[Tallies, list[Miss]]:
    parts: list[Tallies] = []
    misses: list[Miss] = []
    for page in document.pages:
        truth = page.path.read_text("utf-8")
        pages = records.get(page.record, {}).get("pages", [])
        got = pages[page.page - 1]["text"] if page.page <= len(pages) else ""
        parts.append(score_page(truth, got))
        misses += page_misses(truth, got, f"page {page.page}")
    return add_up(parts), misses


def _load(path: Path) -> Json:
    data: Json = json.loads(path.read_text("utf-8"))
    return data
