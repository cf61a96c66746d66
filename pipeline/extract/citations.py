# SPDX-License-Identifier: Apache-2.0
"""Viện dẫn: a document cited by number, with its type before and its date and issuer after.

NĐ 30/2020, Phụ lục I, II.6: "<type> số <number> ngày <date> của <issuer> về <subject>".
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.extract.capitals import find_head, folded_words
from pipeline.extract.doc_types import all_types, type_of_notation
from pipeline.extract.notations import NOTATION, PARTY_NOTATION, clean_notation
from pipeline.extract.posts import begins_with_post
from pipeline.likeness import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<sequence>\d{{1,5}}[a-zđ]?)(?P<join>\s?[/|]\s?|\s?[-–—]\s?)"
    rf"(?:(?<=[-–— ])(?P<party>{PARTY_NOTATION})|(?P<office>{NOTATION}))(?![\w/])"
)
# Old and careless notations have no hyphen ("118/TTg", "214/2025/NĐCP"); some numbers have a hyphen
# themselves ("02-1025/NMT"): they count behind a type and "số" only.
_LABELLED = re.compile(
    r"(?<![\w/.,-])(?P<sequence>\d{1,5}[a-zđ]?(?:-\d{2,5})?)\s?/\s?"
    r"(?P<office>(?:(?:19|20)\d\d\s?/\s?)?[A-ZĐ][A-Za-zĐđ&]*\d{0,2}(?:\s?[-–]\s?[A-ZĐ][\w&]*)*)(?![\w/])"
)
_QH = re.compile(r"(?:19|20)\d\d/(?:UBTV)?QH\d{1,2}$")
# In plain letters: "ngày 18/01/2022", "ngày 02 tháng 4 năm 2026", "(ngày 5.8.2022".
_DATE = re.compile(
    r"[\s,(]*(?:ban hanh |duoc ban hanh |ky )?ng[aăä]y\s*(?P<day>\d{1,2})\s?(?:[/.-]|thang)\s?"
    r"(?P<month>\d{1,2})\s?(?:[/.-]|nam)\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_OF = re.compile(r"[\s,)]*(?:cu?[aả]|cta|ctia|ciia|cia|cla)\s+")
_AT = re.compile(r"\s+tai\s+(?:cac\s+)?$")
_BEFORE_ISSUER = re.compile(r"(?:\bcua|,|;)\s+")
_LABEL = re.compile(r"[\s:,]*(?:s[o06e]|s)\s*[:.]?\s*$")
# Between two numbers of one list: "số: 1743/QĐ-BGTVT, 1744/QĐ-BGTVT", "số 5/… và số 6/…".
_LIST = re.compile(r"[\s,;]*(?:va\s+)?(?:s[o06e]\s*[:.]?)?\s*")
_GENERAL = "Văn bản"
# After a comma a list of fields goes on in capitals and ends with "và": "… , Thể thao và Du lịch".
_FIELDS = re.compile(r"\s+(?:[A-ZĐ]\w+(?:\s+\w+){0,2}\s+và\s+[A-ZĐ]|Chủ nhiệm\s)")
# These organs have no field or place in their names.
_TERM = re.compile(r"\s+khóa\s+[XIV]+")
_WHOLE = re.compile(r"(?:Thủ tướng\s+)?Chính phủ(?!\s+(?:nước|điện))|Bộ Chính trị|Chủ tịch nước")
# "Luật Giáo dục số", "Pháp lệnh … số": the name stands between type and number.
_LAW = re.compile(r"\b(?P<kind>bo\s+luat|luat|phap\s+lenh)\s(?![^;:\n]*\d/)[^;:\n]*$")
_LONGEST_LAW = 200
_ISSUED = re.compile(r"\b(?:da|co|vua)\s+(?:(?:ban\s+hanh|ky|co|gui)\s*)?$|\bban\s+hanh\s*$")
_LONGEST_ISSUER = 120  # characters; the longest names of ministries have about 50


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited in a text, at `text[start:end]`; None for what is not told.

    `place` is the span of the number alone.
    """

    number: str
    doc_type: str | None
    date: str | None
    issuer: str | None
    start: int
    end: int
    place: tuple[int, int] = (0, 0)


def find_citations(text: str) -> list[Citation]:
    """Return every citation by number in `text`, in order, repeated ones too.

    Numbers of one list share what is said once: the type before the first, the date and the
    issuer after the last.
    """
    letters = plain(text)
    found: list[Citation] = []
    for match, number in _numbers(text, letters):
        kind, start = _type_before(letters, match.start())
        if kind is None and _QH.search(number):
            kind, start = _law_before(text, letters, match.start(), start)
        date, end = _date_after(letters, match.end())
        issuer, end = _issuer_after(text, letters, end)
        last = found[-1] if found else None
        issuer = issuer or _issuer_before(text, letters, start)
        date = date or _date_before(letters, start)
        in_list = bool(last and kind is None and _LIST.fullmatch(letters, last.end, match.start()))
        if in_list and last:
            kind, start = last.doc_type, match.start()
        kind = _best_type(kind, number)
        found.append(Citation(number, kind, date, issuer, start, end, match.span()))
        if in_list:
            _share_backwards(found)
    return found


def _numbers(text: str, letters: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what can be a number: a hyphen in the notation, the term of a parliament, or a label.

    A number of whatever form counts behind a type and "số".
    """
    sure = [(match, _number(match)) for match in _NUMBER.finditer(text) if _is_number(match)]
    taken = [match.span() for match, _ in sure]
    labelled = [
        (match, f"{match['sequence']}/{clean_notation(match['office'])}")
        for match in _LABELLED.finditer(text)
        if not any(
            start < match.end() and match.start() < end for start, end in _near(taken, match)
        )
        and _is_labelled(letters, match.start())
    ]
    yield from sorted([*sure, *labelled], key=lambda found: found[0].start())


def _near(spans: list[tuple[int, int]], match: re.Match[str]) -> list[tuple[int, int]]:
    """Return the spans that `match` may overlap."""
    at = bisect_left(spans, (match.start(), 0))
    return spans[max(0, at - 1) : at + 2]


def _is_number(match: re.Match[str]) -> bool:
    notation = match["party"] or match["office"]
    if match["join"].strip() in "-–—":
        return bool(match["party"])
    return bool(re.search(r"[-–—]", notation) or _QH.search(notation))


def _is_labelled(letters: str, at: int) -> bool:
    """Return whether a type and "số" stand before `at`."""
    label = _LABEL.search(letters, max(0, at - 12), at)
    return bool(label and label[0].strip() and _type_before(letters, at)[0])


def _number(match: re.Match[str]) -> str:
    if match["party"]:
        return f"{match['sequence']}-{clean_notation(match['party'])}"
    return f"{match['sequence']}/{clean_notation(match['office'])}"


def _type_before(letters: str, at: int) -> tuple[str | None, int]:
    """Return the type named right before a number at `at`, and where the citation begins."""
    label = _LABEL.search(letters, max(0, at - 12), at)
    end = label.start() if label else len(letters[:at].rstrip())
    start = label.end() if label else at
    window = letters[max(0, end - 30) : end]
    for bare, name in _names():
        if window.endswith(bare) and not window[: -len(bare)][-1:].isalnum():
            return name, end - len(bare)
    return None, start


def _law_before(text: str, letters: str, at: int, start: int) -> tuple[str | None, int]:
    """Return the type of a law whose name stands before its number: "Luật Giáo dục số 43/…"."""
    window = letters[max(0, at - _LONGEST_LAW) : at]
    named = _LAW.search(window)
    if named is None:
        return None, start
    begin = at - len(window) + named.start("kind")
    kind = next(name for bare, name in _names() if bare == " ".join(named["kind"].split()))
    return (kind, begin) if text[begin].isupper() else (None, start)


def _date_before(letters: str, start: int) -> str | None:
    """Return the date of "Ngày 12/3/2012, Bộ Y tế đã ban hành Công văn số …", None if not so."""
    begin = max(letters.rfind("\n", 0, start), letters.rfind(". ", 0, start)) + 1
    window = letters[max(begin, start - 160) : start]
    if not _ISSUED.search(window):
        return None
    found = [place.start() for place in re.finditer(r"\bng[aà]y\s", window)]
    return _date_after(window, found[-1])[0] if found else None


def _date_after(letters: str, at: int) -> tuple[str | None, int]:
    """Return the date right after a number, None if there is none or no such day; and its end."""
    if not (found := _DATE.match(letters, at)):
        return None, at
    try:
        date = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None, found.end()
    return date.isoformat(), found.end()


def _issuer_after(text: str, letters: str, at: int) -> tuple[str | None, int]:
    """Return the organ after "của", up to a word that cannot belong to its name; and its end."""
    if not (of := _OF.match(letters, at)):
        return None, at
    end = _end_of_issuer(text, letters, of.end())
    name = re.sub(r"(?:\s+(?:và|va|các))?[\s,.;:–“\"(-]*$", "", text[of.end() : end])
    if not name or not name[0].isupper() or len(name) > _LONGEST_ISSUER:
        return None, at
    return " ".join(name.split()), of.end() + len(name)


def _issuer_before(text: str, letters: str, at: int) -> str | None:
    """Return the organ of "đề nghị của Sở Tài chính tại Tờ trình số …", None if not so cited."""
    begin = max(0, at - _LONGEST_ISSUER)
    if not (place := _AT.search(letters, begin, at)):
        return None
    starts = [of.end() for of in _BEFORE_ISSUER.finditer(letters, begin, place.start())]
    for start in reversed(starts):
        name = " ".join(text[start : place.start()].split())
        if not name[:1].isupper() or ";" in name:
            continue
        # "Thể thao và Du lịch" is the end of "Sở Văn hóa, Thể thao và Du lịch".
        if letters[start - 2] != "," or _begins_organ(name):
            return name
    return None


def _begins_organ(name: str) -> bool:
    head = find_head(folded_words(name), 0)
    return begins_with_post(name) or bool(head and head.starts)


def _end_of_issuer(text: str, letters: str, begin: int) -> int:
    """Return where the name of an organ that begins at `begin` ends.

    Words that end it are in small letters, with their own marks or with none: "giao" and "tại" do,
    "Bộ Giao thông vận tải" goes on; of two and more words wrong marks are taken too ("phé duyét"),
    since no name holds them. A comma ends it, but for lists of fields: "Bộ Văn hóa, Thể
    thao và Du lịch".
    """
    if whole := _WHOLE.match(text, begin):
        khoa = _TERM.match(text, whole.end())
        return khoa.end() if khoa else whole.end()
    for stop in _ends().finditer(letters, begin):
        if stop["more"] and not text[stop.end("more") - 1].islower():
            continue
        if stop["word"] and not _is_end(text[slice(*stop.span("word"))]):
            continue
        if stop[0] == "," and _FIELDS.match(text, stop.end()) and not stop["kind"]:
            continue
        return stop.start()
    return len(text)


def _is_end(word: str) -> bool:
    if word in _end_words() or word in _plain_end_words():
        return True
    # "của Ủy ban nhân dân tỉnh Ban hành Quy chế …": no field has such a name.
    return " " in word and (word.islower() or word[:1].lower() + word[1:] in _end_words())


def _best_type(kind: str | None, number: str) -> str | None:
    """Return the named type, or what the notation tells where only "văn bản" or nothing is said."""
    if kind is not None and kind != _GENERAL:
        return kind
    notation = re.split(r"[/-]", number, maxsplit=1)[1]
    coded = type_of_notation(notation)
    return coded.name if coded else kind


def _share_backwards(found: list[Citation]) -> None:
    """Give the date and issuer of the last of a list to those before that have none."""
    last = found[-1]
    for at in range(len(found) - 2, -1, -1):
        before = found[at]
        if before.end > found[at + 1].start or before.issuer:
            break
        found[at] = replace(before, date=before.date or last.date, issuer=last.issuer)
        if before.doc_type != last.doc_type or before.start != found[at].start:
            break


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Return (plain letters, name) of every type, the longest first."""
    names = {plain(kind.name): kind.name for kind in all_types()}
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


@cache
def _end_words() -> frozenset[str]:
    return frozenset(row["text"] for row in rows("issuer_ends"))


@cache
def _plain_end_words() -> frozenset[str]:
    return frozenset(map(plain, _end_words()))


@cache
def _ends() -> re.Pattern[str]:
    """Return the pattern that may end an issuer's name: a mark, a word, another document's type."""
    words = sorted(map(plain, _end_words()), key=len, reverse=True)
    kinds = "|".join(re.escape(bare) for bare, _ in _names())
    return re.compile(
        rf"[;.:()“”\"\n]|(?:,|\sva)\s+(?:cac\s+)?(?P<kind>{kinds})\b"
        rf"|,|\sva(?P<more>\s\w)|\s(?P<word>{'|'.join(map(re.escape, words))})\b"
    )
