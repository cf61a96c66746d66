# SPDX-License-Identifier: Apache-2.0
"""`python -m benchmarks.calibrate --data FOLDER`: fit what a score is worth, kind by kind.

Learns from the acts of split `dev` and the real documents at even places of the sorted list; those
at odd places and the acts of split `test` are left for the figures. Where a kind has few values, or
none that is wrong, a prior keeps its line near the score itself.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.acts import find_acts
from benchmarks.evaluate import ROOT
from benchmarks.facts import read_truth
from benchmarks.readings import read_again, read_text
from benchmarks.reliability import Judged, judge_record
from benchmarks.truth import find_documents
from pipeline.extract.calibration import log_odds
from pipeline.extract.fields import find_fields
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TABLE = ROOT / "dictionaries" / "confidences.tsv"
# Standard deviations of the priors: offset around 0, slope around 1.
_OFFSET, _SLOPE = 1.5, 0.5
_STEPS, _RATE = 4000, 0.05


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit all kinds and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibrate")
    parser.add_argument("--data", type=Path, required=True, help="folder of the measuring data")
    options = parser.parse_args(arguments)
    groups: dict[str, list[Judged]] = defaultdict(list)
    for value in _values(options.data):
        groups[value.group].append(value)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(["field", "slope", "offset", "values", "right", "source"])
        for kind, values in sorted(groups.items()):
            slope, offset = fit(values)
            right = sum(value.right for value in values)
            writer.writerow([kind, f"{slope:.3f}", f"{offset:.3f}", len(values), right,
                             "fitted by benchmarks/calibrate.py"])  # fmt: skip
    return 0


def fit(values: Sequence[Judged]) -> tuple[float, float]:
    """Return slope and offset of the line on the log-odds that makes `values` likeliest."""
    x = np.array([log_odds(value.confidence) for value in values])
    y = np.array([value.right for value in values], dtype=float)
    slope, offset = 1.0, 0.0
    for _ in range(_STEPS):
        error = 1 / (1 + np.exp(-(offset + slope * x))) - y
        slope -= _RATE / len(x) * (float(error @ x) + (slope - 1) / _SLOPE**2)
        offset -= _RATE / len(x) * (float(error.sum()) + offset / _OFFSET**2)
    return max(slope, 0.1), offset


def _values(data: Path) -> Iterator[Judged]:
    settings = Settings()
    for act in find_acts(data, "dev"):
        found = find_fields(read_text(act.text, settings), settings)
        yield from judge_record(read_truth(act.gold), found.model_dump(mode="json"))
    for document in find_documents(data)[::2]:
        if document.gold is None or len(document.records) > 1:
            continue
        truth = read_truth(json.loads(document.gold.read_text("utf-8")))
        found = find_fields(read_again(document.inputs), settings)
        yield from judge_record(truth, found.model_dump(mode="json"))


if __name__ == "__main__":
    sys.exit(main())
