# SPDX-License-Identifier: Apache-2.0
"""Where a trích yếu ends: who decides, or whom a công điện is wired to, comes after it.

"VỀ VIỆC KHEN THƯỞNG CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ NAM" is a title and the authority under it
(NĐ 30/2020, Phụ lục I, mẫu 1.2), "KẾT LUẬN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" is one title.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.dictionary import rows
from pipeline.extract.hierarchy import written_out
from pipeline.vietnamese import fold_tone_placement

# So many words may stand behind the organ in an authority: a place, "KHÓA X, KỲ HỌP THỨ MƯỜI".
_TAIL_WORDS = 14
# A title of fewer words is a word or two that could not be read.
_SHORTEST = 2
_WIRED = re.compile(r"\s*\b(?:điện|điên|dien)\s*:")
# Acts of 2001 and older repeat issuer, number and date under the type.
_WHOSE = re.compile(
    r"CỦA\s[^\d]{3,90}?\sSỐ\s+\S+\s+NGÀY\s+\d{1,2}\s+THÁNG\s+\d{1,2}\s+NĂM\s+\d{4}\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s]+")


def end_of_title(title: str, organs: tuple[str, ...]) -> int:
    """Return the offset in `title` at which it ends; its length if nothing follows it.

    Args:
        title: the trích yếu as found, on one line or several.
        organs: the names of the issuer; only an authority of it can follow.
    """
    if wired := _WIRED.search(title):
        start = _decider_before(title[: wired.start()], organs)
        return start if start is not None else wired.start()
    words = list(_WORD.finditer(title))
    keys = [_key(word[0]) for word in words]
    for at in range(_SHORTEST, len(words)):
        bound = keys[at - 1] in _words("binds") or words[at - 1][0].endswith(("-", "–", ","))
        if bound or not title[words[at].start() :].isupper() or not _deciders_at(keys, at):
            continue
        if any(_fits(keys, at, organ) for organ in organs):
            return words[at].start()
    return len(title)


def begin_of_title(title: str) -> int:
    """Return the offset at which the trích yếu begins behind "CỦA BỘ XÂY DỰNG SỐ … NGÀY …"."""
    whose = _WHOSE.match(title)
    return whose.end() if whose else 0


def _fits(keys: list[str], at: int, organ: str) -> bool:
    """Return whether the words from `at` on are a post and `organ`, or the organ, and no more."""
    names = _keys(written_out(organ))
    for begin in _ends_of_post(keys, at):
        spoken = _keys(written_out(" ".join(word.upper() for word in keys[begin:])))
        pairs = zip(spoken, names, strict=False)
        common = next((count for count, (one, two) in enumerate(pairs) if one != two), None)
        if common is None:
            common = min(len(spoken), len(names))
        rest = spoken[common:]
        ends = not rest or (rest[0] in _words("tail") and len(rest) <= _TAIL_WORDS)
        # The place may be left out: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH".
        if common and ends and (common == len(names) or (not rest and common > 2)):
            return True
    return False


def _ends_of_post(keys: list[str], at: int) -> list[int]:
    """Return where the organ may begin behind a post at `at`: "TỔNG GIÁM ĐỐC", "BỘ TRƯỞNG".

    The last word of a post may be the organ's first: "TRƯỞNG BAN QUẢN LÝ".
    """
    reached = [at]
    for place in reached:
        longest = max((len(words) for words in _deciders_at(keys, place)), default=0)
        reached += [end for end in range(place + 1, place + longest + 1) if end not in reached]
    return [place for place in reached if place < len(keys)]


def _decider_before(text: str, organs: tuple[str, ...]) -> int | None:
    """Return where the authority that ends `text` begins: the issuer's, or the last one."""
    words = list(_WORD.finditer(text))
    keys = [_key(word[0]) for word in words]
    starts = [at for at in range(len(words)) if words[at][0].isupper() and _deciders_at(keys, at)]
    own = [at for at in starts if any(_fits(keys, at, organ) for organ in organs)]
    at = min(own, default=max(starts, default=None))
    return None if at is None else words[at].start()


def _deciders_at(keys: list[str], at: int) -> list[tuple[str, ...]]:
    return [words for words in _deciders() if tuple(keys[at : at + len(words)]) == words]


def _keys(text: str) -> list[str]:
    return [key for word in text.split() if (key := _key(word))]


def _key(word: str) -> str:
    return fold_tone_placement(word.casefold().strip(".,;:()\"“”'"))


@cache
def _deciders() -> tuple[tuple[str, ...], ...]:
    phrases = [row["phrase"] for row in rows("phrases") if row["kind"] == "decider"]
    return tuple(tuple(_keys(phrase)) for phrase in phrases)


@cache
def _words(role: str) -> frozenset[str]:
    """Return the words of a role: "binds" ties an organ to what stands before it ("của")."""
    return frozenset(_key(row["word"]) for row in rows("title_words") if row["role"] == role)
