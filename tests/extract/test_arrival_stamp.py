# SPDX-License-Identifier: Apache-2.0
"""The arrival stamp's own number and date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.arrival_stamp import extract_arrival
from pipeline.extract.fields import extract
from pipeline.extract.issued import Issued
from pipeline.model import Block, Box, Document, Edit, Line, Role, Word
from pipeline.settings import Settings

SETTINGS = Settings()
ISSUED = Issued(dt.date(2024, 3, 1), dt.date(2024, 3, 1))


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("ĐẾN | Số: 1234 | Ngày: 05/3/2024 | Chuyển: VX", "1234", "2024-03-05"),
        ("SỞ Y TẾ | ĐẾN Số: ....2352..... | Ngày: 05.03.2024", "2352", "2024-03-05"),
        ("CÔNG VĂN ĐẾN | Số đến: 88 Ngày đến: 05-3-24", "88", "2024-03-05"),
        ("VĂN BẢN ĐẾN ĐIỆN TỬ | Số 6016 Ngày 05/03/2024", "6016", "2024-03-05"),
        ("ĐẾN | Số: 7 | Ngày 05 tháng 3 năm 2024", "7", "2024-03-05"),
        # by hand, not read
        ("CV ĐẾN | Số: đ#& | Ngày: ⁄4..3..1.44", None, None),
        ("ĐẾN Giờ: C | Ngày: 05/3/2024", None, "2024-03-05"),
        ("ĐẾN | Số: 1234 | Ngày: 45/3/2024", "1234", None),
        # a document's number is no number of arrival
        ("ĐẾN | Số: 12/UBND | Ngày: 05/3/2024", None, "2024-03-05"),
        ("ĐẾN", None, None),
    ],
)
def test_number_and_date_of_the_stamp(text: str, number: str | None, date: str | None) -> None:
    found = extract_arrival(document([(Role.ARRIVAL, text)], confidence=0.98), ISSUED, SETTINGS)
    assert found is not None
    assert (found.number, found.date) == (number, date)
    assert found.needs_review or (number and date)
    assert found.evidence


def test_what_is_read_well_needs_no_review_and_what_is_not_does() -> None:
    stamp = [(Role.ARRIVAL, "ĐẾN | Số: 1234 | Ngày: 05/3/2024")]
    good = extract_arrival(document(stamp, confidence=0.99), ISSUED, SETTINGS)
    bad = extract_arrival(document(stamp, confidence=0.5), ISSUED, SETTINGS)
    assert good is not None
    assert not good.needs_review
    assert bad is not None
    assert bad.needs_review
    assert bad.confidence < good.confidence


@pytest.mark.parametrize("date", ["28/02/2024", "05/3/2026"])
def test_a_document_arrives_after_it_was_issued(date: str) -> None:
    stamp = [(Role.ARRIVAL, f"ĐẾN | Số: 1234 | Ngày: {date}")]
    found = extract_arrival(document(stamp, confidence=0.99), ISSUED, SETTINGS)
    assert found is not None
    assert found.needs_review


def by_hand(text: str, *others: str) -> Document:
    """A stamp with a date that the reader of digits read, and what else it may be."""
    label = Word("Ngày:", Box(40, 50, 70, 60), 0.9)
    date = Word(text, Box(74, 50, 130, 60), 0.9, Edit("Z9/%", 0.9, "slot", others))
    number = Line((Word("Số:", Box(40, 30, 60, 40), 0.9), Word("12", Box(64, 30, 90, 40), 0.9)))
    made = document([(Role.ARRIVAL, "ĐẾN")])
    stamp = Block(Role.ARRIVAL, (number, Line((label, date))))
    return replace(made, pages=(replace(made.pages[0], blocks=(stamp,)),))


@pytest.mark.parametrize(
    ("text", "others", "date"),
    [
        ("05/3/24", ("06/3/24",), "2024-03-05"),
        # before it was issued: the only other day that may be right, for review
        ("05/3/21", ("05/3/24",), "2024-03-05"),
        ("05/3/21", ("05/3/24", "05/8/20"), "2024-03-05"),
        ("05/3/21", ("05/3/24", "06/3/24"), "2021-03-05"),
        ("05/3/21", ("05/8/20",), "2021-03-05"),
        ("05/3/21", (), "2021-03-05"),
    ],
)
def test_a_day_that_cannot_be_gives_way_to_one_that_can(
    text: str, others: tuple[str, ...], date: str
) -> None:
    found = extract_arrival(by_hand(text, *others), ISSUED, SETTINGS)
    assert found is not None
    assert found.date == date
    assert found.needs_review is (text != "05/3/24")
    if date[:4] != f"20{text[-2:]}":
        assert found.confidence <= 0.5


def test_evidence_is_that_of_number_and_date_alone() -> None:
    found = extract_arrival(by_hand("05/3/24"), ISSUED, SETTINGS)
    assert found is not None
    assert found.raw == "Số: 12 Ngày: 05/3/24"
    text = [(Role.ARRIVAL, "ĐẾN Số: 12 | SỞ Y TẾ | Ngày: 05/3/2024")]
    other = extract_arrival(document(text, confidence=0.98), ISSUED, SETTINGS)
    assert other is not None
    assert other.raw == "Số: 12 Ngày: 05/3/2024"


def test_without_a_stamp_nothing_arrived() -> None:
    body = [(Role.BODY, "Số: 1234 Ngày: 05/3/2024")]
    assert extract_arrival(document(body), ISSUED, SETTINGS) is None
    assert extract_arrival(document(), ISSUED, SETTINGS) is None


def test_the_stamp_is_a_field_and_never_the_documents_own_number() -> None:
    head = [
        (Role.ORGAN, "SỞ Y TẾ"),
        (Role.NUMBER, "Số: 15/SYT-VP"),
        (Role.PLACE_DATE, "Bắc Giang, ngày 01 tháng 3 năm 2024"),
        (Role.ARRIVAL, "ĐẾN | Số: 1234 | Ngày: 05/3/2024"),
    ]
    fields = extract(document(head, confidence=0.97), SETTINGS)
    assert fields.arrival is not None
    assert (fields.arrival.number, fields.arrival.date) == ("1234", "2024-03-05")
    assert fields.number is not None
    assert fields.number.sequence == "15"


@given(st.text(alphabet="Số:Ngày ĐẾN0123456789/.-|…", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    found = extract_arrival(document([(Role.ARRIVAL, text)]), ISSUED, SETTINGS)
    if found and found.date:
        assert dt.date.fromisoformat(found.date)
