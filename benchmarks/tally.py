# SPDX-License-Identifier: Apache-2.0
"""Counts that add up over documents and turn into one figure each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: `right` of `total`; a mean of scores when each counts 1 in `total`."""

    right: float = 0.0
    total: float = 0.0
    lower_is_better: bool = False

    @property
    def value(self) -> float | None:
        """Return right / total; None when nothing was counted."""
        return self.right / self.total if self.total else None

    @property
    def count(self) -> int:
        """Return how many things were counted."""
        return round(self.total)

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total, self.lower_is_better)


@dataclass(frozen=True, slots=True)
class Field:
    """What became of one field: every document adds one to one of the five counts."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    spurious: int = 0
    absent: int = 0
    lower_is_better: bool = False

    @property
    def value(self) -> float | None:
        """Return the share of right values; absent in truth and record counts neither way."""
        return self.right / self.count if self.count else None

    @property
    def count(self) -> int:
        """Return the documents where the truth or the record has a value."""
        return self.right + self.wrong + self.missing + self.spurious

    def __add__(self, other: Field) -> Field:
        return Field(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missing + other.missing,
            self.spurious + other.spurious,
            self.absent + other.absent,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """Two sets held against each other: `matched` pairs among `gold` true and `got` given items."""

    matched: int = 0
    gold: int = 0
    got: int = 0
    lower_is_better: bool = False

    @property
    def precision(self) -> float | None:
        """Return the share of given items that are true."""
        return self.matched / self.got if self.got else None

    @property
    def recall(self) -> float | None:
        """Return the share of true items that were given."""
        return self.matched / self.gold if self.gold else None

    @property
    def value(self) -> float | None:
        """Return F1, the harmonic mean of precision and recall; None when both sets are empty."""
        total = self.gold + self.got
        return 2 * self.matched / total if total else None

    @property
    def count(self) -> int:
        """Return the number of true items."""
        return self.gold

    def __add__(self, other: Match) -> Match:
        return Match(self.matched + other.matched, self.gold + other.gold, self.got + other.got)


Tally = Share | Field | Match
Tallies = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between truth and record, for the developer who looks for its cause."""

    measure: str
    gold: str | None
    got: str | None
    note: str = ""


def add_up(parts: Iterable[Mapping[str, Tally]]) -> Tallies:
    """Return the sums of all tallies, by the name of their measure, in order of first mention."""
    total: Tallies = {}
    for part in parts:
        for name, tally in part.items():
            total[name] = total[name] + tally if name in total else tally  # type: ignore[operator]
    return total


def as_json(tally: Tally) -> dict[str, Any]:
    """Return the figure of `tally` with its counts, ready for JSON; figures with 5 decimals."""
    out: dict[str, Any] = {"value": _rounded(tally.value), "n": tally.count}
    if isinstance(tally, Match):
        out |= {"precision": _rounded(tally.precision), "recall": _rounded(tally.recall)}
    counts = {key: _rounded(count) for key, count in asdict(tally).items()}
    lower_is_better = counts.pop("lower_is_better")
    return out | counts | ({"lower_is_better": True} if lower_is_better else {})


def _rounded(value: float | None) -> float | None:
    return round(value, 5) if isinstance(value, float) else value
