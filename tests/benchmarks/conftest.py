# SPDX-License-Identifier: Apache-2.0
"""A directive as a gold label and as the record that says exactly the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]


def make_value(text: str | None, *, needs_review: bool = False) -> Json:
    return {"value": text, "raw": text or "", "confidence": 0.9, "needs_review": needs_review}


@pytest.fixture
def value() -> Callable[..., Json]:
    """Make a value object of the record."""
    return make_value


@pytest.fixture
def gold() -> Json:
    return {
        "file": "a.pdf",
        "pages": 1,
        "number": "12/CT-UBND",
        "sequence": "12",
        "notation": "CT-UBND",
        "doc_type": "Chỉ thị",
        "date": "2024-03-05",
        "place": "Hoà Bình",
        "issuer": "Uỷ ban nhân dân tỉnh Hoà Bình",
        "parent_issuer": None,
        "title": "Về việc tăng cường phòng cháy, chữa cháy trong mùa khô năm 2024",
        "secrecy": None,
        "urgency": "Hoả tốc",
        "addressees": ["Các sở, ban, ngành", "UBND các huyện"],
        "references": [
            {"type": "Luật", "number": "27/2001/QH10", "date": "2001-06-29", "issuer": "Quốc hội"},
            {"type": "Công điện", "number": "776/CĐ-TTg", "date": None, "issuer": None},
        ],
        "tasks": [
            {
                "text": "Công an tỉnh chủ trì, phối hợp với Sở Xây dựng kiểm tra các chợ, trung "
                "tâm thương mại; báo cáo trước ngày 15/4/2024.",
                "responsible": ["Công an tỉnh"],
                "cooperating": ["Sở Xây dựng"],
            },
            {
                "text": "Sở Tài chính bố trí kinh phí mua sắm phương tiện chữa cháy.",
                "responsible": ["Sở Tài chính"],
                "cooperating": [],
            },
        ],
        "deadlines": [
            {"raw": "trước ngày 15/4/2024", "kind": "once", "date": "2024-04-15", "task": 0},
            {"raw": "hằng tháng", "kind": "recurring", "rrule": "FREQ=MONTHLY", "task": 1},
        ],
        "recipients": ["Như trên", "Lưu: VT, NC"],
        "signer": {
            "authority": "KT. CHỦ TỊCH",
            "position": "PHÓ CHỦ TỊCH",
            "name": "Nguyễn Thị Hoa",
        },
        "unsure": [],
    }


@pytest.fixture
def record(gold: Json) -> Json:
    """The same in the record's shape: the old tone placement, capitals, closing punctuation."""
    units = ["Công an tỉnh", "Sở Xây dựng", "Sở Tài chính"]
    return {
        "schema_version": "1.2",
        "number": {**make_value("12/CT-UBND"), "sequence": "12", "notation": "CT-UBND"},
        "doc_type": {**make_value("Chỉ thị"), "code": "CT"},
        "date": make_value("2024-03-05"),
        "place": make_value("Hòa Bình"),
        "issuer": {**make_value("Ủy ban nhân dân tỉnh Hòa Bình"), "parent": None},
        "title": make_value(gold["title"]),
        "urgency": make_value("HỎA TỐC"),
        "secrecy": None,
        "addressees": [make_value("Các sở, ban, ngành;"), make_value("UBND các huyện.")],
        "references": [
            {"doc_type": item["type"], "number": item["number"], "date": item["date"]}
            for item in gold["references"]
        ],
        "units": [{"id": f"u{at}", "value": name, "raw": name} for at, name in enumerate(units)],
        "tasks": [
            {
                "id": f"t{at}",
                "text": task["text"],
                "responsible": [f"u{units.index(name)}" for name in task["responsible"]],
                "cooperating": [f"u{units.index(name)}" for name in task["cooperating"]],
            }
            for at, task in enumerate(gold["tasks"])
        ],
        "deadlines": [
            {"id": "d0", "raw": "trước ngày 15/4/2024", "kind": "once", "date": "2024-04-15"},
            {"id": "d1", "raw": "hằng tháng", "kind": "recurring",
             "rrule": "RRULE:INTERVAL=1;FREQ=MONTHLY"},
        ],
        "recipients": [make_value("Như trên;"), make_value("Lưu: VT, NC.")],
        "signer": {**gold["signer"], "confidence": 0.9, "needs_review": False},
        "pages": [{"number": 1, "text": "Hòa Bình, ngày 05 tháng 3 năm 2024"}],
    }  # fmt: skip
