# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from pathlib import Path

import pytest
import zstandard

from benchmarks import repair
from benchmarks.repair_overlap import TRAINING
from benchmarks.repair_report import Row, error_lines
from benchmarks.repair_restorers import SEEN
from benchmarks.repair_run import run, score
from benchmarks.repair_score import Scores, Wrong
from benchmarks.repair_sets import find_sets


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Measuring data of one document, of whose two lines one was seen in training."""
    documents = tmp_path / "corpus" / "dev_documents"
    documents.mkdir(parents=True)
    known, new = "Căn cứ Luật Tổ chức chính quyền địa phương", "Bản tin cũ kể về một bến đò"
    (documents / "002_KH.txt").write_text(f"{known}\n{new}\n", "utf-8")
    for name in TRAINING:
        (tmp_path / "corpus" / name).write_bytes(zstandard.compress(known.encode()))
    monkeypatch.setattr(repair, "CACHE", tmp_path / "cache")
    return tmp_path


def test_figures_of_a_set(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = data / "figures.json"
    options = ["--split", "dev", "--sets", "stripped", "--no-peers", "--json", str(out)]
    assert repair.main(["--data", str(data), *options]) == 0
    report = json.loads(out.read_text("utf-8"))
    found = report["sets"]["stripped"]
    assert found["documents"] == ["002_KH"]
    seen = found["restorers"][SEEN]
    assert seen["figures"]["letters.right"] == pytest.approx(1 / 17, abs=1e-5)  # "tin"
    assert seen["low_overlap_counts"]["all.damaged"] == 8
    assert report["trained_on"]["digest"] in capsys.readouterr().out


def test_errors_are_listed_with_their_line(data: Path) -> None:
    (stripped,) = find_sets("stripped", data, data, "dev")
    done = run(SEEN, stripped, Path("not asked for"))
    row = Row(SEEN, score(stripped, done, lambda _: True), None, done)
    first = next(error_lines(row, 1))
    assert first.split()[:3] == ["1", "×", "[bold]Căn[/]"]
    assert "Luật Tổ chức" in first


@pytest.mark.parametrize(
    ("right", "seen", "given", "mark"),
    [("về", "vé", "vẻ", "×"), ("về", "về", "vẻ", "damaged"), ("", "", "|", "added")],
)
def test_errors_are_marked(data: Path, right: str, seen: str, given: str, mark: str) -> None:
    (stripped,) = find_sets("stripped", data, data, "dev")
    done = run(SEEN, stripped, Path("not asked for"))
    scores = Scores(wrong=((Wrong(right, seen, given), "a line"),))
    assert mark in next(error_lines(Row(SEEN, scores, None, done), 1)).split()[1:3]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--data", "nowhere"], "nowhere"), (["--sets", "plan,moon"], "no set moon")],
)
def test_wrong_arguments(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = repair.main(arguments)
    except SystemExit as end:
        code = end.code
    assert code
    assert message in capsys.readouterr().err
