# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.nlp import load
from pipeline.extract.unit_marks import mark
from pipeline.extract.units import Mention, Registry, find_mentions, unit_key
from pipeline.model import Block, Line, Page, Role, TextLayer, Verdict, Word
from pipeline.passage import compose


def mentions(text: str) -> list[Mention]:
    return find_mentions(mark(load()(text)))


def names() -> list[dict[str, str]]:
    path = Path(__file__).parent / "unit_names.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", names(), ids=lambda row: row["text"][:50])
def test_names(row: dict[str, str]) -> None:
    assert " ¶ ".join(mention.name for mention in mentions(row["text"])) == row["units"]


def test_the_table_is_large() -> None:
    assert len(names()) >= 40


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức tập huấn, tuyên truyền sâu rộng",
        "Báo cáo kết quả đúng thời hạn",
        "Trường hợp có vướng mắc thì phản ánh",
        "Phòng, chống dịch bệnh trên đàn vật nuôi",
        "Ban hành kèm theo quy chế này",
        "Hội nghị tổng kết công tác năm",
        "bản đồ số của các khu dân cư",
        "thực hiện nghiêm quy định của pháp luật",
    ],
)
def test_no_units(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND huyện", "Ủy ban nhân dân huyện"),
        ("Uỷ ban nhân dân huyện", "Ủy ban nhân dân huyện"),
        ("Phòng Văn hóa - Thông tin", "Phòng Văn hoá – Thông tin"),
        ("Các cơ quan", "các cơ quan"),
        ("Sở Giáo dục và Đào tạo (GDĐT)", "Sở Giáo dục và Đào tạo"),
    ],
)
def test_spellings_of_one_unit(one: str, other: str) -> None:
    assert unit_key(one) == unit_key(other)


def test_a_part_in_brackets_makes_another_unit() -> None:
    assert unit_key("Văn phòng Sở (Tổ Tổng hợp)") != unit_key("Văn phòng Sở")


def test_registry_numbers_units_once_and_knows_where_they_stand() -> None:
    text = "Sở Tài chính và Sở tài chính"
    words = tuple(Word(word) for word in text.split())
    block = Block(Role.BODY, (Line(words),))
    page = Page(3, None, None, TextLayer(Verdict.CLEAN, "test"), (block,))
    registry = Registry(compose([(page, block)]))
    ids = [registry.add(mention, 0) for mention in mentions(text)]
    assert ids == ["u1", "u1"]
    (unit,) = registry.units
    assert (unit.value, unit.evidence[0].page) == ("Sở Tài chính", 3)


@given(
    st.lists(
        st.sampled_from(
            [
                "Sở",
                "Tài chính",
                "các",
                "Bộ:",
                "Y tế",
                ",",
                ";",
                "và",
                "UBND",
                "(",
                ")",
                "tỉnh",
                "Công an",
                "liên quan",
                "chủ trì",
                "Phòng",
                "thuộc",
                "-",
                "đơn vị",
                "Ban Chỉ đạo",
                ".",
                ":",
            ]
        ),
        max_size=15,
    )
)
def test_spans_lie_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for mention in mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
