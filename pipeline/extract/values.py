# SPDX-License-Identifier: Apache-2.0
"""From a place in a passage to a value of the record, with its confidence and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.record import Value

if TYPE_CHECKING:
    from pipeline.passage import Passage
    from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Find:
    """What a rule found: `passage.text[start:end]`.

    Attributes:
        rule: the name of the rule, for the evidence.
        prior: 0-1, how often the rule is right when the words are read right.
        doubtful: a check failed: a person should look, whatever the confidence.
    """

    passage: Passage
    start: int
    end: int
    rule: str
    prior: float
    doubtful: bool = False

    @property
    def raw(self) -> str:
        """The text as read, on one line."""
        return " ".join(self.passage.text[self.start : self.end].split())

    def facts(self, settings: Settings) -> dict[str, Any]:
        """Return what every value carries: raw, confidence, needs_review, evidence."""
        read = self.passage.confidence(self.start, self.end)
        confidence = round(min(1.0, read * self.prior), 3)
        return {
            "raw": self.raw,
            "confidence": confidence,
            "needs_review": self.doubtful
            or min(confidence, self._weakest()) < settings.review_below,
            "evidence": self.passage.evidence(self.start, self.end, self.rule),
        }

    def _weakest(self) -> float:
        """Return the confidence of the word that is read worst, single letters and marks left out.

        The mean of a title of thirty words says nothing of the one that is wrong.
        """
        pieces = self.passage.within(self.start, self.end)
        spoken = [piece for piece in pieces if sum(map(str.isalnum, piece.word.text)) > 1]
        read = (self.passage.confidence(piece.start, piece.end) for piece in spoken)
        return min(read, default=1.0)

    def value(self, value: str | None, settings: Settings) -> Value:
        """Return the value object; a value of None always needs review."""
        facts = self.facts(settings)
        return Value(value=value, **facts | {"needs_review": facts["needs_review"] or not value})
