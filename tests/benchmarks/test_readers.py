# SPDX-License-Identifier: Apache-2.0
"""Where the lines of a page stand in its true text, and what of it nobody printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.readers import Tally, add, placed
from benchmarks.readings import read_text
from benchmarks.truth import PageTruth
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "ỦY BAN NHÂN DÂN|TỈNH QUẢNG NGÃI|Số: 12/UBND-NC"
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc"
BODY = "Kính gửi: Sở Y tế|Thực hiện Công văn số 5/BYT-DP, yêu cầu Sở Y tế báo cáo."


def pieces(lines: str) -> list[list[tuple[str, bool]]]:
    """Return lines that are parted by bars as words of which none is in doubt."""
    return [[(word, False) for word in text.split()] for text in lines.split("|")]


def text_of(found: list[tuple[str, bool]]) -> str:
    """Return words as a text."""
    return " ".join(word for word, _ in found)


@pytest.mark.parametrize(
    ("right", "read"),
    [
        (f"{HEAD}|{MOTTO}|{BODY}", f"{MOTTO}|{HEAD}|{BODY}"),
        (f"{MOTTO}|{HEAD}|{BODY}", f"{HEAD}|{MOTTO}|{BODY}"),
        ("Nơi nhận:|GIÁM ĐỐC|- Như trên;|Lê Thị An", "Nơi nhận:|- Như trên;|GIÁM ĐỐC|Lê Thị An"),
    ],
)
def test_lines_that_stand_elsewhere_are_put_in_their_place(right: str, read: str) -> None:
    """The two columns of a head and of a foot have no order of their own."""
    words = right.replace("|", " ").split()
    assert text_of(placed(words, pieces(read))) == " ".join(words)


def test_a_line_that_is_like_nothing_stays_behind_the_line_before_it() -> None:
    """What was not there is no less wrong for being put elsewhere."""
    read = "Kính gửi: Sở Y tế|q w e r t|Thực hiện Công văn số 5/BYT-DP"
    found = placed(BODY.replace("|", " ").split(), pieces(read))
    assert text_of(found) == read.replace("|", " ")


def test_a_misread_line_keeps_its_errors_where_it_goes() -> None:
    """A move mends nothing."""
    words = f"{HEAD}|{MOTTO}".replace("|", " ").split()
    found = placed(words, pieces(f"{MOTTO}|ỦY BAN NHÂN DAN|TỈNH QUANG NGÃI|Số: 12/UBND-NC"))
    assert text_of(found).startswith("ỦY BAN NHÂN DAN TỈNH QUANG NGÃI Số: 12/UBND-NC CỘNG")


@given(st.lists(st.text("abcđ ", min_size=1, max_size=12), max_size=6), st.randoms())
def test_nothing_is_lost_or_added(lines: list[str], chance: object) -> None:
    """Whatever the true text is: the same words, in another order at most."""
    read = pieces("|".join(lines))
    words = " ".join(lines).split()
    chance.shuffle(words)  # type: ignore[attr-defined]
    assert sorted(placed(words, read)) == sorted(p for line in read for p in line)


def test_what_a_typed_copy_says_of_a_hand_and_a_seal_is_not_asked_for(tmp_path: Path) -> None:
    """No page has "(Đã ký và đóng dấu)" in print."""
    path = tmp_path / "a.page1.txt"
    path.write_text("GIÁM ĐỐC\n(Đã ký và đóng dấu)\nLê Thị An\n", "utf-8")
    page = read_text("GIÁM ĐỐC\n\nLê Thị An\n", Settings()).pages[0]
    tally = Tally()
    add(tally, page, PageTruth("a.json", 1, path), flag=0.8)
    assert (tally.in_place, tally.wrong, tally.syllables) == (0, 0, 5)
