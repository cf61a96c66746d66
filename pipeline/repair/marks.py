# SPDX-License-Identifier: Apache-2.0
"""Punctuation that readers invent: a stop for a comma, the tail of ơ and ư, a lost `./.`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.repair.changes import Change
from pipeline.repair.syllables import is_real

if TYPE_CHECKING:
    from collections.abc import Sequence

    # The words of a block, line by line.
    Lines = Sequence[Sequence[str]]

# A word and a full stop; abbreviations with stops inside, "..." and "./." are none.
_STOPPED = re.compile(r"^[“\"(]?(?P<word>[^\W\d_]{2,}(?:[-–][^\W\d_]{2,})*)[”\")]?\.$")
# Years and shares: `2045”. trên`; shorter numbers may be those of a list.
_STOPPED_NUMBER = re.compile(r"^\S*(?:\d{4}|%)[”\")]?\.$")
_CODE_OR_DATE = re.compile(r"\d[/-]")
_SMALL_WORD = re.compile(r"^[^\W\d_]{2,}[,;.:”\")]*$")
# "KT.", "TP.": a stop behind so few capitals shortens a word.
_LONGEST_SHORT = 4
# `này.⁄.`, `này,/.`, `tỉnh).!.` and `này./` at the end of a text (NĐ 30/2020, Phụ lục I, II.6).
_END = re.compile(
    r"(?P<word>(?:[^\W\d_]{2}|\d{4})[)”\"\]]*)(?:[.,:;]?[/⁄∕][.,:;]{1,2}|[.,][!|]\.|\./)$"
)
_LAST_WORD = re.compile(r"^này\.{2,3}$")
_EXECUTED = re.compile(r"thi hành\b.*\bnày\.{2,3}$")
# `tu’` is `tư`, `ci?` is `cứ`: the horn or the hook was read as a sign of its own.
_TAILED = re.compile(r"(?<=[ưừứửữựơờớởỡợƯỪỨỬỮỰƠỜỚỞỠỢảẻỉỏủỷẩẳểổ])[’'‘`?](?=[,;.]?$)")
_OPENED = re.compile(r"^\W*[‘'’`]")
# A numeral glued to its heading, `V.TỔ CHỨC`: a blank belongs there (Phụ lục I, II.6).
_GLUED = re.compile(r"^(?P<number>(?:[IVX]{1,5}|\d{1,2})\.)(?P<word>[^\W\d_]{2,})(?P<end>[,;:]?)$")
# The grounds of a document, each ended by a semicolon (Phụ lục I, II.5).
_GROUND = re.compile(r"^(?:Căn cứ|Xét|Theo đề nghị)\s")
# What announces a list has a colon of its own.
_ANNOUNCED = re.compile(r"^(?:sau|gồm|định|rằng|bởi):$", re.IGNORECASE)


def mark_changes(blocks: Sequence[Lines]) -> list[list[Change]]:
    """Return for each block the changes of its marks, once its words are right."""
    texts = [[" ".join(line) for line in lines] for lines in blocks]
    found = []
    for number, lines in enumerate(blocks):
        after = texts[number + 1][0] if number + 1 < len(blocks) and texts[number + 1] else ""
        found.append(_block_changes(lines, " ".join(texts[number]), after))
    return found


def _block_changes(lines: Lines, text: str, after: str) -> list[Change]:
    words = [word for line in lines for word in line]
    starts = {sum(map(len, lines[:number])) for number in range(len(lines))}
    ground = _GROUND.match(text) is not None
    last = len(words) - 1
    changes = []
    for place, word in enumerate(words):
        rest = " ".join(words[place + 1 : place + 4]) if place < last else after
        new = mend_marks(word, words[place + 1] if place < last else "")
        if place in starts:
            new = spaced(new)
        if ground and word.endswith(":") and _GROUND.match(rest) and not _ANNOUNCED.match(word):
            new = word[:-1] + ";"
        if place == last and _LAST_WORD.match(word) and _EXECUTED.search(text):
            new = "này./."
        if new != word:
            changes.append(Change(place, place, new, 0.95, "mark"))
    return changes


def mend_marks(token: str, following: str) -> str:
    """Return a token with the marks that belong behind it; `following` "" at the end of a text."""
    if following:
        return comma_for_stop(token, following)
    return _END.sub(r"\g<word>./.", token) if not token.endswith("./.") else token


def comma_for_stop(token: str, following: str) -> str:
    """Return a token with a comma for its full stop where the sentence goes on.

    A sentence begins with a capital, a number or a dash (NĐ 30/2020, Phụ lục II), so a stop
    before a small letter was a comma. Before "của" there is no mark at all.
    """
    if not token.endswith(".") or not following[:1].islower() or not _SMALL_WORD.match(following):
        return token
    word = _STOPPED.match(token)
    if word and not (token.isupper() and len(word["word"]) <= _LONGEST_SHORT):
        return token[:-1] + ","
    if _STOPPED_NUMBER.match(token) and not _CODE_OR_DATE.search(token.replace("-20", "–20")):
        return token[:-1] + ("" if following == "của" else ",")
    return token


def spaced(token: str) -> str:
    """Return a numeral and the capitals of its heading with a blank between: `V. TỔ`."""
    match = _GLUED.match(token)
    if match is None or not match["word"].isupper() or not is_real(match["word"]):
        return token
    return f"{match['number']} {match['word']}{match['end']}"


def without_tail(token: str) -> str:
    """Return a repaired token without the sign that its last letter was read as in part."""
    return token if _OPENED.match(token) else _TAILED.sub("", token)
