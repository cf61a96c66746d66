# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.successors import ended, successor_of


@pytest.mark.parametrize(
    ("name", "place", "last_day"),
    [
        ("Bộ Kế hoạch và Đầu tư", None, "2025-02-28"),
        ("Bộ trưởng Bộ Giao thông vận tải", None, "2025-02-28"),
        ("Sở Thông tin và Truyền thông", None, "2025-02-28"),
        ("Ban Dân tộc tỉnh", None, "2025-02-28"),
        ("Ban Dân tộc của Hội đồng nhân dân tỉnh", None, None),
        ("Ủy ban nhân dân huyện Bình Sơn", None, "2025-06-30"),
        ("Công an thị xã", None, "2025-06-30"),
        ("Ủy ban nhân dân thành phố Vinh", None, "2025-06-30"),
        ("Ủy ban nhân dân thành phố", "Vinh", "2025-06-30"),
        ("Ủy ban nhân dân thành phố", "Đà Nẵng", None),
        ("Ủy ban nhân dân thành phố Hồ Chí Minh", None, None),
        ("Ủy ban nhân dân tỉnh Bắc Kạn", None, "2025-06-30"),
        ("Ủy ban nhân dân tỉnh Hoà Bình", None, "2025-06-30"),
        ("Ủy ban nhân dân tỉnh", "Bắc Kạn", "2025-06-30"),
        ("Ủy ban nhân dân tỉnh", "Hà Tĩnh", None),
        ("Ủy ban nhân dân tỉnh Lào Cai", None, None),
        ("Ủy ban nhân dân các xã, thị trấn", None, None),
        ("Ủy ban nhân dân thị trấn", None, "2025-06-30"),
        ("Sở Tài chính", None, None),
        ("Bộ Nội vụ", None, None),
    ],
)
def test_ended(name: str, place: str | None, last_day: str | None) -> None:
    assert ended(name, place) == (last_day and date.fromisoformat(last_day))


@pytest.mark.parametrize(
    ("name", "place", "successor", "since"),
    [
        ("Bộ Kế hoạch và Đầu tư", None, "Bộ Tài chính", "2025-03-01"),
        ("Bộ trưởng Bộ Giao thông vận tải", None, "Bộ trưởng Bộ Xây dựng", "2025-03-01"),
        ("Ủy ban Dân tộc", None, "Bộ Dân tộc và Tôn giáo", "2025-03-01"),
        ("Sở Tài nguyên và Môi trường", None, "Sở Nông nghiệp và Môi trường", "2025-03-01"),
        ("Sở Giao thông vận tải tỉnh Bắc Kạn", None, "Sở Xây dựng tỉnh Thái Nguyên", "2025-07-01"),
        ("Công an tỉnh Hải Dương", None, "Công an thành phố Hải Phòng", "2025-07-01"),
        ("Ủy ban nhân dân tỉnh", "Bắc Kạn", "Ủy ban nhân dân tỉnh Thái Nguyên", "2025-07-01"),
        ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", None,
         "Ủy ban nhân dân thành phố Huế", "2025-01-01"),
    ],
)  # fmt: skip
def test_successors(name: str, place: str | None, successor: str, since: str) -> None:
    found = successor_of(name, place)
    assert found is not None
    assert (found.value, found.valid_from) == (successor, since)
    assert "2025" in found.basis or "2024" in found.basis


@pytest.mark.parametrize(
    "name",
    [
        "Sở Tài chính",
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Ủy ban nhân dân huyện Bình Sơn",
        "Ban Dân tộc tỉnh",
        "các tỉnh, thành phố",
    ],
)
def test_no_single_one_followed(name: str) -> None:
    assert successor_of(name, "Bắc Kạn" if name.startswith("các") else None) is None


@given(st.text(max_size=50), st.none() | st.text(max_size=20))
def test_no_name_raises(name: str, place: str | None) -> None:
    ended(name, place)
    successor_of(name, place)
