# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from pipeline.cli import main
from pipeline.errors import ExitCode

TEXT = "Số: 12/KH-UBND\nLục Nam, ngày 19 tháng 9 năm 2022\nKẾ HOẠCH\nKiểm tra công tác văn thư\n"


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


def test_text_on_stdin_becomes_a_record_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, TEXT.encode())
    assert main(["extract", "-"]) == ExitCode.OK
    record = json.loads(capsys.readouterr().out)
    assert record["number"]["value"] == "12/KH-UBND"
    assert record["date"]["value"] == "2022-09-19"
    assert record["source"]["path"] == "-"


def test_records_keep_the_printed_schema(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema"]) == ExitCode.OK
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    give(monkeypatch, TEXT.encode())
    main(["extract", "-"])
    jsonschema.validate(json.loads(capsys.readouterr().out), schema)


def test_a_folder_becomes_records_and_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.txt").write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == ExitCode.OK
    output = capsys.readouterr()
    assert output.out == ""
    for line in ("documents", "pages", "fields found", "fields to review", "seconds", "results"):
        assert line in output.err
    assert (tmp_path / "out" / "x.txt.json").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["extract"], "required"),
        (["extract", "x.pdf"], "-o"),
        (["extract", "no-such-file.pdf", "-o", "out"], "no-such-file.pdf"),
        (["extract", "-", "-o", "out"], "stdin"),
        (["extract", ".", "-o", "out", "--jobs", "0"], "--jobs"),
        (["extract", ".", "-o", "out", "--max-pages", "0"], "max_pages"),
        (["extract", ".", "-o", "out", "--max-pages", "many"], "--max-pages"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    arguments: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == ExitCode.USAGE
    output = capsys.readouterr()
    assert output.out == ""
    assert says in output.err


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", ExitCode.EMPTY), (b"PK\x03\x04" + bytes(99), ExitCode.NOT_A_DOCUMENT)],
)
def test_one_bad_document_has_its_own_exit_code(
    content: bytes, code: ExitCode, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    assert main(["extract", str(tmp_path / "x.pdf"), "-o", str(tmp_path / "out")]) == code
    assert "x.pdf" in capsys.readouterr().err


def test_the_doctor_finds_everything_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == ExitCode.OK
    assert "poppler" in capsys.readouterr().out


def test_the_doctor_says_what_is_missing(tmp_path: Path) -> None:
    """In a process of its own, with nothing on its path."""
    doctor = subprocess.run(
        [sys.executable, "-m", "pipeline", "doctor"],
        env={"PATH": str(tmp_path)},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert doctor.returncode == ExitCode.MISSING_DEPENDENCY
    for package in ("tesseract-ocr", "poppler-utils"):
        assert package in doctor.stdout
