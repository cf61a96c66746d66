# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from papers import A4, CLEAN, ENGLISH, GARBLED

from pipeline.intake.survey import Picture, Survey
from pipeline.intake.textlayer import judge, judge_text, weigh
from pipeline.model import Box, Line, Verdict, Word

FULL = Picture(Box(0, 0, *A4), (1654, 2339), A4, 0)
SEAL = Picture(Box(400, 600, 490, 690), (180, 184), (90, 90), 0)
HALF = Picture(Box(80, 100, 520, 600), (1344, 1500), (440, 500), 0)


def page(*pictures: Picture, drawn: int = 0) -> Survey:
    return Survey(*A4, pictures, drawn, None)


def lines(texts: list[str], top: float = 60, leading: float = 22) -> list[Line]:
    return [
        Line((Word(text, Box(72, top + leading * row, 520, top + leading * row + 14)),))
        for row, text in enumerate(texts)
    ]


HEADER = ["CÔNG BÁO/Số 293/Ngày 31-05-2026 81"]
SIGNED = ["Ký bởi: Ủy ban nhân dân tỉnh", "Thời gian ký: 18/03/2024 08:41:42"]
FIGURES = ["1 250 375,5 12", "2 300 410,0 15", "3 75 1.200 9"] * 6


@pytest.mark.parametrize(
    ("texts", "survey", "expected"),
    [
        (CLEAN * 3, page(), Verdict.CLEAN),
        (CLEAN * 3, page(FULL), Verdict.CLEAN),  # an OCR layer that knew Vietnamese
        (CLEAN, page(SEAL), Verdict.CLEAN),
        (CLEAN, page(drawn=150), Verdict.CLEAN),  # a table with many small boxes
        (GARBLED * 3, page(FULL), Verdict.GARBLED),
        (GARBLED, page(), Verdict.GARBLED),
        (SIGNED, page(FULL), Verdict.OVERLAY),
        (HEADER, page(HALF), Verdict.OVERLAY),
        (["6016 06/07/2023"], page(FULL, SEAL), Verdict.OVERLAY),
        (SIGNED, page(drawn=1462), Verdict.OVERLAY),
        ([], page(FULL), Verdict.NONE),
        ([], page(drawn=1462), Verdict.NONE),
        ([], page(), Verdict.NONE),
        (ENGLISH, page(), Verdict.CLEAN),
        (ENGLISH * 6, page(FULL), Verdict.GARBLED),  # read again: it may be garbled Vietnamese
        (FIGURES, page(), Verdict.CLEAN),
        (FIGURES * 2, page(FULL), Verdict.GARBLED),
        (["\ufffd\ufffd \ufffd"], page(), Verdict.GARBLED),
    ],
)
def test_verdicts(texts: list[str], survey: Survey, expected: Verdict) -> None:
    layer = judge(lines(texts), survey)
    assert layer.verdict is expected, layer.reason


def test_converted_text_is_legacy_only_if_it_became_vietnamese() -> None:
    assert judge(lines(CLEAN), page(), "TCVN3").verdict is Verdict.LEGACY
    assert "TCVN3" in judge(lines(CLEAN), page(), "TCVN3").reason
    assert judge(lines(GARBLED), page(), "TCVN3").verdict is Verdict.GARBLED


def test_reasons_carry_their_figures() -> None:
    assert judge(lines(CLEAN), page()).reason == (
        "98% of 117 words are built like Vietnamese syllables and 57% carry a letter that only "
        "Vietnamese has; lines cover 17% of its height"
    )
    overlay = judge(lines(SIGNED), page(FULL)).reason
    assert (
        overlay == "51 characters cover 3% of the height of a picture that fills 100% of the page"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("\n".join(CLEAN), "clean"), ("\n".join(GARBLED), "garbled"), (" \n", "none")],
)
def test_plain_text(text: str, expected: str) -> None:
    assert judge_text(text).verdict == expected


def test_real_garbled_and_true_texts_lie_far_apart(shared_data: Path) -> None:
    garbled = [
        weigh(path.read_text(encoding="utf-8"))
        for path in sorted((shared_data / "garbled").glob("0*.txt"))
    ]
    true = [
        weigh(path.read_text(encoding="utf-8"))
        for path in sorted((shared_data / "truth").glob("*.txt"))
    ]
    assert garbled
    assert true
    assert max(wording.own for wording in garbled) < 0.05
    assert all(wording.is_vietnamese for wording in true)
