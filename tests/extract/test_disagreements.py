# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt

import pytest
from paper import document

from pipeline.extract.disagreements import weigh_organ, weigh_year
from pipeline.extract.header import extract_header
from pipeline.model import Role
from pipeline.settings import Settings


def _head(organ: str, number: str, date: str = "Hà Nội, ngày 15 tháng 3 năm 2024"):
    parts = [(Role.ORGAN, organ), (Role.NUMBER, number), (Role.PLACE_DATE, date)]
    return extract_header(document(parts, confidence=0.97), Settings())


@pytest.mark.parametrize(
    ("organ", "number", "review"),
    [
        ("SỞ Y TẾ", "Số: 15/KH-SYT", False),
        ("SỞ Y TẾ", "Số: 15/KH-SNV", True),
        ("CHÍNH PHỦ", "Số: 15/KH-UBND", True),
        ("SỞ Y TẾ", "Số: 15/KH-XYZ", False),  # a code that nobody knows tells nothing
    ],
)
def test_the_code_of_another_organ(organ: str, number: str, review: bool) -> None:
    head = _head(organ, number)
    assert head.number is not None
    assert head.issuer is not None
    assert (head.number.needs_review, head.issuer.needs_review) == (review, review)


@pytest.mark.parametrize(("year", "review"), [("2024", False), ("2019", True)])
def test_the_year_in_the_number_of_a_legal_text(year: str, review: bool) -> None:
    head = _head("CHÍNH PHỦ", f"Số: 59/{year}/NĐ-CP")
    assert head.number is not None
    assert head.date is not None
    assert (head.number.needs_review, head.date.needs_review) == (review, review)


def test_parts_that_are_missing_disagree_with_nothing() -> None:
    assert weigh_organ(None, None, dt.date(2024, 3, 15)) == (None, None)
    assert weigh_year(None, None) == (None, None)
