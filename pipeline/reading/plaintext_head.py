# SPDX-License-Identifier: Apache-2.0
"""The head of a directive in plain text: organ, motto, number, place, date, title, addressees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.reading import anchors
from pipeline.reading.printed import Part, Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

# A head is looked for in so many lines; the longest real one (three organs, V/v in five) has 14.
_REACH = 14
_TITLE_LINES = 8
_RULE = re.compile(r"^[\W_]+$")
# "THỦ TƯỚNG CHÍNH PHỦ điện:" is what "Kính gửi:" is in a công điện.
_WIRED = re.compile(r"\bdi[eê]n\s*:")
# The end of an addressee before a sentence that goes on the line; "TP. Hồ Chí Minh" is none.
_SENTENCE_END = re.compile(
    r"(?:(?<=[^\W\d_]{2})(?<!TP)(?<!TX)(?<!TT)(?<![TBGK]S)(?<!Th[sS])|(?<=[)”]))\.\s+(?=[A-ZĐ])"
    r"|(?<=\w)\)\s+(?=[A-ZĐ][^\W\d_]+\s)"
)
# The trích yếu of a công văn that does without "V/v".
_ABOUT = re.compile(r"(?:ve viec|ve)\s")
# Marks and dates that a body opens with; words that do are in the dictionary ("opening").
_OPENING = re.compile(
    r"(?:ngay \d|nam \d|(?:phan|chuong|dieu) [\divx]|[ivx]+\s?[.)-]|\d+\s?[.)]|[-+])"
)


@dataclass
class _Head:
    """What has been found so far; `last` is the role that a line without a formula continues."""

    parts: list[Part] = field(default_factory=list)
    last: Role | None = None

    def add(self, role: Role, text: str) -> None:
        self.parts.append(Part(role, text))
        self.last = role

    def has(self, *roles: Role) -> bool:
        return any(part.role in roles for part in self.parts)

    def last_text(self, role: Role) -> str:
        return next((part.text for part in reversed(self.parts) if part.role is role), "")


def read_head(lines: Sequence[Printed]) -> tuple[list[Part], int]:
    """Return the parts of the head, and how many lines it takes (0: there is none)."""
    if not _has_head(lines):
        return [], 0
    head = _Head()
    for place, line in enumerate(lines):
        if head.has(Role.TITLE):
            # A type with its trích yếu behind it: the next line may be the body.
            typed = anchors.is_document_type_line(head.last_text(Role.TITLE))
            return _after_title(head, lines, place if typed else place - 1, place)
        if _RULE.match(line.text):
            continue
        cells = [cell for column in line.columns for cell in _cells(column, head)]
        for role, text in cells:
            found = role or _role(text, line, head)
            if found is None:
                return head.parts, place
            head.add(found, text)
        if head.last is Role.ADDRESSEES:
            return _after_addressees(head, lines, place + 1)
    return head.parts, len(lines)


def _has_head(lines: Sequence[Printed]) -> bool:
    """Return whether one of the first lines holds a motto, or number and date are among them."""
    first = [line.text for line in lines[:_REACH]]
    if any(anchors.find_motto(text) for text in first):
        return True
    number = any((span := anchors.find_number(text)) and span.start == 0 for text in first)
    return number and any(anchors.find_place_date(text) for text in first)


def _cells(text: str, head: _Head) -> list[tuple[Role | None, str]]:
    """Return the pieces of a line, those that are a formula with their role.

    Number, and place and date, stand there once; later ones are those of documents cited.
    """
    found: list[tuple[int, int, Role]] = []
    for finder, role in (
        (anchors.find_country, Role.MOTTO),
        (anchors.find_slogan, Role.MOTTO),
        (anchors.find_number, Role.NUMBER),
        (anchors.find_place_date, Role.PLACE_DATE),
    ):
        if role is not Role.MOTTO and head.has(role):
            continue
        span = finder(text)
        if span and (not found or span.start >= max(end for _, end, _ in found)):
            found.append((span.start, span.end, role))
    pieces: list[tuple[Role | None, str]] = []
    at = 0
    for start, end, role in found:
        pieces += [(None, text[at:start]), (role, text[start:end])]
        at = end
    pieces.append((None, text[at:]))
    return [(role, piece.strip()) for role, piece in pieces if re.search(r"\w", piece)]


def _role(text: str, line: Printed, head: _Head) -> Role | None:
    """Return the role of a piece without a formula of its own; None: the body has begun."""
    bare = plain(text)
    settled = head.has(Role.NUMBER, Role.PLACE_DATE)
    checks = (
        (anchors.is_stamp(text, "urgency"), Role.URGENCY),
        (anchors.is_stamp(text, "secrecy"), Role.SECRECY),
        (anchors.is_document_type_line(text) and head.has(Role.MOTTO, Role.NUMBER), Role.TITLE),
        (head.has(Role.NUMBER) and _begins_with_type(text), Role.TITLE),
        (anchors.find_subject(text) is not None, Role.SUBJECT),
        (anchors.find_addressees_label(text) is not None, Role.ADDRESSEES),
        (_is_party_motto(bare), Role.MOTTO),
        (head.last is Role.NUMBER and _ABOUT.match(bare) is not None, Role.SUBJECT),
        (head.last is Role.SUBJECT and not line.blank_before, Role.SUBJECT),
        (head.has(Role.NUMBER) and head.last is Role.NUMBER and len(text) < 60
         and text[0].islower(), Role.SUBJECT),
        (not settled and _is_organ(text), Role.ORGAN),
        (settled and not head.has(Role.MOTTO) and text.isupper(), Role.ORGAN),
        (_RULE.match(bare) is not None, head.last or Role.NOISE),
    )  # fmt: skip
    return next((role for holds, role in checks if holds), None)


def _begins_with_type(text: str) -> bool:
    """Return whether a line in capitals is a type and its trích yếu: "THÔNG BÁO KẾT LUẬN CỦA …"."""
    words = text.split()
    return (
        len(words) > 3
        and text.isupper()
        and any(anchors.is_document_type_line(" ".join(words[:many])) for many in (2, 3))
    )


def _is_party_motto(bare: str) -> bool:
    """Return whether a line is what Party documents print for a motto (Hướng dẫn 36-HD/VPTW)."""
    return any(bare.strip(" .*-") == plain(phrase) for phrase in anchors.formulas("party_head"))


def _is_organ(text: str) -> bool:
    """Return whether a line may name an organ: in capitals, or short and without a full stop."""
    capitals = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    return capitals or (len(text) < 45 and not text.endswith((".", ";")))


def _after_title(
    head: _Head, lines: Sequence[Printed], start: int, place: int
) -> tuple[list[Part], int]:
    """Return the head with its trích yếu and addressees, from line `place` on.

    The trích yếu begins with line `start`, whatever that is; later lines must look like it.
    """
    last_place = min(len(lines), start + _TITLE_LINES)
    while place < last_place and _is_title(lines, place, start):
        head.add(Role.TITLE, lines[place].text)
        place += 1
    while place < len(lines) and _RULE.match(lines[place].text):
        place += 1
    if place < len(lines) and _addresses(lines[place].text):
        head.add(Role.ADDRESSEES, lines[place].text)
        return _after_addressees(head, lines, place + 1)
    return head.parts, place


def _addresses(text: str) -> bool:
    """Return whether a line begins the addressees: "Kính gửi:", "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
    if anchors.find_addressees_label(text) is not None:
        return True
    wired = _WIRED.search(plain(text))
    return wired is not None and text[: wired.start()].isupper()


def _after_addressees(head: _Head, lines: Sequence[Printed], start: int) -> tuple[list[Part], int]:
    """Return the head with the rest of its addressees; a sentence behind the last is the body."""
    place = _addressees(head, lines, start)
    last = head.parts[-1]
    if (end := _end_inside(last.text, head)) is not None:
        head.parts[-1] = replace(last, text=last.text[:end].rstrip())
        head.parts.append(Part(Role.BODY, last.text[end:].lstrip(". ")))
    return head.parts, place


def _end_inside(text: str, head: _Head) -> int | None:
    """Return where the addressees end inside a line, None if they are all of it.

    What follows is a sentence, or one that the issuer begins: "Ông A Cục Thuế nhận được …".
    """
    label = anchors.find_addressees_label(text)
    begin = label.end if label else 0
    ends = [found.start() + 1] if (found := _SENTENCE_END.search(text, begin)) else []
    organ = plain(head.last_text(Role.ORGAN))
    at = plain(text).find(f" {organ} ", begin + 4) if organ else -1
    if at > 0 and text[at + 1].isupper() and text[at + len(organ) + 2].islower():
        ends.append(at)
    return min(ends, default=None)


def _is_title(  # noqa: PLR0911 - one reason a line
    lines: Sequence[Printed], place: int, start: int
) -> bool:
    """Return whether a line after the type belongs to the trích yếu."""
    line = lines[place]
    bare = plain(line.text)
    if _addresses(line.text) or _RULE.match(line.text):
        return False
    if place == start:
        return not bare.startswith("can cu")
    if line.text.isupper() and _starts(bare, "decider"):
        return False
    if line.blank_before:
        return False
    previous = lines[place - 1].text
    if line.text[0].islower() or previous.endswith((",", "-", "–")):
        return True
    if line.text.isupper():
        return not _opens(bare)
    # A capital begins either the body or a name within the trích yếu; the body's lines are full.
    return not previous.isupper() and not _opens(bare) and len(line.text) < 60


def _starts(bare: str, kind: str) -> bool:
    """Return whether a line without marks starts with a phrase of a kind."""
    return any(f"{bare} ".startswith(plain(phrase) + " ") for phrase in anchors.formulas(kind))


def _opens(bare: str) -> bool:
    """Return whether a line without marks opens a body (NĐ 30/2020, Phụ lục I, II.6)."""
    return _OPENING.match(bare) is not None or _starts(bare, "opening")


def _addressees(head: _Head, lines: Sequence[Printed], start: int) -> int:
    """Add the lines after `Kính gửi:` that belong to it; return where the next part begins."""
    place = start
    while place < len(lines):
        line, previous = lines[place], head.last_text(Role.ADDRESSEES)
        listed = line.text.startswith(("-", "–", "+", "•"))
        if _end_inside(previous, head) is not None:
            break
        goes_on = previous.endswith((":", ";", ",", "-")) or line.text[0].islower()
        if not (listed or goes_on) or (len(line.text) > 200 and not listed):
            break
        if line.blank_before and not listed and not previous.endswith((":", ";")):
            break
        head.add(Role.ADDRESSEES, line.text)
        place += 1
    return place
