# SPDX-License-Identifier: Apache-2.0
"""The commands of `sohoa` on many documents: extract, watch, retry, worker, status, tables."""

from __future__ import annotations

import json
import os
import signal
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import ValidationError

from pipeline.errors import ExitCode, MissingDependencyError, UsageError
from pipeline.settings import Settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pipeline.batch.outcome import Outcome
    from pipeline.batch.pool import Workers
    from pipeline.intake.gather import Item

# Commands import what only they need, as in cli.py.


def add_commands(commands: Any) -> None:
    """Add the commands of this module to those of the parser."""
    extract = commands.add_parser("extract", help="documents -> records")
    extract.add_argument(
        "paths", nargs="+", metavar="PATH", help="files, folders, or - for one text on stdin"
    )
    extract.add_argument("-o", "--out", type=Path, help="folder of the records")
    extract.add_argument("--force", action="store_true", help="also what is done already")
    _add_options_of_runs(extract)
    extract.set_defaults(run=_extract)

    retry = commands.add_parser("retry", help="what failed in a folder of records, once more")
    retry.add_argument("out", type=Path, metavar="OUT", help="folder of the records")
    _add_options_of_runs(retry)
    retry.set_defaults(run=_retry)

    watch = commands.add_parser("watch", help="a folder that scanners write into -> records")
    watch.add_argument("inbox", type=Path, metavar="INBOX", help="folder of the scans")
    watch.add_argument("-o", "--out", type=Path, required=True, help="folder of the records")
    watch.add_argument(
        "--settle", type=float, default=10.0, help="seconds a file must stay as it is (10)"
    )
    watch.add_argument("--every", type=float, default=5.0, help="seconds between two looks (5)")
    watch.add_argument("--move-done", type=Path, metavar="FOLDER", help="move what is done there")
    _add_options_of_runs(watch)
    watch.set_defaults(run=_watch)

    worker = commands.add_parser("worker", help="let a cluster have this machine's processors")
    worker.add_argument("address", metavar="ADDRESS", help="scheduler, as in tcp://host:8786")
    worker.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), help="processes")
    worker.set_defaults(run=_worker)

    status = commands.add_parser("status", help="how far a folder of records is")
    status.add_argument("out", type=Path, metavar="OUT", help="folder of the records")
    status.add_argument("--json", action="store_true", help="as JSON, with each document")
    status.set_defaults(run=_status)

    tables = commands.add_parser("tables", help="write documents.csv and tasks.csv again")
    tables.add_argument("out", type=Path, metavar="OUT", help="folder of the records")
    tables.set_defaults(run=_tables)


def _add_options_of_runs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="let the workers of this Dask scheduler do it"
    )
    parser.add_argument("--max-pages", type=int, help="refuse documents of more pages")
    parser.add_argument("--timeout", type=float, help="seconds a page at most")
    parser.add_argument(
        "--read",
        choices=("tesseract", "fast", "both"),
        help="both: Tesseract and the line reader vote; fast: the line reader, Tesseract where it "
        "is unsure",
    )
    parser.add_argument(
        "--reader",
        choices=("tesseract", "tesserocr"),
        help="tesserocr: in the workers' own processes, faster (pip install 'sohoa[fast]')",
    )
    parser.add_argument("--log-json", type=Path, metavar="FILE", help="append events, one a line")
    parser.add_argument(
        "--allow-secret",
        action="store_true",
        default=None,
        help="write the text and the table lines of documents marked MẬT, too",
    )


def load_settings(given: dict[str, Any] | None = None) -> Settings:
    """Return the settings of file, environment and the arguments `given`; None is not given.

    Raises:
        UsageError: one of them is out of range or unknown.
    """
    chosen = {name: value for name, value in (given or {}).items() if value is not None}
    try:
        return Settings(**chosen)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise UsageError(f"setting {name}: {first['msg']}") from error


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings for a run with these arguments."""
    if options.jobs < 1:
        raise UsageError("--jobs must be at least 1")
    return load_settings(
        {
            "max_pages": options.max_pages,
            "reading_timeout": options.timeout,
            "read": options.read,
            "reader": options.reader,
            "allow_secret": options.allow_secret,
        }
    )


def _extract(options: argparse.Namespace) -> ExitCode:
    from pipeline.intake.gather import gather  # noqa: PLC0415

    settings = settings_of(options)
    if "-" in options.paths:
        return _extract_text(options, settings)
    if options.out is None:
        raise UsageError("where shall the records go? Give a folder with -o")
    out = options.out.expanduser()
    items = gather([Path(path).expanduser() for path in options.paths], exclude=out)
    if not items:
        raise UsageError(
            f"no document in {', '.join(options.paths)}: "
            "PDF, TIFF, PNG, JPEG and text files are read"
        )
    return exit_code_of(run(items, out, options, settings, force=options.force))


def exit_code_of(outcomes: Sequence[Outcome]) -> ExitCode:
    """Return the exit code of a run."""
    from pipeline.batch.outcome import exit_code  # noqa: PLC0415

    return exit_code(outcomes)


def run(
    items: Sequence[Item],
    out: Path,
    options: argparse.Namespace,
    settings: Settings,
    *,
    force: bool = False,
) -> list[Outcome]:
    """Do the documents, show how it goes on, and return what became of them."""
    from pipeline import progress  # noqa: PLC0415
    from pipeline.batch.plan import Plan, run_batch  # noqa: PLC0415
    from pipeline.reading.engines import missing_reader, versions_of  # noqa: PLC0415

    start = perf_counter()
    if lack := missing_reader(settings):
        progress.console.print(f"note: {lack}", markup=False, soft_wrap=True)
    signal.signal(signal.SIGTERM, _interrupt)
    engine = versions_of(settings)
    plan = Plan(items, out, engine, lambda: _workers(items, out, options, settings, engine), force)
    with progress.listening(len(items), options.log_json) as listener:
        outcomes = run_batch(plan, settings, listener)
    progress.console.print(progress.summary(outcomes, perf_counter() - start, out))
    return outcomes


def _workers(
    items: Sequence[Item],
    out: Path,
    options: argparse.Namespace,
    settings: Settings,
    engine: dict[str, str],
) -> Workers:
    if options.cluster is None:
        from pipeline.batch.pool import Pool  # noqa: PLC0415

        return Pool(options.jobs, settings)
    _look_for_distributed(options.cluster)
    from pipeline.batch.cluster import Cluster  # noqa: PLC0415

    return Cluster(options.cluster, settings, engine, (out, items[0].paths[0]))


def _look_for_distributed(address: str) -> None:
    if "://" not in address:
        raise UsageError(f"{address} is no address of a scheduler: tcp://host:8786 is one")
    if find_spec("distributed") is None:
        raise MissingDependencyError(
            "the package distributed is not installed: pip install 'sohoa[cluster]'"
        )


def _worker(options: argparse.Namespace) -> ExitCode:
    if options.jobs < 1:
        raise UsageError("--jobs must be at least 1")
    _look_for_distributed(options.address)
    from pipeline.batch.cluster_worker import serve  # noqa: PLC0415

    serve(options.address, options.jobs, load_settings())
    return ExitCode.OK


def _interrupt(*_: object) -> NoReturn:
    """Let a service manager's SIGTERM end a run as Ctrl-C does."""
    raise KeyboardInterrupt


def _extract_text(options: argparse.Namespace, settings: Settings) -> ExitCode:
    import sys  # noqa: PLC0415

    from pipeline.run import process_text  # noqa: PLC0415

    if options.paths != ["-"] or options.out is not None:
        raise UsageError("- stands for one text on stdin, its record goes to stdout: no other path")
    data = sys.stdin.buffer.read()
    result = process_text(data, "-", settings)
    if result.record.secrecy is not None and not settings.allow_secret:
        raise UsageError(
            f"the text is marked {result.record.secrecy.value}: "
            "--allow-secret lets its record leave through stdout"
        )
    sys.stdout.write(result.record.to_json())
    return ExitCode.OK


def _retry(options: argparse.Namespace) -> ExitCode:
    from pipeline.batch.manifest import open_manifest, require_manifest  # noqa: PLC0415

    out = options.out.expanduser()
    require_manifest(out)
    with open_manifest(out) as manifest:
        items = manifest.reopen()
    if not items:
        print("nothing failed")  # noqa: T201
        return ExitCode.OK
    return exit_code_of(run(items, out, options, settings_of(options)))


def _watch(options: argparse.Namespace) -> NoReturn:
    from pipeline.batch.watch import Rest, arrivals, move_done  # noqa: PLC0415

    inbox, out = options.inbox.expanduser(), options.out.expanduser()
    if not inbox.is_dir():
        raise UsageError(f"{inbox} is no folder: give the one that the scanner writes into")
    settings = settings_of(options)
    signal.signal(signal.SIGTERM, _interrupt)
    for items in arrivals(inbox, out, Rest(options.settle), options.every):
        outcomes = run(items, out, options, settings)
        if options.move_done is not None:
            move_done(items, outcomes, inbox, options.move_done.expanduser())
    raise AssertionError


def _status(options: argparse.Namespace) -> ExitCode:
    from pipeline import progress  # noqa: PLC0415
    from pipeline.batch.manifest import look_into_manifest  # noqa: PLC0415

    with look_into_manifest(options.out.expanduser()) as manifest:
        if options.json:
            print(json.dumps(manifest.report(), ensure_ascii=False, indent=1))  # noqa: T201
        else:
            progress.status(manifest.report())
    return ExitCode.OK


def _tables(options: argparse.Namespace) -> ExitCode:
    from pipeline.batch.manifest import look_into_manifest  # noqa: PLC0415
    from pipeline.batch.plan import write_failures, write_tables_of  # noqa: PLC0415

    out = options.out.expanduser()
    with look_into_manifest(out) as manifest:
        write_tables_of(out, manifest)
        write_failures(out, manifest)
    return ExitCode.OK
