# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw
from typeset import DIRECTIVE, FOOT, HEAD, Text, paint

from pipeline.reading.line_finder import FoundLine, find_lines

# Pixels of a point; whole, so that base lines lie between two rows.
SCALE = 2.0
# Height of a small letter of Tinos in its size.
LETTER = 0.459
USUAL = 6.1 * SCALE

BODY = "Thời gian qua, thời tiết nắng nóng kéo dài"


def page(*texts: Text, scale: float = SCALE) -> np.ndarray:
    """A page that ends a little below its last line."""
    gray = np.asarray(paint(list(texts), 72 * scale).convert("L"))
    return np.ascontiguousarray(gray[: round((texts[-1].y + 40) * scale)])


def found(*texts: Text, scale: float = SCALE) -> list[FoundLine]:
    return find_lines(page(*texts, scale=scale), 6.1 * scale)


def ink(text: Text, scale: float = SCALE) -> tuple[int, int]:
    """Where the ink of a line begins and ends, in pixels."""
    columns = np.nonzero((page(text, scale=scale) < 160).any(axis=0))[0]
    return int(columns.min()), int(columns.max()) + 1


def gap_after(text: str, size: float, points: float) -> float:
    """Where a line at x=60 ends, and so many points more."""
    return ink(Text(60, 100, text, size))[1] / SCALE + points


@pytest.mark.parametrize("dpi", [108, 144, 216, 288])
def test_the_lines_of_a_directive_stand_where_they_were_printed(dpi: float) -> None:
    scale = dpi / 72
    lines = find_lines(page(*DIRECTIVE, scale=scale), 6.1 * scale)
    assert len(lines) == len(DIRECTIVE)
    for text in DIRECTIVE:
        near = [
            line
            for line in lines
            if abs(line.base.y - text.y * scale) <= max(1, 0.08 * line.letter)
            and abs(line.base.x0 - text.x * scale) < 0.5 * text.size * scale
        ]
        assert len(near) == 1, text
    assert [line.base.y for line in lines] == sorted(line.base.y for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "- Như trên;",
        "- Lưu: VT, KL.",
        "– Thường trực Huyện ủy;",
        "+ Hạt Kiểm lâm",
        "vực trọng điểm; báo cáo.",
        "sẵn sàng khi có yêu cầu./.",
        "1. Hạt Kiểm lâm",
        "a) Kiểm tra các khu vực",
        "“Chỉ thị”",
        "Độc lập - Tự do - Hạnh phúc",
        "(để báo cáo),",
        "Lưu VT - ",
    ],
)
def test_what_is_small_at_the_ends_belongs_to_the_line(text: str) -> None:
    (line,) = found(Text(80, 100, text))
    assert (line.base.x0, line.base.x1) == pytest.approx(ink(Text(80, 100, text)), abs=2)


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN XÃ ẤM THƯỢNG",
        "VỀ VIỆC ĐẨY MẠNH CÔNG TÁC ĐỀ ÁN",
        "Để đổi mới, ổn định, ấm ấp, ễnh ương, ỡm ờ",
        "MỘT SỐ ĐIỂM NỔI BẬT",
    ],
)
@pytest.mark.parametrize(("size", "scale"), [(11, 2), (13, 2), (14, 2), (12, 3), (13, 4)])
def test_marks_are_no_line(text: str, size: float, scale: float) -> None:
    (line,) = found(Text(60, 100, text, size), scale=scale)
    assert line.base.y == pytest.approx(100 * scale, abs=1)


def test_two_columns_stay_apart() -> None:
    lines = found(*HEAD, *FOOT)
    assert len(lines) == len(HEAD) + len(FOOT)
    middle = 260 * SCALE
    assert not [line for line in lines if line.base.x0 < middle < line.base.x1]


@pytest.mark.parametrize(("points", "count"), [(6, 1), (9, 1), (16, 2), (40, 2)])
def test_a_wide_blank_ends_a_line(points: float, count: int) -> None:
    left = Text(60, 100, "nguy cơ cháy rừng", 13)
    right = Text(gap_after(left.text, 13, points), 100, "nắng nóng kéo dài", 13)
    assert len(found(left, right)) == count


def test_lines_set_close_are_not_one() -> None:
    texts = [Text(60, 100 + 12 * number, BODY, 12) for number in range(6)]
    lines = found(*texts)
    assert [line.base.y / SCALE for line in lines] == pytest.approx(
        [text.y for text in texts], abs=0.5
    )


def table(columns: tuple[float, ...], rows: tuple[float, ...], *texts: Text) -> np.ndarray:
    picture = paint(list(texts), 72 * SCALE).convert("L")
    draw = ImageDraw.Draw(picture)
    for x in columns:
        draw.line((x * SCALE, rows[0] * SCALE, x * SCALE, rows[-1] * SCALE), fill=0, width=2)
    for y in rows:
        draw.line((columns[0] * SCALE, y * SCALE, columns[-1] * SCALE, y * SCALE), fill=0, width=2)
    return np.asarray(picture)


def test_ruled_cells_are_parted() -> None:
    # The words stand as near as in a line of text: only the rules part them.
    rows = {100: ("Phòng Tài chính", "Năm 2024"), 122: ("Công an thị xã", "- Lưu")}
    edge = gap_after("Phòng Tài chính", 13, 4)
    end = gap_after("Năm 2024", 13, edge + 4 - 60)
    texts = [
        Text(x, y, cell, 13)
        for y, cells in rows.items()
        for x, cell in zip((60, edge + 4), cells, strict=True)
    ]
    lines = find_lines(table((55, edge, end + 5), (84, 106, 128), *texts), USUAL)
    assert [(line.base.x0, line.base.x1) for line in sorted(lines, key=place)] == [
        pytest.approx(ink(text), abs=2) for text in texts
    ]
    assert len(find_lines(page(*texts), USUAL)) < len(texts)


def place(line: FoundLine) -> tuple[int, float]:
    return round(line.base.y / 20), line.base.x0


@pytest.mark.parametrize("degrees", [-1.2, -0.5, 0.5, 1.2])
def test_a_line_that_sinks_is_followed(degrees: float) -> None:
    picture = paint([Text(60, 300, BODY + ", nguy cơ cháy rừng ở mức", 13)], 72 * SCALE)
    turned = picture.convert("L").rotate(
        -degrees,
        resample=Image.Resampling.BICUBIC,
        center=(60 * SCALE, 300 * SCALE),
        fillcolor=255,
    )
    (line,) = find_lines(np.asarray(turned), USUAL)
    assert line.base.slope == pytest.approx(math.tan(math.radians(degrees)), abs=0.003)
    assert line.base.y == pytest.approx(300 * SCALE, abs=1.2)


@pytest.mark.parametrize("guess", [0.8, 1.0, 1.2])
@pytest.mark.parametrize("size", [12.0, 13.5, 15.0])
def test_the_page_tells_how_high_its_letters_are(size: float, guess: float) -> None:
    texts = [Text(60, 100 + 20 * number, BODY + ", nguy cơ cháy rừng", size) for number in range(8)]
    for line in find_lines(page(*texts), guess * LETTER * size * SCALE):
        assert line.letter == pytest.approx(LETTER * size * SCALE, rel=0.1)


@pytest.mark.parametrize(
    "text",
    [
        Text(200, 100, "CHỈ THỊ", 16, bold=True),
        Text(60, 100, "Về việc tăng cường phòng cháy", 15, bold=True),
        Text(60, 100, "(Kèm theo Chỉ thị số 37/CT-UBND)", 10),
        Text(60, 100, "1 Nghị định số 30/2020/NĐ-CP", 8),
    ],
)
def test_other_print_than_the_usual_is_found_too(text: Text) -> None:
    usual = [Text(60, 200 + 20 * number, BODY, 13) for number in range(8)]
    first, *rest = found(text, *usual)
    assert len(rest) == len(usual)
    assert first.base.y == pytest.approx(text.y * SCALE, abs=1)
    assert (first.base.x0, first.base.x1) == pytest.approx(ink(text), abs=2)


def test_shadows_do_not_matter() -> None:
    gray = page(*DIRECTIVE)
    shadow = np.linspace(1, 0.45, gray.shape[1])[None] * np.linspace(1, 0.8, gray.shape[0])[:, None]
    dim = (gray * shadow).astype(np.uint8)
    straight, shaded = (find_lines(picture, USUAL) for picture in (gray, dim))
    assert len(straight) == len(shaded)
    for line, other in zip(straight, shaded, strict=True):
        assert line.base.y == pytest.approx(other.base.y, abs=1)


def test_seals_and_strokes_of_a_pen_are_no_lines() -> None:
    picture = paint([Text(60, 100, BODY)], 72 * SCALE).convert("L")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300, 400, 520, 620), outline=40, width=8)
    draw.line((100, 900, 400, 1300), fill=30, width=6)
    (line,) = find_lines(np.asarray(picture), USUAL)
    assert line.base.y == pytest.approx(100 * SCALE, abs=1)


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_an_empty_page_has_no_lines(shade: int) -> None:
    assert find_lines(np.full((600, 400), shade, np.uint8), USUAL) == []
    slow = np.linspace(max(shade - 60, 0), shade, 600)[:, None] + np.zeros((1, 400))
    assert find_lines(slow.astype(np.uint8), USUAL) == []


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_page_of_noise_is_borne(share: float) -> None:
    rng = np.random.default_rng(7)
    gray = np.where(rng.random((900, 700)) < share, 0, 255).astype(np.uint8)
    assert sane(find_lines(gray, USUAL), gray)


def sane(lines: list[FoundLine], gray: np.ndarray) -> bool:
    """Whether all lines are on the page; where it cuts one off, its feet may lie below."""
    height, width = gray.shape
    middles = [line.base.y + line.base.slope * (line.base.x1 - line.base.x0) / 2 for line in lines]
    return all(
        0 <= line.base.x0 < line.base.x1 <= width
        and -line.letter < middle < height + line.letter
        and abs(line.base.slope) <= 0.03
        and 0 < line.letter < 4 * USUAL
        for line, middle in zip(lines, middles, strict=True)
    )


SHAPES = st.tuples(st.integers(10, 120), st.integers(10, 160))


@given(arrays.arrays(np.uint8, SHAPES), st.floats(5, 20))
@settings(max_examples=40, deadline=None)
def test_no_page_makes_it_raise(gray: np.ndarray, usual: float) -> None:
    assert sane(find_lines(gray, usual), gray)


@given(SHAPES, st.integers(0, 2**32 - 1), st.integers(1, 9), st.floats(0.05, 0.7), st.floats(5, 20))
@settings(max_examples=60, deadline=None)
def test_no_heap_of_spots_does(
    shape: tuple[int, int], seed: int, size: int, share: float, usual: float
) -> None:
    height, width = shape
    spots = np.random.default_rng(seed).random((height // size + 1, width // size + 1)) < share
    gray = np.where(np.kron(spots, np.ones((size, size))), 20, 250).astype(np.uint8)
    gray = np.ascontiguousarray(gray[:height, :width])
    assert sane(find_lines(gray, usual), gray)
