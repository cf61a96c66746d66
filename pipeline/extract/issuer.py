# SPDX-License-Identifier: Apache-2.0
"""Cơ quan ban hành: the organ in the head, and the one above it.

NĐ 30/2020, Phụ lục I, II.2: the organ above stands first, each may take several lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.capitals import find_head, folded_words, sentence_case
from pipeline.extract.organs import mended_organ
from pipeline.extract.parts import head_lines, line_spans, lines_of
from pipeline.extract.values import Find
from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.record import Issuer
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from pipeline.model import Page
    from pipeline.passage import Passage
    from pipeline.settings import Settings

# A line that ends so goes on: "BỘ NÔNG NGHIỆP VÀ / PHÁT TRIỂN NÔNG THÔN".
_OPEN_ENDS = frozenset(("và", "-", "–", "của", "thuộc", "các", "với"))
# What else may stand at the top: the motto, and the data of an electronic signature ("Cơ quan:").
_NO_ORGAN = re.compile(r"\bcong\s+hoa\b|xa\s+hoi\s+chu|doc\s+lap|:|\d\d[/.]\d\d[/.]|van ban den")
_WORD = re.compile(r"[^\W_]+")

# What was put right is right more often than not; a person sees the raw text beside it.
_MENDED = 0.95

Span = tuple[int, int]


def extract_issuer(page: Page, near: str | None, settings: Settings) -> Issuer | None:
    """Return the organ that issued the document, with its parent, None if no organ is printed.

    Args:
        page: the page with the head.
        near: the place of the head, to read a badly read organ by.
        settings: the settings.
    """
    for passage, rule, prior in (
        (lines_of(page, Role.ORGAN), "issuer.box", 0.97),
        (head_lines(page), "issuer.head", 0.7),
    ):
        spans = _organ_lines(passage, inside_box=rule == "issuer.box")
        if not spans:
            continue
        organs = group_organs([passage.text[start:end] for start, end in spans])
        own = [spans[at] for at in organs[-1]]
        value = _name(passage, own, near)
        parent = _name(passage, [spans[at] for at in organs[-2]], near) if organs[1:] else None
        find = Find(passage, own[0][0], own[-1][1], rule, prior)
        if _letters(value) != _letters(find.raw):
            find = replace(find, prior=prior * _MENDED)
        return Issuer(value=value, parent=parent, **find.facts(settings))
    return None


def group_organs(lines: list[str]) -> list[list[int]]:
    """Return the lines of each organ, as indices: a line that begins a name begins an organ.

    ["UBND TỈNH X", "SỞ Y TẾ"] -> [[0], [1]]; ["ỦY BAN NHÂN DÂN", "TỈNH X"] -> [[0, 1]]
    """
    organs: list[list[int]] = []
    for at, line in enumerate(lines):
        words = folded_words(line)
        head = find_head(words, 0) if words else None
        if not organs or (head and head.starts and not _is_open(lines[at - 1])):
            organs.append([at])
        else:
            organs[-1].append(at)
    return organs


def _is_open(line: str) -> bool:
    words = folded_words(line)
    return line.rstrip().endswith(",") or (bool(words) and words[-1] in _OPEN_ENDS)


def _organ_lines(passage: Passage, *, inside_box: bool) -> list[Span]:
    """Return the spans of the lines that name organs, without the strokes around the words."""
    found: list[Span] = []
    for start, end in line_spans(passage):
        span = _bare(passage, start, end)
        text = passage.text[span[0] : span[1]] if span else ""
        if span is None or _NO_ORGAN.search(plain(text)) or not _is_capital(text):
            if found and not inside_box:
                break
            continue
        head = find_head(folded_words(text), 0)
        if found or inside_box or (head and head.starts):
            found.append(span)
    return found


def _is_capital(text: str) -> bool:
    """Return whether most letters are capitals; a few may have been misread."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def _bare(passage: Passage, start: int, end: int) -> Span | None:
    """Return the span from the first to the last word of a name, None if there is none."""
    # Rules under the organ are read as small letters: what is not in capitals is no name.
    words = [
        word
        for word in _WORD.finditer(passage.text, start, end)
        if word[0][0].isupper() or word[0].isdigit()
    ]
    if not words:
        return None
    goes_on = re.match(r"\s?[-–,]", passage.text[words[-1].end() : end])
    return words[0].start(), words[-1].end() + (goes_on.end() if goes_on else 0)


def _letters(name: str) -> str:
    return fold_tone_placement(name.casefold()).strip(" -–,")


def _name(passage: Passage, spans: list[Span], near: str | None) -> str:
    printed = " ".join(passage.text[start:end] for start, end in spans).rstrip(" -–,")
    return sentence_case(mended_organ(printed, near))
