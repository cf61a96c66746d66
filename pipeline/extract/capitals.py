# SPDX-License-Identifier: Apache-2.0
"""Capitals to sentence case: "UBND THÀNH PHỐ ĐÀ NẴNG" -> "UBND thành phố Đà Nẵng".

NĐ 30/2020, Phụ lục II: a capital for the first syllable of an organ's kind and of its field, and
for every syllable of a place. Only the case changes, never a letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.dictionary import rows
from pipeline.likeness import plain
from pipeline.vietnamese import fold_tone_placement, is_syllable

_MARKS = ".,;:()\"'“”"
# Names of the highlands are no Vietnamese syllables, but have marks as no abbreviation does.
_MARKED_VOWEL = re.compile(r"[^\W\dA-Za-zĐđƯư]")
# After these words a field goes on with a capital: "Văn hóa, Thể thao và Du lịch".
_JOINING = frozenset(("và", "-", "–"))


@dataclass(frozen=True, slots=True)
class Head:
    """The words that begin an organ's name.

    Attributes:
        words: lower case, tone placement folded.
        cased: the same words with their capitals.
        starts: whether an organ's name can begin here, so that a new line is a new organ.
        inside: whether it begins a part inside a name too: "vụ" does not in "Sở Nội vụ".
        follows: "capital" (a field follows), "place" (a place follows), "keep" (nothing does).
        unless: words that must not follow: "Phòng, chống", "Bộ đội".
    """

    words: tuple[str, ...]
    cased: tuple[str, ...]
    starts: bool
    inside: bool
    follows: str
    unless: frozenset[str]


def sentence_case(text: str) -> str:
    """Return `text`, printed in capitals, as it is written in a sentence; mixed case is kept."""
    words = text.split()
    keys = [_key(word) for word in words]
    cased: list[str] = []
    mode = "capital"
    fresh = True  # the next word begins a field
    while len(cased) < len(words):
        at = len(cased)
        if head := find_head(keys, at):
            numbered = keys[at + len(head.words) : at + len(head.words) + 1]
            cased += _as_head(words[at : at + len(head.words)], head, bool(cased), numbered)
            mode, fresh = head.follows, head.follows == "capital"
            continue
        word = words[at]
        cased.append(_as_word(word, capital=mode == "place" or fresh or not cased))
        fresh = mode != "place" and (keys[at] in _JOINING or word.endswith((",", "-")))
    return " ".join(cased)


def find_head(keys: list[str], at: int) -> Head | None:
    """Return the longest head whose words stand at `at` of the folded words `keys`."""
    for head in _heads().get(keys[at], ()):
        end = at + len(head.words)
        if tuple(keys[at:end]) != head.words or (at and not head.inside):
            continue
        if not (keys[end : end + 1] and keys[end] in head.unless):
            return head
    return None


def folded_words(text: str) -> list[str]:
    """Return the words of `text` as `find_head` wants them."""
    return [_key(word) for word in text.split()]


def _as_head(words: list[str], head: Head, inside: bool, follower: list[str]) -> list[str]:
    """Return the words of a head with its capitals; one that begins the text has one anyway."""
    cased = [_like(word, pattern) for word, pattern in zip(words, head.cased, strict=True)]
    # "Quận 12" is a name as a whole, "quận Gò Vấp" is not (Phụ lục II, III.1).
    if not inside or (follower and follower[0].isdigit()):
        cased[0] = cased[0][:1].upper() + cased[0][1:]
    return cased


def _like(word: str, pattern: str) -> str:
    if not word.isupper() or pattern.isupper():
        return word
    return word.capitalize() if pattern[:1].isupper() else word.lower()


def _as_word(word: str, *, capital: bool) -> str:
    """Return a word of a field or place; abbreviations (GDĐT, TP.HCM, PTNT) stay as they are."""
    bare = word.strip(_MARKS)
    if not bare.isupper() or (len(bare) > 1 and not _is_spoken(bare)):
        return word
    # "ĐỘNG-THƯƠNG": a dash without blanks joins two fields.
    parts = re.split(r"(?<=\w)([-–])(?=\w)", word)
    if len(parts) == 1:
        return _cased(word, capital=capital)
    return "".join(_cased(part, capital=capital or at > 0) for at, part in enumerate(parts))


def _cased(word: str, *, capital: bool) -> str:
    if not capital:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), word)


def _is_spoken(word: str) -> bool:
    """Return whether every part of a word is spoken: "LÂM", "ĐẮK"; not "HĐND", "TƯ"."""
    parts = re.findall(r"[^\W\d_]+", word)
    return bool(parts) and all(is_syllable(part) or _MARKED_VOWEL.search(part) for part in parts)


def _key(word: str) -> str:
    return fold_tone_placement(word.lower().strip(_MARKS))


@cache
def heads_by_plain_words() -> dict[str, tuple[Head, ...]]:
    """Return the heads by their first word without marks, the longest first."""
    table: dict[str, list[Head]] = {}
    for heads in _heads().values():
        for head in heads:
            table.setdefault(plain(head.words[0]), []).append(head)
    return {
        word: tuple(sorted(heads, key=lambda head: -len(head.words)))
        for word, heads in table.items()
    }


@cache
def _heads() -> dict[str, tuple[Head, ...]]:
    """Return the heads by their first word, the longest first."""
    table: dict[str, list[Head]] = {}
    for row in rows("organ_heads"):
        cased = tuple(row["name"].split())
        words = tuple(_key(word) for word in cased)
        head = Head(
            words,
            cased,
            starts=row["starts"] == "yes",
            inside=row["inside"] == "yes",
            follows=row["next"],
            unless=frozenset(row["unless"].split()),
        )
        table.setdefault(words[0], []).append(head)
    return {
        first: tuple(sorted(heads, key=lambda head: -len(head.words)))
        for first, heads in table.items()
    }
