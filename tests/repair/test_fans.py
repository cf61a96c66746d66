# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.repair.fans import Fan, Fans, Weights, fixed
from pipeline.repair.language_model import language_model
from pipeline.repair.regime import regime_of
from pipeline.repair.search import NO_WORD
from pipeline.repair.slots import Token, runs
from pipeline.repair.tokens import NUMBER, UNKNOWN

GARBLED = regime_of("garbled").maker.fans


def prepared(text: str, weights: Weights | None = None) -> Fans:
    made = GARBLED
    if weights is not None:
        made = Fans(made.model, made.candidates, made.channel, weights)
    made.prepare(runs([[Token(token) for token in text.split()]], [True]))
    return made


def read(fans: Fans, fan: Fan | None, most: int = 5) -> list[str]:
    """The best readings of a fan as text, "=" for what stays as it was seen."""
    assert fan is not None
    order = np.argsort(-fan.scores, kind="stable")[:most]
    return [
        " ".join(fans.lexicon[word] for word in fan.texts[row] if word != NO_WORD) or "="
        for row in order
    ]


@pytest.mark.parametrize(
    ("seen", "right"),
    [("nghéo", "nghèo"), ("virng", "vững"), ("qudc", "quốc"), ("Poc", "độc"), ("HQI", "hội"),
     ("14", "là"), ("huyện", "huyện")],
)  # fmt: skip
def test_the_right_word_is_among_the_readings(seen: str, right: str) -> None:
    fans = prepared(seen)
    assert right in read(fans, fans.single(seen), 40)


@pytest.mark.parametrize(
    ("seen", "right"),
    [("giảmnghèo", "giảm nghèo"), ("CQNGHOA", "cộng hòa"), ("vănbản", "văn bản")],
)
def test_a_word_may_be_two(seen: str, right: str) -> None:
    fans = prepared(seen)
    assert right in read(fans, fans.split(seen), 12)


@pytest.mark.parametrize(
    ("first", "second", "right"), [("ngh", "èo", "nghèo"), ("quyé", "t", "quyết")]
)
def test_two_words_may_be_one(first: str, second: str, right: str) -> None:
    fans = prepared(f"{first} {second}")
    assert right in read(fans, fans.joined(first, second))


@pytest.mark.parametrize("text", ["nghéo bén", "ngh, èo", "ngh 90/QĐ-TTg", "(ngh) èo"])
def test_good_words_and_words_with_a_mark_between_them_are_not_joined(text: str) -> None:
    fans = Fans(GARBLED.model, GARBLED.candidates, GARBLED.channel, Weights())
    fans.prepare(runs([[Token(token) for token in text.split()]], [True]))
    assert fans._joins == {}


def test_a_run_of_letters_without_end_is_no_two_words() -> None:
    """Every cut of it would be as long as it is: memory by the square of its length."""
    assert prepared("giảm" * 2_000).split("giảm" * 2_000) is None


@pytest.mark.parametrize("seen", ["nghèo", "huyện", "Tổ"])
def test_a_good_word_is_not_split(seen: str) -> None:
    assert prepared(seen).split(seen) is None


@given(st.text(alphabet="aăâđeêôơưngmhtcNGHUB019@:?&ộứ", min_size=1, max_size=12))
@settings(max_examples=80, deadline=None)
def test_every_reading_is_sound(seen: str) -> None:
    fans = prepared(f"xã {seen}")
    if seen not in fans._singles:
        return
    fan = fans.single(seen)
    assert fan.texts.shape == fan.words.shape == (len(fan.scores), 2)
    assert np.isfinite(fan.scores).all()
    assert (fan.texts[0] == NO_WORD).all(), "the first is what was seen"
    assert (fan.texts[1:, 0] != NO_WORD).all()
    assert ((fan.words == NO_WORD) == (fan.texts == NO_WORD))[1:].all()
    assert -1 <= fan.same < len(fan.scores)


@pytest.mark.parametrize(("seen", "same"), [("nghèo", "nghèo"), ("HUYỆN", "huyện"), ("hoà", "hòa")])
def test_what_was_seen_is_known_among_the_readings(seen: str, same: str) -> None:
    fans = prepared(seen)
    fan = fans.single(seen)
    assert fans.lexicon[fan.texts[fan.same, 0]] == same


def test_what_no_table_has_stays_as_it_was_seen() -> None:
    fan = prepared("xyzw").single("xyzw")
    assert fan.same == 0
    assert fan.words[0, 0] == language_model().numbers[UNKNOWN]


def test_a_number_is_heard_as_one_where_it_stays() -> None:
    fan = prepared("14").single("14")
    assert fan.words[0].tolist() == [language_model().numbers[NUMBER], NO_WORD]


def test_an_abbreviation_that_the_model_knows_is_cheap() -> None:
    weights = Weights()
    fans = prepared("UBND xyzw", weights)
    assert fans.single("UBND").scores[0] == weights.abbreviation
    assert fans.single("xyzw").scores[0] < weights.keep


def test_a_word_with_a_capital_is_kept_for_less() -> None:
    fans = prepared("xyzw Xyzw")
    assert fans.single("Xyzw").scores[0] > fans.single("xyzw").scores[0]


def test_the_channel_weighs_what_it_is_told() -> None:
    made = (Weights(channel=share, unknown=0.0) for share in (1.0, 0.5))
    full, half = (prepared("virng", weights).single("virng") for weights in made)
    assert half.scores[1:] == pytest.approx(full.scores[1:] / 2, abs=1e-4)


def test_what_is_fixed_has_one_reading() -> None:
    fan = fixed(7)
    assert fan.words.tolist() == [[7, NO_WORD]]
    assert fan.texts.tolist() == [[NO_WORD, NO_WORD]]
    assert fan.scores.tolist() == [0.0]
