# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrap import CLEAN, GARBLED, as_read, before, block, boxed, document, text, words

from pipeline.model import Box, Document, Role
from pipeline.reading.plaintext import arrange_text
from pipeline.repair.engine import repair
from pipeline.repair.kinds import is_protected
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings()


@pytest.fixture(scope="module")
def plan(samples: Path) -> Document:
    return document(*arrange_text((samples / "plan-194.txt").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def mended(plan: Document) -> Document:
    return repair(plan, SETTINGS)


class TestTheFoundingPlan:
    @pytest.mark.parametrize(
        ("role", "right"),
        [
            (Role.ORGAN, "ỦY BAN NHÂN DÂN HUYỆN LỤC NAM"),
            (Role.MOTTO, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"),
            (Role.NUMBER, "Số: 194 /KH-UBND"),
            (Role.PLACE_DATE, "Lục Nam, ngày 19 tháng 9 năm 2022"),
        ],
    )
    def test_head(self, mended: Document, role: Role, right: str) -> None:
        assert text(mended, role) == right

    def test_type_and_signature(self, mended: Document) -> None:
        assert text(mended, Role.TITLE).startswith("KẾ HOẠCH ")
        assert text(mended, Role.SIGNATURE).startswith("KT. CHỦ TỊCH PHÓ CHỦ TỊCH ")
        assert text(mended, Role.RECIPIENTS).startswith("Nơi nhận: ")

    @pytest.mark.parametrize(
        "right",
        [
            "Chỉ thị số 05-CT/TW ngày 23/6/2021",
            "Quyết định số 90/QĐ-TTg ngày 18/01/2022",
            "Quyết định số 650/QĐ-LĐTBXH ngày 21/7/2022",
            "455/KH-UBND ngày 5/8/2022",
            "Kế hoạch số 4186/KH-UBND ngày 27/8/2022",
        ],
    )
    def test_references(self, mended: Document, right: str) -> None:
        assert right in text(mended, Role.BODY)

    @pytest.mark.parametrize(
        "heading",
        [
            "I. MỤC ĐÍCH, YÊU CẦU",
            "III. NỘI DUNG, HÌNH THỨC, GIẢI PHÁP",
            "IV. KINH PHÍ THỰC HIỆN",
            "V. TỔ CHỨC THỰC HIỆN",
            "1. Phòng Lao động - Thương binh và Xã hội",
            "2. Phòng Văn hóa - Thông tin; Trung tâm Văn hóa, Thông tin và Thể thao huyện",
            "3. Các cơ quan, đơn vị liên quan",
            "4. UBND các xã, thị trấn",
            "5. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam huyện",
        ],
    )
    def test_headings(self, mended: Document, heading: str) -> None:
        assert heading in text(mended, Role.BODY).splitlines()

    def test_receipts_give_back_what_was_read(self, plan: Document, mended: Document) -> None:
        assert before(mended) == as_read(plan)

    def test_repairing_again_changes_no_word(self, mended: Document) -> None:
        assert as_read(repair(mended, SETTINGS)) == as_read(mended)

    def test_it_is_fast(self, plan: Document) -> None:
        repair(plan, SETTINGS)
        start = process_time()
        repair(plan, SETTINGS)
        # 0.4 s on a quiet core; the bound is for a busy one.
        assert process_time() - start < 1.5


def test_a_joined_word_has_the_box_of_all() -> None:
    made = document(boxed(Role.ORGAN, "ỦYBANNHÂN", "DÂN"), block(Role.BODY, CLEAN))
    word = words(repair(made, SETTINGS))[0]
    assert word.text == "ỦY BAN NHÂN DÂN"
    assert word.box == Box(0, 0, 19, 8)
    assert word.confidence == pytest.approx(0.9)
    assert word.edit is not None
    assert word.edit.before == "ỦYBANNHÂN DÂN"


@pytest.mark.parametrize(
    ("seen", "right", "rule"),
    [("tòan", "toàn", "tone"), ("NQ-СР", "NQ-CP", "nfc"), ("Hoà", "Hoà", None)],
)
def test_normal_forms(seen: str, right: str, rule: str | None) -> None:
    made = repair(document(block(Role.BODY, f"{CLEAN} {seen}")), SETTINGS)
    word = words(made)[-1]
    assert word.text == right
    assert (word.edit and word.edit.rule) == rule


def test_the_style_of_the_document_is_kept() -> None:
    made = document(
        block(Role.ORGAN, "UỶ BAN NHÂN DÂN", "TỈNH THANH HOÁ"),
        block(Role.MOTTO, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        block(Role.BODY, CLEAN, "Uỷ ban nhân dân huyện hoà giải, uỷ quyền cho tỉnh Hoà Bình."),
    )
    assert as_read(repair(made, SETTINGS)) == as_read(made)


def test_prose_that_lost_its_marks_is_restored() -> None:
    made = repair(document(block(Role.BODY, GARBLED)), SETTINGS)
    assert text(made, Role.BODY) == CLEAN


def test_stamps_are_left_as_read() -> None:
    stamp = block(Role.ARRIVAL, "CONG VAN DEN", "S6: 90/QD-TTg")
    made = repair(document(stamp, block(Role.BODY, GARBLED)), SETTINGS)
    assert made.pages[0].blocks[0] == stamp
    assert text(made, Role.BODY) == CLEAN


def test_an_empty_document() -> None:
    assert repair(document(), SETTINGS) == document()


ROLES = st.sampled_from(list(Role))
TOKENS = st.one_of(
    st.sampled_from(
        "UY BAN NHAN DAN Noi nhén: KT, CHU TICH KE HOACH Ủy ban nhân dân S6: 194 /KH-UBND s6 "
        "90/QD-TTg ngay ngày l 9/6/2015 Phong Lao dgng - Thwong binh va Xa hoi HUYEN LUC NAM, |. "
        "thang nam 19 9 2022 tòan Sở Nội vụ; Như trên; NQ-СР Luc Nam, V.TO CHUC THUC HIEN".split()
    ),
    st.text(alphabet="aăâbđeéôơưáỘKT:/.-;19", min_size=1, max_size=8),
)
BLOCKS = st.builds(
    lambda role, lines: block(role, *(" ".join(line) for line in lines)),
    ROLES,
    st.lists(st.lists(TOKENS, min_size=1, max_size=10), min_size=1, max_size=3),
)


class TestProperties:
    @given(st.lists(BLOCKS, min_size=1, max_size=4), st.sampled_from([CLEAN, GARBLED]))
    @settings(max_examples=150, deadline=None)
    def test_receipts_and_protection(self, blocks: list, prose: str) -> None:  # type: ignore[type-arg]
        made = document(*blocks, block(Role.BODY, prose, prose))
        once = repair(made, SETTINGS)
        assert before(once) == as_read(made)
        for word in words(once):
            if word.edit and word.edit.rule not in ("code", "date", "label", "nfc", "numeral"):
                kept = [t for t in word.edit.before.split() if t.strip(".,;:").isdigit()]
                assert all(t.strip(".,;:") in word.text for t in kept if len(t) > 1), word
            if word.edit is None:
                assert word.text in {seen.text for seen in words(made)}

    @given(st.lists(BLOCKS, min_size=1, max_size=4))
    @settings(max_examples=100, deadline=None)
    def test_right_prose_stays_whatever_stands_beside_it(self, blocks: list) -> None:  # type: ignore[type-arg]
        made = document(*blocks, block(Role.BODY, *[CLEAN] * 12))
        assert as_read(repair(made, SETTINGS))[-12:] == [CLEAN] * 12


@pytest.mark.slow
def test_right_acts_are_not_damaged(shared_data: Path) -> None:
    total = changed = 0
    for act in sorted((shared_data / "corpus" / "dev_documents").glob("*.txt")):
        made = repair(document(*arrange_text(act.read_text(encoding="utf-8"))), SETTINGS)
        total += len(words(made))
        changed += sum(word.edit is not None for word in words(made))
        assert not any(
            w.edit and is_protected(w.edit.before) and w.edit.rule in ("agency", "heading")
            for w in words(made)
        )
    assert changed <= 0.0002 * total
