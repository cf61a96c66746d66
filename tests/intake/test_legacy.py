# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import vietnamese
from pipeline.dictionary import rows
from pipeline.intake.legacy import (
    Encoding,
    draws_capitals,
    find_encoding,
    font_encoding,
    to_unicode,
)

MOTTO = "Cộng hoà xã hội chủ nghĩa Việt Nam"


def table(encoding: Encoding) -> dict[str, str]:
    return {
        row["unicode"]: "".join(chr(int(code[2:], 16)) for code in row["legacy"].split())
        for row in rows(f"legacy_{encoding.value.lower()}")
    }


def encode(text: str, encoding: Encoding) -> str:
    inverse = table(encoding)
    return "".join(inverse.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", Encoding.TCVN3, MOTTO),
        ("Céng hoμ x· héi", Encoding.TCVN3, "Cộng hoà xã hội"),  # Greek mu for the micro sign
        ("Uû ban nh©n d©n tØnh", Encoding.TCVN3, "Uỷ ban nhân dân tỉnh"),
        ("§éc lËp - Tù do - H¹nh phóc", Encoding.TCVN3, "Độc lập - Tự do - Hạnh phúc"),
        ("H-íng dÉn Th-¬ng m¹i", Encoding.TCVN3, "Hướng dẫn Thương mại"),
        ("H\u00adíng dÉn", Encoding.TCVN3, "Hướng dẫn"),
        ("15/CT-UBND, 1781-CV/TU", Encoding.TCVN3, "15/CT-UBND, 1781-CV/TU"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Encoding.VNI, MOTTO.replace("oà", "òa")),
        ("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", Encoding.VNI, "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        ("Thuû töôùng Chính phuû", Encoding.VNI, "Thủ tướng Chính phủ"),
    ],
)
def test_known_texts(text: str, encoding: Encoding, expected: str) -> None:
    assert to_unicode(text, encoding) == expected


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", Encoding.TCVN3, False),
        (".VnTimeH", Encoding.TCVN3, True),
        (".VnArialH,Bold", Encoding.TCVN3, True),
        (".VnTimeH-Bold", Encoding.TCVN3, True),
        (".VNTIME", Encoding.TCVN3, False),
        ("VNI-Times", Encoding.VNI, False),
        ("VNI-Helve-Bold", Encoding.VNI, False),
        ("Times New Roman", None, False),
        ("Vni", Encoding.VNI, False),
    ],
)
def test_fonts(font: str, encoding: Encoding | None, capitals: bool) -> None:
    assert font_encoding(font) is encoding
    assert draws_capitals(font) is capitals


def test_a_font_of_capitals_makes_capitals() -> None:
    assert to_unicode("ñy ban nh©n d©n", Encoding.TCVN3, ".VnTimeH") == "ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", Encoding.TCVN3),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Encoding.VNI),
        (MOTTO, None),
        ("Cong hoa xa hoi chu nghia Viet Nam", None),
        ("Thyc hi~n Chuong trinh s6 hoa tai li~u", None),
        ("Le château où naquit le général fut détruit", None),
        ("", None),
    ],
)
def test_find_encoding(text: str, expected: Encoding | None) -> None:
    assert find_encoding(text) is expected


@pytest.mark.parametrize("encoding", list(Encoding))
def test_tables_are_one_to_one_and_composed(encoding: Encoding) -> None:
    inverse = table(encoding)
    assert len(set(inverse.values())) == len(inverse) == len(rows(f"legacy_{encoding.lower()}"))
    assert all(unicodedata.is_normalized("NFC", letter) for letter in inverse)
    marks = "ăâđêôơư" + "".join(
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưy"
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    )
    assert set(marks) <= set(inverse)


SYLLABLES = st.builds(
    lambda onset, rime, tone: vietnamese.nfc(_toned(onset + rime, tone)),
    st.sampled_from([*sorted(vietnamese._ONSETS), ""]),
    st.sampled_from(sorted(vietnamese._RIMES)),
    st.sampled_from(["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]),
)


def _toned(syllable: str, tone: str) -> str:
    place = max(index for index, char in enumerate(syllable) if char in "aăâeêioôơuưy")
    return syllable[: place + 1] + tone + syllable[place + 1 :]


@given(st.lists(SYLLABLES, min_size=1, max_size=8), st.sampled_from(list(Encoding)))
def test_round_trip(syllables: list[str], encoding: Encoding) -> None:
    text = " ".join(syllables)
    assert to_unicode(encode(text, encoding), encoding) == text
