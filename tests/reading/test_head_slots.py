# SPDX-License-Identifier: Apache-2.0
"""Where number, day and month stand in the head."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, Line, Word
from pipeline.reading.slots import find_slots, width_of

SIZE = 13.0


def set_in_times(*words: str, left: float = 100.0) -> Line:
    """A line with the boxes that its words have when set in Times; "~05" is as wide as "05"."""
    made, x = [], left
    for word in words:
        width = width_of(word) * SIZE
        made.append(Word(word, Box(x, 100.0, x + width, 112.0), 0.9))
        x += width + 0.25 * SIZE
    return Line(tuple(made))


def described(line: Line) -> list[tuple[str, str]]:
    return [(slot.kind, slot.seen) for slot in find_slots(line)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("Số:", "194", "/KH-UBND"), [("number", "194")]),
        (("Số:", "đ#", "/CT-UBND"), [("number", "đ#")]),
        (("Số:2750", "/QĐ-BGDĐT"), [("number", "2750")]),
        (("Số2624", "/QĐ-BGDĐT"), [("number", "2624")]),
        (("Số:", "7192/QĐ-SGTVT"), [("number", "7192")]),
        (("Số:", "27/2026/NQ-CP"), [("number", "27")]),
        (("Số:", "3", "3Ế}BC-CĐSPTƯ"), [("number", "3 3Ế}")]),
        (("Số:", "6", "†?/QĐ-UBND-ĐT"), [("number", "6 †?")]),
        (("Hà", "Nội,", "ngày", "14", "tháng", "10", "năm", "2025"),
         [("day", "14"), ("month", "10")]),
        (("Hà", "Nội,", "ngày22", "tháng", "9", "năm", "2025"), [("day", "22"), ("month", "9")]),
        (("Hà", "Nội,", "ngày", "26tháng", "7", "năm", "2020"), [("day", "26"), ("month", "7")]),
        (("Hà", "Nội,", "ngày4Dtháng", "01", "năm", "2025"), [("day", ""), ("month", "01")]),
        (("Hà", "Nội,", "ngày", "03", "tháng", "I0uăm", "2025"),
         [("day", "03"), ("month", "I0")]),
        (("TP.", "Hồ", "Chí", "Minh,", "ngày", "05", "tháng/_/năm", "2018"),
         [("day", "05"), ("month", "")]),
        (("Số", "05-CT/TU"), [("number", "05")]),
        (("Số", "đ#", "-CT/TU"), [("number", "đ#")]),
        # an anchor that is misread
        (("Hà", "Nội,", "ngàw‡†", "tháng", "5", "năm", "2021"), [("day", "‡†"), ("month", "5")]),
        (("Hà", "Nội,", "agày", "12", "tháng", "5", "năm", "2021"),
         [("day", "12"), ("month", "5")]),
        (("Sff:", "12", "/QĐ-UBND"), [("number", "12")]),
        (("56:", "12/QĐ-UBND"), [("number", "12")]),
        (("Tel:", "024", "/VP"), []),
        # what is no slot of the head
        (("Sở", "Y", "tế", "/UBND-VX"), []),
        (("Căn", "cứ", "Quyết", "định", "số", "12", "/QĐ-UBND"), []),
        (("Luật", "ngày", "19", "tháng", "6", "năm", "2015;"), []),
        (("Hà", "Nội,", "ngày", "mai"), []),
    ],
)  # fmt: skip
def test_slots_and_what_was_seen_in_them(
    words: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert described(set_in_times(*words)) == expected


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        (("Số:", "194", "/KH-UBND"), "Số:", "/KH-UBND"),
        (("Số:", "194/KH-UBND"), "Số:", "/KH-UBND"),
        (("Số:194", "/KH-UBND"), "Số:", "/KH-UBND"),
        (("Số:", "194KH-UBND"), "Số:", "/KH-UBND"),
    ],
)
def test_the_slot_lies_between_the_printed_words(
    words: tuple[str, ...], before: str, after: str
) -> None:
    line = set_in_times(*words)
    (slot,) = find_slots(line)
    assert (slot.before, slot.after) == (before, after)
    first, last = line.words[slot.first].box, line.words[slot.last].box
    assert first is not None
    assert last is not None
    assert slot.box.x0 == pytest.approx(first.x0 + width_of(before) * SIZE, abs=0.3 * SIZE)
    assert slot.box.x1 == pytest.approx(last.x1 - width_of(after) * SIZE, abs=0.3 * SIZE)


def test_a_line_without_boxes_has_no_slots() -> None:
    assert find_slots(Line((Word("Số:"), Word("194"), Word("/KH-UBND")))) == ()


@given(st.lists(st.text(min_size=1, max_size=14).filter(str.split), max_size=9))
def test_no_line_makes_it_raise(words: list[str]) -> None:
    for slot in find_slots(set_in_times("Số:", *words)):
        assert slot.box.x0 <= slot.box.x1
        assert 0 <= slot.first <= slot.last <= len(words)
