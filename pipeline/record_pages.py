# SPDX-License-Identifier: Apache-2.0
"""What a record tells of its pages: where values stand, what was read, mended and doubted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Confidence = Annotated[float, Field(ge=0, le=1)]
BoxInPoints = tuple[float, float, float, float]


class Part(BaseModel):
    """Base of every part: unknown keys are errors, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Part):
    """Where a value stands and which rule found it.

    `box` is x0, y0, x1, y1 in points from the top left of the page as scanned; null in plain text.
    """

    page: int
    box: BoxInPoints | None
    rule: str

    @classmethod
    def at(cls, page: int, box: Any, rule: str) -> Evidence:
        """Return the evidence for a `pipeline.model.Box` (or None) on a page."""
        if box is None:
            return cls(page=page, box=None, rule=rule)
        corners = (box.x0, box.y0, box.x1, box.y1)
        x0, y0, x1, y1 = (round(value, 1) for value in corners)
        return cls(page=page, box=(x0, y0, x1, y1), rule=rule)

    def on_line_of(self, other: Evidence) -> bool:
        """Return whether `other` stands on the same printed line (or neither has a place)."""
        if self.page != other.page or (self.box is None) != (other.box is None):
            return False
        if self.box is None or other.box is None:
            return True
        middle = (other.box[1] + other.box[3]) / 2
        return self.box[1] <= middle <= self.box[3]

    def joined(self, other: Evidence) -> Evidence:
        """Return the evidence around both boxes."""
        if self.box is None or other.box is None:
            return self
        return self.model_copy(
            update={
                "box": (
                    min(self.box[0], other.box[0]),
                    min(self.box[1], other.box[1]),
                    max(self.box[2], other.box[2]),
                    max(self.box[3], other.box[3]),
                )
            }
        )


class RegionRecord(Part):
    """What a stamp or a pen left on a page; `box` as in `Evidence`, on the page as scanned."""

    kind: Literal["seal", "arrival_stamp", "handwriting", "watermark", "signature"]
    box: BoxInPoints


class PageRecord(Part):
    """A page: size in points, the verdict on its text layer, its text in reading order.

    `regions` are the seals, stamps and handwriting that were found on its scan; what cannot be
    told well is not listed. `error` says why a page could not be read; it has no text then.
    """

    number: int
    width: float | None
    height: float | None
    verdict: Literal["clean", "garbled", "legacy", "overlay", "none"]
    reason: str
    confidence: Confidence | None
    text: str
    regions: list[RegionRecord] = []
    error: str | None = None


class EditRecord(Part):
    """The receipt of a repair: `pages[page - 1].text[span[0]:span[1]]` is `after`.

    Below the limit of review the change is a best guess, with its alternatives.
    """

    page: int
    span: tuple[int, int]
    before: str
    after: str
    score: Confidence
    rule: str
    alternatives: list[str] = []


class DoubtRecord(Part):
    """A word to be looked at: its readers are not sure of it, or do not agree.

    `pages[page - 1].text[span[0]:span[1]]` is `text`; `others` is what else it may be.
    """

    page: int
    span: tuple[int, int]
    text: str
    confidence: Confidence
    others: list[str] = []
