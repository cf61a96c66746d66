# SPDX-License-Identifier: Apache-2.0
"""Train the language model of syllables: `make model CORPUS=folder` (about three minutes, 5 GB).

    python dictionaries/build/model.py --corpus ../shared/data/corpus

The folder holds `legal`, `admin` and `general` as .txt.zst or .txt, one paragraph a line. The
words are those of syllables.tsv, words.tsv and abbreviations.tsv; what else occurs is `<unk>`.
Nothing is random: the same corpus and tables give the same bytes. With `dev_documents/` in the
folder their perplexity goes into the model card; they are not trained on.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import zstandard

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build import kneser_ney, model_card, model_file
from pipeline.dictionary import rows
from pipeline.repair.letter_case import CAPITAL, SMALL, shape_of
from pipeline.repair.tokens import DASH, NUMBER, PAUSE, STOP, SYMBOLS, parts, symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent.parent / "model"
# Texts of administration are what the program reads, but there are few of them.
WEIGHTS = {"legal": 1.0, "admin": 3.0, "general": 1.0}
# N-grams of order 2, 3 and 4 that fit into 12 MB.
SIZES = [560_000, 1_100_000, 1_750_000]
# Above these bits of a number stands the case of the word.
CASE = 24
# A word of no table that is as frequent as this stands for itself (names of laws' foreign words).
FREQUENT = 150


def main() -> None:
    """Read, count, train, prune, write the model and its card."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FOLDER / "syllables.lm")
    options = parser.parse_args()
    began = time.monotonic()
    corpora = {name: Corpus(options.corpus, name) for name in WEIGHTS}
    vocabulary = words_of(corpora)
    numbers = {word: number for number, word in enumerate(vocabulary)}
    texts = [(corpus.text(numbers), WEIGHTS[name]) for name, corpus in corpora.items()]
    levels = kneser_ney.pruned(kneser_ney.train(texts, len(vocabulary), numbers[STOP]), SIZES)
    options.out.parent.mkdir(exist_ok=True)
    size = model_file.write(options.out, vocabulary, levels, capitals(corpora, vocabulary))
    model_card.write(
        options.out,
        corpora={name: corpus.facts() for name, corpus in corpora.items()},
        weights=WEIGHTS,
        ngrams=[len(level.keys) for level in levels],
        size=size,
        seconds=time.monotonic() - began,
        dev=sorted((options.corpus / "dev_documents").glob("*.txt")),
    )


class Corpus:
    """A file of text as word numbers of its own, and the words."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = next(folder / f"{name}{end}" for end in (".txt.zst", ".txt")
                         if (folder / f"{name}{end}").is_file())  # fmt: skip
        self.words: dict[str, int] = {symbol: number for number, symbol in enumerate(SYMBOLS)}
        self.lines = 0
        self.own = self._read()

    def _read(self) -> NDArray[np.uint32]:
        tokens: dict[str, list[int]] = {}
        chunks: list[NDArray[np.uint32]] = []
        found: list[int] = []
        stop = self.words[STOP]
        for line in lines(self.path):
            self.lines += 1
            for token in line.split():
                numbers = tokens.get(token)
                if numbers is None:
                    numbers = tokens[token] = self._numbers(token)
                found += numbers
            found.append(stop)
            if len(found) > 2_000_000:
                chunks.append(np.array(found, np.uint32))
                found = []
        text = np.concatenate([*chunks, np.array(found, np.uint32)])
        self.shapes = (text >> np.uint32(CASE)).astype(np.uint8)
        return text & np.uint32((1 << CASE) - 1)

    def _numbers(self, token: str) -> list[int]:
        """Return the parts of a token as numbers, the case of each in the two highest bits."""
        return [
            self.words.setdefault(part.symbol, len(self.words)) | shape_of(part.text) << CASE
            for part in parts.__wrapped__(token)
            if part.symbol
        ]

    def counts(self) -> Counter[str]:
        """Return how often each word occurs."""
        counts = np.bincount(self.own, minlength=len(self.words)).tolist()
        return Counter(dict(zip(self.words, counts, strict=True)))

    def text(self, numbers: dict[str, int]) -> NDArray[np.uint16]:
        """Return the text in the numbers of a vocabulary; of marks in a row one stays."""
        unknown = numbers[SYMBOLS[0]]
        table = np.array([numbers.get(word, unknown) for word in self.words], np.uint16)
        text = np.concatenate((np.array([numbers[STOP]], np.uint16), table[self.own]))
        marks = [numbers[mark] for mark in (STOP, PAUSE, DASH)]
        rank = np.full(len(numbers), len(marks))
        rank[marks] = np.arange(len(marks))
        ranks = rank[text]
        is_mark = ranks < len(marks)
        first = np.flatnonzero(~(is_mark & np.concatenate(([False], is_mark[:-1]))))
        least = np.minimum.reduceat(ranks, first)
        found = text[first]
        found[is_mark[first]] = np.array(marks)[least[is_mark[first]]]
        return found

    def facts(self) -> dict[str, str]:
        """Return what the card says of the file."""
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        return {"lines": f"{self.lines:,}", "words": f"{len(self.own):,}", "sha256": digest}


def capitals(corpora: dict[str, Corpus], vocabulary: list[str]) -> NDArray[np.float32]:
    """Return (2, words): how often a word has a capital, behind a small word and behind a capital.

    Words in capitals throughout are left out, and so are those behind a stop.
    """
    numbers = {word: number for number, word in enumerate(vocabulary)}
    marks = len(SYMBOLS)
    seen = np.zeros((2, 2, len(vocabulary)))
    for corpus in corpora.values():
        table = np.array([numbers.get(word, 0) for word in corpus.words])
        text = table[corpus.own]
        word, shape = text[1:], corpus.shapes[1:]
        before, its = text[:-1], corpus.shapes[:-1]
        small = ((before >= marks) & (its == SMALL)) | (before == numbers[PAUSE])
        small |= before == numbers[NUMBER]
        for place, context in enumerate((small, (before >= marks) & (its == CAPITAL))):
            for capital in (SMALL, CAPITAL):
                chosen = context & (shape == capital) & (word >= marks)
                seen[place, capital] += np.bincount(word[chosen], minlength=len(vocabulary))
    # Half a word in twenty has a capital: that is what is believed of words hardly seen.
    shares: NDArray[np.float32] = ((seen[:, 1] + 0.5) / (seen.sum(axis=1) + 10)).astype(np.float32)
    return shares


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, packed or not."""
    if path.suffix != ".zst":
        yield from path.read_text(encoding="utf-8").splitlines()
        return
    with path.open("rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file)
        yield from io.TextIOWrapper(reader, encoding="utf-8")


def words_of(corpora: dict[str, Corpus]) -> list[str]:
    """Return the vocabulary: symbols, then words by frequency."""
    total: Counter[str] = sum((corpus.counts() for corpus in corpora.values()), Counter())
    known = {row["syllable"] for row in rows("syllables")}
    known |= {row["word"] for row in rows("words")}
    known |= {symbol_of(row["abbreviation"]) for row in rows("abbreviations")}
    known |= {word for word, count in total.items() if count >= FREQUENT and _is_foreign(word)}
    found = (known & total.keys()) - set(SYMBOLS)
    return [*SYMBOLS, *sorted(found, key=lambda word: (-total[word], word))]


def _is_foreign(word: str) -> bool:
    return word.isascii() and word.replace("&", "").isalpha()


if __name__ == "__main__":
    main()
