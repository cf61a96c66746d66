# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.channel import channel_of
from pipeline.repair.letter_case import CAPITAL, CAPITALS, SMALL, Spoken, cased, shape_of
from pipeline.vietnamese import fold_tone_placement

ENG = channel_of("eng")
COMMON, NAME = (0.02, 0.05), (0.9, 0.95)


def spoken(
    seen: str, word: str, usual: tuple[float, float] = COMMON, *, begins: bool = False
) -> Spoken:
    return Spoken(seen, word, usual, None, begins)


def texts(run: list[Spoken]) -> list[str]:
    return [text for text, _ in cased(run, ENG)]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("huyện", SMALL),
        ("Huyện", CAPITAL),
        ("HUYỆN", CAPITALS),
        ("Ô", CAPITAL),
        ("ô", SMALL),
        ("UBND", CAPITALS),
        ("TTg", CAPITAL),
        ("Đ1", CAPITAL),
        ("1", SMALL),
        ("", SMALL),
    ],
)
def test_shapes(text: str, shape: int) -> None:
    assert shape_of(text) == shape


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["huyén huyện", "vé về", "ngheo nghèo"], "huyện về nghèo"),
        (["CHU chủ", "TICH tịch"], "CHỦ TỊCH"),
        # One letter of a heading in capitals was taken for small.
        (["UY ủy", "BAN ban", "xA xã", "HOI hội"], "ỦY BAN XÃ HỘI"),
        (["huyén huyện", "Luc lục"], "huyện Lục"),
    ],
)
def test_neighbours_speak_for_the_case(words: list[str], expected: str) -> None:
    run = [
        spoken(*word.split(), NAME if word.endswith("lục") else COMMON, begins=place == 0)
        for place, word in enumerate(words)
    ]
    found = " ".join(texts(run))
    assert found.capitalize() == expected.capitalize()
    assert found.split()[1:] == expected.split()[1:]


def test_behind_a_stop_a_capital_is_usual() -> None:
    behind, within = (
        texts([spoken("vé", "về", begins=False), spoken("V6i", "với", begins=begins)])[1]
        for begins in (True, False)
    )
    assert behind == "Với"
    assert within in ("Với", "với")


def test_what_stays_as_it_was_read_keeps_its_case() -> None:
    run = [Spoken("iPhone", "", (0.0, 0.0), SMALL, True), Spoken("TTg", "", (0.0, 0.0), 1, False)]
    assert cased(run, ENG) == [("iPhone", 1.0), ("TTg", 1.0)]


def test_a_case_that_the_neighbours_bear_out_is_surer() -> None:
    """A lone O is as good as an o; among capitals it is one of them."""
    alone = cased([spoken("xa", "xã", begins=True), spoken("O", "ở")], ENG)[1]
    among = cased([spoken("XA", "xã", begins=True), spoken("HOI", "hội")], ENG)[1]
    assert among == ("HỘI", pytest.approx(1, abs=0.01))
    assert alone[1] < among[1]


def test_no_words() -> None:
    assert cased([], ENG) == []


@given(
    st.lists(
        st.builds(
            spoken,
            st.text(alphabet="aAoOcCvVxXnNgGđĐ1", min_size=1, max_size=6),
            st.sampled_from(["huyện", "về", "ô", "xã", "ủy", "nghèo"]),
            st.tuples(st.floats(0, 1), st.floats(0, 1)),
            begins=st.booleans(),
        ),
        max_size=6,
    )
)
def test_only_the_case_is_decided(run: list[Spoken]) -> None:
    assert all(0.3 < share <= 1 for _, share in cased(run, ENG))
    found = texts(run)
    assert [fold_tone_placement(text.lower()) for text in found] == [word.word for word in run]
    for text in found:
        assert text in (text.lower(), text.capitalize(), text.upper())
