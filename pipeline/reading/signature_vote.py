# SPDX-License-Identifier: Apache-2.0
"""What a line of a signature says when it was read several times: a post, or a person's name.

Posts are few and known (`dictionaries/authorities.tsv`), names are common to a different degree
(`dictionaries/person_names.tsv`): both weigh in, beside how sure the reader was.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from math import log10
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.dictionary import rows
from pipeline.likeness import alike
from pipeline.model import Word
from pipeline.reading.segments import Segment, box_of
from pipeline.vietnamese import fold_tone_placement, is_syllable

if TYPE_CHECKING:
    from collections.abc import Sequence

# A line that looks so much like a post is one; a word so sure is not asked again.
_POST, SURE = 0.85, 0.75
# A post that was read well enough to be told is print, whatever the reader says of its words.
_TOLD = 0.55
# A name that no reading has is put in if it looks so much like one of them; a person should look
# at it.
_LIKE_NAME, _GUESSED = 0.65, 0.5
# A name that was read counts if all its readings come to this, the common ones more.
_KNOWN = 0.25
# Where the readings differ more than this, the word is no surer than its share of them.
_AGREED = 0.8
# What is never a family name.
_MIDDLE = frozenset(("Thị", "thị"))
# How much the number of persons with a name counts; few family names are those of most people.
_PRIOR = {"surname": 0.4, "middle": 0.3}
# How much less a name fits for each letter that its place is longer or shorter.
_A_LETTER_MORE = 0.6
# A word at the edge of a name that only one reading has counts only if it is as sure as this.
_LONELY = 0.6
_FEWEST_WORDS = 2
_MARK = re.compile(r"(?:^|\W)(?:[TK1X][MLT1I+]|TUQ|TƯQ|Q)\W{0,2}$")
# A stroke between two words of a name.
_STROKE = re.compile(r"[-–/|;:.,‹›<>§]+")
_SPECKS = re.compile(r"^[\W_]+|[\W_]+$")


def bare(text: str) -> str:
    """Return a word without the specks before and behind it."""
    return _SPECKS.sub("", text).replace("ð", "õ")  # no Vietnamese letter, but a tilde on an o


def best_post(texts: Sequence[Segment]) -> Segment | None:
    """Return the reading that looks most like a post behind its mark, None if none does.

    Strokes before and behind it are left out.
    """
    best: tuple[bool, float, float, Segment] | None = None
    agreeing = 0
    for text in texts:
        agreeing += any(_post_at(text, at) >= _POST for at in range(len(text.words)))
        for at in range(len(text.words)):
            likeness = _post_at(text, at)
            if likeness < _POST:
                continue
            marked = at > 0 and bool(_MARK.search(text.words[at - 1].text))
            post = Segment(text.words[at - marked :])
            # "CHỦ TỊCH" fits better than "PHỎ CHỦ TỊCH", but leaves a word unexplained.
            fit = likeness**4 * sum(map(str.isalpha, post.text))
            found = (marked, round(fit, 1), post.confidence, post)
            if best is None or found[:3] > best[:3]:
                best = found
    if best is None:
        return None
    # What only some of the readings have is told, but nobody can rely on it.
    most = 1.0 if 2 * agreeing >= len(texts) else _TOLD
    return Segment(
        tuple(
            replace(word, confidence=min(most, max(word.confidence or 0.0, _TOLD)))
            for word in best[3].words
            if sum(map(str.isupper, word.text)) > 1 or _MARK.search(word.text)
        )
    )


def as_deputy(above: Segment, below: Segment) -> tuple[Segment, Segment] | None:
    """Return the two lines as "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG" if both read as the same post.

    A post stands twice only where the deputy signs for its holder (NĐ 30/2020, Phụ lục I, II.7);
    what stands before it was lost under the seal. None where that cannot be.
    """
    both = [name for name in _posts() if f"phó {name}" in _posts()
            and all(alike(name, line.text) >= _POST for line in (above, below))]  # fmt: skip
    if not both or any(_MARK.search(word.text) for word in above.words):
        return None
    return _with_mark(above, "KT."), _with_mark(below, "PHÓ")


def _with_mark(line: Segment, mark: str) -> Segment:
    box = box_of(line.words[0])
    before = Word(mark, replace(box, x1=box.x0), _GUESSED)
    return Segment((before, *(replace(word, confidence=_GUESSED) for word in line.words)))


def _post_at(segment: Segment, at: int) -> float:
    return post_likeness(" ".join(word.text for word in segment.words[at:]))


@cache
def post_likeness(text: str) -> float:
    """Return how much a line looks like a post or a body, 1 for one that is."""
    line = bare(text)
    if not 3 <= len(line) <= 40 or sum(map(str.isupper, line)) * 2 <= sum(map(str.isalpha, line)):
        return 0.0
    if fold_tone_placement(line.lower()) in _posts():
        return 1.0
    return min(0.99, max(alike(post, line) for post in _posts()))


def is_sure_post(words: Sequence[Word]) -> bool:
    """Return whether the words are a post or body of the table behind its mark, read well."""
    own = words[1:] if words and _MARK.search(words[0].text) else words
    known = post_likeness(" ".join(word.text for word in own)) == 1.0
    return known and all((word.confidence or 0.0) >= SURE for word in words)


def is_sure_name(words: Sequence[Word]) -> bool:
    """Return whether the words are a name with a known family name, each of them read well."""
    return (
        len(words) >= _FEWEST_WORDS
        and bool(_count("surname", words[0].text))
        and all(_is_name_word(word.text) and (word.confidence or 0.0) >= SURE for word in words)
    )


def name_worth(segment: Segment) -> float:
    """Return how much a line looks like a name: the sum over its words; 0 if it is none."""
    words = [word for word in segment.words if _is_name_word(bare(word.text))]
    others = sum(len(word.text) for word in segment.words if word not in words)
    if others > 2 * sum(len(word.text) for word in words) or not _are_enough(words, segment):
        return 0.0
    return sum(map(_word_worth, words)) + 0.5 * bool(_count("surname", bare(words[0].text)))


def _are_enough(words: Sequence[Word], segment: Segment) -> bool:
    """Return whether so many good words make a name: two, or one that is sure beside others."""
    if len(words) >= _FEWEST_WORDS:
        return True
    spoken = [word for word in segment.words if sum(map(str.isalpha, word.text)) > 1]
    return 2 <= len(spoken) <= 4 and len(words) == 1 and (words[0].confidence or 0.0) > SURE


def vote_name(texts: Sequence[Segment]) -> Segment:
    """Return the best reading of a name, its words as most of the readings have them."""
    best = max(texts, key=name_worth)
    letter = _letter_width(best.words)
    capitals = best.text.isupper()
    words: list[Word] = []
    for at, word in enumerate(best.words):
        rivals = [
            other
            for text in texts
            for other in text.words
            if meet(word, other) and _is_cased(bare(other.text), capitals=capitals)
        ]
        edge = at in (0, len(best.words) - 1) and len(texts) > 2
        lonely = edge and len(rivals) == 1 and _word_worth(word) < _LONELY
        twice = bool(words) and meet(words[-1], word)
        if rivals and not lonely and not twice:
            long = box_of(word).width / letter
            chosen = _chosen(rivals, "middle" if words else "surname", long)
            words.append(replace(chosen, box=word.box))
    return Segment(tuple(words)) if words else best


def _is_cased(text: str, *, capitals: bool) -> bool:
    """Return whether a word may be of a name: not in capitals, but for "Y" and "A"."""
    letters = sum(map(str.isalpha, text))
    return text.isupper() if letters < 2 else text.isupper() == capitals


def _letter_width(words: Sequence[Word]) -> float:
    """Return the width of a letter in points, by the words that are read best."""
    sure = [word for word in words if _is_name_word(bare(word.text))] or list(words)
    return sum(box_of(word).width for word in sure) / sum(len(bare(w.text)) or 1 for w in sure)


def part_words(segment: Segment) -> Segment:
    """Return a segment with "Vũ/Đức" and "VũĐức" in two words: a stroke stands for the blank."""
    words: list[Word] = []
    for word in segment.words:
        parted = _unglued(_STROKE.sub(" ", word.text))
        pieces = [bare(piece) for piece in parted.split() if bare(piece)]
        if len(pieces) < 2 or not all(piece.isalpha() and len(piece) > 1 for piece in pieces):
            words.append(word)
            continue
        box, at = box_of(word), 0
        for piece in pieces:
            begin = box.x0 + box.width * at / len(word.text)
            at = min(len(word.text), at + len(piece) + 1)
            end = min(box.x1, box.x0 + box.width * at / len(word.text))
            words.append(replace(word, text=piece, box=replace(box, x0=begin, x1=end)))
    return Segment(tuple(words))


def _unglued(text: str) -> str:
    """Return "VũĐức" as "Vũ Đức": no name has a capital behind a small letter."""
    return "".join(
        f" {char}" if at and char.isupper() and text[at - 1].islower() else char
        for at, char in enumerate(text)
    )


def meet(word: Word, other: Word) -> bool:
    """Return whether two words stand in the same place on the line."""
    if word.box is None or other.box is None:
        return False
    shared = min(word.box.x1, other.box.x1) - max(word.box.x0, other.box.x0)
    return shared > 0.5 * max(word.box.width, other.box.width)


def _chosen(rivals: Sequence[Word], role: str, long: float) -> Word:
    """Return a word of a name: as it was read, else the name that looks like what was read.

    Args:
        rivals: the readings.
        role: "surname", or "middle" for all other words.
        long: how many letters would fill its place.
    """
    if role == "surname" and any(bare(rival.text) in _MIDDLE for rival in rivals):
        return _best_of(rivals)  # the family name stands before and was not read
    known = [rival for rival in rivals if _is_known(role, bare(rival.text))]
    if sum(_word_worth(rival) * _common(role, bare(rival.text)) for rival in known) > _KNOWN:
        return _best_of(known)
    texts = [bare(rival.text).lower() for rival in rivals]
    name = max(_names(role), key=lambda name: _fit(role, name, texts, long))
    if max(_looks(name, text) for text in texts) < _LIKE_NAME:
        return _best_of(rivals)
    nearest = max(rivals, key=lambda rival: _looks(name, bare(rival.text).lower()))
    return replace(nearest, text=name, confidence=_GUESSED)


def _is_known(role: str, text: str) -> bool:
    return bool(_count(role, text)) if role == "surname" else _is_name_word(text)


def _fit(role: str, name: str, texts: Sequence[str], long: float) -> float:
    """Return how well a name fits what was read and its place, common ones better."""
    looks = sum(_looks(name, text) ** 3 for text in texts)
    return looks * _prior(role, name) * float(_A_LETTER_MORE ** abs(len(name) - long))


def _looks(name: str, text: str) -> float:
    """Return how much a name looks like a text, 0-1: half for the letters, half for the marks."""
    return (alike(name, text) + fuzz.ratio(name.lower(), text) / 100) / 2


def _prior(role: str, name: str) -> float:
    """Return how much is to be said for a name before anything was read of it.

    Less than its share of all names, for a common name is not what every blot stands for.
    """
    return float((1 + _count(role, name)) ** _PRIOR[role])


def _common(role: str, name: str) -> float:
    """Return 0.5 for a name that hardly anybody has, about 1 for the common ones."""
    return 0.5 + 0.15 * log10(1 + _count(role, name))


def _best_of(rivals: Sequence[Word]) -> Word:
    """Return the word that most of the readings have, all but their first letters counting half."""
    votes: dict[str, float] = {}
    ends: dict[str, float] = {}
    for rival in rivals:
        text, worth = bare(rival.text), _word_worth(rival)
        votes[text] = votes.get(text, 0.0) + worth
        ends[text[1:]] = ends.get(text[1:], 0.0) + worth / 2
    text = max(votes, key=lambda text: votes[text] + ends[text[1:]])
    like = [rival for rival in rivals if bare(rival.text) == text]
    sure = max(like, key=_word_worth)
    share = votes[text] / sum(votes.values())
    agreed = 1.0 if share > _AGREED else share
    return replace(sure, text=text, confidence=(sure.confidence or 0.0) * agreed)


def _word_worth(word: Word) -> float:
    """Return how sure a word of a name is, 0-1: as the reader says, and as names are common."""
    text = bare(word.text)
    sure = max(word.confidence or 0.0, 0.1)
    if not _is_name_word(text):
        return 0.25 * sure
    common = max(_count(role, text) for role in ("surname", "middle"))
    return sure * (0.7 + 0.1 * min(3.0, log10(1 + common)))


def _is_name_word(text: str) -> bool:
    return text[:1].isupper() and text[1:].islower() and is_syllable(text)


@cache
def _posts() -> frozenset[str]:
    kinds = ("post", "body")
    return frozenset(
        fold_tone_placement(row["text"]) for row in rows("authorities") if row["kind"] in kinds
    )


def _count(role: str, name: str) -> float:
    """Return how many persons have `name` in this role; more than 0 for every family name."""
    return _counts()[role].get(fold_tone_placement(name), 0.0)


@cache
def _names(role: str) -> tuple[str, ...]:
    return tuple(sorted(_counts()[role]))


@cache
def _counts() -> dict[str, dict[str, float]]:
    """Return how many persons have a name, as family name, and as one of those that follow."""
    counts: dict[str, dict[str, float]] = {"surname": {}, "middle": {}}
    for row in rows("surnames"):
        counts["surname"][fold_tone_placement(row["name"])] = 0.5
    for row in rows("person_names"):
        if not row["after"]:
            names = counts["surname" if row["role"] == "surname" else "middle"]
            name = fold_tone_placement(row["name"])
            names[name] = names.get(name, 0.0) + float(row["count"])
    return counts
