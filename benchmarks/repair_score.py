# SPDX-License-Identifier: Apache-2.0
"""The measures of a repaired document, under the views of repair_align.

| measure | what it is |
|---|---|
| right | right true tokens / (true tokens + added ones) |
| mended | errors of what was seen that are gone / errors of what was seen |
| damaged | errors that what was seen did not have / true tokens |
| changed | tokens that differ from what was seen, to the letter / tokens seen |
| at 98 %, at 95 % | right / given tokens, among the most confident 98 %, 95 % of them |
| calibration | expected calibration error: mean of abs(confidence - share right) over ten bins |

An error is a true token wrong or lost, or an added token. True tokens are followed one by one:
wrong before and right after is mended, the reverse damaged; of added tokens only their number in
the line is compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from benchmarks.repair_align import align, judge_all, judge_caseless, judge_letters
from benchmarks.tally import Share, Tallies, add_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.repair_align import Judged
    from benchmarks.repair_sets import Line

Given = list[tuple[str, float]]
# Confidence 0-1 of a given token, and whether the token is right.
Trusted = tuple[float, bool]

COVERAGES = (0.98, 0.95)
_BINS = 10
_VIEWS = {"letters": judge_letters, "caseless": judge_caseless, "all": judge_all}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One error that is left: the true token, as seen and as given; "" where there is none."""

    right: str
    seen: str
    given: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What was counted in some lines; scores of several sets of lines add up."""

    tallies: Tallies = field(default_factory=dict)
    trusted: dict[str, tuple[Trusted, ...]] = field(default_factory=dict)
    wrong: tuple[tuple[Wrong, str], ...] = ()

    def figures(self) -> dict[str, float | None]:
        """Return all measures by name ("letters.right"), rates 0-1; None where nothing tells."""
        figures = {name: tally.value for name, tally in self.tallies.items()}
        for view, trusted in self.trusted.items():
            for share in COVERAGES:
                figures[f"{view}.at{share:.0%}"] = accuracy_at(trusted, share)
            figures[f"{view}.calibration"] = calibration_error(trusted)
        return figures


def join(parts: Iterable[Scores]) -> Scores:
    """Return the scores of all parts together."""
    parts = list(parts)
    trusted: dict[str, list[Trusted]] = defaultdict(list)
    for part in parts:
        for view, tokens in part.trusted.items():
            trusted[view] += tokens
    return Scores(
        add_up(part.tallies for part in parts),
        {view: tuple(tokens) for view, tokens in trusted.items()},
        tuple(item for part in parts for item in part.wrong),
    )


def score_line(line: Line, given: Given) -> Scores:
    """Return the scores of one line; none for a line without truth."""
    if line.right is None:
        return Scores()
    words = tuple(token for token, _ in given)
    tallies: Tallies = {"changed": _changed(line.seen, words)}
    trusted = {}
    for view, judge in _VIEWS.items():
        before, after = judge(line.right, line.seen), judge(line.right, words)
        tallies |= {f"{view}.{name}": share for name, share in _shares(before, after).items()}
        trusted[view] = tuple((given[place][1], right) for place, right in after.given)
    note = " ".join(line.right)
    return Scores(tallies, trusted, tuple((wrong, note) for wrong in _wrong(line, words)))


def accuracy_at(tokens: Sequence[Trusted], coverage: float) -> float | None:
    """Return the share of right ones among the most confident `coverage` (0-1) of the tokens.

    Of tokens with the same confidence at the border a part is taken, with their mean. None if all
    confidences are the same: such a restorer does not tell its tokens apart.
    """
    if len({confidence for confidence, _ in tokens}) < 2:
        return None
    room = wanted = coverage * len(tokens)
    right = 0.0
    ranked = sorted(tokens, key=lambda token: -token[0])
    for _, group in groupby(ranked, key=lambda token: token[0]):
        same = [is_right for _, is_right in group]
        taken = min(room, len(same))
        right += taken * sum(same) / len(same)
        room -= taken
    return right / wanted


def calibration_error(tokens: Sequence[Trusted]) -> float | None:
    """Return the expected calibration error over ten bins of equal width; None as above."""
    if len({confidence for confidence, _ in tokens}) < 2:
        return None
    bins: dict[int, list[Trusted]] = defaultdict(list)
    for confidence, right in tokens:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    gaps = (abs(sum(c for c, _ in held) - sum(r for _, r in held)) for held in bins.values())
    return sum(gaps) / len(tokens)


def commonest_wrong(scores: Scores, number: int) -> list[tuple[Wrong, int, str]]:
    """Return the `number` commonest errors with their counts, each with the first true line."""
    counts = Counter(wrong for wrong, _ in scores.wrong)
    first = dict(reversed(scores.wrong))
    return [(wrong, count, first[wrong]) for wrong, count in counts.most_common(number)]


def _shares(before: Judged, after: Judged) -> dict[str, Share]:
    steps = Counter(zip(before.right, after.right, strict=True))
    more = after.added - before.added
    true = len(after.right)
    errors = before.right.count(False) + before.added
    return {
        "right": Share(sum(after.right), true + after.added),
        "mended": Share(steps[False, True] + max(0, -more), errors),
        "damaged": Share(steps[True, False] + max(0, more), true, lower_is_better=True),
    }


def _changed(seen: Sequence[str], given: Sequence[str]) -> Share:
    changed = Levenshtein.distance(seen, given)
    return Share(changed, len(seen), lower_is_better=True)


def _wrong(line: Line, given: tuple[str, ...]) -> list[Wrong]:
    """Return the errors of a line under the view `all`: true tokens not given, then added ones."""
    right = line.right or ()
    now, then = align(right, given), align(right, line.seen)
    judged = judge_all(right, given)
    missed = [
        Wrong(
            token,
            line.seen[then[place]] if place in then else "",
            given[now[place]] if place in now else "",
        )
        for place, token in enumerate(right)
        if not judged.right[place]
    ]
    paired = set(now.values())
    return missed + [Wrong("", "", given[at]) for at in range(len(given)) if at not in paired]
