# SPDX-License-Identifier: Apache-2.0
"""A verdict on the text layer of a page, with its reason.

Two questions decide, never the mere presence of text: is it Vietnamese, and does it cover what
is to be read? Figures on 98 pages of 31 real files stand at the thresholds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Box, TextLayer, Verdict
from pipeline.vietnamese import nfc, syllable_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.intake.survey import Survey
    from pipeline.model import Line

# Letters that only Vietnamese has: engines that know no Vietnamese cannot write them. Words with
# one are 0.47-0.65 of real text, 0.00-0.01 of garbled layers.
_OWN_LETTER = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_OWN_SHARE = 0.25

# Words built like syllables: 0.85-0.99 in real text (a page of addresses and initials has the
# least), 0.30-0.61 in garbled layers.
_SYLLABLE_SHARE = 0.75

# Fewer words than this prove nothing: a page number, "6016 06/07/2023".
_FEW_WORDS = 8

# A picture from this share of the page on holds something to be read: the smallest scan set into
# a typed page has 0.28, the largest seal or signature 0.04.
_LARGE_PICTURE = 0.15

# Text that covers less of a large picture's height than this lies beside it or on its margin:
# stamps cover 0.10 at most, an OCR layer 0.4 and more, also of a half empty page.
_COVERED = 0.2

# A drawn letter is one outline, a dotted leader or a table has few as small: outlines that
# outnumber the characters of the layer say that the text itself was drawn.
_DRAWN_LETTERS = 100

# Text in another language is left alone only if nearly all of it is plain words or figures ...
_PLAIN_SHARE = 0.95
# ... and if it is not Vietnamese without marks: English has 0.25-0.35 words that could be
# syllables, unmarked Vietnamese 0.9, engines without Vietnamese 0.3-0.6.
_FOREIGN_SYLLABLES = 0.45

_WORD = re.compile(r"[^\W\d_]{2,}")
_PLAIN = re.compile(r"[\W\d_]*[A-Za-z]*(?:['’-][A-Za-z]+)*[\W\d_]*")
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of a text tell.

    Attributes:
        words: words of two letters and more.
        syllables: share of them that are built like Vietnamese syllables.
        own: share of them with a letter that only Vietnamese has.
        plain: share of all tokens that are plain Latin words, figures or signs.
        broken: characters that stand for nothing.
    """

    words: int
    syllables: float
    own: float
    plain: float
    broken: int

    @property
    def is_vietnamese(self) -> bool:
        """Whether this is Vietnamese with its marks."""
        return self.syllables >= _SYLLABLE_SHARE and self.own >= _OWN_SHARE

    @property
    def is_foreign(self) -> bool:
        """Whether this is sound text in another language."""
        sound = self.plain >= _PLAIN_SHARE and not self.broken
        return sound and self.syllables < _FOREIGN_SYLLABLES and self.words >= _FEW_WORDS

    def __str__(self) -> str:
        """Return the figures in words."""
        return (
            f"{self.syllables:.0%} of {self.words} words are built like Vietnamese syllables "
            f"and {self.own:.0%} carry a letter that only Vietnamese has"
        )


def weigh(text: str) -> Wording:
    """Return what the words of `text` tell about it."""
    text = nfc(text)
    words = _WORD.findall(text)
    tokens = text.split()
    own = sum(bool(_OWN_LETTER.search(word)) for word in words)
    plain = sum(bool(_PLAIN.fullmatch(token)) for token in tokens)
    return Wording(
        words=len(words),
        syllables=syllable_share(text),
        own=own / max(len(words), 1),
        plain=plain / max(len(tokens), 1),
        broken=len(_BROKEN.findall(text)),
    )


def judge(lines: Sequence[Line], survey: Survey, converted: str = "") -> TextLayer:
    """Return the verdict on the `lines` of a page on which lies what `survey` says.

    `converted` names the code page from which the lines have been converted, "" for none.
    """
    text = "\n".join(line.text for line in lines)
    characters = len(text.replace(" ", "").replace("\n", ""))
    if not characters:
        return TextLayer(Verdict.NONE, _why_none(survey))
    large = [
        picture.box for picture in survey.pictures if survey.share(picture.box) >= _LARGE_PICTURE
    ]
    boxes = [line.box for line in lines if line.box is not None]
    for picture in large:
        if (covered := _covered(picture, boxes)) < _COVERED:
            reason = (
                f"{characters} characters cover {covered:.0%} of the height of a picture that "
                f"fills {survey.share(picture):.0%} of the page"
            )
            return TextLayer(Verdict.OVERLAY, reason)
    if survey.drawn >= _DRAWN_LETTERS and survey.drawn > characters:
        reason = f"{characters} characters stand beside {survey.drawn} letters drawn as outlines"
        return TextLayer(Verdict.OVERLAY, reason)
    layer = _judge_wording(weigh(text), bool(large), converted)
    covered = _covered(Box(0.0, 0.0, survey.width, survey.height), boxes)
    return TextLayer(layer.verdict, f"{layer.reason}; lines cover {covered:.0%} of its height")


def judge_text(text: str, converted: str = "") -> TextLayer:
    """Return the verdict on plain text; `converted` as in `judge`."""
    if not text.strip():
        return TextLayer(Verdict.NONE, "the page holds no text")
    return _judge_wording(weigh(text), False, converted)


def _judge_wording(wording: Wording, on_picture: bool, converted: str) -> TextLayer:
    if wording.is_vietnamese and converted:
        return TextLayer(Verdict.LEGACY, f"converted from {converted}: {wording}")
    if wording.is_vietnamese:
        return TextLayer(Verdict.CLEAN, f"{wording}")
    if wording.words < _FEW_WORDS:
        return _judge_few(wording, on_picture)
    if wording.is_foreign and not on_picture:
        return TextLayer(Verdict.CLEAN, f"sound text in another language: {wording}")
    return TextLayer(Verdict.GARBLED, f"only {wording}")


def _judge_few(wording: Wording, on_picture: bool) -> TextLayer:
    count = f"only {wording.words} words, too few to tell their language"
    if on_picture:
        return TextLayer(Verdict.GARBLED, f"{count}, over a picture that can be read again")
    if wording.broken:
        return TextLayer(Verdict.GARBLED, f"{count}, and {wording.broken} characters are broken")
    return TextLayer(Verdict.CLEAN, f"{count}; nothing in them is broken and no picture lies below")


def _why_none(survey: Survey) -> str:
    if survey.drawn >= _DRAWN_LETTERS:
        return f"no text; {survey.drawn} outlines as small as letters: the text was drawn"
    if survey.pictures:
        share = max(survey.share(picture.box) for picture in survey.pictures)
        return f"no text; a picture fills {min(share, 1.0):.0%} of the page"
    return "no text and no picture: the page seems blank"


def _covered(picture: Box, lines: Sequence[Box]) -> float:
    """Return the share of a picture's height (0-1) on which lines of text lie."""
    spans = sorted(
        (max(line.y0, picture.y0), min(line.y1, picture.y1))
        for line in lines
        if line.x0 < picture.x1 and line.x1 > picture.x0
    )
    covered, end = 0.0, picture.y0
    for top, bottom in spans:
        covered += max(bottom - max(top, end), 0.0)
        end = max(end, bottom)
    return covered / max(picture.height, 1.0)
