# SPDX-License-Identifier: Apache-2.0
"""Quyền hạn, chức vụ: the lines above a signature, taken apart into authority and own post.

NĐ 30/2020, Phụ lục I, II.7a: `TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH`: the marks may be
stacked; the last line is the signer's own post. The marks and posts are in
`dictionaries/authorities.tsv`.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from pipeline.dictionary import rows
from pipeline.likeness import alike, plain
from pipeline.vietnamese import fold_tone_placement

_MARK = re.compile(r"^\W*(?P<mark>[A-ZƯỌ1]{1,3}|[TK]\s?/\s?[MTL])\s*(?P<point>[.,:]\s*|\s+)(?=\w)")
# One letter in ten may be misread, or one of nine lost; "TRƯỞNG" stays apart from "BỘ TRƯỞNG".
_ALIKE = 0.9
_DEPUTY = re.compile(r"(?<=\w)\s+PHÓ\s")
# A stamp of an electronic signature, a note of the copyist.
_NO_LINE = re.compile(
    r"k[yý] b[oở]i|k[yý] ng[aà]y|ng[uư][oờ]i k[yý]|email|th[oờ]i gian|[dđ][aã] k[yý]", re.I
)


def read_mark(line: str) -> tuple[str, int] | None:
    """Return the mark of authority that begins `line` ("KI." is KT.) and where its words begin."""
    if not (found := _MARK.match(line)):
        return None
    letters = found["mark"].replace(" ", "")
    mark = _marks().get(letters)
    # A single Q needs its point: "Q TRƯỞNG" is no authority.
    if mark is None or ("." not in found["point"] and len(letters) == 1):
        return None
    return mark, found.end()


def begins_with_post(line: str) -> bool:
    """Return whether `line` begins with a post: "PHÓ CHỦ TỊCH THƯỜNG TRỰC"."""
    words = re.findall(r"[^\W\d_]+", plain(line))
    while len(words) > 1 and len(words[0]) == 1:
        words = words[1:]  # a stroke of the pen or the seal, read as a letter
    return any(tuple(words[: len(post)]) == post for post in _posts())


def looks_like_post(text: str) -> bool:
    """Return whether all of `text` looks like a post, in whatever case: "Phó Chủ Tịc"."""
    return any(alike(post, text) >= _ALIKE for post in _printed_posts())


def is_signing_line(line: str) -> bool:
    """Return whether `line` can belong to authority and post: in capitals, no stamp's text."""
    letters = [char for char in line if char.isalpha()]
    if len(letters) < 2 or _NO_LINE.search(line):
        return False
    return sum(map(str.isupper, letters)) > 0.75 * len(letters)


def split_lines(lines: list[str]) -> tuple[str | None, str | None]:
    """Return (authority, own post) of the lines of a signature in order.

    ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]
    -> ("TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")
    """
    marks = [at for at, line in enumerate(lines) if read_mark(line)]
    if not marks:
        return None, _known_post(" ".join(map(_bare, lines))) or None
    lines = _own_post_apart(lines, marks[-1])
    own = [at for at in range(marks[-1] + 1, len(lines)) if begins_with_post(lines[at])]
    last = own[-1] if own else marks[-1] + 1
    authority = " ".join(map(_with_mark, lines[:last]))
    position = " ".join(map(_bare, lines[last:]))
    return authority, _known_post(position) or None


def _own_post_apart(lines: list[str], last_mark: int) -> list[str]:
    """Return `lines` with "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" on two lines, if it is the last."""
    if last_mark < len(lines) - 1 or not (deputy := _DEPUTY.search(lines[-1])):
        return lines
    return [*lines[:-1], lines[-1][: deputy.start()], lines[-1][deputy.start() :].strip()]


def _with_mark(line: str) -> str:
    if not (found := read_mark(line)):
        return _bare(line)
    mark, begin = found
    return f"{mark} {_known_post(_bare(line[begin:]))}"


def _known_post(words: str) -> str:
    """Return the post or body that `words` look like, under seal and ink; else `words` as read.

    "HÓ VIÊN TRƯỞNG" -> "PHÓ VIỆN TRƯỞNG"; the place of the tone stays as it is printed.
    """
    if not words:
        return words
    # "THỨ TRƯỞNG" and "THỦ TRƯỞNG" differ in their marks only.
    best = max(_printed_posts(), key=lambda post: (alike(post, words), fuzz.ratio(post, words)))
    if alike(best, words) < _ALIKE or fold_tone_placement(words) == fold_tone_placement(best):
        return words
    return best


def _bare(line: str) -> str:
    """Return the words of a line from the first to the last in capitals; strokes beside them go."""
    words = line.split()
    capital = [at for at, word in enumerate(words) if sum(map(str.isupper, word)) > 1]
    if not capital:
        return ""
    return " ".join(words[capital[0] : capital[-1] + 1]).strip(" .,;:|-–—_")


@cache
def _marks() -> dict[str, str]:
    """Return the marks by what they are read as."""
    return {
        read: row["text"]
        for row in rows("authorities")
        if row["kind"] == "authority"
        for read in row["read_as"].split()
    }


@cache
def _printed_posts() -> tuple[str, ...]:
    """Return posts and bodies as they are printed, in capitals."""
    return tuple(row["text"].upper() for row in rows("authorities") if row["kind"] != "authority")


@cache
def _posts() -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(plain(row["text"]).split()) for row in rows("authorities") if row["kind"] == "post"
    )
