# SPDX-License-Identifier: Apache-2.0
"""Chức vụ: the posts and bodies that stand in signatures, and who is whose deputy.

The tables are `dictionaries/authorities.tsv` and `dictionaries/deputies.tsv`.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from pipeline.dictionary import rows
from pipeline.likeness import alike, plain
from pipeline.vietnamese import fold_tone_placement

# One letter in ten may be misread, or one of nine lost; "TRƯỞNG" stays apart from "BỘ TRƯỞNG".
ALIKE = 0.9
# Behind "KT. BỘ TRƯỞNG" only few posts can follow: less has to be read.
_EXPECTED = 0.7


def begins_with_post(line: str) -> bool:
    """Return whether `line` begins with a post: "PHÓ CHỦ TỊCH THƯỜNG TRỰC"."""
    words = re.findall(r"[^\W\d_]+", plain(line))
    while len(words) > 1 and len(words[0]) == 1:
        words = words[1:]  # a stroke of the pen or the seal, read as a letter
    return any(tuple(words[: len(post)]) == post for post in _post_words())


def looks_like_post(text: str, least: float = ALIKE) -> bool:
    """Return whether all of `text` looks like a post or body, in whatever case: "Phó Chủ Tịc"."""
    return any(alike(post, text) >= least for post in printed_posts())


def holds_post(text: str) -> bool:
    """Return whether a post stands somewhere in `text`, in capitals: "zg KT CHỦ TỊCH"."""
    folded = fold_tone_placement(text)
    return any(post in folded for post in _folded_posts())


def known_post(words: str) -> str:
    """Return the post or body that `words` look like, under seal and ink; else `words` as read.

    "HÓ VIÊN TRƯỞNG" -> "PHÓ VIỆN TRƯỞNG"; the place of the tone stays as it is printed.
    """
    if not words:
        return words
    # "THỨ TRƯỞNG" and "THỦ TRƯỞNG" differ in their marks only.
    best = max(printed_posts(), key=lambda post: (alike(post, words), fuzz.ratio(post, words)))
    if alike(best, words) < ALIKE or fold_tone_placement(words) == fold_tone_placement(best):
        return words
    return best


def is_known_post(words: str) -> bool:
    """Return whether `words` are a post or body of the table, letter by letter."""
    return fold_tone_placement(words.upper()) in _folded_posts()


def is_body(words: str) -> bool:
    """Return whether `words` begin with a collective body: "ỦY BAN NHÂN DÂN TỈNH"."""
    folded = fold_tone_placement(words.lower())
    return any(folded.startswith(body) for body in _bodies())


def deputies_of(head: str) -> tuple[str, ...]:
    """Return the posts that may sign for `head` ("KT."), in capitals, the usual one first.

    "BỘ TRƯỞNG" -> ("THỨ TRƯỞNG",); "CHỦ TỊCH" -> ("PHÓ CHỦ TỊCH",).
    """
    folded = fold_tone_placement(head.lower())
    own = tuple(
        row["deputy"].upper()
        for row in rows("deputies")
        if folded.startswith(fold_tone_placement(row["head"]))
    )
    if own:
        return own
    known = sorted(_post_names(), key=len, reverse=True)
    post = next((name for name in known if folded.startswith(name)), folded)
    return (f"PHÓ {post.upper()}",)


def expected_deputy(head: str, words: str, least: float = _EXPECTED) -> str:
    """Return the deputy of `head` that `words` look like, 0-1 `least`; else `words`.

    ("BỘ TRƯỞNG", "1Ú TRƯỜNG") -> "THỨ TRƯỞNG"
    """
    if not words or is_known_post(words) or begins_with_post(words):
        return words
    best = max(deputies_of(head), key=lambda post: alike(post, words))
    return best if alike(best, words) >= least else words


@cache
def printed_posts() -> tuple[str, ...]:
    """Return posts and bodies as they are printed, in capitals."""
    return tuple(row["text"].upper() for row in rows("authorities") if row["kind"] != "authority")


@cache
def _folded_posts() -> frozenset[str]:
    return frozenset(map(fold_tone_placement, printed_posts()))


@cache
def _bodies() -> tuple[str, ...]:
    bodies = [row["text"] for row in rows("authorities") if row["kind"] == "body"]
    return tuple(map(fold_tone_placement, bodies))


@cache
def _post_names() -> tuple[str, ...]:
    posts = [row["text"] for row in rows("authorities") if row["kind"] == "post"]
    return tuple(map(fold_tone_placement, posts))


@cache
def _post_words() -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(plain(row["text"]).split()) for row in rows("authorities") if row["kind"] == "post"
    )
