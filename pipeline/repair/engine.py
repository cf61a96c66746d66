# SPDX-License-Identifier: Apache-2.0
"""Wrong Vietnamese -> right Vietnamese, with a receipt for every change.

Normal forms and tones first, then what grammar and lexicons decide (codes, dates, formulas), then
the decoder over all that is left, which sees their result as its context.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pipeline.model import Role
from pipeline.repair.changes import Change, apply, words_of
from pipeline.repair.kinds import is_protected
from pipeline.repair.marks import mark_changes
from pipeline.repair.numerals import Item, mend_numerals
from pipeline.repair.person_names import restore_name
from pipeline.repair.phrases import core
from pipeline.repair.prose import decoded
from pipeline.repair.protect import code_changes
from pipeline.repair.regime import mode_of, regime_of
from pipeline.repair.syllables import is_real
from pipeline.repair.zones import changes_in
from pipeline.vietnamese import nfc, place_tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Block, Document, Page
    from pipeline.repair.regime import Mode, Regime
    from pipeline.settings import Settings

T = TypeVar("T")

# Pages that are mended in the light of one another.
_MOST_TOGETHER = 200
# A less sure name is left to the decoder.
_SURE_NAME = 0.6
# Stamps and noise are evidence, not text: they are shown as they were read.
_LEFT_ALONE = frozenset((Role.ARRIVAL, Role.NOISE, Role.PAGE_NUMBER))


def repair(document: Document, settings: Settings) -> Document:
    """Return the document with its words mended; every changed word carries its receipt.

    Pages that came in the same way are mended together, in the light of one another: what was
    typed says nothing of how the other pages were read. Of a very long document that light is of
    the pages nearby: it bounds the memory, and so far on they tell of other matters.
    """
    whole = mode_of(" ".join(_text(page) for page in document.pages))
    # A page too short to tell is taken as the document is.
    ways = [(mode_of(_text(page), whole), page.text_layer.verdict) for page in document.pages]
    pages = list(document.pages)
    for way, chosen in _together(ways):
        places = [
            (number, place)
            for number in chosen
            for place, block in enumerate(pages[number].blocks)
            if block.role not in _LEFT_ALONE and words_of(block)
        ]
        blocks = {number: list(pages[number].blocks) for number in chosen}
        mended = mend([blocks[number][place] for number, place in places], way[0])
        for (number, place), block in zip(places, mended, strict=True):
            blocks[number][place] = block
        for number in chosen:
            pages[number] = replace(pages[number], blocks=tuple(blocks[number]))
    return replace(document, pages=tuple(pages))


def _together(ways: Sequence[T]) -> Iterator[tuple[T, list[int]]]:
    """Yield the places of pages that came in the same way, with that way, in bounded groups."""
    for way in dict.fromkeys(ways):
        chosen = [place for place, own in enumerate(ways) if own == way]
        for start in range(0, len(chosen), _MOST_TOGETHER):
            yield way, chosen[start : start + _MOST_TOGETHER]


def mend(blocks: Sequence[Block], mode: Mode) -> list[Block]:
    """Return blocks of pages that were read alike with their words mended."""
    regime = regime_of(mode)
    known = _numbered([_normal(block) for block in blocks])
    known = [_dictionary(_protected(block, regime.garbled), regime.garbled) for block in known]
    if regime.garbled:
        known = [_signed(block, regime) for block in known]
    return _marked(decoded(known, regime))


def _marked(blocks: Sequence[Block]) -> list[Block]:
    """Mend the marks between words, which only right words tell."""
    words = [[[word.text for word in line.words] for line in block.lines] for block in blocks]
    return [
        apply(block, changes) for block, changes in zip(blocks, mark_changes(words), strict=True)
    ]


def _text(page: Page) -> str:
    return "\n".join(block.text for block in page.text_blocks)


def _normal(block: Block) -> Block:
    """Mend foreign look-alikes ("NQ-СР" in Cyrillic) and tones on a letter that carries none."""
    changes: list[Change] = []
    for place, word in enumerate(words_of(block)):
        text = nfc(word.text)
        if text != unicodedata.normalize("NFC", word.text):
            changes.append(Change(place, place, text, 1.0, "nfc"))
            continue
        inner = core(text)
        toned = place_tone(inner)
        if toned != inner and not is_protected(text) and is_real(toned):
            changes.append(Change(place, place, text.replace(inner, toned, 1), 0.99, "tone"))
    return apply(block, changes)


def _numbered(blocks: list[Block]) -> list[Block]:
    """Mend the numbers of lists, which only their sequence tells: `I11.` behind `II.`."""
    lines = [
        (number, sum(len(line.words) for line in block.lines[:place]), line.text)
        for number, block in enumerate(blocks)
        for place, line in enumerate(block.lines)
        if line.words
    ]
    found = list(blocks)
    for mended in mend_numerals([Item.of(text) for _, _, text in lines]):
        number, first, _ = lines[mended.place]
        change = Change(first, first, mended.text, mended.score, "numeral")
        found[number] = apply(found[number], [change])
    return found


def _signed(block: Block, regime: Regime) -> Block:
    """Mend the name below a signature: a name is no sentence, and no phrase of the model."""
    if block.role is not Role.SIGNATURE:
        return block
    changes: list[Change] = []
    first = 0
    for line in block.lines:
        words = [word.text for word in line.words]
        if not line.text.isupper() and not any(word.edit for word in line.words):
            name = restore_name(words, regime.likelihood)
            if name is not None and name.score >= _SURE_NAME:
                others = [alternative for alternative, _ in name.alternatives]
                changes += [
                    Change(first + place, first + place, word, name.score, "name",
                           tuple(dict.fromkeys(other[place] for other in others)))
                    for place, word in enumerate(name.words)
                ]  # fmt: skip
        first += len(line.words)
    return apply(block, changes)


def _protected(block: Block, garbled: bool) -> Block:
    return apply(block, code_changes([word.text for word in words_of(block)], garbled))


def _dictionary(block: Block, garbled: bool) -> Block:
    words = [word.text for word in words_of(block)]
    return apply(block, changes_in(block, words, garbled=garbled))
