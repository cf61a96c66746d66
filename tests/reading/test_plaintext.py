# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import SET_APART, Role
from pipeline.reading.plaintext import arrange_text
from pipeline.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.model import Block


def lines(blocks: Sequence[Block], role: Role) -> list[str]:
    return [line.text for block in blocks if block.role is role for line in block.lines]


def texts(blocks: Sequence[Block], role: Role) -> list[str]:
    return [block.text for block in blocks if block.role is role]


COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
SLOGAN = "Độc lập - Tự do - Hạnh phúc"

ONE_COLUMN = """\
ỦY BAN NHÂN DÂN
TỈNH BẮC NINH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/CT-UBND
Bắc Ninh, ngày 05 tháng 3 năm 2026
CHỈ THỊ
Về việc tăng cường lưu trữ hồ sơ
trong tình hình mới
Thực hiện Luật Lưu trữ, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các đơn vị
rà soát hồ sơ.
1. Sở Nội vụ hướng dẫn các đơn vị.
2. Sở Tài chính bố trí kinh phí.
Nơi nhận:
- Như trên;
- Lưu: VT, NC.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""

TWO_COLUMNS = """\
  UBND TỈNH BẮC NINH                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
     SỞ NỘI VỤ                           Độc lập - Tự do - Hạnh phúc
Số: 345/SNV-VTLT                     Bắc Ninh, ngày 7 tháng 4 năm 2026
V/v chỉnh lý tài liệu
tồn đọng

              Kính gửi:
                   - Các sở, ban, ngành;
                   - UBND các xã, phường.

    Sở Nội vụ đề nghị các đơn vị chỉnh lý tài liệu trước ngày 30/6/2026./.

Nơi nhận:                            KT. GIÁM ĐỐC
- Như trên;                          PHÓ GIÁM ĐỐC
- Lưu: VT.
                                     Lê Thị Mẫu
"""


class TestOneColumn:
    blocks = arrange_text(ONE_COLUMN)

    def test_head(self) -> None:
        assert lines(self.blocks, Role.ORGAN) == ["ỦY BAN NHÂN DÂN", "TỈNH BẮC NINH"]
        assert lines(self.blocks, Role.MOTTO) == [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
        ]
        assert lines(self.blocks, Role.NUMBER) == ["Số: 12/CT-UBND"]
        assert lines(self.blocks, Role.PLACE_DATE) == ["Bắc Ninh, ngày 05 tháng 3 năm 2026"]
        assert lines(self.blocks, Role.TITLE) == [
            "CHỈ THỊ",
            "Về việc tăng cường lưu trữ hồ sơ",
            "trong tình hình mới",
        ]

    def test_body_is_paragraphs(self) -> None:
        assert texts(self.blocks, Role.BODY) == [
            "Thực hiện Luật Lưu trữ, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các đơn vị "
            "rà soát hồ sơ.",
            "1. Sở Nội vụ hướng dẫn các đơn vị.",
            "2. Sở Tài chính bố trí kinh phí.",
        ]

    def test_foot(self) -> None:
        assert lines(self.blocks, Role.RECIPIENTS) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, NC."]
        assert lines(self.blocks, Role.SIGNATURE) == [
            "TM. ỦY BAN NHÂN DÂN",
            "KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Trần Văn Mẫu",
        ]


class TestTwoColumns:
    blocks = arrange_text(TWO_COLUMNS)

    def test_columns_do_not_run_together(self) -> None:
        assert lines(self.blocks, Role.ORGAN) == ["UBND TỈNH BẮC NINH", "SỞ NỘI VỤ"]
        assert lines(self.blocks, Role.NUMBER) == ["Số: 345/SNV-VTLT"]
        assert lines(self.blocks, Role.PLACE_DATE) == ["Bắc Ninh, ngày 7 tháng 4 năm 2026"]
        assert lines(self.blocks, Role.SUBJECT) == ["V/v chỉnh lý tài liệu", "tồn đọng"]
        assert lines(self.blocks, Role.ADDRESSEES) == [
            "Kính gửi:",
            "- Các sở, ban, ngành;",
            "- UBND các xã, phường.",
        ]
        assert lines(self.blocks, Role.RECIPIENTS) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
        assert lines(self.blocks, Role.SIGNATURE) == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Mẫu"]


@pytest.fixture(scope="module")
def plan(samples: Path) -> tuple[Block, ...]:
    return arrange_text((samples / "plan-194.txt").read_text(encoding="utf-8"))


class TestTheFoundingPlan:
    def test_merged_columns_of_the_head(self, plan: tuple[Block, ...]) -> None:
        assert lines(plan, Role.ORGAN) == ["UY BAN NHAN DAN", "HUYEN LUC NAM"]
        assert lines(plan, Role.MOTTO) == [
            "CONG HOA XA HQI CHU NGHIA VIET NAM",
            "Poc 1ap - Tw do - Hanh phiic",
        ]
        assert lines(plan, Role.NUMBER) == ["S6: 194 /KH-UBND"]
        assert lines(plan, Role.PLACE_DATE) == ["Luc Nam, ngay 19 thang 9 nam 2022"]
        assert lines(plan, Role.TITLE)[0] == "KE HOACH"
        assert len(lines(plan, Role.TITLE)) == 3

    def test_merged_columns_of_the_foot(self, plan: tuple[Block, ...]) -> None:
        assert lines(plan, Role.SIGNATURE) == ["KT, CHU TICH", "HO CHU TICH", "Dwong Cong Pinh"]
        recipients = lines(plan, Role.RECIPIENTS)
        assert recipients[0] == "Noi nhén:"
        assert recipients[-1] == "- Luyu: VT, LDTB&XH."
        assert len(recipients) == 11

    def test_headings_are_paragraphs_of_their_own(self, plan: tuple[Block, ...]) -> None:
        body = texts(plan, Role.BODY)
        assert "V.TO CHUC THUC HIEN" in body
        assert "1. Phong Lao dgng - Thwong binh va Xa hoi" in body
        assert sum(text.startswith("- T") for text in body) > 10

    def test_page_number_is_set_apart(self, plan: tuple[Block, ...]) -> None:
        assert lines(plan, Role.PAGE_NUMBER) == ["5"]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        (f"VĂN PHÒNG CHÍNH PHỦ\n{COUNTRY}{SLOGAN}-----", 1),
        (f"BỘ TÀI CHÍNH | {COUNTRY}\nCỤC THUẾ | {SLOGAN}", 2),
    ],
)
def test_text_pasted_from_the_web(text: str, organ: int) -> None:
    rest = "Số: 1/TB-VPCP\nHà Nội, ngày 1 tháng 3 năm 2026\nTHÔNG BÁO\nVề lễ"
    blocks = arrange_text(f"{text}\n{rest}")
    assert len(lines(blocks, Role.ORGAN)) == organ
    assert lines(blocks, Role.MOTTO) == [COUNTRY, SLOGAN]
    assert lines(blocks, Role.TITLE) == ["THÔNG BÁO", "Về lễ"]


def test_a_later_page_has_no_head() -> None:
    blocks = arrange_text(ONE_COLUMN, first_page=False)
    assert not lines(blocks, Role.MOTTO)
    assert lines(blocks, Role.SIGNATURE)[-1] == "Trần Văn Mẫu"


def test_prose_alone_is_body() -> None:
    blocks = arrange_text("Các đơn vị báo cáo kết quả.\n\nBáo cáo gửi trước ngày 10 hằng tháng.")
    assert [block.role for block in blocks] == [Role.BODY, Role.BODY]


def test_who_decides_is_body_not_title() -> None:
    text = ONE_COLUMN.replace("CHỈ THỊ", "QUYẾT ĐỊNH").replace(
        "trong tình hình mới", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẮC NINH"
    )
    assert len(lines(arrange_text(text), Role.TITLE)) == 2


def test_a_name_under_a_blank_line_is_in_the_signature_alone() -> None:
    """The blank is where the hand and the seal stand; the name must not be body text as well."""
    blocks = arrange_text(
        "Giao các phòng thực hiện./.\nGIÁM ĐỐC\n\nLê Thị An\n\nPHỤ LỤC\n", first_page=False
    )
    assert lines(blocks, Role.SIGNATURE) == ["GIÁM ĐỐC", "Lê Thị An"]
    assert lines(blocks, Role.BODY) == ["Giao các phòng thực hiện./.", "PHỤ LỤC"]


def test_nothing_gives_nothing() -> None:
    assert arrange_text("") == ()
    assert arrange_text(" \n\n ") == ()


LETTERS = st.text(alphabet="aăâbđeêơưáỘ KTSố:/.-;1 9\n\t\u00a0", max_size=200)


@given(st.one_of(LETTERS, st.permutations(ONE_COLUMN.splitlines()).map("\n".join)))
def test_no_letter_is_lost(text: str) -> None:
    blocks = arrange_text(text)
    found = sorted("".join(block.text for block in blocks).replace(" ", ""))
    expected = sorted("".join(nfc(text).split()))
    marks = set("|-_=*~")  # rules between the parts of a head carry no text
    assert [c for c in found if c not in marks] == [c for c in expected if c not in marks]


@pytest.mark.slow
def test_real_acts_keep_head_and_signature(shared_data: Path) -> None:
    missing = 0
    acts = sorted((shared_data / "corpus" / "dev_documents").glob("*.txt"))
    for act in acts:
        blocks = arrange_text(act.read_text(encoding="utf-8"))
        roles = {block.role for block in blocks} - SET_APART
        missing += not {Role.MOTTO, Role.NUMBER} <= roles
        missing += not roles & {Role.SIGNATURE}
    assert missing <= 0.1 * len(acts)
