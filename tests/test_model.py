# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Block, Box, Frame, Line, Page, Role, TextLayer, Verdict, Word

coordinates = st.floats(-1000, 1000)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x0, x1 = sorted((draw(coordinates), draw(coordinates)))
    y0, y1 = sorted((draw(coordinates), draw(coordinates)))
    return Box(x0, y0, x1, y1)


@given(st.lists(boxes(), min_size=1))
def test_a_box_around_boxes_holds_each(some: list[Box]) -> None:
    around = Box.around(some)
    assert around is not None
    for box in some:
        assert around.x0 <= box.x0 <= box.x1 <= around.x1
        assert around.y0 <= box.y0 <= box.y1 <= around.y1


def test_around_nothing_is_none() -> None:
    assert Box.around([]) is None


def test_a_box_turned_inside_out_is_refused() -> None:
    with pytest.raises(ValueError, match="x0 <= x1"):
        Box(2, 0, 1, 1)


@given(boxes())
def test_the_default_frame_changes_nothing(box: Box) -> None:
    assert Frame().apply(box) == box


@given(boxes(), st.floats(-math.pi, math.pi))
def test_a_turned_box_is_never_smaller_than_its_diagonal_allows(box: Box, angle: float) -> None:
    turned = Frame(math.cos(angle), -math.sin(angle), 0, math.sin(angle), math.cos(angle), 0)
    image = turned.apply(box)
    diagonal = math.hypot(box.width, box.height)
    assert math.hypot(image.width, image.height) >= diagonal - 1e-6
    middle = turned.apply(Box(*box.centre, *box.centre))
    assert image.centre == pytest.approx(middle.centre, abs=1e-6)


def test_confidence_of_a_page_is_weighed_and_leaves_stamps_out() -> None:
    words = (Word("dài", confidence=0.9), Word("x", confidence=0.5), Word("không"))
    stamp = Block(Role.ARRIVAL, (Line((Word("ĐẾN", confidence=0.1),)),))
    page = Page(1, 595, 842, TextLayer(Verdict.NONE, ""), (stamp, Block(Role.BODY, (Line(words),))))
    assert page.confidence == pytest.approx((3 * 0.9 + 0.5) / 4)
    assert [block.role for block in page.text_blocks] == [Role.BODY]
