# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.citations import find_citations
from pipeline.extract.fields import find_fields
from pipeline.model import Role
from pipeline.settings import Settings

SETTINGS = Settings()
Row = tuple[str | None, str, str | None, str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quyét dinh s6 12/QĐ-TTg ngay 18/01/2022 cua Thủ tướng Chính phủ phé duyét Ké hoach",
            [("Quyết định", "12/QĐ-TTg", "2022-01-18", "Thủ tướng Chính phủ")],
        ),
        (
            "Căn cứ Nghị định số 45/2022/NĐ-CP ngày 07/7/2022 của Chính phủ quy định xử phạt",
            [("Nghị định", "45/2022/NĐ-CP", "2022-07-07", "Chính phủ")],
        ),
        (
            "Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ tướng Chính phủ phê duyệt",
            [("Quyết định", "90/QĐ-TTg", "2022-01-18", "Thủ tướng Chính phủ")],
        ),
        (
            "Thông tư số 12/2021/TT-BTC ngày 5/2/2021 của Bộ trưởng Bộ Tài chính về phí",
            [("Thông tư", "12/2021/TT-BTC", "2021-02-05", "Bộ trưởng Bộ Tài chính")],
        ),
        (
            "Kế hoạch số 455/KH-UBND ngày 05.8.2022 của UBND tỉnh, giao các đơn vị",
            [("Kế hoạch", "455/KH-UBND", "2022-08-05", "UBND tỉnh")],
        ),
        (
            "Công văn số 1203/SYT-NVY ngày 1-3-2023 của Sở Y tế.",
            [("Công văn", "1203/SYT-NVY", "2023-03-01", "Sở Y tế")],
        ),
        (
            "Chỉ thị số 05-CT/TW ngày 23/6/2021 của Ban Bí thư Trung ương Đảng về giảm nghèo",
            [("Chỉ thị", "05-CT/TW", "2021-06-23", "Ban Bí thư Trung ương Đảng")],
        ),
        (
            "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII;",
            [("Nghị quyết", "18-NQ/TW", "2017-10-25", "Ban Chấp hành Trung ương Đảng khóa XII")],
        ),
        ("Quy định số 66-QĐ/TW của Ban Bí thư", [("Quy định", "66-QĐ/TW", None, "Ban Bí thư")]),
        ("Nghị quyết số 117/2020/QH14", [("Nghị quyết", "117/2020/QH14", None, None)]),
        ("Luật số 72/2025/QH15 của Quốc hội", [("Luật", "72/2025/QH15", None, "Quốc hội")]),
        (
            "Thông báo số 88/TB-VPCP ngày 31/02/2023 của Văn phòng Chính phủ",
            [("Thông báo", "88/TB-VPCP", None, "Văn phòng Chính phủ")],
        ),
        (
            "Kế hoạch số 12/KH-BVHTTDL ngày 03/4/2023 của Bộ Văn hóa, Thể thao và Du lịch về hội",
            [("Kế hoạch", "12/KH-BVHTTDL", "2023-04-03", "Bộ Văn hóa, Thể thao và Du lịch")],
        ),
        (
            "Quyết định số 7/QĐ-BGTVT ngày 02/01/2024 của Bộ Giao thông vận tải công bố thủ tục",
            [("Quyết định", "7/QĐ-BGTVT", "2024-01-02", "Bộ Giao thông vận tải")],
        ),
        # lists: the type before the first, date and issuer after the last
        (
            "các Quyết định số: 15/QĐ-BXD, 16/QĐ-BXD ngày 10/01/2024 của Bộ trưởng Bộ Xây dựng về",
            [
                ("Quyết định", "15/QĐ-BXD", "2024-01-10", "Bộ trưởng Bộ Xây dựng"),
                ("Quyết định", "16/QĐ-BXD", "2024-01-10", "Bộ trưởng Bộ Xây dựng"),
            ],
        ),
        (
            "các Nghị quyết: Số 3/2015/NQ-HĐND ngày 12/12/2015, số 7/2017/NQ-HĐND ngày 14/7/2017"
            " của Hội đồng nhân dân tỉnh Hà Nam",
            [
                ("Nghị quyết", "3/2015/NQ-HĐND", "2015-12-12", "Hội đồng nhân dân tỉnh Hà Nam"),
                ("Nghị quyết", "7/2017/NQ-HĐND", "2017-07-14", "Hội đồng nhân dân tỉnh Hà Nam"),
            ],
        ),
        (
            "Công văn số 5/UBND-NC và số 6/UBND-NC ngày 03/4/2023 của UBND tỉnh",
            [
                ("Công văn", "5/UBND-NC", "2023-04-03", "UBND tỉnh"),
                ("Công văn", "6/UBND-NC", "2023-04-03", "UBND tỉnh"),
            ],
        ),
        # one after another
        (
            "Nghị quyết số 76/NQ-CP ngày 18/6/2018 của Chính phủ, Nghị định số 66/2021/NĐ-CP ngày"
            " 06/7/2021 của Chính phủ và Kế hoạch số 9/KH-UBND của UBND tỉnh và các văn bản khác",
            [
                ("Nghị quyết", "76/NQ-CP", "2018-06-18", "Chính phủ"),
                ("Nghị định", "66/2021/NĐ-CP", "2021-07-06", "Chính phủ"),
                ("Kế hoạch", "9/KH-UBND", None, "UBND tỉnh"),
            ],
        ),
        # who wrote it is said before
        (
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 31/TTr-SNV ngày 02/3/2023;",
            [("Tờ trình", "31/TTr-SNV", "2023-03-02", "Giám đốc Sở Nội vụ")],
        ),
        # "văn bản" says less than the notation
        (
            "ý kiến của Sở Tư pháp tại văn bản số 40/BC-STP ngày 09/6/2022",
            [("Báo cáo", "40/BC-STP", "2022-06-09", "Sở Tư pháp")],
        ),
        (
            "Văn bản số 423/TTg-QHQT ngày 19/04/2026",
            [("Văn bản", "423/TTg-QHQT", "2026-04-19", None)],
        ),
        ("theo 423/UBND-VX ngày 19/04/2026", [(None, "423/UBND-VX", "2026-04-19", None)]),
        # as readers leave it: blanks at line ends, lost marks
        (
            "Quyết định số 17/QĐ- UBND ngày 07/3/2019 của UBND huyện",
            [("Quyết định", "17/QĐ-UBND", "2019-03-07", "UBND huyện")],
        ),
        (
            "Quyét dinh s6 90/QD-TTg ngay 18/01/2022 cua Thu tuong Chinh phu vé",
            [("Quyết định", "90/QĐ-TTg", "2022-01-18", "Thu tuong Chinh phu")],
        ),
        (
            "Chi thi sé 05-CT/TW ngay 23/6/2021 cua Ban Bi thu",
            [("Chỉ thị", "05-CT/TW", "2021-06-23", "Ban Bi thu")],
        ),
        # laws have their name between type and number
        (
            "Căn cứ Luật Giáo dục số 43/2019/QH14; Luật Sửa đổi, bổ sung một số điều của Luật"
            " Đầu tư công số 58/2024/QH15 ngày 29/11/2024",
            [
                ("Luật", "43/2019/QH14", None, None),
                ("Luật", "58/2024/QH15", "2024-11-29", None),
            ],
        ),
        ("Bộ luật Lao động số 45/2019/QH14", [("Bộ luật", "45/2019/QH14", None, None)]),
        # the date stands before
        (
            "Ngày 12/3/2022, Sở Y tế đã ban hành Công văn số 87/SYT-NVY về phòng bệnh",
            [("Công văn", "87/SYT-NVY", "2022-03-12", None)],
        ),
        # organs whose names have commas, and those that end at once
        (
            "Theo đề nghị của Giám đốc Sở Văn hóa, Thể thao và Du lịch tại Tờ trình số"
            " 45/TTr-SVHTTDL;",
            [
                ("Tờ trình", "45/TTr-SVHTTDL", None, "Giám đốc Sở Văn hóa, Thể thao và Du lịch"),
            ],
        ),
        (
            "Thông tư số 2/2017/TT-VPCP của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn",
            [("Thông tư", "2/2017/TT-VPCP", None, "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ")],
        ),
        (
            "Nghị định số 64/2007/NĐ-CP của Chính phủ Ứng dụng công nghệ thông tin",
            [("Nghị định", "64/2007/NĐ-CP", None, "Chính phủ")],
        ),
        (
            "Quyết định số 32/2024/QĐ-UBND của Ủy ban nhân dân tỉnh Ban hành Quy chế",
            [("Quyết định", "32/2024/QĐ-UBND", None, "Ủy ban nhân dân tỉnh")],
        ),
        # notations without a hyphen count behind a type and "số"
        ("Quyết định số 118/TTg ngày 27/02/1996", [("Quyết định", "118/TTg", "1996-02-27", None)]),
        ("Nghị định số 214/2025/NĐCP", [("Nghị định", "214/2025/NĐCP", None, None)]),
        (
            "Thông tư liên tịch số 5/2015/TTLT-BLĐTBXH-BNV-BTC-BYT",
            [("Thông tư liên tịch", "5/2015/TTLT-BLĐTBXH-BNV-BTC-BYT", None, None)],
        ),
        ("tỷ lệ 118/TTg, mẫu số 2/A", []),
        # what is no number of a document
        ("hoàn thành 22/22 xã, tỷ lệ 1/2000 Khu dân cư", []),
        ("trước ngày 15/6/2025; Luật Đất đai năm 2024", []),
        ("trực 24/7, điện thoại 0204.3855.111-Phòng Y tế", []),
        ("giai đoạn 2021-2025, tốc độ 60 km/h, mẫu 01/A", []),
        ("", []),
    ],
)
def test_citations(text: str, expected: list[Row]) -> None:
    found = find_citations(text)
    assert [(one.doc_type, one.number, one.date, one.issuer) for one in found] == expected


@given(st.text(max_size=80))
def test_any_text_has_citations_inside_itself(text: str) -> None:
    for citation in find_citations(text):
        assert 0 <= citation.start < citation.end <= len(text)


def test_a_document_is_named_once_with_all_that_is_said_of_it() -> None:
    pages = (
        [
            (Role.NUMBER, "Số: 57/KH-UBND"),
            (Role.BODY, "Thực hiện Nghị quyết số 29-NQ/TW và Kết luận số 51-KL/TW, UBND huyện"),
        ],
        [
            (Role.BODY, "Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban Chấp hành Trung ương"),
            (Role.FOOTNOTE, "Kế hoạch số 57/KH-UBND; Công văn số 8/UBND-VX ngày 02/3/2023"),
            (Role.RECIPIENTS, "Nơi nhận: | - Như Quyết định số 99/QĐ-UBND;"),
        ],
    )
    found = find_fields(document(*pages, confidence=0.95), SETTINGS).references
    assert [one.number for one in found] == ["29-NQ/TW", "51-KL/TW", "8/UBND-VX"]
    first = found[0]
    assert (first.date, first.issuer) == ("2013-11-04", "Ban Chấp hành Trung ương")
    assert first.raw == "Nghị quyết số 29-NQ/TW"
    assert [entry.page for entry in first.evidence] == [1, 2]


def test_a_citation_over_two_lines_has_a_box_for_each() -> None:
    parts = [(Role.BODY, "Căn cứ Quyết định số 17/QĐ- | UBND ngày 07/3/2019 của UBND huyện về thu")]
    (found,) = find_fields(document(parts, confidence=0.95), SETTINGS).references
    assert found.number == "17/QĐ-UBND"
    assert len(found.evidence) == 2
    assert all(entry.box is not None for entry in found.evidence)


def test_a_document_without_citations() -> None:
    assert find_fields(document([(Role.BODY, "Nội dung")]), SETTINGS).references == []
    assert find_fields(document(), SETTINGS).references == []
