# SPDX-License-Identifier: Apache-2.0
"""The arrival stamp's own number and date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.arrival_stamp import extract_arrival
from pipeline.extract.fields import extract
from pipeline.extract.issued import Issued
from pipeline.model import Role
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
