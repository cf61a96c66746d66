# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from paper import document

from pipeline.extract.doc_types import family_of, type_of_line, type_of_notation
from pipeline.extract.header import Header, extract_header
from pipeline.model import Document, Role
from pipeline.settings import Settings

SETTINGS = Settings()

PLAN = [
    (Role.ORGAN, "ỦY BAN NHÂN DÂN | HUYỆN LẠNG GIANG"),
    (Role.MOTTO, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc"),
    (Role.NUMBER, "Số: 57/KH-UBND"),
    (Role.PLACE_DATE, "Lạng Giang, ngày 08 tháng 5 năm 2023"),
    (Role.TITLE, "KẾ HOẠCH | Phát triển du lịch cộng đồng | giai đoạn 2023 - 2025"),
    (Role.BODY, "Thực hiện Kế hoạch số 21/KH-UBND của UBND tỉnh, UBND huyện xây dựng kế hoạch"),
]


def _head(*parts: tuple[Role, str], confidence: float | None = None) -> Header:
    return extract_header(document(list(parts), confidence=confidence), SETTINGS)


def test_a_whole_head() -> None:
    header = _head(*PLAN, confidence=0.96)
    assert header.number is not None
    assert header.number.value == "57/KH-UBND"
    assert header.date is not None
    assert header.date.value == "2023-05-08"
    assert header.place is not None
    assert header.place.value == "Lạng Giang"
    assert header.doc_type is not None
    assert (header.doc_type.value, header.doc_type.code) == ("Kế hoạch", "KH")
    assert header.issuer is not None
    assert header.issuer.value == "Ủy ban nhân dân huyện Lạng Giang"
    assert header.title is not None
    assert header.title.value == "Phát triển du lịch cộng đồng giai đoạn 2023 - 2025"
    assert (header.urgency, header.secrecy, header.warnings) == (None, None, ())
    assert all(
        entry.page == 1 and entry.box is not None
        for value in (header.number, header.date, header.place, header.doc_type, header.title)
        for entry in value.evidence
    )


def test_a_document_without_pages_or_without_a_head() -> None:
    nothing = Document(document([]).source, ())
    assert extract_header(nothing, SETTINGS) == Header()
    last_page = _head((Role.BODY, "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành./."))
    assert last_page == Header()


@pytest.mark.parametrize(
    ("title", "kind", "subject"),
    [
        ("CHỈ THỊ | Về việc phòng, chống hạn hán", "Chỉ thị", "Về việc phòng, chống hạn hán"),
        ("QUYẾT ĐỊNH | Về việc giao chỉ tiêu", "Quyết định", "Về việc giao chỉ tiêu"),
        ("THÔNG BÁO: | Kết luận của Chủ tịch", "Thông báo", "Kết luận của Chủ tịch"),
        ("T Ờ  T R Ì N H | Đề nghị xét thưởng", "Tờ trình", "Đề nghị xét thưởng"),
        ("NGHỊ QUYÉT | Về dự toán ngân sách", "Nghị quyết", "Về dự toán ngân sách"),
        ("KE HOACH | Kiểm tra công vụ", "Kế hoạch", "Kiểm tra công vụ"),
        ("BÁO CÁO | Kết quả năm học 2021 - 2022 | ______", "Báo cáo",
         "Kết quả năm học 2021 - 2022"),
        ("BÁO CÁO | Kết quả công tác | (Số liệu đến 31/5/2023)", "Báo cáo", "Kết quả công tác"),
        ("QUYẾT ĐỊNH | Về việc khen thưởng | CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN", "Quyết định",
         "Về việc khen thưởng"),
        ("QUYẾT ĐỊNH | Về việc khen thưởng | Căn cứ Luật Thi đua", "Quyết định",
         "Về việc khen thưởng"),
        ("QUYẾT ĐỊNH PHÊ DUYỆT | dự toán mua sắm", "Quyết định", "PHÊ DUYỆT dự toán mua sắm"),
        ("CÔNG ĐIỆN | Về ứng phó bão số 3", "Công điện", "Về ứng phó bão số 3"),
        ("QUY CHẾ | Làm việc của Ban Chỉ đạo", "Quy chế", "Làm việc của Ban Chỉ đạo"),
        ("QUY ĐỊNH | Về quản lý nhà chung cư", "Quy định", "Về quản lý nhà chung cư"),
        ("NGHỊ ĐỊNH | Về phí bảo vệ môi trường", "Nghị định", "Về phí bảo vệ môi trường"),
        ("GIẤY MỜI | Họp tổng kết năm học", "Giấy mời", "Họp tổng kết năm học"),
        ("HƯỚNG DẪN | Về thu thập số liệu", "Hướng dẫn", "Về thu thập số liệu"),
        ("CHƯƠNG TRÌNH | Công tác năm 2024.", "Chương trình", "Công tác năm 2024."),
    ],
)  # fmt: skip
def test_type_and_title(title: str, kind: str, subject: str) -> None:
    header = _head((Role.TITLE, title))
    assert header.doc_type is not None
    assert header.title is not None
    assert (header.doc_type.value, header.title.value) == (kind, subject)


@pytest.mark.parametrize("line", ["Điều 1", "CỘNG HÒA XÃ HỘI", "SỞ Y TẾ", "", "-----", "Số: 12"])
def test_lines_that_are_no_type(line: str) -> None:
    assert type_of_line(line) is None


@pytest.mark.parametrize(
    ("notation", "name"),
    [
        ("KH-UBND", "Kế hoạch"),
        ("TTR-UBND", "Tờ trình"),
        ("2019/NĐ-CP", "Nghị định"),
        ("2021/TT-BNV", "Thông tư"),
        ("TT/TW", "Thông tri"),
        ("CV/TU", "Công văn"),
        ("KL-TTr", "Kết luận"),
        ("UBND-VX", None),
        ("2025/QH15", None),
    ],
)
def test_type_of_a_notation(notation: str, name: str | None) -> None:
    kind = type_of_notation(notation)
    assert (kind.name if kind else None) == name


def test_families() -> None:
    assert [family_of(text) for text in ("2019/NĐ-CP", "TB/TW", "KH-UBND")] == [
        "legal",
        "party",
        "administrative",
    ]


def test_a_dispatch_has_a_subject_and_no_code() -> None:
    header = _head(
        (Role.ORGAN, "SỞ Y TẾ"),
        (Role.NUMBER, "Số: 1203/SYT-NVY"),
        (Role.SUBJECT, "V/v tăng cường phòng, chống | sốt xuất huyết"),
        (Role.ADDRESSEES, "Kính gửi: Trung tâm Y tế các huyện."),
    )
    assert header.doc_type is not None
    assert (header.doc_type.value, header.doc_type.code) == ("Công văn", None)
    assert header.title is not None
    assert header.title.value == "V/v tăng cường phòng, chống sốt xuất huyết"


def test_a_subject_under_the_number_without_its_own_block() -> None:
    header = _head(
        (Role.NUMBER, "Số: 1203/SYT-NVY | V/v tăng cường phòng, chống | sốt xuất huyết"),
        (Role.PLACE_DATE, "Vinh, ngày 12 tháng 5 năm 2023"),
        (Role.BODY, "Thực hiện chỉ đạo của Bộ Y tế, Sở Y tế đề nghị các đơn vị rà soát"),
    )
    assert header.doc_type is not None
    assert header.doc_type.value == "Công văn"
    assert header.title is not None
    assert header.title.value == "V/v tăng cường phòng, chống sốt xuất huyết"
    assert header.title.needs_review


def test_a_notation_without_a_type_makes_a_dispatch() -> None:
    header = _head((Role.NUMBER, "Số: 1203/SYT-NVY"))
    assert header.doc_type is not None
    assert (header.doc_type.value, header.doc_type.needs_review) == ("Công văn", True)


def test_a_type_that_only_the_notation_tells() -> None:
    header = _head((Role.NUMBER, "Số: 57/BC-UBND"), (Role.TITLE, "Về thu chi ngân sách"))
    assert header.doc_type is not None
    assert (header.doc_type.value, header.doc_type.code) == ("Báo cáo", "BC")
    assert header.doc_type.needs_review
    assert header.title is not None
    assert header.title.value == "Về thu chi ngân sách"


def test_a_dispatch_whose_organ_has_the_code_of_a_type() -> None:
    header = _head(
        (Role.ORGAN, "BỘ TÀI CHÍNH | CỤC THUẾ"),
        (Role.NUMBER, "Số: 5348/CT-CS"),
        (Role.SUBJECT, "V/v góp vốn điều lệ"),
    )
    assert header.doc_type is not None
    assert (header.doc_type.value, header.doc_type.needs_review) == ("Công văn", False)


def test_a_merged_text_bears_the_title_of_its_act() -> None:
    header = _head((Role.NUMBER, "Số: 57/VBHN-BCT"), (Role.TITLE, "THÔNG TƯ | Quy định giá điện"))
    assert header.doc_type is not None
    assert (header.doc_type.value, header.doc_type.code) == ("Thông tư", "VBHN")
    assert header.warnings == ()


def test_a_law_without_a_title_is_no_dispatch() -> None:
    assert _head((Role.NUMBER, "Luật số: 80/2025/QH15")).doc_type is None


def test_title_and_notation_bear_each_other_out() -> None:
    title = (Role.TITLE, "KẾ HOẠCH | Thu chi ngân sách")
    alone = _head(title, confidence=0.85).doc_type
    borne_out = _head((Role.NUMBER, "Số: 57/KH-UBND"), title, confidence=0.85).doc_type
    assert alone is not None
    assert borne_out is not None
    assert borne_out.confidence > alone.confidence
    assert (borne_out.needs_review, borne_out.evidence[0].rule) == (False, "title.box")


def test_the_authority_under_the_title_is_no_part_of_it() -> None:
    header = _head(
        (Role.ORGAN, "ỦY BAN NHÂN DÂN | TỈNH HÀ NAM"),
        (Role.NUMBER, "Số: 57/QĐ-UBND"),
        (Role.TITLE, "QUYẾT ĐỊNH | VỀ KHEN THƯỞNG | CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ NAM"),
    )
    assert header.title is not None
    assert header.title.value == "VỀ KHEN THƯỞNG"


def test_title_and_notation_that_contradict_each_other() -> None:
    header = _head((Role.NUMBER, "Số: 57/BC-UBND"), (Role.TITLE, "KẾ HOẠCH | Thu chi ngân sách"))
    assert header.doc_type is not None
    assert (header.doc_type.value, header.doc_type.needs_review) == ("Kế hoạch", True)
    assert [notice.code for notice in header.warnings] == ["doc_type_contradiction"]


def test_a_party_decision_and_a_party_regulation_share_a_code() -> None:
    for title, name in (("QUY ĐỊNH", "Quy định"), ("QUYẾT ĐỊNH", "Quyết định")):
        header = _head((Role.NUMBER, "Số 66-QĐ/TW"), (Role.TITLE, f"{title} | Về thi hành Điều lệ"))
        assert header.doc_type is not None
        assert (header.doc_type.value, header.doc_type.code) == (name, "QĐ")
        assert header.warnings == ()


def test_a_title_that_was_taken_for_paragraphs() -> None:
    header = _head(
        (Role.BODY, "KẾ HOẠCH"),
        (Role.BODY, "Kiểm tra công tác văn thư năm 2023"),
        (Role.BODY, "Căn cứ Nghị định về công tác văn thư, UBND huyện xây dựng kế hoạch"),
    )
    assert header.doc_type is not None
    assert header.doc_type.value == "Kế hoạch"
    assert header.title is not None
    assert header.title.value == "Kiểm tra công tác văn thư năm 2023"


def test_a_trich_yeu_that_was_taken_for_the_first_paragraph() -> None:
    header = _head(
        (Role.TITLE, "CHỈ THỊ"),
        (Role.BODY, "Về việc bảo đảm an toàn giao thông | trong dịp nghỉ lễ"),
        (Role.BODY, "Thời gian qua, tình hình giao thông diễn biến phức tạp"),
    )
    assert header.title is not None
    assert header.title.value == "Về việc bảo đảm an toàn giao thông trong dịp nghỉ lễ"


@pytest.mark.parametrize(
    ("role", "text", "urgency", "secrecy"),
    [
        (Role.URGENCY, "HỎA TỐC", "Hỏa tốc", None),
        (Role.URGENCY, "HOẢ TỐC", "Hỏa tốc", None),
        (Role.URGENCY, "HOA TÓC", "Hỏa tốc", None),
        (Role.URGENCY, "THƯỢNG KHẨN", "Thượng khẩn", None),
        (Role.URGENCY, "KHẨN", "Khẩn", None),
        (Role.SECRECY, "MẬT", None, "Mật"),
        (Role.SECRECY, "TỐI MẬT", None, "Tối mật"),
        (Role.SECRECY, "TUYỆT MẬT", None, "Tuyệt mật"),
        (Role.BODY, "HỎA TỐC", "Hỏa tốc", None),
        (Role.BODY, "MẬT", None, "Mật"),
        (Role.BODY, "Khẩn trương rà soát", None, None),
        (Role.BODY, "Mật độ dân số", None, None),
    ],
)
def test_stamps(role: Role, text: str, urgency: str | None, secrecy: str | None) -> None:
    header = _head((Role.NUMBER, "Số: 5/CT-UBND"), (role, text))
    got = (
        header.urgency.value if header.urgency else None,
        header.secrecy.value if header.secrecy else None,
    )
    assert got == (urgency, secrecy)


def test_a_place_without_marks_is_named_as_in_the_gazetteer() -> None:
    header = _head((Role.PLACE_DATE, "Luc Nam, ngay 19 thang 9 nam 2022"))
    assert header.place is not None
    assert (header.place.value, header.place.raw) == ("Lục Nam", "Luc Nam")


def test_an_empty_number_is_told() -> None:
    header = _head((Role.NUMBER, "Số:        /QĐ-UBND"))
    assert header.number is not None
    assert (header.number.value, header.number.notation) == (None, "QĐ-UBND")
    assert [notice.code for notice in header.warnings] == ["number_unreadable"]


def test_the_head_of_a_later_document_does_not_count() -> None:
    later = [(Role.NUMBER, "Số: 99/NQ-HĐND"), (Role.TITLE, "NGHỊ QUYẾT | Về đầu tư công")]
    header = extract_header(document(list(PLAN), later), SETTINGS)
    assert header.number is not None
    assert header.number.value == "57/KH-UBND"
