# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.acts import LABELS, SPLITS, find_acts, with_texts


def test_spans_become_the_words_that_stand_there() -> None:
    text = "Sở Y tế\n lập kế hoạch trước ngày 5/6."
    label = {
        "title_span": None,
        "tasks": [{"span": [0, 37], "responsible": ["Sở Y tế"]}],
        "deadlines": [{"span": [22, 36], "kind": "once"}],
    }
    gold = with_texts(label, text)
    assert gold["tasks"][0]["text"] == "Sở Y tế lập kế hoạch trước ngày 5/6."
    assert gold["deadlines"][0]["raw"] == "trước ngày 5/6"
    assert gold["title"] is None


def test_without_the_measuring_data_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--data"):
        find_acts(tmp_path, "dev")


def test_labels_hold_facts_and_no_sentence() -> None:
    paths = sorted(LABELS.glob("*.json"))
    assert len(paths) >= 30
    for path in paths:
        label = json.loads(path.read_text("utf-8"))
        assert "title" not in label
        assert not [task for task in label["tasks"] if "text" in task]
        assert not [item for item in label["deadlines"] if "raw" in item]


def test_the_splits_share_no_act(shared_data: Path) -> None:
    stems = [{act.stem for act in find_acts(shared_data, split)} for split in SPLITS]
    assert stems[0]
    assert stems[1]
    assert not stems[0] & stems[1]


def test_every_task_of_a_label_is_words_of_its_act(shared_data: Path) -> None:
    for split in SPLITS:
        for act in find_acts(shared_data, split):
            for task in act.gold["tasks"]:
                assert len(task["text"].split()) > 2, (act.stem, task["span"])
