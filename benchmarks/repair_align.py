# SPDX-License-Identifier: Apache-2.0
"""Which given token stands for which true one, and which of them are right.

Tokens are what blanks divide. The cheapest alignment of a line (each token replaced, lost or added
costs 1, equality by `word_key`) fixes the equal tokens; between them lie runs of `m` true and `n`
given tokens. Of such a run min(m, n) pairs are made, in order, the most alike ones; what is left
is *lost* (true) or *added* (given).

So a syllable read as two ("Tổ" -> "Tô Ổ") is one wrong and one added, two read as one
("chính quyền" -> "chínhquyền") are one wrong and one lost: two errors each way. Rates divide by
true tokens + added ones, so that neither way of cutting wins anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from benchmarks.normal import word_key
from pipeline.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Words = tuple[str, ...]

_OUTER = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Judged:
    """One line under one view.

    Attributes:
        right: for every true token of the view, whether it was given.
        added: number of given tokens of the view that stand for nothing.
        given: for every given token of the view, its place in the line and whether it is right.
    """

    right: tuple[bool, ...]
    added: int
    given: tuple[tuple[int, bool], ...]


@cache
def core(token: str) -> str:
    """Return a token without outer punctuation, ready for comparison: "(Hoà)," -> "Hòa"."""
    return _OUTER.sub("", word_key(token))


def is_letters(token: str) -> bool:
    """Return whether a token is letters only, outer punctuation aside: no number, code or sign."""
    return core(token).isalpha()


@lru_cache(maxsize=1 << 15)
def judge_all(right: Words, given: Words) -> Judged:
    """Return the line under the view `all`: every token, with its punctuation."""
    pairs = align(right, given)
    same = {i: word_key(right[i]) == word_key(given[j]) for i, j in pairs.items()}
    partner = {j: i for i, j in pairs.items()}
    return Judged(
        right=tuple(same.get(i, False) for i in range(len(right))),
        added=len(given) - len(pairs),
        given=tuple((j, j in partner and same[partner[j]]) for j in range(len(given))),
    )


@lru_cache(maxsize=1 << 15)
def judge_letters(right: Words, given: Words) -> Judged:
    """Return the line under the view `letters`: true tokens of letters only, without punctuation.

    Case, marks and tone count. An added token counts if it is letters as well.
    """
    return _judge_cores(right, given, core)


@lru_cache(maxsize=1 << 15)
def judge_caseless(right: Words, given: Words) -> Judged:
    """Return the line under the view `caseless`: as `letters`, in any case ("Luật" = "luật")."""
    return _judge_cores(right, given, lambda token: core(token).casefold())


def _judge_cores(right: Words, given: Words, key: Callable[[str], str]) -> Judged:
    pairs = align(right, given)
    partner = {j: i for i, j in pairs.items()}
    wanted = [i for i, token in enumerate(right) if is_letters(token)]
    same = {i: i in pairs and key(right[i]) == key(given[pairs[i]]) for i in wanted}
    added = [j for j, token in enumerate(given) if j not in partner and is_letters(token)]
    paired = [(pairs[i], same[i]) for i in wanted if i in pairs]
    return Judged(
        right=tuple(same.values()),
        added=len(added),
        given=tuple(sorted([*paired, *((j, False) for j in added)])),
    )


@lru_cache(maxsize=1 << 15)
def align(right: Words, given: Words) -> dict[int, int]:
    """Return place of a true token -> place of the given one; who has no partner is left out."""
    pairs: dict[int, int] = {}
    for start, end, begin, stop, equal in _runs(right, given):
        if equal or end - start == stop - begin:
            pairs |= zip(range(start, end), range(begin, stop), strict=True)
        elif end - start < stop - begin:
            chosen = _most_alike(right[start:end], given[begin:stop])
            pairs |= {start + i: begin + j for i, j in enumerate(chosen)}
        else:
            chosen = _most_alike(given[begin:stop], right[start:end])
            pairs |= {start + i: begin + j for j, i in enumerate(chosen)}
    return pairs


def _runs(right: Words, given: Words) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield runs of equal and of differing tokens in turn: true from, to; given from, to; equal."""
    keys = [word_key(token) for token in right], [word_key(token) for token in given]
    last_i = last_j = 0
    for op in Levenshtein.opcodes(*keys):
        if op.tag != "equal":
            continue
        if (last_i, last_j) != (op.src_start, op.dest_start):
            yield last_i, op.src_start, last_j, op.dest_start, False
        yield op.src_start, op.src_end, op.dest_start, op.dest_end, True
        last_i, last_j = op.src_end, op.dest_end
    if (last_i, last_j) != (len(right), len(given)):
        yield last_i, len(right), last_j, len(given), False


def _most_alike(few: Sequence[str], many: Sequence[str]) -> list[int]:
    """Return for each of the `few` its partner's place among the `many`, in order, best in sum."""
    folded = [fold(token) for token in many]
    slack = len(many) - len(few)
    best, skipped_at = [0.0] * (slack + 1), []
    for i, token in enumerate(few):
        wanted, row, skipped = fold(token), [], []
        top, top_at = -1.0, 0
        for skip in range(slack + 1):
            if best[skip] > top:
                top, top_at = best[skip], skip
            row.append(top + fuzz.ratio(wanted, folded[i + skip]))
            skipped.append(top_at)
        best = row
        skipped_at.append(skipped)
    skip = max(range(slack + 1), key=lambda at: (best[at], -at)) if few else 0
    places = []
    for i in reversed(range(len(few))):
        places.append(i + skip)
        skip = skipped_at[i][skip]
    return places[::-1]
