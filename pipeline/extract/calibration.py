# SPDX-License-Identifier: Apache-2.0
"""Confidences as shares: of the values that say 0.9, nine in ten are right.

What the rules give is a score: how well the words were read, times how often the rule is right. For
each kind of value a line on the log-odds of the score, fitted on labelled documents, makes a share
of it (J. Platt, "Probabilistic outputs for support vector machines", 1999). The lines are in
`dictionaries/confidences.tsv`; `python -m benchmarks.calibrate` fits them again.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.dictionary import rows

if TYPE_CHECKING:
    from pipeline.record import Fields
    from pipeline.settings import Settings

# No score is taken for more certain than this: log-odds of 0 and 1 are infinite.
_LEAST, _MOST = 0.02, 0.995


def calibrated(kind: str, score: float) -> float:
    """Return the share of values of this kind ("tasks", "date") and score that are right."""
    slope, offset = _lines().get(kind, (1.0, 0.0))
    return 1 / (1 + math.exp(-(offset + slope * log_odds(score))))


def log_odds(score: float) -> float:
    """Return ln(score / (1 - score)), the score kept away from 0 and 1."""
    bounded = min(max(score, _LEAST), _MOST)
    return math.log(bounded / (1 - bounded))


def calibrate(fields: Fields, settings: Settings) -> Fields:
    """Return `fields` with all confidences calibrated; what falls below the limit needs review."""
    update: dict[str, Any] = {}
    for kind in _lines():
        held = getattr(fields, kind)
        if isinstance(held, list):
            update[kind] = [_with_share(kind, item, settings) for item in held]
        elif held is not None:
            update[kind] = _with_share(kind, held, settings)
    return fields.model_copy(update=update)


def _with_share(kind: str, item: Any, settings: Settings) -> Any:
    share = round(calibrated(kind, item.confidence), 3)
    review = item.needs_review or share < settings.review_below
    return item.model_copy(update={"confidence": share, "needs_review": review})


@cache
def _lines() -> dict[str, tuple[float, float]]:
    """Return slope and offset by the kind of value."""
    return {
        row["field"]: (float(row["slope"]), float(row["offset"])) for row in rows("confidences")
    }
