# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.floors import find_falls, load_floors, raise_floors, save_floors
from benchmarks.tally import Share

if TYPE_CHECKING:
    from pathlib import Path

FLOORS = {"digest": "d", "floors": {"head.title": 0.9, "text.cer": 0.02}}


def _measures(title: float, cer: float) -> dict:
    return {
        "head.title": Share(title, 1),
        "text.cer": Share(cer, 1, lower_is_better=True),
        "review.title.flagged": Share(1, 2),
    }


@pytest.mark.parametrize(
    ("title", "cer", "fallen"),
    [
        (0.9, 0.02, []),
        (1.0, 0.0, []),
        (0.8981, 0.0219, []),
        (0.8979, 0.02, ["head.title"]),
        (0.9, 0.0221, ["text.cer"]),
    ],
)
def test_falls_beyond_the_margin(title: float, cer: float, fallen: list[str]) -> None:
    falls = find_falls(FLOORS, _measures(title, cer), "d")
    assert [line.split(":")[0] for line in falls] == fallen


def test_a_measure_that_vanished_is_a_fall() -> None:
    assert len(find_falls(FLOORS, {"head.title": Share(1, 1)}, "d")) == 1


def test_another_truth_is_told() -> None:
    assert "truth changed" in find_falls(FLOORS, _measures(1, 0), "other")[0]


def test_no_floors_no_falls() -> None:
    assert find_falls({"digest": None, "floors": {}}, _measures(0, 1), "d") == []


def test_floors_only_rise() -> None:
    new = raise_floors(FLOORS, _measures(0.95, 0.03), "e")
    assert new == {"digest": "e", "floors": {"head.title": 0.95, "text.cer": 0.02}}


def test_floors_fall_when_told_so() -> None:
    new = raise_floors(FLOORS, _measures(0.5, 0.03), "e", allow_lower=True)
    assert new["floors"] == {"head.title": 0.5, "text.cer": 0.03}


def test_floors_of_other_folders_stay(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    save_floors(path, "samples", FLOORS)
    save_floors(path, "other", {"digest": None, "floors": {}})
    assert load_floors(path, "samples") == FLOORS
    assert load_floors(path, "unknown") == {"digest": None, "floors": {}}
