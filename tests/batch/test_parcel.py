# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from runs import ENGINE

from pipeline.batch.job import Job
from pipeline.batch.outcome import Failure
from pipeline.batch.parcel import await_pages, do, pack, unpack
from pipeline.batch.readings import Reading, save
from pipeline.errors import ExitCode, WorkerError
from pipeline.intake.gather import Item
from pipeline.model import Document, Page, Source, TextLayer, Verdict
from pipeline.provenance import reading_key
from pipeline.settings import Settings

SHA = "ab" * 32


def keep(out: Path, *numbers: int) -> None:
    """Keep pages of a document of three, as a machine that has read them does."""
    source = Source("long.tif", (out / "long.tif",), SHA, 1, "image/tiff")
    layer = TextLayer(Verdict.NONE, "")
    pages = tuple(Page(number, None, None, layer, ()) for number in numbers)
    save(out, reading_key(SHA, ENGINE, Settings()), Reading(3, Document(source, pages)))


def job(out: Path) -> Job:
    return Job(Item((out / "long.tif",), "long.tif"), out, Settings(), ENGINE)


def test_a_call_travels_as_bytes() -> None:
    assert unpack(do(pack(sorted, [3, 1, 2]))) == [1, 2, 3]
    with pytest.raises(TypeError):
        do(pack(len, 3))


@pytest.mark.parametrize(
    ("there", "aside", "told"),
    [
        ([(1, 2, 3)], [], None),
        ([(1,), (3,)], [2], None),
        ([(1,), (3,)], [], "pages 2"),
        ([(2,)], [3], "pages 1"),
        ([], [], "any page"),
        ([], [1], "any page"),
    ],
)
def test_nothing_is_concluded_while_pages_are_not_seen(
    tmp_path: Path, there: list[tuple[int, ...]], aside: list[int], told: str | None
) -> None:
    for span in there:
        keep(tmp_path, *span)
    failures = tuple(Failure("WorkerError", ExitCode.WORKER, "", page) for page in aside)
    if told is None:
        await_pages(job(tmp_path), SHA, {}, failures, patience=0)
    else:
        with pytest.raises(WorkerError, match=told):
            await_pages(job(tmp_path), SHA, {}, failures, patience=0)


def test_pages_that_are_shown_late_are_waited_for(tmp_path: Path) -> None:
    keep(tmp_path, 1, 2)
    late = threading.Timer(0.3, keep, (tmp_path, 3))
    late.start()
    start = time.monotonic()
    await_pages(job(tmp_path), SHA, {}, (), patience=20)
    assert 0.2 < time.monotonic() - start < 10
    late.join()
