# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from scrap import CLEAN, GARBLED

from pipeline.repair.regime import Mode, mode_of, regime_of
from pipeline.vietnamese import strip_marks

PLAIN = (
    "De nghi cac co quan, don vi to chuc thuc hien nghiem tuc cac noi dung cua van ban nay va bao "
    "cao ket qua ve Uy ban nhan dan huyen truoc ngay 25/9/2022."
)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        (CLEAN, "vie"),
        (GARBLED, "garbled"),
        (PLAIN, "plain"),
        (strip_marks(CLEAN), "plain"),
        (CLEAN.upper(), "vie"),
        (strip_marks(CLEAN).upper(), "plain"),
        ("S6: 194 /KH-UBND Luc Nam, ngay 19 thang 9 nam 2022 KE HOACH Truyén thong vé Chwong "
         "trinh muc tiéu qudc gia giam nghéo bén virng", "garbled"),
    ],
)  # fmt: skip
def test_how_a_text_was_read(text: str, mode: Mode) -> None:
    assert mode_of(text) == mode


@pytest.mark.parametrize("otherwise", ["vie", "garbled", "plain"])
@pytest.mark.parametrize("text", ["", "huyện", "Luc Nam, ngay 19", "12 13 14 " * 20])
def test_a_short_text_is_taken_as_its_document_is(text: str, otherwise: Mode) -> None:
    assert mode_of(text, otherwise) == otherwise


def test_the_founding_plan_was_read_without_vietnamese(samples) -> None:  # type: ignore[no-untyped-def]
    assert mode_of((samples / "plan-194.txt").read_text("utf-8")) == "garbled"
    assert mode_of((samples / "truth" / "plan-194.page1.txt").read_text("utf-8")) == "vie"


@pytest.mark.parametrize(("mode", "garbled"), [("garbled", True), ("plain", True), ("vie", False)])
def test_a_reader_of_vietnamese_is_believed_unless_a_change_is_sure(
    mode: Mode, garbled: bool
) -> None:
    regime = regime_of(mode)
    assert regime.garbled is garbled
    assert (regime.least_share > 0.5) is not garbled


def test_a_regime_is_made_once() -> None:
    assert regime_of("vie") is regime_of("vie")


def test_likelihoods_are_those_of_the_reader() -> None:
    regime = regime_of("garbled")
    logs = regime.likelihood("Pinh", ["Định", "Bình", "Nguyễn"])
    assert np.argmax(logs) == 0
    assert np.argmin(logs) == 2
    assert np.isfinite(regime.likelihood("@@@@@", ["Định", "A"])).all()
