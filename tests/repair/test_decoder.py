# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.repair.decoder import Reading, decode
from pipeline.repair.regime import Mode, regime_of
from pipeline.repair.slots import Token, paragraphs

CLEAN = (
    "Các cơ quan, đơn vị có trách nhiệm thực hiện nghiêm túc những nội dung của văn bản này.",
    "Ủy ban nhân dân huyện yêu cầu Chủ tịch Ủy ban nhân dân các xã, thị trấn tổ chức thực hiện.",
    "Kinh phí thực hiện do ngân sách nhà nước bảo đảm theo quy định của Luật Ngân sách nhà nước.",
)
WORDS = st.sampled_from(
    "giam nghéo bén virng huyén Luc Nam, Chwong trinh muc tiéu qudc gia. 14 phr:?m tuy@n - (xA) "
    "UBND 90/QĐ-TTg Tô Ổ giảmnghèo Văn hóa-Thông tin; “số” xyzw & ! a) ngh èo 19/9/2022".split()
)


def read(text: str, mode: Mode = "garbled", *, again: bool = True) -> list[Reading]:
    lines = [line.split() for line in text.split("\n")]
    regime = regime_of(mode)
    tokens = [[Token(word) for word in line] for line in lines]
    return decode(tokens, paragraphs(lines), regime.maker, regime.beam, again=again)


def said(text: str, mode: Mode = "garbled") -> str:
    return " ".join(reading.text for reading in read(text, mode))


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        (
            "Truyén thong vé Chwong trinh muc tiéu qudc gia giam nghéo bén virng huyén Luc Nam",
            "Truyền thông về Chương trình mục tiêu quốc gia giảm nghèo bền vững huyện Lục Nam",
        ),
        ("CQNG HOA XA HQI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("muc tiéu giảmnghèo bén virng", "mục tiêu giảm nghèo bền vững"),
        ("muc tiéu giam ngh éo bén virng", "mục tiêu giảm nghèo bền vững"),
        ("Uy ban nhan\ndan huyén", "Ủy ban nhân dân huyện"),
    ],
)
def test_a_reader_without_vietnamese(seen: str, right: str) -> None:
    assert said(seen) == right


@pytest.mark.parametrize("line", CLEAN)
def test_right_text_is_read_as_it_is(line: str) -> None:
    for reading in read(line, "vie"):
        assert reading.text == reading.seen
        assert reading.share > 0.9


@pytest.mark.parametrize(
    ("seen", "right"), [("nhán", "nhân"), ("nhàn", "nhân"), ("dản", "dân"), ("huyên", "huyện")]
)
def test_a_slip_of_a_reader_of_vietnamese_is_mended(seen: str, right: str) -> None:
    line = "Ủy ban nhân dân huyện yêu cầu các xã, thị trấn thực hiện."
    assert f" {right} " in said(line.replace(right, seen), "vie")


@given(st.lists(WORDS, min_size=1, max_size=14), st.sampled_from(["garbled", "vie", "plain"]))
@settings(max_examples=60, deadline=None)
def test_readings_are_sound(words: list[str], mode: Mode) -> None:
    found = read(" ".join(words), mode)
    places = [(slot.token, slot.part.start) for reading in found for slot in reading.slots]
    assert places == sorted(set(places))
    for reading in found:
        assert 0 <= reading.share <= 1.0001
        shares = [share for _, share in reading.alternatives]
        assert shares == sorted(shares, reverse=True)
        assert len(shares) <= 5
        assert sum(shares) + reading.share <= 1.01
        assert reading.text.strip() == reading.text != ""
        assert all(slot.open for slot in reading.slots)
        if not reading.words:
            assert reading.text == reading.seen


@given(st.lists(WORDS, min_size=1, max_size=10))
@settings(max_examples=30, deadline=None)
def test_the_same_is_read_the_same(words: list[str]) -> None:
    assert read(" ".join(words)) == read(" ".join(words))


def test_nothing_to_read() -> None:
    assert read("") == []
    assert read("90/QĐ-TTg .") == []


def test_what_the_document_repeats_decides_where_it_was_read_badly() -> None:
    """A place that no sentence of the model knows, garbled once more than the others."""
    text = "\n".join(["Chi thi cua huyén Luc Nam vé giam nghéo."] * 6)
    again = {reading.text for reading in read(text) if reading.seen == "Luc"}
    assert again == {"Lục"}


def test_alternatives_are_other_readings() -> None:
    for reading in read("ndi dung cua van ban", again=False):
        assert reading.text.lower() not in [
            other.lower() for other, _ in reading.alternatives if other != reading.text
        ]
        assert all(other for other, _ in reading.alternatives)
