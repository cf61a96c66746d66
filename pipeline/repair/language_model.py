# SPDX-License-Identifier: Apache-2.0
"""Syllable 4-grams: P(syllable | the three before it), read straight from a mapped file.

The file is made by `dictionaries/build/model.py`. Its pages are mapped, not read: worker processes
share them, and loading takes milliseconds.
"""

from __future__ import annotations

import json
import mmap
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.dictionary import folder
from pipeline.errors import MissingDependencyError
from pipeline.repair.static_table import StaticTable
from pipeline.repair.tokens import STOP, UNKNOWN

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"sohoa-lm"
ALIGNED = 64
WORD_BITS = np.uint64(16)
# The words of an n-gram in a key, by order.
_ORDERS = tuple((order, np.uint64((1 << 16 * order) - 1)) for order in (2, 3, 4))
# What fills up a context of one, two, three words: no word has the number 0xFFFF, and 0 is `<unk>`.
_EMPTY = (np.uint64(0xFFFF_FFFF_0000), np.uint64(0xFFFF_0000_0000), np.uint64(0))

Words = NDArray[np.uint64]
Logs = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class States:
    """What the model has to remember of some texts: one entry a text, arrays of equal length.

    Attributes:
        context: the last three words, 16 bits each, the newest lowest; words that no n-gram
            continues are forgotten (0xFFFF), so that texts which cannot differ any more are equal.
        back_offs: (3, texts): the weights behind the last one to three words, two and three, and
            three, each a sum: what a next word costs that is found behind fewer words.
    """

    context: Words
    back_offs: Logs

    def __getitem__(self, chosen: NDArray[np.intp]) -> States:
        """Return the states of some texts."""
        return States(self.context.take(chosen), self.back_offs.take(chosen, axis=1))


class Model(Protocol):
    """What the search asks of a model of words."""

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Words in lower case and symbols; the place of one is its number."""

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""

    @property
    def capitals(self) -> NDArray[np.float32]:
        """How often each word has a capital, behind a small word and behind a capital."""

    def start(self, texts: int) -> States:
        """Return the states of `texts` texts of which nothing was read yet."""

    def number_of(self, word: str) -> int:
        """Return the number of a word, that of `<unk>` for one the model does not know."""

    def extend(self, states: States, words: Words) -> tuple[Logs, States]:
        """Return for each text the logarithm of P(its next word), and its state behind it."""


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """The model; words are numbers, those of `vocabulary`.

    Attributes:
        vocabulary: words in lower case with the tone in the old place, and the symbols of
            `pipeline.repair.tokens`; the commonest first.
        numbers: the place of each word in `vocabulary`.
        unigrams: (2, words): logarithm of the probability, and back-off weight, of each.
        tables: of orders 2 to 4; payloads are places in `codes`.
        log_codes, back_off_codes: for each order the logarithms that its payloads stand for;
            back-off weights of orders 2 and 3 likewise.
        capitals: (2, words): how often each has a capital, behind a small word and behind one
            with a capital.
    """

    vocabulary: tuple[str, ...]
    numbers: dict[str, int]
    unigrams: NDArray[np.float32]
    tables: tuple[StaticTable, StaticTable, StaticTable]
    log_codes: tuple[Logs, Logs, Logs]
    back_off_codes: tuple[Logs, Logs]
    capitals: NDArray[np.float32]

    def start(self, texts: int) -> States:
        """Return the states of `texts` texts of which nothing was read yet."""
        stop = self.numbers[STOP]
        context = np.full(texts, np.uint64(stop) | _EMPTY[0])
        back_offs = np.zeros((3, texts), np.float32)
        back_offs[0] = self.unigrams[1, stop]
        return States(context, back_offs)

    def number_of(self, word: str) -> int:
        """Return the number of a word, that of `<unk>` for one the model does not know."""
        return self.numbers.get(word, self.numbers[UNKNOWN])

    def extend(self, states: States, words: Words) -> tuple[Logs, States]:
        """Return for each text the logarithm of P(its next word), and its state behind it."""
        numbers = words.astype(np.intp)
        logs = self.unigrams[0].take(numbers)
        logs += states.back_offs[0]
        key = states.context << WORD_BITS
        key |= words
        after = np.zeros((3, len(words)), np.float32)
        after[0] = self.unigrams[1].take(numbers)
        remembered = words | _EMPTY[0]
        places: NDArray[np.intp] | None = None
        for order, mask in _ORDERS:
            # The words of an n-gram, and no n-gram where the context is shorter than that.
            wanted = key & mask
            found, payload = self.tables[order - 2].get(wanted)
            hits = np.flatnonzero(found)
            if not len(hits):
                break
            places = hits if places is None else places.take(hits)
            payload = payload.take(hits)
            better = self.log_codes[order - 2].take(payload & 0xFF)
            if order < 4:
                # Each longer context that does not help has its weight.
                better += states.back_offs[order - 1].take(places)
                after[order - 1][places] = self.back_off_codes[order - 2].take(payload >> 8)
                remembered[places] = wanted.take(hits) | _EMPTY[order - 1]
                key = key.take(hits)
            logs[places] = better
        after[1] += after[2]
        after[0] += after[1]
        return logs, States(remembered, after)

    def log_probs(self, words: list[int]) -> list[float]:
        """Return the logarithm of each word's probability behind those before it."""
        states, found = self.start(1), []
        for word in words:
            logs, states = self.extend(states, np.array([word], np.uint64))
            found.append(float(logs[0]))
        return found


@cache
def language_model() -> LanguageModel:
    """Return the model of this installation; loaded once a process.

    Raises:
        MissingDependencyError: its file is missing or is no model.
    """
    path = folder() / "model" / "syllables.lm"
    try:
        return load(path)
    except (OSError, ValueError) as error:
        raise MissingDependencyError(
            f"the language model {path} cannot be used ({error}): get the file of this release "
            "again, or train it (make model CORPUS=folder)"
        ) from error


def load(path: Path) -> LanguageModel:
    """Return the model in a file; raises ValueError if the file is something else."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[: len(MAGIC)] != MAGIC:
        raise ValueError(f"{path} is no language model of sohoa")
    length = int.from_bytes(mapped[len(MAGIC) : len(MAGIC) + 4], "little")
    start = len(MAGIC) + 4
    header = json.loads(mapped[start : start + length])
    arrays = {
        name: np.frombuffer(mapped, np.dtype(kind), int(np.prod(shape)), offset).reshape(shape)
        for name, (kind, shape, offset) in header["arrays"].items()
    }
    vocabulary = tuple(header["vocabulary"])
    tables = tuple(
        StaticTable(arrays[f"cells{order}"], **header["tables"][f"{order}"]) for order in (2, 3, 4)
    )
    return LanguageModel(
        vocabulary,
        {word: number for number, word in enumerate(vocabulary)},
        arrays["unigrams"],
        (tables[0], tables[1], tables[2]),
        (arrays["logs2"], arrays["logs3"], arrays["logs4"]),
        (arrays["back_offs2"], arrays["back_offs3"]),
        arrays["capitals"],
    )
