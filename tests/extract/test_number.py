# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.number import extract_number, parse_number
from pipeline.model import Edit, Line, Role, Word
from pipeline.settings import Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("text", "value", "sequence", "notation"),
    [
        # a named type of an office
        ("194/KH-UBND", "194/KH-UBND", "194", "KH-UBND"),
        ("194 /KH-UBND", "194/KH-UBND", "194", "KH-UBND"),
        ("04/CT-UBND", "04/CT-UBND", "04", "CT-UBND"),
        ("2827/QĐ-BGDĐT", "2827/QĐ-BGDĐT", "2827", "QĐ-BGDĐT"),
        ("253/TB-VPCP", "253/TB-VPCP", "253", "TB-VPCP"),
        ("09/TTr-UBND", "09/TTr-UBND", "09", "TTr-UBND"),
        ("25 /QĐ-ĐHLN-TCCB", "25/QĐ-ĐHLN-TCCB", "25", "QĐ-ĐHLN-TCCB"),
        ("3070. /KH-UBND", "3070/KH-UBND", "3070", "KH-UBND"),
        ("542_ /TB-UBND", "542/TB-UBND", "542", "TB-UBND"),
        ("12a/TB-SNV", "12a/TB-SNV", "12a", "TB-SNV"),
        ("30c/NQ-CP", "30c/NQ-CP", "30c", "NQ-CP"),
        ("7/GM-UBND", "7/GM-UBND", "7", "GM-UBND"),
        ("118/ KH - UBND", "118/KH-UBND", "118", "KH-UBND"),
        ("118/KH–UBND", "118/KH-UBND", "118", "KH-UBND"),
        ("118|KH-UBND", "118/KH-UBND", "118", "KH-UBND"),
        # a công văn: the organ and the unit that wrote it
        ("299/UBND-TTHC", "299/UBND-TTHC", "299", "UBND-TTHC"),
        ("1906 /SGDĐT-CTrTT", "1906/SGDĐT-CTrTT", "1906", "SGDĐT-CTrTT"),
        ("464 /TTg-CĐS", "464/TTg-CĐS", "464", "TTg-CĐS"),
        ("88/VP", "88/VP", "88", "VP"),
        # legal texts carry the year
        ("59/2019/NĐ-CP", "59/2019/NĐ-CP", "59", "2019/NĐ-CP"),
        ("27/2026/NQ-CP", "27/2026/NQ-CP", "27", "2026/NQ-CP"),
        ("72/2025/QH15", "72/2025/QH15", "72", "2025/QH15"),
        ("02/2023/TB-LPQT", "02/2023/TB-LPQT", "02", "2023/TB-LPQT"),
        ("14/2021/TT-BNV", "14/2021/TT-BNV", "14", "2021/TT-BNV"),
        # the Party: type before the slash, organ after it
        ("20-TB/TW", "20-TB/TW", "20", "TB/TW"),
        ("205-QĐ/TW", "205-QĐ/TW", "205", "QĐ/TW"),
        ("36 - HD/VPTW", "36-HD/VPTW", "36", "HD/VPTW"),
        ("1781-CV/TU", "1781-CV/TU", "1781", "CV/TU"),
        ("45-CTr/HU", "45-CTr/HU", "45", "CTr/HU"),
        ("432-TB/VPTW", "432-TB/VPTW", "432", "TB/VPTW"),
        ("18- KL/TW", "18-KL/TW", "18", "KL/TW"),
        ("1781 CV/TU", "1781-CV/TU", "1781", "CV/TU"),  # the dash was lost
        ("        -QĐ/TU", None, None, "QĐ/TU"),
        ("......-CV/HU", None, None, "CV/HU"),
        # organs of several parts
        ("12/NQ-BCH.ĐU", "12/NQ-BCH.ĐU", "12", "NQ-BCH.ĐU"),
        ("45/QĐ-CT.UBND", "45/QĐ-CT.UBND", "45", "QĐ-CT.UBND"),
        ("99/BC-ĐĐBQH&HĐND", "99/BC-ĐĐBQH&HĐND", "99", "BC-ĐĐBQH&HĐND"),
        ("15/QĐ/ĐUK", "15/QĐ/ĐUK", "15", "QĐ/ĐUK"),
        ("05/KH-UBMTTQ-BTT", "05/KH-UBMTTQ-BTT", "05", "KH-UBMTTQ-BTT"),
        ("144/2025/QĐ-CTUBND", "144/2025/QĐ-CTUBND", "144", "2025/QĐ-CTUBND"),
        ("76/2025/UBTVQH15", "76/2025/UBTVQH15", "76", "2025/UBTVQH15"),
        ("57/VBHN-BCT", "57/VBHN-BCT", "57", "VBHN-BCT"),
        ("90/QĐ-TTg. Hà Nội", "90/QĐ-TTg", "90", "QĐ-TTg"),
        ("15/KH-UBND/2", "15/KH-UBND", "15", "KH-UBND"),
        # Đ lost or doubled by a reader, what stands to the right on the same line
        ("90/QD-TTg", "90/QĐ-TTg", "90", "QĐ-TTg"),
        ("47/QĐĐ-UBND", "47/QĐ-UBND", "47", "QĐ-UBND"),
        ("194 /KH-UBND Lục Nam, ngày 19 tháng 9 năm 2022", "194/KH-UBND", "194", "KH-UBND"),
        # an empty slot, and handwriting that is plainly no number: nothing is invented
        ("      /QĐ-UBND", None, None, "QĐ-UBND"),
        ("/QĐ-UBND", None, None, "QĐ-UBND"),
        ("...../KH-SYT", None, None, "KH-SYT"),
        ("đ# /CT-UBND", None, None, "CT-UBND"),
        ("4@† /TTg-CĐS", None, None, "TTg-CĐS"),
        ("8Š /QĐ-UBND", None, None, "QĐ-UBND"),
        ("6§( /TB-UBND", None, None, "TB-UBND"),
        ("“Y) /KH-SYT", None, None, "KH-SYT"),
    ],
)
def test_numbers(text: str, value: str | None, sequence: str | None, notation: str) -> None:
    found = parse_number(text)
    assert found is not None
    parts, _ = found
    assert (parts.value, parts.sequence, parts.notation) == (value, sequence, notation)


@pytest.mark.parametrize("text", ["", "12", "ngày 19 tháng 9", "Hà Nội", "12 tháng 3"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_digits_set_apart_are_joined_and_flagged() -> None:
    found = parse_number("4 4/QĐ-UBND")
    assert found is not None
    assert found[0].value == "44/QĐ-UBND"
    assert found[0].doubtful


def test_a_lost_slash_is_flagged() -> None:
    found = parse_number("23”BC-UBND")
    assert found is not None
    assert (found[0].value, found[0].doubtful) == ("23/BC-UBND", True)


@given(st.text(max_size=40))
def test_any_text_parses_or_not_but_never_raises(text: str) -> None:
    found = parse_number(text)
    assert found is None or 0 <= found[1] <= len(text)


@given(st.integers(1, 99999), st.sampled_from(["KH-UBND", "QĐ-TTg", "CT-UBND", "TB-VPCP"]))
def test_a_number_that_is_printed_is_read_back(sequence: int, notation: str) -> None:
    printed = f"{sequence:02}/{notation}"
    found = parse_number(printed)
    assert found is not None
    assert found[0].value == printed


def _number(*parts: tuple[Role, str], confidence: float | None = None):
    return extract_number(document(list(parts), confidence=confidence).pages[0], SETTINGS)


def test_the_box_of_the_number() -> None:
    number = _number((Role.NUMBER, "Số: 15/KH-UBND"))
    assert number is not None
    assert (number.value, number.raw, number.needs_review) == (
        "15/KH-UBND",
        "Số: 15/KH-UBND",
        False,
    )
    assert number.evidence[0].rule == "number.box"


@pytest.mark.parametrize("label", ["Số: ", "SỐ: ", "S6: ", "Sô: ", "Só:", "Số ", "Số", "sé ", ""])
def test_labels_as_they_are_read(label: str) -> None:
    number = _number((Role.NUMBER, f"{label}15/KH-UBND"))
    assert number is not None
    assert number.value == "15/KH-UBND"


def _read(word: Word, notation: float = 0.97, named: tuple[str, ...] = ()):
    """The number in a head read from an image: "Số:", the word of its slot, "/QĐ-ĐHLN"."""
    page = document([(Role.NUMBER, "Số: 1 /QĐ-ĐHLN")], confidence=notation).pages[0]
    label, old, code = page.blocks[0].lines[0].words
    words = (replace(label, confidence=0.97), replace(word, box=old.box), code)
    block = replace(page.blocks[0], lines=(Line(words),))
    return extract_number(replace(page, blocks=(block,)), SETTINGS, named)


@pytest.mark.parametrize(("confidence", "review"), [(0.99, False), (0.9, False), (0.88, True)])
def test_digits_that_were_not_read_surely_are_looked_at(confidence: float, review: bool) -> None:
    number = _read(Word("25", None, confidence))
    assert number is not None
    assert number.needs_review is review


@pytest.mark.parametrize(
    ("named", "review"),
    [
        ((), True),
        (("Trường Đại học Lâm nghiệp",), False),
        (("Sở Y tế", "ĐHLN"), False),
        (("Trường Đại học Y Hà Nội",), True),
    ],
)
def test_a_notation_that_the_document_explains(named: tuple[str, ...], review: bool) -> None:
    number = _read(Word("25", None, 0.99), notation=0.6, named=named)
    assert number is not None
    assert number.value == "25/QĐ-ĐHLN"
    assert number.needs_review is review


def test_what_else_was_read_stands_among_the_alternatives() -> None:
    word = Word("899", None, 0.88, Edit("89g", 0.88, "slot", ("299", "8 99", "")))
    number = _read(word)
    assert number is not None
    assert (number.value, number.alternatives) == ("899/QĐ-ĐHLN", ["299/QĐ-ĐHLN"])
    assert number.needs_review


def test_a_number_inside_the_organ_block_is_found_with_less_confidence() -> None:
    number = _number((Role.ORGAN, "SỞ Y TẾ | Số: 15/KH-SYT"))
    assert number is not None
    assert number.value == "15/KH-SYT"
    assert number.needs_review


def test_a_cited_number_is_not_the_head_s() -> None:
    assert _number((Role.BODY, "Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022")) is None


def test_a_field_of_a_form_is_no_number() -> None:
    assert _number((Role.BODY, "Số CCCD/Hộ chiếu: ........................")) is None


def test_an_unreadable_box_keeps_what_was_read() -> None:
    number = _number((Role.NUMBER, "Số: ~~ %%"), confidence=0.4)
    assert number is not None
    assert (number.value, number.raw, number.needs_review) == (None, "Số: ~~ %%", True)
