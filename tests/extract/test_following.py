# SPDX-License-Identifier: Apache-2.0
"""The documents of one file, each with its own head, tasks and foot."""

from __future__ import annotations

from paper import Part, document

from pipeline.extract.fields import extract
from pipeline.extract.following import documents_in
from pipeline.model import Role
from pipeline.settings import Settings

MOTTO = (Role.MOTTO, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc")


def head(number: str, day: int, kind: str = "KẾ HOẠCH") -> list[Part]:
    return [
        (Role.ORGAN, "ỦY BAN NHÂN DÂN | TỈNH BẮC GIANG"),
        MOTTO,
        (Role.NUMBER, f"Số: {number}"),
        (Role.PLACE_DATE, f"Bắc Giang, ngày {day} tháng 5 năm 2025"),
        (Role.TITLE, f"{kind} | Về phòng cháy, chữa cháy năm 2025"),
    ]


TASK: list[Part] = [(Role.BODY, "1. Giao Sở Y tế lập kế hoạch, báo cáo trước ngày 30/6/2025.")]
OTHER: list[Part] = [(Role.BODY, "1. Giao Sở Nội vụ thẩm định hồ sơ trước ngày 15/7/2025.")]
FOOT: list[Part] = [(Role.SIGNATURE, "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Nguyễn Văn An")]


def parts(*pages: list[Part]) -> list[list[int]]:
    return [[page.number for page in part.pages] for part in documents_in(document(*pages))]


def test_where_a_file_is_parted() -> None:
    first, second = head("12/KH-UBND", 12), head("34/QĐ-UBND", 14, "QUYẾT ĐỊNH")
    assert parts([*first, *TASK]) == [[1]]
    assert parts([*first, *TASK], OTHER, FOOT) == [[1, 2, 3]]
    assert parts([*first, *TASK], FOOT, [*second, *OTHER], FOOT) == [[1, 2], [3, 4]]
    assert parts(first, second, first) == [[1], [2], [3]]
    assert parts() == [[]]


def test_a_cover_sheet_belongs_to_the_document_behind_it() -> None:
    cover: list[Part] = [(Role.BODY, "PHIẾU TRÌNH")]
    assert parts(cover, head("12/KH-UBND", 12), OTHER) == [[1, 2, 3]]
    assert parts(cover, head("12/KH-UBND", 12), head("13/KH-UBND", 12)) == [[1, 2], [3]]


def test_each_document_has_its_own_fields() -> None:
    file = document(
        [*head("12/KH-UBND", 12), *TASK, *FOOT],
        [*head("34/QĐ-UBND", 14, "QUYẾT ĐỊNH"), *OTHER],
    )
    fields = extract(file, Settings())
    assert fields.number is not None
    assert fields.number.value == "12/KH-UBND"
    assert [unit.value for unit in fields.units] == ["Sở Y tế"]
    assert fields.signer is not None
    assert fields.signer.name == "Nguyễn Văn An"
    (follower,) = fields.following
    assert follower.page == 2
    assert follower.number is not None
    assert follower.number.value == "34/QĐ-UBND"
    assert follower.date is not None
    assert follower.date.value == "2025-05-14"
    assert follower.doc_type is not None
    assert follower.doc_type.value == "Quyết định"
    assert [unit.value for unit in follower.units] == ["Sở Nội vụ"]
    assert {item.page for item in follower.number.evidence} == {2}
    assert follower.signer is None


def test_the_archivist_is_told_where_to_split() -> None:
    fields = extract(
        document([*head("12/KH-UBND", 12), *TASK], TASK, head("34/QĐ-UBND", 14)), Settings()
    )
    (told,) = [item for item in fields.warnings if item.code == "document_follows"]
    assert told.page == 3
    assert "34/QĐ-UBND" in told.message
    alone = extract(document([*head("12/KH-UBND", 12), *TASK], TASK), Settings())
    assert alone.following == []
    assert "document_follows" not in [item.code for item in alone.warnings]
