# SPDX-License-Identifier: Apache-2.0
"""The mood of an order: what its verb says between giao, yêu cầu and đề nghị."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from pipeline.dictionary import rows
from pipeline.vietnamese import fold_tone_placement

# "đề nghị" goes to bodies outside the hierarchy: the Party, the front, courts, other provinces.
Mood = Literal["giao", "yêu cầu", "đề nghị"]


def mood_of(verb: str) -> Mood | None:
    """Return the mood of an ordering verb ("phân công" -> "giao"), None if it is none."""
    return _moods().get(_key(verb))


@cache
def _moods() -> dict[str, Mood]:
    return {
        _key(row["phrase"]): cast("Mood", row["mood"])
        for row in rows("assignment_words")
        if row["role"] == "assign"
    }


def _key(text: str) -> str:
    return " ".join(fold_tone_placement(text.casefold()).split())
