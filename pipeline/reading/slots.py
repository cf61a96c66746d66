# SPDX-License-Identifier: Apache-2.0
"""Where number, day and month stand in the head: between words that are always printed.

NĐ 30/2020, Phụ lục I, II.3–4: "Số: … /QĐ-UBND" and "…, ngày … tháng … năm …". What is written into
these slots by hand runs into the words beside it, and readers give both as one. So the words are
cut at the width that their own letters have in Times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal

from pipeline.likeness import plain
from pipeline.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Line

Kind = Literal["number", "day", "month"]

# Advance widths of Times in thousandths of its size; what is not listed has 500, as digits do.
_WIDTHS = {
    **dict.fromkeys("/:;.,il|", 278), **dict.fromkeys("t!", 278), "-": 333, "–": 500, "I": 333,
    **dict.fromkeys("aăâceáàảãạ", 444), "m": 778, **dict.fromkeys("Ss", 389), "S": 556,
    **dict.fromkeys("ADĐGHKNOÔƠQRUƯVXY&", 722), **dict.fromkeys("BC", 667),
    **dict.fromkeys("ELT", 611), "M": 889, "P": 556, "W": 944,
}  # fmt: skip

# Tesseract makes many things of "Số:", but never these: "Sở", "Sáng".
_LABEL = re.compile(r"^\W*(?P<label>[Ss][ôốóòỏõọồổộáàảéo0o]\s?[:.;,]?)(?P<rest>(?![^\W\d_]{2}).*)$")
# "Số:" as some other short word: believed before "/QĐ-UBND" alone.
_MISREAD_LABEL = re.compile(r"^\W*(?P<label>[^\W_]{1,3}\s?[:;])(?P<rest>.*)$")
_NOTATION = re.compile(r"^(?P<prefix>[^/]*?)(?P<anchor>/\s?(?:(?:19|20)\d\d/)?[A-ZĐ][\w&/–-]+.*)$")
# The Party's: "05-CT/TU" (Hướng dẫn 36-HD/VPTW).
_PARTY_NOTATION = re.compile(
    r"^(?P<prefix>[^/A-ZĐ]*?)(?P<anchor>[-–—]\s?[A-ZĐ][A-Za-zĐđ]{0,4}\s?/\s?[A-ZĐ][\w.-]*)$"
)
_WITHOUT_SLASH = re.compile(r"^(?P<prefix>[^A-ZĐ/]{0,4}?)(?P<anchor>[A-ZĐ]{2,}\w*-[A-ZĐ]\w+.*)$")
# What is written into a slot may have taken the last letter with it: "ngàw‡†" for "ngày 11".
_DAY_WORD = re.compile(r"^\W*(?P<anchor>ng[a-z]{1,2})(?P<rest>(?![a-z]{2}).*)$")
_MONTH_WORD = re.compile(r"^(?P<prefix>.*?)(?P<anchor>th[a-z]ng)(?P<rest>.*)$")
_YEAR_WORD = re.compile(r"^(?P<prefix>.*?)(?P<anchor>n[a-z]m)\W*$")
_YEAR = re.compile(r"^\W*(?:19|20)\d\d\W*$")
# "Số:" begins its line, or follows a stroke; a place has at most so many words.
_LABEL_AMONG, _LONGEST_PLACE = 2, 5
# Sizes of the head's letters, in points; what comes out otherwise was measured wrongly.
_SMALLEST, _LARGEST = 9.0, 26.0
# How wide a slot may be, in letter sizes; the number's may hold ". . . . ." all along.
_WIDEST = {"number": 9.0, "day": 4.5, "month": 4.5}
_NARROWEST = 0.35


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a line, and what the reader of the page saw in it.

    Attributes:
        kind: what belongs there.
        first, last: the words beside the slot, by their place in the line: the same one if
            they were read as one word.
        before, after: what those words really are.
        seen: what was read between them.
        box: of the slot, in points, as high as the line.
        size: of the letters, in points.
    """

    kind: Kind
    first: int
    last: int
    before: str
    after: str
    seen: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class _Printed:
    """A word as read, and its box."""

    text: str
    box: Box


def find_slots(line: Line) -> tuple[Slot, ...]:
    """Return the slots of a line of the head, from left to right."""
    words = [_Printed(word.text, word.box) for word in line.words if word.box is not None]
    if len(words) < len(line.words):
        return ()
    return tuple(slot for slot in (*_number(words), *_date(words)) if _is_likely(slot))


def _is_likely(slot: Slot) -> bool:
    return _NARROWEST * slot.size <= slot.box.width <= _WIDEST[slot.kind] * slot.size


def width_of(text: str) -> float:
    """Return how wide `text` is set in Times, in letter sizes."""
    return sum(_WIDTHS.get(char, 500) for char in text) / 1000


def _number(words: Sequence[_Printed]) -> Iterator[Slot]:
    """Yield the slot between "Số:" and the notation."""
    for first, word in enumerate(words[:_LABEL_AMONG]):
        label = _LABEL.match(word.text)
        sure = label is not None
        label = label or _MISREAD_LABEL.match(word.text)
        if label is None:
            continue
        before = label["label"] if sure else "Số:"
        for last in range(first, min(first + 5, len(words))):
            text = words[last].text if last > first else label["rest"]
            notation = _first_match(text, _PARTY_NOTATION, _NOTATION, _WITHOUT_SLASH)
            if notation is None or not (sure or "-" in notation["anchor"]):
                continue
            anchor = notation["anchor"]
            after = anchor if anchor[0] in "/-–—" else f"/{anchor}"
            alone = not notation["prefix"] and last > first
            size = _size([
                (words[last], anchor, alone),
                (word, before, not (alone or label["rest"])),
            ])  # fmt: skip
            left = _right_of(word, before, label["rest"], size)
            right = _left_of(words[last], after, notation["prefix"] or anchor != after, size)
            inner = [label["rest"]] if last > first else []
            inner += [other.text for other in words[first + 1 : last]] + [notation["prefix"]]
            yield _slot("number", words, (first, last), (before, after), inner, (left, right), size)
            return


def _first_match(text: str, *patterns: re.Pattern[str]) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.match(text))), None)


def _date(words: Sequence[_Printed]) -> Iterator[Slot]:
    """Yield the slots between "ngày", "tháng" and "năm"."""
    letters = [plain(word.text) for word in words]
    for first in _day_words(words, letters):
        day = _DAY_WORD.match(letters[first])
        month_at = _first(letters, first, _MONTH_WORD)
        if month_at is None:
            continue
        month = _MONTH_WORD.match(letters[month_at])
        year_at = _year_at(letters, month_at)
        if month is None or year_at is None:
            continue
        size = _size([
            (words[first], "ngày", day is not None and not day["rest"]),
            (words[month_at], "tháng", not month["prefix"] and not month["rest"]),
            (words[year_at], "năm", letters[year_at] == "nam"),
        ])  # fmt: skip
        yield _between(words, (first, month_at), ("ngày", "tháng"), "day", size)
        yield _between(words, (month_at, year_at), ("tháng", "năm"), "month", size)
        return


def _day_words(words: Sequence[_Printed], letters: Sequence[str]) -> list[int]:
    """Return where "ngày" may stand: what reads so, else whatever follows a place in its stead."""
    places = [at for at in range(len(words)) if _follows_a_place(words, at)]
    read = [at for at in places if _DAY_WORD.match(letters[at])]
    return read or [at for at in places if not _MONTH_WORD.match(letters[at])]


def _follows_a_place(words: Sequence[_Printed], at: int) -> bool:
    """Return whether a place stands before a word: "Quảng Ngãi, ngày", not "Căn cứ Luật … ngày"."""
    before = [word.text for word in words[max(0, at - _LONGEST_PLACE) : at]]
    if not before or not before[-1].endswith((",", ".")):
        return False
    return before[-1][0].isupper() or before[-1][0].isdigit()


def _first(letters: Sequence[str], start: int, pattern: re.Pattern[str]) -> int | None:
    """Return the first of the next four words that a pattern fits."""
    found = (at for at in range(start, min(start + 4, len(letters))) if pattern.match(letters[at]))
    return next(found, None)


def _year_at(letters: Sequence[str], month_at: int) -> int | None:
    """Return where "năm" stands: it may hang on "tháng", or be read badly before the year."""
    found = _first(letters, month_at, _YEAR_WORD)
    if found is not None:
        return found
    year = _first(letters, month_at, _YEAR)
    return year - 1 if year is not None and year - 1 > month_at else None


def _between(
    words: Sequence[_Printed],
    at: tuple[int, int],
    anchors: tuple[str, str],
    kind: Kind,
    size: float,
) -> Slot:
    """Return the slot between two printed words, each of which may have swallowed some of it."""
    first, last = at
    before, after = anchors
    one = first == last
    glued_left = "" if one else _without_head(words[first].text, before)
    glued_right = "" if one else _without_tail(words[last].text, after)
    ends = not one and plain(words[first].text).endswith(plain(before)) and kind == "month"
    left = _right_of(words[first], before, one or glued_left, size)
    if ends and not plain(words[first].text).startswith(plain(before)):
        left = words[first].box.x1  # "#tháng": the slot before it is in the same word
    right = _left_of(words[last], after, one or glued_right, size)
    inner = [glued_left, *(word.text for word in words[first + 1 : last]), glued_right]
    return _slot(kind, words, at, anchors, inner, (left, right), size)


def _without_head(text: str, anchor: str) -> str:
    """Return what follows an anchor in a word: "ngày05" -> "05"; "ngày" -> ""."""
    found = re.search(re.escape(plain(anchor))[:-1], plain(text))
    start = found.start() + len(anchor) if found else len(anchor)
    return text[start:].strip()


def _without_tail(text: str, anchor: str) -> str:
    """Return what stands before an anchor in a word: "26tháng" -> "26", "tháng/năm" -> ""."""
    letters, wanted = plain(text), plain(anchor)
    if letters.startswith(wanted):
        return ""
    return text[: max(0, len(text.rstrip(".,;:")) - len(anchor))].strip()


def _slot(  # noqa: PLR0913, PLR0917 - what a slot is made of
    kind: Kind,
    words: Sequence[_Printed],
    at: tuple[int, int],
    anchors: tuple[str, str],
    inner: Sequence[str],
    edges: tuple[float, float],
    size: float,
) -> Slot:
    middle = median(words[place].box.centre[1] for place in at)
    box = Box(edges[0], middle - size / 2, max(edges), middle + size / 2)
    seen = " ".join(part for part in inner if part)
    return Slot(kind, *at, *anchors, seen, box, size)


def _size(anchors: Sequence[tuple[_Printed, str, bool]]) -> float:
    """Return the size of the letters, by the widths of printed words that stand by themselves."""
    sizes = [word.box.width / (width_of(text) - 0.05) for word, text, alone in anchors if alone]
    if sizes:
        # A box may hold what its word swallowed without a letter of it: it is never too narrow.
        return min(max(min(sizes), _SMALLEST), _LARGEST)
    heights = [word.box.height for word, _, _ in anchors]
    return min(max(median(heights), _SMALLEST), _LARGEST)


def _right_of(word: _Printed, anchor: str, glued: object, size: float) -> float:
    """Return where a printed word ends that may have swallowed what follows."""
    end = word.box.x0 + width_of(anchor) * size
    return min(end, word.box.x1) if glued else min(word.box.x1, end + 0.25 * size)


def _left_of(word: _Printed, anchor: str, glued: object, size: float) -> float:
    """Return where a printed word begins that may have swallowed what stands before it."""
    if plain(word.text).startswith(plain(anchor)):
        return word.box.x0  # what it has swallowed stands behind it
    start = word.box.x1 - width_of(anchor) * size
    return max(start, word.box.x0) if glued else max(word.box.x0, start - 0.25 * size)
