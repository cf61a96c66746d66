# SPDX-License-Identifier: Apache-2.0
"""Wrong Vietnamese -> right Vietnamese, with a receipt for every change.

The first floor: normal forms, tone placement, codes and dates, and the domain dictionary. Free
prose that was read without marks stays as it is: nothing is invented here. A decoder over
syllables takes its place between `_protected` and `_dictionary` once it is there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Role
from pipeline.repair.changes import Change, apply, words_of
from pipeline.repair.phrases import core
from pipeline.repair.protect import code_changes, is_protected
from pipeline.repair.syllables import is_garbled, is_real
from pipeline.repair.zones import changes_in
from pipeline.vietnamese import nfc, place_tone

if TYPE_CHECKING:
    from pipeline.model import Block, Document, Page
    from pipeline.settings import Settings

# Stamps and noise are evidence, not text: they are shown as they were read.
_LEFT_ALONE = frozenset((Role.ARRIVAL, Role.NOISE, Role.PAGE_NUMBER))


def repair(document: Document, settings: Settings) -> Document:
    """Return the document with its words mended; every changed word carries its receipt."""
    whole = is_garbled(" ".join(_text(page) for page in document.pages))
    return replace(document, pages=tuple(_page(page, whole) for page in document.pages))


def _text(page: Page) -> str:
    return "\n".join(block.text for block in page.text_blocks)


def _page(page: Page, whole: bool | None) -> Page:
    """Return a page mended; one too short to tell how it was read is taken as the document is."""
    own = is_garbled(_text(page))
    garbled = bool(whole if own is None else own)
    return replace(page, blocks=tuple(_block(block, garbled) for block in page.blocks))


def _block(block: Block, garbled: bool) -> Block:
    if block.role in _LEFT_ALONE or not words_of(block):
        return block
    return _dictionary(_protected(_normal(block), garbled), garbled)


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


def _protected(block: Block, garbled: bool) -> Block:
    return apply(block, code_changes([word.text for word in words_of(block)], garbled))


def _dictionary(block: Block, garbled: bool) -> Block:
    words = [word.text for word in words_of(block)]
    return apply(block, changes_in(block, words, garbled=garbled))
