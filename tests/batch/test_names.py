# SPDX-License-Identifier: Apache-2.0
"""Whatever a file is called, its record is written, once, where it belongs."""

from __future__ import annotations

import csv
import json
import os
import shutil
import unicodedata
from pathlib import Path

import pytest
from PIL import Image
from runs import TEXT, run, settle

from pipeline.batch.manifest import look_into_manifest
from pipeline.errors import ExitCode
from pipeline.export.record_files import record_path

LATIN = os.fsdecode("công văn".encode("latin-1", "replace").replace(b"?", b"\xf4"))
NAMES = [
    "kế hoạch 58 (bản 2).txt",
    unicodedata.normalize("NFC", "quyết định.txt"),
    unicodedata.normalize("NFD", "quyết định.txt"),
    "hai\ndòng\tvà 'nháy' \"kép\".txt",
    "-rf.txt",
    "--help.txt",
    "$(touch x); `ls` %s {0} \\n.txt",
    "é" * 125 + "a.txt",  # 255 bytes
    f"{LATIN}.txt",
]


def test_any_name_has_its_record(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    (inbox / "thư mục có dấu").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        path = inbox / "thư mục có dấu" / name
        path.write_text(TEXT.replace("12/", f"{number + 10}/"), encoding="utf-8")
        settle(path)
    heard = run(inbox, out)
    assert [outcome.state for outcome in heard.outcomes] == ["done"] * len(NAMES)
    numbers = set()
    for outcome in heard.outcomes:
        record = json.loads(record_path(out, outcome.name).read_text(encoding="utf-8"))
        assert record["source"]["path"] == outcome.name
        assert outcome.name.encode().decode() == outcome.name, "UTF-8 can write it"
        numbers.add(record["number"]["value"])
    assert len(numbers) == len(NAMES), "no record took another's place"
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["number"] for row in csv.DictReader(file)} == numbers
    assert {outcome.state for outcome in run(inbox, out).outcomes} == {"skipped"}
    assert not list(tmp_path.glob("x"))


def test_names_that_are_no_text_are_read_kept_and_listed(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    folder = inbox / LATIN
    folder.mkdir(parents=True)
    pages = [Image.new("1", (850, 1100), 1) for _ in range(6)]
    pages[0].save(folder / f"{LATIN}.tif", save_all=True, append_images=pages[1:], dpi=(100, 100))
    (folder / f"{LATIN}.pdf").write_bytes(b"%PDF-1.7\ncut off")
    for path in folder.iterdir():
        settle(path)
    heard = run(inbox, out)
    assert [(o.state, o.exit_code) for o in heard.outcomes] == [
        ("failed", ExitCode.DAMAGED),
        ("done", ExitCode.OK),
    ]
    [failure] = map(json.loads, (out / "failures.jsonl").read_text(encoding="utf-8").splitlines())
    assert failure["path"] == heard.outcomes[0].name
    assert "\\xf4" in failure["path"]
    assert "\\xf4" in failure["message"]
    with look_into_manifest(out) as manifest:
        [failed] = manifest.reopen()
    assert failed.paths[0].is_file(), "the real name is kept for trying again"
    assert run(inbox, out).outcomes[1].state == "skipped"


@pytest.mark.parametrize("part", ["ế", "a", "€"])
def test_records_of_long_names_do_not_meet(tmp_path: Path, part: str) -> None:
    out = tmp_path / "out"
    size = len(part.encode())
    folders = "/".join(part * (255 // size) for _ in range(2))
    long = [f"{folders}/{part * (250 // size)}{ending}.pdf" for ending in ("", "x")]
    wide = [f"{part * 300}{ending}/a.pdf" for ending in ("", "x")]
    paths = [record_path(out, name) for name in (*long, *wide)]
    assert len(set(paths)) == 4
    for path in paths:
        assert all(len(each.encode()) <= 255 for each in path.parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".txt").write_text("x")
        assert path.with_suffix(".txt").name.endswith(".txt")


def test_links_are_not_followed_out_of_the_input(tmp_path: Path) -> None:
    inbox, out, outside = tmp_path / "in", tmp_path / "out", tmp_path / "outside"
    for folder in (inbox, outside):
        folder.mkdir()
        (folder / f"{folder.name}.txt").write_text(TEXT, encoding="utf-8")
        settle(folder / f"{folder.name}.txt")
    (inbox / "link.txt").symlink_to(outside / "outside.txt")
    (inbox / "folder").symlink_to(outside)
    (inbox / "self").symlink_to(inbox)
    assert [outcome.name for outcome in run(inbox, out).outcomes] == ["in.txt"]


def test_a_link_among_the_records_leads_nothing_astray(tmp_path: Path) -> None:
    inbox, out, outside = tmp_path / "in", tmp_path / "out", tmp_path / "outside"
    (inbox / "a").mkdir(parents=True)
    for name in ("a/x.txt", "b.txt"):
        (inbox / name).write_text(TEXT, encoding="utf-8")
        settle(inbox / name)
    outside.mkdir()
    out.mkdir()
    (out / "a").symlink_to(outside)
    heard = run(inbox, out)
    assert [(o.state, o.exit_code) for o in heard.outcomes] == [
        ("failed", ExitCode.OUTPUT),
        ("done", ExitCode.OK),
    ]
    assert list(outside.iterdir()) == []
    shutil.rmtree(out)
    assert [o.state for o in run(inbox, out).outcomes] == ["done", "done"]
