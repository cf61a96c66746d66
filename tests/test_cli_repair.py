# SPDX-License-Identifier: Apache-2.0
"""`sohoa repair`: a text in, the same text in right Vietnamese out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import ExitCode
from pipeline.repair.text import TextEdit, undo

SEEN = (
    "Cac co quan, don vi cé trach nhiém thyc hién nghiém tuc nhiing ndi dung cua vin ban nay.\r\n"
    "\r\n"
    "\tTruyén thong vé Chwong trinh  muc tiéu qudc gia giam nghéo bén virng huyén Luc Nam"
)
RIGHT = (
    "Các cơ quan, đơn vị có trách nhiệm thực hiện nghiêm túc những nội dung của văn bản này.\r\n"
    "\r\n"
    "\tTruyền thông về Chương trình  mục tiêu quốc gia giảm nghèo bền vững huyện Lục Nam"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in.txt"
    path.write_bytes(SEEN.encode())
    return path


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


def test_a_file_goes_to_stdout_line_for_line(
    file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["repair", str(file)]) == ExitCode.OK
    output = capfdbinary.readouterr()
    assert output.out.decode() == RIGHT
    assert output.err == b""
    assert file.read_bytes().decode() == SEEN


def test_stdin_goes_to_stdout(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    give(monkeypatch, SEEN.encode())
    assert main(["repair", "-"]) == ExitCode.OK
    assert capfdbinary.readouterr().out.decode() == RIGHT


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t"])
def test_a_text_without_words_comes_back(
    data: bytes, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    give(monkeypatch, data)
    assert main(["repair", "-"]) == ExitCode.OK
    assert capfdbinary.readouterr().out == data


def test_a_file_goes_to_a_file(
    file: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "new folder" / "out.txt"
    assert main(["repair", str(file), "-o", str(out)]) == ExitCode.OK
    assert out.read_bytes().decode() == RIGHT
    assert capfdbinary.readouterr().out == b""


def test_a_home_folder_is_found(
    file: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("HOME", str(file.parent))
    assert main(["repair", "~/in.txt"]) == ExitCode.OK
    assert capfdbinary.readouterr().out.decode() == RIGHT


def test_receipts_lead_back(file: Path, tmp_path: Path) -> None:
    out, receipts = tmp_path / "out.txt", tmp_path / "receipts.jsonl"
    main(["repair", str(file), "-o", str(out), "--receipts", str(receipts)])
    lines = [json.loads(line) for line in receipts.read_text("utf-8").splitlines()]
    edits = [TextEdit(**{**line, "alternatives": tuple(line["alternatives"])}) for line in lines]
    assert undo(out.read_bytes().decode(), edits) == SEEN
    huyen = next(line for line in lines if line["before"] == "huyén")
    assert huyen["after"] == "huyện"
    assert 0 < huyen["score"] <= 1
    assert "huyện" in receipts.read_text("utf-8"), "not escaped"


def test_no_change_no_receipt(tmp_path: Path) -> None:
    file, receipts = tmp_path / "x.txt", tmp_path / "receipts.jsonl"
    file.write_text("Kế hoạch này có hiệu lực từ ngày ký.\n", encoding="utf-8")
    assert main(["repair", str(file), "--receipts", str(receipts)]) == ExitCode.OK
    assert receipts.read_bytes() == b""


def test_the_mode_is_obeyed(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A reader of Vietnamese takes no digit for a letter: its "d6i" is left alone."""
    file = tmp_path / "short.txt"
    file.write_text("d6i mdi, d6ng bd", encoding="utf-8")
    found = {}
    for mode in ("garbled", "vie"):
        main(["repair", str(file), "--mode", mode])
        found[mode] = capfdbinary.readouterr().out.decode()
    assert found["garbled"].startswith("đổi mới")
    assert found["vie"].startswith("d6i")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["repair"], "FILE"),
        (["repair", "no-such-file.txt"], "no-such-file.txt"),
        (["repair", "."], "cannot be read"),
        (["repair", "latin.txt"], "UTF-8"),
        (["repair", "in.txt", "--mode", "eng"], "--mode"),
        (["repair", "in.txt", "other.txt"], "other.txt"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    arguments: list[str],
    says: str,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (file.parent / "latin.txt").write_bytes("Độc lập".encode("cp1258", "replace") + b"\xd0\xff")
    monkeypatch.chdir(file.parent)
    assert main(arguments) == ExitCode.USAGE
    output = capsys.readouterr()
    assert output.out == ""
    assert says in output.err


@pytest.mark.parametrize("option", ["-o", "--receipts"])
def test_what_cannot_be_written_has_its_own_exit_code(
    option: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands where the folder should be."""
    assert main(["repair", str(file), option, str(file / "out.txt")]) == ExitCode.OUTPUT
    output = capsys.readouterr()
    assert "out.txt" in output.err
    assert output.out == "", "no half a result"


def test_nothing_half_written_is_left(file: Path, tmp_path: Path) -> None:
    main(["repair", str(file), "-o", str(tmp_path / "out.txt")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.txt", "out.txt"]
