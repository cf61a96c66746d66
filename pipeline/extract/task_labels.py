# SPDX-License-Identifier: Apache-2.0
"""Labelled lines given to the tasks that they speak of: "Đơn vị phối hợp: …", "Thời gian: …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.drafts import NAMED, Context, Draft, place
from pipeline.extract.labels import Label, read_label
from pipeline.extract.orders import read_orders, units_in
from pipeline.extract.outline import is_heading

if TYPE_CHECKING:
    from pipeline.extract.outline import Node


def attach(context: Context, index: int, node: Node, label: Label) -> bool:
    """Give a labelled line ("Đơn vị phối hợp: …") to the task above it; False if it is a task."""
    text = context.outline.text(node)
    if label.kind == "time" and read_orders(text).assigned:
        return False
    tasks = _tasks_above(context, index, node)
    if label.kind == "time":
        span = (node.start + label.start, node.end)
        for draft in tasks:
            draft.times.append(span)
        if not tasks and label.binds:
            context.loose.append(span)
        return bool(tasks) or label.binds
    units = [(unit, node.start + label.start) for unit in units_in(text[label.start :])]
    for draft in tasks or _drafted(context, index, node):
        if label.kind == "lead":
            draft.responsible = draft.responsible + units if draft.assigned else units
            draft.trust = NAMED
        else:
            draft.cooperating = draft.cooperating + units
    return True


def _tasks_above(context: Context, index: int, node: Node) -> list[Draft]:
    """Return the tasks that a label speaks of: its parent, else those of the sibling before it."""
    of_parent = [draft for draft in context.drafts if draft.node == node.parent]
    if of_parent:
        return of_parent
    sibling = _item_before(context, index, node)
    if sibling is None:
        return []
    inside = {sibling, *context.outline.children(sibling)}
    return [draft for draft in context.drafts if draft.node in inside]


def _item_before(context: Context, index: int, node: Node) -> int | None:
    """Return the sibling before a node that is no label."""
    if node.parent is None:
        return None
    outline = context.outline
    siblings = [
        i
        for i in outline.children(node.parent)
        if i < index and read_label(outline.text(outline.nodes[i])) is None
    ]
    return siblings[-1] if siblings else None


def _drafted(context: Context, index: int, node: Node) -> list[Draft]:
    """Return a new draft for the item that a label names the unit of, where it had none.

    The item is the label's parent, or the paragraph before it where the parent is a heading.
    """
    outline, target = context.outline, node.parent
    before = _item_before(context, index, node)
    if target is None or (before is not None and is_heading(outline.text(outline.nodes[target]))):
        target = before
    if target is None or outline.nodes[target].cells:
        return []
    item = outline.nodes[target]
    draft = Draft(target, item.start, item.end, item.path, [], [], 0.0)
    orders = read_orders(outline.text(item))
    draft.cooperating = place(orders.cooperating, item.start)
    context.drafts.append(draft)
    return [draft]
