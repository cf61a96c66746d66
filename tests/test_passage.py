# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import (
    Block,
    Box,
    Document,
    Edit,
    Frame,
    Line,
    Page,
    Role,
    Source,
    TextLayer,
    Verdict,
    Word,
)
from pipeline.passage import compose, document_text, page_edits, page_passage

LAYER = TextLayer(Verdict.NONE, "")


def line(text: str, y: float = 0.0, confidence: float | None = None) -> Line:
    words = []
    for number, word in enumerate(text.split()):
        box = Box(100.0 * number, y, 100.0 * number + 90, y + 10)
        words.append(Word(word, box, confidence))
    return Line(tuple(words))


def page(*blocks: Block, number: int = 1, frame: Frame | None = None) -> Page:
    return Page(number, 595, 842, LAYER, blocks, frame or Frame())


def document(*pages: Page) -> Document:
    return Document(Source("x.pdf", (Path("x.pdf"),), "0" * 64, 1, "application/pdf"), pages)


def test_lists_keep_their_lines_and_paragraphs_do_not() -> None:
    organ = Block(Role.ORGAN, (line("ỦY BAN NHÂN DÂN"), line("HUYỆN LỤC NAM", 20)))
    body = Block(Role.BODY, (line("Căn cứ"), line("Luật", 20)))
    row = Block(Role.TABLE_ROW, (line("1"), line("Rà soát"), line("Sở Nội vụ")))
    text = page_passage(page(organ, body, row)).text
    assert text == "ỦY BAN NHÂN DÂN\nHUYỆN LỤC NAM\nCăn cứ Luật\n1\tRà soát\tSở Nội vụ"


def test_what_is_set_apart_is_not_in_the_text() -> None:
    stamp = Block(Role.ARRIVAL, (line("ĐẾN"),))
    assert page_passage(page(stamp, Block(Role.BODY, (line("Nội dung"),)))).text == "Nội dung"


def test_a_paragraph_runs_on_over_a_footnote() -> None:
    first = page(
        Block(Role.BODY, (line("Các sở, ban"),)), Block(Role.FOOTNOTE, (line("1 Chú thích"),))
    )
    second = page(
        Block(Role.BODY, (line("ngành thực hiện."),), continues=True),
        Block(Role.BODY, (line("Điều 2."),)),
        number=2,
    )
    text = document_text(document(first, second))
    assert text == "Các sở, ban ngành thực hiện.\n1 Chú thích\nĐiều 2.\n"
    assert compose([(first, first.blocks[0]), (second, second.blocks[0])]).text == (
        "Các sở, ban ngành thực hiện."
    )


def test_evidence_is_one_box_a_printed_line_in_the_scanned_page() -> None:
    block = Block(Role.BODY, (line("một hai", 0), line("ba bốn", 20)))
    passage = compose([(page(block, frame=Frame(c=5, f=7)), block)])
    start = passage.text.index("hai")
    found = passage.evidence(start, len(passage.text), "test")
    assert [item.box for item in found] == [(105, 7, 195, 17), (5, 27, 195, 37)]
    assert {item.rule for item in found} == {"test"}


def test_plain_text_has_evidence_without_boxes() -> None:
    block = Block(Role.BODY, (Line((Word("Số:"), Word("194"))),))
    passage = compose([(page(block), block)])
    assert [(item.page, item.box) for item in passage.evidence(0, 7, "test")] == [(1, None)]
    assert passage.confidence(0, 7) == pytest.approx(0.9)


def test_a_repair_is_never_surer_than_its_receipt() -> None:
    word = Word("QĐ-TTg", confidence=0.99, edit=Edit("QD-TTg", 0.7, "code"))
    block = Block(Role.BODY, (Line((word,)),))
    assert compose([(page(block), block)]).confidence(0, 6) == pytest.approx(0.7)


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
lines = st.lists(words, min_size=1, max_size=6).map(" ".join)
blocks = st.builds(
    lambda role, texts: Block(role, tuple(line(text) for text in texts)),
    st.sampled_from([Role.ORGAN, Role.BODY, Role.TABLE_ROW, Role.PAGE_NUMBER]),
    st.lists(lines, min_size=1, max_size=3),
)


@given(st.lists(blocks, max_size=5))
def test_every_piece_stands_where_it_says(some: list[Block]) -> None:
    passage = page_passage(page(*some))
    for piece in passage.pieces:
        assert passage.text[piece.start : piece.end] == piece.word.text
        assert passage.within(piece.start, piece.end) == [piece]


@given(st.lists(st.tuples(words, words, st.booleans()), min_size=1, max_size=10))
def test_receipts_lead_back_to_what_was_read(pairs: list[tuple[str, str, bool]]) -> None:
    read = [before for before, _, _ in pairs]
    repaired = [
        Word(after, edit=Edit(before, 0.9, "test")) if changed else Word(before)
        for before, after, changed in pairs
    ]
    one = page(Block(Role.BODY, (Line(tuple(repaired)),)))
    text = page_passage(one).text
    for edit in reversed(page_edits(page_passage(one))):
        assert text[edit.span[0] : edit.span[1]] == edit.after
        text = text[: edit.span[0]] + edit.before + text[edit.span[1] :]
    assert text == " ".join(read)
