# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import zstandard

from dictionaries.build import model as build
from dictionaries.build.model_file import codes
from pipeline.repair.language_model import load
from pipeline.repair.tokens import NUMBER, PAUSE, STOP, SYMBOLS, symbols

if TYPE_CHECKING:
    from pathlib import Path

LINES = [
    f"{organ} {deed} {matter}{end}"
    for number, organ in enumerate(
        ("Ủy ban nhân dân huyện", "Phòng Nội vụ", "Sở Nội vụ", "Công an xã", "Bộ Tài chính")
    )
    for times, deed in enumerate(("báo cáo", "tổ chức", "yêu cầu báo cáo", "hướng dẫn"))
    for matter in ("kế hoạch giảm nghèo", "kết quả (quý 4)", "Internet", "UBND tỉnh - thành phố")
    for end in (".",) * (1 + (number + times) % 4)
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder as the script wants it: two texts packed, one not."""
    folder = tmp_path / "corpus"
    (folder / "dev_documents").mkdir(parents=True)
    text = "\n".join(LINES) + "\n"
    packed = zstandard.ZstdCompressor().compress(text.encode())
    (folder / "legal.txt.zst").write_bytes(packed)
    (folder / "admin.txt.zst").write_bytes(packed)
    (folder / "general.txt").write_text("Nghèo xyzq. Nghèo 12 xyzq\n", encoding="utf-8")
    (folder / "dev_documents" / "one.txt").write_text(LINES[0], encoding="utf-8")
    return folder


def made(corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "argv", ["model", "--corpus", str(corpus), "--out", str(out)])
    build.main()
    return out


def test_the_same_corpus_gives_the_same_bytes(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (made(corpus, tmp_path / name / "x.lm", monkeypatch) for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    assert not list(first.parent.glob("*.part"))


def test_it_knows_its_corpus(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = load(made(corpus, tmp_path / "x" / "x.lm", monkeypatch))
    right, wrong = (
        sum(model.log_probs([model.number_of(word) for word in symbols(line)]))
        for line in ("kế hoạch giảm nghèo.", "nghèo kế giảm hoạch.")
    )
    assert right > wrong + 5
    card = (tmp_path / "x" / "README.md").read_text("utf-8")
    assert "1 documents" in card
    assert f"| legal | 1 | {len(LINES)} |" in card


def test_the_vocabulary_is_that_of_the_tables_that_occurs(corpus: Path) -> None:
    words = build.words_of({name: build.Corpus(corpus, name) for name in build.WEIGHTS})
    assert tuple(words[: len(SYMBOLS)]) == SYMBOLS
    assert {"nghèo", "internet", "ubnd"} <= set(words)
    assert "xyzq" not in words, "no table has it, and it is too rare"
    assert "hoà" not in words
    assert len(set(words)) == len(words)


def test_a_text_in_numbers(corpus: Path) -> None:
    (corpus / "general.txt").write_text("Nghèo xyzq (12).\n- Xã, - nghèo\n", encoding="utf-8")
    text = build.Corpus(corpus, "general")
    vocabulary = [*SYMBOLS, "nghèo", "xã"]
    numbers = {word: number for number, word in enumerate(vocabulary)}
    assert [vocabulary[word] for word in text.text(numbers)] == [
        STOP, "nghèo", "<unk>", PAUSE, NUMBER, STOP, "xã", PAUSE, "nghèo", STOP,
    ]  # fmt: skip
    assert text.lines == 2
    assert text.counts()["nghèo"] == 2


def test_capitals_are_counted_by_what_stands_before(corpus: Path) -> None:
    (corpus / "general.txt").write_text("huyện Lục Nam. huyện Lục Nam\n" * 50, encoding="utf-8")
    texts = {"general": build.Corpus(corpus, "general")}
    words = [*SYMBOLS, "huyện", "lục", "nam"]
    behind_small, behind_capital = build.capitals(texts, words)
    assert behind_small[words.index("lục")] > 0.9
    assert behind_capital[words.index("nam")] > 0.9
    assert behind_small[words.index("huyện")] == pytest.approx(0.05)


@pytest.mark.parametrize("bits", [2, 6, 8])
def test_few_values_stand_for_many(bits: int) -> None:
    values = np.random.default_rng(1).normal(-6, 2, 5_000)
    stand_ins, which = codes(values, bits)
    assert len(stand_ins) == 2**bits
    assert which.max() < 2**bits
    assert np.abs(stand_ins[which] - values).mean() < 4 / 2**bits
    assert (np.diff(stand_ins[which][np.argsort(values)]) >= 0).all()


def test_as_few_values_as_codes_stand_for_themselves() -> None:
    values = np.array([-3.0, -1.0, -3.0, -2.0])
    stand_ins, which = codes(values, 8)
    assert stand_ins[which].tolist() == values.tolist()
