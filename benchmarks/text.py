# SPDX-License-Identifier: Apache-2.0
"""How well the text of a page was read: characters, syllables, words, syllables in any order."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.distance import Levenshtein

from benchmarks.normal import text_key
from benchmarks.tally import Miss, Share, Tallies

# A syllable, a number or a code's part; punctuation is the business of the character error rate.
SYLLABLE = re.compile(r"\w+")


def score_page(truth: str, got: str) -> Tallies:
    """Return the measures of one page; "micro" ones weigh a page by its length."""
    true_text, got_text = text_key(truth), text_key(got)
    edits = Levenshtein.distance(true_text, got_text)
    true_syllables, got_syllables = SYLLABLE.findall(true_text), SYLLABLE.findall(got_text)
    right = _aligned(true_syllables, got_syllables)
    chars, syllables = max(len(true_text), 1), max(len(true_syllables), 1)
    if not true_syllables:
        right = 0 if got_syllables else 1
    return {
        "text.cer": Share(edits / chars, 1, lower_is_better=True),
        "text.cer_micro": Share(edits, chars, lower_is_better=True),
        "text.syllables": Share(right / syllables, 1),
        "text.syllables_micro": Share(right, syllables),
        "text.words": Share(_word_accuracy(true_text.split(), got_text.split()), 1),
        "text.bag": Share(_bag_f1(true_syllables, got_syllables), 1),
    }


def page_misses(truth: str, got: str, page: str) -> list[Miss]:
    """Return the runs of words that differ, in reading order."""
    true_words, got_words = text_key(truth).split(), text_key(got).split()
    return [
        Miss(
            "text",
            " ".join(true_words[op.src_start : op.src_end]) or None,
            " ".join(got_words[op.dest_start : op.dest_end]) or None,
            page,
        )
        for op in Levenshtein.opcodes(true_words, got_words)
        if op.tag != "equal"
    ]


def _aligned(truth: list[str], got: list[str]) -> int:
    """Return how many true syllables are neither replaced nor lost in the cheapest alignment."""
    return sum(
        op.src_end - op.src_start for op in Levenshtein.opcodes(truth, got) if op.tag == "equal"
    )


def _word_accuracy(truth: list[str], got: list[str]) -> float:
    """Return 1 − word error rate, not below 0: punctuation and words too many count as well."""
    return max(0.0, 1 - Levenshtein.distance(truth, got) / max(len(truth), 1))


def _bag_f1(truth: list[str], got: list[str]) -> float:
    """Return F1 of the syllables as a bag: what it keeps above `_aligned` is an error of order."""
    total = len(truth) + len(got)
    return 2 * (Counter(truth) & Counter(got)).total() / total if total else 1.0
