# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from samples.make import (
    DELIVERIES,
)
from samples.source import (
    all_sources,
    printed_lines,
)

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
TRUTH = SAMPLES / "truth"
RECORDS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(TRUTH.glob("*.json"))}
SOURCES = {source.stem: source for source in all_sources()}
DOCUMENTS = {
    re.sub(r"-page-\d+$", "", path.stem)
    for path in SAMPLES.iterdir()
    if path.suffix in {".pdf", ".tif", ".jpg", ".png", ".txt"}
}
KEYS = (
    "file pages number sequence notation doc_type date place issuer parent_issuer title secrecy "
    "urgency addressees references units tasks deadlines recipients signer unsure notes"
).split()
DURATION = re.compile(r"-?P(\d+D|T\d+H)")


def flat(text: str) -> str:
    return " ".join(text.split())


def true_text(stem: str) -> str:
    pages = range(1, RECORDS[stem]["pages"] + 1)
    return flat(" ".join((TRUTH / f"{stem}.page{n}.txt").read_text("utf-8") for n in pages))


def dates_of(deadline: dict[str, Any]) -> list[str]:
    return [deadline[key] for key in ("date", "start", "end") if key in deadline]


def test_each_document_has_a_record_and_each_record_a_document() -> None:
    assert set(RECORDS) == DOCUMENTS
    assert set(SOURCES) == set(DELIVERIES) == DOCUMENTS - {"plan-194"}


@pytest.mark.parametrize("stem", RECORDS)
def test_record_has_the_keys_and_the_file(stem: str) -> None:
    record = RECORDS[stem]
    assert list(record) == KEYS
    assert (SAMPLES / record["file"]).is_file()
    assert record["number"] == f"{record['sequence']}/{record['notation']}"
    dt.date.fromisoformat(record["date"])


def test_truth_has_a_text_for_each_page_and_no_other() -> None:
    expected = {f"{s}.page{n}.txt" for s, r in RECORDS.items() for n in range(1, r["pages"] + 1)}
    assert {path.name for path in TRUTH.glob("*.txt")} == expected


def test_truth_and_sources_are_nfc() -> None:
    for path in [*TRUTH.iterdir(), *(SAMPLES / "sources").iterdir()]:
        assert unicodedata.is_normalized("NFC", path.read_text("utf-8")), path.name


@pytest.mark.parametrize("stem", RECORDS)
def test_tasks_stand_on_their_page(stem: str) -> None:
    record, text = RECORDS[stem], true_text(stem)
    for task in record["tasks"]:
        page = flat((TRUTH / f"{stem}.page{task['page']}.txt").read_text("utf-8"))
        opening = " ".join(task["text"].split()[:3])  # a table's cell breaks its lines between
        assert opening in page
        if not str(task["section"]).startswith("Phụ lục"):
            assert task["text"] in text


@pytest.mark.parametrize("stem", RECORDS)
def test_units_are_those_of_the_tasks(stem: str) -> None:
    record = RECORDS[stem]
    named = [u for task in record["tasks"] for u in task["responsible"] + task["cooperating"]]
    assert set(named) == set(record["units"])
    assert len(record["units"]) == len(set(record["units"]))
    assert all(task["responsible"] for task in record["tasks"])
    assert all(unit in true_text(stem) for unit in record["units"])


@pytest.mark.parametrize("stem", RECORDS)
def test_deadlines_parse_and_agree_with_their_tasks(stem: str) -> None:
    record = RECORDS[stem]
    for deadline in record["deadlines"]:
        assert deadline["raw"] in true_text(stem)
        for date in dates_of(deadline):
            dt.date.fromisoformat(date)
        if deadline["kind"] == "recurring":
            assert all(re.fullmatch(r"[A-Z]+=[A-Z0-9,]+", p) for p in deadline["rrule"].split(";"))
        if deadline["kind"] == "relative":
            assert DURATION.fullmatch(deadline["offset"])
            assert deadline["anchor"] in deadline["raw"]
        if deadline["task"] is not None:
            task = record["tasks"][deadline["task"]]
            assert task["deadline_raw"] == deadline["raw"]
            assert task["deadline"].items() <= deadline.items()
    bound = {d["task"] for d in record["deadlines"]} - {None}
    assert bound == {n for n, task in enumerate(record["tasks"]) if task["deadline"]}


@pytest.mark.parametrize("stem", RECORDS)
def test_printed_values_occur_in_the_text(stem: str) -> None:
    record, text = RECORDS[stem], true_text(stem)
    assert record["title"] in text
    assert f"{record['place']}, ngày" in text
    assert all(reference["number"] in text for reference in record["references"])
    assert all(name in text for name in record["recipients"] + record["addressees"])
    signer = record["signer"]
    assert f"{signer['authority'] or ''} {signer['position']} {signer['name']}".strip() in text or (
        stem == "plan-194" and text.endswith(signer["name"])
    )


def test_founding_plan_keeps_the_lines_of_the_garbled_text() -> None:
    garbled = [line.split() for line in (SAMPLES / "plan-194.txt").read_text("utf-8").splitlines()]
    garbled = [words for words in garbled if words and words != ["5"]]  # a stray page number
    restored = (TRUTH / "plan-194.page1.txt").read_text("utf-8").splitlines()
    apart = [n for n, line in enumerate(restored) if len(line.split()) != len(garbled[n])]
    assert len(restored) == len(garbled)
    assert [restored[n] for n in apart] == ["V. TỔ CHỨC THỰC HIỆN"]  # one gap was lost there


def test_marks_of_a_paragraph_are_not_printed() -> None:
    assert printed_lines("# I. MỤC ĐÍCH\n\n/ Căn cứ Luật\nLưu trữ;") == [
        "I. MỤC ĐÍCH",
        "Căn cứ Luật",
        "Lưu trữ;",
    ]


def test_samples_stay_small() -> None:
    files = [
        path for path in SAMPLES.rglob("*") if path.is_file() and "__pycache__" not in str(path)
    ]
    assert sum(path.stat().st_size for path in files) < 6_000_000
