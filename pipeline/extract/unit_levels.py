# SPDX-License-Identifier: Apache-2.0
"""The territory in a unit's name: "tỉnh", "cấp xã", "xã, phường, đặc khu", "tỉnh Bắc Ninh"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.places import is_place

if TYPE_CHECKING:
    from pipeline.extract.nlp import Doc

# The levels, the lowest first: a name may go on from one to a higher ("xã A, huyện B").
_RANKS = {
    "xã": 1,
    "phường": 1,
    "thị trấn": 1,
    "đặc khu": 1,
    "huyện": 2,
    "huyện đảo": 2,
    "huyện miền": 2,
    "huyện vùng": 2,
    "huyện ven": 2,
    "quận": 2,
    "thị xã": 2,
    "tx": 2,
    "thành phố": 3,
    "tp": 3,
    "tỉnh": 3,
}
_ONE = (
    r"(?:tỉnh(?! (?:ủy|uỷ|đoàn|đội|lỵ))|huyện(?: đảo| miền núi| vùng cao| ven biển)?"
    r"(?! (?:ủy|uỷ|đoàn|đội))|thị xã|thị trấn|quận(?! ủy)|phường|đặc khu|thành phố"
    r"|xã(?! (?:hội|viên|luận|giao))|tp\b\.?|tx\b\.?)(?!\w)"
)
# "cấp", "cấp mình" beside the levels; "từ xã đến huyện".
_LEVEL = re.compile(
    rf"từ (?:cấp )?{_ONE} đến (?:cấp )?(?:{_ONE}|cơ sở|trung ương)"
    rf"|{_ONE}(?:(?:\s?, | và |\s?/\s?){_ONE}){{1,7}}"
    rf"|{_ONE}",
    re.IGNORECASE,
)
_SINGLE = re.compile(_ONE, re.IGNORECASE)
_LISTED = re.compile(r",| và |/|^từ ", re.IGNORECASE)
# A place has up to this many words ("Phan Rang - Tháp Chàm").
_LONGEST_PLACE = 6


def level_end(doc: Doc, text: str, i: int) -> int:
    """Return the token after the level or list of levels at token `i`, `i` if none stands there.

    `text` is the text of `doc`, which spaCy would put together anew each time.
    """
    match = _LEVEL.match(text, doc[i].idx)
    if match is None:
        return i
    end = _token_after(doc, i, match.end())
    if is_list(match[0]) and end < len(doc) and doc[end].text[0].isupper():
        # "UBND tỉnh, thành phố Huế": the last has a name of its own.
        single = _SINGLE.match(text, doc[i].idx)
        return _token_after(doc, i, single.end()) if single else i
    return end


def _token_after(doc: Doc, i: int, offset: int) -> int:
    while i < len(doc) and doc[i].idx < offset:
        i += 1
    return i


def is_list(words: str) -> bool:
    """Return whether the words name several levels: "xã, phường, đặc khu", "từ xã đến huyện"."""
    return _LISTED.search(words) is not None


def is_level(words: str) -> bool:
    """Return whether the words are a level and nothing more: "tỉnh", "thị xã"."""
    return _SINGLE.fullmatch(words) is not None


def rank(words: str) -> int:
    """Return how high a level is, -1 if the words are none."""
    level = _SINGLE.match(words)
    return _RANKS.get(" ".join(level[0].casefold().rstrip(".").split()[:2]), -1) if level else -1


def place_end(doc: Doc, i: int) -> int:
    """Return the token after the place's name at token `i`, `i` if no capital stands there.

    The longest known place, else all words with a capital, and the number of a district.
    """
    if i >= len(doc) or doc[i].is_sent_start:
        return i
    if doc[i].text.isdigit():
        return i + 1
    end = i
    while end < len(doc) and end - i < _LONGEST_PLACE and _is_of_place(doc, end, i):
        end += 1
    for stop in range(end, i + 1, -1):
        if is_place(doc[i:stop].text):
            return stop
    return end


def _is_of_place(doc: Doc, k: int, start: int) -> bool:
    if doc[k].is_sent_start and k > start:
        return False
    if doc[k].text in ("-", "–"):
        return k > start and k + 1 < len(doc) and doc[k + 1].text[0].isupper()
    return doc[k].text[0].isupper()
