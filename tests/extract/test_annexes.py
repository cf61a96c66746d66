# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from paper import document

from pipeline.extract.annexes import Own, own_citations
from pipeline.model import Role

OWN = Own("87", "QĐ-UBND", "2025-02-05")


@pytest.mark.parametrize(
    ("line", "number", "same_number", "same_date"),
    [
        ("(Kèm theo Quyết định số 87/QĐ-UBND ngày 05/02/2025 của Chủ tịch UBND tỉnh)",
         "87/QĐ-UBND", True, True),
        ("(Ban hành kèm theo Quyết định số: 87 /QĐ-UBND ngày 05 tháng 02 năm 2025 của UBND tỉnh)",
         "87/QĐ-UBND", True, True),
        ("Kèm theo Quyết định số 87/QĐ-UBND", "87/QĐ-UBND", True, False),
        ("(Kèm theo Quyết định số 87/QĐ-UBND ngày 06/02/2025)", "87/QĐ-UBND", True, False),
        ("(Kèm theo Quyết định số 81/QĐ-UBND ngày 05/02/2025)", "81/QĐ-UBND", False, True),
    ],
)  # fmt: skip
def test_what_an_annex_says(line: str, number: str, same_number: bool, same_date: bool) -> None:
    pages = [(Role.TITLE, "QUYẾT ĐỊNH")], [(Role.TITLE, "PHỤ LỤC"), (Role.BODY, line)]
    (found,) = own_citations(document(*pages, confidence=0.9), OWN)
    assert (found.number, found.same_number, found.same_date) == (number, same_number, same_date)
    assert [entry.page for entry in found.evidence] == [2]
    assert found.evidence[0].rule == "witness.annex"


@pytest.mark.parametrize(
    "line",
    [
        # another act's form, another notation, a slot left empty, and a sentence
        "(Kèm theo Quyết định số 12/QĐ-UBND ngày 03/01/2019 của UBND tỉnh)",
        "(Kèm theo Quyết định số 87/QĐ-BYT ngày 05/02/2025 của Bộ Y tế)",
        "(Kèm theo Quyết định số:      /QĐ-UBND ngày    tháng    năm 2025)",
        "Quy chế ban hành kèm theo Quyết định số 87/QĐ-UBND ngày 05/02/2025 hết hiệu lực.",
        "(Kèm theo Đơn đề nghị)",
    ],
)
def test_what_is_not_said_of_this_document(line: str) -> None:
    assert own_citations(document([(Role.BODY, line)]), OWN) == []


def test_a_number_that_was_not_read_is_that_of_no_annex() -> None:
    paper = document([(Role.BODY, "(Kèm theo Quyết định số 87/QĐ-UBND ngày 05/02/2025)")])
    assert own_citations(paper, Own(None, None, "2025-02-05")) == []
    (found,) = own_citations(paper, Own(None, "QĐ-UBND", "2025-02-05"))
    assert (found.same_number, found.same_date) == (False, True)
