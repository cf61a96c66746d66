# SPDX-License-Identifier: Apache-2.0
"""What a document says again and again: a second model of words, from its own sure readings.

A directive repeats its subject ("giảm nghèo" 68 times in one plan), so what was sure once decides
where the reader garbled it differently (cache model, Kuhn & De Mori 1990).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.repair.language_model import Logs, Model, States, Words

# Shares of what is said behind the same word, and of what is said at all.
_BEHIND, _AT_ALL = 0.15, 0.03
# A pair of words seen once is worth this part of one that is seen always.
_UNSEEN = 1.0


class PageMemory:
    """A language model that has also heard the sure words of a document.

    Args:
        model: of the language.
        said: numbers of words in runs, with how sure each is; less sure ones say nothing.
        least: how sure a word has to be.
    """

    def __init__(
        self,
        model: Model,
        said: Iterable[Sequence[tuple[int, float]]],
        least: float = 0.95,
    ) -> None:
        self.model = model
        self.numbers, self.vocabulary = model.numbers, model.vocabulary
        self.capitals = model.capitals
        pairs: list[int] = []
        words: list[int] = []
        for run in said:
            before = None
            for word, sure in run:
                if sure >= least:
                    words.append(word)
                    if before is not None:
                        pairs.append(before << 16 | word)
                before = word if sure >= least else None
        self._keys, counts = np.unique(np.array(pairs, np.uint64), return_counts=True)
        heads = (self._keys >> np.uint64(16)).astype(np.intp)
        totals = np.bincount(heads, counts, minlength=len(model.vocabulary))
        self._behind = (counts / (totals[heads] + _UNSEEN)).astype(np.float32)
        once = np.bincount(np.array(words, np.intp), minlength=len(model.vocabulary))
        self._at_all = (once / max(1, len(words))).astype(np.float32)

    def start(self, texts: int) -> States:
        """Return the states of `texts` texts of which nothing was read yet."""
        return self.model.start(texts)

    def number_of(self, word: str) -> int:
        """Return the number of a word."""
        return self.model.number_of(word)

    def extend(self, states: States, words: Words) -> tuple[Logs, States]:
        """Return for each text the logarithm of P(its next word), and its state behind it."""
        logs, after = self.model.extend(states, words)
        key = (states.context & np.uint64(0xFFFF)) << np.uint64(16) | words
        own = _AT_ALL * self._at_all[words.astype(np.intp)]
        if len(self._keys):
            place = np.minimum(np.searchsorted(self._keys, key), len(self._keys) - 1)
            own = own + _BEHIND * self._behind[place] * (self._keys[place] == key)
        left = np.float32(1 - _AT_ALL - _BEHIND)
        return np.log(left * np.exp(logs) + own), after
