# SPDX-License-Identifier: Apache-2.0
"""What the dictionaries say of each word: heads of units, verbs, fields, nouns of groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.nlp import RULES
from pipeline.extract.unit_levels import level_end

if TYPE_CHECKING:
    from pipeline.extract.nlp import Doc

# Levels and the like may follow a head of one syllable in lower case: "Thuế tỉnh", "UBND cấp xã".
_LEVELS = frozenset(
    "tỉnh huyện thành thị quận xã phường cấp các trung khu địa nhà từ đặc cơ".split()
)
# Heads that are syllables of other words too: "nghĩa vụ tài chính", "nhiệm vụ", "trụ sở y tế".
_AFTER_THESE = frozenset(
    "nghĩa nhiệm dịch chức cơ trụ cán nội toàn đồng nghiệp công thời phục trọng hồ hạng".split()
)
# Heads that may stand in small letters before a field in small letters: "sở y tế".
_IN_SMALL_LETTERS = frozenset(("sở", "bộ", "phòng", "cục", "chi cục", "vụ", "công an"))
# Nouns of one syllable that are counted as units: "34 tỉnh"; "01 bộ" is a set of papers.
_COUNTED = frozenset("tỉnh huyện quận xã phường sở thôn".split())
# Heads that say of what sort a unit is, and need words that say which.
_TYPES = frozenset(
    (
        *("hội đồng", "đoàn", "ban", "tổ", "đội", "trung tâm", "viện", "cục", "vụ", "phòng"),
        *("trạm", "văn phòng", "tổng cục", "chi cục", "khoa", "tiểu ban", "ủy ban"),
        *("bộ phận", "chi nhánh văn phòng", "hội", "khu", "phân viện", "xí nghiệp", "nhà máy"),
    )
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the dictionaries say of each token: where a head, predicate, field, noun ends.

    Attributes:
        doc: the analysed text.
        garbled: the marks are lost; case and verbs tell little.
        text: the text of `doc`.
        parts: verbs that belong to a name, anywhere in it ("công nghệ thông tin").
        firsts: verbs that belong to a name right after its head ("Đoàn kiểm tra").
    """

    doc: Doc
    garbled: bool = False
    text: str = ""
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)
    predicates: dict[int, int] = field(default_factory=dict)
    verbs: dict[int, int] = field(default_factory=dict)
    fields: dict[int, int] = field(default_factory=dict)
    nouns: dict[int, int] = field(default_factory=dict)
    parts: dict[int, int] = field(default_factory=dict)
    firsts: dict[int, int] = field(default_factory=dict)
    words: dict[int, dict[str, int]] = field(default_factory=dict)


def mark(doc: Doc, *, garbled: bool = False) -> Marks:
    """Return the rule spans of `doc` by their first token, the longest of each label."""
    marks = Marks(doc, garbled, doc.text)
    tables = {
        "predicate": marks.predicates,
        "predicate:verb": marks.verbs,
        "field": marks.fields,
        "noun": marks.nouns,
        "part:inside": marks.parts,
        "part:first": marks.firsts,
    }
    for span in doc.spans[RULES]:
        label, _, detail = span.label_.partition(":")
        if label == "head":
            if span.end > marks.heads.get(span.start, (0, ""))[0]:
                marks.heads[span.start] = (span.end, detail)
        elif label == "word":
            roles = marks.words.setdefault(span.start, {})
            roles[detail] = max(roles.get(detail, 0), span.end)
        else:
            for name in {label, span.label_} & tables.keys():
                table = tables[name]
                table[span.start] = max(table.get(span.start, 0), span.end)
    return marks


def head_at(marks: Marks, i: int) -> tuple[int, str] | None:  # noqa: PLR0911 - one a kind
    """Return the end and kind of the unit's head at token `i`, None if none really stands there.

    The kinds are those of `unit_heads.tsv`: "unit"; "alone" (needs no name); "person"; "post" (a
    person that needs no name); "group" ("các sở"); "nouns" (a group without "các": "sở, ngành");
    "weak" (a noun such as "đơn vị", a unit only where one is looked for).
    """
    if i not in marks.heads:
        return _place_or_number(marks, i)
    end, kind = marks.heads[i]
    doc = marks.doc
    if marks.predicates.get(i, 0) > end or _is_other_word(marks, i, end, kind):
        return None
    if kind in ("group", "nouns", "weak", "alone", "post"):
        return end, kind
    following = doc[end] if end < len(doc) else None
    named = following is not None and (
        following.text[0].isupper() or end in marks.fields or following.text[0].isdigit()
    )
    if kind == "person":
        nested = following is not None and (end in marks.heads or following.lower_ in _LEVELS)
        ends = following is None or following.text in (",", ":") or end in marks.verbs
        if not (named or nested) and ends and end - i > 1:
            return (end, kind) if doc[i].text[0].isupper() else (end, "weak")
        return (end, kind) if named or nested else None
    if not doc[i].text[0].isupper() and not marks.garbled:
        return _in_small_letters(marks, i, named=named)
    level = following is not None and following.lower_ in _LEVELS
    acronym = doc[i].text.isupper() and len(doc[i].text) > 1
    if named or level or (end - i > 1) or acronym or first_end(marks, i, end) > end:
        return end, kind
    return None


def first_end(marks: Marks, i: int, end: int) -> int:
    """Return the token after the verb or compound that belongs to the head at `i`, `end` if none.

    "Đoàn kiểm tra", "Trung tâm kiểm soát bệnh tật" are names; "Sở kiểm tra" is not.
    """
    if marks.doc[i:end].text.casefold() not in _TYPES:
        return end
    return max(marks.firsts.get(end, end), marks.parts.get(end, end))


def _in_small_letters(marks: Marks, i: int, *, named: bool) -> tuple[int, str] | None:
    """Return the head in small letters at `i`: "phòng Nội vụ" is a unit, "sở" alone is none.

    Several words that no name follows ("cơ quan thuế") are a unit only where one is looked for.
    """
    end, kind = marks.heads[i]
    following = marks.doc[end] if end < len(marks.doc) else None
    small = following is not None and following.text[0].islower()
    if small and marks.doc[i:end].text not in _IN_SMALL_LETTERS:
        # "thanh tra thuế", "thông báo thuế" say what is done, not who does it.
        named = False
    if named:
        return (end, kind) if i == 0 or marks.doc[i - 1].lower_ not in _AFTER_THESE else None
    if any(token.text[0].isupper() for token in marks.doc[i:end]):
        return end, kind
    return (end, "weak") if end - i > 1 else None


def _is_other_word(marks: Marks, i: int, end: int, kind: str) -> bool:
    """Return whether the head runs into another word: "các trường" in "các trường hợp"."""
    if kind not in ("group", "nouns", "weak"):
        return False
    return any(marks.predicates.get(k, 0) > end and k not in marks.verbs for k in range(i + 1, end))


def _place_or_number(marks: Marks, i: int) -> tuple[int, str] | None:
    """Return the head of "tỉnh Đắk Lắk" or of "30 địa phương", None if neither begins at `i`.

    Only where a unit is looked for are they units: elsewhere they say where, and how many.
    """
    doc = marks.doc
    if i >= len(doc):
        return None
    if doc[i].text.isdigit() and doc[i].text != "0" and i + 1 < len(doc):
        noun = marks.nouns.get(i + 1, 0)
        counted = noun > i + 2 or doc[i + 1].lower_ in _COUNTED
        return (noun, "weak") if counted and (i == 0 or doc[i - 1].text != "/") else None
    end = level_end(doc, marks.text, i)
    if end > i and end < len(doc) and doc[end].text[0].isupper():
        return end, "weak"
    return None
