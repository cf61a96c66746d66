# SPDX-License-Identifier: Apache-2.0
"""Write words.tsv: words that texts use although they are not built like syllables.

    python dictionaries/build/words.py --data ../shared/data

"internet", "zalo", "covid", "Đắk": without them a repair would bend them to syllables.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build.corpus_words import CORPORA, read_words
from dictionaries.build.tables import Row, by_hand, data_folder, write
from pipeline.vietnamese import fold_tone_placement, is_syllable, strip_marks

SOURCE = "counted in the corpus"
# Rarer ones are names of persons and places abroad, or damaged; common nouns ("pano") may be rarer.
LEAST_COUNT = 150
LEAST_COMMON = 40
# Words with marks are glued ("theomẫu") unless they are names: this share begins with a capital.
NAMES = 0.9
# What web pages put around their text.
PAGES = frozenset("more wayback machine view moretrong www of and new top full net morekhi".split())
_ROMAN = re.compile(r"[ivxlc]+")
_VOWEL = re.compile(r"[aeiouy]")


def main() -> None:
    """Count and write."""
    folder = data_folder("words.tsv") / "corpus"
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for name in CORPORA:
        words = read_words(folder / f"{name}.txt.zst")
        for form, count in Counter(words.text.tolist()).items():
            count_form(words.forms[form], count, small, capital)
    rows = [*by_hand("words", {SOURCE}), *kept(small, capital)]
    write("words", ("word", "count", "source"), rows)


def count_form(form: str, count: int, small: Counter[str], capital: Counter[str]) -> None:
    """Count a word; one in capitals only is an abbreviation or tells nothing."""
    if form.isalpha() and len(form) > 2 and not form.isupper():
        (small if form[0].islower() else capital)[fold_tone_placement(form.lower())] += count


def kept(small: Counter[str], capital: Counter[str]) -> list[Row]:
    """Return the words that are common enough and no syllables."""
    return [
        {"word": word, "count": str(count), "source": SOURCE}
        for word, count in (small + capital).items()
        if (count >= LEAST_COUNT or small[word] >= LEAST_COMMON)
        and not is_syllable(word)
        and word not in PAGES
        and _VOWEL.search(strip_marks(word))
        and not _ROMAN.fullmatch(word)
        and (word.isascii() or capital[word] >= NAMES * count)
    ]


if __name__ == "__main__":
    main()
