# SPDX-License-Identifier: Apache-2.0
"""Who joins in a task: whoever follows "phối hợp với" and its kin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.unit_marks import Marks, head_at
from pipeline.extract.units import Mention, read_list

if TYPE_CHECKING:
    from collections.abc import Sequence

_LET = frozenset(("cho", "với", "cùng", "chặt", "chẽ", "thường", "xuyên"))
# How many tokens may lie between "phối hợp" and the unit ("phối hợp chặt chẽ, hiệu quả với …").
_REACH = 7
# Verbs after which another than the agent joins: "chỉ đạo công an xã phối hợp với dân quân".
_COMMANDS = frozenset("đạo dẫn cầu động đốc giao cử công trí nghị".split())
_LINKS = frozenset(("và", "thời", "cần", "phải", "hoặc", "để", "tục", "cường", "việc", "như"))


def find_cooperating(
    marks: Marks, agents: Sequence[Mention], *, leads: bool = False
) -> list[Mention]:
    """Return whoever joins the agents, in order; `leads`: the text leads into what it orders."""
    found: list[Mention] = []
    last = 0
    for i, roles in sorted(marks.words.items()):
        end = roles.get("cooperate")
        if end is None or i < last or (not leads and _of_another(marks, i, agents)):
            continue
        units, after = _after(marks, end)
        found += units
        last = max(end, after if units else end)
    return found


def _after(marks: Marks, end: int) -> tuple[list[Mention], int]:
    """Return the units that join after the words that end at `end`, and the token after them."""
    doc = marks.doc
    for k in range(end, min(end + _REACH, len(doc))):
        if head_at(marks, k) is not None:
            units, after = read_list(marks, k)
            members, beyond = _members(marks, after)
            # "các cơ quan chức năng: Sở Y tế, …": the members stand for the group.
            return ([*units[:-1], *members], beyond) if members else (units, after)
        near = doc[k].lower_ in _LET or doc[k].text == "," or _leads_to_with(marks, k, end)
        if not near or doc[k].is_sent_start:
            break
    return [], end


def _members(marks: Marks, colon: int) -> tuple[list[Mention], int]:
    doc = marks.doc
    if colon + 1 >= len(doc) or doc[colon].text != ":" or not doc[colon + 1].text[0].isupper():
        return [], colon
    if head_at(marks, colon + 1) is None:
        return [], colon
    return read_list(marks, colon + 1)


def _leads_to_with(marks: Marks, k: int, end: int) -> bool:
    return any(token.lower_ in ("với", "cùng") for token in marks.doc[k : end + _REACH - 1])


def _of_another(marks: Marks, i: int, agents: Sequence[Mention]) -> bool:
    """Return whether it is somebody under the agents' command who is to join at token `i`."""
    doc = marks.doc
    if i == 0 or doc[i].is_sent_start:
        return False
    before = doc[i - 1]
    start = before.idx
    ends_verb = any(
        first in marks.verbs and marks.verbs[first] == i for first in range(max(0, i - 4), i)
    )
    if not before.text[0].isalnum() or before.lower_ in _LINKS or ends_verb:
        return False
    if any(unit.start <= start < unit.end for unit in agents):
        return False
    for k in range(i - 1, -1, -1):
        if doc[k].text in (";", ".", ":"):
            return False
        if k in marks.verbs and doc[marks.verbs[k] - 1].lower_ in _COMMANDS:
            return True
    return False
