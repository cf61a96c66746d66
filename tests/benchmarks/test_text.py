# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.text import page_misses, score_page

TRUTH = "Giao Sở Y tế chủ trì"
TEXTS = st.text(alphabet="aăâbcdđeêio ôơuưỳ\n.,;12/-", max_size=60)


def _values(truth: str, got: str) -> dict[str, float]:
    return {
        name.removeprefix("text."): tally.value or 0.0
        for name, tally in score_page(truth, got).items()
    }


@pytest.mark.parametrize(
    ("got", "cer", "syllables", "words", "bag"),
    [
        (TRUTH, 0, 1, 1, 1),
        ("Giao  Sở\nY tế\tchủ trì\n", 0, 1, 1, 1),
        ("Giao Sơ Y tế chủ trì", 1 / 20, 5 / 6, 5 / 6, 5 / 6),
        ("Giao Sở Y tế", 8 / 20, 4 / 6, 4 / 6, 8 / 10),
        ("Giao Sở Y tế chủ trì nhé", 4 / 20, 1, 5 / 6, 12 / 13),
        ("Giao Sở Y tế chủ trì.", 1 / 20, 1, 5 / 6, 1),
        ("chủ trì Giao Sở Y tế", 16 / 20, 4 / 6, 2 / 6, 1),
        ("", 1, 0, 0, 0),
    ],
    ids=["same", "blanks", "letter", "lost", "added", "point", "order", "nothing"],
)
def test_known_errors(got: str, cer: float, syllables: float, words: float, bag: float) -> None:
    values = _values(TRUTH, got)
    assert values["cer"] == values["cer_micro"] == pytest.approx(cer)
    assert values["syllables"] == values["syllables_micro"] == pytest.approx(syllables)
    assert values["words"] == pytest.approx(words)
    assert values["bag"] == pytest.approx(bag)


@pytest.mark.parametrize(
    ("truth", "got"),
    [("hoà thuỷ", "hòa thủy"), ("Hòa", "Ho\u0300a"), ("quý", "quý")],
)
def test_tone_placement_and_normal_form_are_no_errors(truth: str, got: str) -> None:
    assert _values(truth, got)["cer"] == 0


def test_tone_itself_is_an_error() -> None:
    assert _values("hòa", "hóa")["syllables"] == 0


def test_micro_weighs_pages_by_length() -> None:
    short, long = score_page("ba", "bo"), score_page("a" * 98, "a" * 98)
    assert (short["text.cer"] + long["text.cer"]).value == pytest.approx(0.25)
    assert (short["text.cer_micro"] + long["text.cer_micro"]).value == pytest.approx(0.01)


def test_blank_page_read_as_blank_is_right_and_as_dirt_is_wrong() -> None:
    assert _values("", "") == {**_values("a", "a")}
    assert _values("", "x y")["syllables"] == 0


@given(TEXTS, TEXTS)
def test_scores_stay_in_range(truth: str, got: str) -> None:
    values = _values(truth, got)
    assert values["cer"] >= 0
    for name in ("syllables", "syllables_micro", "words", "bag"):
        assert 0 <= values[name] <= 1


@given(TEXTS)
def test_identity_is_perfect(text: str) -> None:
    values = _values(text, text)
    assert values["cer"] == 0
    assert {values[name] for name in ("syllables", "words", "bag")} == {1}
    assert page_misses(text, text, "page 1") == []


def test_misses_name_the_words() -> None:
    found = page_misses("Sở Y tế chủ trì", "Sơ Y tế", "page 2")
    assert [(miss.gold, miss.got, miss.note) for miss in found] == [
        ("Sở", "Sơ", "page 2"),
        ("chủ trì", None, "page 2"),
    ]
