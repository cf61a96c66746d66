# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from dictionaries.build import page_images as images
from dictionaries.build.page_images import Layout, Paragraph, dress, set_pages
from dictionaries.build.typefaces import TYPEFACES, lacks

TINOS = TYPEFACES[0]
pytestmark = pytest.mark.skipif(bool(lacks(TINOS)), reason=lacks(TINOS))

TEXT = (
    "Thực hiện Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ phê duyệt Chương "
    "trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025."
)


def layout(*, justified: bool = True, indent: float = 28.35) -> Layout:
    return Layout(TINOS, 13.5, 1.3, justified, indent)


def test_lines_hold_the_words_of_the_paragraph_in_order() -> None:
    (page,) = set_pages([Paragraph(TEXT)], layout())
    assert " ".join(line.text for line in page.lines) == TEXT
    assert len(page.lines) == 3


@pytest.mark.parametrize("justified", [True, False])
def test_lines_keep_to_the_margins(justified: bool) -> None:
    (page,) = set_pages([Paragraph(TEXT)], layout(justified=justified))
    ends = []
    for line in page.lines:
        last = line.words[-1]
        ends.append(last.x + images._width(last.text, last.style, layout(justified=justified)))
        assert line.words[0].x >= images.LEFT
    assert max(ends) <= images.RIGHT + 0.01
    assert (ends[0] == pytest.approx(images.RIGHT)) is justified


def test_a_full_page_is_followed_by_another() -> None:
    pages = set_pages([Paragraph(TEXT)] * 30, layout())
    assert len(pages) > 1
    assert all(line.y <= images.BOTTOM for page in pages for line in page.lines)
    assert sum(len(page.lines) for page in pages) == 90


STYLES = [
    ("Độc lập - Tự do - Hạnh phúc", {"bold"}, True),
    ("Lục Nam, ngày 19 tháng 9 năm 2022", {"italic"}, True),
    ("KẾ HOẠCH", {"bold", "regular"}, True),
    (TEXT, {"bold", "regular", "italic"}, False),
]


@pytest.mark.parametrize(("text", "styles", "centred"), STYLES)
def test_each_kind_of_line_is_dressed_in_its_style(
    text: str, styles: set[str], centred: bool
) -> None:
    dressed = [dress(text, np.random.default_rng(seed)) for seed in range(40)]
    assert {paragraph.style for paragraph in dressed} == styles
    assert {paragraph.centred for paragraph in dressed} == {centred}
    assert {paragraph.text for paragraph in dressed} == {text}


def test_some_short_lines_are_put_into_capitals() -> None:
    texts = {dress("Tổ chức thực hiện", np.random.default_rng(seed)).text for seed in range(60)}
    assert texts == {"Tổ chức thực hiện", "TỔ CHỨC THỰC HIỆN"}


def test_a_character_without_a_glyph_cannot_be_printed() -> None:
    assert images.printable("Ủy ban nhân dân", TINOS)
    assert not images.printable("河內", TINOS)


@pytest.mark.parametrize("low", [True, False])
def test_wear_keeps_to_the_resolutions_that_are_asked_for(low: bool) -> None:
    for seed in range(50):
        wear = images.draw_wear(np.random.default_rng(seed), low=low)
        assert wear.damage.dpi in (range(110, 151) if low else (200, 250, 300))
        assert wear.damage.skew <= 0.5
        assert (wear.name == "low") is low


def test_the_same_seed_gives_the_same_scan_and_another_another() -> None:
    def scan(seed: int) -> images.Pixels:
        rng = np.random.default_rng(seed)
        wear = images.draw_wear(rng, low=True)
        (page,) = set_pages([dress(TEXT, rng)], layout())
        return images.scan(page, TINOS, wear, rng)

    first = scan(7)
    assert first.ndim == 2
    assert first.min() < 128 < first.max()
    assert np.array_equal(first, scan(7))
    assert not np.array_equal(first, scan(8))
