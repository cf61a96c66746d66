# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from pipeline.batch import Outcome, Plan, exit_code, run_batch, work
from pipeline.errors import ExitCode
from pipeline.intake.gather import Item, gather
from pipeline.settings import Settings

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN LỤC NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND
Lục Nam, ngày 19 tháng 9 năm 2022
KẾ HOẠCH
Kiểm tra công tác văn thư năm 2022
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "x.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text(TEXT.replace("12/", "13/"), encoding="utf-8")
    return folder


def run(inbox: Path, out: Path, force: bool = False, **changes: object) -> list[Outcome]:
    seen: list[Outcome] = []
    plan = Plan(gather([inbox]), out, jobs=2, force=force, **changes)  # type: ignore[arg-type]
    outcomes = run_batch(plan, Settings(), seen.append)
    assert seen == outcomes
    return sorted(outcomes, key=lambda outcome: outcome.name)


def failures(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "failures.jsonl").read_text().splitlines()]


def test_records_mirror_the_input(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    outcomes = run(inbox, out)
    assert [(o.name, o.state, o.pages) for o in outcomes] == [
        ("a/x.txt", "done", 1),
        ("b.txt", "done", 1),
    ]
    files = sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())
    assert files == [
        "a/x.txt.json", "a/x.txt.txt", "b.txt.json", "b.txt.txt", "documents.csv", "tasks.csv",
    ]  # fmt: skip
    record = json.loads((out / "a/x.txt.json").read_text(encoding="utf-8"))
    assert record["number"]["value"] == "12/KH-UBND"
    assert exit_code(outcomes) is ExitCode.OK


def test_what_is_done_is_skipped_until_it_changes(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    (inbox / "b.txt").write_text(TEXT.replace("12/", "14/"), encoding="utf-8")
    (out / "a" / "x.txt.json").write_text("{ not a record")
    assert [o.state for o in run(inbox, out)] == ["done", "done"]
    assert [o.state for o in run(inbox, out)] == ["skipped", "skipped"]
    assert [o.state for o in run(inbox, out, force=True)] == ["done", "done"]


def test_a_failure_is_listed_and_stops_nobody(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (inbox / "empty.pdf").write_bytes(b"")
    outcomes = run(inbox, out)
    assert [o.state for o in outcomes] == ["done", "done", "failed"]
    [failure] = failures(out)
    assert (failure["path"], failure["exit_code"]) == ("empty.pdf", int(ExitCode.EMPTY))
    assert exit_code(outcomes) is ExitCode.SOME_FAILED
    assert exit_code(outcomes[2:]) is ExitCode.EMPTY
    (inbox / "empty.pdf").unlink()
    run(inbox, out)
    assert not (out / "failures.jsonl").exists()


def dies_on_b(item: Item, out: Path, settings: Settings, force: bool) -> Outcome:
    if item.name == "b.txt":
        os._exit(9)
    return work(item, out, settings, force)


def hangs_on_b(item: Item, out: Path, settings: Settings, force: bool) -> Outcome:
    if item.name == "b.txt":
        time.sleep(600)
    return work(item, out, settings, force)


def test_a_crash_costs_its_document_only(inbox: Path, tmp_path: Path) -> None:
    outcomes = run(inbox, tmp_path / "out", work=dies_on_b)
    assert [(o.state, o.exit_code) for o in outcomes] == [
        ("done", ExitCode.OK),
        ("failed", ExitCode.WORKER),
    ]


def test_a_hang_is_killed(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHOA_DOCUMENT_TIMEOUT", "20")
    start = time.monotonic()
    outcomes = run(inbox, tmp_path / "out", work=hangs_on_b)
    assert time.monotonic() - start < 60
    assert [(o.state, o.exit_code) for o in outcomes] == [
        ("done", ExitCode.OK),
        ("failed", ExitCode.READING_TIMEOUT),
    ]


def test_an_unforeseen_fault_is_a_failure_with_a_reason(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr("pipeline.batch.process", broken)
    [item] = gather([inbox / "b.txt"])
    outcome = work(item, tmp_path / "out", Settings(), False)
    assert (outcome.state, outcome.error) == ("failed", "ZeroDivisionError")
    assert "made to fail" in outcome.message
    assert not list((tmp_path / "out").rglob("*"))


def test_interrupted_the_run_still_tells_what_it_did(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def interrupt(_: Outcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(Plan(gather([inbox]), out, jobs=1), Settings(), interrupt)
    assert (out / "documents.csv").exists()


def test_no_name_leads_out_of_the_folder(inbox: Path, tmp_path: Path) -> None:
    item = Item((inbox / "b.txt",), "../../b.txt")
    outcome = work(item, tmp_path / "out", Settings(), False)
    assert (outcome.state, outcome.exit_code) == ("failed", ExitCode.OUTPUT)
