# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from dictionaries.build.channel import learn, pruned, read_pairs, table
from pipeline.repair.channel import Rules, counted
from pipeline.repair.letters import NUMBER

if TYPE_CHECKING:
    from pathlib import Path

# A reader that takes Đ for P, ữ for ii, and ồ for d.
PAIRS = Counter(
    {
        ("Pang", "Đảng"): 20,
        ("PANG", "ĐẢNG"): 20,
        ("nhiing", "những"): 30,
        ("viing", "vững"): 10,
        ("ddng", "đồng"): 15,
        ("hd", "hồ"): 15,
        ("Trang", "Trang"): 20,
        ("hang", "hàng"): 20,
    }
)


@pytest.mark.parametrize(("letter", "seen"), [("Đ", "P"), ("ữ", "ii"), ("ồ", "d"), ("ả", "a")])
def test_it_finds_which_characters_belong_to_which_letter(letter: str, seen: str) -> None:
    channel = counted(learn(PAIRS, rounds=4))
    before = Rules().letters(seen)[NUMBER[letter]]
    assert channel.letters(seen)[NUMBER[letter]] > max(0.15, before)


def test_it_counts_units_too() -> None:
    counts = learn(PAIRS, rounds=4)
    assert counts.units["iing"]["ững"] == pytest.approx(40, abs=1)
    assert counts.units["P"]["Đ"] == pytest.approx(40, abs=1)


def test_rounds_make_the_pairs_more_likely(capsys: pytest.CaptureFixture[str]) -> None:
    learn(PAIRS, rounds=3)
    rounds = [
        float(line.split(": ")[1].split()[0]) for line in capsys.readouterr().out.splitlines()
    ]
    assert rounds == sorted(rounds)
    assert rounds[-1] > rounds[0]


def test_what_was_written_reads_as_it_was() -> None:
    counts = learn(PAIRS, rounds=2)
    rows = table("eng", counts)
    assert {row["kind"] for row in rows} == {"letter", "onset", "rime"}
    assert {row["kind"] for row in rows if row["unit"] in ("Đ", "ững")} == {
        "letter",
        "onset",
        "rime",
    }
    kept = pruned(counts)
    assert len(rows) == sum(map(len, [*kept.letters.values(), *kept.units.values()]))


def test_pairs_of_single_words_are_read_and_documents_held_out(tmp_path: Path) -> None:
    lines = ["reader\tdpi\tdamage\tfont\tdocument\tline\tseen\tright\tconfidence"]
    for number in range(200):
        row = ["eng", "300", "a", "Tinos", f"document {number}", "1"]
        lines += ["\t".join([*row, *pair, "0.9"]) for pair in PAGE]
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    training, held_out = read_pairs(path)
    assert set(training) == set(held_out) == {("nghéo", "nghèo"), ("phr:?m", "phẩm")}
    assert training.total() + held_out.total() == 400
    assert 10 < held_out.total() < 80


PAGE = [
    ("nghéo),", "nghèo),"),
    ("phr:?m", "phẩm"),
    ("T6 chire", "Tổ chức"),
    ("90/QD-TTg", "90/QĐ-TTg"),
    ("-", "-"),
]
