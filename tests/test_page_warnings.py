# SPDX-License-Identifier: Apache-2.0
"""Which pages a person is told of: those not read, and those whose text was set apart."""

from __future__ import annotations

import pytest

from pipeline.model import Block, Line, Page, Role, TextLayer, Verdict, Word
from pipeline.page_warnings import page_warnings

SENTENCE = "Tiếp theo kết quả đã đạt được của lễ khánh thành các công trình"


def page(text: str, confidence: float | None = 0.95, role: Role = Role.NOISE) -> Page:
    """Return a page of one line in a role."""
    line = Line(tuple(Word(word, None, confidence) for word in text.split()))
    return Page(2, 595, 842, TextLayer(Verdict.NONE, "no text"), (Block(role, (line,)),))


@pytest.mark.parametrize("confidence", [0.95, None])
def test_a_sentence_that_was_set_apart_is_told(confidence: float | None) -> None:
    """The reader was sure of it, so it was printed and belongs somewhere."""
    [warning] = page_warnings([page(SENTENCE, confidence)])
    assert (warning.code, warning.page) == ("text_set_apart", 2)
    assert SENTENCE in warning.message


@pytest.mark.parametrize(
    "quiet",
    [
        page(SENTENCE, role=Role.BODY),
        page(SENTENCE, confidence=0.4),
        page("BẢO VÀ TIN HỌC"),
        page("Ký bởi: CÔNG BÁO NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        page("| . _ ' ~ ; : - = + * # ^"),
    ],
)
def test_text_scribbles_seals_and_signatures_are_no_news(quiet: Page) -> None:
    """They are on nearly every scan."""
    assert list(page_warnings([quiet])) == []


def test_a_page_that_was_not_read_says_why() -> None:
    """The reason is the page's."""
    broken = Page(3, None, None, TextLayer(Verdict.NONE, "no text"), (), error="no ink")
    assert [(w.code, w.message, w.page) for w in page_warnings([broken])] == [
        ("page_not_read", "no ink", 3)
    ]
