# SPDX-License-Identifier: Apache-2.0
"""The foot of a directive in plain text: recipients on the left, signature on the right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.reading import anchors
from pipeline.reading.printed import Part, Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
_LISTED = re.compile(r"^[-–—+•*]\s?\w?")
# A name behind the last recipient: `- Lưu: VT. Dương Công Định`.
_TRAILING_NAME = re.compile(r"(?<=[;.])\s+((?:[^\W\d_]+\s){1,4}[^\W\d_]+)$")
# Everything in one line: `KT. BỘ TRƯỞNG THỨ TRƯỞNG Phạm Quang Phụng`.
_POST_AND_NAME = re.compile(r"^(.{4,}?)\s((?:[^\W\d_]+\s){1,4}[^\W\d_]+)$")
_SIGNED = re.compile(r"^\W*da ky\W*$")
# From the end of the body so many lines may hold a signature that stands before its recipients.
_BEFORE_LABEL = 6


@dataclass(frozen=True, slots=True)
class Foot:
    """Where the foot stands among the lines (`start:end`), and what it holds."""

    start: int
    end: int
    parts: list[Part]


@dataclass
class _Reader:
    """The foot as read so far."""

    recipients: list[str] = field(default_factory=list)
    signatures: list[list[str]] = field(default_factory=list)
    named: bool = False

    def sign(self, text: str) -> None:
        one_line = _POST_AND_NAME.match(text)
        if one_line and one_line[1].isupper() and is_name(one_line[2]):
            self.sign(one_line[1])
            text = one_line[2]
        if not self.signatures or self.named:
            self.signatures.append([])
        self.signatures[-1].append(text)
        self.named = is_name(text)

    @property
    def open_list(self) -> bool:
        """Whether the last recipient goes on in the next line."""
        return bool(self.recipients) and not self.recipients[-1].endswith((".", ";"))

    @property
    def filed(self) -> bool:
        """Whether the last line of the list, `- Lưu: VT`, has been read."""
        return bool(self.recipients) and bool(
            re.match(r"^\W*[li]u\w{0,2}\W", plain(self.recipients[-1]) + " ")
        )

    def parts(self) -> list[Part]:
        found = [Part(Role.RECIPIENTS, text) for text in self.recipients]
        for group, lines in enumerate(self.signatures):
            found += [Part(Role.SIGNATURE, text, group) for text in lines]
        return found


def find_foot(lines: Sequence[Printed]) -> Foot:
    """Return the foot of a page; an empty one at the end if there is none."""
    label = next(
        (place for place, line in enumerate(lines) if anchors.find_recipients_label(line.text)),
        None,
    )
    start = _signature_alone(lines) if label is None else _signature_before(lines, label)
    if start is None:
        return Foot(len(lines), len(lines), [])
    reader = _Reader()
    end = start
    while end < len(lines) and _take(reader, lines[end], label is None or end < label):
        end += 1
    return Foot(start, end, reader.parts())


def is_name(text: str) -> bool:
    """Return whether a line may be the name of a person: two to six words, each with a capital."""
    words = _WORD.findall(text)
    if not 2 <= len(words) <= 6 or len(text) > 45 or re.search(r"[\d:;/&+]", text):
        return False
    # Neither "Phòng GDNHCSXH" nor a post in capitals; "Y" and "Ý" are names.
    return all(word[0].isupper() and (len(word) < 2 or not word.isupper()) for word in words)


def _signature_alone(lines: Sequence[Printed]) -> int | None:
    """Return where a signature without recipients begins: authority in capitals, then a name."""
    for place in range(len(lines) // 3, len(lines)):
        if anchors.authority_start(lines[place].text) == 0:
            following = [line.text for line in lines[place + 1 : place + 6]]
            name = next((n for n, text in enumerate(following) if is_name(text)), None)
            if name is not None and all(map(str.isupper, following[:name])):
                return place
    return None


def _signature_before(lines: Sequence[Printed], label: int) -> int:
    """Return where the foot begins: at the label, or at a signature that stands right before it."""
    if label and is_name(lines[label - 1].text):
        for place in range(max(0, label - _BEFORE_LABEL), label - 1):
            if anchors.authority_start(lines[place].text) == 0:
                return place
    return label


def _take(reader: _Reader, line: Printed, signature_only: bool) -> bool:
    """Add a line to the foot; False if it no longer belongs there."""
    if signature_only:
        if reader.named and line.blank_before:
            return False
        reader.sign(line.text)
        return True
    left, right = _columns(line, reader)
    if left and not _take_left(reader, left, line):
        return False
    if right:
        reader.sign(right)
    return True


def _columns(line: Printed, reader: _Reader) -> tuple[str, str]:
    """Return the left and the right column of a line of the foot, either may be empty."""
    columns = line.columns
    if len(columns) == 2:
        return columns[0], columns[1]
    if line.indent > 25:
        return "", line.text
    start = anchors.authority_start(line.text)
    if start is not None:
        return line.text[:start].strip(), line.text[start:].strip()
    trailing = _TRAILING_NAME.search(line.text)
    if trailing and reader.signatures and is_name(trailing[1]):
        return line.text[: trailing.start()].strip(), trailing[1]
    return line.text, ""


def _take_left(reader: _Reader, text: str, line: Printed) -> bool:
    """Add what stands alone or on the left; False if it belongs to neither column."""
    label = anchors.find_recipients_label(text)
    if label and not reader.recipients:
        # The first recipient may stand on the line of the label.
        reader.recipients += [part for part in (text[: label.end], text[label.end :]) if part]
        return True
    if _SIGNED.match(plain(text)):
        reader.sign(text)
        return True
    listed = _LISTED.match(text) is not None
    if reader.signatures and not reader.named and not listed and (is_name(text) or text.isupper()):
        reader.sign(text)
        return True
    finished = reader.named and (reader.filed or line.blank_before)
    if (listed or _item(text, reader)) and not (finished and reader.filed):
        reader.recipients.append(text)
        return True
    if not finished and (reader.open_list or not reader.signatures) and len(text) < 120:
        reader.recipients.append(text)
        return True
    return False


def _item(text: str, reader: _Reader) -> bool:
    """Return whether a line without a dash is a recipient in a list that has none."""
    return bool(reader.recipients) and len(text) < 80 and text.endswith((";", "."))
