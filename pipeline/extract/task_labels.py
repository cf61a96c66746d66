# SPDX-License-Identifier: Apache-2.0
"""Labelled lines given to the tasks that they speak of: "Đơn vị phối hợp: …", "Thời gian: …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.drafts import NAMED, Context, Draft, Placed, place
from pipeline.extract.labels import Label, read_label
from pipeline.extract.orders import read_orders, units_in
from pipeline.extract.outline import is_heading

if TYPE_CHECKING:
    from pipeline.extract.outline import Node

# A label with so many words after it says what its units are to do: a task of its own.
_OWN_TASK = 30
_SAYS = re.compile(
    r"\b(?:chu tri|tien hanh|tham muu|to chuc|ra soat|xay dung|thuc hien|chu dong|trach nhiem)\b"
)


def attach(context: Context, index: int, node: Node, label: Label) -> bool:
    """Give a labelled line ("Đơn vị phối hợp: …") to the task above it; False if it is a task."""
    text = context.outline.text(node)
    if label.kind == "content" or (label.kind == "time" and read_orders(text).assigned):
        return False
    if label.kind == "lead" and not text[label.start :].strip() and context.outline.children(index):
        return True  # "b) Cơ quan thực hiện:" above lines that say who leads and who joins
    line = node
    index, node = _outermost(context, index, node)
    tasks = _tasks_above(context, index, node)
    if label.kind == "time":
        span = (line.start + label.start, line.end)
        for draft in tasks:
            draft.times.append(span)
        if not tasks and label.binds:
            context.loose.append(span)
        return bool(tasks) or label.binds
    units = _units(text[label.start :], line.start + label.start)
    for draft in tasks or _drafted(context, index, node):
        give(draft, label, units)
    if label.kind == "lead" and len(text.split()) > _OWN_TASK and _clauses(text[label.start :]):
        own = Draft(index, line.start, line.end, line.path, list(units), [], NAMED)
        own.receivers = [unit.name for unit in read_orders(text[label.start :]).receivers]
        context.drafts.append(own)
    return True


def _outermost(context: Context, index: int, node: Node) -> tuple[int, Node]:
    """Return the label that a label stands under, itself where it stands under none."""
    nodes = context.outline.nodes
    while node.parent is not None:
        above = read_label(context.outline.text(nodes[node.parent]))
        if above is None or above.kind == "content":
            break
        index, node = node.parent, nodes[node.parent]
    return index, node


def give(draft: Draft, label: Label, units: list[Placed]) -> None:
    """Add the units of a label to a task: those who lead it, or those who join."""
    if label.kind == "lead":
        draft.responsible = draft.responsible + units if draft.assigned else list(units)
        draft.trust = NAMED
    elif label.kind == "cooperate":
        draft.cooperating = draft.cooperating + units


def _units(text: str, offset: int) -> list[Placed]:
    """Return the units of a label: who acts where it is a sentence, else all that it names."""
    if _clauses(text):
        agents: list[Placed] = []
        start = 0
        for clause in text.split(";"):
            begin = start + len(clause) - len(clause.lstrip())
            agents += place(read_orders(text[begin : start + len(clause)]).agents, offset + begin)
            start += len(clause) + 1
        if agents:
            return agents
    return place(units_in(text), offset)


def _clauses(text: str) -> bool:
    """Return whether what follows a label is a sentence: "Sở Y tế chủ trì tham mưu …"."""
    orders = read_orders(text)
    says = _SAYS.search(flat(text)) is not None
    return says and bool(orders.agents) and not orders.bare and len(text.split()) > _OWN_TASK


def _tasks_above(context: Context, index: int, node: Node) -> list[Draft]:
    """Return the tasks that a label speaks of: its parent, else those of the sibling before it."""
    of_parent = [draft for draft in context.drafts if draft.node == node.parent]
    if of_parent:
        return of_parent
    inside: set[int] = set()
    for sibling in _items_before(context, index, node):
        inside |= {sibling, *context.outline.children(sibling)}
    return [draft for draft in context.drafts if draft.node in inside]


def _items_before(context: Context, index: int, node: Node) -> list[int]:
    """Return the sibling before a label; of lower ones, "- … - … b) Đơn vị chủ trì:", the run."""
    last = _item_before(context, index, node)
    if last is None or node.parent is None:
        return []
    nodes = context.outline.nodes
    form = nodes[last].marker
    if node.marker is None or form is None or form.rank <= node.marker.rank:
        return [last]
    run: list[int] = []
    for i in context.outline.children(node.parent):
        marker = nodes[i].marker
        alike = marker is not None and marker.rank == form.rank
        run = [*run, i] if alike and i <= last else (run if i > last else [])
    return run


def _item_before(context: Context, index: int, node: Node) -> int | None:
    """Return the sibling before a node that is no label but "Nội dung: …"."""
    if node.parent is None:
        return None
    outline = context.outline
    siblings = []
    for i in outline.children(node.parent):
        label = read_label(outline.text(outline.nodes[i]))
        if i < index and (label is None or label.kind == "content"):
            siblings.append(i)
    return siblings[-1] if siblings else None


def _drafted(context: Context, index: int, node: Node) -> list[Draft]:
    """Return new drafts for the items that a label names the unit of, where they had none.

    The item is the label's parent, or the paragraph before it where the parent is a heading; of
    one that leads into a list ("bao gồm:") it is each item of the list.
    """
    outline, target = context.outline, node.parent
    before = _item_before(context, index, node)
    if target is None or (before is not None and is_heading(outline.text(outline.nodes[target]))):
        target = before
    if target is None or outline.nodes[target].cells:
        return []
    listed = outline.text(outline.nodes[target]).rstrip().endswith(":")
    items = [i for i in outline.children(target) if i < index] if listed else []
    if not items and target == before:
        items = [i for i in _items_before(context, index, node) if not outline.nodes[i].cells]
    drafts = [_draft(context, item) for item in items or [target]]
    context.drafts += drafts
    return drafts


def _draft(context: Context, index: int) -> Draft:
    item = context.outline.nodes[index]
    orders = read_orders(context.outline.text(item))
    draft = Draft(index, item.start, item.end, item.path, [], [], 0.0)
    draft.cooperating = place(orders.cooperating, item.start)
    draft.receivers = [unit.name for unit in orders.receivers]
    draft.mood = orders.mood
    return draft
