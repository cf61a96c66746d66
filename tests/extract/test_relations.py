# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.citations import find_citations
from pipeline.extract.fields import find_fields
from pipeline.extract.relations import Setting, find_relations
from pipeline.model import Role
from pipeline.settings import Settings

SETTINGS = Settings()
_DECISION, _PLAN, _LETTER = "Quyết định", "Kế hoạch", "Công văn"

CASES = [
    # the preamble of an act
    (_DECISION, "Căn cứ Luật Giáo dục số 43/2019/QH14;", ["basis"]),
    (
        _DECISION,
        "Căn cứ Nghị định số 15/2020/NĐ-CP ngày 02/2/2020 của Chính phủ được sửa đổi, bổ sung tại"
        " Nghị định số 20/2022/NĐ-CP ngày 03/3/2022;",
        ["basis", "basis"],
    ),
    (
        _DECISION,
        "Căn cứ Nghị định số 15/2020/NĐ-CP của Chính phủ về phí; Nghị định số 16/2020/NĐ-CP của"
        " Chính phủ về lệ phí;",
        ["basis", "basis"],
    ),
    (
        _DECISION,
        "Căn cứ Thông tư số 5/2024/TT-BTC sửa đổi, bổ sung một số điều của Thông tư số"
        " 6/2021/TT-BTC;",
        ["basis", "basis"],
    ),
    (_DECISION, "Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 31/TTr-SYT.", ["basis"]),
    (_DECISION, "Xét đề nghị của Sở Xây dựng tại Tờ trình số 7/TTr-SXD;", ["basis"]),
    (
        "Nghị quyết",
        "Xét Tờ trình số 8/TTr-UBND ngày 01/3/2025 về dự thảo Nghị quyết sửa đổi Nghị quyết số"
        " 9/2020/NQ-HĐND;",
        ["basis", "mentioned"],
    ),
    (_PLAN, "Thực hiện Quyết định số 90/QĐ-TTg ngày 18/01/2022, UBND huyện:", ["basis"]),
    (_PLAN, "Để triển khai Chỉ thị số 05-CT/TW và Kết luận số 51-KL/TW:", ["basis", "basis"]),
    (_LETTER, "Phúc đáp Công văn số 12/SYT-NVY ngày 04/5/2023, UBND huyện có ý kiến:", ["basis"]),
    (
        _LETTER,
        "Ngày 04/5/2023, Sở Y tế đã ban hành Công văn số 12/SYT-NVY về phòng bệnh.",
        ["mentioned"],
    ),
    (
        _LETTER,
        "Thực hiện Chỉ thị số 3/CT-UBND, Sở Y tế đã ban hành Công văn số 12/SYT-NVY.",
        ["basis", "mentioned"],
    ),
    (
        _LETTER,
        "Trên cơ sở báo cáo của Sở Y tế tại văn bản số 12/BC-SYT và Sở Nội vụ tại các văn bản số"
        " 15/SNV-TC, số 16/SNV-TC, Ủy ban nhân dân tỉnh có ý kiến:",
        ["basis", "basis", "basis"],
    ),
    # what is cited in the body is mentioned
    (
        _PLAN,
        "I. MỤC TIÊU\n1. Thực hiện chế độ theo quy định tại Nghị định số 20/2021/NĐ-CP.",
        ["mentioned"],
    ),
    (_PLAN, "1. Sở Tư pháp rà soát, sửa đổi Quyết định số 5/2020/QĐ-UBND.", ["mentioned"]),
    (_PLAN, "2. Sửa đổi, bổ sung Quyết định số 5/2020/QĐ-UBND cho phù hợp.", ["mentioned"]),
    (
        _DECISION,
        "Điều 1. Giao Sở Tư pháp đề xuất bãi bỏ Quyết định số 5/2020/QĐ-UBND.",
        ["mentioned"],
    ),
    (
        _DECISION,
        "Điều 2. Áp dụng Nghị định số 1/2020/NĐ-CP đã được sửa đổi tại Nghị định số 2/2021/NĐ-CP.",
        ["mentioned", "mentioned"],
    ),
    (_PLAN, "I. CĂN CỨ PHÁP LÝ\n- Luật Đầu tư số 61/2020/QH14;\n- Nghị định số 31/2021/NĐ-CP.",
     ["basis", "basis"]),
    # what the act ends or changes
    (_DECISION, "Điều 2. Quyết định này thay thế Quyết định số 5/2020/QĐ-UBND.", ["replaced"]),
    (
        _DECISION,
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 5/QĐ-UBND ngày"
        " 02/3/2020 về sửa đổi Quyết định số 4/QĐ-UBND; Quyết định số 6/QĐ-UBND ngày 05/5/2021.",
        ["replaced", "mentioned", "replaced"],
    ),
    (_DECISION, "Điều 1. Bãi bỏ Quyết định số 5/2020/QĐ-UBND và Quyết định số 6/2020/QĐ-UBND.",
     ["repealed", "repealed"]),
    (_DECISION, "Điều 1. Bãi bỏ Điều 3 Quyết định số 5/2020/QĐ-UBND.", ["amended"]),
    (
        _DECISION,
        "Điều 1. Sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo Quyết định số"
        " 5/2020/QĐ-UBND.",
        ["amended"],
    ),
    (
        _DECISION,
        "Điều 1. Bãi bỏ các quyết định sau đây:\n1. Quyết định số 5/2020/QĐ-UBND;\n2. Quyết định số"
        " 6/2020/QĐ-UBND.\nĐiều 2. Thực hiện theo Quyết định số 7/2020/QĐ-UBND.",
        ["repealed", "repealed", "mentioned"],
    ),
    ("Nghị quyết", "5. Nghị quyết này bãi bỏ các Nghị quyết:\na) Nghị quyết số 5/2020/NQ-HĐND.",
     ["repealed"]),
    (
        _DECISION,
        "Điều 2. Quyết định số 5/2020/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
        ["repealed"],
    ),
    (_DECISION, "Điều 2. Quyết định số 5/2020/QĐ-UBND đã hết hiệu lực.", ["mentioned"]),
    (
        _DECISION,
        "Ủy ban nhân dân tỉnh ban hành Quyết định bãi bỏ Quyết định số 5/2020/QĐ-UBND.",
        ["repealed"],
    ),
    (
        _DECISION,
        "Điều 1. Thông tư số 1/2020/TT-BTC sửa đổi Thông tư số 2/2019/TT-BTC được áp dụng.",
        ["mentioned", "mentioned"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_relations(kind: str, text: str, expected: list[str]) -> None:
    found = find_relations(text, find_citations(text), Setting(kind))
    assert [verdict.relation for verdict in found] == expected


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("Về việc sửa đổi Điều 2 Quyết định số 5/2020/QĐ-UBND", _DECISION, "amended"),
        ("Bãi bỏ Quyết định số 5/2020/QĐ-UBND", _DECISION, "repealed"),
        ("V/v triển khai Quyết định số 5/2020/QĐ-UBND", _LETTER, "basis"),
        ("Hướng dẫn thực hiện Quyết định số 5/2020/QĐ-UBND", _LETTER, "basis"),
        ("V/v góp ý dự thảo thay thế Quyết định số 5/2020/QĐ-UBND", _LETTER, "mentioned"),
        ("Về việc đề nghị bãi bỏ Quyết định số 5/2020/QĐ-UBND", "Tờ trình", "mentioned"),
    ],
)
def test_what_the_title_says(title: str, kind: str, expected: str) -> None:
    (found,) = find_relations(title, find_citations(title), Setting(kind, len(title)))
    assert found.relation == expected


def test_the_strongest_of_several_mentions_counts() -> None:
    parts = [
        (Role.TITLE, "QUYẾT ĐỊNH | Ban hành Quy chế"),
        (Role.BODY, "Căn cứ Quyết định số 5/2020/QĐ-UBND của Ủy ban nhân dân tỉnh;"),
        (Role.BODY, "Điều 1. Quyết định này thay thế Quyết định số 5/2020/QĐ-UBND."),
    ]
    (found,) = find_fields(document(parts, confidence=0.97), SETTINGS).references
    assert (found.relation, found.needs_review) == ("replaced", False)


def test_the_title_cites_too() -> None:
    parts = [
        (Role.SUBJECT, "V/v thực hiện Thông báo số 96-TB/TU"),
        (Role.BODY, "Đề nghị các phòng thực hiện."),
    ]
    (found,) = find_fields(document(parts, confidence=0.97), SETTINGS).references
    assert (found.number, found.relation) == ("96-TB/TU", "basis")


@pytest.mark.parametrize(
    ("number", "confidence", "flagged"),
    [("12/QĐ-UBND", 0.97, False), ("12/QĐ-UBND", 0.5, True), ("12/QĐ-XQZW", 0.97, True)],
)
def test_a_doubtful_number_is_flagged(number: str, confidence: float, flagged: bool) -> None:
    parts = [(Role.BODY, f"Căn cứ Quyết định số {number} ngày 02/3/2020;")]
    (found,) = find_fields(document(parts, confidence=confidence), SETTINGS).references
    assert found.needs_review is flagged


@given(st.text(max_size=120), st.sampled_from([_DECISION, _PLAN, None]))
def test_any_text_has_one_verdict_a_citation(text: str, kind: str | None) -> None:
    text = f"{text} Quyết định số 5/QĐ-UBND {text}"
    citations = find_citations(text)
    assert len(find_relations(text, citations, Setting(kind))) == len(citations)
