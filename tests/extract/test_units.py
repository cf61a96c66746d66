# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.nlp import load
from pipeline.extract.unit_marks import mark
from pipeline.extract.units import Mention, find_mentions, read_list, unit_key


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
    assert len(names()) >= 120


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
        ("Sở Lao động-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở Lao động, Thương binh và Xã hội", "Sở LĐ-TB&XH"),
        ("UBND TP. Huế", "Ủy ban nhân dân Thành phố Huế"),
        ("Các sở, ngành", "các sở ngành"),
    ],
)
def test_spellings_of_one_unit(one: str, other: str) -> None:
    assert unit_key(one) == unit_key(other)


def test_a_part_in_brackets_makes_another_unit() -> None:
    assert unit_key("Văn phòng Sở (Tổ Tổng hợp)") != unit_key("Văn phòng Sở")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Sở Y tế, Công an tỉnh rà soát", ["unit", "unit"]),
        ("Giám đốc Sở Y tế chỉ đạo", ["person"]),
        ("Thủ trưởng các sở, ban, ngành chỉ đạo", ["group"]),
        ("UBND các xã, phường thực hiện", ["group"]),
        ("UBND xã, phường thực hiện", ["group"]),
        ("UBND cấp xã thực hiện", ["group"]),
        ("UBND cấp tỉnh thực hiện", ["unit"]),
        ("các cơ quan, đơn vị liên quan rà soát", ["group"]),
        ("các Bộ: Quốc phòng, Công an rà soát", ["unit", "unit"]),
        ("Bộ trưởng Bộ Nội vụ báo cáo", ["person"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [mention.kind for mention in mentions(text)] == kinds


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("30 địa phương chưa báo cáo", ["30 địa phương"]),
        ("cơ quan có thẩm quyền quyết định", ["cơ quan có thẩm quyền"]),
        ("tỉnh Đắk Lắk khẩn trương", ["tỉnh Đắk Lắk"]),
        ("thành phố Hà Nội và các tỉnh Bắc Ninh, Gia Lai đẩy nhanh",
         ["thành phố Hà Nội", "các tỉnh Bắc Ninh, Gia Lai"]),
        ("đơn vị, địa phương gửi kết quả", ["đơn vị, địa phương"]),
        ("cơ quan sử dụng công chức có trách nhiệm bố trí", ["cơ quan sử dụng công chức"]),
        ("cơ quan báo cáo kết quả, Sở Y tế có trách nhiệm tổng hợp", ["cơ quan"]),
        ("cơ quan chủ trì báo cáo", ["cơ quan chủ trì"]),
        ("thực hiện nghiêm túc", []),
        ("02 bộ hồ sơ", []),
    ],
)  # fmt: skip
def test_a_list_where_units_are_looked_for(text: str, units: list[str]) -> None:
    found, _ = read_list(mark(load()(text)), 0)
    assert [mention.name for mention in found] == units


def test_an_end_that_no_list_knows_is_less_sure() -> None:
    (known,) = mentions("Sở Tài chính báo cáo")
    (open_end,) = mentions("Ban Chỉ đạo xoá nhà tạm, nhà dột nát huyện Bình Sơn")
    assert known.trust > open_end.trust


def test_a_name_of_too_many_words_is_doubted() -> None:
    (mention,) = mentions("Trung tâm " + "Xanh " * 60)
    assert mention.trust < 0.5


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
                "xã",
                "từ",
                "đến",
                "TP.",
                "30",
                "Giám đốc",
                "có trách nhiệm",
                "địa phương",
                "Bắc Ninh",
                "được giao",
                "HĐND",
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


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    for mention in mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert unit_key(mention.name) is not None
