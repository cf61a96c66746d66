# SPDX-License-Identifier: Apache-2.0
"""Tasks: the smallest items that tell a named or inherited unit to do something.

The unit comes from the sentence, else from the heading above, else from the words that lead in
("… yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:"). Goals, purposes and solutions that bind no
unit are not tasks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.deadlines import find_deadlines
from pipeline.extract.drafts import FROM_HEADING, FROM_LEAD, NAMED, Context, Draft, Placed, place
from pipeline.extract.garbled import read_heading
from pipeline.extract.labels import read_label
from pipeline.extract.orders import Orders, read_orders, split_orders
from pipeline.extract.outline import is_heading
from pipeline.extract.sections import is_aside
from pipeline.extract.task_labels import attach

if TYPE_CHECKING:
    from pipeline.extract.outline import Node, Outline

# "Trình bày báo cáo;" says too little to be a task.
_FEWEST_WORDS = 4


def find_tasks(
    outline: Outline, *, garbled: bool = False
) -> tuple[list[Draft], list[tuple[int, int]]]:
    """Return the tasks of the paragraphs of a body, and the spans that tell the time of all of it.

    Rows of tables are not read.
    """
    context = Context(outline, garbled)
    for index, node in enumerate(outline.nodes):
        if not node.cells:
            _read(context, index, node)
    return context.drafts, context.loose


def _read(context: Context, index: int, node: Node) -> None:
    text = context.outline.text(node)
    label = read_label(text)
    if label is not None and attach(context, index, node, label):
        return
    orders = _orders_of(text, garbled=context.garbled)
    own = place(orders.agents, node.start)
    below = _items_below(context, index)
    leads = is_heading(text) and (orders.bare or bool(below) or text.rstrip().endswith(":"))
    if own and (leads or below):
        context.leads[index] = (own, FROM_HEADING)
    if leads:
        if own and node.marker is None and orders.assigned:
            context.leads[node.parent] = (own, FROM_LEAD)
        return
    if _is_task(context, index, node, orders):
        _add(context, index, node, orders)
    elif node.marker is None and node.parent is None and context.drafts:
        context.loose.append((node.start, node.end))


def _orders_of(text: str, *, garbled: bool) -> Orders:
    """Return who is told to act; in a text that lost its marks only headings say so."""
    if not garbled:
        return read_orders(text)
    return read_heading(text) if is_heading(text) else Orders()


def _items_below(context: Context, index: int) -> list[int]:
    """Return the children of a node that are no labels ("Thời gian: …")."""
    outline = context.outline
    return [
        child
        for child in outline.children(index)
        if read_label(outline.text(outline.nodes[child])) is None
    ]


def _is_task(context: Context, index: int, node: Node, orders: Orders) -> bool:
    text = context.outline.text(node)
    if orders.recounts or orders.bare or text.isupper() or len(text.split()) < _FEWEST_WORDS:
        return False
    if not orders.assigned and (_in_aside(context, index) or _is_aside_line(context, node)):
        return False
    if orders.agents:
        opening = node.marker is None and node.parent is None and not orders.assigned
        return not opening or bool(context.drafts)
    if _follows_up(context, node):
        return True
    units, trust = _inherited(context, node)
    return bool(units) and (node.marker is not None or trust > FROM_LEAD)


def _follows_up(context: Context, node: Node) -> bool:
    """Return whether a bare paragraph after the last item goes on ordering: "Định kỳ …"."""
    start = flat(context.outline.text(node)[:40])
    words = ("dinh ky", "pinh ky", "hang nam", "hang thang", "hang quy", "truoc ngay", "bao cao")
    closing = node.marker is None and node.parent is None and bool(context.closing)
    return closing and start.startswith(words)


def _in_aside(context: Context, index: int) -> bool:
    """Return whether the node stands under a heading such as "Mục đích, yêu cầu"."""
    nodes = context.outline.nodes
    above = nodes[index].parent
    while above is not None:
        if above in context.leads:
            return False
        if is_aside(context.outline.text(nodes[above])):
            return True
        above = nodes[above].parent
    return False


def _is_aside_line(context: Context, node: Node) -> bool:
    """Return whether the paragraph itself begins with such a word: "Nguyên nhân: …"."""
    word, colon, _ = context.outline.text(node).partition(":")
    return bool(colon) and is_aside(word)


def _inherited(context: Context, node: Node) -> tuple[list[Placed], float]:
    """Return whom the nearest heading or lead-in above names."""
    above = node.parent
    while above is not None:
        if above in context.leads:
            return context.leads[above]
        above = context.outline.nodes[above].parent
    return context.leads.get(None, ([], 0.0))


def _add(context: Context, index: int, node: Node, orders: Orders) -> None:
    """Add the tasks of a node: one, or one a sentence where each has its own unit and date."""
    text = context.outline.text(node)
    parts = _parts(text) if len(orders.agents) > 1 and not context.garbled else [(0, len(text))]
    for start, end in parts:
        own = orders if len(parts) == 1 else read_orders(text[start:end])
        responsible, trust = place(own.agents, node.start + start), NAMED
        if not responsible and _follows_up(context, node):
            responsible, trust = context.closing, FROM_LEAD
        elif not responsible:
            responsible, trust = _inherited(context, node)
        cooperating = place(own.cooperating, node.start + start)
        draft = Draft(
            index, node.start + start, node.start + end, node.path, responsible, cooperating, trust
        )
        draft.assigned = own.assigned
        context.drafts.append(draft)
        if node.marker is None and node.parent is None and own.agents:
            context.closing = responsible


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the spans of the tasks in one paragraph.

    "Các Bộ … gửi trước ngày 30/4. Trên cơ sở đó, Bộ Tư pháp … trình trước ngày 05/5." are two:
    each sentence has its own unit and its own date. Everything else under one marker is one.
    """
    parts: list[tuple[int, int]] = []
    dated_before = False
    for start, end in split_orders(text):
        sentence = text[start:end]
        dated = any(item.kind == "once" for item in find_deadlines(sentence, None))
        if parts and dated and dated_before and read_orders(sentence).agents:
            parts.append((start, end))
        elif parts:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
        dated_before = dated_before or dated
    return parts or [(0, len(text))]
