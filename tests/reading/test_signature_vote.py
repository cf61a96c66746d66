# SPDX-License-Identifier: Apache-2.0
"""Lines of a signature that were read several times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, Word
from pipeline.reading.segments import Segment
from pipeline.reading.signature_vote import (
    as_deputy,
    best_post,
    is_sure_name,
    name_worth,
    part_words,
    post_likeness,
    vote_name,
)

_LETTER = 8.0


def segment(text: str, sure: float = 0.9) -> Segment:
    """A line whose words stand where their letters put them."""
    words, left = [], 300.0
    for word in text.split():
        right = left + _LETTER * len(word)
        words.append(Word(word, Box(left, 100.0, right, 112.0), sure))
        left = right + 4.0
    return Segment(tuple(words))


@pytest.mark.parametrize(
    ("readings", "post"),
    [
        (["KT. CHỦ TỊCH"], "KT. CHỦ TỊCH"),
        (["zg KT. CHỦ TỊCH ~"], "KT. CHỦ TỊCH"),
        (["PHỎ CHỦ TỊCH"], "PHỎ CHỦ TỊCH"),
        (["⁄⁄Z PHÙ'SHỦ TỊCH", "PHÓ CHỦ TỊCH"], "PHÓ CHỦ TỊCH"),
        (["CHỦ TỊCH", "KT. CHỦ TỊCH"], "KT. CHỦ TỊCH"),
        (["HIỆ ——~.c TRƯỞNG h"], "HIỆ TRƯỞNG"),
        (["TM. ỦY BAN NHÂN DÂN"], "TM. ỦY BAN NHÂN DÂN"),
    ],
)
def test_posts(readings: list[str], post: str) -> None:
    found = best_post([segment(text) for text in readings])
    assert found is not None
    assert found.text == post


@pytest.mark.parametrize("text", ["Trần Văn Bình", "⁄Ñ ¬ l", "SỈ xiểu JMZ#/", "và các đơn vị"])
def test_what_is_no_post(text: str) -> None:
    assert best_post([segment(text)]) is None


def test_a_post_that_one_of_three_readings_has_is_doubtful() -> None:
    alone = best_post([segment("¬ — _"), segment("~ `"), segment("CHỦ TỊCH")])
    agreed = best_post([segment("CHỦ TỊCH"), segment("CHỦ TỊCH"), segment("¬ —")])
    assert alone is not None
    assert agreed is not None
    assert alone.confidence < 0.6 < agreed.confidence


@pytest.mark.parametrize(
    ("above", "below", "lines"),
    [
        ("THỦ TƯỚNG", "TMỦ TƯỚNG", ["KT. THỦ TƯỚNG", "PHÓ TMỦ TƯỚNG"]),
        ("CHỦ TỊCH", "CHỦ TỊCH", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("KT. CHỦ TỊCH", "CHỦ TỊCH", None),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", None),
        ("CHỦ TỊCH", "PHÓ CHỦ TỊCH", None),
    ],
)
def test_a_post_that_stands_twice_is_a_deputys(
    above: str, below: str, lines: list[str] | None
) -> None:
    found = as_deputy(segment(above), segment(below))
    assert (found and [line.text for line in found]) == lines
    assert all((word.confidence or 0) < 0.6 for line in found or () for word in line.words)


def test_a_known_post_is_alike_to_itself() -> None:
    assert post_likeness("PHÓ CHỦ TỊCH") == 1.0
    assert post_likeness("Phó Chủ tịch") == 0.0
    assert 0.85 < post_likeness("THỨ] RƯỜNG") < 1.0


@pytest.mark.parametrize(
    ("readings", "name"),
    [
        # most of the readings
        (["Trần Văn Bình", "Trần Văn Bình", "Trần Vân Bình"], "Trần Văn Bình"),
        (["Đăng Văn Bình", "Đặng Văn Bình"], "Đặng Văn Bình"),
        # one reading has the first word, others the last
        (["Trần Văn Bìn+", "+rấn Văn Bình", "Trần Văn Bỉnh", "Trần Văn Bình"], "Trần Văn Bình"),
        # nobody has the family name, but it looks like one
        (["Nguy°n Văn Bình", "Nguyễa Văn Bình", "Nguy#n Văn Bình"], "Nguyễn Văn Bình"),
        (["Dữơng Văn Bình", "Dữơng Văn Bình"], "Dương Văn Bình"),
        (["xê Bình", "1.Ê Bình", "zê Bình"], "Lê Bình"),
        # a stroke for a blank; a stroke beside the name
        (["Vũ/Đức Bình", "Vũ;Đức Bình"], "Vũ Đức Bình"),
        (["VũĐức Bình", "Vũ Đức Bình"], "Vũ Đức Bình"),
    ],
)
def test_names(readings: list[str], name: str) -> None:
    assert vote_name([part_words(segment(text)) for text in readings]).text == name


def test_a_guessed_family_name_is_doubtful() -> None:
    voted = vote_name([segment("Nguy°n Văn Bình"), segment("Nguyễa Văn Bình")])
    assert [round(word.confidence or 0, 1) for word in voted.words] == [0.5, 0.9, 0.9]


def test_no_family_name_is_made_up_for_a_middle_name() -> None:
    assert vote_name([segment("Thị Thanh Bình"), segment("hị Thanh Bình")]).text.startswith("Thị")


def test_readings_that_differ_are_doubtful() -> None:
    voted = vote_name([segment("Lê Văn Chinh"), segment("Lê Văn Chỉnh")])
    assert (voted.words[-1].confidence or 0) < 0.6
    assert (voted.words[1].confidence or 0) == pytest.approx(0.9)


def test_names_are_worth_more_than_scribbles() -> None:
    assert name_worth(segment("Trần Văn Bình")) > name_worth(segment("Trần Văn"))
    assert name_worth(segment("¬K_ dị? G1066")) == 0.0
    assert name_worth(segment("xê Bình")) > 0.0


@pytest.mark.parametrize(
    ("text", "sure", "clear"),
    [
        ("Trần Văn Bình", 0.9, True),
        ("Trần Văn Bình", 0.6, False),
        ("Trẩn Văn Bình", 0.9, False),
        ("Trần", 0.9, False),
        ("Trần V@n Bình", 0.9, False),
    ],
)
def test_sure_names(text: str, sure: float, clear: bool) -> None:
    assert is_sure_name(segment(text, sure).words) is clear


@given(st.lists(st.text(alphabet="Trầnìhvăw1.°/- ", min_size=1, max_size=20), min_size=1))
def test_any_readings_have_a_vote(texts: list[str]) -> None:
    segments = [segment(text) for text in texts if text.split()]
    if segments:
        assert vote_name([part_words(one) for one in segments]).words
        best_post(segments)
