# SPDX-License-Identifier: Apache-2.0
"""The language engine: spaCy with our own tokens, sentences and rules filled from dictionaries.

The only module that imports spaCy. A document of the engine carries, under `doc.spans[RULES]`, the
heads of units, the words that assign, lead and join, and the words that end a name;
`units.py` and `tasks.py` read their offsets, so that each value finds its page and box again.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from spacy.lang.xx import MultiLanguage
from spacy.language import Language
from spacy.symbols import ORTH, SENT_START  # type: ignore[import-not-found]
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span

from pipeline.dictionary import rows
from pipeline.vietnamese import fold, fold_tone_placement, marked_share

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RULES", "Doc", "Span", "load", "marks_lost", "skeleton"]

# The key of the spans that the dictionaries mark; labels are "head:unit", "word:assign",
# "predicate:verb", "field", "part:inside", "noun".
RULES = "rules"

# Marks that stand apart from the word they touch: brackets, quotes, commas, "./." at the end.
# Codes ("194/KH-UBND", "15/6/2025", "TT&TT") hold none of them and stay whole.
_PREFIXES = re.compile(r"""^(?:\.{2,}|…|[("'“‘«\[+•]|[-–—](?=[^\W\d_]))""")
_SUFFIXES = re.compile(r"""(?:\./\.?|\.{3}|…|[)\]"'”’».,;:!?])$""")
# A dash or stroke parts words ("động-TB&XH", "huyện/thị xã"), but no codes ("QĐ-TTg", "b/c"):
# two small letters stand before it.
_SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_INFIXES = re.compile(
    r"""(?<=[^\W\d_])[,;:](?=[^\W\d_])|(?<=[^\W\d_])\((?=[^\W\d_])|\)(?=[,;:.])"""
    rf"""|(?<=[{_SMALL}]{{2}})(?:[-–—](?=[^\W\d_{_SMALL}])|/(?=[^\W\d_]{{2}}))"""
    r"""|(?<=[^\W\d_])\[(?=\d)|(?<=\d)\](?=[.,;:]?$)"""
)
# "1.1." and "2.1.3." are markers of items: the full stop is theirs.
_WHOLE = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}\.$")
# Titles of places and persons that own their full stop.
_DOTTED = "TP. Tp. tp. TX. Tx. TT. Q. P. H. ThS. TS. PGS. GS. BS. KS.".split()

# Below this share of words with marks a text has lost them (real prose: 0.75 to 0.9).
_MARKS_LOST = 0.6

_ENDS = frozenset((".", "./.", "!", "?", "…", "..."))
# A full stop after these is part of the word: "TP. Hồ Chí Minh", "Q. 12", "ThS. Nguyễn".
_ABBREVIATIONS = frozenset("tp tx tt q p h ths ts pgs gs bs ks đ/c".split())


def marks_lost(text: str) -> bool:
    """Return whether `text` was read by an engine that knew no Vietnamese."""
    return marked_share(text) < _MARKS_LOST


def skeleton(text: str) -> str:
    """Return the key under which a word meets its garbled reading: "Thwong" -> "thuong".

    No marks, no case; w stands for ư, 4 for a, 6 for o inside a word of letters.
    """
    plain = fold(text)
    if not any(char.isalpha() for char in plain):
        return plain
    return plain.translate(str.maketrans("w46", "uao"))


@Language.component("norms")
def _norms(doc: Doc) -> Doc:
    """Set the key under which the rules compare: lower case, one tone placement, one dash."""
    for token in doc:
        token.norm_ = (
            "-" if token.text in ("–", "—") else fold_tone_placement(token.text.casefold())
        )
    return doc


@Language.component("skeleton_norms")
def _skeleton_norms(doc: Doc) -> Doc:
    for token in doc:
        token.norm_ = skeleton(token.text)
    return doc


@Language.component("sentences")
def _sentences(doc: Doc) -> Doc:
    """Set sentence starts: after a full stop that no abbreviation owns, before a capital."""
    texts = [token.text for token in doc]
    starts = [True] * min(len(texts), 1)
    starts += [_starts(texts, place) for place in range(1, len(texts))]
    # All at once, for a token asks the whole document first, each time; spaCy's -1 is "no".
    found = np.where(starts, 1, -1).astype(np.uint64).reshape(-1, 1)
    return doc.from_array([SENT_START], found)  # type: ignore[arg-type]


def _starts(texts: Sequence[str], place: int) -> bool:
    before = texts[place - 1]
    if not (before in _ENDS or before.isspace()) or not texts[place][0].isupper():
        return False
    owner = texts[place - 2].lower() if place > 1 else ""
    return before != "." or not (owner in _ABBREVIATIONS or owner.isdigit())


@cache
def load(*, garbled: bool = False) -> Language:
    """Return the engine, built once a process; `garbled` compares words without their marks."""
    nlp = MultiLanguage()
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=_PREFIXES.search,
        suffix_search=_SUFFIXES.search,
        infix_finditer=_INFIXES.finditer,
        token_match=_WHOLE.match,
        rules={word: [{ORTH: word}] for word in _DOTTED},
    )
    nlp.add_pipe("skeleton_norms" if garbled else "norms")
    nlp.add_pipe("sentences")
    ruler = nlp.add_pipe(
        "span_ruler",
        config={"spans_key": RULES, "phrase_matcher_attr": "NORM", "spans_filter": None},
    )
    ruler.add_patterns(_patterns())  # type: ignore[attr-defined]
    return nlp


def _patterns() -> list[dict[str, str]]:
    """Return what the ruler marks: one phrase a row of the dictionaries."""
    return [
        *({"label": f"head:{row['kind']}", "pattern": row["head"]} for row in rows("unit_heads")),
        *(
            {"label": f"word:{row['role']}", "pattern": row["phrase"]}
            for row in rows("assignment_words")
        ),
        *(
            {"label": f"predicate:{row['kind']}", "pattern": row["phrase"]}
            for row in rows("predicate_words")
        ),
        *({"label": "field", "pattern": row["field"]} for row in rows("unit_fields")),
        *({"label": f"part:{row['kind']}", "pattern": row["part"]} for row in rows("name_parts")),
        *({"label": "noun", "pattern": row["noun"]} for row in rows("group_nouns")),
    ]
