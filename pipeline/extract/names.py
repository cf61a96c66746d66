# SPDX-License-Identifier: Apache-2.0
"""Họ tên: what a person's name looks like in a signature block.

NĐ 30/2020, Phụ lục I, II.7b: the full name in lower case with capitals, no titles of degree. The
family names are in `dictionaries/surnames.tsv`.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.dictionary import rows
from pipeline.vietnamese import fold_tone_placement, strip_marks

# Names of the highlands have an apostrophe: "H'Yim Kđoh".
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Degrees and ranks, which schools, hospitals and the army do print: "PGS.TS. ", "Đại tá ".
_TITLES = re.compile(
    r"^\W*(?:(?:GS|PGS|TSKH|TS|ThS|Ths|BS|BSCKI{1,2}|BSNT|CKI{1,2}|DS|DSCKI{1,2}|KS|CN|LS|KTS|Dr|"
    r"NGND|NGƯT|TTND|TTƯT|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|(?:Chuẩn |Phó )?[Đđ]ô đốc|"
    r"(?:Nhà giáo|Thầy thuốc) (?:nhân dân|[Nn]hân dân|ưu tú|[Ưư]u tú))\b[.\s,]*)+"
)
_MOST_WORDS = 5
_MIDDLE = frozenset(("văn", "hữu", "công"))


def find_name(line: str) -> tuple[int, int, bool] | None:
    """Return the span of a person's name in `line`, and whether its family name is known.

    Strokes and seal marks around it are left out: "| Trần Hoàng Tuấn ~" -> "Trần Hoàng Tuấn".
    A name without a known family name must be all of the line.
    """
    begin = found.end() if (found := _TITLES.match(line)) else 0
    words = list(_WORD.finditer(line, begin))
    unmarked = strip_marks(line) == line
    for at, word in enumerate(words):
        known = _is_surname(word[0])
        run = _run(line, words[at:]) if known or (unmarked and _is_bare_surname(word[0])) else []
        if len(run) >= 2:
            if at and word[0].lower() in _MIDDLE and _is_capitalised(words[at - 1][0]):
                # A misread family name stands before a middle name that is one itself.
                return words[at - 1].start(), run[-1].end(), False
            whole = all(len(part[0]) > 1 or part[0].isupper() for part in run)
            return run[0].start(), run[-1].end(), known and whole
    run = _run(line, words) if words else []
    alone = len(run) == len(words) and 3 <= len(run) <= _MOST_WORDS
    return (run[0].start(), run[-1].end(), False) if alone else None


def name_case(name: str) -> str:
    """Return a name printed in capitals in the case of names, without strokes read as letters."""
    if not name.isupper():
        return " ".join(word for word in name.split() if len(word) > 1 or word.isupper())
    return " ".join(word.capitalize() for word in name.split())


def _run(line: str, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the first words as long as they are written like those of a name."""
    capitals = words[0][0].isupper() and len(words[0][0]) > 1
    run: list[re.Match[str]] = []
    for word in words:
        gap = line[run[-1].end() : word.start()] if run else " "
        stroke = bool(run) and len(word[0]) == 1 and word[0].islower()
        like = word[0].isupper() if capitals else _is_capitalised(word[0])
        if gap.strip() or not (like or stroke) or len(run) == _MOST_WORDS:
            break
        run.append(word)
    while run and len(run[-1][0]) == 1 and run[-1][0].islower():
        run.pop()
    return run


def _is_capitalised(word: str) -> bool:
    if "'" in word or "’" in word:
        return all(map(_is_capitalised, re.split("['’]", word)))
    return word[:1].isupper() and (word[1:].islower() or len(word) == 1) and len(word) <= 7


def _is_surname(word: str) -> bool:
    if word[1:2] in ("'", "’"):
        return word[0].isupper()
    return word[0].isupper() and fold_tone_placement(word.lower()) in _surnames()


def _is_bare_surname(word: str) -> bool:
    return word[0].isupper() and word.lower() in _bare_surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(fold_tone_placement(row["name"].lower()) for row in rows("surnames"))


@cache
def _bare_surnames() -> frozenset[str]:
    """Return the family names of three letters or more without marks, for readers without any."""
    return frozenset(bare for name in _surnames() if len(bare := strip_marks(name)) > 2)
