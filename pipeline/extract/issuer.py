# SPDX-License-Identifier: Apache-2.0
"""Cơ quan ban hành: the organ in the head, and the one above it.

NĐ 30/2020, Phụ lục I, II.2: the organ above stands first, each may take several lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.dictionary import rows
from pipeline.extract.capitals import find_head, folded_words, sentence_case
from pipeline.extract.hierarchy import standing
from pipeline.extract.organs import mended_organ
from pipeline.extract.parts import head_lines, line_spans, lines_of
from pipeline.extract.places import is_place
from pipeline.extract.values import Find
from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.record import Issuer
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.model import Page
    from pipeline.passage import Passage
    from pipeline.settings import Settings

# A line that ends so goes on: "BỘ NÔNG NGHIỆP VÀ / PHÁT TRIỂN NÔNG THÔN".
_OPEN_ENDS = frozenset(("và", "-", "–", "của", "thuộc", "các", "với"))
# What else may stand at the top: the motto (of the Party: Hướng dẫn 36-HD/VPTW), forms and drafts,
# and the data of an electronic signature ("Cơ quan:").
_NO_ORGAN = re.compile(
    r"\bcong\s+hoa\b|xa\s+hoi\s+chu|doc\s+lap|:|\d\d[/.]\d\d[/.]|van ban den|\.{4}"
    r"|^\W*(?:dang\s+cong\s+san\s+viet\s+nam\W*$|phu\s+luc\b|mau\s+so\b|to\s+khai\b|du\s+thao\b)"
)
_WORD = re.compile(r"[^\W_]+")

# What was put right is right more often than not; a person sees the raw text beside it.
_MENDED = 0.95
# A name that begins as no organ's does may be a heading or half of a name.
_UNKNOWN_HEAD = 0.75
# A decision of one person: "CHỦ TỊCH / ỦY BAN NHÂN DÂN TỈNH …" stands where the organ does.
_CHAIR = ["chủ", "tịch"]
# A name that the tables know, of the place in the head, was hardly misread as another such name.
_KNOWN = 0.6

Span = tuple[int, int]


def extract_issuer(
    page: Page, near: str | None, settings: Settings, day: dt.date | None = None
) -> Issuer | None:
    """Return the organ that issued the document, with its parent, None if no organ is printed.

    Args:
        page: the page with the head.
        near: the place of the head, to read a badly read organ by.
        settings: the settings.
        day: the day of issue; cities and districts change.
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
            find = replace(find, prior=find.prior * _MENDED)
        if not _begins_as_organ(value):
            find = replace(find, prior=find.prior * _UNKNOWN_HEAD)
        place = standing(value, parent, day)
        facts = find.facts(settings)
        if rule == "issuer.box" and _is_known(place.full_name, near):
            facts |= _borne_out(facts["confidence"], settings)
        return Issuer(
            value=value,
            parent=parent,
            full_name=place.full_name,
            level=place.level,
            branch=place.branch,
            **facts,
        )
    return None


def _is_known(name: str, near: str | None) -> bool:
    """Return whether the tables have an agency of this name, or it is of the place of the head."""
    folded = fold_tone_placement(name.casefold())
    if folded in _agencies():
        return True
    words = folded_words(name)
    ends_in_place = near is not None and folded.endswith(fold_tone_placement(near.casefold()))
    return ends_in_place and is_place(_bare_place(near or "")) and find_head(words, 0) is not None


def _bare_place(name: str) -> str:
    return re.sub(r"^(?:thành phố|tỉnh|TP\.?)\s+", "", name, flags=re.IGNORECASE)


def _borne_out(confidence: float, settings: Settings) -> dict[str, Any]:
    sure = round(1 - (1 - confidence) * _KNOWN, 3)
    return {"confidence": sure, "needs_review": sure < settings.review_below}


@cache
def _agencies() -> frozenset[str]:
    return frozenset(fold_tone_placement(row["name"].casefold()) for row in rows("agencies"))


def group_organs(lines: list[str]) -> list[list[int]]:
    """Return the lines of each organ, as indices: a line that begins a name begins an organ.

    ["UBND TỈNH X", "SỞ Y TẾ"] -> [[0], [1]]; ["ỦY BAN NHÂN DÂN", "TỈNH X"] -> [[0, 1]]
    """
    organs: list[list[int]] = []
    for at, line in enumerate(lines):
        if not organs or (_begins_as_organ(line) and not _is_open(lines[at - 1])):
            organs.append([at])
        else:
            organs[-1].append(at)
    return organs


def _begins_as_organ(line: str) -> bool:
    words = folded_words(line)
    head = find_head(words, 0) if words else None
    return words[:2] == _CHAIR or (head is not None and head.starts)


def _is_open(line: str) -> bool:
    """Return whether a name goes on: after "VÀ", a comma, or a lone "BỘ" with its field below."""
    words = folded_words(line)
    ends_open = line.rstrip().endswith(",") or (bool(words) and words[-1] in _OPEN_ENDS)
    return ends_open or words in (["bộ"], ["sở"], ["cục"], ["ban"], ["phòng"], _CHAIR)


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
    capital = sum(map(str.isupper, letters)) > 0.7 * len(letters) > 0
    # Two letters are a stroke, or "BỘ" with its field on the next line.
    return capital and (len(letters) > 2 or _begins_as_organ(text))


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
