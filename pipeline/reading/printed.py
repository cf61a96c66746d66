# SPDX-License-Identifier: Apache-2.0
"""Printed lines of plain text, and the parts that head and foot are taken apart into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Line, Word
from pipeline.vietnamese import nfc

if TYPE_CHECKING:
    from pipeline.model import Role

# Columns that a text layer keeps apart: a tab, or more blanks than any sentence has.
_GAP = re.compile(r"\s*\t\s*|\s{4,}|\s\|\s")
# Two lines of the head pasted without a break: `VIỆT NAMĐộc lập`.
_PASTED = re.compile(r"(?<=[^\W\d_a-z]{2}[MN])(?=Độc|D[oôộ]c)")
# The rule under a line, typed right behind it: `Hạnh phúc----------`.
_RULE_BEHIND = re.compile(r"(?<=\w)([-_=*~]{3,})")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as printed.

    Attributes:
        text: NFC, ends stripped, inner gaps kept.
        blank_before: an empty line stands before it, or nothing.
        indent: blanks at its start.
    """

    text: str
    blank_before: bool
    indent: int

    @property
    def columns(self) -> list[str]:
        """The parts between wide gaps, left to right."""
        return [part for part in _GAP.split(self.text) if part.strip()]


@dataclass(frozen=True, slots=True)
class Part:
    """A printed piece of head or foot with its role; `group` tells blocks of one role apart."""

    role: Role
    text: str
    group: int = 0


def printed_lines(text: str) -> tuple[Printed, ...]:
    """Return the lines of `text` that are not empty."""
    lines: list[Printed] = []
    blank = True
    spaced = _RULE_BEHIND.sub(r" \1", _PASTED.sub("\n", nfc(text)))
    for raw in spaced.splitlines():
        stripped = raw.strip()
        if not stripped:
            blank = True
            continue
        lines.append(Printed(stripped, blank, len(raw) - len(raw.lstrip())))
        blank = False
    return tuple(lines)


def as_line(text: str) -> Line:
    """Return the words of a printed line, without box and confidence."""
    return Line(tuple(Word(word) for word in text.split()))
