# SPDX-License-Identifier: Apache-2.0
"""Lines of tokens -> what stood there: lattice, search, confidence, and words in their case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.repair.confidence import rivals, shares
from pipeline.repair.letter_case import SMALL, Spoken, cased, shape_of
from pipeline.repair.letters import in_case_of
from pipeline.repair.search import NO_WORD, Beam, best_paths
from pipeline.repair.slots import runs
from pipeline.repair.tokens import STOP
from pipeline.vietnamese import is_syllable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.repair.lattice import LatticeMaker
    from pipeline.repair.search import Floats, Ints
    from pipeline.repair.slots import Slot, Token

# More alternatives than these tell a person nothing.
_ALTERNATIVES = 4
_LEAST_SHARE = 0.01
# Runs of which all is as sure as this are not read again.
_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Reading:
    """What some slots of a line say.

    Attributes:
        slots: one, or two that are one word.
        text: as decided, in its case; two words with a blank between them.
        words: of the lexicon, in small letters; none if what was seen stays.
        share: how sure it is among all readings looked at, 0-1, not yet calibrated.
        alternatives: other texts with their shares, best first.
    """

    slots: tuple[Slot, ...]
    text: str
    words: tuple[str, ...]
    share: float
    alternatives: tuple[tuple[str, float], ...]

    @property
    def seen(self) -> str:
        """What was read."""
        return " ".join(slot.part.text for slot in self.slots)


def decode(
    lines: Sequence[Sequence[Token]],
    begins: Sequence[bool],
    maker: LatticeMaker,
    beam: Beam,
    *,
    again: bool = True,
) -> list[Reading]:
    """Return the readings of all open slots, in order.

    With `again`, runs that are not sure are read a second time, with what the sure ones show of
    this document: its words, and what its reader made of them.
    """
    found = runs(lines, begins)
    readings = _read(found, maker, beam) if found else []
    unsure = [place for place, run in enumerate(readings) if any(r.share < _SURE for r in run)]
    if again and unsure:
        second = maker.taught(
            [[(r.seen, r.text, r.share) for r in run] for run in readings]
        )
        for place, run in zip(unsure, _read([found[n] for n in unsure], second, beam), strict=True):
            readings[place] = run
    return [reading for run in readings for reading in run]


def _read(found: list[list[Slot]], maker: LatticeMaker, beam: Beam) -> list[list[Reading]]:
    """Return the readings of the open slots of each run."""
    lattice, texts = maker.lattice(found)
    stop = maker.model.numbers[STOP]
    paths = best_paths(lattice, maker.model, beam, stop)
    owner, rival, scores = rivals(lattice, paths, maker.model, stop)
    share = shares(owner, scores)
    first = np.searchsorted(owner, np.arange(sum(map(len, paths)) + 1))

    readings: list[list[Reading]] = []
    number = 0
    for run, path, base in zip(found, paths, lattice.first_place, strict=False):
        whole: list[Reading | None] = []
        place = 0
        for edge in path:
            steps = int(lattice.ends[edge]) - int(base) - place
            slots = tuple(run[place : place + steps])
            place += steps
            some = slice(int(first[number]), int(first[number + 1]))
            number += 1
            whole.append(
                _reading(slots, edge, rival[some], share[some], texts, maker)
                if slots[0].open
                else None
            )
        own = [reading for reading in whole if reading is not None]
        readings.append(_in_case(run, own, maker))
    return readings


def _reading(
    slots: tuple[Slot, ...],
    edge: int,
    rival: Ints,
    share: Floats,
    texts: Ints,
    maker: LatticeMaker,
) -> Reading:
    seen = "".join(slot.part.text for slot in slots)

    def spelled(edge: int) -> str:
        words = [maker.lexicon[word] for word in texts[edge] if word != NO_WORD]
        return " ".join(in_case_of(seen, word) for word in words) or seen

    others = [
        (spelled(int(rival[place])), round(float(share[place]), 3))
        for place in np.argsort(-share)[: _ALTERNATIVES + 1]
        if rival[place] != edge and share[place] >= _LEAST_SHARE
    ]
    words = tuple(maker.lexicon[word] for word in texts[edge] if word != NO_WORD)
    own = float(share[rival == edge][0])
    return Reading(slots, spelled(edge), words, own, tuple(others))


def _in_case(run: Sequence[Slot], readings: list[Reading], maker: LatticeMaker) -> list[Reading]:
    """Return the readings of a run with their words in the cases that their neighbours allow."""
    model = maker.model
    spoken: list[Spoken] = []
    chosen: list[int] = []
    begins = True
    after = iter(readings)
    reading = next(after, None)
    number = -1
    for slot in run:
        if reading is not None and slot is reading.slots[0]:
            number += 1
            seen, words = reading.seen, reading.words
            reading = next(after, None)
            if len(words) == 1 and not seen.islower():
                word = model.number_of(words[0])
                usual = (float(model.capitals[0, word]), float(model.capitals[1, word]))
                spoken.append(Spoken(seen, words[0], usual, None, begins))
                chosen.append(number)
            else:
                spoken.append(Spoken(seen, "", (0.0, 0.0), shape_of(seen), begins))
                chosen.append(-1)
            begins = False
        elif slot.part.symbol == STOP:
            begins = True
        elif slot.part.symbol and not slot.open:
            # An abbreviation in capitals says nothing of the words around it.
            shape = shape_of(slot.part.text) if is_syllable(slot.part.text) else SMALL
            spoken.append(Spoken(slot.part.text, "", (0.0, 0.0), shape, begins))
            chosen.append(-1)
            begins = False
    found = list(readings)
    for place, text in zip(chosen, cased(spoken, maker.fans.channel), strict=True):
        if place >= 0:
            found[place] = replace(found[place], text=text)
    return found
