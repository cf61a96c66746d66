# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch.outcome import Outcome
from pipeline.batch.watch import Rest, arrivals, move_done
from pipeline.intake.gather import gather


def names(items: list) -> list[str]:
    return [item.name for item in items]


def test_a_file_is_taken_once_when_it_has_come_to_rest(tmp_path: Path) -> None:
    rest = Rest(10)
    (tmp_path / "a.txt").write_text("Số: 1")
    assert rest.take(gather([tmp_path]), 0) == []
    (tmp_path / "a.txt").write_text("Số: 1/KH-UBND")
    assert rest.take(gather([tmp_path]), 9) == []
    assert rest.take(gather([tmp_path]), 18) == []
    assert names(rest.take(gather([tmp_path]), 19)) == ["a.txt"]
    assert rest.take(gather([tmp_path]), 40) == []
    (tmp_path / "a.txt").write_text("Số: 12/KH-UBND")
    assert rest.take(gather([tmp_path]), 50) == []
    assert names(rest.take(gather([tmp_path]), 61)) == ["a.txt"], "it is another document now"


def test_pages_that_come_one_by_one_make_one_document(tmp_path: Path) -> None:
    rest = Rest(10)
    for page in (1, 2):
        (tmp_path / f"x-page-{page}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        rest.take(gather([tmp_path]), 5 * page)
    [item] = rest.take(gather([tmp_path]), 20)
    assert (item.name, len(item.paths)) == ("x", 2)


def test_what_vanishes_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Số: 1")
    items = gather([tmp_path])
    (tmp_path / "a.txt").unlink()
    assert Rest(0).take(items, 0) == []


def test_it_waits_between_two_looks(tmp_path: Path) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        (tmp_path / "a.txt").write_text("Số: 1")

    waiting = arrivals(tmp_path, tmp_path / "out", Rest(0), 2.5, sleep)
    assert names(next(waiting)) == ["a.txt"]
    assert slept == [2.5]


@pytest.mark.parametrize("state", ["done", "skipped", "failed"])
def test_only_what_is_done_is_moved(tmp_path: Path, state: str) -> None:
    inbox, done = tmp_path / "in", tmp_path / "done"
    (inbox / "a").mkdir(parents=True)
    (inbox / "a" / "x.txt").write_text("Số: 1")
    move_done(gather([inbox]), [Outcome("a/x.txt", state)], inbox, done)
    assert (done / "a" / "x.txt").exists() == (state != "failed")
    assert (inbox / "a" / "x.txt").exists() == (state == "failed")


def test_nothing_is_written_over_by_a_move(tmp_path: Path) -> None:
    inbox, done = tmp_path / "in", tmp_path / "done"
    inbox.mkdir()
    for text in ("one", "two", "three"):
        (inbox / "x.txt").write_text(text)
        move_done(gather([inbox]), [Outcome("x.txt", "done")], inbox, done)
    assert sorted(path.read_text() for path in done.iterdir()) == ["one", "three", "two"]
