# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.authority import read_authority, read_mark
from pipeline.extract.names import find_name, name_case
from pipeline.extract.posts import expected_deputy
from pipeline.extract.signature import extract_signer
from pipeline.model import Role
from pipeline.settings import Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("block", "authority", "position", "name"),
    [
        ("CHỦ TỊCH | Lê Văn Thành", None, "CHỦ TỊCH", "Lê Văn Thành"),
        ("GIÁM ĐỐC | (Đã ký) | Trần Thị Mai", None, "GIÁM ĐỐC", "Trần Thị Mai"),
        ("HIỆU TRƯỞNG | Đỗ Văn Hùng", None, "HIỆU TRƯỞNG", "Đỗ Văn Hùng"),
        ("KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Phạm Hồng Sơn", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
         "Phạm Hồng Sơn"),
        ("KT. BỘ TRƯỞNG | THỨ TRƯỞNG | Nguyễn Thị Hà", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG",
         "Nguyễn Thị Hà"),
        ("TM. ỦY BAN NHÂN DÂN | CHỦ TỊCH | Vũ Đức Long", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
         "Vũ Đức Long"),
        ("TM. ỦY BAN NHÂN DÂN | KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Bùi Văn Khánh",
         "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Bùi Văn Khánh"),
        ("TL. CHỦ TỊCH | KT. CHÁNH VĂN PHÒNG | PHÓ CHÁNH VĂN PHÒNG | Hoàng Minh Quân",
         "TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Hoàng Minh Quân"),
        ("TL. BỘ TRƯỞNG | KT. VỤ TRƯỞNG | VỤ HỢP TÁC QUỐC TẾ | PHÓ VỤ TRƯỞNG | Ngô Thu Trang",
         "TL. BỘ TRƯỞNG KT. VỤ TRƯỞNG VỤ HỢP TÁC QUỐC TẾ", "PHÓ VỤ TRƯỞNG", "Ngô Thu Trang"),
        ("TUQ. GIÁM ĐỐC | TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ | Đinh Văn Nam", "TUQ. GIÁM ĐỐC",
         "TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ", "Đinh Văn Nam"),
        ("Q. GIÁM ĐỐC | Trịnh Thị Lan", "Q. GIÁM ĐỐC", None, "Trịnh Thị Lan"),
        ("TM. CHÍNH PHỦ | KT. THỦ TƯỚNG | PHÓ THỦ TƯỚNG | Lý Văn Bình",
         "TM. CHÍNH PHỦ KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "Lý Văn Bình"),
        ("TM. HỘI ĐỒNG NHÂN DÂN | CHỦ TỊCH | Hồ Thị Bích", "TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH",
         "Hồ Thị Bích"),
        ("T/M BAN THƯỜNG VỤ | PHÓ BÍ THƯ | Giàng A Chu", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ",
         "Giàng A Chu"),
        ("T/L BAN THƯỜNG VỤ | CHÁNH VĂN PHÒNG | Mai Văn Dũng", "T/L BAN THƯỜNG VỤ",
         "CHÁNH VĂN PHÒNG", "Mai Văn Dũng"),
        ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH | Phạm Hồng Sơn", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
         "Phạm Hồng Sơn"),
        # as readers see them
        ("KI. CHỦ TỊCH | PHÓ CHỦ TỊCH | Phạm Hồng Sơn", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
         "Phạm Hồng Sơn"),
        ("IM. ỦY BAN NHÂN DÂN | CHỦ TỊCH | Vũ Đức Long", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
         "Vũ Đức Long"),
        ("KT, CHỦ TỊCH | bi PHÓ CHỦ TỊCH ~ | | Phạm Hồng Sơn ~", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
         "Phạm Hồng Sơn"),
        ("CHỦ TỊCH | Ký bởi: UBND TỈNH | Thời gian ký: 12/05/2023 | Lê Văn Thành", None,
         "CHỦ TỊCH", "Lê Văn Thành"),
        ("KT. CHỦ TỊCH | HÓ CHỦ TỊCH | Hà Giang | Phó Chủ Tịc | Lê Văn Thành", "KT. CHỦ TỊCH",
         "PHÓ CHỦ TỊCH", "Lê Văn Thành"),
        ("KT. VIỆN TRƯỞNG | HÓ VIÊN TRƯỞNG | Lê Văn Thành", "KT. VIỆN TRƯỞNG",
         "PHÓ VIỆN TRƯỞNG", "Lê Văn Thành"),
        ("KT. BỘ TRƯỞNG | THỨ TRƯƠNG | Lê Văn Thành", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG",
         "Lê Văn Thành"),
        ("Lê Văn Thành", None, None, "Lê Văn Thành"),
        ("GIÁM ĐỐC | TS. Trần Thị Mai", None, "GIÁM ĐỐC", "Trần Thị Mai"),
        ("GIÁM ĐỐC | PGS.TS. Trần Thị Mai", None, "GIÁM ĐỐC", "Trần Thị Mai"),
        ("GIÁM ĐỐC | Đại tá Trần Văn Lâm", None, "GIÁM ĐỐC", "Trần Văn Lâm"),
        ("GIÁM ĐỐC | TRẦN THỊ MAI", None, "GIÁM ĐỐC", "Trần Thị Mai"),
        ("KT. BỘ TRƯỞNG THỨ TRƯỞNG | Phạm Hồng Sơn", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG",
         "Phạm Hồng Sơn"),
        ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH | Vũ Đức Long", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
         "Vũ Đức Long"),
        ("KT. BỘ TRƯỞNG, CHỦ NHIỆM | PHÓ CHỦ NHIỆM | Phạm Hồng Sơn",
         "KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Phạm Hồng Sơn"),
        ("KT. BỘ TRƯỞNG | TỪ TRƯỜNG | Lê Văn Thành", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG",
         "Lê Văn Thành"),
        # the mark under a seal follows from the posts
        ("BỘ TRƯỞNG | TU TRƯỞNG | Lê Văn Thành", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Văn Thành"),
        ("CHỦ TỊCH | PHÓ CHỦ TỊCH | Lê Văn Thành", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
         "Lê Văn Thành"),
        ("ỦY BAN NHÂN DÂN | CHỦ TỊCH | Lê Văn Thành", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
         "Lê Văn Thành"),
        ("HIỆU TRƯỞNG | “TRƯỜNG | Lê Văn Thành", None, "HIỆU TRƯỞNG", "Lê Văn Thành"),
        ("GIÁM ĐỐC | BSCKII. Trần Thị Mai", None, "GIÁM ĐỐC", "Trần Thị Mai"),
        ("CHỦ TỊCH | Siu Hương", None, "CHỦ TỊCH", "Siu Hương"),
    ],
)  # fmt: skip
def test_signers(block: str, authority: str | None, position: str | None, name: str) -> None:
    signer = extract_signer(document([(Role.SIGNATURE, block)]), SETTINGS)
    assert signer is not None
    assert (signer.authority, signer.position, signer.name) == (authority, position, name)


@pytest.mark.parametrize(
    ("lines", "steps"),
    [
        ("TM. ỦY BAN NHÂN DÂN | KT. CHỦ TỊCH | PHÓ CHỦ TỊCH",
         [("TM", "ỦY BAN NHÂN DÂN"), ("KT", "CHỦ TỊCH")]),
        ("TL. BỘ TRƯỞNG | KT. VỤ TRƯỞNG | VỤ HỢP TÁC QUỐC TẾ | PHÓ VỤ TRƯỞNG",
         [("TL", "BỘ TRƯỞNG"), ("KT", "VỤ TRƯỞNG VỤ HỢP TÁC QUỐC TẾ")]),
        ("TUQ. GIÁM ĐỐC | TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ", [("TUQ", "GIÁM ĐỐC")]),
        ("Q. GIÁM ĐỐC", [("Q", "GIÁM ĐỐC")]),
        ("T/M BAN THƯỜNG VỤ | PHÓ BÍ THƯ", [("TM", "BAN THƯỜNG VỤ")]),
        ("K/T BÍ THƯ | PHÓ BÍ THƯ", [("KT", "BÍ THƯ")]),
        ("CHỦ TỊCH", []),
    ],
)  # fmt: skip
def test_the_steps_of_an_authority(lines: str, steps: list[tuple[str, str]]) -> None:
    signed = read_authority(lines.split(" | "))
    assert [(step.mark, step.of) for step in signed.steps] == steps


def test_what_follows_from_the_posts_is_flagged() -> None:
    parts = [(Role.SIGNATURE, "CHỦ TỊCH | PHÓ CHỦ TỊCH | Lê Văn Thành")]
    signer = extract_signer(document(parts, confidence=0.97), SETTINGS)
    assert signer is not None
    assert signer.needs_review
    assert signer.raw == "CHỦ TỊCH PHÓ CHỦ TỊCH Lê Văn Thành"
    read = [(Role.SIGNATURE, "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Lê Văn Thành")]
    sure = extract_signer(document(read, confidence=0.97), SETTINGS)
    assert sure is not None
    assert not sure.needs_review


def test_the_same_post_twice_is_no_deputy() -> None:
    signed = read_authority(["CHỦ TỊCH", "CHỦ TỊCH"])
    assert (signed.authority, signed.position, signed.inferred) == (None, "CHỦ TỊCH", True)


def test_of_two_who_sign_together_the_first_counts_and_a_person_looks() -> None:
    parts = [
        (Role.SIGNATURE, "KT. BỘ TRƯỞNG | BỘ Y TẾ | THỨ TRƯỞNG | Lê Văn Thành"),
        (Role.SIGNATURE, "KT. BỘ TRƯỞNG | BỘ TÀI CHÍNH | THỨ TRƯỞNG | Trần Thị Mai"),
    ]
    signer = extract_signer(document(parts, confidence=0.97), SETTINGS)
    assert signer is not None
    assert (signer.name, signer.needs_review) == ("Lê Văn Thành", True)


def test_a_name_without_its_family_name_is_none() -> None:
    parts = [(Role.SIGNATURE, "CHỦ TỊCH | Thị Thanh Mai")]
    signer = extract_signer(document(parts, confidence=0.97), SETTINGS)
    assert signer is not None
    assert (signer.name, signer.needs_review) == (None, True)


def test_a_person_may_have_the_name_of_a_place() -> None:
    parts = [(Role.SIGNATURE, "CHỦ TỊCH | Mai Sơn")]
    signer = extract_signer(document(parts, confidence=0.97), SETTINGS)
    assert signer is not None
    assert (signer.name, signer.needs_review) == ("Mai Sơn", True)


def test_a_post_left_unread_beside_the_signature_is_flagged() -> None:
    parts = [
        (Role.SIGNATURE, "CHỦ TỊCH | Lê Văn Thành"),
        (Role.NOISE, "zg KT CHỦ TỊCH"),
    ]
    signer = extract_signer(document(parts), SETTINGS)
    assert signer is not None
    assert signer.needs_review


@pytest.mark.parametrize(
    ("head", "words", "deputy"),
    [
        ("BỘ TRƯỞNG", "1T TRƯỜNG", "THỨ TRƯỞNG"),
        ("CHỦ TỊCH", "PHỞ GHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
        ("GIÁM ĐỐC", "TRƯỞNG PHÒNG", "TRƯỞNG PHÒNG"),
        ("GIÁM ĐỐC", "", ""),
    ],
)
def test_who_may_sign_for_whom(head: str, words: str, deputy: str) -> None:
    assert expected_deputy(head, words) == deputy


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_lines_have_an_authority(lines: list[str]) -> None:
    signed = read_authority(lines)
    assert signed.authority is None or signed.authority.strip()


def test_the_first_signature_counts_when_annexes_follow() -> None:
    body = [(Role.BODY, "Nội dung"), (Role.SIGNATURE, "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Lê Văn Thành")]
    annex = [(Role.BODY, "PHỤ LỤC"), (Role.SIGNATURE, "CHỦ TỊCH | Trần Thị Mai")]
    signer = extract_signer(document(body, annex), SETTINGS)
    assert signer is not None
    assert signer.name == "Lê Văn Thành"
    assert {entry.page for entry in signer.evidence} == {1}


def test_a_signature_that_the_layout_missed_is_found_and_flagged() -> None:
    parts = [
        (Role.BODY, "Yêu cầu các đơn vị thực hiện./."),
        (Role.BODY, "TL. CHỦ TỊCH"),
        (Role.BODY, "CHÁNH VĂN PHÒNG"),
        (Role.BODY, "Hoàng Minh Quân"),
    ]
    signer = extract_signer(document(parts), SETTINGS)
    assert signer is not None
    assert (signer.authority, signer.position, signer.name, signer.needs_review) == (
        "TL. CHỦ TỊCH",
        "CHÁNH VĂN PHÒNG",
        "Hoàng Minh Quân",
        True,
    )


def test_a_name_outside_the_box_is_found_below_it() -> None:
    parts = [(Role.SIGNATURE, "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH"), (Role.NOISE, "Phạm Hồng Sơn")]
    signer = extract_signer(document(parts), SETTINGS)
    assert signer is not None
    assert (signer.name, signer.needs_review) == ("Phạm Hồng Sơn", True)


def test_a_block_without_a_name_is_flagged() -> None:
    signer = extract_signer(document([(Role.SIGNATURE, "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH")]), SETTINGS)
    assert signer is not None
    assert (signer.name, signer.needs_review) == (None, True)


def test_no_signature_no_signer() -> None:
    assert extract_signer(document([(Role.BODY, "Chủ tịch UBND tỉnh yêu cầu")]), SETTINGS) is None


@pytest.mark.parametrize(
    ("line", "name", "known"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An", True),
        ("| Trần Hoàng Lan ~", "Trần Hoàng Lan", True),
        ("Tôn Nữ Thị Ninh", "Tôn Nữ Thị Ninh", True),
        ("Lê Quân", "Lê Quân", True),
        ("Kguyễn Quốc Bảo", "Kguyễn Quốc Bảo", False),
        ("Đăng Văn Bảo", "Đăng Văn Bảo", False),
        ("Đỗ v Văn š Bảo ï", "Đỗ v Văn š Bảo", False),
        ("Nguyen Van Bao", "Nguyen Van Bao", False),
        ("Phan Lan Anh", "Phan Lan Anh", True),
        ("H'Yim Kđoh", "H'Yim Kđoh", True),
        ("Y Thanh Hà Niê Kđăm", "Y Thanh Hà Niê Kđăm", True),
        ("Ksor H’Bơ Khăp", "Ksor H’Bơ Khăp", True),
        ("Thiếu tướng Nguyễn Văn An", "Nguyễn Văn An", True),
        ("PGS.TS. NGƯT Trần Thị Mai", "Trần Thị Mai", True),
    ],
)
def test_names(line: str, name: str, known: bool) -> None:
    found = find_name(line)
    assert found is not None
    assert (line[found[0] : found[1]], found[2]) == (name, known)


@pytest.mark.parametrize("line", ["", "(Đã ký)", "và các đơn vị", "PHÓ", "12/05/2023", "Ký bởi"])
def test_lines_without_a_name(line: str) -> None:
    assert find_name(line) is None


def test_names_in_capitals() -> None:
    assert name_case("TRẦN THỊ MAI") == "Trần Thị Mai"
    assert name_case("Trần Thị Mai") == "Trần Thị Mai"
    assert name_case("Đỗ v Văn š Bảo") == "Đỗ Văn Bảo"
    assert name_case("Giàng A Chu") == "Giàng A Chu"


@pytest.mark.parametrize("line", ["TRUNG TÂM", "Q TRƯỞNG", "TMĐT", "KTTH", "12. CHỦ TỊCH"])
def test_what_is_no_mark_of_authority(line: str) -> None:
    assert read_mark(line) is None


def test_lines_without_a_mark_are_the_post() -> None:
    signed = read_authority(["CHỦ TỊCH", "HỘI ĐỒNG QUẢN TRỊ"])
    assert (signed.authority, signed.position) == (None, "CHỦ TỊCH HỘI ĐỒNG QUẢN TRỊ")
    assert signed.steps == ()
