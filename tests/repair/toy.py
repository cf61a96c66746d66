# SPDX-License-Identifier: Apache-2.0
"""A language model of some sentences, small enough to be looked at word by word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from dictionaries.build import kneser_ney, model_file
from pipeline.repair.language_model import LanguageModel, load
from pipeline.repair.tokens import STOP, SYMBOLS, symbols

if TYPE_CHECKING:
    from pathlib import Path

    from dictionaries.build.kneser_ney import Level

_ORGANS = (
    "Ủy ban nhân dân huyện",
    "Ủy ban nhân dân xã",
    "Phòng Nội vụ huyện",
    "Phòng Văn hóa và Thông tin",
    "Công an huyện",
    "Sở Nội vụ",
)
_TASKS = (
    "báo cáo kết quả thực hiện.",
    "tổ chức thực hiện kế hoạch này.",
    "tổ chức thực hiện kế hoạch, báo cáo Ủy ban nhân dân huyện.",
    "phối hợp với Phòng Nội vụ huyện - đơn vị thường trực.",
    "báo cáo trước ngày 25 hằng tháng.",
    "giảm nghèo bền vững.",
)
# Each organ has one task more than the one before, so that all counts from one to six occur.
SENTENCES = tuple(
    f"{organ} {task}" for number, organ in enumerate(_ORGANS) for task in islice(_TASKS, number + 1)
) + tuple(f"Kế hoạch {word} nghèo bền vững." for word in ("giảm", "giảm", "xóa", "thoát"))
# Room for all n-grams.
_ALL = [10_000, 10_000, 10_000]


@dataclass(frozen=True)
class Toy:
    """A model as it was trained, and as it is read from its file."""

    vocabulary: list[str]
    levels: list[Level]
    model: LanguageModel
    path: Path

    def numbers(self, line: str) -> list[int]:
        return [self.model.number_of(symbol) for symbol in symbols(line)]


def texts(
    vocabulary: list[str], sentences: tuple[str, ...] = SENTENCES
) -> list[tuple[np.typing.NDArray[np.uint16], float]]:
    """The sentences as one text in numbers, with the weight 1."""
    numbers = {word: number for number, word in enumerate(vocabulary)}
    said = [STOP]
    for sentence in sentences:
        said += symbols(sentence)
    return [(np.array([numbers.get(word, 0) for word in said], np.uint16), 1.0)]


def vocabulary_of(sentences: tuple[str, ...] = SENTENCES) -> list[str]:
    return list(dict.fromkeys([*SYMBOLS, *(word for line in sentences for word in symbols(line))]))


def toy(folder: Path, *, unknown: frozenset[str] = frozenset(), sizes: list[int] = _ALL) -> Toy:
    """The model of SENTENCES; the words of `unknown` are left out of its vocabulary."""
    vocabulary = [word for word in vocabulary_of() if word not in unknown]
    levels = kneser_ney.pruned(
        kneser_ney.train(texts(vocabulary), len(vocabulary), vocabulary.index(STOP)), sizes
    )
    path = folder / "toy.lm"
    capitals = np.full((2, len(vocabulary)), 0.05, np.float32)
    model_file.write(path, vocabulary, levels, capitals)
    return Toy(vocabulary, levels, load(path), path)
