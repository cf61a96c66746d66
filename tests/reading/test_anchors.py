# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from pipeline.likeness import Span
from pipeline.reading import anchors


def cut(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "UY BAN NHAN DAN CONG HOA XA HQI CHU NGHIA VIET NAM",
            "CONG HOA XA HQI CHU NGHIA VIET NAM",
        ),
        ("HUYEN LUC NAM Poc 1ap - Tw do - Hanh phiic", "Poc 1ap - Tw do - Hanh phiic"),
        ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("CQNG HOAXA HQI CHU NGHiAVIET NAM", "CQNG HOAXA HQI CHU NGHiAVIET NAM"),
        ("Doclap-Tydo-Hanhphuc", "Doclap-Tydo-Hanhphuc"),
        ("SỞ NỘI VỤ", None),
        ("NGHĨA VIỆT NAM", None),
        ("công và Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam (02/9/1945 -", None),
        (
            "Trường Đại học Khoa học Tự nhiên CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ),
        ("phấn đấu vì độc lập - tự do - hạnh phúc của nhân dân", None),
    ],
)
def test_motto(text: str, expected: str | None) -> None:
    assert cut(text, anchors.find_motto(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S6: 194 /KH-UBND Luc Nam, ngay 19 thang 9 nam 2022", "S6: 194 /KH-UBND"),
        ("Số: 75/2025/QĐ-UBND", "Số: 75/2025/QĐ-UBND"),
        ("Số:        /QĐ-UBND", "Số:        /QĐ-UBND"),
        ("Số 05-CT/TW", "Số 05-CT/TW"),
        ("Số: 17/NQ- CP", "Số: 17/NQ- CP"),
        ("Số: 1906 /SGDĐT-CTrTT", "Số: 1906 /SGDĐT-CTrTT"),
        ("Số: 660/TB-UBND TP. Hồ Chí Minh, ngày 3 tháng 4 năm 2020", "Số: 660/TB-UBND"),
        ("Số lượng: 12 người", None),
        ("Căn cứ khoản 2 Điều 15", None),
    ],
)
def test_number(text: str, expected: str | None) -> None:
    assert cut(text, anchors.find_number(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "S6: 194 /KH-UBND Luc Nam, ngay 19 thang 9 nam 2022",
            "Luc Nam, ngay 19 thang 9 nam 2022",
        ),
        (
            "Thành phố Hồ Chí Minh, ngày 09 tháng 02 năm 2021",
            "Thành phố Hồ Chí Minh, ngày 09 tháng 02 năm 2021",
        ),
        ("Hà Nội, ngày    tháng    năm 2020", "Hà Nội, ngày    tháng    năm 2020"),
        ("Hà Nội, ngdy 5 thdng 6 ndm 2020", "Hà Nội, ngdy 5 thdng 6 ndm 2020"),
        ("Hà Nội là Thủ đô", None),
    ],
)
def test_place_and_date(text: str, expected: str | None) -> None:
    assert cut(text, anchors.find_place_date(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Noi nhén: KT, CHU TICH", "Noi nhén:"),
        ("Nơi nhận:", "Nơi nhận:"),
        ("Nơi nhận TM. ỦY BAN NHÂN DÂN", "Nơi nhận"),
        ("Nơi nhận kết quả của thủ tục hành chính", None),
        ("- Lưu: VT.", None),
    ],
)
def test_recipients_label(text: str, expected: str | None) -> None:
    assert cut(text, anchors.find_recipients_label(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Noi nhén: KT, CHU TICH", "KT, CHU TICH"),
        ("- So Lao dong- TB&XH; HO CHU TICH", "HO CHU TICH"),
        ("- Như trên; TL. BỘ TRƯỞNG", "TL. BỘ TRƯỞNG"),
        ("TUQ. CHỦ TỊCH", "TUQ. CHỦ TỊCH"),
        ("- TT Huyén uy, TT HDND;", None),
        ("- Chủ tịch, các PCT UBND huyện;", None),
        ("- VP UBND tỉnh: LĐVP, TH, KT, TTTT, TTPVHCC;", None),
    ],
)
def test_authority(text: str, expected: str | None) -> None:
    start = anchors.authority_start(text)
    assert (None if start is None else text[start:]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KE HOACH", "KẾ HOẠCH"),
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("CHi THI", "CHỈ THỊ"),
        ("Kế hoạch", None),
        ("TÒA ÁN NHÂN DÂN", None),
        ("", None),
    ],
)
def test_document_type(text: str, expected: str | None) -> None:
    assert anchors.document_type(text) == expected
    assert anchors.is_document_type_line(text) is (expected is not None)


def test_labels_and_stamps() -> None:
    assert anchors.find_addressees_label("Kinh giri: Sở Nội vụ") is not None
    assert anchors.find_addressees_label("Nội dung: gửi báo cáo") is None
    assert anchors.find_subject("V/v báo cáo kết quả") is not None
    assert anchors.find_subject("Vụ việc này") is None
    assert anchors.is_stamp("HỎA TỐC", "urgency")
    assert not anchors.is_stamp("HỎA LÒ", "secrecy")
