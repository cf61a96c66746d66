# SPDX-License-Identifier: Apache-2.0
"""What a record tells of its pages: where values stand, what was read, mended and doubted."""

from __future__ import annotations

from typing import Annotated, Literal

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
