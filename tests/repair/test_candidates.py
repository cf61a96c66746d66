# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gc
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dictionary import rows
from pipeline.repair.alignment import probability
from pipeline.repair.candidates import Candidates
from pipeline.repair.channel import Rules, channel_of

COUNTS = {row["syllable"]: int(row["count"]) for row in rows("syllables")}
WORDS = ("internet", "video", "zalo", "đắk")
LEXICON = (*COUNTS, *WORDS)
PRIOR = np.log(np.array([*COUNTS.values(), *[100] * len(WORDS)]) / sum(COUNTS.values()))
CANDIDATES = Candidates(LEXICON, PRIOR)
ENG, VIE = channel_of("eng"), channel_of("vie")


def words(seen: str, reader: str = "eng") -> list[str]:
    ids, _ = CANDIDATES.of([seen], channel_of(reader))[0]
    return [LEXICON[number] for number in ids]


@pytest.mark.parametrize(
    ("seen", "right", "rank"),
    [
        ("nghéo", "nghèo", 1),
        ("bén", "bền", 5),
        ("huyén", "huyện", 5),
        ("Quyét", "quyết", 1),
        ("virng", "vững", 5),
        ("qudc", "quốc", 3),
        ("Tw", "tư", 5),
        ("Poc", "độc", 10),
        ("HQI", "hội", 10),
        ("CQNG", "cộng", 10),
        ("xA", "xã", 5),
        ("hanh", "hạnh", 10),
        ("phiic", "phúc", 10),
        ("S6", "số", 10),
        ("internct", "internet", 1),
        ("Video", "video", 1),
    ],
)
def test_the_right_word_is_among_the_first(seen: str, right: str, rank: int) -> None:
    assert right in words(seen)[:rank]


@pytest.mark.parametrize("word", ["nghèo", "Huyện", "QUYẾT", "ủy", "hòa", "đắk"])
def test_a_reader_of_vietnamese_is_believed(word: str) -> None:
    assert words(word, "vie")[0] == word.lower()


@given(st.lists(st.text(min_size=1, max_size=20), max_size=6))
def test_likelihoods_are_finite_and_those_of_probabilities(seen: list[str]) -> None:
    found = CANDIDATES.of(seen, ENG)
    assert len(found) == len(seen)
    for ids, chances in found:
        assert len(ids) == len(chances) <= 40
        assert len(set(ids.tolist())) == len(ids)
        assert np.isfinite(chances).all()
        assert (chances <= 0).all()


@given(st.text(min_size=1, max_size=9))
def test_all_likelihoods_are_finite(seen: str) -> None:
    chances = CANDIDATES.likelihoods(seen, VIE)
    assert chances.shape == (len(LEXICON),)
    assert np.isfinite(chances).all()
    assert (chances <= 0).all()


def test_likelihoods_and_candidates_agree() -> None:
    ids, chances = CANDIDATES.of(["bén"], ENG)[0]
    assert chances == pytest.approx(CANDIDATES.likelihoods("bén", ENG)[ids], abs=1e-4)


def test_they_are_sorted_and_within_reach() -> None:
    ids, chances = CANDIDATES.of(["tieu"], ENG)[0]
    promise = chances + 0.5 * PRIOR[ids]
    assert (np.diff(promise) <= 1e-5).all()
    assert promise[0] - promise[-1] <= 14.0001


@pytest.mark.parametrize("seen", ["bén", "THU", "6", "qudc"])
def test_all_at_once_gives_what_one_by_one_gives(seen: str) -> None:
    """Letters alone, cut by cut: the sum over cuts is the sum over alignments."""
    rules = Rules()
    scores = CANDIDATES.likelihoods(seen, rules)
    for word in ("bền", "thu", "số", "quốc", "ở"):
        right = word.upper() if seen.isupper() else word
        expected = math.log(max(probability(rules, seen, right), 1e-30))
        assert scores[LEXICON.index(word)] == pytest.approx(expected, abs=1e-3)


def test_words_of_one_batch_do_not_touch_each_other() -> None:
    alone = [Candidates(LEXICON, PRIOR).of([word], ENG)[0] for word in ("bén", "ning", "nghéo")]
    together = Candidates(LEXICON, PRIOR).of(["bén", "ning", "nghéo"], ENG)
    for one, other in zip(alone, together, strict=True):
        assert one[0].tolist() == other[0].tolist()


def test_nothing_explains_a_long_ruin() -> None:
    assert words("CQNGHOAXAHQICHUNGHIA") == []


def test_a_page_s_own_reading_changes_the_order() -> None:
    own = ENG.adapted([("b@n", "bàn", 1.0)] * 20)
    ids, _ = CANDIDATES.of(["t@n"], own)[0]
    assert LEXICON[ids[0]] in ("tàn", "bàn")
    assert words("t@n")[:1] != [LEXICON[ids[0]]] or words("t@n") != [LEXICON[n] for n in ids]


def test_a_channel_that_is_gone_leaves_nothing_behind() -> None:
    own = ENG.adapted([("bén", "bền", 1.0)])
    CANDIDATES.of(["bén"], own)
    before = len(CANDIDATES._found)
    del own
    gc.collect()
    assert len(CANDIDATES._found) == before - 1
