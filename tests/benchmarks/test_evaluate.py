# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from benchmarks import evaluate

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]
Invoke = Callable[..., Any]
Run = Callable[..., Any]


def _write(path: Path, data: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")


@pytest.fixture
def data(tmp_path: Path, gold: Json) -> Path:
    folder = tmp_path / "docs"
    _write(folder / "truth" / "a.json", gold)
    (folder / "truth" / "a.page1.txt").write_text("Hoà Bình, ngày 05 tháng 3 năm 2024", "utf-8")
    (folder / "a.pdf").write_bytes(b"%PDF-")
    return folder


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "floors.json"
    monkeypatch.setattr(evaluate, "FLOORS", path)
    return path


class Done(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Invoke:
    """Run the command with some arguments."""

    def run_main(*arguments: str) -> Done:
        code = evaluate.main(arguments)
        return Done(code, *capsys.readouterr())

    return run_main


@pytest.fixture
def run(invoke: Invoke, data: Path) -> Run:
    """Score one record (none: it is missing) and return what was printed, and the JSON."""

    def score(got: Json | None, *options: str) -> tuple[Done, Json]:
        records, output = data.parent / "records", data.parent / "out.json"
        if got is not None:
            _write(records / "deep" / "a.pdf.json", got)
        records.mkdir(exist_ok=True)
        done = invoke("--data", str(data), "--records", str(records), "-o", str(output), *options)
        return done, json.loads(output.read_text("utf-8")) if output.exists() else {}

    return score


def test_perfect_record(run: Run, record: Json) -> None:
    done, report = run(record)
    assert done.exit_code == 0
    assert (report["data"], report["documents"], report["without_record"]) == ("docs", 1, [])
    for name, measure in report["measures"].items():
        if not name.startswith("review."):
            assert measure["value"] in (0 if name.startswith("text.cer") else 1, None), name
    assert report["measures"]["head.secrecy"]["absent"] == 1
    assert report["per_document"]["a"]["head.title"] == 1
    assert "head.title_similar" in done.stdout


def test_missing_record_counts_as_empty(run: Run) -> None:
    done, report = run(None)
    assert done.exit_code == 0
    assert report["without_record"] == ["a"]
    assert report["measures"]["text.cer"]["value"] == 1
    assert report["measures"]["head.number"]["missing"] == 1
    assert report["measures"]["tasks"]["recall"] == 0


def test_list_errors(run: Run, record: Json) -> None:
    record["signer"]["name"] = "Nguyễn Thị [Hoa"
    done, report = run(record, "--list-errors", "signer_name")
    assert done.stdout.splitlines() == [
        "a head.signer_name",
        "  gold Nguyễn Thị Hoa",
        "  got  Nguyễn Thị [Hoa",
    ]
    assert report == {}


def test_list_errors_of_an_unknown_measure_names_the_known(run: Run, record: Json) -> None:
    done, _ = run(record, "--list-errors", "titel")
    assert done.exit_code == 1
    assert "title" in done.stderr


def test_floors_rise_and_then_hold(run: Run, floors: Path, record: Json) -> None:
    assert run(record, "--check")[0].exit_code == 0
    assert run(record, "--update-floors")[0].exit_code == 0
    assert json.loads(floors.read_text("utf-8"))["docs"]["floors"]["text.cer"] == 0
    assert run(record, "--check")[0].exit_code == 0
    done, _ = run(record | {"title": None}, "--check")
    assert done.exit_code == 1
    assert "head.title: 0.0000, floor 1.0000" in done.stderr


def test_folder_without_truth_says_so(invoke: Invoke, tmp_path: Path) -> None:
    done = invoke("--data", str(tmp_path))
    assert done.exit_code == 1
    assert "no document with a truth" in " ".join(done.stderr.split())


def _fake_python(tmp_path: Path, exit_code: int) -> str:
    """Make a stand-in for `python -m pipeline extract FILES -o OUT --jobs N` without a reader."""
    script = tmp_path / "python"
    script.write_text(
        '#!/bin/sh\nwhile [ "$1" != -o ]; do last=$1; shift; done\n'
        'mkdir -p "$2" && echo "{}" > "$2/$(basename "$last").json"\n'
        f"exit {exit_code}\n"
    )
    script.chmod(0o755)
    return str(script)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where records are made, with an old one in it."""
    _write(tmp_path / "work" / "docs" / "records" / "old.pdf.json", {})
    monkeypatch.setattr(evaluate, "WORK", tmp_path / "work")
    monkeypatch.setattr(evaluate.sys, "executable", _fake_python(tmp_path, 0))
    return tmp_path / "work"


def test_records_are_made_afresh(invoke: Invoke, data: Path, work: Path) -> None:
    assert invoke("--data", str(data)).exit_code == 0
    assert [path.name for path in (work / "docs" / "records").iterdir()] == ["a.pdf.json"]
    assert json.loads((work / "docs.json").read_text("utf-8"))["without_record"] == []


@pytest.mark.parametrize(("exit_code", "message"), [(4, ""), (3, "sohoa doctor")])
def test_some_failures_are_scored_and_a_broken_run_is_told(
    invoke: Invoke, data: Path, work: Path, exit_code: int, message: str
) -> None:
    _fake_python(work.parent, exit_code)
    done = invoke("--data", str(data))
    assert done.exit_code == bool(message)
    assert message in done.stderr
    assert (work / "docs.json").exists() is not bool(message)
