# SPDX-License-Identifier: Apache-2.0
"""Blocks of words through the decoder and back: every change a word with its receipt."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model import Role
from pipeline.repair.changes import Change, apply
from pipeline.repair.decoder import decode
from pipeline.repair.kinds import kind_of
from pipeline.repair.marks import comma_for_stop, without_tail
from pipeline.repair.person_names import is_name
from pipeline.repair.slots import Token, paragraphs
from pipeline.repair.syllables import own_syllables
from pipeline.repair.tokens import parts
from pipeline.vietnamese import fold_tone_placement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Block, Word
    from pipeline.repair.decoder import Reading
    from pipeline.repair.regime import Regime

_SHORT = re.compile(r"[A-Z]{2,3}[.,;:]?|\d{1,2}[.,;]?|[¥€£©®§]")
_LETTERS = re.compile(r"[^\W\d_]+")
# The part of a reading's share that goes where the reader had no confidence at all: chosen so
# that shares are what they say on development pages.
_DOUBT = 0.1
# A reader as sure as this is believed of names.
_BELIEVED = 0.8
# Parts of which each printed line may say something of its own.
_LISTS = frozenset((Role.ORGAN, Role.MOTTO, Role.RECIPIENTS, Role.SIGNATURE))


def decoded(blocks: Sequence[Block], regime: Regime) -> list[Block]:
    """Return blocks with their words as the decoder reads them, in the light of all of them."""
    lines: list[list[Token]] = []
    begins: list[bool] = []
    firsts: list[tuple[int, int]] = []
    for number, block in enumerate(blocks):
        place = 0
        own = [[word.text for word in line.words] for line in block.lines]
        starts = paragraphs(own) if block.role in _LISTS else [False] * len(own)
        for line, start in zip(block.lines, starts, strict=True):
            begins.append(start or (place == 0 and not block.continues))
            tokens = _tokens(line.words, regime)
            # A name is no sentence; a reader that knows the marks is believed of it.
            if block.role is Role.SIGNATURE and not regime.garbled and is_name(line.text):
                tokens = [token._replace(fixed=True) for token in tokens]
            lines.append(tokens)
            firsts.append((number, place))
            place += len(line.words)
    changes: dict[int, list[Change]] = defaultdict(list)
    for group in _by_token(decode(lines, begins, regime.maker, regime.beam)):
        row = group[0].slots[0].line
        owner, first = firsts[row]
        changes[owner].append(_change(group, lines[row], first, regime))
    return [apply(block, changes[number]) for number, block in enumerate(blocks)]


def _tokens(words: Sequence[Word], regime: Regime) -> list[Token]:
    tokens = [_token(word, regime) for word in words]
    for place, (token, after) in enumerate(pairwise(tokens)):
        if token.text.endswith(".") and not token.fixed:
            tokens[place] = token._replace(text=comma_for_stop(token.text, after.text))
    return tokens


def _token(word: Word, regime: Regime) -> Token:
    text, garbled = word.text, regime.garbled
    fixed = word.edit is not None or " " in text
    own = own_syllables()
    fixed = fixed or (bool(own) and any(part.symbol in own for part in parts(text)))
    if not fixed:
        kind = kind_of(text)
        fixed = kind not in ("word", "mixed") if garbled else kind != "word"
        # What is this short may be a word that was read badly: `BG` is "BỘ", `86` "số".
        fixed = fixed and not (garbled and _SHORT.fullmatch(text))
        # A reader that knows the language is believed where a word is no Vietnamese one (IoT, X).
        fixed = fixed or not (garbled or all(map(_is_printed_so, _LETTERS.findall(text))))
    return Token(text, word.confidence, fixed, word.others)


def _is_printed_so(letters: str) -> bool:
    """Return whether a run of letters has the case of a Vietnamese word in print."""
    if len(letters) == 1:
        return not (letters.isascii() and letters.isupper())
    return letters[1:].islower() or letters.isupper()


def _by_token(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Return readings in groups that share no token with another ("Văn hóa-Thông tin")."""
    groups: list[list[Reading]] = []
    for reading in readings:
        first = reading.slots[0]
        if groups:
            last = groups[-1][-1].slots[-1]
            if (last.line, last.token) == (first.line, first.token):
                groups[-1].append(reading)
                continue
        groups.append([reading])
    return groups


def _sure(reading: Reading) -> float:
    """Return how sure a reading is, in the light of how sure the reader was of the shapes."""
    known = [slot.confidence for slot in reading.slots if slot.confidence is not None]
    return reading.share * (1 - _DOUBT * (1 - min(known, default=1.0)))


def _change(group: Sequence[Reading], line: Sequence[Token], start: int, regime: Regime) -> Change:
    """Return what a group of readings makes of its tokens, as a change of their block.

    Where that is not sure enough what was read stays, no surer than what speaks for it.
    """
    first, last = group[0].slots[0].token, group[-1].slots[-1].token
    offsets, text = {}, ""
    for place in range(first, last + 1):
        offsets[place] = len(text)
        text += line[place].text + " "
    seen = text = text[:-1]
    for reading in reversed(group):
        head, tail = reading.slots[0], reading.slots[-1]
        begin = offsets[head.token] + head.part.start
        end = offsets[tail.token] + tail.part.end
        text = text[:begin] + reading.text + text[end:]
    if regime.garbled:
        text = without_tail(text)
    # Where a tone stands is the writer's choice (hoà, hòa).
    if fold_tone_placement(text) == fold_tone_placement(seen):
        text = seen
    share = min(map(_sure, group))
    # A name is no sentence: `Quang Châu` is not `Quảng Châu` because that is better known.
    believed = all((slot.confidence or 1.0) > _BELIEVED for r in group for slot in r.slots)
    name = not regime.garbled and seen[:1].isupper() and not seen.isupper() and believed
    if text != seen and share < (regime.least_share_of_names if name else regime.least_share):
        text, share = seen, 1 - share
    others = tuple(other for other, _ in group[0].alternatives) if len(group) == 1 else ()
    return Change(start + first, start + last, text, share, "decoder", others)
