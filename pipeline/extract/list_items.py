# SPDX-License-Identifier: Apache-2.0
"""Items of the lists of head and foot: dashed lines, lines that end in a semicolon.

NĐ 30/2020, Phụ lục I, II.9: one addressee stands on the line of "Kính gửi:", several are dashed
lines that end in a semicolon, the last in a full stop; so are the recipients.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.values import Find
from pipeline.likeness import plain

if TYPE_CHECKING:
    from pipeline.passage import Passage
    from pipeline.record import Value
    from pipeline.settings import Settings


# A dash, or what a reader makes of a short one.
DASH = re.compile(r"\s*[-–—•*+~_=«»]+\s*")
_INNER_DASH = re.compile(r";\s*(?:\([^()\n]{1,40}\)\s*)?(?=[-–—+•]\s*\w)")
_ENDS_ITEM = re.compile(r"[;.]\W*$")
_STROKES = re.compile(r"[^\w(“\"]+")
_TAIL = re.compile(r"[\s;.,:|/_~*=–—-]+$")

Span = tuple[int, int]


def split_items(passage: Passage, spans: list[Span]) -> list[Span]:
    """Return the items of a list, each from its first word to its last.

    A line begins an item if it has a dash, or if the one before ended in ";" or "."; in a list
    without any dash and semicolon every line is one. "Sở A; Sở B" on one line are two.
    """
    lines = [passage.text[start:end] for start, end in spans]
    dashed = [bool(DASH.match(line)) for line in lines]
    closed = [bool(_ENDS_ITEM.search(line)) for line in lines]
    bare_list = not any(dashed) and not any(closed)
    groups: list[Span] = []
    for at, (start, end) in enumerate(spans):
        if at == 0 or dashed[at] or closed[at - 1] or bare_list:
            groups.append((start, end))
        else:
            groups[-1] = (groups[-1][0], end)
    if any(dashed):
        groups = [part for group in groups for part in _at_dashes(passage, group)]
    else:
        groups = [part for group in groups for part in _at_semicolons(passage, group)]
    return [bare for group in groups if (bare := _bare(passage, group))]


def _at_dashes(passage: Passage, span: Span) -> list[Span]:
    """Return the items of a line on which a dash follows a semicolon: "- Sở A; - Sở B"."""
    starts = [found.end() for found in _INNER_DASH.finditer(passage.text, *span)]
    return list(pairwise([span[0], *starts, span[1]]))


def _at_semicolons(passage: Passage, span: Span) -> list[Span]:
    """Return the parts of a span without dashes, cut at its semicolons outside brackets."""
    parts, start, depth = [], span[0], 0
    for at in range(span[0], span[1]):
        char = passage.text[at]
        depth += (char == "(") - (char == ")")
        if char == ";" and depth <= 0:
            parts.append((start, at))
            start = at + 1
    return [*parts, (start, span[1])]


def after_label(passage: Passage, spans: list[Span], label: re.Pattern[str]) -> list[Span]:
    """Return the lines from the label on, without the label itself."""
    letters = plain(passage.text)
    for at, (start, end) in enumerate(spans):
        if found := label.match(letters, start, end):
            rest = [(found.end(), end)] if found.end() < end else []
            return [*rest, *spans[at + 1 :]]
    return spans


def _bare(passage: Passage, span: Span) -> Span | None:
    """Return `span` without its dash, strokes and final mark, None if no word is left."""
    start, end = span
    if found := _STROKES.match(passage.text, start, end):
        start = found.end()
    tail = _TAIL.search(passage.text[start:end])
    end = start + tail.start() if tail else end
    letters = sum(map(str.isalpha, passage.text[start:end]))
    return (start, end) if letters >= 2 else None


def list_values(
    passage: Passage, items: list[Span], rule: str, prior: float, settings: Settings
) -> list[Value]:
    """Return the items as values, each as printed; `prior` is that of the rule (0-1)."""
    finds = [Find(passage, start, end, rule, prior) for start, end in items]
    return [find.value(find.raw, settings) for find in finds]
