# SPDX-License-Identifier: Apache-2.0
"""Two documents in one file, as an office scans its day's mail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pipeline.export.rows import rows_of
from pipeline.run import process
from pipeline.settings import Settings
from samples.paint import picture, write_digital_pdf
from samples.source import FontMissingError, font_path, load_source
from samples.typeset import typeset

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.record import Record
    from samples.lines import Page

try:
    font_path("regular")
except FontMissingError as missing:
    pytest.skip(str(missing), allow_module_level=True)

FIRST, SECOND = "chi-thi-07", "thong-bao-96"
NUMBERS = {FIRST: "07/CT-UBND", SECOND: "96/TB-SYT"}


def pages_of(stem: str) -> list[Page]:
    return typeset(load_source(stem))


def read(path: Path) -> Record:
    return process((path,), path.name, Settings()).record


def digital(tmp_path: Path, *stems: str) -> Record:
    path = tmp_path / f"{'-'.join(stems)}.pdf"
    write_digital_pdf([page for stem in stems for page in pages_of(stem)], {}, path)
    return read(path)


def assert_parted(both: Record) -> None:
    start = len(pages_of(FIRST)) + 1
    (follower,) = both.following
    assert follower.page == start
    assert both.number is not None
    assert follower.number is not None
    assert (both.number.value, follower.number.value) == (NUMBERS[FIRST], NUMBERS[SECOND])
    assert [item.page for item in both.warnings if item.code == "document_follows"] == [start]
    assert {task.page for task in both.tasks} <= set(range(1, start))
    assert min(task.page for task in follower.tasks) >= start


def test_each_is_read_as_if_it_were_alone(tmp_path: Path) -> None:
    both = digital(tmp_path, FIRST, SECOND)
    assert_parted(both)
    for alone, part in zip(
        (digital(tmp_path, FIRST), digital(tmp_path, SECOND)),
        (both, both.following[0]),
        strict=True,
    ):
        for name in ("number", "date", "doc_type", "issuer", "title", "signer"):
            one, other = getattr(alone, name), getattr(part, name)
            assert (one.raw, one.confidence) == (other.raw, other.confidence), name
        assert [task.text for task in alone.tasks] == [task.text for task in part.tasks]
        assert [item.raw for item in alone.deadlines] == [item.raw for item in part.deadlines]
        assert [unit.value for unit in alone.units] == [unit.value for unit in part.units]
    assert not digital(tmp_path, SECOND).following


@pytest.mark.slow
def test_a_scan_of_two(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    first, *others = (picture(page, 150) for stem in (FIRST, SECOND) for page in pages_of(stem))
    first.save(path, save_all=True, append_images=others, resolution=150)
    assert_parted(read(path))


def test_each_has_its_lines_in_the_tables(tmp_path: Path) -> None:
    rows = rows_of(json.loads(digital(tmp_path, FIRST, SECOND).to_json()))
    assert [row["number"] for row in rows["documents"]] == list(NUMBERS.values())
    assert {row["number"] for row in rows["tasks"]} == set(NUMBERS.values())
