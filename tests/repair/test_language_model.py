# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import hashlib
import resource
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from toy import Toy, toy

from pipeline.dictionary import folder
from pipeline.errors import MissingDependencyError
from pipeline.repair.language_model import LanguageModel, language_model, load
from pipeline.repair.tokens import STOP, SYMBOLS, UNKNOWN, symbols

if TYPE_CHECKING:
    from pathlib import Path

    from dictionaries.build.kneser_ney import Level
    from pipeline.repair.language_model import States

CONTEXTS = (
    "",
    "Ủy",
    "Ủy ban",
    "Ủy ban nhân dân huyện",
    "giảm nghèo bền",
    "Kế hoạch này.",
    "bền bền",
)
REAL = (
    *CONTEXTS[:-1],
    "Căn cứ Luật Tổ chức chính quyền địa phương",
    "Quyết định số 90/QĐ-TTg ngày 18/01/2022 của",
    "dogo xyz",
)


def behind(model: LanguageModel, words: list[int], texts: int = 1) -> States:
    """The state behind some words, for as many texts."""
    states = model.start(texts)
    for word in words:
        _, states = model.extend(states, np.full(texts, word, np.uint64))
    return states


def all_words(model: LanguageModel, before: list[int]) -> np.typing.NDArray[np.float64]:
    """The logarithm of each word's probability behind some words."""
    words = np.arange(len(model.vocabulary), dtype=np.uint64)
    logs, _ = model.extend(behind(model, before, len(words)), words)
    return logs.astype(float)


class Plain:
    """Back-off over dictionaries, one n-gram at a time, as the format ARPA means it."""

    def __init__(self, levels: list[Level], stop: int) -> None:
        self.stop = stop
        self.logs: dict[tuple[int, ...], float] = {}
        self.weights: dict[tuple[int, ...], float] = {}
        for order, level in enumerate(levels, 1):
            rows = zip(level.keys, level.log_probs, level.back_offs, strict=True)
            for packed, log, weight in rows:
                gram = tuple(int(packed) >> 16 * n & 0xFFFF for n in reversed(range(order)))
                self.logs[gram], self.weights[gram] = float(log), float(weight)

    def log_prob(self, word: int, before: list[int]) -> float:
        context = tuple([self.stop, *before][-3:])
        paid = 0.0
        while (*context, word) not in self.logs:
            paid += self.weights.get(context, 0.0)
            context = context[1:]
        return paid + self.logs[*context, word]


@pytest.mark.parametrize("line", CONTEXTS)
def test_probabilities_behind_a_text_sum_to_one(small: Toy, line: str) -> None:
    total = np.exp(all_words(small.model, small.numbers(line))).sum()
    # The highest order has 64 different probabilities, all others 256.
    assert total == pytest.approx(1, abs=0.01)


def test_those_of_the_real_model_do_too() -> None:
    """A fingerprint lets a word in here and there that its context has not: one in a thousand."""
    model = language_model()
    totals = []
    for line in REAL:
        words = [model.number_of(symbol) for symbol in symbols(line)]
        totals.append(float(np.exp(all_words(model, words)).sum()))
    assert np.median(totals) == pytest.approx(1, abs=0.02)
    assert totals == pytest.approx([1] * len(totals), abs=0.5)


@pytest.mark.parametrize("sizes", [[9999] * 3, [60, 50, 40]])
@pytest.mark.parametrize("unknown", [frozenset[str](), frozenset({"ban", "nghèo"})])
def test_it_backs_off_like_a_plain_one(
    tmp_path: Path, sizes: list[int], unknown: frozenset[str]
) -> None:
    """Behind all that three words of the sentences may be; unknown words are words like others."""
    made = toy(tmp_path, unknown=unknown, sizes=sizes)
    plain = Plain(made.levels, made.vocabulary.index(STOP))
    contexts = {()} | {gram[:length] for gram in plain.logs for length in (1, 2, 3)}
    contexts |= {(other, *gram[1:]) for gram in plain.logs for other in (0, 9) if len(gram) > 2}
    wrong = total = 0
    for context in sorted(contexts):
        expected = [plain.log_prob(word, list(context)) for word in range(len(made.vocabulary))]
        wrong += int((abs(all_words(made.model, list(context)) - expected) > 0.1).sum())
        total += len(expected)
    # Fingerprints let some n-grams in that are not there.
    assert wrong <= 0.002 * total


def test_texts_do_not_touch_each_other(small: Toy) -> None:
    lines = [small.numbers(line) for line in ("Ủy ban nhân dân", "Kế hoạch giảm nghèo")]
    alone = [small.model.log_probs(line) for line in lines]
    states = small.model.start(2)
    for place, words in enumerate(zip(*lines, strict=True)):
        logs, states = small.model.extend(states, np.array(words, np.uint64))
        assert logs == pytest.approx([one[place] for one in alone])


def test_what_cannot_matter_any_more_is_forgotten(small: Toy) -> None:
    """Nothing goes on from "bền bền", so that it is as good as one "bền"."""
    known, odd = (behind(small.model, small.numbers(x)) for x in ("nghèo bền", "bền bền"))
    alone = behind(small.model, small.numbers("huyện bền"))
    assert odd.context == alone.context
    assert known.context != odd.context


def test_an_unknown_word_has_a_number(small: Toy) -> None:
    assert small.model.number_of("xyz") == small.model.numbers[UNKNOWN]
    assert small.model.vocabulary[: len(SYMBOLS)] == SYMBOLS


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("Ủy ban nhân dân", "Ủy ban nhân dần"),
        ("giảm nghèo bền vững", "giảm nghèo bến vững"),
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương",
            "Căn cứ Luật Tổ chức chính quyên địa phương",
        ),
        ("Quyết định này có hiệu lực kể từ ngày ký.", "Quyết định này có hiệu lực kẻ từ ngày ký."),
    ],
)
def test_the_real_model_knows_the_language(likely: str, unlikely: str) -> None:
    model = language_model()
    first, second = (
        sum(model.log_probs([model.number_of(symbol) for symbol in symbols(line)]))
        for line in (likely, unlikely)
    )
    assert first > second + 3


def test_it_is_mapped_not_read() -> None:
    path = folder() / "model" / "syllables.lm"
    assert path.stat().st_size <= 12_000_000
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
    model = load(path)
    assert process_time() - start < 0.2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000
    for table in model.tables:
        assert not table.cells.flags.owndata
        assert not table.cells.flags.writeable


def test_it_is_loaded_once() -> None:
    assert language_model() is language_model()


@pytest.mark.parametrize("content", [b"\n", b"PK\x03\x04" + bytes(99), b"sohoa", b"\\data\\\n"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.lm"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"x\.lm is no language model"):
        load(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.lm"
    path.touch()
    with pytest.raises(ValueError, match="empty"):
        load(path)


@pytest.mark.parametrize("content", [None, b"", b"version https://git-lfs"])
def test_a_model_that_cannot_be_used_says_what_to_do(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "model").mkdir()
        (tmp_path / "model" / "syllables.lm").write_bytes(content)
    monkeypatch.setattr("pipeline.repair.language_model.folder", lambda: tmp_path)
    with pytest.raises(MissingDependencyError, match="make model"):
        language_model.__wrapped__()


def test_the_card_is_that_of_the_model() -> None:
    model = folder() / "model" / "syllables.lm"
    card = (folder() / "model" / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(model.read_bytes()).hexdigest() in card
    assert model.stat().st_size < 12e6
