# SPDX-License-Identifier: Apache-2.0
"""How much of a line the training texts hold already: the share of its 5-grams seen there.

A model that has read the same formula elsewhere restores it by heart; what it can do with words
put together for the first time shows only on the lines of low overlap. The 5-grams are of words
in lower case with the tone in the old place, all figures as "0", within a line. Their hashes
(32 bits) stand in one sorted array; fewer than 1 in 100 of those never seen pass for seen.
"""

from __future__ import annotations

import hashlib
import io
import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint32]

# What the model is trained on; `dev_documents` of the same folder is kept out of all of it.
TRAINING = ("legal.txt.zst", "admin.txt.zst", "general.txt.zst")
# "Mostly unseen": a fifth of the tokens of dev_documents stand in such lines. Of the lines under
# 0.3 (a twentieth) most are lists of abbreviations, names and English words, not prose.
LOW = 0.5
_ORDER = 5
_LINES = 10_000  # read at a time
_WORD = re.compile(r"[^\W_]+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: spreads neighbours


def training_digest(data: Path) -> str:
    """Return 12 hexadecimal digits that change with any byte of the training texts."""
    digest = hashlib.sha256()
    for name in TRAINING:
        with (data / "corpus" / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def training_fivegrams(data: Path, cache: Path) -> Hashes:
    """Return the sorted hashes of all 5-grams of the training texts, from the cache if there."""
    path = cache / f"fivegrams-{training_digest(data)}.npy"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npy")
        np.save(unfinished, _count(data / "corpus"))
        unfinished.rename(path)
    hashes: Hashes = np.load(path, mmap_mode="r")
    return hashes


def overlap(line: str, known: Hashes) -> float | None:
    """Return the share (0-1) of the 5-grams of `line` among `known`; None if it has none."""
    grams = fivegrams([line])
    if not len(grams):
        return None
    places = np.minimum(np.searchsorted(known, grams), len(known) - 1)
    return float(np.mean(known[places] == grams))


def fivegrams(lines: Sequence[str]) -> Hashes:
    """Return a 32-bit hash for each 5-gram of the lines, in order; none reaches over a line end."""
    words: list[int] = []
    owners: list[int] = []
    for number, line in enumerate(lines):
        found = _WORD.findall(line.lower())
        words += map(_word_hash, found)
        owners += [number] * len(found)
    hashes = np.array(words, np.uint64)
    owner = np.array(owners, np.int32)
    size = max(len(hashes) - _ORDER + 1, 0)
    total = np.zeros(size, np.uint64)
    for place in range(_ORDER):
        total = (total ^ hashes[place : place + size]) * _MULTIPLIER
    within = owner[:size] == owner[_ORDER - 1 :]
    grams: Hashes = (total[within] >> np.uint64(32)).astype(np.uint32)
    return grams


@lru_cache(maxsize=1 << 18)
def _word_hash(word: str) -> int:
    key = "0" if word.isdigit() else fold_tone_placement(word)
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


def _count(corpus: Path) -> Hashes:
    known = np.zeros(0, np.uint32)
    for name in TRAINING:
        parts = [np.unique(fivegrams(lines)) for lines in _chunks(corpus / name)]
        known = np.unique(np.concatenate([known, *parts]))
    return known


def _chunks(path: Path) -> Iterator[list[str]]:
    # An extra of the developers: only who measures needs it.
    import zstandard  # noqa: PLC0415

    with path.open("rb") as packed:
        text = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), "utf-8")
        while lines := list(islice(text, _LINES)):
            yield lines
