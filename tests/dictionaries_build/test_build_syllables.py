# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dictionaries.build.corpus_words import read_words
from dictionaries.build.syllables import damaged, explained, in_places, join, look_alikes
from dictionaries.build.words import count_form, kept
from pipeline.vietnamese import is_syllable

if TYPE_CHECKING:
    from pathlib import Path

# "triến" stands where "triển" stands elsewhere; "mìn" is rare and stands where nothing else does.
TEXT = [
    *["phát triển kinh tế"] * 120,
    *["phát triến kinh tế"] * 3,
    *["dò mìn và"] * 3,
    *["min là đơn vị của"] * 90,
]


def corpus(tmp_path: Path, lines: list[str]) -> Path:
    zstandard = pytest.importorskip("zstandard")
    path = tmp_path / "corpus.txt.zst"
    path.write_bytes(zstandard.ZstdCompressor().compress("\n".join(lines).encode()))
    return path


def test_words_come_back_in_order_and_folded(tmp_path: Path) -> None:
    words = read_words(corpus(tmp_path, ["Hoà bình, hòa bình!", "Số 90/QĐ-TTg"]))
    assert [words.forms[n] for n in words.text] == "Hoà bình hòa bình Số 90 QĐ TTg".split()
    forms, text = words.folded()
    assert [forms[n] for n in text] == "hòa bình hòa bình số 90 qđ ttg".split()


def test_texts_are_joined_in_one_numbering() -> None:
    forms, text = join([(["a", "b"], np.array([0, 1, 0])), (["b", "c"], np.array([0, 1]))])
    assert [forms[n] for n in text] == ["a", "b", "a", "b", "c"]


def test_a_damaged_word_is_explained_by_its_neighbours(tmp_path: Path) -> None:
    forms, text = read_words(corpus(tmp_path, TEXT)).folded()
    counts = np.bincount(text, minlength=len(forms))
    shares = dict(zip(forms, explained(forms, text, counts), strict=True))
    assert shares["triến"] == 1
    assert shares["mìn"] == 0
    assert shares["triển"] == 0


@pytest.mark.parametrize(
    ("count", "share", "expected"),
    [(5, 0.3, True), (5, 0.1, False), (50, 0.4, False), (50, 0.6, True), (900, 0.6, False)],
)
def test_the_rarer_the_less_it_takes(count: int, share: float, expected: bool) -> None:
    assert damaged(count, share) is expected


def test_ways_to_spell_are_no_damage() -> None:
    forms = ["quĩ", "quỹ", "nhiệp", "nghiệp", "định"]
    alike = look_alikes(forms, np.array([5, 500, 5, 500, 500]))
    assert alike[0] == []
    assert alike[2] == [3]


def test_places_give_syllables() -> None:
    names = in_places()
    assert names["lục"] > 0
    assert all(is_syllable(name) for name in names)


def test_words_that_are_no_syllables() -> None:
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for form, count in [
        ("internet", 500), ("Đắk", 400), ("theomẫu", 300), ("UBND", 900), ("viii", 400),
        ("nghèo", 900), ("pano", 50), ("Orban", 60),
    ]:  # fmt: skip
        count_form(form, count, small, capital)
    assert {row["word"] for row in kept(small, capital)} == {"internet", "đắk", "pano"}
