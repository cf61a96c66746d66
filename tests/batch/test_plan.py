# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest
import traps
from runs import ENGINE, TEXT, Heard, run, settle, write

from pipeline import dictionary
from pipeline.batch.manifest import FILE
from pipeline.batch.outcome import Outcome, exit_code
from pipeline.batch.plan import Plan, run_batch
from pipeline.batch.pool import Pool
from pipeline.errors import ExitCode
from pipeline.intake.gather import gather
from pipeline.settings import Settings


def states(heard: Heard) -> list[str]:
    return [outcome.state for outcome in heard.outcomes]


def failures(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "failures.jsonl").read_text().splitlines()]


def test_records_mirror_the_input(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    heard = run(inbox, out)
    assert [(o.name, o.state, o.pages) for o in heard.outcomes] == [
        ("a/x.txt", "done", 1),
        ("b.txt", "done", 1),
    ]
    files = sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())
    assert files == [
        ".sohoa.lock", "a/x.txt.json", "a/x.txt.txt", "b.txt.json", "b.txt.txt", "documents.csv",
        FILE, "summary.json", "tasks.csv",
    ]  # fmt: skip
    record = json.loads((out / "a/x.txt.json").read_text(encoding="utf-8"))
    assert record["number"]["value"] == "12/KH-UBND"
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["number"] for row in csv.DictReader(file)] == ["12/KH-UBND", "13/KH-UBND"]
    summary = json.loads((out / "summary.json").read_text())
    assert (summary["documents"]["done"], summary["pages"], summary["exit_code"]) == (2, 2, 0)
    assert exit_code(heard.outcomes) is ExitCode.OK


def test_what_is_done_is_skipped_until_it_changes(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert states(run(inbox, out)) == ["done", "done"]
    assert states(run(inbox, out)) == ["skipped", "skipped"]
    write(inbox / "b.txt", TEXT.replace("12/", "145/"))
    (out / "a" / "x.txt.json").write_text("{ not a record")
    assert states(run(inbox, out)) == ["done", "done"]
    assert states(run(inbox, out)) == ["skipped", "skipped"]
    assert states(run(inbox, out, force=True)) == ["done", "done"]
    assert states(run(inbox, out, engine={**ENGINE, "vie": "other"})) == ["done", "done"]


def test_a_file_that_was_only_touched_is_told_by_its_bytes(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    made = (out / "b.txt.json").stat().st_mtime_ns
    settle(inbox / "b.txt")
    assert states(run(inbox, out)) == ["skipped", "skipped"]
    assert (out / "b.txt.json").stat().st_mtime_ns == made


def test_without_its_manifest_a_folder_is_known_by_its_records(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    tables = (out / "documents.csv").read_bytes()
    (out / FILE).unlink()
    assert states(run(inbox, out)) == ["skipped", "skipped"]
    assert (out / "documents.csv").read_bytes() == tables


def test_a_broken_manifest_is_set_aside(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    (out / FILE).write_bytes(b"no database at all, " * 100)
    assert states(run(inbox, out)) == ["skipped", "skipped"]
    assert (out / "manifest.broken").exists()


def test_a_record_that_was_taken_away_leaves_the_tables(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    (out / "b.txt.json").unlink()
    (inbox / "b.txt").unlink()
    write(inbox / "c.txt", TEXT.replace("12/", "14/"))
    run(inbox, out)
    assert "13/KH-UBND" not in (out / "documents.csv").read_text(encoding="utf-8-sig")


def test_a_failure_is_listed_and_stops_nobody(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (inbox / "empty.txt").write_bytes(b"")
    settle(inbox / "empty.txt")
    heard = run(inbox, out)
    assert states(heard) == ["done", "done", "failed"]
    [failure] = failures(out)
    assert (failure["path"], failure["exit_code"]) == ("empty.txt", int(ExitCode.EMPTY))
    assert exit_code(heard.outcomes) is ExitCode.SOME_FAILED
    assert exit_code(heard.outcomes[2:]) is ExitCode.EMPTY
    again = run(inbox, out)
    assert states(again) == ["skipped", "skipped", "failed"]
    assert exit_code(again.outcomes) is ExitCode.SOME_FAILED
    write(inbox / "empty.txt", TEXT)
    assert states(run(inbox, out)) == ["skipped", "skipped", "done"]
    assert not (out / "failures.jsonl").exists()


def test_what_failed_by_a_limit_is_tried_under_another(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(inbox / "b.txt", f"{TEXT}\f{TEXT}")
    assert states(run(inbox, out, settings=Settings(max_pages=1))) == ["done", "failed"]
    assert states(run(inbox, out, settings=Settings(max_pages=1))) == ["skipped", "failed"]
    assert states(run(inbox, out, settings=Settings(max_pages=2))) == ["skipped", "done"]


def test_a_new_dictionary_needs_no_new_reading(
    album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run(album, out).pages == 9
    digest = dictionary.digest()
    monkeypatch.setattr(dictionary, "digest", lambda *names, **_: "other" if not names else digest)
    again = run(album, out)
    assert (again.pages, again.began_pages) == (0, {})


def test_a_file_that_vanishes_costs_nobody_else(inbox: Path, tmp_path: Path) -> None:
    items = gather([inbox])
    (inbox / "b.txt").unlink()
    settings = Settings()
    plan = Plan(items, tmp_path / "out", ENGINE, lambda: Pool(1, settings))
    outcomes = run_batch(plan, settings, Heard())
    found = {outcome.name: (outcome.state, outcome.exit_code) for outcome in outcomes}
    assert found == {"a/x.txt": ("done", ExitCode.OK), "b.txt": ("failed", ExitCode.INPUT)}


def test_tables_that_a_cut_run_did_not_write_are_written(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    write(inbox / "c.txt", TEXT.replace("12/", "77/"))

    class Impatient(Heard):
        def ended(self, outcome: Outcome) -> None:
            if outcome.name == "c.txt":
                raise KeyboardInterrupt

    settings = Settings()
    plan = Plan(gather([inbox]), out, ENGINE, lambda: Pool(1, settings))
    with pytest.raises(KeyboardInterrupt):
        run_batch(plan, settings, Impatient())
    assert "77/KH-UBND" not in (out / "documents.csv").read_text(encoding="utf-8-sig")
    run(inbox, out)
    assert "77/KH-UBND" in (out / "documents.csv").read_text(encoding="utf-8-sig")


def test_two_runs_do_not_share_a_folder(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    refused: list[str] = []

    class Second(Heard):
        def ended(self, outcome: Outcome) -> None:
            super().ended(outcome)
            with pytest.raises(Exception, match="another run") as caught:
                run(inbox, out)
            refused.append(type(caught.value).__name__)

    settings = Settings()
    run_batch(Plan(gather([inbox]), out, ENGINE, lambda: Pool(1, settings)), settings, Second())
    assert refused == ["UsageError", "UsageError"]


def test_interrupted_a_run_goes_on_where_it_was(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    class Impatient(Heard):
        def ended(self, outcome: Outcome) -> None:
            raise KeyboardInterrupt

    settings = Settings()
    plan = Plan(gather([inbox]), out, ENGINE, lambda: Pool(1, settings))
    with pytest.raises(KeyboardInterrupt):
        run_batch(plan, settings, Impatient())
    database = sqlite3.connect(out / FILE)
    left = dict(database.execute("SELECT state, COUNT(*) FROM documents GROUP BY state"))
    database.close()
    assert "working" not in left
    assert states(run(inbox, out)).count("failed") == 0
    assert states(run(inbox, out)) == ["skipped", "skipped"]


def test_a_crash_costs_its_document_only(inbox: Path, tmp_path: Path) -> None:
    heard = run(inbox, tmp_path / "out", trap=traps.dies_on_b)
    assert [(o.state, o.exit_code) for o in heard.outcomes] == [
        ("done", ExitCode.OK),
        ("failed", ExitCode.WORKER),
    ]


def test_a_crash_by_chance_costs_nothing(inbox: Path, tmp_path: Path) -> None:
    assert states(run(inbox, tmp_path / "out", trap=traps.dies_once_on_b)) == ["done", "done"]


def test_a_document_that_eats_the_memory_is_set_aside(inbox: Path, tmp_path: Path) -> None:
    heard = run(inbox, tmp_path / "out", trap=traps.eats_memory_on_b)
    assert heard.outcomes[1].exit_code is ExitCode.WORKER
    assert "SOHOA_MAX_WORKER_MEGABYTES" in heard.outcomes[1].message


def test_a_hang_is_killed(inbox: Path, tmp_path: Path) -> None:
    settings = Settings(page_timeout=1)
    heard = run(inbox, tmp_path / "out", trap=traps.hangs_on_b, settings=settings)
    assert heard.outcomes[1].exit_code is ExitCode.READING_TIMEOUT
    assert "SOHOA_PAGE_TIMEOUT" in heard.outcomes[1].message


@pytest.mark.parametrize(
    ("trap", "state", "aside"),
    [
        (traps.dies_on_page_6, "done", [6]),
        (traps.dies_once_on_page_6, "done", []),
        (traps.dies_when_it_concludes, "failed", [None]),
        (traps.dies_on_all_pages, "failed", [1]),
    ],
)
def test_a_page_that_is_lost_twice_is_set_aside(
    album: Path, tmp_path: Path, trap: object, state: str, aside: list[int | None]
) -> None:
    out = tmp_path / "out"
    heard = run(album, out, trap=trap)  # type: ignore[arg-type]
    [outcome] = heard.outcomes
    assert (outcome.state, [failure.page for failure in outcome.failures]) == (state, aside)
    assert heard.pages == heard.began_pages["long.tif"] == 9
    if outcome.state == "done":
        record = json.loads((out / "long.tif.json").read_text())
        errors = [page["number"] for page in record["pages"] if page["error"]]
        assert errors == aside
        assert [w["page"] for w in record["warnings"] if w["code"] == "page_not_read"] == aside
    again = run(album, out, force=False)
    assert [f.page for f in again.outcomes[0].failures] == aside, "its state is kept"
