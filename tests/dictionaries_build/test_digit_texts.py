# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import Counter

import numpy as np

from dictionaries.build.digit_samples import LONGEST
from dictionaries.build.digit_texts import draw_text
from pipeline.reading.slot_scores import grammar, number_weight

RNG = np.random.default_rng(5)
TEXTS = [draw_text(RNG) for _ in range(6000)]


def test_what_is_drawn_the_reader_may_read() -> None:
    for kind, text in TEXTS:
        if kind == "number":
            assert number_weight(text) > 0 or len(text.rstrip("abcd")) == LONGEST - 1
        else:
            assert text in grammar(kind)


def test_all_days_and_months_occur() -> None:
    days = {int(text) for kind, text in TEXTS if kind == "day" and text}
    months = {int(text) for kind, text in TEXTS if kind == "month" and text}
    assert days == set(range(1, 32))
    assert months == set(range(1, 13))


def test_some_slots_are_empty_and_some_numbers_have_a_letter() -> None:
    empty = sum(not text for _, text in TEXTS) / len(TEXTS)
    assert 0.03 < empty < 0.08
    assert {text[-1] for kind, text in TEXTS if kind == "number" and text[-1:].isalpha()} == set(
        "abcd"
    )


def test_numbers_have_one_to_five_digits() -> None:
    lengths = Counter(len(text.rstrip("abcd")) for kind, text in TEXTS if kind == "number" and text)
    assert set(lengths) >= {1, 2, 3, 4, 5}
    assert max(lengths) < LONGEST
