# SPDX-License-Identifier: Apache-2.0
"""Quyền hạn, chức vụ: the lines above a signature, taken apart into authority and own post.

NĐ 30/2020, Phụ lục I, II.7a: `TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH`: the marks may be
stacked; the last line is the signer's own post. The marks are in `dictionaries/authorities.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.dictionary import rows
from pipeline.extract.posts import (
    begins_with_post,
    deputies_of,
    expected_deputy,
    is_body,
    is_known_post,
    known_post,
    looks_like_post,
)
from pipeline.likeness import alike, plain
from pipeline.record import Authority

_MARK = re.compile(r"^\W*(?P<mark>[A-ZƯỌ1]{1,3}|[TK]\s?/\s?[MTL])\s*(?P<point>[.,:]\s*|\s+)(?=\w)")
# A stamp of an electronic signature, a note of the copyist.
_NO_LINE = re.compile(
    r"k[yý] b[oở]i|k[yý] ng[aà]y|ng[uư][oờ]i k[yý]|email|th[oờ]i gian|[dđ][aã] k[yý]", re.I
)
_SPECKS = " .,;:|-–—_'\"“”‘’"
# Two lines that are so much alike are the same post, or a post and its deputy.
_SAME = 0.9
# Without any mark a deputy must be read better than behind "KT.".
_ALONE = 0.8


@dataclass(frozen=True, slots=True)
class SignedAs:
    """In what quality somebody signs.

    Attributes:
        authority: "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", None if the signer has none but the post.
        steps: the same, step by step.
        position: the signer's own post.
        inferred: a part was not read but follows from the others.
    """

    authority: str | None
    steps: tuple[Authority, ...]
    position: str | None
    inferred: bool = False


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


def is_signing_line(line: str) -> bool:
    """Return whether `line` can belong to authority and post: in capitals, no stamp's text."""
    letters = [char for char in line if char.isalpha()]
    if len(letters) < 2 or _NO_LINE.search(line):
        return False
    return sum(map(str.isupper, letters)) > 0.75 * len(letters)


def read_authority(lines: list[str]) -> SignedAs:
    """Return what the lines of a signature, in order, say of the quality in which it was made.

    ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"] -> authority "TL. CHỦ TỊCH KT.
    CHÁNH VĂN PHÒNG", post "PHÓ CHÁNH VĂN PHÒNG".
    """
    lines = [part for line in lines for part in _posts_apart(line)]
    marks = [at for at, line in enumerate(lines) if read_mark(line)]
    if not marks:
        return _without_marks([bare for line in lines if (bare := _bare(line))])
    own = [at for at in range(marks[-1] + 1, len(lines)) if begins_with_post(_bare(lines[at]))]
    last = own[-1] if own else marks[-1] + 1
    steps: list[tuple[str, str]] = []
    for line in lines[:last]:
        if found := read_mark(line):
            steps.append((found[0], known_post(_bare(line[found[1] :]))))
        elif steps:
            mark, of = steps[-1]
            steps[-1] = mark, f"{of} {_bare(line)}".strip()
        elif bare := known_post(_bare(line)):
            steps.append(("", bare))
    read = " ".join(filter(None, map(_bare, lines[last:])))
    mark, of = steps[-1]
    if mark not in _FOR_HEADS:
        return _signed_as(steps, known_post(read))
    post = known_post(expected_deputy(of, read))
    if alike(of, post) >= _SAME:  # nobody signs for himself: what makes him a deputy was not read
        return _signed_as(steps, deputies_of(of)[0], inferred=True)
    return _signed_as(steps, post)


_FOR_HEADS = ("KT.", "K/T")


def _signed_as(
    steps: list[tuple[str, str]], position: str | None, *, inferred: bool = False
) -> SignedAs:
    printed = " ".join(f"{mark} {of}".strip() for mark, of in steps)
    marks = tuple(
        Authority(mark=re.sub(r"\W", "", mark), of=of) for mark, of in steps if mark and of
    )
    return SignedAs(printed or None, marks, position or None, inferred)


def _without_marks(lines: list[str]) -> SignedAs:
    """Return the post of lines without a mark; a mark that a seal hides follows from the posts.

    ["BỘ TRƯỞNG", "THỨ TRƯỞNG"]: the second signs for the first.
    """
    # A seal of a "TRƯỜNG …" under "HIỆU TRƯỞNG": its words are no second post.
    lines = [line for at, line in enumerate(lines) if not at or not _ends_with(lines[0], line)]
    posts = [known_post(line) for line in lines]
    bodies = 0
    while bodies < len(posts) and is_body(posts[bodies]):
        bodies += 1
    if bodies:
        below = _without_marks(lines[bodies:])
        steps = [("TM.", " ".join(posts[:bodies])), *((f"{s.mark}.", s.of) for s in below.steps)]
        return _signed_as(steps, below.position, inferred=True)
    if len(posts) == 2 and is_known_post(posts[0]):
        head, deputies = posts[0], deputies_of(posts[0])
        own = posts[1] if posts[1] in deputies else expected_deputy(head, lines[1], _ALONE)
        if own in deputies:
            return _signed_as([("KT.", head)], own, inferred=True)
        if alike(head, own) >= _SAME:
            # One line that was read twice, or a head and a deputy who lost what tells them apart.
            return _signed_as([], head, inferred=True)
    return _signed_as([], known_post(" ".join(lines)))


def _ends_with(post: str, line: str) -> bool:
    """Return whether `line` is but the last words of `post`, whatever its marks."""
    return plain(post).endswith(f" {plain(line)}")


def _posts_apart(line: str) -> list[str]:
    """Return "KT. BỘ TRƯỞNG THỨ TRƯỞNG" as two lines; every other line as it is."""
    found = read_mark(line)
    begin = found[1] if found else 0
    if not found and not is_signing_line(line):
        return [line]
    words = list(re.finditer(r"\S+", line[begin:]))
    for word in words[1:]:
        at = begin + word.start()
        head, own = line[begin:at].strip(), line[at:]
        ends = not head.endswith((",", ";", "-"))
        if ends and (found or is_body(head)) and looks_like_post(head) and begins_with_post(own):
            return [line[:at].strip(), *_posts_apart(own)]
    return [line]


def _bare(line: str) -> str:
    """Return the words of a line from the first to the last in capitals; strokes beside them go."""
    words = line.split()
    capital = [at for at, word in enumerate(words) if sum(map(str.isupper, word)) > 1]
    if not capital:
        return ""
    return " ".join(words[capital[0] : capital[-1] + 1]).strip(_SPECKS)


@cache
def _marks() -> dict[str, str]:
    """Return the marks by what they are read as."""
    return {
        read: row["text"]
        for row in rows("authorities")
        if row["kind"] == "authority"
        for read in row["read_as"].split()
    }
