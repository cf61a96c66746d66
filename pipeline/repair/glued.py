# SPDX-License-Identifier: Apache-2.0
"""Numbers, dates and codes glued to the word beside them: `22/12/2024của`, `số02/2017/TT-VPCP`."""

from __future__ import annotations

import re

from pipeline.likeness import plain
from pipeline.repair.codes import mend_code
from pipeline.repair.kinds import CODE
from pipeline.repair.syllables import is_real

_DATE = re.compile(r"^\W*\d{1,2}[/⁄.-]\d{1,2}[/⁄.-]{1,2}\d{4}$")
_DAY = re.compile(r"^(?:[012]\d|3[01])\W*$")
_MONTH = re.compile(r"^(?:0[1-9]|1[012])\W*$")
_YEAR = re.compile(r"^(?:19|20)\d\d\W*$")
# "TTg" ends in a small letter; all other codes end in a capital or a digit.
_TAILS = (
    re.compile(r"^(?P<head>.*TTg)(?P<tail>[^\W\d_]{2,5})(?P<end>\W*)$"),
    re.compile(r"^(?P<head>.*[^\W_a-z])(?P<tail>[^\W\d_A-Z]{2,5})(?P<end>\W*)$"),
)
_SENTENCE = re.compile(r"^(?P<head>.*[^\W_])(?P<mark>[;:,])(?P<tail>[^\W\d_]{2,})$")
_HEADS = re.compile(r"^(?P<word>[“\"(]?[^\W\d_]{2,5})(?P<rest>\d\S*)$")
# What the words behind a code or date are, by what is left of them without marks.
_WORDS = (
    (re.compile(r"^ng[a-z]{1,2}y$"), "ngày"),
    (re.compile(r"^c[a-z]{1,3}a$"), "của"),
    (re.compile(r"^v[eé]$"), "về"),
    (re.compile(r"^va$"), "và"),
    (re.compile(r"^do$"), "do"),
    (re.compile(r"^theo$"), "theo"),
    (re.compile(r"^nam$"), "năm"),
)


def pieces(token: str) -> list[str]:
    """Return a token in the words that it must have been, itself alone if it is one.

    Only a few words are known, and only beside what cannot be part of a word.

    >>> pieces("số02/2017/TT-VPCPngày")
    ['số', '02/2017/TT-VPCP', 'ngày']
    """
    if not any(map(str.isdigit, token)):
        return [token]
    head = _HEADS.match(token)
    if head and _is_glued(plain(head["word"]).lstrip('“"('), head["rest"]):
        return [head["word"], *_behind(head["rest"])]
    return _behind(token)


def _is_glued(word: str, rest: str) -> bool:
    match word:
        case "so":
            return CODE.match(mend_code(_loose(rest)[0])) is not None
        case "ngay":
            return bool(_DAY.match(rest) or _DATE.match(_loose(rest)[0].rstrip(".,;:)")))
        case "thang":
            return _MONTH.match(rest) is not None
        case "nam":
            return _YEAR.match(rest) is not None
    return False


def _behind(token: str) -> list[str]:
    sentence = _SENTENCE.match(token)
    if sentence and _stands_alone(sentence["head"]):
        tail, mark = sentence["tail"], sentence["mark"]
        if tail.istitle() and is_real(tail):
            # "… QH13: Căn cứ": grounds end in a semicolon (NĐ 30/2020, Phụ lục I, II.5).
            mark = ";" if mark == ":" and tail in ("Căn", "Can") else mark
            return [sentence["head"] + mark, tail]
    return _loose(token)


def _loose(token: str) -> list[str]:
    """Return a code or date and the word glued behind it."""
    for pattern in _TAILS:
        match = pattern.match(token)
        if match and match["tail"].islower() and _stands_alone(match["head"]):
            bare = plain(match["tail"])
            for known, word in _WORDS:
                if known.match(bare):
                    return [match["head"], word + match["end"]]
    return [token]


def _stands_alone(token: str) -> bool:
    return bool(_DATE.match(token) or (CODE.match(mend_code(token)) and token[-1].isalnum()))
