# SPDX-License-Identifier: Apache-2.0
"""Headings under which nobody is told to do anything: purposes, goals, results, causes."""

from __future__ import annotations

from functools import cache

from pipeline.dictionary import rows
from pipeline.extract.dates import flat

# Kinds of documents that report or ask, but give no tasks.
_REPORTS = ("bao cao", "to trinh", "bien ban", "giay moi", "thong cao", "giay chung nhan")
# A heading of more words is a sentence that happens to begin with the word.
_LONGEST = 14


@cache
def _asides() -> tuple[str, ...]:
    return tuple(flat(row["phrase"]) for row in rows("section_words") if row["kind"] == "aside")


def is_aside(heading: str) -> bool:
    """Return whether `heading` begins a part that gives no tasks: "Mục đích, yêu cầu"."""
    words = " ".join(flat(heading).split())
    if len(words.split()) > _LONGEST:
        words = words.partition(":")[0]
        if len(words.split()) > _LONGEST:
            return False
    words = words.rstrip(" .:;")
    if words == "yeu cau":  # "Yêu cầu các sở …" is an order
        return True
    return any(
        words == phrase or words.startswith((f"{phrase} ", f"{phrase}:", f"{phrase},"))
        for phrase in _asides()
        if phrase != "yeu cau"
    )


def gives_no_tasks(title: str) -> bool:
    """Return whether a title says that the document reports or asks: "BÁO CÁO …"."""
    return " ".join(flat(title).split()).startswith(_REPORTS)
