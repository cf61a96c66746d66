# SPDX-License-Identifier: Apache-2.0
"""Runs of slots as one lattice, and how much the reader's confidence weighs in it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from pipeline.doubt import wrong
from pipeline.repair.fans import Fan, Fans, fixed
from pipeline.repair.page_memory import PageMemory
from pipeline.repair.search import NO_WORD, Lattice
from pipeline.repair.slots import said
from pipeline.repair.tokens import NUMBER, symbol_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.repair.search import Floats, Ints
    from pipeline.repair.slots import Slot

# How sure a reading has to be to teach.
_TEACHES = 0.95
# The share of words that is wrong whatever the confidence.
_WRONG_AT_ALL = 0.035
# Where less is doubted than this, few readings are worth a look.
_HARDLY = 0.02


# Fewer changes than this are the slips of who typed the text, and they are his.
_TYPED, _WRONG_BY_READING = 0.005, 1e-30


def _share_wrong(read: Sequence[Sequence[tuple[str, str, float]]]) -> float:
    """Return the share of words that were wrong, as far as a first reading of them tells.

    Readers err, and so do people who type; only the first is to be mended, and who typed is told
    by how rare it is.
    """
    words = [seen == text for run in read for seen, text, _ in run]
    share = max(len(words) - sum(words), 0.5) / max(len(words), 1)
    return min(share, 0.1) if share > _TYPED else _WRONG_BY_READING


class LatticeMaker:
    """Makes lattices of the runs of a document.

    Args:
        fans: readings of words.
        doubt: the share of words that are wrong where the reader says nothing of its confidence;
            None if what was seen is wrong more often than right.
    """

    def __init__(self, fans: Fans, *, doubt: float | None) -> None:
        self.fans, self.doubt = fans, doubt
        self.model = fans.model
        self.lexicon = fans.lexicon

    def taught(self, read: Sequence[Sequence[tuple[str, str, float]]]) -> LatticeMaker:
        """Return a maker for the same document that has learnt from it.

        Args:
            read: runs of what was seen, what it is, and how sure that is.
        """
        fans = self.fans
        words = [
            [(self.model.number_of(symbol_of(text)), share) for _, text, share in run]
            for run in read
        ]
        pairs = [
            (seen, text, share)
            for run in read
            for seen, text, share in run
            if share >= _TEACHES and " " not in seen + text
        ]
        memory = PageMemory(self.model, words)
        # Where most is right, too little is wrong to learn how this page is misread.
        channel = fans.channel if self.doubt is not None else fans.channel.adapted(pairs)
        taught = fans.taught(memory, channel)
        return LatticeMaker(taught, doubt=self.doubt and _share_wrong(read))

    def lattice(self, runs: Sequence[Sequence[Slot]]) -> tuple[Lattice, Ints]:
        """Return one lattice over all runs, and for its edges the words of the lexicon (n, 2)."""
        self.fans.prepare(runs)
        fans: list[Fan] = []
        scores: list[Floats] = []
        ends: list[int] = []
        first_edge: list[int] = []
        first_place = [0]
        edges = 0
        for run in runs:
            heard = said(run)
            base = first_place[-1]
            for place, slot in enumerate(run):
                first_edge.append(edges)
                for fan, steps in self._fans(run, place, heard[place]):
                    fan, own = self._trusted(fan, slot, steps)  # noqa: PLW2901 - with more in it
                    fans.append(fan)
                    scores.append(own)
                    ends.append(base + place + steps)
                    edges += len(fan.scores)
            first_edge.append(edges)
            first_place.append(base + len(run) + 1)
        first_edge.append(edges)
        lattice = Lattice(
            np.array(first_place),
            np.array(first_edge),
            np.repeat(np.array(ends), [len(fan.scores) for fan in fans]),
            np.concatenate([fan.words for fan in fans]),
            np.concatenate(scores),
        )
        return lattice, np.concatenate([fan.texts for fan in fans])

    def _fans(self, run: Sequence[Slot], place: int, heard: str) -> list[tuple[Fan, int]]:
        slot = run[place]
        if not slot.open or not heard or (heard == NUMBER and not self.fans.weights.numbers):
            return [(fixed(self.model.number_of(heard) if heard else NO_WORD), 1)]
        text = slot.part.text
        doubt = self._doubt_of(slot)
        sure = doubt is not None and doubt < _HARDLY
        found = [(self.fans.single(text, few=sure), 1)]
        split = self.fans.split(text)
        if split is not None:
            found.append((split, 1))
        if slot.joins and place + 1 < len(run) and run[place + 1].open:
            joined = self.fans.joined(text, run[place + 1].part.text)
            if joined is not None:
                found.append((joined, 2))
        return found

    def _trusted(self, fan: Fan, slot: Slot, steps: int) -> tuple[Fan, Floats]:
        """Return a fan and its scores in the light of how sure the readers were, and of what."""
        doubt = self._doubt_of(slot)
        if doubt is None or not slot.open:
            return fan, fan.scores
        least: Floats | None = None
        if slot.others and steps == 1 and fan.texts[0, 1] == NO_WORD:
            fan, least = self.fans.witnessed(fan, slot.others)
        scores = fan.scores + np.float32(math.log(doubt / _WRONG_AT_ALL))
        if fan.same >= 0:
            # The first reading keeps what was seen too, as a word that no table has.
            own = [0, fan.same]
            scores[own] = fan.scores[own] + np.float32(math.log((1 - doubt) / (1 - _WRONG_AT_ALL)))
        return fan, scores if least is None else np.maximum(scores, least)

    def _doubt_of(self, slot: Slot) -> float | None:
        """Return P(what was seen is wrong) before anything is known of its sentence."""
        if self.doubt is None or slot.confidence is None:
            return self.doubt
        return wrong(slot.confidence)
