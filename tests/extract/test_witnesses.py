# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.witnesses import hear, weighed
from pipeline.model import DigitalSignature, Document, Role
from pipeline.record import Arrival, DateOfIssue, Fields, Number, Signer
from pipeline.record import Warning as Notice
from pipeline.settings import Settings

SETTINGS = Settings()
VIETNAM = dt.timezone(dt.timedelta(hours=7))


def date(value: str | None, confidence: float = 0.75, *others: str) -> DateOfIssue:
    return DateOfIssue(value=value, raw="x", confidence=confidence, evidence=[],
                       needs_review=confidence < 0.8, alternatives=list(others))  # fmt: skip


def number(sequence: str | None, confidence: float = 0.75) -> Number:
    return Number(value=sequence and f"{sequence}/QĐ-UBND", sequence=sequence, notation="QĐ-UBND",
                  raw="x", confidence=confidence, needs_review=confidence < 0.8,
                  evidence=[])  # fmt: skip


def signer(name: str | None, confidence: float = 0.75) -> Signer:
    return Signer(authority=None, position="CHỦ TỊCH", name=name, raw="x", evidence=[],
                  confidence=confidence, needs_review=confidence < 0.8)  # fmt: skip


def arrival(day: str, confidence: float = 0.9) -> Arrival:
    return Arrival(number="5", date=day, raw="x", confidence=confidence, evidence=[],
                   needs_review=confidence < 0.8)  # fmt: skip


def signed(*days: str, names: tuple[str | None, ...] = ()) -> Document:
    """A document whose file was signed on `days`, by `names`."""
    told = names or (None,) * len(days)
    signatures = tuple(
        DigitalSignature(name, None, dt.datetime.fromisoformat(f"{day}T16:30:00+07:00"))
        for day, name in zip(days, told, strict=True)
    )
    return replace(document([(Role.BODY, "x")]), signatures=signatures)


def with_annex(line: str) -> Document:
    return document([(Role.TITLE, "QUYẾT ĐỊNH")], [(Role.BODY, line)], confidence=0.9)


def heard(paper: Document, **fields: Any) -> Fields:
    return hear(Fields(**fields), paper, SETTINGS)


@pytest.mark.parametrize(
    ("days", "surer", "flagged"),
    [
        (("2024-03-15",), True, False),  # on the day
        (("2024-03-16",), True, False),
        (("2024-03-18",), True, False),  # over a week end
        (("2024-03-18", "2024-03-15"), True, False),
        (("2024-03-14", "2024-03-16"), True, False),  # signed, then numbered and dated, then sealed
        (("2024-04-02",), None, True),  # a copy for the gazette: tells nothing
        (("2026-01-02",), False, True),
        (("2024-03-14",), False, True),  # nobody signs what is not yet there
        ((), None, True),
    ],
)
def test_a_date_beside_signatures(days: tuple[str, ...], surer: bool | None, flagged: bool) -> None:
    found = heard(signed(*days), date=date("2024-03-15")).date
    assert found is not None
    assert found.value == "2024-03-15"
    assert found.needs_review is flagged
    assert (found.confidence > 0.75, found.confidence < 0.75) == (surer is True, surer is False)


def test_a_date_after_all_signatures_is_told_with_what_may_be_right() -> None:
    wrong = date("2024-03-25", 0.97, "2024-03-23", "2024-03-15")
    fields = heard(signed("2024-03-16"), date=wrong)
    assert fields.date is not None
    assert fields.date.needs_review
    assert fields.date.alternatives == ["2024-03-15", "2024-03-16", "2024-03-23"]
    assert [(notice.code, notice.field) for notice in fields.warnings] == [
        ("date_contradiction", "date")
    ]


@pytest.mark.parametrize(
    ("read", "days", "alternatives"),
    [
        ("2021-05", ("2021-05-11",), ["2021-05-11", "2021-05-10"]),
        ("2021-05", ("2021-06-01",), ["2021-05-31"]),
        ("2021", ("2021-05-11",), ["2021-05-11", "2021-05-10"]),
        ("2021-03", ("2021-05-11",), []),
    ],
)
def test_a_day_that_was_not_read_is_not_invented(
    read: str, days: tuple[str, ...], alternatives: list[str]
) -> None:
    found = heard(signed(*days), date=date(read, 0.5)).date
    assert found is not None
    assert (found.value, found.confidence, found.needs_review) == (read, 0.5, True)
    assert found.alternatives == alternatives


def test_no_signature_makes_good_what_is_wrong_with_a_date() -> None:
    problem = Notice(code="date_unreadable", message="another day of the week", field="date")
    found = heard(signed("2024-03-15"), date=date("2024-03-15", 0.7), warnings=[problem]).date
    assert found == date("2024-03-15", 0.7)


def test_the_record_shows_the_signatures() -> None:
    (shown,) = heard(signed("2024-03-15", names=("Lê An",))).signatures
    assert (shown.name, shown.organ, shown.time) == ("Lê An", None, "2024-03-15T16:30:00+07:00")


@pytest.mark.parametrize(
    ("line", "numbered", "dated"),
    [
        ("(Kèm theo Quyết định số 87/QĐ-UBND ngày 05/02/2025)", "surer", "surer"),
        ("(Kèm theo Quyết định số 87/QĐ-UBND)", "surer", "same"),
        ("(Kèm theo Quyết định số 87/QĐ-UBND ngày 06/02/2025)", "surer", "doubted"),
        ("(Kèm theo Quyết định số 81/QĐ-UBND ngày 05/02/2025)", "doubted", "surer"),
        ("(Kèm theo Quyết định số 81/QĐ-UBND ngày 06/02/2025)", "same", "same"),
        ("Điều 1. Kèm theo hồ sơ", "same", "same"),
    ],
)
def test_annexes(line: str, numbered: str, dated: str) -> None:
    fields = heard(with_annex(line), number=number("87"), date=date("2025-02-05"))
    assert fields.number is not None
    assert fields.date is not None
    expected = {"surer": (True, False), "same": (False, True), "doubted": (False, True)}
    for part, how in ((fields.number, numbered), (fields.date, dated)):
        assert (part.confidence > 0.75, part.needs_review) == expected[how]
        assert (part.confidence < 0.75) == (how == "doubted") == bool(part.alternatives)
        assert len(part.evidence) == (how == "surer")
    assert (fields.number.value, fields.date.value) == ("87/QĐ-UBND", "2025-02-05")
    assert len(fields.warnings) == (numbered, dated).count("doubted")


@pytest.mark.parametrize(
    ("read", "alternatives"), [("2025-02", ["2025-02-05"]), ("2025-03", []), (None, ["2025-02-05"])]
)
def test_a_day_that_an_annex_alone_has(read: str | None, alternatives: list[str]) -> None:
    paper = with_annex("(Kèm theo Quyết định số 87/QĐ-UBND ngày 05/02/2025)")
    fields = heard(paper, number=number("87"), date=date(read, 0.5))
    assert fields.date is not None
    assert (fields.date.value, fields.date.confidence) == (read, 0.5)
    assert fields.date.alternatives == alternatives
    assert fields.warnings == []


def test_a_number_that_an_annex_alone_has_is_an_alternative() -> None:
    paper = with_annex("(Kèm theo Quyết định số 87/QĐ-UBND ngày 05/02/2025)")
    fields = heard(paper, number=number(None, 0.3), date=date("2025-02-05"))
    assert fields.number is not None
    assert (fields.number.value, fields.number.sequence) == (None, None)
    assert fields.number.needs_review
    assert fields.number.alternatives == ["87/QĐ-UBND"]


@pytest.mark.parametrize(
    ("came", "confidence", "surer"),
    [
        ("2024-03-16", 0.9, True),
        ("2024-03-15", 0.9, True),
        ("2024-06-16", 0.9, None),
        ("2024-03-14", 0.9, False),
        ("2024-03-14", 0.6, None),  # the stamp was read badly itself
    ],
)
def test_a_document_arrives_after_its_date(
    came: str, confidence: float, surer: bool | None
) -> None:
    fields = heard(document(), date=date("2024-03-15"), arrival=arrival(came, confidence))
    assert fields.date is not None
    assert (fields.date.confidence > 0.75, fields.date.confidence < 0.75) == (
        surer is True, surer is False,
    )  # fmt: skip
    assert len(fields.warnings) == (surer is False)


@pytest.mark.parametrize(
    ("read", "certificate", "expected", "surer"),
    [
        ("Nguyễn Phước Bình", "Nguyễn Phước Bình", "Nguyễn Phước Bình", True),
        ("Nguyễn Phước Binh", "NGUYỄN PHƯỚC BÌNH", "Nguyễn Phước Bình", True),
        ("Nguyễn Phuớc Blnh", "Nguyễn Phước Bình", "Nguyễn Phước Bình", True),
        ("Lê Văn Hoà", "Lê Văn Hòa", "Lê Văn Hoà", True),
        ("Nguyễn Phước Bình", "Nguyen Phuoc Binh", "Nguyễn Phước Bình", True),
        # another person, an organ, or a name too short to be misread by two letters
        ("Nguyễn Phước Bình", "Trần Thị Lan", "Nguyễn Phước Bình", False),
        ("Nguyễn Phước", "Nguyễn Phước Bình", "Nguyễn Phước", False),
        ("Nguyễn Phước Bình", "VĂN PHÒNG ỦY BAN", "Nguyễn Phước Bình", False),
        ("Lê An", "Lê Ba", "Lê An", False),
        (None, "Nguyễn Phước Bình", None, False),
    ],
)
def test_the_name_in_the_certificate(
    read: str | None, certificate: str, expected: str | None, surer: bool
) -> None:
    paper = signed("2024-03-15", names=(certificate,))
    found = heard(paper, signer=signer(read)).signer
    assert found is not None
    assert found.name == expected
    assert (found.confidence > 0.75) is surer
    assert found.needs_review is not surer


def test_a_name_that_was_read_well_is_not_another_person() -> None:
    paper = signed("2024-03-15", names=("Nguyễn Văn Anh",))
    assert heard(paper, signer=signer("Nguyễn Văn An", 0.9)).signer == signer("Nguyễn Văn An", 0.9)


@given(st.floats(0, 1), st.floats(-5, 5))
def test_weights_keep_a_score_a_share(score: float, weight: float) -> None:
    assert 0 <= weighed(score, weight) <= 1
    assert weighed(score, 0) == score


@given(st.dates(dt.date(1945, 1, 1), dt.date(2099, 1, 1)), st.lists(st.dates(), max_size=3))
def test_no_witness_changes_a_date(day: dt.date, days: list[dt.date]) -> None:
    at = tuple(DigitalSignature(time=dt.datetime(one.year, one.month, one.day, tzinfo=VIETNAM))
               for one in days)  # fmt: skip
    paper = replace(document([(Role.BODY, "x")]), signatures=at)
    found = heard(paper, date=date(day.isoformat())).date
    assert found is not None
    assert found.value == day.isoformat()
    assert found.value not in found.alternatives
