# SPDX-License-Identifier: Apache-2.0
"""What the dictionaries say of each word: heads of units, verbs, fields, nouns of groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.nlp import RULES

if TYPE_CHECKING:
    from pipeline.extract.nlp import Doc

# Levels and the like may follow a head of one syllable in lower case: "Thuế tỉnh", "UBND cấp xã".
_LEVELS = frozenset("tỉnh huyện thành thị quận xã phường cấp các trung khu địa nhà".split())


@dataclass(frozen=True, slots=True)
class Marks:
    """What the dictionaries say of each token: where a head, predicate, field, noun ends.

    Attributes:
        doc: the analysed text.
        garbled: the marks are lost; case and verbs tell little.
    """

    doc: Doc
    garbled: bool = False
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)
    predicates: dict[int, int] = field(default_factory=dict)
    verbs: dict[int, int] = field(default_factory=dict)
    fields: dict[int, int] = field(default_factory=dict)
    nouns: dict[int, int] = field(default_factory=dict)
    words: dict[int, dict[str, int]] = field(default_factory=dict)


def mark(doc: Doc, *, garbled: bool = False) -> Marks:
    """Return the rule spans of `doc` by their first token, the longest of each label."""
    marks = Marks(doc, garbled)
    for span in doc.spans[RULES]:
        label, _, detail = span.label_.partition(":")
        if label == "head":
            if span.end > marks.heads.get(span.start, (0, ""))[0]:
                marks.heads[span.start] = (span.end, detail)
        elif label == "word":
            roles = marks.words.setdefault(span.start, {})
            roles[detail] = max(roles.get(detail, 0), span.end)
        else:
            table = {"predicate": marks.predicates, "field": marks.fields, "noun": marks.nouns}[
                label
            ]
            table[span.start] = max(table.get(span.start, 0), span.end)
            if detail == "verb":
                marks.verbs[span.start] = max(marks.verbs.get(span.start, 0), span.end)
    return marks


def head_at(marks: Marks, i: int) -> tuple[int, str] | None:  # noqa: PLR0911 - one a kind
    """Return the end and kind of the unit's head at token `i`, None if none really stands there."""
    if i not in marks.heads:
        return None
    end, kind = marks.heads[i]
    doc = marks.doc
    if marks.predicates.get(i, 0) > end:
        return None
    if kind in ("group", "weak", "alone"):
        return end, kind
    following = doc[end] if end < len(doc) else None
    named = following is not None and (
        following.text[0].isupper() or end in marks.fields or following.text[0].isdigit()
    )
    if kind == "person":
        nested = following is not None and (end in marks.heads or following.lower_ in _LEVELS)
        alone = end - i > 1 and (following is None or following.text == "," or end in marks.verbs)
        return (end, kind) if named or nested or alone else None
    if not doc[i].text[0].isupper() and not marks.garbled:
        return (end, kind) if named else None
    level = following is not None and following.lower_ in _LEVELS
    acronym = doc[i].text.isupper() and len(doc[i].text) > 1
    if named or level or (end - i > 1) or acronym:
        return end, kind
    return None
