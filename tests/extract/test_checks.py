# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import pytest

from pipeline.extract.checks import check
from pipeline.record import (
    DateOfIssue,
    Deadline,
    Fields,
    Issuer,
    Number,
    Reference,
    Signer,
    Task,
    Unit,
    Value,
)

SURE: dict[str, Any] = {"confidence": 0.95, "needs_review": False, "evidence": []}


def value(text: str | None) -> Value:
    return Value(value=text, raw=text or "", **SURE)


def issue(text: str | None) -> DateOfIssue:
    return DateOfIssue(value=text, raw=text or "", **SURE)


def fields(**changes: Any) -> Fields:
    signer = Signer(authority=None, position="CHỦ TỊCH", name="Lê An", raw="CHỦ TỊCH", **SURE)
    return Fields(**{"date": issue("2025-05-02"), "title": value("x"), "signer": signer, **changes})


def deadline(**changes: Any) -> Deadline:
    return Deadline(id="d1", raw="trước ngày 15/6", kind="once", **SURE, **changes)


def reference(date: str | None) -> Reference:
    return Reference(doc_type="Quyết định", number="90/QĐ-TTg", date=date, issuer=None, raw="x",
                     **SURE)  # fmt: skip


def codes(checked: Fields) -> list[str]:
    return [warning.code for warning in checked.warnings]


@pytest.mark.parametrize(
    ("issued", "item", "expected"),
    [
        ("2025-05-02", {"date": "2025-06-15"}, []),
        ("2025-05-02", {"date": "2025-05-02"}, []),
        ("2025-05-02", {"date": "2024-06-15"}, ["deadline_before_issue"]),
        ("2025-05-02", {"start": "2025-01-01", "end": "2025-12-31"}, []),
        ("2025-05", {"date": "2025-05-01"}, []),
        ("2025-05", {"date": "2025-04-30"}, ["deadline_before_issue"]),
        ("2025-05-02", {"date": "2052-06-15"}, ["deadline_far"]),
        ("2025-05-02", {"date": "2045-06-15"}, []),
        ("2025-05-02", {"rrule": "FREQ=YEARLY"}, []),
        (None, {"date": "1999-06-15"}, []),
    ],
)
def test_deadlines(issued: str | None, item: dict[str, str], expected: list[str]) -> None:
    checked = check(fields(date=issue(issued), deadlines=[deadline(**item)]))
    assert codes(checked) == expected
    assert checked.deadlines[0].needs_review == bool(expected)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-05-02", []),
        (None, []),
        ("2025-05-03", ["reference_after_issue"]),
    ],
)
def test_references(date: str | None, expected: list[str]) -> None:
    checked = check(fields(references=[reference(date)]))
    assert codes(checked) == expected
    assert checked.references[0].needs_review == bool(expected)
    assert checked.date is not None
    assert checked.date.needs_review == bool(expected), "the date of issue may be the wrong one"


def test_a_document_without_a_signature_may_lack_its_last_page() -> None:
    assert codes(check(fields(signer=None))) == ["signer_missing"]
    assert codes(check(Fields())) == []


def unit(name: str) -> Unit:
    return Unit(id="u1", value=name, raw=name, **SURE)


def task() -> Task:
    return Task(id="t1", text="x", responsible=["u1"], cooperating=[], section=None, page=1,
                deadlines=["d1"], **SURE)  # fmt: skip


@pytest.mark.parametrize(
    ("issued", "name", "due", "expected"),
    [
        ("2024-05-02", "Sở Thông tin và Truyền thông", "2024-06-15", []),
        ("2025-08-02", "Sở Thông tin và Truyền thông", "2025-09-15", ["unit_ended"]),
        ("2025-05-02", "Ủy ban nhân dân huyện Lục Nam", "2025-12-31", ["unit_ended"]),
        ("2025-05-02", "Ủy ban nhân dân huyện Lục Nam", "2025-06-15", []),
        ("2025-08-02", "Sở Nội vụ", "2025-09-15", []),
    ],
)
def test_units_that_ended(issued: str, name: str, due: str, expected: list[str]) -> None:
    checked = check(
        fields(
            date=issue(issued), place=value("Bắc Giang"), units=[unit(name)], tasks=[task()],
            deadlines=[deadline(date=due, task="t1")],
        )
    )  # fmt: skip
    assert codes(checked) == expected


@pytest.mark.parametrize(
    ("notation", "issuer", "expected"),
    [
        ("QĐ-UBND", "Ủy ban nhân dân tỉnh Bắc Giang", []),
        ("QĐ-BYT", "Bộ Y tế", []),
        ("QĐ-BYT", "Bộ Tài chính", ["issuer_contradiction"]),
        ("QĐ-XYZ", "Bộ Tài chính", []),
    ],
)
def test_issuer_and_notation(notation: str, issuer: str, expected: list[str]) -> None:
    checked = check(
        fields(
            number=Number(value=f"12/{notation}", raw="", sequence="12", notation=notation, **SURE),
            issuer=Issuer(value=issuer, raw=issuer, parent=None, **SURE),
        )
    )
    assert codes(checked) == expected


def test_a_grade_of_secrecy_is_told() -> None:
    assert codes(check(fields(secrecy=value("Mật")))) == ["secret"]


def test_no_check_changes_a_value() -> None:
    before = fields(references=[reference("2026-01-01")], deadlines=[deadline(date="2020-01-01")])
    after = check(before)
    flag = {"needs_review": False}
    assert after.date is not None
    assert after.date.model_copy(update=flag) == before.date
    assert after.deadlines[0].model_copy(update=flag) == before.deadlines[0]
    assert after.references[0].model_copy(update=flag) == before.references[0]
