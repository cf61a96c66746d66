# SPDX-License-Identifier: Apache-2.0
"""Snap words to the domain dictionary: formulas, agencies, types, places (rapidfuzz).

Right text is never bent to a formula that it only resembles: "Sở Nội vụ" is not "Bộ Nội vụ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from pipeline.dictionary import rows
from pipeline.likeness import key
from pipeline.repair.changes import Change
from pipeline.repair.kinds import abbreviations
from pipeline.repair.syllables import has_marks, is_real
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from collections.abc import Sequence

_CORE = re.compile(r"^(?P<lead>[^\w&@¢]*)(?P<core>.*?)(?P<tail>(?:[^\w&@¢]|_)*)$", re.DOTALL)
# The best phrase has to be so much more alike than the next that is worded differently.
_ALMOST = 0.95
_MARGIN = 0.03
# Formulas of few letters meet by chance.
_SHORT_KEY = 9


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of some kinds with their keys.

    Attributes:
        phrases: as written, capitals included.
        keys: what is compared, one a phrase.
        fixed: the zone can hold nothing else (motto, type, post), so marks may be overruled.
        least: how alike words have to be.
        pair: in a garbled page, how alike each word has to be.
    """

    phrases: tuple[str, ...]
    keys: tuple[str, ...]
    fixed: bool
    least: float
    pair: float

    @staticmethod
    def of(phrases: Sequence[str], *, fixed: bool, least: float, pair: float = 0.4) -> Lexicon:
        """Return a lexicon; doubles that differ in capitals only are kept once."""
        unique = tuple({phrase.lower(): phrase for phrase in phrases if phrase}.values())
        return Lexicon(unique, tuple(map(key, unique)), fixed, least, pair)


@cache
def formulas(*kinds: str) -> tuple[str, ...]:
    """Return the phrases of some kinds, the archivist's own among them."""
    return tuple(
        row["phrase"]
        for table in ("custom", "phrases")
        for row in rows(table)
        if row["kind"] in kinds
    )


@cache
def agencies() -> tuple[str, ...]:
    """Return the names of agencies, the archivist's own among them."""
    return (*formulas("agency"), *(row["name"] for row in rows("agencies")))


@cache
def lexicon(name: str) -> Lexicon:
    """Return a lexicon by the name of its zone."""
    organs = (*agencies(), *formulas("body_signing"), "Thủ tướng Chính phủ")
    makers = {
        "motto": lambda: Lexicon.of(formulas("country", "slogan"), fixed=True, least=0.72),
        "type": lambda: Lexicon.of(formulas("type"), fixed=True, least=0.84),
        "label": lambda: Lexicon.of(formulas("label"), fixed=True, least=0.8),
        "organ": lambda: Lexicon.of(organs, fixed=False, least=0.86),
        "signing": lambda: Lexicon.of(
            (*formulas("post", "body_signing"), *agencies()), fixed=True, least=0.84
        ),
        "recipient": lambda: Lexicon.of(
            (*formulas("recipient"), *agencies()), fixed=False, least=0.86
        ),
        "cited": lambda: Lexicon.of(
            [row["name"] for row in rows("document_types")], fixed=False, least=0.84
        ),
        "heading": lambda: Lexicon.of(
            (*formulas("heading", "unit"), *agencies()), fixed=False, least=0.82
        ),
        "place": lambda: Lexicon.of(_places(), fixed=False, least=0.88),
        "own": lambda: Lexicon.of(
            [row["phrase"] for row in rows("custom") if " " in row["phrase"]],
            fixed=False,
            least=0.88,
            pair=0.62,
        ),
    }
    return makers[name]()


def _places() -> tuple[str, ...]:
    """Return "huyện Lục Nam" for each place, and names without their kind."""
    custom = formulas("place")
    full = tuple(f"{row['kind']} {row['name']}" for row in rows("places"))
    return (*custom, *full, *(row["name"] for row in rows("places") if row["kind"] != "xã"))


def core(word: str) -> str:
    """Return a word without the punctuation around it."""
    match = _CORE.match(word)
    return match["core"] if match else word


def snap(
    words: Sequence[str], span: tuple[int, int], known: Lexicon, *, garbled: bool, rule: str
) -> list[Change]:
    """Return the changes that make the words of a span the phrase they look most like.

    Nothing if no phrase is alike enough, if two are, if the words are right already, or if one of
    them is a real word that the phrase does not have.
    """
    first, last = span
    places = [place for place in range(first, last + 1) if core(words[place])]
    if not places:
        return []
    seen = [core(words[place]) for place in places]
    found = best(seen, known, garbled=garbled)
    if found is None:
        return []
    phrase, score = found
    wanted = [core(word) for word in phrase.split() if core(word)]
    # The capitals of "Độc lập - Tự do" are the formula's own, elsewhere they are the writer's.
    if rule != "motto" or phrase.isupper():
        wanted = _in_case(wanted, seen)
    if not _compatible(seen, wanted, known, garbled=garbled, score=score):
        return []
    if len(seen) == len(wanted):
        return [
            Change(place, place, words[place].replace(old, new, 1), score, rule)
            for place, old, new in zip(places, seen, wanted, strict=True)
            if fold_tone_placement(old) != fold_tone_placement(new)
        ]
    return _joined(words, places, phrase, wanted, Change(first, last, "", score, rule))


def best(seen: Sequence[str], known: Lexicon, *, garbled: bool = False) -> tuple[str, float] | None:
    """Return the phrase most like some words, and how alike; None if it is not clear which."""
    wanted = key(" ".join(seen))
    least = known.least
    if garbled and not known.fixed:
        # What is less alike the decoder reads better: it knows the sentence.
        least = max(least, _ALMOST)
    elif len(wanted) < _SHORT_KEY and not known.fixed:
        least = max(least, 0.88)
    found = process.extract(
        wanted, known.keys, scorer=fuzz.ratio, limit=8, score_cutoff=100 * (least - _MARGIN)
    )
    ranked = [(score / 100, known.phrases[place]) for _, score, place in found]
    if not ranked or ranked[0][0] < least:
        return None
    text = fold_tone_placement(" ".join(seen)).lower()
    # Words that are right as they stand decide between phrases of the same letters.
    ranked.sort(key=lambda pair: (-pair[0], _spelled(pair[1]) != text))
    top = ranked[0]
    rivals = [score for score, phrase in ranked[1:] if _spelled(phrase) != _spelled(top[1])]
    if rivals and top[0] - rivals[0] < _MARGIN and _spelled(top[1]) != text:
        return None
    return top[1], top[0]


def _spelled(phrase: str) -> str:
    words = [core(word) for word in phrase.split() if core(word)]
    return fold_tone_placement(" ".join(words)).lower()


def _in_case(wanted: list[str], seen: Sequence[str]) -> list[str]:
    """Return the words of a phrase with the capitals that were seen: they are the writer's own."""
    text = "".join(seen)
    if sum(map(str.isupper, text)) > 0.85 * sum(map(str.isalpha, text)) > 0:
        return [word.upper() for word in wanted]
    if all(word.isupper() for word in wanted):
        wanted = [word.lower() for word in wanted]
    if len(wanted) != len(seen):
        return [_first_like(wanted[0], seen[0]), *wanted[1:]]
    return [_first_like(word, old) for word, old in zip(wanted, seen, strict=True)]


def _first_like(word: str, old: str) -> str:
    """Return `word` with a first letter of the case of the first of `old`, if that is a letter."""
    if not old[:1].isalpha() or word.isupper():
        return word
    first = word[:1].upper() if old[:1].isupper() else word[:1].lower()
    return first + word[1:]


def _compatible(
    seen: Sequence[str], wanted: Sequence[str], known: Lexicon, *, garbled: bool, score: float
) -> bool:
    """Return whether nothing that was read speaks against the phrase."""
    if len(seen) != len(wanted):
        return _same_run(seen, wanted) or (garbled and score >= 0.93)
    pairs = [
        (old, new)
        for old, new in zip(seen, wanted, strict=True)
        if fold_tone_placement(old.lower()) != fold_tone_placement(new.lower())
    ]
    if not all(_may_be(old, new, known, garbled=garbled) for old, new in pairs):
        return False
    return garbled or known.fixed or 2 * len(pairs) <= len(seen)


def _same_run(seen: Sequence[str], wanted: Sequence[str]) -> bool:
    """Return whether words are those of the phrase, but split where no word ends: `Nh ư trên`."""
    pieces = [piece for word in seen for piece in re.split(r"[\W\d_]+", word) if piece]
    letters = fold_tone_placement("".join(pieces)).lower()
    ours = [piece for word in wanted for piece in re.split(r"[\W\d_]+", word) if piece]
    broken = [piece for piece in pieces if not is_real(piece) and piece not in abbreviations()]
    return letters == fold_tone_placement("".join(ours)).lower() and bool(broken)


def _may_be(old: str, new: str, known: Lexicon, *, garbled: bool) -> bool:
    """Return whether a word that was read may be a misreading of a word of the phrase."""
    if (old.isdigit() and len(old) > 1) or old in abbreviations():
        return False
    same_letters = key(old) == key(new)
    if garbled:
        return same_letters or fuzz.ratio(key(old), key(new)) >= 100 * known.pair
    if is_real(old):
        # A real word with other letters or, outside fixed zones, with other marks stays.
        return same_letters and (known.fixed or not has_marks(old))
    # A name or an abbreviation that no list holds ("NHCSXH") is not a misread word.
    unknown = sum(map(str.isupper, old)) > 1 and not known.fixed
    return same_letters or (not unknown and fuzz.ratio(key(old), key(new)) >= 50)


def _joined(
    words: Sequence[str], places: list[int], phrase: str, wanted: list[str], shape: Change
) -> list[Change]:
    """Return one change that puts the whole phrase for words that were split or glued."""
    first, last = places[0], places[-1]
    lead, tail = _CORE.match(words[first]), _CORE.match(words[last])
    if lead is None or tail is None:
        return []
    cores = iter(wanted)
    text = " ".join(
        part.replace(core(part), next(cores), 1) if core(part) else part for part in phrase.split()
    ).rstrip(".,;:")
    return [Change(first, last, lead["lead"] + text + tail["tail"], shape.score, shape.rule)]
