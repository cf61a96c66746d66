# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.head_date import extract_place_and_date, parse_head_date
from pipeline.model import Block, Edit, Line, Role
from pipeline.settings import Settings

SETTINGS = Settings()


def _read(text: str, role: Role = Role.PLACE_DATE):
    page = document([(role, text)], confidence=0.95).pages[0]
    place, date, notices = extract_place_and_date(page, SETTINGS)
    return place.raw if place else None, date, notices


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("Lục Nam, ngày 19 tháng 9 năm 2022", "Lục Nam", "2022-09-19"),
        ("Hà Nội, ngày 05 tháng 01 năm 2024", "Hà Nội", "2024-01-05"),
        ("Quận 12, ngày 24 tháng 12 năm 2019", "Quận 12", "2019-12-24"),
        ("TP. Hồ Chí Minh, ngày 05 tháng 11 năm 2018", "TP. Hồ Chí Minh", "2018-11-05"),
        ("Thành phố Huế, ngày 30 tháng 4 năm 2025", "Thành phố Huế", "2025-04-30"),
        ("Bà Rịa - Vũng Tàu, ngày 10 tháng 6 năm 2021", "Bà Rịa - Vũng Tàu", "2021-06-10"),
        ("Bắc Giang , ngày 10 tháng 6 năm 2021.", "Bắc Giang", "2021-06-10"),
        ("| Bắc Giang, ngày 10 tháng 6 năm 2021", "Bắc Giang", "2021-06-10"),
        (
            "Thành phố Hồ Chí Minh, ngày 09 | tháng 02 năm 2021",
            "Thành phố Hồ Chí Minh",
            "2021-02-09",
        ),
        ("Luc Nam, ngay 19 thang 9 nam 2022", "Luc Nam", "2022-09-19"),
        ("Hà Nội, ngày22 tháng 9 năm 2025", "Hà Nội", "2025-09-22"),
        ("Hà Nội, ngày 03 tháng I0năm 2025", "Hà Nội", "2025-10-03"),
        ("Hà Nội, ngày 12 tháng 0I năm 2015", "Hà Nội", "2015-01-12"),
        ("Hà Nội, ngày 06 tháng 1] năm 2024", "Hà Nội", "2024-11-06"),
        ("Hà Nội, ngày l6 tháng 4 năm 2021", "Hà Nội", "2021-04-16"),
        ("Hà Nội, ngày 15 tháng 4 năm 20 21", "Hà Nội", "2021-04-15"),
        ("Hà Nội, ngày 15 thắng 4 năm 2021", "Hà Nội", "2021-04-15"),
        ("Hà Nội, ngày 03 tháng I0uăm 2025", "Hà Nội", "2025-10-03"),
        # the day is not readable: the month stays
        ("Quảng Trị, ngày {5 tháng 3 năm 2024", "Quảng Trị", "2024-03"),
        ("Quảng Trị, ngày45tháng 3 năm 2024", "Quảng Trị", "2024-03"),
        ("Quảng Trị, ngày tháng 3 năm 2024", "Quảng Trị", "2024-03"),
        ("Quảng Trị, ngày      tháng 3 năm 2024", "Quảng Trị", "2024-03"),
        ("Quảng Trị, ngàyj@Ê tháng 11 năm 2024", "Quảng Trị", "2024-11"),
        ("Quảng Trị, ngày † tháng 5 năm 2021", "Quảng Trị", "2021-05"),
        ("Quảng Trị, ngày I tháng 5 năm 2021", "Quảng Trị", "2021-05"),
        # nor the month: the year stays
        ("Quảng Trị, ngày Ÿ tháng + năm 2022", "Quảng Trị", "2022"),
        ("Quảng Trị, ngày tháng năm 2022", "Quảng Trị", "2022"),
        ("Quảng Trị, ngày 12 tháng 13 năm 2022", "Quảng Trị", "2022"),
        # no such day, no such year: nothing is invented
        ("Hà Nội, ngày 31 tháng 4 năm 2024", "Hà Nội", None),
        ("Hà Nội, ngày 29 tháng 02 năm 2023", "Hà Nội", None),
        ("Hà Nội, ngày 12 tháng 3 năm 21023", "Hà Nội", None),
        ("Hà Nội, ngày 12 tháng 3 năm", "Hà Nội", None),
    ],
)
def test_dates(text: str, place: str, date: str | None) -> None:
    found, value, _ = _read(text)
    assert value is not None
    assert (found, value.value) == (place, date)


@pytest.mark.parametrize(
    ("text", "review"),
    [
        ("Hà Nội, ngày 05 tháng 3 năm 2020", False),
        ("Hà Nội, ngày 5 tháng 3 năm 2020", True),  # a digit may have been lost
        ("Hà Nội, ngày 05 tháng 03 năm 2020", True),
        ("Hà Nội, ngày 15 tháng 2 năm 2020", True),
        ("Hà Nội, ngày 15 tháng 02 năm 2020", False),
        ("Hà Nội, ngày 15 tháng I2 năm 2020", True),
        ("Hà Nội, ngày { tháng 3 năm 2020", True),
    ],
)
def test_the_decree_s_rule_for_zeros_is_a_check(text: str, review: bool) -> None:
    _, value, _ = _read(text)
    assert value is not None
    assert value.needs_review is review


@pytest.mark.parametrize(("confidence", "review"), [(0.99, False), (0.97, True)])
def test_a_slip_of_the_clerk_that_two_readers_see_is_believed(
    confidence: float, review: bool
) -> None:
    page = document([(Role.PLACE_DATE, "Hà Nội, ngày 17 tháng 09 năm 2025")], confidence=confidence)
    _, value, _ = extract_place_and_date(page.pages[0], SETTINGS)
    assert value is not None
    assert (value.value, value.needs_review) == ("2025-09-17", review)


def test_what_else_was_read_in_a_slot_makes_other_days() -> None:
    page = document([(Role.PLACE_DATE, "Huế, ngày 25 tháng 3 năm 2024")], confidence=0.9).pages[0]
    words = list(page.blocks[0].lines[0].words)
    words[2] = replace(words[2], edit=Edit("2§", 0.6, "slot", ("15", "45", "26")))
    words[4] = replace(words[4], edit=Edit("Z", 0.9, "slot", ("2", "3")))
    page = replace(page, blocks=(Block(Role.PLACE_DATE, (Line(tuple(words)),)),))
    _, value, _ = extract_place_and_date(page, SETTINGS)
    assert value is not None
    assert value.value == "2024-03-25"
    assert value.alternatives == ["2024-03-15", "2024-03-26", "2024-02-25"]


def test_the_rule_for_zeros_is_no_check_of_typed_text() -> None:
    page = document([(Role.PLACE_DATE, "Hà Nội, ngày 5 tháng 03 năm 2020")]).pages[0]
    _, value, _ = extract_place_and_date(page, SETTINGS)
    assert value is not None
    assert (value.value, value.needs_review) == ("2020-03-05", False)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hà Nội, ngày 15 tháng 3 năm 2024", None),
        ("Hà Nội, ngày 16 tháng 3 năm 2024", "the day is still to come"),
        ("Hà Nội, thứ Sáu, ngày 15 tháng 3 năm 2024", None),
        ("Hà Nội, thứ Hai, ngày 15 tháng 3 năm 2024", "it was another day of the week"),
        ("Hà Nội, Chủ nhật, ngày 10 tháng 3 năm 2024", None),
    ],
)
def test_days_that_cannot_be(text: str, problem: str | None) -> None:
    page = document([(Role.PLACE_DATE, text)], confidence=0.97).pages[0]
    _, value, notices = extract_place_and_date(page, SETTINGS, dt.date(2024, 3, 15))
    assert value is not None
    assert value.needs_review is (problem is not None)
    assert [notice.message.split(":")[0] for notice in notices] == ([problem] if problem else [])


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Nghị định số 37/2023/NĐ-CP ngày 26 tháng 02 năm 2025 của",
        "Căn cứ Luật Dân quân tự vệ, ngày 22 tháng 11 năm 2019;",
        "thuộc đối tượng tham gia bảo hiểm xã hội bắt buộc từ ngày 01 tháng 7 năm 2029",
        "Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2025",
        "ngày 22 tháng 5 năm 2014;",
    ],
)
def test_the_date_of_another_act_is_not_the_head_s(text: str) -> None:
    assert _read(text, Role.BODY) == (None, None, [])


def test_a_head_line_that_was_taken_for_the_body() -> None:
    place, value, _ = _read("Thành phố Hồ Chí Minh, ngày 12 tháng 5 năm 2023", Role.BODY)
    assert value is not None
    assert (place, value.value) == ("Thành phố Hồ Chí Minh", "2023-05-12")


def test_an_unreadable_day_is_told() -> None:
    _, value, notices = _read("Hà Nội, ngày {5 tháng 3 năm 2024")
    assert value is not None
    assert value.raw == "ngày {5 tháng 3 năm 2024"
    assert [(notice.code, notice.field) for notice in notices] == [("date_unreadable", "date")]


def test_a_date_on_the_line_of_the_number() -> None:
    place, value, _ = _read("Số: 15/KH-UBND Tân Yên, ngày 12 tháng 5 năm 2023", Role.NUMBER)
    assert value is not None
    assert (place, value.value) == ("Tân Yên", "2023-05-12")


def test_a_date_in_a_sentence_is_not_the_head_s() -> None:
    text = "Sáng ngày 25 tháng 7 năm 2020, Thủ tướng Chính phủ chủ trì cuộc họp"
    assert _read(text, Role.BODY) == (None, None, [])


@given(st.dates(dt.date(1946, 1, 1), dt.date(2099, 12, 31)))
def test_a_date_written_as_the_decree_wants_is_read_back(date: dt.date) -> None:
    month = f"{date.month:02}" if date.month < 3 else str(date.month)
    read = parse_head_date(f"{date.day:02}", month, str(date.year))
    assert read.iso == date.isoformat()
    assert read.lawful


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=6))
def test_any_slots_give_a_date_or_none(day: str, month: str, year: str) -> None:
    read = parse_head_date(day, month, year)
    assert (read.problem is None) == (read.iso is not None and len(read.iso) == 10)
