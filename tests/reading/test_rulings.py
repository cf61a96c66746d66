# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw
from typeset import DIRECTIVE, Text, paint, typeset

from pipeline.reading.ink import black_ink
from pipeline.reading.rulings import find_grids
from pipeline.reading.tables import looks_tabular

COLUMNS = (80, 110, 300, 540)
ROWS = (100, 130, 180, 240)


def table(dpi: float, slant: float = 0.0) -> Image.Image:
    scale = dpi / 72
    page = paint([Text(120, 160, "Rà soát diện tích rừng", 12)], dpi)
    draw = ImageDraw.Draw(page)
    for x in COLUMNS:
        draw.line([x * scale, ROWS[0] * scale, x * scale, ROWS[-1] * scale], "black", 2)
    for y in ROWS:
        draw.line([COLUMNS[0] * scale, y * scale, COLUMNS[-1] * scale, y * scale], "black", 2)
    return page.rotate(slant, fillcolor="white", resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize("slant", [0.0, 0.1])
def test_rulings_part_rows_and_columns(dpi: float, slant: float) -> None:
    (grid,) = find_grids(black_ink(table(dpi, slant)), dpi)
    assert grid.columns == pytest.approx(COLUMNS, abs=2)
    assert grid.rows == pytest.approx(ROWS, abs=2)


def test_lines_of_text_and_underlines_are_no_table() -> None:
    page = paint(DIRECTIVE, 150)
    draw = ImageDraw.Draw(page)
    draw.line([300, 190, 500, 190], "black", 2)
    assert find_grids(black_ink(page), 150) == ()


def test_a_frame_around_a_page_is_no_table() -> None:
    gray = np.full((1200, 900), 255, np.uint8)
    gray[50:53, 50:850] = gray[1150:1153, 50:850] = 0
    gray[50:1153, 50:53] = gray[50:1153, 847:850] = 0
    assert find_grids(gray, 100) == ()


def test_many_rows_of_columns_look_like_a_table() -> None:
    row = [(85, "1"), (120, "Rà soát diện tích"), (310, "Hạt Kiểm lâm")]
    rows = [Text(x, y, text, 12) for y in range(100, 300, 20) for x, text in row]
    assert looks_tabular(typeset(*rows))
    assert not looks_tabular(typeset(*DIRECTIVE))
