# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pipeline.export.record_files import record_path, write_record
from pipeline.export.rows import rows_of
from pipeline.export.secrecy import is_secret, without_text
from pipeline.export.table import write_tables
from pipeline.record import Record
from pipeline.run import process_text
from pipeline.settings import Settings

TEXT = """ỦY BAN NHÂN DÂN
TỈNH HOÀ BÌNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Hoà Bình, ngày 10 tháng 4 năm 2023
{grade}
KẾ HOẠCH
Diễn tập khu vực phòng thủ năm 2023
1. Công an tỉnh chủ trì, phối hợp với Sở Y tế bảo đảm an ninh trước ngày 15/6/2023.
"""
WORDS = ("Diễn tập", "Công an tỉnh", "15/KH-UBND")


def made(grade: str) -> Record:
    return process_text(TEXT.format(grade=grade), "x.txt", Settings()).record


@pytest.fixture(scope="module")
def secret() -> Record:
    return made("MẬT")


def test_the_record_itself_says_so_and_is_whole(secret: Record) -> None:
    assert secret.secrecy is not None
    assert secret.secrecy.value == "Mật"
    assert secret.tasks


def test_nothing_of_the_text_leaves_the_record(tmp_path: Path, secret: Record) -> None:
    (tmp_path / "x.txt.txt").write_text("an earlier run's text")
    record = write_record(tmp_path, "x.txt", secret, "Diễn tập khu vực phòng thủ")
    path = record_path(tmp_path, "x.txt")
    write_tables(tmp_path, rows_of(record))
    elsewhere = [other for other in tmp_path.iterdir() if other != path]
    assert {other.name for other in elsewhere} == {"documents.csv", "tasks.csv"}
    for other in elsewhere:
        text = other.read_text("utf-8-sig")
        assert not [word for word in WORDS if word in text], other.name
    assert "--allow-secret" in (tmp_path / "documents.csv").read_text("utf-8-sig")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_who_may_can_have_it_exported(tmp_path: Path, secret: Record) -> None:
    record = write_record(tmp_path, "x.txt", secret, "Diễn tập", allow_secret=True)
    write_tables(tmp_path, rows_of(record, allow_secret=True))
    assert (tmp_path / "x.txt.txt").exists()
    assert "Công an tỉnh" in (tmp_path / "tasks.csv").read_text("utf-8-sig")


def test_a_document_without_a_grade_is_exported(tmp_path: Path) -> None:
    record = write_record(tmp_path, "x.txt", made("Độ khẩn: không"), "Diễn tập")
    write_tables(tmp_path, rows_of(record))
    assert (tmp_path / "x.txt.txt").exists()
    assert "Công an tỉnh" in (tmp_path / "tasks.csv").read_text("utf-8-sig")


def test_one_secret_document_makes_the_file_secret() -> None:
    plain, grade = {"secrecy": None, "title": {"value": "Diễn tập"}}, {"value": "Tối mật"}
    record = {**plain, "following": [plain, {**plain, "secrecy": grade}], "tasks": [1], "id": "x"}
    assert is_secret(record)
    assert not is_secret({**plain, "following": [plain]})
    shown = without_text(record)
    assert shown["secrecy"]["value"] == "Tối mật"
    assert (shown["title"], shown["tasks"], shown["following"]) == (None, [], [])
