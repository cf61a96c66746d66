# SPDX-License-Identifier: Apache-2.0
"""Tests of pipeline/repair/text.py (another test_text.py tests the benchmarks)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrap import CLEAN, GARBLED

from pipeline.repair.text import RepairedToken, repair_text, undo

if TYPE_CHECKING:
    from pathlib import Path

Asked = Literal["auto", "garbled", "vie"]
MODES: tuple[Asked, ...] = ("auto", "garbled", "vie")

BLANKS = st.sampled_from(
    [" ", " ", " ", "  ", "\t", "\u00a0", "\n", "\r\n", "\n\n", "\u2003", "\x0c"]
)
PIECES = st.sampled_from(
    "UY BAN NHAN DAN Truyén thong vé Chwong trinh giam nghéo bén virng huyén Luc Nam, ngay l "
    "9/6/2015 Luật Tô Ổ chức S6: 194 /KH-UBND 90/QD-TTg ngày |. I11. 1. tòan NQ-СР phr:?m tuy@n "
    "CQNGHOA “số” KT, CHU TICH Dwong Cong Pinh hoà V.TO & - Noi nhén: xyzw ngh èo a) … ¢ é".split()
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.one_of(PIECES, PIECES, BLANKS, st.text(max_size=5)), max_size=30).map("".join),
    st.lists(st.tuples(PIECES, BLANKS), max_size=25).map(
        lambda pairs: "".join(part for pair in pairs for part in pair)
    ),
)
# Enough words that the text counts as read by the one or the other.
PROSE = st.sampled_from(["", CLEAN + "\n", GARBLED + "\n"])


class TestTheIssue:
    @pytest.mark.parametrize(
        ("seen", "right"),
        [
            ("UY BAN NHAN DAN", "ỦY BAN NHÂN DÂN"),
            (
                "Truyén thong vé Chwong trinh muc tiéu qudc gia giam nghéo bén virng huyén Luc Nam",
                "Truyền thông về Chương trình mục tiêu quốc gia giảm nghèo bền vững huyện Lục Nam",
            ),
            (
                "Luật Tô Ổ chức chính quyên địa phương ngày l 9/6/2015",
                "Luật Tổ chức chính quyền địa phương ngày 19/6/2015",
            ),
        ],
    )
    def test_its_first_examples(self, seen: str, right: str) -> None:
        assert repair_text(seen).text == right

    @pytest.mark.parametrize(
        ("seen", "right"),
        [
            (
                "Quyét dinh s6 650/QD-LDTBXH ngay 21/7/2022",
                "Quyết định số 650/QĐ-LĐTBXH ngày 21/7/2022",
            ),
            ("CQNG HOAXA HQI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("an toan thực phr:?m va dinh duong", "an toàn thực phẩm và dinh dưỡng"),
        ],
    )
    def test_its_other_examples(self, seen: str, right: str) -> None:
        assert repair_text(f"{GARBLED}\n{seen}").text.split("\n")[1] == right

    def test_a_name_below_the_text(self) -> None:
        seen = f"{GARBLED}\nKT. CHU TICH\nPHO CHU TICH\nDwong Cong Pinh\n"
        assert repair_text(seen).text.splitlines()[-1] == "Dương Công Định"


class TestUndo:
    @given(PROSE, TEXTS, st.sampled_from(MODES))
    @settings(max_examples=250, deadline=None)
    def test_it_gives_back_the_text(self, prose: str, seen: str, mode: Asked) -> None:
        repaired = repair_text(prose + seen, mode=mode)
        assert undo(repaired.text, repaired.edits) == prose + seen

    @pytest.mark.parametrize(
        "seen",
        ["", " ", "\n", "\r\n", "\t\n \n", "\u00a0", "huyén", "  giam\tnghéo\u00a0bén  virng \r\n",
         "a\u2028b\u0085c", "\ufeffgiam nghéo", "gia\u0309m nghe\u0300o", "\x00",
         "\ud7ff\U0001f600"],
    )  # fmt: skip
    @pytest.mark.parametrize("mode", MODES)
    def test_odd_texts(self, seen: str, mode: Asked) -> None:
        repaired = repair_text(seen, mode=mode)
        assert undo(repaired.text, repaired.edits) == seen

    def test_the_whole_plan(self, samples: Path) -> None:
        seen = (samples / "plan-194.txt").read_text("utf-8")
        repaired = repair_text(seen)
        assert undo(repaired.text, repaired.edits) == seen
        assert len(repaired.edits) > 2_000


class TestShape:
    @given(PROSE, TEXTS, st.sampled_from(MODES))
    @settings(max_examples=100, deadline=None)
    def test_lines_and_blanks_stay(self, prose: str, seen: str, mode: Asked) -> None:
        repaired = repair_text(prose + seen, mode=mode)
        assert repaired.text.count("\n") == (prose + seen).count("\n")
        for line, before in zip(repaired.text.split("\n"), (prose + seen).split("\n"), strict=True):
            assert (
                line[: len(line) - len(line.lstrip())]
                == before[: len(before) - len(before.lstrip())]
            )
            assert line[len(line.rstrip()) :] == before[len(before.rstrip()) :]

    @given(TEXTS)
    @settings(max_examples=100, deadline=None)
    def test_edits_stand_where_they_say(self, seen: str) -> None:
        repaired = repair_text(seen, mode="garbled")
        ends = [0]
        for edit in repaired.edits:
            assert repaired.text[edit.start : edit.end] == edit.after != edit.before
            assert edit.start >= ends[-1]
            assert 0 < edit.score <= 1
            assert edit.rule
            ends.append(edit.end)

    @given(TEXTS)
    @settings(max_examples=100, deadline=None)
    def test_tokens_are_the_text(self, seen: str) -> None:
        repaired = repair_text(seen)
        assert [token.text for token in repaired.tokens] == repaired.text.split()
        assert all(0 <= token.confidence <= 1 for token in repaired.tokens)

    def test_nothing_comes_back_as_it_is(self) -> None:
        for text in ("", " \n\t", "\r\n"):
            repaired = repair_text(text)
            assert (repaired.text, repaired.edits, repaired.tokens) == (text, (), ())


def _codes() -> list[str]:
    kinds = ("KH-UBND", "QĐ-TTg", "QĐ-LĐTBXH", "NQ-HĐND", "CV-SNV")
    return [f"{number}/{kind}" for number, kind in product((1, 12, 194, 1583), kinds)]


DAYS = st.dates().filter(lambda day: day.year > 1900)
PROTECTED = st.one_of(
    st.integers(100, 10**9).map(str),
    st.integers(1, 999).map(lambda number: f"{number:,}.000.000".replace(",", ".")),
    DAYS.map(lambda day: f"{day.day:02}/{day.month:02}/{day.year}"),
    DAYS.map(lambda day: f"{day.day}/{day.month}/{day.year}"),
    DAYS.map(lambda day: f"{day.day:02}-{day.month:02}-{day.year}"),
    st.sampled_from(_codes()),
    st.tuples(st.integers(1, 99), st.integers(0, 99)).map(lambda parts: f"{parts[0]},{parts[1]}%"),
    st.tuples(st.integers(1900, 2090), st.integers(1, 9)).map(lambda y: f"{y[0]}-{y[0] + y[1]}"),
    st.sampled_from(["vanthu@lucnam.bacgiang.gov.vn", "https://chinhphu.vn", "05-CT/TW"]),
    st.sampled_from(["COVID-19", "khoản 2a", "H1N1"]).map(lambda text: text.split()[-1]),
)  # fmt: skip


@given(
    st.lists(st.tuples(PROTECTED, st.sampled_from(["", ",", ";"])), min_size=1, max_size=5),
    st.sampled_from([CLEAN, GARBLED]),
    st.sampled_from(MODES),
)
@settings(max_examples=200, deadline=None)
def test_numbers_dates_and_codes_never_change(
    found: list[tuple[str, str]], prose: str, mode: Asked
) -> None:
    words = prose.split()
    tokens = [token + mark for token, mark in found]
    seen = " ".join([*words[:6], *(f"{token} {words[6]}" for token in tokens), *words[7:]])
    given_back = repair_text(seen, mode=mode).text.split()
    rest = iter(given_back)
    assert all(token in rest for token in tokens), (tokens, given_back)


class TestModes:
    @pytest.mark.parametrize(
        ("text", "asked", "mode"),
        [
            (CLEAN, "auto", "vie"),
            (CLEAN, "vie", "vie"),
            (CLEAN, "garbled", "garbled"),
            (GARBLED, "auto", "garbled"),
            (GARBLED, "vie", "vie"),
            (
                "De nghi cac co quan, don vi to chuc thuc hien nghiem tuc noi dung nay.",
                "auto",
                "plain",
            ),
            (
                "De nghi cac co quan, don vi to chuc thuc hien nghiem tuc noi dung nay.",
                "garbled",
                "plain",
            ),
            ("", "auto", "vie"),
        ],
    )
    def test_how_it_was_read(self, text: str, asked: Asked, mode: str) -> None:
        assert repair_text(text, mode=asked).mode == mode

    def test_a_reader_of_vietnamese_takes_no_digit_for_a_letter(self) -> None:
        seen = "d6i mdi, d6ng bd"
        assert repair_text(seen, mode="vie").text.startswith("d6i ")
        assert repair_text(seen, mode="garbled").text == "đổi mới, đồng bộ"

    @pytest.mark.parametrize("line", [CLEAN, CLEAN.upper(), "Nơi nhận:\n- Như trên;\n- Lưu: VT."])
    @pytest.mark.parametrize("mode", ["auto", "vie"])
    def test_right_text_stays(self, line: str, mode: Asked) -> None:
        assert repair_text(line, mode=mode).text == line


class TestConfidences:
    @pytest.mark.parametrize("given_", [[], [0.9], [0.9] * 3, [None] * 5])
    def test_as_many_are_needed_as_tokens(self, given_: list[float | None]) -> None:
        with pytest.raises(ValueError, match="confidences"):
            repair_text("Ủy ban\nnhân dân", confidences=given_)

    def test_none_is_no_opinion(self) -> None:
        count = len(CLEAN.split())
        assert repair_text(CLEAN, confidences=[None] * count) == repair_text(CLEAN)

    def test_a_word_that_the_reader_doubts_is_less_sure(self) -> None:
        """A name that may be another: only the reader can say."""
        words = f"{CLEAN} Thôn Bãi Cả, xã Hồng Giang".split()
        place = words.index("Cả,")

        def given_back(confidence: float) -> RepairedToken:
            own = [confidence if n == place else 0.97 for n in range(len(words))]
            return repair_text(" ".join(words), mode="vie", confidences=own).tokens[place]

        believed, doubted = given_back(0.999), given_back(0.05)
        assert believed.text == "Cả,"
        assert doubted.confidence < 0.6
        assert believed.confidence > 0.9

    def test_they_go_with_their_tokens(self) -> None:
        """Doubt about the first word is none about the second."""
        given_ = [0.05, *[0.99] * (len(CLEAN.split()) - 1)]
        assert repair_text(CLEAN, confidences=given_).text == CLEAN


class TestTheSecondTime:
    @pytest.mark.parametrize(
        "text", [CLEAN, f"{CLEAN}\n- Lưu: VT, HĐND.\n", "KẾ HOẠCH\nVề giảm nghèo"]
    )
    def test_right_text_comes_back_untouched(self, text: str) -> None:
        assert repair_text(text).edits == ()

    def test_what_was_repaired_is_right(self, samples: Path) -> None:
        once = repair_text((samples / "plan-194.txt").read_text("utf-8"))
        again = repair_text(once.text)
        assert again.mode == "vie"
        assert len(again.edits) <= 0.005 * len(once.tokens)

    def test_the_true_plan_comes_back_untouched(self, samples: Path) -> None:
        true = (samples / "truth" / "plan-194.page1.txt").read_text("utf-8")
        assert [(edit.before, edit.after) for edit in repair_text(true).edits] == []
