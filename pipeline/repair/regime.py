# SPDX-License-Identifier: Apache-2.0
"""How a page was read decides how it is repaired: channel, weights, and what is sure enough."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from pipeline.dictionary import rows
from pipeline.repair.alignment import probability
from pipeline.repair.candidates import Candidates
from pipeline.repair.channel import channel_of, plain
from pipeline.repair.fans import Fans, Weights
from pipeline.repair.language_model import language_model
from pipeline.repair.lattice import LatticeMaker
from pipeline.repair.search import Beam
from pipeline.repair.syllables import is_garbled, real_syllables
from pipeline.repair.tokens import symbol_of
from pipeline.vietnamese import strip_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.repair.channel import Channel
    from pipeline.repair.search import Floats

Mode = Literal["garbled", "plain", "vie"]

_WEIGHTS: dict[Mode, Weights] = {
    "garbled": Weights(),
    "plain": Weights(numbers=False, odd=-99.0, keep=-3.0, keep_small=0.0, most=24),
    "vie": Weights(channel=0.7, numbers=False, keep=-6.0, keep_small=0.0, most=60),
}
_OF_THE_OTHER = {"garbled": 0.1, "vie": 0.05}
# The share of wrong words in a text that `vie` read, before anything is known of it.
_WRONG = 0.015
# Letters and digits or signs within a word; quotes of print are not ASCII, so a few are allowed.
_MIXED = re.compile(r"[a-z][0-9@$&|]|[0-9@$&|][a-z]|[A-Z]{2}[a-z]")
_ODD = 0.04
# Names and abbreviations are the rest.
_BARE = 0.93


@dataclass(frozen=True, slots=True)
class Regime:
    """What the decoder needs for pages of one kind.

    Attributes:
        maker: of lattices, with the channel of the reader.
        beam: how much is searched.
        least_share: a change that is less sure is not made.
        least_share_of_names: the same of a word with a capital.
        mode: how the page was read.
    """

    maker: LatticeMaker
    beam: Beam
    least_share: float
    least_share_of_names: float
    mode: Mode

    @property
    def garbled(self) -> bool:
        """Whether the marks are lost or wrong throughout."""
        return self.mode != "vie"

    def likelihood(self, seen: str, candidates: Sequence[str]) -> Floats:
        """Return log P(seen | candidate) for each of some words in their cases."""
        channel = self.maker.fans.channel
        chances = [probability(channel, seen, candidate) for candidate in candidates]
        return np.log(np.maximum(chances, 1e-30))


@cache
def regime_of(mode: Mode) -> Regime:
    """Return the regime of pages that were read in one way.

    "garbled": by a machine without Vietnamese; "vie": with it; "plain": typed without marks.
    """
    model, candidates = language_model(), _candidates()
    channel: Channel = plain()
    if mode == "garbled":
        # Layers of unknown readers have some marks right, which one that knew none never has;
        # and in bad light a reader that knows them sees as little as one that does not.
        channel = channel_of("eng").mixed(channel_of("vie"), _OF_THE_OTHER["garbled"])
    elif mode == "vie":
        channel = channel_of("vie").mixed(channel_of("eng"), _OF_THE_OTHER["vie"])
    maker = LatticeMaker(
        Fans(model, candidates, channel, _WEIGHTS[mode]), doubt=_WRONG if mode == "vie" else None
    )
    least, of_names = (0.6, 0.9) if mode == "vie" else (0.0, 0.0)
    return Regime(maker, Beam(), least, of_names, mode)


def mode_of(text: str, otherwise: Mode = "vie") -> Mode:
    """Return how a text was read, `otherwise` if it is too short to tell."""
    garbled = is_garbled(text)
    if garbled is None:
        return otherwise
    if not garbled:
        return "vie"
    return "plain" if _without_marks(text) else "garbled"


def _without_marks(text: str) -> bool:
    """Return whether a text is typed without marks: bare syllables, and no signs among letters."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    odd = sum(not word.isascii() or _MIXED.search(word) is not None for word in words)
    cores = [core for core in map(_outside, words) if core.isalpha()]
    bare = sum(core.lower() in _bare_syllables() for core in cores)
    return odd <= _ODD * len(words) and bare >= _BARE * len(cores)


def _outside(word: str) -> str:
    return word.strip(".,;:!?()[]\"'“”-/")


@cache
def _bare_syllables() -> frozenset[str]:
    return frozenset(map(strip_marks, real_syllables()))


@cache
def _candidates() -> Candidates:
    """Return the lexicon of the tables and of the archivist, whose words are of mean frequency."""
    model = language_model()
    words = {row["syllable"] for row in rows("syllables")} | {row["word"] for row in rows("words")}
    words |= {
        symbol_of(word)
        for row in rows("custom")
        for word in row["phrase"].split()
        if word.isalpha()
    }
    lexicon = sorted(words)
    known = np.array([model.numbers.get(word, -1) for word in lexicon])
    logs = model.unigrams[0, known]
    logs[known < 0] = logs[known >= 0].mean()
    return Candidates(lexicon, logs, most=60, within=18.0)
