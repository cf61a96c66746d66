# SPDX-License-Identifier: Apache-2.0
"""The words of the corpus as numbers, so that counting tens of millions of them takes seconds."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.vietnamese import fold_tone_placement, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CORPORA = ("admin", "legal", "general")
# Lines are numbered in blocks, so that the text itself is never held whole.
_BLOCK = 20_000
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """A corpus as numbers of words.

    Attributes:
        forms: the distinct words, as written, by number.
        text: the numbers in the order of the text.
    """

    forms: list[str]
    text: np.ndarray

    def folded(self) -> tuple[list[str], np.ndarray]:
        """Return lower-case forms with the tone in the old place, and the text in them."""
        number: dict[str, int] = {}
        into = [
            number.setdefault(fold_tone_placement(form.lower()), len(number)) for form in self.forms
        ]
        return list(number), np.array(into, np.int32)[self.text]


def read_words(path: Path) -> Words:
    """Return the words (runs of letters and digits) of a file packed with zstandard."""
    number: dict[str, int] = {}
    blocks: list[np.ndarray] = []
    lines: list[str] = []

    def take() -> None:
        words = _WORD.findall(nfc("".join(lines)))
        ids = [number.setdefault(word, len(number)) for word in words]
        blocks.append(np.array(ids, np.int32))
        lines.clear()

    for line in _lines(path):
        lines.append(line)
        if len(lines) == _BLOCK:
            take()
    take()
    return Words(list(number), np.concatenate(blocks))


def _lines(path: Path) -> Iterator[str]:
    import zstandard  # noqa: PLC0415 - needed to build only

    with path.open("rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file)
        yield from io.TextIOWrapper(stream, encoding="utf-8")
