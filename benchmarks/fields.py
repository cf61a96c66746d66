# SPDX-License-Identifier: Apache-2.0
"""The fields of head and signature: right, wrong, missing or invented, and flagged or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.facts import SIGNER_FIELDS
from benchmarks.matching import pair_up
from benchmarks.normal import caseless_key, number_key, similarity, value_key
from benchmarks.tally import Field, Match, Miss, Share, Tallies

if TYPE_CHECKING:
    from benchmarks.facts import Facts

# In the order of the table. `signer_name` and `place` keep their case: they are printed in it.
FIELDS = (
    "number",
    "sequence",
    "notation",
    "doc_type",
    "date",
    "date_month_year",
    "place",
    "issuer",
    "parent_issuer",
    "title",
    "urgency",
    "secrecy",
    *SIGNER_FIELDS,
)
_NUMBERS = frozenset(("number", "sequence", "notation"))
# Printed in capitals, stamped, or given in sentence case: the letters count, the case does not.
_CASELESS = frozenset(
    (
        "issuer",
        "parent_issuer",
        "title",
        "urgency",
        "secrecy",
        "signer_authority",
        "signer_position",
    )
)
# A title of 30 syllables with three wrong letters is still found by who searches for it.
SIMILAR_TITLE = 0.95
# How alike two names must be to be the same line of a list; exact for addressees, who must act.
_LIST_LIMITS = {"addressees": 1.0, "recipients": 0.85}


def same_value(field: str, truth: str, got: str) -> bool:
    """Return whether two values of `field` count as the same."""
    if field in _NUMBERS:
        return number_key(truth) == number_key(got)
    key = caseless_key if field in _CASELESS else value_key
    return key(truth) == key(got)


def score_fields(truth: Facts, got: Facts) -> tuple[Tallies, list[Miss]]:
    """Return the measures of head and signature, and what differs."""
    tallies: Tallies = {}
    misses: list[Miss] = []
    for name in FIELDS:
        if name not in truth.fields or _is_unsure(truth, name):
            continue
        true, given = truth.fields[name], got.fields.get(name)
        tallies[f"head.{name}"] = judged = judge(name, true, given)
        if name == "title":
            tallies["head.title_similar"] = _judge_similar(true, given)
        if not (judged.right or judged.absent):
            misses.append(Miss(f"head.{name}", true, given, _flag(got, name)))
        if given is not None:
            tallies |= _review(name, right=bool(judged.right), flagged=name in got.flagged)
    for name, limit in _LIST_LIMITS.items():
        if name in truth.lists and name not in truth.unsure:
            tally, found = _score_list(name, truth.lists[name], got.lists.get(name, ()), limit)
            tallies[f"head.{name}"] = tally
            misses += found
    return tallies, misses


def judge(field: str, truth: str | None, got: str | None) -> Field:
    """Return what became of a field, as a count of one."""
    if truth is None:
        return Field(absent=1) if got is None else Field(spurious=1)
    if got is None:
        return Field(missing=1)
    return Field(right=1) if same_value(field, truth, got) else Field(wrong=1)


def _judge_similar(truth: str | None, got: str | None) -> Field:
    if truth is not None and got is not None and similarity(truth, got) >= SIMILAR_TITLE:
        return Field(right=1)
    return judge("title", truth, got)


def _review(field: str, *, right: bool, flagged: bool) -> Tallies:
    """Return how often a given value is flagged, and how often one without a flag is wrong."""
    tallies: Tallies = {f"review.{field}.flagged": Share(flagged, 1)}
    if not flagged:
        tallies[f"review.{field}.wrong_unflagged"] = Share(not right, 1, lower_is_better=True)
    return tallies


def _score_list(
    name: str, truth: tuple[str, ...], got: tuple[str, ...], limit: float
) -> tuple[Match, list[Miss]]:
    pairs = pair_up(truth, got, similarity, limit)
    missing = sorted(set(range(len(truth))) - pairs.keys())
    extra = sorted(set(range(len(got))) - set(pairs.values()))
    misses = [Miss(f"head.{name}", truth[at], None) for at in missing]
    misses += [Miss(f"head.{name}", None, got[at]) for at in extra]
    return Match(len(pairs), len(truth), len(got)), misses


def _is_unsure(truth: Facts, field: str) -> bool:
    """Return whether the gold label is unsure of `field`; a date takes its month along."""
    path = field.replace("signer_", "signer.")
    owner = {"date_month_year": "date"}.get(field, path.split(".")[0])
    return bool({path, owner} & truth.unsure)


def _flag(got: Facts, field: str) -> str:
    return "flagged" if field in got.flagged else ""
