# SPDX-License-Identifier: Apache-2.0
"""The runs that `benchmarks.speed` times: ours in several ways, OCRmyPDF, the bare reader."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, Any

from benchmarks.tally import Share
from benchmarks.text import score_page
from pipeline.batch.job import Job
from pipeline.batch.work import begin
from pipeline.intake.gather import Item
from pipeline.reading.engines import engine_of, versions_of
from pipeline.run import process, process_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.truth import Document
    from pipeline.model import Line
    from pipeline.reading.engine import Look
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

OCRMYPDF = Path(".bench/peers/bin/ocrmypdf")
# OCRmyPDF refuses a signed file, or one with a text layer, unless told otherwise (exit 2, 6).
_OCRMYPDF_ARGS = ("-q", "-j2", "-l", "vie", "--force-ocr", "--invalidate-digital-signatures")
_DOCUMENTS_OF_SECOND_RUN = 1000


@dataclass(slots=True)
class Run:
    """What a run took: seconds by the clock, of CPU, and the CER of what it read in per cent."""

    name: str
    pages: int = 0
    wall: float = 0.0
    cpu: float | None = None
    cer: float | None = None
    notes: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the run as plain data."""
        return asdict(self)


def sohoa(documents: Sequence[Document], out: Path, jobs: int, settings: Settings) -> Run:
    """Return what `sohoa extract` takes with so many workers, its start and tables included."""
    run = Run(f"sohoa -j {jobs} --read {settings.read}")
    files = [str(document.inputs[0]) for document in documents]
    with _clock(run):
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "pipeline", "extract", *files, "-o", str(out),
             "-j", str(jobs), "--read", settings.read, "--reader", settings.reader],
            check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    texts = {}
    for document in documents:
        [path] = out.glob(f"{document.inputs[0].name}.json")
        texts[document.stem] = _texts_of_record(path)
    _count(run, documents, texts)
    return run


def ocrmypdf(documents: Sequence[Document], out: Path) -> Run:
    """Return what OCRmyPDF takes, one file after the other, each on two cores."""
    run = Run("ocrmypdf -j2")
    out.mkdir()
    texts = {}
    before = getrusage(RUSAGE_CHILDREN)
    for document in documents:
        side = out / f"{document.stem}.txt"
        target = out / "out.pdf"
        with _clock(run):
            done = subprocess.run(  # noqa: S603 - the peer in its own environment
                [str(OCRMYPDF), *_OCRMYPDF_ARGS, "--sidecar", str(side),
                 str(document.inputs[0]), str(target)],
                check=False, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        if done.returncode:
            run.notes[document.stem] = f"exit {done.returncode}"
        texts[document.stem] = side.read_text("utf-8").split("\f") if side.exists() else []
    run.cpu = _cpu_between(before, getrusage(RUSAGE_CHILDREN))
    _count(run, documents, texts)
    return run


def bare_tesseract(documents: Sequence[Document], out: Path) -> Run:
    """Return what the bare reader takes on gray pages of 300 dpi; drawing them is not counted."""
    run = Run("bare tesseract")
    out.mkdir()
    texts: dict[str, list[str]] = {}
    total = 0.0
    for document in documents:
        subprocess.run(  # noqa: S603
            ["pdftoppm", "-r", "300", "-gray", str(document.inputs[0]), str(out / "page")],  # noqa: S607
            check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        pages = sorted(out.glob("page*.pgm"))
        texts[document.stem] = []
        for page in pages:
            before = getrusage(RUSAGE_CHILDREN)
            with _clock(run):
                read = subprocess.run(  # noqa: S603
                    ["tesseract", str(page), "-", "-l", "vie"],  # noqa: S607
                    check=True, capture_output=True, text=True,
                    env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                )  # fmt: skip
            total += _cpu_between(before, getrusage(RUSAGE_CHILDREN))
            texts[document.stem].append(read.stdout)
            page.unlink()
    run.cpu = total
    _count(run, documents, texts)
    return run


def our_cpu(documents: Sequence[Document], settings: Settings) -> list[Run]:
    """Return what we take in one process: all of it, and all but the reader."""
    process_text("Số: 1/KH-UBND\nKẾ HOẠCH", "warm", settings)
    engine = _Watched(settings)
    whole = Run(f"all of sohoa --read {settings.read}")
    rest = Run(f"… all but the readers, {settings.read}")
    stages: dict[str, float] = defaultdict(float)
    texts = {}
    before = _all_cpu()
    for document in documents:
        with _clock(whole):
            record = process(document.inputs, document.stem, settings, engine).record
        for stage, seconds in record.process.seconds.items():
            stages[stage] += seconds
        texts[document.stem] = [page.text for page in record.pages]
    whole.cpu = _all_cpu() - before
    rest.cpu = whole.cpu - engine.cpu
    rest.wall = whole.wall
    whole.notes = {stage: round(seconds, 2) for stage, seconds in stages.items()}
    for run in (whole, rest):
        _count(run, documents, texts)
    rest.cer = None
    return [whole, rest]


def second_run(folder: Path) -> Run:
    """Return what a run takes over a thousand documents that are done."""
    inbox, out = folder / "in", folder / "out"
    inbox.mkdir(parents=True)
    text = Path("samples/plan-194.txt").read_text("utf-8")
    for number in range(_DOCUMENTS_OF_SECOND_RUN):
        path = inbox / f"{number:04}.txt"
        path.write_text(f"Số: {number}/KH-UBND\n{text[:400]}", "utf-8")
        os.utime(path, (1, 1))
    call = [sys.executable, "-m", "pipeline", "extract", str(inbox), "-o", str(out), "-j", "2"]
    subprocess.run(call, check=True, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    run = Run("second run, 1,000 documents", pages=_DOCUMENTS_OF_SECOND_RUN)
    before = getrusage(RUSAGE_CHILDREN)
    with _clock(run):
        subprocess.run(call, check=True, stderr=subprocess.DEVNULL)  # noqa: S603
    run.cpu = _cpu_between(before, getrusage(RUSAGE_CHILDREN))
    return run


def redo(documents: Sequence[Document], out: Path, settings: Settings) -> Run:
    """Return what new records take, on one core, where the reading is there already."""
    versions = versions_of(settings)
    changed = settings.model_copy(update={"review_below": settings.review_below + 0.01})
    run = Run("new records of old readings")
    for each in (settings, changed):
        run.pages, run.wall, before = 0, 0.0, _all_cpu()
        for document in documents:
            item = Item(document.inputs, document.stem)
            with _clock(run):
                outcome = begin(Job(item, out, each, versions), at_once=10_000)
            run.pages += outcome.pages if hasattr(outcome, "pages") else 0
        run.cpu = _all_cpu() - before
    return run


class _Watched:
    """The reader, with the CPU that it takes counted."""

    def __init__(self, settings: Settings) -> None:
        self._engine = engine_of(settings)
        self.cpu = 0.0

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look | None = None
    ) -> tuple[Line, ...]:
        before = _all_cpu()
        try:
            return self._engine.read(copy, settings, *(() if look is None else (look,)))
        finally:
            self.cpu += _all_cpu() - before

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        before = _all_cpu()
        try:
            return self._engine.turn(copy, settings)
        finally:
            self.cpu += _all_cpu() - before

    def versions(self) -> dict[str, str]:
        return self._engine.versions()


@contextmanager
def _clock(run: Run) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        run.wall += time.perf_counter() - start


def _all_cpu() -> float:
    return sum(_seconds(getrusage(who)) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


def _seconds(usage: Any) -> float:
    return float(usage.ru_utime + usage.ru_stime)


def _cpu_between(before: Any, after: Any) -> float:
    return _seconds(after) - _seconds(before)


def _texts_of_record(path: Path) -> list[str]:

    return [page["text"] for page in json.loads(path.read_text("utf-8"))["pages"]]


def _count(run: Run, documents: Sequence[Document], texts: dict[str, list[str]]) -> None:
    """Count the pages and score those with a true text; a page that is missing is all wrong."""
    edits = chars = 0.0
    for document in documents:
        read = texts[document.stem]
        for truth in document.pages:
            got = read[truth.page - 1] if truth.page <= len(read) else ""
            share = score_page(truth.path.read_text("utf-8"), got)["text.cer_micro"]
            if isinstance(share, Share):
                edits, chars = edits + share.right, chars + share.total
    run.pages = sum(len([text for text in read if text.strip()]) for read in texts.values())
    run.cer = 100 * edits / chars if chars else None
