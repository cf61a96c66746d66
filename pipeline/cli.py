# SPDX-License-Identifier: Apache-2.0
"""The command `sohoa`: arguments, help and exit codes; stdout is data, stderr is talk."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NoReturn

from pydantic import ValidationError

from pipeline import __version__
from pipeline.errors import ExitCode, SohoaError, UsageError
from pipeline.export.files import write_text
from pipeline.record import schema
from pipeline.repair.text import repair_text
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.batch import Outcome

# Commands import what only they need: spaCy and pandas take a second, which `sohoa repair` and
# `sohoa --help` should not wait for.


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Leave with our own exit code; argparse's 2 means an unreadable input here."""
        raise UsageError(f"{message}; see {self.prog} --help")


if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[_Parser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        options = _parser().parse_args(arguments)
        logging.basicConfig(
            level=logging.DEBUG if options.verbose else logging.WARNING,
            format="%(levelname)s %(name)s: %(message)s",
            stream=sys.stderr,
        )
        code: int = options.run(options)
    except SohoaError as error:
        print(f"sohoa: {error}", file=sys.stderr)  # noqa: T201
        return int(error.exit_code)
    except KeyboardInterrupt:
        print("sohoa: interrupted; what is done is kept", file=sys.stderr)  # noqa: T201
        return int(ExitCode.INTERRUPTED)
    return int(code)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sohoa", description="From scanned Vietnamese directives to records of tasks."
    )
    parser.add_argument("--version", action="version", version=f"sohoa {__version__}")
    parser.add_argument("-v", "--verbose", action="store_true", help="log details to stderr")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    _add_extract(commands)
    _add_repair(commands)
    doctor = commands.add_parser("doctor", help="what is installed, what is missing")
    doctor.set_defaults(run=_doctor)
    show = commands.add_parser("schema", help="the JSON Schema of the record")
    show.set_defaults(run=_schema)
    return parser


def _add_extract(commands: _Commands) -> None:
    extract = commands.add_parser("extract", help="documents -> records")
    extract.add_argument(
        "paths", nargs="+", metavar="PATH", help="files, folders, or - for one text on stdin"
    )
    extract.add_argument("-o", "--out", type=Path, help="folder of the records")
    extract.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), help="processes")
    extract.add_argument("--force", action="store_true", help="also what is done already")
    extract.add_argument("--max-pages", type=int, help="refuse documents of more pages")
    extract.add_argument("--timeout", type=float, help="seconds a page at most")
    extract.add_argument(
        "--allow-secret",
        action="store_true",
        default=None,
        help="write the text and the table lines of documents marked MẬT, too",
    )
    extract.set_defaults(run=_extract)


def _add_repair(commands: _Commands) -> None:
    repair = commands.add_parser("repair", help="a text -> the same text in right Vietnamese")
    repair.add_argument("path", metavar="FILE", help="a text (UTF-8), or - for stdin")
    repair.add_argument("-o", "--out", type=Path, help="file of the repaired text, else stdout")
    repair.add_argument("--receipts", type=Path, help="file of the changes, one JSON object a line")
    repair.add_argument(
        "--mode",
        choices=("auto", "garbled", "vie"),
        default="auto",
        help="how the text was read: without Vietnamese, with it, or find out",
    )
    repair.set_defaults(run=_repair)


def _settings(options: argparse.Namespace) -> Settings:
    given = {
        "max_pages": options.max_pages,
        "reading_timeout": options.timeout,
        "allow_secret": options.allow_secret,
    }
    return _load_settings({name: value for name, value in given.items() if value is not None})


def _load_settings(given: dict[str, int | float]) -> Settings:
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise UsageError(f"setting {name}: {first['msg']}") from error


def _extract(options: argparse.Namespace) -> ExitCode:
    from pipeline import batch, progress  # noqa: PLC0415
    from pipeline.intake.gather import gather  # noqa: PLC0415

    settings = _settings(options)
    if "-" in options.paths:
        return _extract_text(options, settings)
    if options.out is None:
        raise UsageError("where shall the records go? Give a folder with -o")
    if options.jobs < 1:
        raise UsageError("--jobs must be at least 1")
    out = options.out.expanduser()
    start = perf_counter()
    items = gather([Path(path).expanduser() for path in options.paths], exclude=out)
    if not items:
        raise UsageError(
            f"no document in {', '.join(options.paths)}: "
            "PDF, TIFF, PNG, JPEG and text files are read"
        )
    with progress.progress_bar() as bar:
        task = bar.add_task("documents", total=len(items))

        def report(outcome: Outcome) -> None:
            progress.say(outcome)
            bar.advance(task)

        plan = batch.Plan(items, out, options.jobs, options.force)
        outcomes = batch.run_batch(plan, settings, report)
    progress.console.print(progress.summary(outcomes, perf_counter() - start, out))
    return batch.exit_code(outcomes)


def _extract_text(options: argparse.Namespace, settings: Settings) -> ExitCode:
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


def _repair(options: argparse.Namespace) -> ExitCode:
    text = _text(options.path)
    repaired = repair_text(text, mode=options.mode)
    if options.receipts is not None:
        receipts = (json.dumps(asdict(edit), ensure_ascii=False) for edit in repaired.edits)
        write_text(options.receipts, "".join(f"{receipt}\n" for receipt in receipts))
    if options.out is not None:
        write_text(options.out, repaired.text)
    else:
        sys.stdout.buffer.write(repaired.text.encode())
    return ExitCode.OK


def _text(path: str) -> str:
    """Return a text to the byte: line ends stay as they are."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).expanduser().read_bytes()
        return data.decode("utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is no text in UTF-8; convert it first (iconv -f … -t UTF-8)"
        ) from error


def _doctor(options: argparse.Namespace) -> ExitCode:
    from pipeline.doctor import examine  # noqa: PLC0415

    missing = 0
    for finding in examine(_load_settings({})):
        state = finding.version or f"missing: {finding.remedy}"
        missing += finding.version is None
        print(f"{finding.name:12} {state}")  # noqa: T201
    return ExitCode.MISSING_DEPENDENCY if missing else ExitCode.OK


def _schema(options: argparse.Namespace) -> ExitCode:
    print(json.dumps(schema(), ensure_ascii=False, indent=2))  # noqa: T201
    return ExitCode.OK
