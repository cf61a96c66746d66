# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dictionary import rows
from pipeline.repair.person_names import is_name, restore_name
from pipeline.vietnamese import strip_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def without_marks(seen: str, candidates: Sequence[str]) -> NDArray[np.float64]:
    """A reader that loses marks and does nothing else."""
    return np.array([0.0 if strip_marks(name) == seen else -60.0 for name in candidates])


# What a reader without Vietnamese takes letters for, beside those without marks.
CONFUSED = {("P", "Đ"), ("w", "ư"), ("w", "ươ"), ("é", "ê"), ("é", "ễ"), ("é", "ầ"), ("é", "ố")}


def by_shape(seen: str, candidates: Sequence[str]) -> NDArray[np.float64]:
    """A reader that loses marks, confuses what looks alike, and invents few marks."""

    def cost(read: str, letter: str) -> float:
        if read == letter:
            return 0.3
        return 1.2 if read == strip_marks(letter) or (read, letter) in CONFUSED else 8.0

    return np.array(
        [
            -sum(map(cost, seen, name)) if len(seen) == len(name) else -9.0 * len(seen)
            for name in candidates
        ]
    )


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn Hùng",
        "Trần Thị Hồng",
        "Lê Đức Thọ",
        "Phạm Minh Chính",
        "Nguyễn Thị Thu Hà",
        "Dương Công Định",
        "NGUYỄN VĂN HÙNG",
    ],
)
def test_marks_come_back(name: str) -> None:
    found = restore_name(strip_marks(name).split(), without_marks)
    assert found is not None
    assert " ".join(found.words) == name
    assert found.score > 0.5
    assert found.margin > 0


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("Dwong Cong Pinh", "Dương Công Định"),
        ("Nguyén Van Hung", "Nguyễn Văn Hùng"),
        ("Trén Thi Hong", "Trần Thị Hồng"),
        ("NGUYEN VAN PUC", "NGUYỄN VĂN ĐỨC"),
        ("Pham Quéc Tuan", "Phạm Quốc Tuấn"),
        ("Lê Hồng Phong", "Lê Hồng Phong"),
        ("Nguyễn Xuân Phúc", "Nguyễn Xuân Phúc"),
    ],
)
def test_names_that_a_reader_garbled(seen: str, right: str) -> None:
    found = restore_name(seen.split(), by_shape)
    assert found is not None
    assert " ".join(found.words) == right


def test_names_of_the_same_letters_are_given_and_lower_the_score() -> None:
    found = restore_name("Tran Dinh Hai".split(), without_marks)
    assert found is not None
    assert found.words[:2] == ("Trần", "Đình")
    others = {found.words[2], *(names[2] for names, _ in found.alternatives)}
    assert {"Hải", "Hai"} <= others
    sure = restore_name("Nguyen Thi Hong".split(), without_marks)
    assert sure is not None
    assert found.score < sure.score


def test_the_list_of_family_names_decides_the_first_word() -> None:
    # "Đương" and "Dưỡng" are words, "Vo" may be "Vợ": no family names.
    for seen, family in (("Duong Van Nam", "Dương"), ("Vo Van Kiet", "Võ"), ("Do Van Nam", "Đỗ")):
        found = restore_name(seen.split(), without_marks)
        assert found is not None
        assert found.words[0] == family


def test_a_rare_name_stays_as_it_was_read() -> None:
    def as_read(seen: str, candidates: Sequence[str]) -> NDArray[np.float64]:
        return np.array([0.0 if name == seen else -25.0 for name in candidates])

    found = restore_name("Nguyễn Văn Khuỵu".split(), as_read)
    assert found is not None
    assert found.words == ("Nguyễn", "Văn", "Khuỵu")
    assert found.score < 0.2


@pytest.mark.parametrize(
    "seen", ["", "Hùng", "Noi nhan nhu tren day nhe", "xyz qqq www", "12 34 56", "Nơi nhận:"]
)
def test_what_is_no_name(seen: str) -> None:
    assert restore_name(seen.split(), without_marks) is None


FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng"]
MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Xuân"]
GIVEN = sorted({row["name"] for row in rows("person_names") if row["role"] == "given"})[::9]


@given(st.sampled_from(FAMILIES), st.sampled_from(MIDDLES), st.sampled_from(GIVEN))
def test_letters_never_change_where_the_reader_lost_only_marks(
    family: str, middle: str, name: str
) -> None:
    seen = [strip_marks(word) for word in (family, middle, name)]
    found = restore_name(seen, without_marks)
    assert found is not None
    assert [strip_marks(word) for word in found.words] == seen
    shares = [found.score, *(score for _, score in found.alternatives)]
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1.001


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Đặng Quốc Khải", True),
        ("Dwong Cong Pinh", True),
        ("Y Vinh", True),
        ("PHÓ CHỦ TỊCH", False),
        ("Nguyễn", False),
        ("Nơi nhận:", False),
        ("Hà Nội, ngày 5", False),
        ("", False),
    ],
)
def test_how_names_are_printed(line: str, answer: bool) -> None:
    assert is_name(line) is answer
