# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrap import CLEAN, block, boxed

from pipeline.model import Block, Box, Edit, Line, Role, Word
from pipeline.repair.changes import words_of
from pipeline.repair.prose import decoded
from pipeline.repair.regime import Mode, regime_of

SEEN = "Truyén thong vé Chwong trinh muc tiéu qudc gia giam nghéo bén virng huyén Luc Nam"
RIGHT = "Truyền thông về Chương trình mục tiêu quốc gia giảm nghèo bền vững huyện Lục Nam"
WORDS = st.sampled_from(
    "giam nghéo bén virng huyén Luc Nam, trinh qudc gia. 14 phr:?m tuy@n - (xA) UBND 90/QD-TTg "
    "Tô Ổ giảmnghèo Văn hóa-Thông tin; “số” xyzw & ! a) ngh èo 19/9/2022 vé’ cir? 25.000".split()
)


def text(blocks: list[Block]) -> str:
    return "\n".join(own.text for own in blocks)


def seen(blocks: list[Block]) -> list[str]:
    return [
        part
        for own in blocks
        for word in words_of(own)
        for part in (word.edit.before if word.edit else word.text).split()
    ]


def test_words_become_what_they_are_with_their_receipts() -> None:
    (made,) = decoded([block(Role.BODY, SEEN)], regime_of("garbled"))
    assert made.text == RIGHT
    assert seen([made]) == SEEN.split()
    for word in words_of(made):
        if word.edit is not None:
            assert word.edit.rule == "decoder"
            assert 0 < word.edit.score <= 1
            assert word.edit.before != word.text


def test_a_word_that_stays_has_the_confidence_of_its_reading() -> None:
    made = decoded([block(Role.BODY, CLEAN)], regime_of("vie"))
    assert text(made) == CLEAN
    assert all(word.edit is None for word in words_of(made[0]))
    assert all(
        0.9 < (word.confidence or 0) <= 1 for word in words_of(made[0]) if len(word.text) > 2
    )


def test_a_sentence_goes_over_the_border_of_blocks() -> None:
    """The second block goes on with the first: "dân" is told by "nhân"."""
    first, second = block(Role.BODY, "Uy ban nhan"), block(Role.BODY, "dan huyén")
    made = decoded([first, replace(second, continues=True)], regime_of("garbled"))
    assert text(made) == "Ủy ban nhân\ndân huyện"
    assert [own.continues for own in made] == [False, True]


def test_boxes_of_words_that_become_one_are_joined() -> None:
    (made,) = decoded([boxed(Role.BODY, "giam", "ngh", "éo", "bén", "virng")], regime_of("garbled"))
    assert made.text == "giảm nghèo bền vững"
    word = words_of(made)[1]
    assert word.box == Box(10, 0, 29, 8)
    assert word.edit is not None
    assert word.edit.before == "ngh éo"


@pytest.mark.parametrize("mode", ["garbled", "vie", "plain"])
@pytest.mark.parametrize(
    "token",
    ["90/QĐ-TTg", "19/9/2022", "25.000.000", "http://bacgiang.gov.vn", "vanthu@lucnam.gov.vn",
     "2021-2025", "12,5%", "COVID-19", "LĐTB&XH"],
)  # fmt: skip
def test_what_is_no_word_stays(mode: Mode, token: str) -> None:
    (made,) = decoded([block(Role.BODY, f"{CLEAN[:-1]} {token} {CLEAN}")], regime_of(mode))
    assert [word.edit for word in words_of(made) if word.text == token] == [None]


def test_what_was_mended_before_stays() -> None:
    done = Word("nghéo", edit=Edit("x", 0.9, "name"))
    (made,) = decoded([Block(Role.BODY, (Line((done, Word("dói"))),))], regime_of("garbled"))
    assert words_of(made)[0] == done


def test_a_stop_before_a_small_letter_was_a_comma() -> None:
    line = "Cac co quan. don vi thyc hién nghiém tuc"
    (made,) = decoded([block(Role.BODY, line)], regime_of("garbled"))
    assert "quan, đơn vị" in made.text


@given(
    st.lists(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=3), max_size=3),
    st.sampled_from(["garbled", "vie", "plain"]),
    st.sampled_from([Role.BODY, Role.RECIPIENTS, Role.SIGNATURE]),
)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost(pages: list[list[list[str]]], mode: Mode, role: Role) -> None:
    given_blocks = [block(role, *map(" ".join, lines)) for lines in pages]
    made = decoded(given_blocks, regime_of(mode))
    assert seen(made) == seen(given_blocks)
    assert [len(own.lines) for own in made] == [len(own.lines) for own in given_blocks]


def test_no_blocks() -> None:
    assert decoded([], regime_of("vie")) == []
