# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.alignment import probability, tally
from pipeline.repair.channel import Channel, Counts, Mixed, Rules, channel_of, counted
from pipeline.repair.letters import ALPHABET, NUMBER

READERS = ("eng", "vie")
runs = st.text(alphabet=[*ALPHABET, *"0123456789¢@|&'.:"], max_size=3)


def chance(channel: Channel, seen: str, letter: str) -> float:
    return float(channel.letters(seen)[NUMBER[letter]])


def of_unit(channel: Channel, seen: str, unit: str) -> float:
    """P(seen | unit): what was counted, and what its letters give."""
    return channel.units(seen).get(unit, 0.0) + channel.rest(unit) * probability(
        channel, seen, unit
    )


@pytest.mark.parametrize("reader", READERS)
@given(seen=runs)
def test_nothing_is_impossible(reader: str, seen: str) -> None:
    channel = channel_of(reader)
    for each in (channel, channel.adapted([("bén", "bền", 1.0)]), channel.mixed(Rules(), 0.3)):
        vector = each.letters(seen)
        assert np.isfinite(vector).all()
        assert (vector > 0).all()
        assert (vector <= 1).all()
        assert all(0 <= share <= 1 for share in each.units(seen).values())


@pytest.mark.parametrize("reader", READERS)
def test_what_a_letter_may_become_sums_to_one_at_most(reader: str) -> None:
    channel = channel_of(reader)
    total = np.sum([channel.letters(seen) for seen in ["", *ALPHABET, *"0123456789"]], axis=0)
    assert (total <= 1.001).all()
    assert total.mean() > 0.8


@pytest.mark.parametrize(
    ("seen", "letter", "other"),
    [("é", "ề", "a"), ("D", "Đ", "T"), ("w", "ư", "e"), ("6", "ố", "a")],
)
def test_a_reader_without_vietnamese_takes_one_for_the_other(
    seen: str, letter: str, other: str
) -> None:
    channel = channel_of("eng")
    assert chance(channel, seen, letter) > 10 * chance(channel, seen, other)


def test_a_reader_of_vietnamese_mostly_reads_what_stands_there() -> None:
    channel = channel_of("vie")
    assert all(chance(channel, letter, letter) > 0.5 for letter in "aăâđeêioôơuưcnht")
    assert chance(channel_of("eng"), "ề", "ề") < 0.1


@given(
    st.sampled_from([("bBn", "bền"), ("trQng", "trọng"), ("H0I", "HỘI"), ("v4", "và")]),
    st.sampled_from(READERS),
)
def test_what_a_page_shows_becomes_more_likely(pair: tuple[str, str], reader: str) -> None:
    seen, right = pair
    before = channel_of(reader)
    after = before.adapted([(seen, right, 1.0)] * 5)
    assert probability(after, seen, right) > probability(before, seen, right)


def test_a_page_teaches_letters_for_other_words() -> None:
    before = channel_of("eng")
    after = before.adapted([("cQng", "cộng", 1.0), ("hQi", "hội", 1.0), ("bQ", "bộ", 1.0)])
    assert probability(after, "đQng", "động") > 2 * probability(before, "đQng", "động")


def test_a_page_teaches_units_as_a_whole() -> None:
    before = channel_of("eng")
    after = before.adapted([("thrmg", "thường", 1.0)] * 10)
    assert of_unit(after, "rmg", "ường") > 10 * of_unit(before, "rmg", "ường")


def test_a_pair_with_signs_on_its_right_teaches_nothing() -> None:
    counts = Counts()
    assert tally(counts, Rules(), "90/QD-TTg", "90/QĐ-TTg") == 0.0
    assert not counts.letters
    assert not counts.units


def test_a_mixture_lies_between() -> None:
    one, other = channel_of("eng"), channel_of("vie")
    mixed = Mixed(one, other, 0.25)
    expected = 0.75 * one.letters("é") + 0.25 * other.letters("é")
    assert mixed.letters("é") == pytest.approx(expected)
    assert mixed.rest("uyên") == pytest.approx(0.75 * one.rest("uyên") + 0.25 * other.rest("uyên"))


def test_a_tone_is_counted_in_the_old_place() -> None:
    counts = Counts()
    tally(counts, Rules(), "hoà", "hoà")
    assert {unit for row in counts.units.values() for unit in row} == {"h", "òa"}


def test_letters_that_differ_in_marks_only_learn_from_each_other() -> None:
    counts = Counts()
    for word in ("bỏ", "bò", "bó"):
        tally(counts, Rules(), "b6", word, 20.0)
    assert chance(counted(counts), "6", "ỗ") > 10 * chance(Rules(), "6", "ỗ")


def test_loading_is_quick() -> None:
    channel_of.cache_clear()
    start = time.process_time()
    channel_of("eng")
    assert time.process_time() - start < 0.3
