# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from benchmarks.repair_score import (
    Trusted,
    Wrong,
    accuracy_at,
    calibration_error,
    commonest_wrong,
    join,
    score_line,
)
from benchmarks.repair_sets import Line


def line(seen: str, right: str | None) -> Line:
    return Line(tuple(seen.split()), None if right is None else tuple(right.split()))


def sure(text: str) -> list[tuple[str, float]]:
    return [(token, 1.0) for token in text.split()]


@pytest.mark.parametrize(
    ("seen", "right", "given", "expected"),
    [
        ("giam nghéo bén virng", "giảm nghèo bền vững", "giảm nghèo bén vững", (3 / 4, 3 / 4, 0)),
        ("giảm nghèo", "giảm nghèo", "giảm nghéo", (1 / 2, None, 1 / 2)),
        ("giam nghèo", "giảm nghèo", "giảm nghéo", (1 / 2, 1, 1 / 2)),
        ("giam nghèo", "giảm nghèo", "giấm nghèo", (1 / 2, 0, 0)),
        ("Tô Ổ chức", "Tổ chức", "Tổ chức", (1, 1, 0)),
        ("Tổ chức", "Tổ chức", "Tô ổ chức", (1 / 3, None, 2 / 2)),
        ("chínhquyền", "chính quyền", "chính quyền", (1, 1, 0)),
        ("chính quyền", "chính quyền", "chínhquyền", (0, None, 1)),
        ("nghèo,", "nghèo.", "nghèo,", (1, None, 0)),
    ],
    ids=[
        "mended",
        "damaged",
        "both",
        "still wrong",
        "join mended",
        "split",
        "split mended",
        "joined",
        "point",
    ],
)
def test_right_mended_damaged(
    seen: str, right: str, given: str, expected: tuple[float, float | None, float]
) -> None:
    figures = score_line(line(seen, right), sure(given)).figures()
    found = [figures[f"letters.{name}"] for name in ("right", "mended", "damaged")]
    assert found == [None if value is None else pytest.approx(value) for value in expected]


@pytest.mark.parametrize(
    ("seen", "given", "changed"),
    [
        ("Hoà Bình", "Hoà Bình", 0),
        ("Hoà Bình", "Hòa Bình", 1 / 2),
        ("m2 đất", "m2 đất ở", 1 / 2),
        ("xin chào", "", 1),
    ],
)
def test_changed_counts_every_letter(seen: str, given: str, changed: float) -> None:
    assert score_line(line(seen, seen), sure(given)).figures()["changed"] == changed


def test_a_line_without_truth_is_not_scored() -> None:
    assert join([score_line(line("5", None), sure("5"))]).figures() == {}


def test_scores_add_up() -> None:
    scores = join(
        [
            score_line(line("vé", "về"), [("về", 0.9)]),
            score_line(line("va cac xã", "và các xã"), [("và", 0.9), ("cac", 0.2), ("xã", 0.9)]),
        ]
    )
    figures = scores.figures()
    assert figures["all.right"] == 3 / 4
    assert figures["all.mended"] == 2 / 3
    assert scores.trusted["all"] == ((0.9, True), (0.9, True), (0.2, False), (0.9, True))


@pytest.mark.parametrize(
    ("tokens", "coverage", "expected"),
    [
        ([(0.9, True), (0.8, True), (0.7, True), (0.1, False)], 0.75, 1),
        ([(0.9, True), (0.8, False), (0.7, True), (0.1, False)], 0.5, 1 / 2),
        ([(0.9, True), (0.5, True), (0.5, False), (0.5, False)], 0.5, (1 + 1 / 3) / 2),
        ([(0.9, True), (0.1, False)], 1, 1 / 2),
        ([(1.0, True), (1.0, False)], 0.5, None),
        ([], 0.98, None),
    ],
    ids=["worst left out", "half", "ties by their mean", "all", "cannot tell", "nothing"],
)
def test_accuracy_at_a_coverage(
    tokens: list[Trusted], coverage: float, expected: float | None
) -> None:
    assert accuracy_at(tokens, coverage) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([(1.0, True)] * 3 + [(0.0, False)], 0),
        ([(1.0, False)] * 3 + [(0.0, True)], 1),
        ([(0.75, True)] * 3 + [(0.75, False)] + [(0.05, False)], 0.05 / 5),
        ([(0.95, True), (0.91, False)], abs(1.86 - 1) / 2),
        ([(0.5, True)] * 3, None),
    ],
    ids=["perfect", "upside down", "fair", "one bin", "cannot tell"],
)
def test_calibration(tokens: list[Trusted], expected: float | None) -> None:
    assert calibration_error(tokens) == (None if expected is None else pytest.approx(expected))


def test_commonest_errors_come_first_with_their_line() -> None:
    scores = join(
        [
            score_line(line("o xã", "ở xã"), sure("ô xã")),
            score_line(line("vé dat o thôn", "về đất ở thôn"), sure("về đất ô | thôn")),
        ]
    )
    assert commonest_wrong(scores, 2) == [
        (Wrong("ở", "o", "ô"), 2, "ở xã"),
        (Wrong("", "", "|"), 1, "về đất ở thôn"),
    ]
