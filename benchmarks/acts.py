# SPDX-License-Identifier: Apache-2.0
"""Typed acts with labels of our own: what the extraction was not written for.

A label stands in `benchmarks/labels/<stem>.json` and holds no sentence of the act: a task is the
place of its text ("span", in characters of the file), beside facts: units, dates, numbers. The acts
are in the measuring data (`corpus/dev_documents`); without it there is nothing to score.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.evaluate import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.facts import Json

LABELS = ROOT / "benchmarks" / "labels"
SPLITS = ("dev", "test")


@dataclass(frozen=True, slots=True)
class Act:
    """A typed act: its text, and what is true of it, in the shape of a gold label."""

    stem: str
    text: str
    gold: Json


def find_acts(data: Path, split: str) -> list[Act]:
    """Return the labelled acts of a split: documents at even places of the list are "dev".

    Raises:
        FileNotFoundError: the measuring data is not there.
    """
    folder = data / "corpus" / "dev_documents"
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        msg = f"{folder}: no acts; --data names the folder of the measuring data"
        raise FileNotFoundError(msg)
    acts = []
    for place, path in enumerate(paths):
        label = LABELS / f"{path.stem}.json"
        if label.exists() and SPLITS[place % 2] == split:
            text = path.read_text("utf-8")
            acts.append(
                Act(path.stem, text, with_texts(json.loads(label.read_text("utf-8")), text))
            )
    return acts


def with_texts(label: Json, text: str) -> Json:
    """Return a label whose spans have become the words that stand there."""

    def words(span: list[int]) -> str:
        return " ".join(text[span[0] : span[1]].split())

    gold = dict(label)
    gold["tasks"] = [{**task, "text": words(task["span"])} for task in label["tasks"]]
    gold["deadlines"] = [{**item, "raw": words(item["span"])} for item in label["deadlines"]]
    if "title_span" in label:
        gold["title"] = words(label["title_span"]) if label["title_span"] else None
    return gold
