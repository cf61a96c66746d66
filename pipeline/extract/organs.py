# SPDX-License-Identifier: Apache-2.0
"""Names of organs with lost or wrong marks: "THÀNH PHÓ HÒ CHÍ MINH" -> "THÀNH PHỐ HỒ CHÍ MINH".

Capitals carry their marks outside the line, where readers lose them first. Only the marks of words
that have the letters of a known head ("Ủy ban nhân dân") or of one known place are put right.
"""

from __future__ import annotations

import re

from pipeline.extract.capitals import Head, folded_words, heads_by_plain_words
from pipeline.extract.places import is_place, mended_place
from pipeline.likeness import alike, plain

# Before these the rest of an organ's name is a place; two of them look like other words ("hải
# quan", "ở xa") and must have their own marks.
_PLACE = re.compile(
    r"\b(?:thanh pho|tinh|huyen|thi xa|thi tran|phuong|tp\.?|(?P<common>quan|xa))\s+"
)


# "QUANG NGÁAI" beside the place "Quảng Ngãi" is the same place: one letter in ten.
_SAME_PLACE = 0.9


def mended_organ(printed: str, near: str | None = None) -> str:
    """Return an organ's name in capitals with its marks put right; mixed case is left alone.

    Args:
        printed: the name on one line.
        near: the place of the head, which is often the organ's own.
    """
    if not printed.isupper():
        return printed
    text = _with_heads(printed)
    for kind in _PLACE.finditer(plain(text)):
        if kind["common"] and text[slice(*kind.span())].strip() not in ("QUẬN", "XÃ"):
            continue
        rest = text[kind.end() :]
        if near and not is_place(rest) and alike(rest, near) >= _SAME_PLACE:
            rest = near.upper()
        text = text[: kind.end()] + rest
        return text[: kind.start()] + mended_place(text[kind.start() :].title()).upper()
    return text


def _with_heads(printed: str) -> str:
    """Return `printed` with the marks of the heads in it: of one word only where it begins."""
    words = printed.split()
    keys, bare = folded_words(printed), [plain(word) for word in words]
    at = 0
    while at < len(words):
        head = _head_at(bare, at)
        if head is None:
            at += 1
            continue
        end = at + len(head.words)
        if tuple(keys[at:end]) != head.words:
            words[at:end] = [word.upper() for word in head.cased]
        at = end
    return " ".join(words)


def _head_at(bare: list[str], at: int) -> Head | None:
    for head in heads_by_plain_words().get(bare[at], ()):
        fits = tuple(bare[at : at + len(head.words)]) == tuple(map(plain, head.words))
        if fits and (len(head.words) > 1 or (at == 0 and head.starts)):
            return head
    return None
