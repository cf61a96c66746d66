# SPDX-License-Identifier: Apache-2.0
"""Lines of tokens -> what stood there: lattice, search, confidence, and words in their case."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.confidence import weigh
from pipeline.repair.fans import together
from pipeline.repair.letter_case import SMALL, Spoken, cased, shape_of
from pipeline.repair.letters import in_case_of
from pipeline.repair.search import NO_WORD, Beam, best_paths
from pipeline.repair.slots import runs
from pipeline.repair.tokens import STOP
from pipeline.vietnamese import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.repair.lattice import LatticeMaker
    from pipeline.repair.search import Ints
    from pipeline.repair.slots import Slot, Token

# What is as sure as this is not read again.
_SURE = 0.95
# So many sure slots on each side are read with it: the model looks three words back.
_AROUND = 4
# Slots that are read at a time: some thirty pages, for which a search takes 60 MB.
_AT_A_TIME = 12_000


class Reading(NamedTuple):
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
        """What was read; of two slots what they are when they are one word."""
        return _seen(self.slots)


def decode(
    lines: Sequence[Sequence[Token]],
    begins: Sequence[bool],
    maker: LatticeMaker,
    beam: Beam,
    *,
    again: bool = True,
) -> list[Reading]:
    """Return the readings of all open slots, in order.

    With `again`, what is not sure is read a second time, between the words that are, and with what
    these show of this document: its words, and what its reader made of them.
    """
    found = runs(lines, begins)
    if not found:
        return []
    first = _read(found, maker, beam)
    readings = [_in_case(run, own, maker) for run, own in zip(found, first, strict=True)]
    if again and not all(_is_sure(reading, maker) for own in readings for reading in own):
        for place, own in _read_again(found, readings, maker, beam):
            anew = {id(slot) for reading in own for slot in reading.slots}
            kept = [reading for reading in first[place] if id(reading.slots[0]) not in anew]
            both = sorted(kept + own, key=_where)
            readings[place] = _in_case(found[place], both, maker)
    return [reading for own in readings for reading in own]


def _read_again(
    found: list[list[Slot]], readings: list[list[Reading]], maker: LatticeMaker, beam: Beam
) -> Iterator[tuple[int, list[Reading]]]:
    """Yield the numbers of runs that are not sure, with new readings of what is not."""
    second = maker.taught([[(r.seen, r.text, r.share) for r in own] for own in readings])
    windows = [
        (place, window)
        for place, (run, own) in enumerate(zip(found, readings, strict=True))
        for window in _windows(run, _settled(own, maker))
    ]
    anew: dict[int, list[Reading]] = defaultdict(list)
    for (place, _), own in zip(
        windows, _read([window for _, window in windows], second, beam), strict=True
    ):
        anew[place] += own
    yield from anew.items()


def _where(reading: Reading) -> tuple[int, int, int]:
    slot = reading.slots[0]
    return slot.line, slot.token, slot.part.start


def _is_sure(reading: Reading, maker: LatticeMaker) -> bool:
    """Return whether a reading is not to be doubted, even knowing more of the document."""
    return reading.share >= _SURE and not (maker.doubt and reading.seen != reading.text)


def _settled(readings: Sequence[Reading], maker: LatticeMaker) -> dict[int, str]:
    """Return what the slots that are sure say, by their ids: they may not be read anew."""
    return {
        id(reading.slots[0]): "".join(reading.words) or reading.slots[0].part.symbol
        for reading in readings
        if _is_sure(reading, maker) and len(reading.slots) == 1 and len(reading.words) < 2
    }


def _windows(run: Sequence[Slot], settled: Mapping[int, str]) -> Iterator[list[Slot]]:
    """Yield the parts of a run that are open and not settled, with the words around them."""
    start = end = 0
    for place, slot in enumerate(run):
        if slot.open and id(slot) not in settled:
            if place - _AROUND > end:
                if end:
                    yield [_closed(one, settled) for one in run[start:end]]
                start = place - _AROUND
            end = place + 1 + _AROUND
    if end:
        yield [_closed(one, settled) for one in run[start:end]]


def _closed(slot: Slot, settled: Mapping[int, str]) -> Slot:
    said = settled.get(id(slot))
    if said is None:
        return slot
    return slot._replace(open=False, joins=False, part=slot.part._replace(symbol=said))


def _read(found: list[list[Slot]], maker: LatticeMaker, beam: Beam) -> list[list[Reading]]:
    """Return the readings of the open slots of each run, in the case that was seen."""
    return [own for batch in _batches(found) for own in _read_batch(batch, maker, beam)]


def _batches(found: list[list[Slot]]) -> Iterator[list[list[Slot]]]:
    """Yield the runs in groups of so many slots as a search may keep in memory at a time."""
    batch: list[list[Slot]] = []
    slots = 0
    for run in found:
        if batch and slots + len(run) > _AT_A_TIME:
            yield batch
            batch, slots = [], 0
        batch.append(run)
        slots += len(run)
    if batch:
        yield batch


def _read_batch(found: list[list[Slot]], maker: LatticeMaker, beam: Beam) -> list[list[Reading]]:
    lattice, texts = maker.lattice(found)
    stop = maker.model.numbers[STOP]
    paths = best_paths(lattice, maker.model, beam, stop)
    weighed = iter(weigh(lattice, paths, maker.model, stop))
    readings: list[list[Reading]] = []
    for run, path, base in zip(found, paths, lattice.first_place.tolist(), strict=False):
        readings.append([])
        place = 0
        for edge, (share, others) in zip(path, weighed, strict=False):
            end = int(lattice.ends[edge]) - base
            slots, place = tuple(run[place:end]), end
            if slots[0].open:
                seen, words = _seen(slots), _words(texts[edge], maker)
                alternatives = tuple(
                    (_spelled(seen, _words(texts[other], maker)), round(own, 3))
                    for other, own in others
                )
                readings[-1].append(
                    Reading(slots, _spelled(seen, words), words, share, alternatives)
                )
    return readings


def _words(texts: Ints, maker: LatticeMaker) -> tuple[str, ...]:
    return tuple(maker.lexicon[word] for word in texts.tolist() if word != NO_WORD)


def _spelled(seen: str, words: Sequence[str]) -> str:
    """Return words in the case in which they were seen; what was seen if there are none."""
    cases = [in_case_of(seen, word) for word in words]
    if len(cases) > 1 and not cases[0].isupper():
        cases[1:] = words[1:]
    return " ".join(cases) or seen


def _seen(slots: tuple[Slot, ...]) -> str:
    texts = [slot.part.text for slot in slots]
    return together(*texts) if len(texts) == 2 else texts[0]


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
    if not any(place >= 0 for place in chosen):
        return readings
    found = list(readings)
    cases = cased(spoken, maker.fans.channel)
    for place, (text, share) in zip(chosen, cases, strict=True):
        if place >= 0:
            found[place] = found[place]._replace(text=text, share=found[place].share * share)
    return found
