# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from pipeline.repair.lattice import LatticeMaker
from pipeline.repair.regime import regime_of
from pipeline.repair.search import NO_WORD, Lattice
from pipeline.repair.slots import Slot, Token, runs
from pipeline.repair.tokens import CODE, PAUSE

GARBLED, VIE = regime_of("garbled").maker, regime_of("vie").maker


def slots(*lines: str, confidence: float | None = None) -> list[list[Slot]]:
    tokens = [[Token(text, confidence) for text in line.split()] for line in lines]
    return runs(tokens, [True] * len(lines))


def leaving(lattice: Lattice, place: int) -> list[int]:
    return list(range(int(lattice.first_edge[place]), int(lattice.first_edge[place + 1])))


def test_each_run_has_a_place_more_than_slots() -> None:
    found = slots("Phòng Nội vụ", "huyện, xã")
    lattice, texts = GARBLED.lattice(found)
    assert lattice.runs == 2
    assert np.diff(lattice.first_place).tolist() == [len(run) + 1 for run in found]
    assert len(lattice.first_edge) == lattice.first_place[-1] + 1
    assert len(texts) == len(lattice.scores) == len(lattice.ends) == lattice.first_edge[-1]
    for run in range(lattice.runs):
        last = int(lattice.first_place[run + 1]) - 1
        assert leaving(lattice, last) == []
        for place in range(int(lattice.first_place[run]), last):
            ends = lattice.ends[leaving(lattice, place)]
            assert place + 1 in ends
            assert ((ends > place) & (ends <= last)).all()


def test_what_is_not_open_has_one_edge_with_what_the_model_hears() -> None:
    numbers = GARBLED.model.numbers
    lattice, _ = GARBLED.lattice(slots("theo 90/QĐ-TTg, của"))
    code, mark = leaving(lattice, 1), leaving(lattice, 2)
    assert lattice.words[code].tolist() == [[numbers[CODE], NO_WORD]]
    assert lattice.words[mark].tolist() == [[numbers[PAUSE], NO_WORD]]
    assert lattice.scores[[*code, *mark]].tolist() == [0.0, 0.0]


def test_a_join_ends_two_places_on() -> None:
    lattice, texts = GARBLED.lattice(slots("giảm ngh èo"))
    joined = [edge for edge in leaving(lattice, 1) if lattice.ends[edge] == 3]
    assert "nghèo" in [GARBLED.lexicon[texts[edge, 0]] for edge in joined]


@pytest.mark.parametrize(("maker", "readings"), [(GARBLED, True), (VIE, False)])
def test_a_number_may_be_a_word_only_where_the_marks_are_lost(
    maker: LatticeMaker, readings: bool
) -> None:
    lattice, _ = maker.lattice(slots("được 14 gì"))
    assert (len(leaving(lattice, 1)) > 1) is readings


def gap(maker: LatticeMaker, confidence: float | None) -> float:
    """How much better what was seen scores than the best other reading."""
    lattice, texts = maker.lattice(slots("biến", confidence=confidence))
    kept = texts[:, 0] == NO_WORD
    same = np.array([maker.lexicon[word] == "biến" for word in texts[:, 0]]) & ~kept
    return float(lattice.scores[same][0] - lattice.scores[~same & ~kept].max())


def test_the_surer_the_reader_the_more_it_is_believed() -> None:
    gaps = [gap(VIE, confidence) for confidence in (0.1, 0.5, 0.85, 0.95, 0.99)]
    assert gaps == sorted(gaps)
    assert gaps[0] < gap(VIE, None) < gaps[-1]


def test_a_reader_without_vietnamese_is_not_believed() -> None:
    assert gap(GARBLED, 0.99) == gap(GARBLED, 0.1)


def test_a_document_teaches_a_maker_of_its_own() -> None:
    before, _ = GARBLED.lattice(slots("b@n"))
    taught = GARBLED.taught([[("b@n", "bàn", 1.0)] * 20])
    assert taught is not GARBLED
    after, texts = taught.lattice(slots("b@n"))
    best = int(np.argmax(after.scores))
    assert taught.lexicon[texts[best, 0]] == "bàn"
    again, _ = GARBLED.lattice(slots("b@n"))
    assert again.scores.tolist() == before.scores.tolist()


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_what_is_not_sure_teaches_nothing(share: float) -> None:
    before, _ = GARBLED.lattice(slots("b@n"))
    after, _ = GARBLED.taught([[("b@n", "bàn", share)] * 20]).lattice(slots("b@n"))
    assert after.scores == pytest.approx(before.scores, abs=1e-4)
