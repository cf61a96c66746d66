# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from runs import ENGINE

from pipeline import run
from pipeline.batch.job import Job
from pipeline.batch.outcome import Outcome
from pipeline.batch.readings import load
from pipeline.batch.work import begin, read_span
from pipeline.errors import DamagedError
from pipeline.intake.gather import gather
from pipeline.intake.sheet import Sheet
from pipeline.intake.source import sha256_of
from pipeline.provenance import reading_key
from pipeline.settings import Settings


@pytest.fixture
def job(album: Path, tmp_path: Path) -> Job:
    [item] = gather([album])
    return Job(item, tmp_path / "out", Settings(), ENGINE)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that were looked at; the second and the fifth are damaged."""
    seen: list[int] = []
    whole = run.read_sheet

    def damaged(sheet: Sheet, *rest: object) -> object:
        seen.append(sheet.number)
        if sheet.number in (2, 5):
            raise DamagedError(f"page {sheet.number} is cut off: scan it again")
        return whole(sheet, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "read_sheet", damaged)
    return seen


def test_a_damaged_page_costs_itself_and_no_page_is_read_twice(job: Job, looks: list[int]) -> None:
    outcome = begin(job, at_once=9)
    assert isinstance(outcome, Outcome)
    assert (outcome.state, outcome.pages) == ("done", 9)
    assert [failure.page for failure in outcome.failures] == [2, 5]
    assert looks == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_a_span_keeps_what_could_be_read(job: Job, looks: list[int]) -> None:
    sha256 = sha256_of(job.item.paths)
    span = read_span(job, sha256, 4, 6)
    assert (span.pages, [failure.page for failure in span.failures]) == (3, [5])
    kept = load(job.out, reading_key(sha256, ENGINE, job.settings))
    assert kept is not None
    assert [page.number for page in kept.document.pages] == [4, 6]
    assert looks == [4, 5, 6]


def test_a_document_of_damaged_pages_alone_fails(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(sheet: Sheet, *rest: object) -> object:
        raise DamagedError(f"page {sheet.number} is cut off: scan it again")

    monkeypatch.setattr(run, "read_sheet", damaged)
    outcome = begin(job, at_once=9)
    assert isinstance(outcome, Outcome)
    assert (outcome.state, outcome.message) == ("failed", "page 1 is cut off: scan it again")
    assert not list(job.out.rglob("*.json"))
