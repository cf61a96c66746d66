# SPDX-License-Identifier: Apache-2.0
"""What must never be changed - numbers, dates, codes, addresses - and the few mends they allow.

A lexicon of code parts mends letters (`90/QD-TTg` -> `90/QĐ-TTg`), grammar mends where only one
reading is possible (`ngày l9/6/2015` -> `19/6/2015`, `S6:` before a number -> `Số:`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.likeness import plain
from pipeline.repair.changes import Change
from pipeline.repair.codes import mend_code, type_codes, without_doubles
from pipeline.repair.glued import pieces
from pipeline.repair.kinds import (
    CODE,
    abbreviations,
    by_plain,
    code_parts,
    kind_of,
)
from pipeline.repair.number_grammar import NGAY, number_changes
from pipeline.repair.syllables import has_marks, is_real

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DATE = re.compile(r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W*$")
_NUMBER = re.compile(r"^\d{1,6}[a-zđ]?(?:/|$)")
# What stands behind a number or date of a document without a mark: "ngày", "của".
_BEHIND = re.compile(r"^(?:ng[a-z]{1,2}y|c[a-z]{1,3}a)$")
_REPORT = re.compile(r"^b(?:[íiứl]|/)[cC]\)(?P<end>[.,:;]?)$")
# What "số" is read as: `s6`, `sé`, `sô`, `sb`.
_SO = re.compile(r"^s[o06eéab&]?$")


# Shorter ones with a mark may be words of a heading.
_LONG = 4


@cache
def _short() -> dict[str, str | None]:
    return by_plain(abbreviations() | {part for part in code_parts().values() if part})


def code_changes(words: Sequence[str], garbled: bool) -> list[Change]:
    """Return the mends inside codes, dates and abbreviations, and of the words before them.

    What is glued to a code or a date is taken apart first, so that a change may hold blanks.
    """
    apart = [pieces(word) for word in words]
    loose = [piece for found in apart for piece in found]
    changes = _loose_changes(loose, garbled)
    if len(loose) == len(words):
        return changes
    return _together(apart, loose, changes)


def _loose_changes(words: Sequence[str], garbled: bool) -> list[Change]:
    changes: list[Change] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        following = words[place + 1] if place + 1 < len(words) else ""
        # English writes "No. 82/2023/ND-CP".
        mended = word if before in ("No.", "no.") else mend_code(word)
        if mended == word:
            mended = _mend_abbreviation(word, garbled)
        mended = _without_stop(_copy(mended, before), before, following)
        if mended != word:
            changes.append(Change(place, place, mended, 0.98, "code"))
        elif _is_authority(word, before, following):
            changes.append(Change(place, place, word[:-1] + ".", 0.95, "authority"))
        changes += number_changes(words, place)
        label = _label(word, following, words[place + 2] if place + 2 < len(words) else "")
        if label:
            # "SO" and "NGAY" of a heading in capitals.
            capitals = before.isupper() and word.isupper() and sum(map(str.isalpha, word)) > 1
            label = label.upper() if capitals else label
            changes.append(Change(place, place, label, 0.97, "label"))
    return changes


def _together(
    apart: Sequence[Sequence[str]], loose: Sequence[str], changes: Sequence[Change]
) -> list[Change]:
    """Return changes of the words, made of those of their pieces and of the blanks between."""
    owner = [number for number, found in enumerate(apart) for _ in found]
    by_piece: dict[int, Change] = {}
    for change in changes:
        span = range(change.first, change.last + 1)
        if not any(place in by_piece for place in span):
            by_piece.update(dict.fromkeys(span, change))
    spans: list[tuple[int, int]] = []
    for first, last, text in _steps(by_piece, loose):
        begin, end = owner[first], owner[last]
        if spans and begin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif text is not None or len(apart[begin]) > 1:
            spans.append((begin, end))
    return [_joined(span, owner, loose, by_piece) for span in spans]


def _steps(
    by_piece: Mapping[int, Change], loose: Sequence[str]
) -> Iterator[tuple[int, int, str | None]]:
    """Yield first and last of what changes together, with its new text; None if it stays."""
    place = 0
    while place < len(loose):
        change = by_piece.get(place)
        last = change.last if change else place
        yield place, last, change.text if change else None
        place = last + 1


def _joined(
    span: tuple[int, int],
    owner: Sequence[int],
    loose: Sequence[str],
    by_piece: Mapping[int, Change],
) -> Change:
    own = [place for place, number in enumerate(owner) if span[0] <= number <= span[1]]
    texts = [
        loose[first] if text is None else text
        for first, _, text in _steps(by_piece, loose)
        if first in own
    ]
    made = [by_piece[place] for place in own if place in by_piece]
    score = min((change.score for change in made), default=0.97)
    rule = made[0].rule if made and len(own) == 1 else "code"
    return Change(*span, " ".join(texts), score, rule)


def _copy(word: str, before: str) -> str:
    """Return "b/c);" behind "(để", read as `bíc);` or `bức):`: "để báo cáo" of Nơi nhận."""
    match = _REPORT.match(word) if plain(before) in {"(de", "de"} else None
    return "b/c)" + match["end"].replace(":", ";") if match else word


def _without_stop(word: str, before: str, following: str) -> str:
    """Return a code or date without the stop that was read behind it.

    None stands there before "ngày" and "của", nor behind "Số: …" (NĐ 30/2020, Phụ lục I, II.3).
    """
    if (
        not word.endswith(".")
        or not word[-2:-1].isalnum()
        or not (CODE.match(word) or _DATE.match(word))
    ):
        return word
    goes_on = _BEHIND.match(plain(following)) and following[:1].islower()
    numbered = before == "Số:" and CODE.match(word)
    return word[:-1] if goes_on or numbered else word


@cache
def _authorities() -> frozenset[str]:
    """Return how authorities to sign are written, "KT." (NĐ 30/2020, Phụ lục I, II.7a)."""
    return frozenset(row["text"] for row in rows("authorities") if row["kind"] == "authority")


def _is_authority(word: str, before: str, following: str) -> bool:
    """Return whether "KT," stands before a post in capitals, and not among abbreviations."""
    listed = before.endswith(",") or kind_of(following) == "abbreviation"
    return word.endswith(",") and word[:-1] + "." in _authorities() and (
        following.isupper() and not listed
    )  # fmt: skip


def _mend_abbreviation(word: str, garbled: bool) -> str:
    """Return an abbreviation as the lexicon has it.

    `HDND` is `HĐND` only where the reader knew no Đ; `ƯBND` and `LĐĐTBXH` are wrong everywhere.
    """
    core = word.strip(".,;:()“”\"'")
    if len(core) < 2 or not core.isupper() or core in abbreviations() or is_real(core):
        return word
    if not core.isascii():
        single = without_doubles(core)
        known = single if single in abbreviations() else _short().get(plain(core).upper())
        long = len(core) >= _LONG and has_marks(core) and known in abbreviations()
        return word.replace(core, known) if long and known else word
    known = _short().get(core)
    if not garbled or known is None or not known.isupper():
        return word
    # Two letters are too few, but for types: "QD" is "QĐ".
    if len(core) == 2 and (known not in type_codes() or known[0] != core[0]):
        return word
    return word.replace(core, known)


def _label(word: str, following: str, after: str) -> str | None:
    """Return "số" or "ngày" for what stands before a code or a date, None if it is neither."""
    core = word.rstrip(":;.,")
    tail = word[len(core) :]
    bare = plain(core)
    coded = CODE.match(following) and (following[:1].isdigit() or tail == ":")
    split = _NUMBER.match(following) and following.isdigit() and after.startswith("/")
    head = tail == ":" and following[:1].isdigit()
    if _SO.match(bare) and core not in ("s", "S") and (coded or split or head):
        right = "Số" if core[0].isupper() else "số"
    elif NGAY.match(bare) and _DATE.match(following):
        right = "Ngày" if core[0].isupper() else "ngày"
    else:
        return None
    # "sổ" is a word of its own; leave what means something else.
    if has_marks(core) and is_real(core) and core.lower() not in ("sô", "sé", "só"):
        return None
    return right + tail if core != right else None
