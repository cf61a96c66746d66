# SPDX-License-Identifier: Apache-2.0
"""From a place in a passage to a value of the record, with its confidence and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.record import Value

if TYPE_CHECKING:
    from pipeline.passage import Passage, Piece
    from pipeline.settings import Settings

# What the repair holds against a word that nobody read from an image weighs less.
_TYPED = 0.2


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
        return min(map(self._trust, spoken), default=1.0)

    def _trust(self, piece: Piece) -> float:
        """Return the confidence of a word; typed and left as it was it is right more often."""
        read = self.passage.confidence(piece.start, piece.end)
        typed = piece.word.box is None and piece.word.edit is None
        return min(1.0, read + _TYPED) if typed else read

    def value(self, value: str | None, settings: Settings) -> Value:
        """Return the value object; a value of None always needs review."""
        facts = self.facts(settings)
        return Value(value=value, **facts | {"needs_review": facts["needs_review"] or not value})
