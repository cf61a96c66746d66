# SPDX-License-Identifier: Apache-2.0
"""The samples, read for real, and the repair of text must not fall below the pinned floors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.floors import find_falls, load_floors
from benchmarks.repair_restorers import MAKERS, OURS
from benchmarks.repair_score import Scores, join, score_line
from benchmarks.repair_sets import TextSet, find_sets

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "benchmarks" / "floors.json"


def measured(text_set: TextSet) -> Scores:
    """The scores of the engine, as `make bench-repair` counts them."""
    restore = MAKERS[OURS]()
    return join(
        score_line(line, given)
        for document in text_set.documents
        for line, given in zip(
            document.lines, restore(document.seen, document.confidences), strict=True
        )
    )


def falls(name: str, scores: Scores, digest: str) -> list[str]:
    floors = load_floors(FLOORS, name)
    assert floors["floors"], f"benchmarks/floors.json has no floors of {name}"
    return find_falls(floors, scores.tallies, digest)


def test_the_founding_plan_is_repaired_as_well_as_ever() -> None:
    (plan,) = find_sets("plan", ROOT, ROOT, "test")
    scores = measured(plan)
    assert falls("repair.plan", scores, plan.digest) == []
    right = scores.tallies["letters.right"].value
    assert right is not None
    assert right >= 0.99


@pytest.mark.slow
@pytest.mark.parametrize("name", ["clean", "stripped"])
def test_acts_are_repaired_as_well_as_ever(name: str, shared_data: Path) -> None:
    """Right acts stay as they are, and acts without any marks get them back."""
    (acts,) = find_sets(name, shared_data, ROOT, "dev")
    scores = measured(acts)
    assert falls(f"repair.{name}", scores, acts.digest) == []
    if name == "clean":
        # The margin of floors is too wide for what hardly happens.
        assert scores.figures()["changed"] <= 0.0002  # type: ignore[operator]


@pytest.mark.slow
def test_the_samples_stay_above_their_floors(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.evaluate", "--check", "-o", tmp_path / "scores.json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
