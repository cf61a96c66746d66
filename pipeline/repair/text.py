# SPDX-License-Identifier: Apache-2.0
"""Plain text -> plain text, line for line, with the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from pipeline.model import Block, Line, Role, Word
from pipeline.repair.engine import mend
from pipeline.repair.person_names import is_name
from pipeline.repair.regime import mode_of
from pipeline.repair.slots import paragraphs
from pipeline.repair.syllables import has_vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from pipeline.repair.regime import Mode

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class TextEdit:
    """The receipt of a change: `text[start:end]` of the repaired text was `before`.

    Attributes:
        start, end: characters of the repaired text.
        before, after: as read, and as repaired.
        score: how sure the change is, 0-1.
        rule: what made it.
        alternatives: other readings, the likeliest first.
    """

    start: int
    end: int
    before: str
    after: str
    score: float
    rule: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairedToken:
    """Text between two blanks after the repair, what it was, and how sure it is (0-1)."""

    text: str
    before: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text.

    Attributes:
        text: as many lines as were given, blanks and line ends as they were.
        edits: what was changed, in order; `undo` takes it back.
        tokens: all of the text, changed or not, in order.
        mode: how it was taken to have been read.
    """

    text: str
    edits: tuple[TextEdit, ...]
    tokens: tuple[RepairedToken, ...]
    mode: Mode


def repair_text(
    text: str,
    *,
    mode: Literal["auto", "garbled", "vie"] = "auto",
    confidences: Sequence[float | None] | None = None,
) -> Repaired:
    """Return a text with its Vietnamese repaired.

    Args:
        text: as a reader gave it, with its line ends.
        mode: "garbled" if the reader knew no Vietnamese (marks are missing or wrong on most
            words), "vie" if it did (few words are wrong); "auto" finds out.
        confidences: of the reader, 0-1, for each token (text between blanks) in order.

    Returns:
        The repaired text with receipts. A text without words comes back as it is.

    Raises:
        ValueError: there are not as many confidences as tokens.
    """
    found: Mode = mode_of(text, "vie" if has_vietnamese(text) else "garbled")
    if mode == "vie" or (mode == "garbled" and found == "vie"):
        found = mode
    spans: list[list[tuple[int, int]]] = []
    start = 0
    for line in text.split("\n"):
        spans.append([(start + m.start(), start + m.end()) for m in _TOKEN.finditer(line)])
        start += len(line) + 1
    filled = [line for line in spans if line]
    given: Iterator[float | None] = repeat(None)
    if confidences is not None:
        if len(confidences) != sum(map(len, spans)):
            raise ValueError("as many confidences are needed as there are tokens")
        given = iter(confidences)
    blocks = _blocks([[Word(text[a:b], confidence=next(given)) for a, b in line] for line in spans])
    words = [word for block in mend(blocks, found) for line in block.lines for word in line.words]
    return _assembled(text, [span for line in filled for span in line], words, found)


def undo(text: str, edits: Iterable[TextEdit]) -> str:
    """Return the text as it was before the edits, to the letter."""
    parts: list[str] = []
    end = 0
    for edit in edits:
        parts += [text[end : edit.start], edit.before]
        end = edit.end
    return "".join([*parts, text[end:]])


def _blocks(lines: list[list[Word]]) -> list[Block]:
    """Return the paragraphs of a text; names that stand alone at its end are signatures."""
    blocks: list[list[Line]] = []
    roles: list[Role] = []
    last = max((number for number, line in enumerate(lines) if line), default=0)
    texts = [[word.text for word in line] for line in lines]
    for number, (line, begins) in enumerate(zip(lines, paragraphs(texts), strict=True)):
        if not line:
            continue
        name = number == last and is_name(" ".join(texts[number]))
        if begins or name:
            blocks.append([])
            roles.append(Role.SIGNATURE if name else Role.BODY)
        blocks[-1].append(Line(tuple(line)))
    return [Block(role, tuple(own)) for role, own in zip(roles, blocks, strict=True)]


def _assembled(text: str, spans: list[tuple[int, int]], words: list[Word], mode: Mode) -> Repaired:
    """Put repaired words where their tokens stood; blanks stay as they were."""
    parts: list[str] = []
    edits: list[TextEdit] = []
    tokens: list[RepairedToken] = []
    end = length = place = 0
    for word in words:
        count = len(word.edit.before.split()) if word.edit else 1
        first, last = spans[place][0], spans[place + count - 1][1]
        place += count
        parts += [text[end:first], word.text]
        length += first - end
        before = text[first:last]
        if word.edit:
            edits.append(
                TextEdit(
                    length,
                    length + len(word.text),
                    before,
                    word.text,
                    word.edit.score,
                    word.edit.rule,
                    word.edit.alternatives,
                )
            )
        score = word.edit.score if word.edit else word.confidence
        tokens += [
            RepairedToken(token, before, 1.0 if score is None else score)
            for token in word.text.split()
        ]
        length += len(word.text)
        end = last
    return Repaired("".join([*parts, text[end:]]), tuple(edits), tuple(tokens), mode)
