# SPDX-License-Identifier: Apache-2.0
"""Readers for the tests: one that replays what Tesseract once read, and some that fail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.reading.engine import Look
from pipeline.reading.tsv import lines_of

if TYPE_CHECKING:
    from pipeline.model import Line
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

FOLDER = Path(__file__).parent / "recordings"


class FakeEngine:
    """Replays a table of `recordings/`; a second look at a part of the page sees nothing."""

    def __init__(self, name: str, turn: int = 0) -> None:
        self.table = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
        self.looks: list[Look] = []
        self.turns = 0
        self._turn = turn

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        self.looks.append(look)
        return lines_of(self.table, 72.0 / copy.dpi) if look is Look.PAGE else ()

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        self.turns += 1
        return self._turn

    def versions(self) -> dict[str, str]:
        return {"tesseract": "recorded"}


def fake_tesseract(folder: Path, body: str) -> str:
    """Return the path of a program that answers `--version`, and else does what `body` says.

    In `body`, `$2` is the base name of the output, as for Tesseract.
    """
    program = folder / "tesseract"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo "tesseract 5.3.0"; exit 0; fi\n{body}\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return str(program)
