# SPDX-License-Identifier: Apache-2.0
"""The repair engine and its peers behind one signature: lines in, tokens with confidence out.

A maker loads its restorer when it is called and raises ImportError where that is not installed.
Peers that say nothing of their confidence give 1.0 for every token. This module runs in the
environment of the peers as well: at its top it imports nothing but the standard library.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.vietnamese import nfc, strip_marks

if TYPE_CHECKING:
    from collections.abc import Callable

Token = tuple[str, float]
Confidences = list[list[float]]

SYLLABLES = Path(__file__).parent.parent / "dictionaries" / "syllables.tsv"
_LETTERS = re.compile(r"[^\W\d_]+")


class Restorer(Protocol):
    """Gives back a document line for line; each line as tokens without blanks."""

    def __call__(
        self, lines: list[str], confidences: Confidences | None = None
    ) -> list[list[Token]]:
        """Return as many lines as were given, each token with its confidence (0-1).

        Args:
            lines: of a document, tokens divided by single blanks.
            confidences: of the reader (0-1) for every token, where it gave some.
        """
        ...


@dataclass(slots=True)
class LineByLine:
    """A restorer made of a function for one line, which may fail.

    Attributes:
        mend: returns the line mended.
        failure: what it may raise; such a line stays as it was seen.
        failures: number of such lines so far.
    """

    mend: Callable[[str], str]
    failure: type[Exception] | tuple[()] = ()
    failures: int = 0

    def __call__(
        self,
        lines: list[str],
        confidences: Confidences | None = None,
    ) -> list[list[Token]]:
        """Return the lines mended one by one, with confidence 1.0."""
        return [[(token, 1.0) for token in self._mended(line).split()] for line in lines]

    def _mended(self, line: str) -> str:
        try:
            return self.mend(line)
        except self.failure:
            self.failures += 1
            return line


def _identity() -> Restorer:
    return LineByLine(str)


def _sohoa() -> Restorer:
    """Return the engine; it sees a document at once, as in the pipeline."""
    from pipeline.repair.text import repair_text  # noqa: PLC0415

    def restore(lines: list[str], confidences: Confidences | None = None) -> list[list[Token]]:
        own = None if confidences is None else [c for line in confidences for c in line]
        repaired = repair_text("\n".join(lines), confidences=own)
        words = iter(
            (word, token.confidence) for token in repaired.tokens for word in token.text.split()
        )
        return [[next(words) for _ in line.split()] for line in repaired.text.split("\n")]

    return restore


def _pyvi() -> Restorer:
    from pyvi import ViUtils  # noqa: PLC0415

    # It raises KeyError on syllables that its own tables lack, on ordinary input too ("uus").
    return LineByLine(ViUtils.add_accents, failure=KeyError)


def _pyvi_stripped() -> Restorer:
    from pyvi import ViUtils  # noqa: PLC0415

    return LineByLine(lambda line: ViUtils.add_accents(strip_marks(nfc(line))), failure=KeyError)


def _symspell() -> Restorer:
    """Return SymSpell with our counts of syllables: word by word, edit distance 2."""
    from symspellpy import SymSpell, Verbosity  # noqa: PLC0415

    speller = SymSpell(max_dictionary_edit_distance=2)
    with SYLLABLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            speller.create_dictionary_entry(row["syllable"], int(row["count"]))

    def mend(token: str) -> str:
        found = _LETTERS.findall(token)
        if len(found) != 1 or any(char.isdigit() for char in token):
            return token
        word = found[0]
        best = speller.lookup(word.lower(), Verbosity.TOP, max_edit_distance=2)
        return token.replace(word, _in_case_of(word, best[0].term)) if best else token

    return LineByLine(lambda line: " ".join(map(mend, line.split())))


def _underthesea() -> Restorer:
    from underthesea import text_normalize  # noqa: PLC0415

    return LineByLine(text_normalize)


def _nom_vn() -> Restorer:
    """Return the rules of nom-vn; its neural models are downloads and are not run."""
    from nom.text import fix_diacritics  # noqa: PLC0415

    return LineByLine(fix_diacritics)


def _in_case_of(seen: str, word: str) -> str:
    if seen.isupper() and len(seen) > 1:
        return word.upper()
    return word.capitalize() if seen[0].isupper() else word


SEEN = "as seen"
OURS = "sohoa"
MAKERS: dict[str, Callable[[], Restorer]] = {
    SEEN: _identity,
    OURS: _sohoa,
    "pyvi": _pyvi,
    "pyvi, stripped first": _pyvi_stripped,
    "symspell": _symspell,
    "underthesea": _underthesea,
    "nom-vn": _nom_vn,
}
PEERS = tuple(name for name in MAKERS if name not in (SEEN, OURS))
