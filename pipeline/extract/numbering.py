# SPDX-License-Identifier: Apache-2.0
"""Numbers that are missing in the lists of an outline: "1." and "3.", but no "2."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.markers import LETTERS, Form, from_roman, to_roman

if TYPE_CHECKING:
    from pipeline.extract.outline import Node, Outline

_COUNTED = frozenset((Form.ROMAN, Form.NUMBER, Form.LETTER, Form.ARTICLE, Form.CHAPTER))
# A list that jumps further was read wrongly, or is no list.
_WIDEST_GAP = 2


def missing_numbers(outline: Outline) -> list[tuple[str, int]]:
    """Return the paths of numbers that a list leaves out, each with the page of the next one.

    Only gaps inside a list are told, not those at its end; a list that starts again is none, and
    annexes with their tables and forms are left out.
    """
    lists: dict[tuple[int | None, Form], list[Node]] = {}
    found: list[tuple[str, int]] = []
    for node in outline.nodes:
        marker = node.marker
        annexed = (node.path or "").startswith("Phụ lục")
        if marker is None or marker.form not in _COUNTED or _value(node) is None or annexed:
            continue
        before = lists.setdefault((node.parent, marker.form), [])
        if _value(node) == 1:
            before.clear()
        before.append(node)
    for (_, form), nodes in lists.items():
        found += _gaps(form, nodes)
    return sorted(found, key=lambda gap: gap[1])


def _gaps(form: Form, nodes: list[Node]) -> list[tuple[str, int]]:
    values = [_value(node) or 0 for node in nodes]
    if len(nodes) < 3 or values[0] != 1 or values != sorted(set(values)):
        return []
    found = []
    for before, node, value in zip(values, nodes[1:], values[1:], strict=False):
        # Many who write leave out đ: "d)", then "e)".
        skipped = form is Form.LETTER and LETTERS[before] == "đ"
        if 1 < value - before <= _WIDEST_GAP and not skipped:
            found.append((_path(form, node, before + 1), node.page))
    # Two gaps in one list mean that it is not numbered one by one.
    return found if len(found) == 1 else []


def _value(node: Node) -> int | None:
    """Return which place in its list a node's number says, None if it tells none."""
    label = (node.marker.label or "").rpartition(" ")[2] if node.marker else ""
    if node.marker is not None and node.marker.form is Form.LETTER:
        return LETTERS.index(label) + 1 if label in LETTERS else None
    if label.isdigit():
        return int(label)
    value = from_roman(label)
    return value if value and to_roman(value) == label else None


def _path(form: Form, node: Node, value: int) -> str:
    """Return the path of the number that is missing before `node`."""
    label = node.marker.label or "" if node.marker else ""
    number = str(value)
    if form is Form.LETTER:
        number = LETTERS[value - 1]
    elif not label.rpartition(" ")[2].isdigit():
        number = to_roman(value)
    head, space, _ = label.rpartition(" ")
    own = f"{head}{space}{number}"
    path = node.path or label
    return path[: len(path) - len(label)] + own if path.endswith(label) else own
