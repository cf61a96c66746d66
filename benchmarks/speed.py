# SPDX-License-Identifier: Apache-2.0
"""How fast documents are done, beside what else one could run: ratios of one run, with their CER.

    python -m benchmarks.speed [--data ../shared/data] [--parts versus,cpu,again,redo]
        [--reads both,fast,tesseract]

Only PDFs with a true text count whose pages are all scans: a page whose text layer can be trusted
would cost us nothing. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.table import Table

from benchmarks.report import console, write_json
from benchmarks.speed_runs import (
    OCRMYPDF,
    Run,
    bare_tesseract,
    ocrmypdf,
    our_cpu,
    redo,
    second_run,
    sohoa,
)
from benchmarks.truth import find_documents
from pipeline.intake.source import open_source
from pipeline.model import Verdict
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.truth import Document

_TRUSTED = frozenset((Verdict.CLEAN, Verdict.LEGACY))
_PARTS = ("versus", "cpu", "again", "redo")


def main(arguments: Sequence[str] | None = None) -> int:
    """Time what is asked for and print the table; 0 if all of it could be timed."""
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("samples"))
    parser.add_argument("--parts", default=",".join(_PARTS))
    parser.add_argument("--reader", choices=("tesseract", "tesserocr"), default="tesseract")
    parser.add_argument("--reads", type=lambda text: text.split(","), default=["both", "fast"])
    parser.add_argument("--most", type=int, help="documents at most")
    parser.add_argument("--copies", type=int, default=1, help="of each document, in `versus`")
    parser.add_argument("--json", type=Path, default=Path(".bench/speed.json"))
    options = parser.parse_args(arguments)
    documents = scanned(options.data)[: options.most]
    ways = [Settings(read=read, reader=options.reader) for read in options.reads]
    parts = options.parts.split(",")
    with TemporaryDirectory(prefix="speed-") as folder:
        runs = _runs(documents, parts, ways, Path(folder), options.copies)
    _print(runs)
    options.json.parent.mkdir(exist_ok=True)
    write_json(options.json, json.dumps([run.as_json() for run in runs], indent=1))
    return 0


def scanned(data: Path) -> list[Document]:
    """Return the PDFs of `data` with a true text whose pages are all scans."""
    settings = Settings()
    found = []
    for document in find_documents(data):
        if len(document.inputs) != 1 or document.inputs[0].suffix.lower() != ".pdf":
            continue
        with open_source(document.inputs, document.stem, settings) as source:
            verdicts = {sheet.layer.verdict for sheet in source.sheets()}
        if document.pages and not verdicts & _TRUSTED:
            found.append(document)
    return found


def copied(documents: list[Document], copies: int, folder: Path) -> list[Document]:
    """Return so many copies of each document, no two of them with the same bytes."""
    folder.mkdir()
    found = []
    for number in range(copies):
        for document in documents:
            path = folder / f"{document.stem}-{number}.pdf"
            path.write_bytes(document.inputs[0].read_bytes() + b"%% %d\n" % number)
            found.append(replace(document, stem=path.stem, inputs=(path,)))
    return found


def _runs(
    documents: list[Document], parts: list[str], ways: list[Settings], folder: Path, copies: int
) -> list[Run]:
    runs: list[Run] = []
    if "versus" in parts:
        many = copied(documents, copies, folder / "in")
        runs += [sohoa(many, folder / f"two-{way.read}", 2, way) for way in ways]
        if OCRMYPDF.exists():
            runs.append(ocrmypdf(many, folder / "peer"))
        else:
            print("OCRmyPDF is not there: make bench-peers", file=sys.stderr)  # noqa: T201
        runs += [sohoa(many, folder / f"one-{way.read}", 1, way) for way in ways]
    if "cpu" in parts:
        runs += [run for way in ways for run in our_cpu(documents, way)]
        runs.append(bare_tesseract(documents, folder / "bare"))
    if "again" in parts:
        runs.append(second_run(folder / "again"))
    if "redo" in parts:
        runs.append(redo(documents, folder / "redo", ways[0]))
    shutil.rmtree(folder, ignore_errors=True)
    return runs


def _print(runs: list[Run]) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("run", "pages", "wall s", "pages a minute", "CPU s a page", "CER %"):
        table.add_column(name, justify="left" if name == "run" else "right")
    for run in runs:
        table.add_row(
            run.name,
            str(run.pages),
            f"{run.wall:.2f}",
            f"{run.pages / run.wall * 60:.0f}" if run.wall else "",
            f"{run.cpu / run.pages:.3f}" if run.cpu is not None else "",
            f"{run.cer:.2f}" if run.cer is not None else "",
        )
    console().print(table)
    for line in _ratios({run.name: run for run in runs}):
        print(line)  # noqa: T201


def _ratios(runs: dict[str, Run]) -> list[str]:
    def rate(name: str) -> float:
        return runs[name].pages / runs[name].wall

    lines = []
    for name, run in runs.items():
        if name.startswith("sohoa -j 2"):
            one = name.replace("-j 2", "-j 1")
            lines.append(f"{name}: two workers against one {rate(name) / rate(one):.2f} x")
            if "ocrmypdf -j2" in runs:
                ratio = rate(name) / rate("ocrmypdf -j2")
                lines.append(f"{name}: pages a minute against OCRmyPDF {ratio:.2f} x")
        bare = runs.get("bare tesseract")
        if name.startswith("all of") and bare and bare.cpu and run.cpu:
            ratio = (run.cpu / run.pages) / (bare.cpu / bare.pages)
            lines.append(f"{name}: CPU a page against bare tesseract {ratio:.2f} x")
    return lines


if __name__ == "__main__":
    sys.exit(main())
