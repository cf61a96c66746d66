# SPDX-License-Identifier: Apache-2.0
"""The door through which a reader comes: from a picture to lines of words."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Line
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings


class Look(IntEnum):
    """What the reader is told to expect: Tesseract's page segmentation modes."""

    PAGE = 3
    BLOCK = 6
    LINE = 7


class Engine(Protocol):
    """A reader: from a picture to lines of words."""

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines that are read, boxes in points of the copy, in no special order."""

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise (0, 90, 180, 270) that set the page upright; 0 if unsure."""

    def versions(self) -> dict[str, str]:
        """Return what made the reading: the program and its models with their versions."""


@runtime_checkable
class ManyAtOnce(Protocol):
    """A reader that is started once for several pictures; starting costs more than a column."""

    def read_all(
        self, copies: Sequence[ReadingCopy], settings: Settings, look: Look
    ) -> list[tuple[Line, ...]]:
        """Return what `read` returns for each of the copies, which are of one resolution."""


def read_all(
    engine: Engine, copies: Sequence[ReadingCopy], settings: Settings, look: Look
) -> list[tuple[Line, ...]]:
    """Return the lines of each of the copies, read in one go if the engine can do that."""
    if copies and isinstance(engine, ManyAtOnce):
        return engine.read_all(copies, settings, look)
    return [engine.read(copy, settings, look) for copy in copies]
