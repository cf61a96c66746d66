# SPDX-License-Identifier: Apache-2.0
"""Which formulas belong where: the changes that each role of block allows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.likeness import find, key, plain
from pipeline.model import Role
from pipeline.repair.changes import Change
from pipeline.repair.kinds import is_protected
from pipeline.repair.phrases import Lexicon, best, core, lexicon, snap
from pipeline.repair.syllables import has_marks, is_real

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.model import Block

Lines = list[tuple[int, int]]

_AUTHORITY = re.compile(r"^(?P<code>TM|KT|TL|TUQ|Q|IM|KI|TI)(?P<mark>[.,:]?)$")
_READ_AS = {"IM": "TM", "KI": "KT", "TI": "TL"}
_MARK = re.compile(r"^(?:[-–+•]|[IVXl|1]{1,4}[.)]?|\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ]\))$")
# A Roman numeral glued to its heading: `V.TỔ CHỨC THỰC HIỆN`.
_GLUED = re.compile(r"^[IVX]{1,4}\.(?=[^\W\d_])")
# Words of a heading that is not in capitals; longer ones are sentences.
_HEADING_WORDS = 22
_KINDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")


def changes_in(block: Block, words: Sequence[str], *, garbled: bool) -> list[Change]:
    """Return the changes that the dictionary makes in a block of this role."""
    lines: Lines = []
    for line in block.lines:
        start = lines[-1][1] + 1 if lines else 0
        lines.append((start, start + len(line.words) - 1))
    zone = _ZONES.get(block.role, _body)
    return zone(words, [span for span in lines if span[1] >= span[0]], garbled)


def _motto(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    """Snap Quốc hiệu and Tiêu ngữ (NĐ 30/2020, Phụ lục I, II.1)."""
    return [
        change
        for first, last in lines
        for change in snap(words, (first, last), lexicon("motto"), garbled=garbled, rule="motto")
    ]


def _organ(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    """Snap organs and places: a line holds one of them, or an organ and then its place."""
    changes: list[Change] = []
    for first, last in lines:
        found = _organ_or_place(words, first, last, garbled)
        if not found:
            for cut in range(first + 1, last):
                head = _organ_or_place(words, first, cut, garbled)
                tail = snap(words, (cut + 1, last), lexicon("place"), garbled=garbled, rule="place")
                if head and tail:
                    found = head + tail
                    break
        changes += found
    return changes


def _organ_or_place(words: Sequence[str], first: int, last: int, garbled: bool) -> list[Change]:
    organ = snap(words, (first, last), lexicon("organ"), garbled=garbled, rule="agency")
    return organ or snap(words, (first, last), lexicon("place"), garbled=garbled, rule="place")


def _place_date(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    """Snap `<place>, ngày … tháng … năm …` (NĐ 30/2020, Phụ lục I, II.4); digits stay."""
    first, last = lines[0][0], lines[-1][1]
    changes: list[Change] = []
    day, *others = _date_words(words, first, last)
    for place, right in zip((day, *others), ("ngày", "tháng", "năm"), strict=False):
        if place <= last and core(words[place]).lower() != right:
            new = right.capitalize() if words[place][0].isupper() else right
            text = words[place].replace(core(words[place]), new)
            changes.append(Change(place, place, text, 0.97, "date"))
    if first < day <= last:
        changes += snap(words, (first, day - 1), lexicon("place"), garbled=garbled, rule="place")
    return changes


def _date_words(words: Sequence[str], first: int, last: int) -> tuple[int, ...]:
    """Return where "ngày", "tháng" and "năm" stand; (last + 1,) if there is no date.

    They are known by their order: "Ngãi" of a place's name is no "ngày".
    """
    bare = [plain(core(words[place])) for place in range(first, last + 1)]
    for month, word in enumerate(bare):
        if not re.fullmatch(r"th[a-z]{1,3}g", word):
            continue
        years = [n for n in range(month + 1, min(month + 4, len(bare)))
                 if re.fullmatch(r"n[a-z]{1,2}m", bare[n])]  # fmt: skip
        days = [n for n in range(max(0, month - 3), month) if _is_day(core(words[first + n]))]
        if years and days:
            return first + days[-1], first + month, first + years[0]
    return (last + 1,)


def _is_day(word: str) -> bool:
    """Return whether a word may be "ngày": another real word ("Ngãi") is none."""
    bare = plain(word)
    other = has_marks(word) and is_real(word) and bare != "ngay"
    return re.fullmatch(r"ng[a-z]{1,2}", bare) is not None and not other


def _title(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    """Snap the type of the document, the first line; the trích yếu is free text."""
    first, last = lines[0]
    found = snap(words, (first, last), lexicon("type"), garbled=garbled, rule="type")
    return found + _within(words, lines, garbled)


def _labelled(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    """Snap the label of a list (`Nơi nhận:`, `Kính gửi:`), then its entries."""
    first, last = lines[0][0], lines[-1][1]
    start = first
    end = min(lines[0][1], first + 1)
    changes = snap(words, (first, end), lexicon("label"), garbled=garbled, rule="label")
    if best([core(word) for word in words[first : end + 1]], lexicon("label")):
        start = end + 1
    known = lexicon("recipient")
    for begin, stop in _entries(words, start, last):
        changes += snap(words, (begin, stop), known, garbled=garbled, rule="agency")
    return changes


def _entries(words: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """Return the parts of a list between semicolons or dashes, the dashes left out."""
    parts: list[tuple[int, int]] = []
    begin = first
    for place in range(first, last + 1):
        dashed = place + 1 < last and words[place + 1] in ("-", "–", "+")
        ended = words[place].endswith((";", "."))
        if ended or place == last or (dashed and words[place + 2][:1].isupper()):
            while begin <= place and not core(words[begin]):
                begin += 1
            if begin <= place:
                parts.append((begin, place))
            begin = place + 1
    return parts


def _signature(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    """Snap authority and post (NĐ 30/2020, Phụ lục I, II.7); the name is left as read."""
    changes: list[Change] = []
    for first, last in lines:
        match = _AUTHORITY.match(words[first])
        start = first
        if match and last > first:
            code = _READ_AS.get(match["code"], match["code"]) + "."
            if words[first] != code:
                changes.append(Change(first, first, code, 0.97, "authority"))
            start = first + 1
        text = " ".join(words[start : last + 1])
        if text.isupper():
            known = lexicon("signing")
            changes += snap(words, (start, last), known, garbled=garbled, rule="post")
    return changes


def _body(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    """Snap headings; within sentences only long names, and those only in a garbled page."""
    if not lines:
        return []
    first, last = lines[0][0], lines[-1][1]
    changes: list[Change] = []
    if len(words) <= _HEADING_WORDS:
        numbered = _MARK.match(words[first]) and last > first
        changes += _heading(words, first + 1 if numbered else first, last, garbled)
    return changes + _within(words, lines, garbled)


def _heading(words: Sequence[str], first: int, last: int, garbled: bool) -> list[Change]:
    """Snap a heading: as a whole, or each of its units between semicolons."""
    known = lexicon("heading")
    found = _snap_glued(words, first, last, known, garbled)
    if found:
        return found
    parts = _entries(words, first, last)
    if len(parts) < 2:
        return []
    return [
        change
        for begin, end in parts
        for change in snap(words, (begin, end), known, garbled=garbled, rule="heading")
    ]


def _snap_glued(
    words: Sequence[str], first: int, last: int, known: Lexicon, garbled: bool
) -> list[Change]:
    """Snap a heading; a numeral glued to its first word gets its blank (Phụ lục I, II.6)."""
    glued = _GLUED.match(words[first])
    if not glued:
        return snap(words, (first, last), known, garbled=garbled, rule="heading")
    loose = [*words]
    loose[first] = words[first][glued.end() :]
    return [
        c._replace(text=f"{glued.group()} {c.text}" if c.first == first else c.text)
        for c in snap(loose, (first, last), known, garbled=garbled, rule="heading")
    ]


def _within(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    """Snap the archivist's own phrases within sentences."""
    cited = _cited(words, garbled)
    known = lexicon("own")
    if not known.phrases:
        return cited
    changes: list[Change] = []
    text = " ".join(words)
    whole = key(text)
    for phrase, wanted in zip(known.phrases, known.keys, strict=True):
        if fuzz.partial_ratio(wanted, whole) >= 100 * known.least:
            for first, last in _everywhere(phrase, words, 0, len(words) - 1, known.least):
                changes += snap(words, (first, last), known, garbled=garbled, rule="custom")
    return cited + sorted(changes, key=lambda change: -change.score)


def _everywhere(
    phrase: str, words: Sequence[str], first: int, last: int, least: float
) -> list[tuple[int, int]]:
    """Return all places among `words[first:last + 1]` that look like `phrase`."""
    text = " ".join(words[first : last + 1])
    span = find(phrase, text, least)
    if span is None:
        return []
    begin = first + text[: span.start].count(" ")
    end = begin + text[span.start : span.end].count(" ")
    return [
        *_everywhere(phrase, words, first, begin - 1, least),
        (begin, end),
        *_everywhere(phrase, words, end + 1, last, least),
    ]


def _cited(words: Sequence[str], garbled: bool) -> list[Change]:
    """Snap the type of a document before its number: `Quyét dinh số 90/QĐ-TTg`."""
    changes: list[Change] = []
    known = lexicon("cited")
    for place in range(1, len(words) - 1):
        if words[place] != "số" or not is_protected(words[place + 1]):
            continue
        spans = [(max(0, place - length), place - 1) for length in (2, 3, 1)]
        for first, last in spans:
            if best([core(word) for word in words[first : last + 1]], known):
                changes += snap(words, (first, last), known, garbled=garbled, rule="type")
                break
    return changes


def _nothing(words: Sequence[str], lines: Lines, garbled: bool) -> list[Change]:
    return []


_ZONES: dict[Role, Callable[[Sequence[str], Lines, bool], list[Change]]] = {
    Role.MOTTO: _motto,
    Role.ORGAN: _organ,
    Role.PLACE_DATE: _place_date,
    Role.TITLE: _title,
    Role.ADDRESSEES: _labelled,
    Role.RECIPIENTS: _labelled,
    Role.SIGNATURE: _signature,
    Role.NUMBER: _nothing,
    Role.PAGE_NUMBER: _nothing,
    Role.RUNNING_HEAD: _nothing,
    Role.ARRIVAL: _nothing,
    Role.NOISE: _nothing,
}
