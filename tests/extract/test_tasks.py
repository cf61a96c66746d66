# SPDX-License-Identifier: Apache-2.0
"""Tasks of short documents, written `responsible + cooperating | section | text`."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import document

from pipeline.extract.assignments import Assignments, extract_assignments
from pipeline.model import Role
from pipeline.settings import Settings

B, R, T = Role.BODY, Role.TABLE_ROW, Role.TITLE
ISSUED = dt.date(2025, 5, 2)
SETTINGS = Settings()


def read(*texts: str) -> Assignments:
    return extract_assignments(document([(B, text) for text in texts]), ISSUED, SETTINGS)


def written(found: Assignments) -> list[str]:
    names = {unit.id: unit.raw for unit in found.units}
    lines = []
    for task in found.tasks:
        who = ", ".join(names[unit] for unit in task.responsible)
        with_whom = "".join(f" + {names[unit]}" for unit in task.cooperating)
        lines.append(f"{who}{with_whom} | {task.section or '-'} | {task.text}")
    return lines


def cases() -> list[dict[str, str]]:
    path = Path(__file__).parent / "task_cases.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["paragraphs"][:60])
def test_tasks(case: dict[str, str]) -> None:
    assert " ¶ ".join(written(read(*case["paragraphs"].split(" ¶ ")))) == case["tasks"]


def test_the_table_is_large() -> None:
    assert len(cases()) >= 30


def test_an_empty_document_has_no_tasks() -> None:
    assert read() == Assignments()


A, F = Role.ADDRESSEES, Role.FOOTNOTE


def letter(*parts: tuple[Role, str]) -> Assignments:
    return extract_assignments(document(list(parts)), ISSUED, SETTINGS)


def test_a_letter_that_names_nobody_asks_its_addressees() -> None:
    found = letter(
        (A, "Kính gửi: Sở Y tế"),
        (B, "Bộ Y tế đề nghị quý Sở khẩn trương gửi báo cáo về Bộ Y tế."),
    )
    (task,) = found.tasks
    assert [unit.raw for unit in found.units] == ["Sở Y tế"]
    assert (task.mood, task.reports_to) == ("đề nghị", ["Bộ Y tế"])


def test_a_closing_request_without_a_name_goes_to_the_addressees() -> None:
    found = letter(
        (A, "Kính gửi: Sở Y tế"),
        (B, "1. Thời gian nghỉ là 05 ngày."),
        (B, "Trong quá trình thực hiện nếu có vướng mắc đề nghị phản ánh về Bộ Y tế./."),
    )
    assert [task.section for task in found.tasks] == [None]


def test_the_mood_comes_from_the_verb_that_governs() -> None:
    found = read(
        "Chủ tịch UBND tỉnh yêu cầu:",
        "1. Sở Y tế rà soát hồ sơ.",
        "2. Giao Sở Nội vụ theo dõi chung.",
        "3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh:",
        "a) Vận động nhân dân tham gia.",
    )
    assert [task.mood for task in found.tasks] == ["yêu cầu", "giao", "đề nghị"]
    assert [task.mood for task in read("Điều 3. Sở Y tế chịu trách nhiệm thi hành.").tasks] == [
        None
    ]


def test_a_proposal_gives_the_tasks_that_it_asks_for() -> None:
    found = letter(
        (T, "TỜ TRÌNH | Về việc sửa chữa"),
        (B, "1. Sở Y tế đã rà soát hồ sơ."),
        (B, "2. Đề nghị Ủy ban nhân dân tỉnh giao nhiệm vụ:"),
        (B, "a) Sở Tài chính thẩm định dự toán."),
        (B, "Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định./."),
    )
    assert written(found) == ["Sở Tài chính | 2.a | Sở Tài chính thẩm định dự toán."]


def test_footnotes_give_no_tasks() -> None:
    assert written(
        letter((B, "1. Sở Y tế rà soát hồ sơ."), (F, "[1] Giao Sở Nội vụ rà soát."))
    ) == ["Sở Y tế | 1 | Sở Y tế rà soát hồ sơ."]


HEADER = "TT | Nội dung, nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian"


def table(*rows: str) -> Assignments:
    parts = [(B, "Phụ lục"), *((R, row) for row in (HEADER, *rows))]
    return extract_assignments(document(parts), ISSUED, SETTINGS)


def test_each_row_of_a_table_is_a_task() -> None:
    found = table(
        "1 | Tổ chức tập huấn nghiệp vụ | Sở Nội vụ | Sở Tài chính | Quý III/2025",
        "2 | Xây dựng phần mềm theo dõi | Sở Khoa học và Công nghệ | các sở, ngành | Hằng năm",
    )
    assert written(found) == [
        "Sở Nội vụ + Sở Tài chính | Phụ lục.1 | Tổ chức tập huấn nghiệp vụ",
        "Sở Khoa học và Công nghệ + các sở, ngành | Phụ lục.2 | Xây dựng phần mềm theo dõi",
    ]
    assert [(item.date, item.rrule) for item in found.deadlines] == [
        ("2025-09-30", None),
        (None, "FREQ=YEARLY"),
    ]


def test_a_header_of_two_rows() -> None:
    parts = [
        (R, "TT | Nội dung | Phân công thực hiện | Thời gian"),
        (R, "Chủ trì | Phối hợp"),
        (R, "1 | Mở lớp tập huấn nghiệp vụ | Sở Nội vụ | Sở Tài chính | Quý III/2025"),
    ]
    assert written(letter(*parts)) == ["Sở Nội vụ + Sở Tài chính | 1 | Mở lớp tập huấn nghiệp vụ"]


def test_cells_of_a_row_that_lacks_some_are_told_by_their_words() -> None:
    found = table("1 | Mở lớp tập huấn nghiệp vụ | Sở Nội vụ | Quý III/2025")
    assert written(found) == ["Sở Nội vụ | Phụ lục.1 | Mở lớp tập huấn nghiệp vụ"]
    assert [item.date for item in found.deadlines] == ["2025-09-30"]


def test_headings_inside_a_table_number_its_rows() -> None:
    row = "1 | Mở lớp tập huấn nghiệp vụ | Sở Nội vụ | Sở Tài chính | Quý III/2025"
    found = table("I | NHIỆM VỤ CHUNG", row, "II | NHIỆM VỤ RIÊNG", row, HEADER, row)
    assert [task.section for task in found.tasks] == [
        "Phụ lục.I.1",
        "Phụ lục.II.1",
        "Phụ lục.II.1",
    ]
    assert len({task.id for task in found.tasks}) == 3


def test_a_merged_cell_gives_its_unit_to_the_rows_beside_it() -> None:
    found = table(
        "1 | Mở lớp tập huấn nghiệp vụ | Sở Nội vụ | Sở Tài chính | Quý III/2025",
        "2 | Lập danh sách học viên tham gia",
    )
    assert [task.needs_review for task in found.tasks] == [False, True]
    assert found.tasks[0].responsible == found.tasks[1].responsible


def test_a_heading_inside_a_table_is_no_task() -> None:
    assert written(table("I | NHIỆM VỤ CHUNG")) == []


def test_a_table_without_a_unit_column_gives_no_tasks() -> None:
    parts = [(R, "TT | Họ và tên | Chức vụ"), (R, "1 | Nguyễn Văn An | Giám đốc Sở Nội vụ")]
    assert extract_assignments(document(parts), ISSUED, SETTINGS).tasks == []


def test_deadlines_belong_to_their_task() -> None:
    found = read("1. Sở Y tế báo cáo trước ngày 30/6/2025.", "2. Sở Nội vụ theo dõi chung cả tỉnh.")
    (deadline,) = found.deadlines
    assert (deadline.date, deadline.bound, deadline.task) == (
        "2025-06-30",
        "before",
        found.tasks[0].id,
    )
    assert found.tasks[0].deadlines == [deadline.id]
    assert deadline.raw == "trước ngày 30/6/2025"


def test_a_label_of_time_gives_its_deadline_to_the_task_above() -> None:
    found = read("1. Sở Y tế:", "a) Kiểm tra cơ sở khám bệnh.", "- Thời gian thực hiện: Cả năm")
    (deadline,) = found.deadlines
    assert (deadline.start, deadline.end) == ("2025-01-01", "2025-12-31")
    assert deadline.task == found.tasks[0].id


def test_a_time_for_the_whole_document_belongs_to_no_task() -> None:
    found = read("2. Thời gian thực hiện: Từ ngày 01/6/2025 đến ngày 31/8/2025.")
    assert [(item.start, item.end, item.task) for item in found.deadlines] == [
        ("2025-06-01", "2025-08-31", None)
    ]


def test_ids_do_not_shift_when_a_task_is_added_elsewhere() -> None:
    first = read("1. Sở Y tế rà soát hồ sơ.", "2. Sở Nội vụ theo dõi chung.")
    more = read(
        "1. Sở Y tế rà soát hồ sơ.", "- Lập danh sách cơ sở.", "2. Sở Nội vụ theo dõi chung."
    )
    assert first.tasks[-1].id == more.tasks[-1].id
    assert len({task.id for task in more.tasks}) == len(more.tasks)


def test_a_report_gives_no_tasks() -> None:
    parts = [(T, "BÁO CÁO | Kết quả công tác"), (B, "1. Giao Sở Y tế rà soát hồ sơ.")]
    assert extract_assignments(document(parts), ISSUED, SETTINGS) == Assignments()


def test_a_number_that_a_list_leaves_out_is_pointed_out() -> None:
    found = read("1. Sở Y tế rà soát.", "2. Sở Nội vụ theo dõi.", "4. Sở Tài chính cấp kinh phí.")
    (warning,) = found.warnings
    assert (warning.code, warning.page) == ("list_number_missing", 1)
    assert "no 3" in warning.message


def test_what_was_read_badly_is_marked_for_review_and_has_its_place() -> None:
    part = (B, "1. Sở Y tế rà soát hồ sơ.")
    good = extract_assignments(document([part], confidence=0.95), ISSUED, SETTINGS).tasks[0]
    bad = extract_assignments(document([part], confidence=0.4), ISSUED, SETTINGS).tasks[0]
    assert not good.needs_review
    assert bad.needs_review
    assert good.evidence[0].box is not None


def test_a_garbled_plan_gives_the_units_of_its_headings() -> None:
    found = read(
        "V.TO CHUC THUC HIEN",
        "1. Phong Lao dgng - Thwong binh va Xa hoi",
        "- Chit tri tham muu, to chic thuc hién Ké hoach truyén thong.",
        "2. UBND céc x4, thi tran",
        "- T chuc trién khai thuc hién hiéu qua cic hoat dong.",
        "Trén day 1a Ké hoach cua UBND huyén.",
        "Pinh ky trudc ngay 10/11 hang nam, bdo cdo két qua thuc hién.",
    )
    assert [unit.raw for unit in found.units] == [
        "Phong Lao dgng - Thwong binh va Xa hoi",
        "UBND céc x4, thi tran",
    ]
    assert [task.section for task in found.tasks] == ["V.1", "V.2"]
    assert all(task.needs_review for task in found.tasks)
    assert [item.rrule for item in found.deadlines] == ["FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=10"]


@given(
    st.lists(
        st.sampled_from(
            [
                "I. TỔ CHỨC THỰC HIỆN",
                "1. Sở Y tế",
                "- Rà soát hồ sơ cũ;",
                "a) Giao Sở Nội vụ theo dõi chung.",
                "Đơn vị chủ trì: Sở Tư pháp",
                "Thời gian thực hiện: Quý II/2025",
                "Yêu cầu các xã thực hiện ngay.",
                "UBND tỉnh yêu cầu các sở:",
                "Trên đây là Kế hoạch.",
                ":",
                "1.",
                "Phụ lục",
                "+ Giao",
                "b) Cơ quan thực hiện:",
                "- Nội dung: Rà soát hồ sơ cũ.",
                "Trong quá trình thực hiện, đề nghị phản ánh về Sở Y tế./.",
            ]
        ),
        max_size=10,
    )
)
@settings(max_examples=100)
def test_every_unit_and_deadline_named_is_there(texts: list[str]) -> None:
    found = read(*texts)
    units = {unit.id for unit in found.units}
    deadlines = {item.id for item in found.deadlines}
    tasks = {task.id for task in found.tasks}
    assert len(tasks) == len(found.tasks)
    whole = "\n".join(texts)
    for task in found.tasks:
        assert task.responsible
        assert task.text in whole
        assert not {*task.responsible} & {*task.cooperating}
        assert units >= {*task.responsible, *task.cooperating}
        assert deadlines >= set(task.deadlines)
    assert all(item.task is None or item.task in tasks for item in found.deadlines)


@pytest.mark.parametrize(
    ("texts", "sure"),
    [
        (("1. Sở Y tế", "- Kiểm tra cơ sở khám bệnh."), True),
        (("1. Sở Y tế", "- Hằng năm, kiểm tra cơ sở khám bệnh."), True),
        (("1. Sở Y tế", "- Danh mục thuốc thiết yếu của tỉnh."), False),
        (("1. Sở Y tế", "1.1. Trách nhiệm của người hành nghề:", "- Ghi chép hồ sơ đủ."), False),
    ],
)
def test_an_item_without_a_verb_or_with_an_unknown_unit_is_doubtful(
    texts: tuple[str, ...], sure: bool
) -> None:
    (task,) = read(*texts).tasks
    assert (task.confidence > 0.8) is sure


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("1. Giao Sở Y tế lập danh sách người bệnh.", True),
        ("1. Các cơ quan, đơn vị lập danh sách người bệnh.", True),
        ("1. Bộ phận chủ trì lập danh sách người bệnh.", False),
        ("1. Các tổ chức khai thác nước ngầm, khoáng sản lập danh sách giếng khoan.", False),
    ],
)
def test_a_unit_that_says_too_little_is_doubtful(text: str, sure: bool) -> None:
    (unit,) = read(text).units
    assert (unit.confidence > 0.8) is sure
