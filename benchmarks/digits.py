# SPDX-License-Identifier: Apache-2.0
"""How well are handwritten and printed slots read, where they lie being given?

    python -m benchmarks.digits --data ../shared/data [--list-errors]

The crops of `digits/slots` are of real documents and are for measuring alone: nothing is trained on
them, no threshold and no version of the model is chosen by them.
"""

from __future__ import annotations

import argparse
import csv
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from benchmarks.hands import is_elsewhere
from pipeline.reading.slot_reader import SlotReading, digit_model, read_slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.reading.slot_scores import Kind

THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)


@dataclass(frozen=True, slots=True)
class Measured:
    """A slot, what stands in it, what was read, and how long that took in CPU milliseconds."""

    name: str
    kind: Kind
    style: str
    truth: str
    reading: SlotReading
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the text is read exactly, leading zeros included."""
        return self.reading.text == self.truth

    @property
    def same_value(self) -> bool:
        """Whether the value is right: "8" is as good as "08"."""
        return self.reading.text.lstrip("0") == self.truth.lstrip("0")

    @property
    def elsewhere(self) -> bool:
        """Whether the slot is of another office than the largest."""
        return is_elsewhere(self.name)


def main() -> None:
    """Read all slots, print how many are right, what confidences are worth, and the time."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--list-errors", action="store_true")
    options = parser.parse_args()
    found = measure(options.data / "digits" / "slots")
    console = Console(width=110)
    console.print(right_table(found), accepted_table(found))
    times = sorted(slot.milliseconds for slot in found)
    console.print(
        f"model {digit_model().digest[:12]}; CPU ms a slot: mean {np.mean(times):.1f}, "
        f"median {times[len(times) // 2]:.1f}, longest {times[-1]:.1f}"
    )
    if options.list_errors:
        for slot in found:
            if not slot.right:
                others = " ".join(
                    f"{text}:{chance:.2f}" for text, chance in slot.reading.alternatives
                )
                console.print(
                    f"{slot.name} {slot.style} {slot.truth!r} read {slot.reading.text!r} "
                    f"{slot.reading.confidence:.3f} ({others})"
                )


def measure(folder: Path) -> list[Measured]:
    """Return every slot of `labels.tsv` with its reading."""
    found = []
    digit_model()
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            image = np.asarray(Image.open(folder / row["crop"]).convert("RGB"))
            kind = cast("Kind", row["slot"])
            began = time.process_time()
            reading = read_slot(image, kind)
            spent = (time.process_time() - began) * 1000
            found.append(Measured(row["id"], kind, row["style"], row["true"], reading, spent))
    return found


def right_table(found: Sequence[Measured]) -> Table:
    """Return how many slots are read right, by style and kind, and without the largest office."""
    table = Table(title="slots read right, box given", title_justify="left")
    for name in ("slots", "kind", "number of", "exact", "value", "outside the largest office"):
        table.add_column(name, justify="left" if name in ("slots", "kind") else "right")
    for style in ("handwritten", "printed", "blank"):
        for kind in ("number", "day", "month"):
            slots = [slot for slot in found if (slot.style, slot.kind) == (style, kind)]
            if slots:
                others = [slot for slot in slots if slot.elsewhere]
                table.add_row(
                    style, kind, str(len(slots)), _count(slots, lambda slot: slot.right),
                    _count(slots, lambda slot: slot.same_value),
                    _count(others, lambda slot: slot.right),
                )  # fmt: skip
    return table


def accepted_table(found: Sequence[Measured]) -> Table:
    """Return for each confidence how many slots reach it, and how many of these are wrong."""
    table = Table(title="accepted without review", title_justify="left")
    for name in (
        "confidence",
        "all slots",
        "wrong",
        "handwritten",
        "wrong ",
        "numbers by hand",
        "wrong  ",
    ):
        table.add_column(name, justify="right")
    by_hand = [slot for slot in found if slot.style == "handwritten"]
    numbers = [slot for slot in by_hand if slot.kind == "number"]
    for threshold in THRESHOLDS:
        cells = []
        for group in (found, by_hand, numbers):
            taken = [slot for slot in group if slot.reading.confidence >= threshold]
            cells.append(f"{len(taken)} ({len(taken) / max(1, len(group)):.1%})".replace("%", " %"))
            cells.append(_count(taken, lambda slot: not slot.same_value))
        table.add_row(f"{threshold:g}", *cells)
    return table


def _count(slots: Sequence[Measured], holds: Callable[[Measured], bool]) -> str:
    """Return "33 (94.3 %)", "–" where there is no slot."""
    hits = sum(holds(slot) for slot in slots)
    return f"{hits} ({hits / len(slots):.1%})".replace("%", " %") if slots else "–"


if __name__ == "__main__":
    main()
