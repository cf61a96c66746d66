# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from dictionaries.build.reader_texts import SOURCES, Texts, label, load, pick
from pipeline.reading.line_letters import ALPHABET, CLASS_OF
from pipeline.vietnamese import nfc

DICTIONARIES = Path(__file__).parent.parent.parent / "dictionaries"
SENTENCES = [
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 12/12/2021 của Uỷ ban nhân dân tỉnh về chuyển đổi số",
    "Giao Sở Tài chính chủ trì, phối hợp với các sở, ngành liên quan báo cáo trước ngày 12 tháng 2",
]
TEXTS = Texts(
    dict.fromkeys(SOURCES, SENTENCES), ["nghiêng", "khuỷu", "ơ"], ["UBND", "SNV"], ["QĐ", "TTr"]
)
LINES = [TEXTS.line(np.random.default_rng(seed)) for seed in range(800)]


def test_lines_say_what_the_network_can_write() -> None:
    for line in LINES:
        assert line
        assert set(line) <= set(CLASS_OF)
        assert line == nfc(" ".join(line.split()))


# What running text is poor in, and how often at least it is met in 800 lines.
KINDS = [
    (r"\d+[/-](?:\d{4}/)?(?:QĐ|TTr)[-/](?:UBND|SNV)", 20),
    (r"\d{2}/\d{2}/\d{4}$", 2),
    (r"ngày \d+ tháng \d+ năm \d{4}$", 2),
    (r"\.{4,}", 5),
    (r"(?:nghiêng|khuỷu|ơ) (?:nghiêng|khuỷu|ơ)", 8),
]


@pytest.mark.parametrize(("pattern", "times"), KINDS)
def test_what_running_text_is_poor_in_is_there(pattern: str, times: int) -> None:
    assert sum(bool(re.search(pattern, line)) for line in LINES) >= times


def test_some_lines_are_in_capitals() -> None:
    assert sum(line.isupper() and len(line.split()) > 2 for line in LINES) >= 20


def test_figures_of_the_corpus_are_changed_in_some_lines_and_kept_in_others() -> None:
    dates = [found[0] for line in LINES if (found := re.search(r"ngày \d\d/\d\d/\d{4} của", line))]
    assert "ngày 12/12/2021 của" in dates
    assert len(set(dates)) > 3


def test_the_same_seed_gives_the_same_line() -> None:
    assert [TEXTS.line(np.random.default_rng(seed)) for seed in range(20)] == LINES[:20]


def test_a_text_that_cannot_be_written_is_drawn_again() -> None:
    texts = Texts({name: ["河內 河內 河內"] for name in SOURCES}, ["ba"], ["UBND"], ["QĐ"])
    lines = [texts.line(np.random.default_rng(seed)) for seed in range(60)]
    assert all(set(line) <= set(ALPHABET) for line in lines)


LABELS = [
    ("Họ và tên:.....................", "Họ và tên:..."),
    ("Điều 1.............12", "Điều 1...12"),
    ("các sở, ban, ngành...", "các sở, ban, ngành..."),
    ("a.. b. c", "a.. b. c"),
    (".... và .....", "... và ..."),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_of_leader_dots_three_are_read(text: str, expected: str) -> None:
    assert label(text) == expected


@given(st.text("a. 1", max_size=30))
def test_a_label_has_no_more_than_three_dots_and_stays(text: str) -> None:
    found = label(text)
    assert "...." not in found
    assert label(found) == found
    assert found.replace(".", "") == text.replace(".", "")


def test_each_item_is_picked() -> None:
    rng = np.random.default_rng(1)
    assert {pick("abc", rng) for _ in range(60)} == set("abc")


def test_texts_are_read_from_the_corpus_without_what_is_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    lines = [
        SENTENCES[0],
        "",
        "  ",
        "các câp uỷ đảng",
        "Họ tên: ........",
        "Số □ ngày",
        "  hai  từ ",
    ]
    for name in SOURCES:
        packed = zstandard.ZstdCompressor().compress("\n".join(lines).encode())
        (folder / f"{name}.txt.zst").write_bytes(packed)
    texts = load(tmp_path, DICTIONARIES)
    assert texts.corpus == {name: [SENTENCES[0], "hai từ"] for name in SOURCES}
    assert {"nghiêng", "uỷ"} & set(texts.syllables)
    assert len(texts.syllables) > 3000
    assert "UBND" in texts.organs
    assert {"QĐ", "CT"} <= set(texts.kinds)
    assert not {"syllable", "code", "abbreviation", ""} & {
        *texts.syllables, *texts.organs, *texts.kinds
    }  # fmt: skip
