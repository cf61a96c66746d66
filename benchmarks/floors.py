# SPDX-License-Identifier: Apache-2.0
"""Quality pinned: what the samples must reach, kept in `floors.json` with their truth's digest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.tally import Tally

# Another build of Tesseract flips a syllable or two in a page; that is no loss of quality.
MARGIN = 0.002

Floors = dict[str, Any]


def load_floors(path: Path, data: str) -> Floors:
    """Return the floors of the folder named `data`: {"digest": …, "floors": {measure: value}}."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    floors: Floors = known.get(data, {"digest": None, "floors": {}})
    return floors


def save_floors(path: Path, data: str, floors: Floors) -> None:
    """Write the floors of `data` into `path`, leaving those of other folders alone."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    text = json.dumps(known | {data: floors}, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", "utf-8")


def find_falls(floors: Floors, measures: Mapping[str, Tally], digest: str) -> list[str]:
    """Return a line for every measure below its floor, and one if the truth itself changed."""
    if not floors["floors"]:
        return []
    falls = []
    if floors["digest"] != digest:
        falls.append("the truth changed since the floors were set: look, then --update-floors")
    for name, floor in floors["floors"].items():
        tally = measures.get(name)
        value = tally.value if tally else None
        if value is None:
            falls.append(f"{name}: not measured any more, floor {floor:.4f}")
        elif tally and _loss(value, floor, lower_is_better=tally.lower_is_better) > MARGIN:
            falls.append(f"{name}: {value:.4f}, floor {floor:.4f}")
    return falls


def raise_floors(
    floors: Floors, measures: Mapping[str, Tally], digest: str, *, allow_lower: bool = False
) -> Floors:
    """Return new floors: what is measured now, or the old floor where that is better.

    Figures on flags ("review.…") have no floor: more flags are better or worse as the case may be.
    """
    old = floors["floors"]
    new = {} if allow_lower else dict(old)
    for name, tally in measures.items():
        if tally.value is None or name.startswith("review."):
            continue
        value = round(tally.value, 5)
        kept = old.get(name)
        worse = kept is not None and _loss(value, kept, lower_is_better=tally.lower_is_better) > 0
        new[name] = kept if worse and not allow_lower else value
    return {"digest": digest, "floors": new}


def _loss(value: float, floor: float, *, lower_is_better: bool) -> float:
    return value - floor if lower_is_better else floor - value
