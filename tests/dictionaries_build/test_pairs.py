# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
import zstandard

from dictionaries.build import pairs
from dictionaries.build.pairs import COLUMNS, LOW_SHARE, Job, find_jobs, make_pairs
from dictionaries.build.typefaces import TYPEFACES, lacks

LINES = (
    "ỦY BAN NHÂN DÂN HUYỆN LỤC NAM",
    "Truyền thông về Chương trình mục tiêu quốc gia giảm nghèo bền vững huyện Lục Nam",
    "nhằm nâng cao nhận thức, trách nhiệm của toàn xã hội và tạo sự đồng thuận, ủng hộ",
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for source in pairs.SOURCES:
        lines = "".join(f"{source} dòng {number}\n" for number in range(5000))
        packed = zstandard.ZstdCompressor().compress(lines.encode())
        (tmp_path / f"{source}.txt.zst").write_bytes(packed)
    return tmp_path


def test_pages_are_drawn_from_each_source_and_the_same_each_time(corpus: Path) -> None:
    jobs = find_jobs(corpus, "vie", 20_000, seed=1)
    assert jobs == find_jobs(corpus, "vie", 20_000, seed=1)
    assert jobs != find_jobs(corpus, "vie", 20_000, seed=2)
    assert {job.document.split("-")[0] for job in jobs} == set(pairs.SOURCES)
    assert len({job.document for job in jobs}) == len(jobs)


@pytest.mark.parametrize("reader", ["eng", "vie"])
def test_a_reader_gets_its_share_of_low_resolution(corpus: Path, reader: str) -> None:
    jobs = find_jobs(corpus, reader, 50_000, seed=1)
    assert sum(job.low for job in jobs) / len(jobs) == pytest.approx(LOW_SHARE[reader], abs=0.12)


def test_a_page_is_a_run_of_lines_that_its_name_tells(corpus: Path) -> None:
    for job in find_jobs(corpus, "eng", 5_000, seed=3):
        source, start = job.document.split("-")
        assert job.paragraphs[0].strip() == f"{source} dòng {start}"
        assert job.paragraphs[-1].strip() == f"{source} dòng {int(start) + len(job.paragraphs) - 1}"


SOUND = [
    ("Đề nghị các sở,  ngành thực hiện…", ["Đề nghị các sở, ngành thực hiện..."]),
    ("Ủy ban nhân dân các câp", []),
    ("Họ và tên: ........................", []),
    ("Quốc gia 河內", []),
    ("", []),
]


@pytest.mark.skipif(bool(lacks(TYPEFACES[0])), reason=lacks(TYPEFACES[0]))
@pytest.mark.parametrize(("text", "expected"), SOUND)
def test_damaged_and_unprintable_paragraphs_are_left_out(text: str, expected: list[str]) -> None:
    assert pairs.sound([text], TYPEFACES[0]) == expected


@pytest.mark.slow
@pytest.mark.skipif(bool(lacks(TYPEFACES[0])), reason=lacks(TYPEFACES[0]))
@pytest.mark.parametrize(("reader", "exact"), [("eng", (0.05, 0.5)), ("vie", (0.9, 1.0))])
def test_tesseract_reads_three_lines(reader: str, exact: tuple[float, float]) -> None:
    reading = make_pairs(Job(reader, "admin-0", LINES, low=False, seed=1))
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in reading.rows]
    assert " ".join(LINES).upper().startswith(" ".join(row["right"] for row in rows[:7]).upper())
    assert len(rows) >= 0.9 * len(" ".join(LINES).split())
    assert {row["reader"] for row in rows} == {reader}
    assert all(0 <= float(row["confidence"]) <= 1 for row in rows)
    share = sum(row["seen"] == row["right"] for row in rows) / len(rows)
    assert exact[0] <= share <= exact[1]
