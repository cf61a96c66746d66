# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.marks import comma_for_stop, mark_changes, mend_marks, spaced, without_tail


def mended(*blocks: str) -> list[str]:
    """Blocks of lines ("|" between them) with their marks mended."""
    lines = [[line.split() for line in block.split("|")] for block in blocks]
    found = []
    for own, changes in zip(lines, mark_changes(lines), strict=True):
        words = [word for line in own for word in line]
        for change in changes:
            words[change.first] = change.text
        found.append(" ".join(words))
    return found


@pytest.mark.parametrize(
    ("token", "following", "right"),
    [
        ("giá.", "quan", "giá,"),
        ("Nội.", "ngày", "Nội,"),
        ("đô-la.", "và", "đô-la,"),
        ("cao”.", "trên", "cao”,"),
        ("dân).", "các", "dân),"),
        ("2045”.", "trên", "2045”,"),
        ("2025-2035.", "định", "2025-2035,"),
        ("2025.", "của", "2025"),
        ("15%.", "tăng", "15%,"),
        ("TRƯỞNG.", "phó", "TRƯỞNG,"),
        # A sentence, an item, an abbreviation, an ellipsis.
        ("giá.", "Quan", "giá."),
        ("giá.", "2", "giá."),
        ("giá.", "b)", "giá."),
        ("giá.", "-", "giá."),
        ("giá.", "", "giá."),
        ("TP.", "nào", "TP."),
        ("v.v.", "và", "v.v."),
        ("nhạc...", "thông", "nhạc..."),
        ("BMS,...", "điện", "BMS,..."),
        ("gov.", "vn/thông-tin", "gov."),
        ("1.", "các", "1."),
        ("12/QĐ-UBND.", "các", "12/QĐ-UBND."),
        ("22/12/2024.", "các", "22/12/2024."),
        ("giá", "quan", "giá"),
    ],
)
def test_a_stop_before_a_small_letter_was_a_comma(token: str, following: str, right: str) -> None:
    assert comma_for_stop(token, following) == right
    assert comma_for_stop(right, following) == right


@pytest.mark.parametrize(
    ("token", "right"),
    [
        ("hội.⁄.", "hội./."),
        ("này,/.", "này./."),
        ("này./", "này./."),
        ("biết/.", "biết./."),
        ("tỉnh).!.", "tỉnh)./."),
        ("2025.⁄.", "2025./."),
        ("này./.", "này./."),
        ("này.", "này."),
        ("này...", "này..."),
        ("1./", "1./"),
        ("KT./", "KT./."),
        ("vn/", "vn/"),
    ],
)
def test_the_end_of_a_text(token: str, right: str) -> None:
    assert mend_marks(token, "") == right
    assert mend_marks(token, "Nơi") == token


@pytest.mark.parametrize(
    ("token", "right"),
    [
        ("V.TỔ", "V. TỔ"),
        ("III.NỘI", "III. NỘI"),
        ("1.MỤC", "1. MỤC"),
        ("V. TỔ", "V. TỔ"),
        ("V.Tổ", "V.Tổ"),
        ("V.I.P", "V.I.P"),
        ("06.TACN", "06.TACN"),
        ("TP.HCM", "TP.HCM"),
    ],
)
def test_a_heading_has_a_blank_behind_its_numeral(token: str, right: str) -> None:
    assert spaced(token) == right


@pytest.mark.parametrize(
    ("token", "right"),
    [("tư’", "tư"), ("cử?", "cử"), ("‘tư’", "‘tư’"), ("nhà?", "nhà?"), ("tư’,", "tư,")],
)
def test_tails_of_letters(token: str, right: str) -> None:
    assert without_tail(token) == right


class TestBlocks:
    def test_lines_go_on_and_blocks_end(self) -> None:
        assert mended("các sở. ban.|ngành của|tỉnh.", "đơn vị") == [
            "các sở, ban, ngành của tỉnh.",
            "đơn vị",
        ]

    def test_only_the_beginning_of_a_line_is_a_heading(self) -> None:
        assert mended("V.TỔ CHỨC|VI.TỔ 5.TỔ") == ["V. TỔ CHỨC VI. TỔ 5.TỔ"]

    def test_grounds_end_in_semicolons(self) -> None:
        assert mended(
            "Căn cứ Luật Đất đai: Căn cứ|Luật Giá:", "Xét đề nghị của Sở:", "Điều 1."
        ) == [
            "Căn cứ Luật Đất đai; Căn cứ Luật Giá;",
            "Xét đề nghị của Sở:",
            "Điều 1.",
        ]

    @pytest.mark.parametrize(
        "blocks",
        [
            ("Căn cứ Luật Giá, quy định như sau:", "Căn cứ tình hình"),
            ("Các bước thực hiện:", "Căn cứ tình hình"),
            ("Căn cứ Luật Giá:", "1. Mục đích"),
        ],
    )
    def test_other_colons_stay(self, blocks: tuple[str, ...]) -> None:
        assert mended(*blocks) == list(blocks)

    def test_the_last_word_of_a_document(self) -> None:
        said = "chịu trách nhiệm thi hành Quyết định"
        assert mended(f"{said} này...") == [f"{said} này./."]
        assert mended("những điều này...") == ["những điều này..."]


WORDS = st.sampled_from(
    "giá. quan, này./ V.TỔ Căn cứ Luật: 2025. của b) KT. hội.⁄. này... thi hành ngành".split()
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=4))
def test_the_second_time_is_still(lines: list[list[str]]) -> None:
    words = [word for line in lines for word in line]
    for change in mark_changes([lines])[0]:
        words[change.first] = change.text
    again = []
    for line in lines:
        again.append(words[: len(line)])
        words = words[len(line) :]
    assert mark_changes([again]) == [[]]
