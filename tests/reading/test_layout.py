# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from typeset import BODY, DIRECTIVE, HEAD, HEIGHT, TITLE, WIDTH, Text, typeset, words

from pipeline.model import Block, Box, Line, Page, Role, TextLayer, Verdict, Word
from pipeline.passage import page_passage
from pipeline.reading.layout import arrange, arrange_page
from pipeline.reading.rulings import Grid

LAYER = TextLayer(Verdict.NONE, "no text")


def blocks_of(*texts: Text, first: bool = True) -> list[tuple[Role, str]]:
    blocks = arrange_page(typeset(*texts), WIDTH, HEIGHT, first=first)
    return [(block.role, " / ".join(line.text for line in block.lines)) for block in blocks]


def page(number: int, *texts: Text) -> Page:
    blocks = arrange_page(typeset(*texts), WIDTH, HEIGHT, first=number == 1)
    return Page(number, WIDTH, HEIGHT, LAYER, blocks)


def test_a_directive_is_read_in_its_order() -> None:
    assert [role for role, _ in blocks_of(*DIRECTIVE)] == [
        Role.ORGAN,
        Role.MOTTO,
        Role.NUMBER,
        Role.PLACE_DATE,
        Role.TITLE,
        Role.BODY,
        Role.BODY,
        Role.BODY,
        Role.RECIPIENTS,
        Role.SIGNATURE,
    ]


def test_the_columns_of_head_and_foot_stay_apart() -> None:
    found = dict(blocks_of(*DIRECTIVE))
    assert found[Role.ORGAN] == "ỦY BAN NHÂN DÂN / HUYỆN PHÚ HÒA"
    assert found[Role.MOTTO].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập")
    assert found[Role.NUMBER] == "Số: 37/CT-UBND"
    assert found[Role.PLACE_DATE] == "Phú Hòa, ngày 12 tháng 8 năm 2021"
    assert found[Role.RECIPIENTS].split(" / ")[-1] == "- Lưu: VT, KL."
    assert found[Role.SIGNATURE] == "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Trần Văn Bình"


def test_a_first_paragraph_set_close_under_the_title_does_not_run_into_it() -> None:
    closer = [replace(text, y=text.y - 18) for text in BODY]
    found = dict(blocks_of(*HEAD, *TITLE, *closer))
    assert found[Role.TITLE].endswith("trên địa bàn huyện Phú Hòa")


def merged(left: Text, right: Text) -> Line:
    """Return one line for two columns, as a reader gives it that saw no gap."""
    first = words(left).words
    shift = 4.0 - (words(right).words[0].box.x0 - first[-1].box.x1)
    moved = tuple(
        Word(w.text, Box(w.box.x0 + shift, w.box.y0, w.box.x1 + shift, w.box.y1), 0.9)
        for w in words(right).words
    )
    return Line((*first, *moved))


def test_columns_that_ran_together_are_cut_at_their_formulas() -> None:
    lines = (
        merged(HEAD[0], Text(270, 70, HEAD[2].text, 12)),
        *typeset(HEAD[1], HEAD[3]),
        merged(HEAD[4], Text(300, 112, HEAD[5].text)),
        *typeset(*TITLE, *BODY),
    )
    found = {block.role: block.text for block in arrange_page(lines, WIDTH, HEIGHT)}
    assert found[Role.ORGAN] == "ỦY BAN NHÂN DÂN HUYỆN PHÚ HÒA"
    assert found[Role.NUMBER] == "Số: 37/CT-UBND"
    assert found[Role.PLACE_DATE] == "Phú Hòa, ngày 12 tháng 8 năm 2021"


def test_an_official_letter_has_subject_and_addressees() -> None:
    found = dict(
        blocks_of(
            *HEAD,
            Text(80, 130, "V/v rà soát quy hoạch đất", 12),
            Text(80, 144, "nghĩa trang trên địa bàn", 12),
            Text(190, 180, "Kính gửi:", 13),
            Text(240, 198, "- Phòng Tài nguyên và Môi trường;", 13),
            Text(240, 216, "- Ủy ban nhân dân các xã, thị trấn.", 13),
            *[Text(t.x, t.y + 30, t.text, t.size) for t in BODY],
        )
    )
    assert found[Role.SUBJECT] == "V/v rà soát quy hoạch đất / nghĩa trang trên địa bàn"
    assert found[Role.ADDRESSEES].endswith("- Ủy ban nhân dân các xã, thị trấn.")
    assert Role.TITLE not in found


def test_a_sentence_that_names_the_country_is_no_head() -> None:
    """What stands above it would be lost, as if it were noise above the motto."""
    names = (
        "Tiếp theo kết quả đã đạt được của lễ khánh thành các công trình chào mừng",
        "Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam, Ủy ban nhân dân xã",
        "yêu cầu các đơn vị báo cáo trước ngày 15 tháng 12 năm 2025.",
    )
    found = blocks_of(*(Text(85, 100 + 18 * n, text) for n, text in enumerate(names)))
    assert found == [(Role.BODY, " / ".join(names))]


@pytest.mark.parametrize("seen", ["l1", "1l", "II"])
def test_a_number_in_a_sentence_is_kept_however_badly_it_was_read(seen: str) -> None:
    """It is mended later, between "tháng" and "năm"; what is lost can no longer be."""
    text = f"yêu cầu các đơn vị báo cáo trước ngày 15 tháng {seen} năm 2025."
    line = words(Text(85, 100, text))
    bad = tuple(replace(w, confidence=0.05 if w.text == seen else 0.9) for w in line.words)
    [block] = arrange_page((Line(bad),), WIDTH, HEIGHT, first=True)
    assert block.text == text


@pytest.mark.parametrize(
    ("text", "role"), [("HỎA TỐC", Role.URGENCY), ("MẬT", Role.SECRECY), ("KHẨN", Role.URGENCY)]
)
def test_stamps_of_the_head_have_their_roles(text: str, role: Role) -> None:
    stamp = Text(100, 132, text, 13, bold=True)
    assert (role, text) in blocks_of(*HEAD, stamp, *TITLE, *BODY)


def test_the_arrival_stamp_is_set_apart_and_is_never_the_number() -> None:
    stamp = [
        Text(20, 200, "ĐẾN", 12, bold=True),
        Text(20, 216, "Số: 2352", 9),
        Text(20, 228, "Ngày: 15/8", 9),
    ]
    found = blocks_of(*HEAD, *TITLE, *BODY, *stamp)
    assert [text for role, text in found if role is Role.ARRIVAL] == ["ĐẾN / Số: 2352 / Ngày: 15/8"]
    assert dict(found)[Role.NUMBER] == "Số: 37/CT-UBND"


def test_what_a_viewer_prints_about_a_signature_is_no_text() -> None:
    notes = [
        Text(330, 20, "Người ký: Ủy ban nhân dân huyện Phú Hòa", 7),
        Text(330, 28, "Thời gian ký: 12.08.2021 10:11:12 +07:00", 7),
    ]
    found = blocks_of(*notes, *DIRECTIVE)
    assert found[0] == (Role.ORGAN, "ỦY BAN NHÂN DÂN / HUYỆN PHÚ HÒA")
    assert sum(role is Role.NOISE for role, _ in found) == 2


def test_a_lone_number_at_the_top_is_the_page_number() -> None:
    found = blocks_of(Text(295, 45, "2", 13), *BODY, first=False)
    assert found[-1] == (Role.PAGE_NUMBER, "2")
    assert found[0][0] is Role.BODY


def test_the_head_of_the_gazette_is_a_running_head() -> None:
    head = Text(210, 40, "CÔNG BÁO/Số 12 + 13/Ngày 05-3-2021", 12)
    assert blocks_of(head, *BODY, first=False)[-1][0] is Role.RUNNING_HEAD


def test_footnotes_come_last() -> None:
    note = Text(85, 780, "1 Quyết định số 15/QĐ-UBND ngày 02/3/2021.", 9)
    found = blocks_of(*BODY, note, first=False)
    assert found[-1] == (Role.FOOTNOTE, "1 Quyết định số 15/QĐ-UBND ngày 02/3/2021.")


def test_a_later_page_has_no_head() -> None:
    assert {role for role, _ in blocks_of(*HEAD, *BODY, first=False)} == {Role.BODY}


def test_a_ruled_table_is_read_row_by_row() -> None:
    grid = Grid(Box(80, 100, 540, 180), (80, 110, 300, 540), (100, 130, 180))
    cells = [
        Text(85, 120, "TT", 12),
        Text(120, 120, "Nhiệm vụ", 12),
        Text(310, 120, "Cơ quan chủ trì", 12),
        Text(90, 150, "1", 12),
        Text(120, 150, "Rà soát diện tích rừng", 12),
        Text(120, 166, "dễ cháy", 12),
        Text(310, 158, "Hạt Kiểm lâm", 12),
    ]
    blocks = arrange_page(typeset(*cells, *BODY), WIDTH, HEIGHT, first=False, grids=[grid])
    rows = [[line.text for line in b.lines] for b in blocks if b.role is Role.TABLE_ROW]
    assert rows == [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì"],
        ["1", "Rà soát diện tích rừng dễ cháy", "Hạt Kiểm lâm"],
    ]


@pytest.mark.parametrize("lines", [(), (Line(()),), (Line((Word("chữ"),)),)])
def test_a_page_without_words_in_place_has_no_blocks(lines: tuple[Line, ...]) -> None:
    assert arrange_page(lines, WIDTH, HEIGHT) == ()


def test_every_word_ends_in_exactly_one_block() -> None:
    lines = typeset(*DIRECTIVE, Text(20, 200, "ĐẾN", 12), Text(295, 830, "3", 12))
    given = sorted(word.text for line in lines for word in line.words)
    blocks = arrange_page(lines, WIDTH, HEIGHT)
    kept = sorted(w.text for block in blocks for line in block.lines for w in line.words)
    assert kept == given


def test_a_paragraph_goes_on_overleaf() -> None:
    broken = Text(
        85, 780, "trưởng các cơ quan, đơn vị thực hiện tốt các nhiệm vụ được giao và", 13.5
    )
    rest = Text(85, 80, "báo cáo kết quả về Ủy ban nhân dân huyện.", 13.5)
    first, second = arrange([page(1, *HEAD, *TITLE, *BODY, broken), page(2, rest, *BODY)])
    assert not any(block.continues for block in first.blocks)
    assert second.blocks[0].continues
    assert not second.blocks[1].continues


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        ("thực hiện các nhiệm vụ sau:", "a) Kiểm tra", False),
        ("Ủy ban nhân dân các xã,", "thị trấn trên địa bàn", True),
        ("chịu trách nhiệm thi hành.", "Điều 3. Quyết định này", False),
        ("phối hợp với Sở", "Tài chính tổng hợp.", True),
        ("MỤC TIÊU", "Năm 2021 phấn đấu", False),
    ],
)
def test_what_goes_on_overleaf(before: str, after: str, goes_on: bool) -> None:
    blocks = [
        Block(Role.BODY, (Line(tuple(Word(w) for w in text.split())),)) for text in (before, after)
    ]
    pages = [Page(n, None, None, LAYER, (block,)) for n, block in enumerate(blocks, 1)]
    assert arrange(pages)[1].blocks[0].continues is goes_on


def test_nothing_goes_on_after_the_signature() -> None:
    annex = Text(85, 80, "danh mục kèm theo", 13.5)
    _, second = arrange([page(1, *DIRECTIVE), page(2, annex)])
    assert not second.blocks[0].continues


def test_a_line_at_the_top_of_three_pages_is_a_running_head() -> None:
    pages = [page(n, Text(85, 60, f"Kế hoạch ứng phó - trang {n}", 11), *BODY) for n in (2, 3, 4)]
    for arranged in arrange(pages):
        assert arranged.blocks[0].role is Role.RUNNING_HEAD
        assert "trang" not in page_passage(arranged).text
