# SPDX-License-Identifier: Apache-2.0
"""From a paragraph that is a task to its draft: who, with whom, in which mood, by which words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.deadlines import find_deadlines
from pipeline.extract.drafts import (
    FROM_HEADING,
    FROM_LEAD,
    NAMED,
    NO_VERB,
    Context,
    Draft,
    Lead,
    place,
)
from pipeline.extract.headings import inherited
from pipeline.extract.labels import labels_inside
from pipeline.extract.orders import (
    Orders,
    begins_with_verb,
    read_orders,
    split_orders,
    units_in,
)
from pipeline.extract.sections import informs
from pipeline.extract.task_labels import give
from pipeline.extract.unit_names import DOUBTFUL

if TYPE_CHECKING:
    from pipeline.extract.outline import Node

# What an order begins with that does not begin with its verb: a time, a topic, a condition.
_BEFORE_VERB = re.compile(
    r"(?:h[aă]ng|dinh ky|doi voi|ve|trong|tren|khi|sau|truoc|tu|truong hop|neu|cham nhat|ngoai|"
    r"theo|qua|nhiem vu|noi dung|luu y|can|phai|khong|dong thoi|thoi gian|la|lam|dinh huong|"
    r"phu trach|ket hop|han che|so hoa|[a-z ]{2,30}:)\b ?"
)


def add_tasks(context: Context, index: int, node: Node, orders: Orders) -> None:
    """Add the tasks of a node: one, or one a sentence where each has its own unit and date."""
    text = _without_notice(context.outline.text(node))
    parts = _parts(text) if len(orders.agents) > 1 and not context.garbled else [(0, len(text))]
    for start, end in parts:
        own = orders if len(parts) == 1 else read_orders(text[start:end])
        draft = _drafted(context, index, node, own, (node.start + start, node.start + end))
        if len(parts) == 1:
            _give_labels(draft, text, node.start)
        context.drafts.append(draft)
        if node.marker is None and node.parent is None and own.agents:
            context.closing = draft.responsible


def _drafted(context: Context, index: int, node: Node, own: Orders, span: tuple[int, int]) -> Draft:
    """Return the draft of the task at `span`: its own words first, then what stands above."""
    lead = inherited(context, node)
    at_top = node.marker is None and node.parent is None
    responsible, trust = place(own.agents, span[0]), NAMED
    cooperating = place(own.cooperating, span[0])
    section = node.path
    late = own.late and node.marker is not None and bool(lead.units)
    if late:
        responsible, trust = [*lead.units, *responsible], lead.trust
    elif own.assigned and _passes_on(own, lead, node, context.outline.text(node)):
        responsible, trust = lead.units, FROM_LEAD
    if not responsible and follows_up(context, node):
        responsible, trust = context.closing, FROM_LEAD
    elif not responsible and asks_addressees(context, node, own):
        responsible, trust = context.addressed, FROM_LEAD
    elif not responsible and not lead.units and goes_on(context, index, node):
        last = context.drafts[-1]
        responsible, trust, section = last.responsible, last.trust, last.section
    elif not responsible:
        responsible, trust = lead.units, lead.trust
        cooperating = cooperating or lead.cooperating
    if not own.agents and own.mood is None and not _begins_to_order(context, node):
        trust = min(trust, NO_VERB)
    if responsible and all(unit.trust <= DOUBTFUL for unit, _ in responsible):
        trust = min(trust, DOUBTFUL)
    draft = Draft(index, *span, section, responsible, cooperating, trust)
    draft.assigned = own.assigned
    from_lead = None if at_top and context.drafts else lead.mood
    draft.mood = (from_lead or own.mood) if late else (own.mood or from_lead)
    draft.receivers = [unit.name for unit in own.receivers]
    return draft


def _begins_to_order(context: Context, node: Node) -> bool:
    """Return whether an item begins with a verb, or with what may stand before one."""
    start = context.outline.text(node)[:80]
    return _BEFORE_VERB.match(flat(start)) is not None or begins_with_verb(start)


def _passes_on(own: Orders, lead: Lead, node: Node, text: str) -> bool:
    """Return whether an item under a heading says what its unit gives to others to do.

    "1. Trưởng Ban Chỉ đạo" / "- Phân công các thành viên thực hiện …": the head is who has to.
    """
    first = flat(text[:40]).startswith(("phan cong", "giao", "yeu cau", "chi dao", "uy quyen"))
    below = node.marker is not None and bool(lead.units) and lead.trust == FROM_HEADING
    return first and below and all(unit.kind == "group" for unit in own.agents)


def _give_labels(draft: Draft, text: str, offset: int) -> None:
    """Give a task the units and the time that labels at its end name."""
    inside = labels_inside(text)
    ends = [*(start for start, _ in inside), len(text)][1:]
    for (_, label), end in zip(inside, ends, strict=True):
        if label.kind == "time":
            draft.times.append((offset + label.start, offset + end))
        else:
            give(draft, label, place(units_in(text[label.start : end]), offset + label.start))


def _without_notice(text: str) -> str:
    """Return `text` without a last sentence that only informs: "… thông báo để các bộ biết."."""
    spans = split_orders(text)
    last = spans[-1] if len(spans) > 1 else (0, 0)
    return text[: last[0]].rstrip() if informs(text[last[0] : last[1]]) else text


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


def asks_addressees(context: Context, node: Node, orders: Orders) -> bool:
    """Return whether a paragraph asks without saying whom: "đề nghị phản ánh …"."""
    at_top = node.marker is None and node.parent is None
    return bool(
        orders.mood and context.addressed and (at_top or not inherited(context, node).units)
    )


def goes_on(context: Context, index: int, node: Node) -> bool:
    """Return whether a bare paragraph goes on with what the item before it tells its units.

    "2. Các tỉnh ủy chủ động triển khai." is followed by "Bố trí kinh phí …", without a number.
    """
    last = context.drafts[-1] if context.drafts else None
    before = last is not None and last.node == index - 1 and last.trust > FROM_LEAD
    in_list = before and context.outline.nodes[index - 1].path is not None
    bare = node.marker is None and not context.ended
    return bare and in_list and begins_with_verb(context.outline.text(node)[:60])


def follows_up(context: Context, node: Node) -> bool:
    """Return whether a bare paragraph after the last item goes on ordering: "Định kỳ …"."""
    start = flat(context.outline.text(node)[:40])
    words = ("dinh ky", "pinh ky", "hang nam", "hang thang", "hang quy", "truoc ngay", "bao cao")
    closing = node.marker is None and node.parent is None and bool(context.closing)
    return closing and start.startswith(words)
