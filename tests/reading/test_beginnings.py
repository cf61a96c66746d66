# SPDX-License-Identifier: Apache-2.0
"""Where another document begins in a file, and where only a form or a draft is enclosed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typeset import BODY, HEAD, HEIGHT, TITLE, WIDTH, Text, typeset

from pipeline.model import Role, TextLayer, Verdict
from pipeline.reading.beginnings import begins_document, may_begin
from pipeline.reading.page import page_of_lines, page_of_text

LAYER = TextLayer(Verdict.CLEAN, "typed")
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def begins(*texts: Text, number: int = 2) -> bool:
    page = page_of_lines(typeset(*texts), WIDTH, HEIGHT, number, LAYER)
    return {Role.ORGAN, Role.MOTTO} <= {block.role for block in page.blocks}


def text_begins(text: str) -> bool:
    blocks = page_of_text(text, 2, LAYER).blocks
    return {Role.ORGAN, Role.MOTTO} <= {block.role for block in blocks}


def with_number(number: str, date: str) -> list[Text]:
    return [*HEAD[:4], Text(90, 112, number), Text(300, 112, date)]


@pytest.mark.parametrize(
    ("number", "date", "expected"),
    [
        ("Số: 37/CT-UBND", "Phú Hòa, ngày 12 tháng 8 năm 2021", True),
        ("Số:   /CT-UBND", "Phú Hòa, ngày 12 tháng 8 năm 2021", True),
        ("Số: 37/CT-UBND", "Phú Hòa, ngày    tháng 8 năm 2021", True),
        ("Số: 5/2021/QĐ-UBND", "Phú Hòa, ngày    tháng 8 năm 2021", True),
        # drafts that a proposal encloses
        ("Số:   /CT-UBND", "Phú Hòa, ngày    tháng 8 năm 2021", False),
        ("Số:   /2021/NQ-HĐND", "Phú Hòa, ngày    tháng    năm 2021", False),
        # forms
        ("Số: …/BC-…", "……, ngày … tháng … năm 20…", False),
    ],
)
def test_a_head_with_a_number_or_a_day_begins_a_document(
    number: str, date: str, *, expected: bool
) -> None:
    assert begins(*with_number(number, date), *TITLE, *BODY) is expected


@pytest.mark.parametrize(
    "mark",
    [
        Text(230, 46, "Mẫu số 01"),
        Text(230, 46, "Phụ lục II"),
        Text(150, 46, "(Kèm theo Quyết định số 12/QĐ-UBND ngày 5/6/2021)"),
        Text(90, 46, "DỰ THẢO", bold=True),
    ],
)
def test_what_is_marked_as_enclosed_begins_none(mark: Text) -> None:
    assert not begins(mark, *HEAD, *TITLE, *BODY)


def test_an_act_that_is_enclosed_says_so_under_its_title() -> None:
    under = Text(150, 206, "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 5/6/2021)")
    assert begins(*HEAD, *TITLE, *BODY)
    assert not begins(*HEAD, *TITLE, under, *BODY)


def test_a_motto_further_down_or_in_a_sentence_begins_none() -> None:
    low = [Text(text.x, text.y + 320, text.text, text.size, text.bold) for text in HEAD]
    assert not begins(*BODY, *low)
    sentence = Text(85, 70, "Nhà nước Cộng hòa xã hội chủ nghĩa Việt Nam công nhận quyền đó.")
    assert not may_begin(typeset(sentence, *BODY), HEIGHT)


def test_the_first_page_keeps_whatever_head_it_has() -> None:
    draft = with_number("Số:   /CT-UBND", "Phú Hòa, ngày    tháng 8 năm 2021")
    assert begins(*draft, *TITLE, *BODY, number=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"UBND HUYỆN PHÚ HÒA\n{MOTTO}Số: 12/QĐ-UBND\nPhú Hòa, ngày 5 tháng 6 năm 2021\n", True),
        ("HUYỆN ỦY PHÚ HÒA\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 5-CT/HU\n"
         "Phú Hòa, ngày 12 tháng 5 năm 2023\n", True),
        (f"Mẫu số 02\nTÊN CƠ QUAN\n{MOTTO}Số: …\n…, ngày … tháng … năm 20…\n", False),
        (f"(thuộc Phụ lục kèm theo Nghị định số 31/2018/NĐ-CP)\nTÊN CƠ QUAN\n{MOTTO}Số: …\n"
         "…, ngày … tháng … năm 20…\n", False),
        (f"HỢP ĐỒNG\n{MOTTO}Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;\n", False),
        (f"{MOTTO}ĐƠN ĐỀ NGHỊ\nKính gửi: Sở Y tế\nTôi là Lê An.\n", False),
    ],
)  # fmt: skip
def test_plain_text(text: str, *, expected: bool) -> None:
    assert text_begins(f"{text}CHỈ THỊ\nVề phòng cháy\nNay yêu cầu các xã thực hiện.") is expected


def test_no_blocks_begin_nothing() -> None:
    assert not begins_document(())
    assert not may_begin((), HEIGHT)


@given(st.text(max_size=300), st.lists(st.sampled_from(MOTTO.split("\n")), max_size=2))
def test_no_text_makes_it_raise(text: str, mottos: list[str]) -> None:
    assert isinstance(text_begins("\n".join([*mottos, text])), bool)
