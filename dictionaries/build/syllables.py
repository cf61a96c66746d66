# SPDX-License-Identifier: Apache-2.0
"""Write syllables.tsv: the syllables that texts use, with their counts.

    python dictionaries/build/syllables.py --data ../shared/data

The corpus holds words that a reader or a typist damaged ("triến", "nhiệp", "thươn"). Such a word
stands where a much commoner one that looks alike stands elsewhere: "phát triến kinh" beside
thousands of "phát triển kinh". What stands so most of the time is left out.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build.corpus_words import CORPORA, read_words
from dictionaries.build.tables import FOLDER, Row, by_hand, data_folder, read_tsv, write
from pipeline.vietnamese import fold_tone_placement, is_syllable, place_tone, strip_marks

SOURCE = "counted in the corpus"
NAMED = "names of places"
# Rarer words cannot be told from damaged ones: their contexts are too few.
LEAST_COUNT = 5
# Commoner words need no look at their contexts.
COMMON = 3000
# A word is damaged if so much of its places is explained by another; the fewer its places, the
# less it takes (the 300 rarest kept and the 300 commonest dropped were looked at).
EXPLAINED = ((12, 0.25), (80, 0.5), (COMMON, 0.9))
# A word explains a place if it stands so much oftener beside the same neighbour …
OFTENER = 20
# … and is not met there by chance: its share of what follows (goes before) the neighbour.
SHARE = 0.02


def main() -> None:
    """Count, clean, write."""
    folder = data_folder("syllables.tsv") / "corpus"
    forms, text = join([read_words(folder / f"{name}.txt.zst").folded() for name in CORPORA])
    counts = np.bincount(text, minlength=len(forms))
    built = np.array([len(form) < 9 and form.isalpha() and is_syllable(form) for form in forms])
    built &= counts >= LEAST_COUNT
    shares = explained(forms, text, np.where(built, counts, 0))
    kept = {
        form: int(count)
        for form, count, is_built, share in zip(forms, counts, built, shares, strict=True)
        if is_built and not damaged(int(count), share) and place_tone(form) == form
    }
    rows = [_row(form, count, SOURCE) for form, count in kept.items()]
    rows += [_row(form, n, NAMED) for form, n in in_places().items() if form not in kept]
    hand = by_hand("syllables", {SOURCE, NAMED, "counted in texts of law and administration"})
    write("syllables", ("syllable", "count", "source"), one_row_each([*hand, *rows]))


def _row(syllable: str, count: int, source: str) -> Row:
    return {"syllable": syllable, "count": str(count), "source": source}


def one_row_each(rows: list[Row]) -> list[Row]:
    """Return the first row of each syllable."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row["syllable"], row)
    return list(first.values())


def damaged(count: int, share: float) -> bool:
    """Return whether a word is damaged, by how often it occurs and what explains its places."""
    return any(count < below and share >= most for below, most in EXPLAINED)


def in_places() -> Counter[str]:
    """Return the syllables of names of places, with the number of names."""
    words = (
        fold_tone_placement(word.lower())
        for row in read_tsv(FOLDER / "places.tsv")
        for word in re.findall(r"[^\W\d_]+", row["name"])
    )
    return Counter(word for word in words if is_syllable(word) and place_tone(word) == word)


def join(texts: list[tuple[list[str], np.ndarray]]) -> tuple[list[str], np.ndarray]:
    """Return texts of several numberings as one, in one numbering."""
    number: dict[str, int] = {}
    parts = []
    for forms, text in texts:
        into = np.array([number.setdefault(form, len(number)) for form in forms], np.int32)
        parts.append(into[text])
    return list(number), np.concatenate(parts)


def explained(forms: list[str], text: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return for each form the share of its places where a commoner one that looks alike fits.

    Args:
        forms: the words.
        text: their numbers, in order.
        counts: how often each occurs, 0 for those that are not built like syllables.
    """
    rare = np.flatnonzero((counts > 0) & (counts < COMMON))
    at = np.flatnonzero(np.isin(text[1:-1], rare)) + 1
    fits = np.zeros(len(at), bool)
    alike = look_alikes(forms, counts)
    for side in (-1, 1):
        pairs, tally = np.unique(_pairs(text, side), return_counts=True)
        total = np.bincount(text, minlength=len(forms))
        for number, place in enumerate(at):
            neighbour = int(text[place + side])
            word = int(text[place])
            own = _tally(pairs, tally, neighbour, word)
            least = max(OFTENER * own, SHARE * total[neighbour])
            fits[number] |= any(
                _tally(pairs, tally, neighbour, other) >= least for other in alike[word]
            )
    share = np.zeros(len(forms))
    np.add.at(share, text[at], fits)
    return share / np.maximum(counts, 1)


def _pairs(text: np.ndarray, side: int) -> np.ndarray:
    """Return neighbour and word of every place, packed in one number."""
    words, neighbours = (text[1:], text[:-1]) if side < 0 else (text[:-1], text[1:])
    return (neighbours.astype(np.uint64) << np.uint64(32)) | words.astype(np.uint64)


def _tally(pairs: np.ndarray, tally: np.ndarray, neighbour: int, word: int) -> int:
    key = np.uint64((neighbour << 32) | word)
    place = int(np.searchsorted(pairs, key))
    return int(tally[place]) if place < len(pairs) and pairs[place] == key else 0


def look_alikes(forms: list[str], counts: np.ndarray) -> dict[int, list[int]]:
    """Return for each syllable those at least `OFTENER` times commoner that it may be meant for.

    Alike are the same letters with other marks, and all that differs in one letter or has one
    more or less. "quĩ" for "quỹ" is a way to spell, no damage.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    known = [int(number) for number in np.flatnonzero(counts)]
    for number in known:
        for key in _keys(forms[number]):
            groups[key].append(number)
    return {
        number: sorted({
            other
            for key in _keys(forms[number])
            for other in groups[key]
            if counts[other] >= OFTENER * counts[number]
            and forms[number].translate(_Y) != forms[other].translate(_Y)
        })
        for number in known
    }  # fmt: skip


_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def _keys(form: str) -> set[str]:
    """Return keys of which alike words share one: without marks, or with one letter left out."""
    gaps = {form[:place] + "*" + form[place + 1 :] for place in range(len(form))}
    longer = {form[:place] + "*" + form[place:] for place in range(len(form) + 1)}
    return {strip_marks(form)} | gaps | longer


if __name__ == "__main__":
    main()
