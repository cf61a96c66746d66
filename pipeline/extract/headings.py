# SPDX-License-Identifier: Apache-2.0
"""What headings and the words that lead in say to the items below them: who, with whom, how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.drafts import (
    FROM_ADDRESSEES,
    FROM_HEADING,
    FROM_LEAD,
    GUESSED,
    Context,
    Lead,
    Placed,
    place,
)
from pipeline.extract.orders import Orders, begins_like_unit, units_in
from pipeline.extract.sections import is_aside
from pipeline.extract.units import Mention

if TYPE_CHECKING:
    from pipeline.extract.outline import Node

# So many headings before it in the same list must name units for a name that nobody knows to be
# taken for one: "7. Báo và Phát thanh, Truyền hình thành phố".
_KNOWN_BEFORE = 2
_LONGEST_NAME = 14
# How sure it is that such a name is one, 0-1.
UNKNOWN = 0.6
# Words that lead in from what the issuer does itself: "ban hành Kế hoạch … như sau:".
_OF_ISSUER = re.compile(
    r"\b(?:ban hanh|xay dung ke hoach|bao cao|thong bao|huong dan|tra loi|co y kien|quy dinh)\b"
)
# "1.5. Trách nhiệm của đối tượng kiểm kê": nobody known, but not whom the heading above names.
_DUTY_OF = re.compile(
    r"(?:trách nhiệm|nhiệm vụ)(?:,? (?:và )?(?:quyền hạn|trách nhiệm|nhiệm vụ))? của (?=\S)",
    re.IGNORECASE,
)
_TELLS = re.compile(r"\b(?:can|phai|co trach nhiem|co nhiem vu|tap trung|khan truong|nghiem tuc)\b")


def addresses(text: str, offset: int) -> list[Placed]:
    """Return the units that "Kính gửi: …" names."""
    start = text.find(":") + 1
    return place(units_in(text[start:]), offset + start)


def names_heading(context: Context, index: int, orders: Orders, *, below: bool) -> None:
    """Keep whom a heading names for the items below it."""
    node = context.outline.nodes[index]
    own = place(orders.agents, node.start)
    cooperating = place(orders.cooperating, node.start)
    if own:
        context.leads[index] = Lead(own, FROM_HEADING, orders.mood, cooperating)
    elif below and (name := _unknown_name(context, index)) is not None:
        context.leads[index] = Lead([(name, node.start)], GUESSED, orders.mood)
    elif orders.mood is not None:
        context.leads[index] = Lead([], FROM_LEAD, orders.mood, cooperating)


def leads_into(context: Context, node: Node, orders: Orders) -> None:
    """Keep whom a bare paragraph that ends in a colon tells to do the items beside it."""
    text = context.outline.text(node)
    if not text.rstrip().endswith(":"):
        return
    context.led = True
    words = flat(text)
    tells = _TELLS.search(words) is not None and _OF_ISSUER.search(words) is None
    if orders.agents and (orders.assigned or orders.bare or tells):
        own = place(orders.agents, node.start)
        cooperating = place(orders.cooperating, node.start)
        context.leads[node.parent] = Lead(own, FROM_LEAD, orders.mood, cooperating)
    elif orders.mood is not None:
        context.leads[node.parent] = Lead([], FROM_LEAD, orders.mood)


def inherited(context: Context, node: Node) -> Lead:
    """Return what the nearest heading or lead-in above says; a mood may come from further up."""
    found: Lead | None = None
    mood = None
    above = node.parent
    while True:
        lead = context.leads.get(above)
        if lead is not None:
            mood = mood or lead.mood
            found = found or (lead if lead.units else None)
        if above is None:
            break
        above = context.outline.nodes[above].parent
    if found is not None:
        return Lead(found.units, found.trust, mood, found.cooperating)
    if mood is not None and context.addressed:
        return Lead(context.addressed, FROM_ADDRESSEES, mood)
    return Lead([], 0.0, mood)


def _unknown_name(context: Context, index: int) -> Mention | None:
    """Return the text of a heading as a unit where the headings before it all name units."""
    outline = context.outline
    node = outline.nodes[index]
    text = outline.text(node).rstrip(" :")
    if inherited(context, node).units and (duty := _DUTY_OF.match(text)):
        return Mention(
            duty.end(), len(text), " ".join(text[duty.end() :].split()), "heading", UNKNOWN
        )
    siblings = context.lists.get(node.parent, [])[-1 - _KNOWN_BEFORE : -1]
    if node.marker is None or len(text.split()) > _LONGEST_NAME:
        return None
    known = [i for i in siblings if i in context.leads and context.leads[i].units]
    if len(known) < _KNOWN_BEFORE:
        return None
    if is_aside(text) or not begins_like_unit(text):
        return None
    return Mention(0, len(text), " ".join(text.split()), "heading", UNKNOWN)
