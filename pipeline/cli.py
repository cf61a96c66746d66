# SPDX-License-Identifier: Apache-2.0
"""The command `sohoa`: arguments, help and exit codes; stdout is data, stderr is talk."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pipeline import __version__
from pipeline.cli_runs import add_commands, load_settings
from pipeline.errors import ExitCode, SohoaError, UsageError
from pipeline.export.files import write_text

if TYPE_CHECKING:
    from collections.abc import Sequence

# Commands import what only they need: what reads, repairs and extracts takes seconds to load, which
# `sohoa --help`, or a run that has nothing to do, should not wait for.


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

    add_commands(commands)
    _add_repair(commands)
    doctor = commands.add_parser("doctor", help="what is installed, what is missing")
    doctor.set_defaults(run=_doctor)
    show = commands.add_parser("schema", help="the JSON Schema of the record")
    show.set_defaults(run=_schema)
    return parser


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


def _repair(options: argparse.Namespace) -> ExitCode:
    from pipeline.repair.text import repair_text  # noqa: PLC0415

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
    for finding in examine(load_settings()):
        state = finding.version or f"missing: {finding.remedy}"
        missing += finding.version is None
        print(f"{finding.name:12} {state}")  # noqa: T201
    return ExitCode.MISSING_DEPENDENCY if missing else ExitCode.OK


def _schema(options: argparse.Namespace) -> ExitCode:
    from pipeline.record import schema  # noqa: PLC0415

    print(json.dumps(schema(), ensure_ascii=False, indent=2))  # noqa: T201
    return ExitCode.OK
