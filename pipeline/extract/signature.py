# SPDX-License-Identifier: Apache-2.0
"""Người ký: authority, post and name at the foot (NĐ 30/2020, Phụ lục I, II.7).

The foot stands where the directive ends, which is not the last page when annexes follow: the first
signature with an authority or a post counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.extract.authority import is_signing_line, read_authority, read_mark
from pipeline.extract.names import find_name, name_case
from pipeline.extract.parts import line_spans, printed_lines
from pipeline.extract.places import is_place
from pipeline.extract.posts import begins_with_post, holds_post, looks_like_post
from pipeline.likeness import plain
from pipeline.model import Block, Box, Role
from pipeline.record import Signer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document, Line, Page
    from pipeline.passage import Passage
    from pipeline.settings import Settings

# How often such a block is right when its words are.
_BOX, _ELSEWHERE = 0.97, 0.75
# Without a known family name, the line of the name may be a seal's; without a name or a post, the
# block is not whole.
_UNKNOWN_NAME, _NOT_WHOLE = 0.7, 0.6
# The mark or the post was not read but follows; others have signed beside the first.
_INFERRED, _JOINT = 0.7, 0.75
_LINES_TO_NAME = 8
# "TỪ TRƯỜNG" is what a reader made of "THỨ TRƯỞNG", not Mr Từ Trường.
_POST_OR_NAME = 0.85
# Points that the middle of a name may stand beside the lines above it: a centimetre.
_BESIDE = 28.0


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of a signature block, and the name under them."""

    passage: Passage
    lines: tuple[tuple[int, int], ...]
    name: tuple[int, int] | None
    known: bool
    prior: float
    rule: str


def extract_signer(document: Document, settings: Settings) -> Signer | None:
    """Return who signed, None if no signature block is found.

    Of several who signed together the first counts, and a person should look.
    """
    # The first that is whole; else the first that has at least a post or an authority.
    rest: list[_Block] = []
    for block in chain(_boxes(document), _elsewhere(document)):
        if block.lines and block.name:
            return _signer(block, settings)
        rest.append(block)
    best = max(rest, key=lambda block: bool(block.lines), default=None)
    return _signer(best, settings) if best else None


def _boxes(document: Document) -> Iterator[_Block]:
    """Yield the blocks that the layout took for signatures."""
    for page in document.pages:
        blocks = [block for block in page.blocks if block.role is Role.SIGNATURE]
        if not blocks:
            continue
        apart = [one for block in blocks if (one := _read_blocks([block], page))]
        whole = [one for one in apart if one.lines and one.name]
        if len(whole) > 1:
            yield replace(whole[0], prior=whole[0].prior * _JOINT)
        elif block := _read_blocks(blocks, page):
            found = block if block.name else _with_name_below(block, page)
            unread = _leaves_a_post(page, blocks)
            yield replace(found, prior=found.prior * _INFERRED) if unread else found


def _read_blocks(blocks: list[Block], page: Page) -> _Block | None:
    passage = printed_lines((page, block) for block in blocks)
    return _read(passage, line_spans(passage), _BOX, "signature.box")


def _leaves_a_post(page: Page, signed: list[Block]) -> bool:
    """Return whether a post stands among what the layout could not read beside the signature."""
    return any(
        holds_post(line.text)
        for block in page.blocks
        if block.role is Role.NOISE
        for line in block.lines
        if _is_under(line, signed)
    )


def _elsewhere(document: Document) -> Iterator[_Block]:
    """Yield what looks like a signature among other lines: from a mark or a post in capitals on."""
    for page in document.pages:
        passage = printed_lines((page, block) for block in page.text_blocks)
        spans = line_spans(passage)
        for at, (start, end) in enumerate(spans):
            line = passage.text[start:end]
            if read_mark(line) and is_signing_line(line):
                few = spans[at : at + _LINES_TO_NAME]
                block = _read(passage, few, _ELSEWHERE, "signature.line")
                if block and block.name:
                    yield block
                    break


def _read(passage: Passage, spans: list[tuple[int, int]], prior: float, rule: str) -> _Block | None:
    """Return the signature in the lines of `spans`: signing lines, then the first name."""
    lines: list[tuple[int, int]] = []
    for start, end in spans:
        line = passage.text[start:end]
        opens = bool(lines or read_mark(line) or begins_with_post(line) or looks_like_post(line))
        if opens and is_signing_line(line) and not _is_capital_name(line):
            lines.append((start, end))
            continue
        if (lines or rule == "signature.box") and (name := _person(line)):
            first, last, known = name
            return _Block(passage, tuple(lines), (start + first, start + last), known, prior, rule)
    if not lines:
        return None
    # "Mai Sơn" is a district, but where nobody else is named it is who signed.
    namesakes = (span for span in spans if _is_namesake(passage.text[slice(*span)]))
    return _Block(passage, tuple(lines), next(namesakes, None), False, prior, rule)


def _is_namesake(line: str) -> bool:
    """Return whether all of `line` is a name that a place has too; no seal's word in capitals."""
    name = find_name(line)
    if name is None or name[:2] != (0, len(line)) or not name[2]:
        return False
    return is_place(line) and not line.isupper()


def _person(line: str) -> tuple[int, int, bool] | None:
    """Return the name in `line`, as `find_name`; the seal's words ("Quảng Ngãi") are no person."""
    name = find_name(line)
    if name is None or begins_with_post(line):
        return None
    if is_place(line[name[0] : name[1]]) or looks_like_post(line[name[0] : name[1]]):
        return None
    if plain(line[name[0] : name[1]]).split()[0] == "thi":
        return None  # "Thị" is a middle name: the family name was not read
    return name if name[2] or not is_signing_line(line) else None


def _is_capital_name(line: str) -> bool:
    """Return whether a line in capitals is a name: a known family name, and no post."""
    name = find_name(line)
    bare = line.strip(" .,;:|-")
    return bool(name and name[2] and not begins_with_post(line) and not read_mark(line)
                and not looks_like_post(bare, _POST_OR_NAME)
                and name[1] - name[0] >= len(bare) - 2)  # fmt: skip


def _with_name_below(block: _Block, page: Page) -> _Block:
    """Return `block` with a name that stands under it on the page, outside its box."""
    signed = [other for other in page.blocks if other.role is Role.SIGNATURE]
    # The lines of the block come first, so that their places in the passage stay the same.
    under = [
        Block(other.role, (line,))
        for other in page.blocks
        if other.role in (Role.BODY, Role.NOISE)
        for line in other.lines
        if _is_under(line, signed)
    ]
    joined = printed_lines((page, other) for other in (*signed, *under))
    names = [
        (name[2], start + name[0], start + name[1])
        for start, end in line_spans(joined)[len(line_spans(block.passage)) :]
        if (name := _person(joined.text[start:end])) and name[1] - name[0] >= 0.7 * (end - start)
    ]
    if not names:
        return block
    known, start, end = max(names)  # one with a known family name, else the lowest
    below = "signature.name_below"
    return _Block(joined, block.lines, (start, end), known, _ELSEWHERE, below)


def _is_under(line: Line, signed: list[Block]) -> bool:
    """Return whether `line` stands below the top of the signature and in its column."""
    box, area = line.box, Box.around([block.box for block in signed if block.box])
    if box is None or area is None:
        return True
    return box.centre[1] > area.y0 and area.x0 - _BESIDE < box.centre[0] < area.x1 + _BESIDE


def _signer(block: _Block, settings: Settings) -> Signer:
    text = block.passage.text
    signed = read_authority([text[start:end] for start, end in block.lines])
    spans = [*block.lines, *([block.name] if block.name else [])]
    read = min(block.passage.confidence(start, end) for start, end in spans)
    prior = block.prior * (1.0 if block.known else _UNKNOWN_NAME)
    prior *= 1.0 if block.name and signed.position else _NOT_WHOLE
    prior *= _INFERRED if signed.inferred else 1.0
    confidence = round(read * prior, 3)
    evidence = [
        entry for start, end in spans for entry in block.passage.evidence(start, end, block.rule)
    ]
    return Signer(
        authority=signed.authority,
        authorities=list(signed.steps),
        position=signed.position,
        name=name_case(text[block.name[0] : block.name[1]]) if block.name else None,
        raw=" ".join(" ".join(text[start:end] for start, end in spans).split()),
        confidence=confidence,
        needs_review=confidence < settings.review_below,
        evidence=evidence,
    )
