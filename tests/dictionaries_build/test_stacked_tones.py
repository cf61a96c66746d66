# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dictionaries.build.stacked_tones import write_plain, write_stacked
from dictionaries.build.typefaces import TIMES, lacks

pytestmark = pytest.mark.skipif(bool(lacks(TIMES)), reason=lacks(TIMES))


def rows_with_ink(text: str, *, stacked: bool) -> np.ndarray:
    font = ImageFont.truetype(str(TIMES.path("regular")), 80, layout_engine=0)
    image = Image.new("L", (400, 200), 255)
    write = write_stacked if stacked else write_plain
    write(ImageDraw.Draw(image), (20, 140), text, font)
    return np.flatnonzero((np.asarray(image) < 128).any(axis=1))


@pytest.mark.parametrize("text", ["ế", "ề", "ổ", "ẫ", "Ố", "Ể"])
def test_a_tone_on_a_hat_stands_higher(text: str) -> None:
    plain, stacked = rows_with_ink(text, stacked=False), rows_with_ink(text, stacked=True)
    assert stacked.min() < plain.min() - 2
    assert stacked.max() == plain.max()


@pytest.mark.parametrize("text", ["ê", "á", "ậ", "ứ", "Đ"])
def test_other_letters_are_as_the_font_has_them(text: str) -> None:
    same = rows_with_ink(text, stacked=False) == rows_with_ink(text, stacked=True)
    assert np.all(same)
