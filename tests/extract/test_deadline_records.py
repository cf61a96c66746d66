# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.deadline_records import Place, as_record
from pipeline.extract.deadlines import find_deadlines
from pipeline.model import Role
from pipeline.passage import compose, reading_order
from pipeline.record import Deadline
from pipeline.settings import Settings
from tests.extract.paper import document

ISSUED = dt.date(2025, 7, 21)


def records(text: str, trust: float = 1.0) -> list[Deadline]:
    passage = compose(reading_order(document([(Role.BODY, text)])))
    place = Place(passage, 0, trust, Settings())
    return [as_record(item, place, "d1", None) for item in find_deadlines(text, ISSUED)]


def test_everything_found_comes_into_the_record() -> None:
    (found,) = records("Báo cáo Sở Y tế trước 16 giờ 30 ngày 05/8/2025.")
    assert (found.raw, found.kind) == ("trước 16 giờ 30 ngày 05/8/2025", "once")
    assert (found.date, found.time, found.bound) == ("2025-08-05", "16:30", "before")
    assert found.evidence[0].rule == "deadlines.once"


def test_a_period_from_the_issue_has_its_day() -> None:
    (found,) = records("Trong thời hạn 15 ngày làm việc kể từ ngày ban hành Chỉ thị này, báo cáo.")
    assert (found.offset, found.workdays, found.date) == ("P15D", True, "2025-08-11")
    assert found.anchor == "ngày ban hành Chỉ thị này"


@pytest.mark.parametrize(
    ("text", "review"),
    [
        ("Báo cáo trước ngày 05/8/2025.", False),
        ("Báo cáo trước ngày 05/8.", False),
        ("Báo cáo trước ngày 05/7.", True),  # a fortnight past, or next year's
        ("Báo cáo trước ngày 05/7/2025.", True),  # before the issue
        ("Báo cáo trước ngày 10/12 hằng năm.", False),
        ("Nộp lưu hồ sơ trước khi nghỉ việc.", True),
        ("Nộp báo cáo đúng hạn.", True),
    ],
)
def test_doubtful_deadlines_need_a_review(text: str, review: bool) -> None:
    (found,) = records(text)
    assert found.needs_review is review
    assert (found.confidence < 0.8) is review


def test_a_text_that_is_not_relied_on_lowers_the_confidence() -> None:
    (relied,), (found,) = (records("Báo cáo trước ngày 05/8/2025.", trust) for trust in (1.0, 0.5))
    assert found.confidence == pytest.approx(relied.confidence / 2)
    assert found.needs_review
    assert not relied.needs_review
