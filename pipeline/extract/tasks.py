# SPDX-License-Identifier: Apache-2.0
"""Tasks: the smallest items that tell a named or inherited unit to do something.

The unit comes from the sentence, else from the heading above, else from the words that lead in
("… yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:"), else from the addressees of a letter that
asks without naming anybody. Goals, purposes and solutions that bind no unit are not tasks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.drafts import FROM_LEAD, Context, Draft
from pipeline.extract.garbled import read_heading
from pipeline.extract.headings import addresses, inherited, leads_into, names_heading
from pipeline.extract.labels import labels_inside, read_label
from pipeline.extract.orders import Orders, begins_with_verb, read_orders
from pipeline.extract.outline import is_heading
from pipeline.extract.sections import informs, is_aside, sets_conditions, takes_effect
from pipeline.extract.statements import is_quoted, quoted_spans
from pipeline.extract.task_drafts import add_tasks, asks_addressees, follows_up, goes_on
from pipeline.extract.task_labels import attach

if TYPE_CHECKING:
    from pipeline.extract.outline import Node, Outline

# "Trình bày báo cáo;" says too little to be a task.
_FEWEST_WORDS = 4
# A heading that ends in a colon but leads to nothing is a task if it says this much.
_SAYS_MUCH = 14
# A line of so many words needs no stop to be a sentence.
_SAYS_ALL = 9
# Words with which an order leads to what a thing consists of.
_CONSISTS = re.compile(r"\b(?:gom|gom co|luu y|thanh phan|ho so|tai lieu)(?: sau)?\s*:$")
_LISTS = (
    "nhu sau",
    "sau day",
    "nhiem vu sau",
    "noi dung sau",
    "giai phap sau",
    "viec sau",
    "cu the",
)


def find_tasks(
    outline: Outline, *, garbled: bool = False, proposes: bool = False
) -> tuple[list[Draft], list[tuple[int, int]]]:
    """Return the tasks of the paragraphs of a body, and the spans that tell the time of all of it.

    Rows of tables are not read. With `proposes` only what "đề nghị … giao" leads to is a task.
    """
    context = Context(outline, garbled, proposes)
    context.quoted = quoted_spans(outline.passage.text)
    for index, node in enumerate(outline.nodes):
        if node.addressed:
            context.addressed += addresses(outline.text(node), node.start)
            context.led = context.led or outline.text(node).rstrip().endswith(":")
        elif not node.cells and not is_quoted(context.quoted, node.start):
            _read(context, index, node)
    return context.drafts, context.loose


def _read(context: Context, index: int, node: Node) -> None:
    text = context.outline.text(node)
    if node.marker is not None:
        context.ended = False
        context.lists.setdefault(node.parent, []).append(index)
    label = read_label(text)
    if label is not None and attach(context, index, node, label):
        return
    below = _items_below(context, index)
    heading = is_heading(text)
    orders = _orders_of(text, garbled=context.garbled, heading=heading and bool(below))
    orders = _unquoted(context, node, orders)
    if node.parent in context.detailed and not orders.agents:
        context.detailed.add(index)
        return
    leads = heading and (orders.bare or bool(below) or _leads_on(context, index, node, orders))
    if leads and below and _lists_things(context, node, orders, below):
        context.detailed.add(index)
        leads = False
    if leads and sets_conditions(text) and not orders.assigned:
        return
    if (leads or below) and (orders.assigned or not _in_aside(context, index)):
        names_heading(context, index, orders, below=bool(below))
    if leads:
        of_aside = not orders.assigned and _in_aside(context, index)
        if not of_aside and (node.marker is None or not context.outline.children(index)):
            leads_into(context, node, orders)
        return
    if _is_task(context, index, node, orders):
        add_tasks(context, index, node, orders)
        context.ended = text.rstrip(" .").endswith("./")
    elif node.marker is None and node.parent is None and context.drafts:
        context.loose.append((node.start, node.end))


def _lists_things(context: Context, node: Node, orders: Orders, below: list[int]) -> bool:
    """Return whether an order ends in a list of things: "Gửi kèm hồ sơ, gồm:", "… cần lưu ý:"."""
    outline = context.outline
    text = outline.text(node)
    if node.marker is None or orders.bare or not _CONSISTS.search(flat(text[-30:]).rstrip()):
        return False
    orders_itself = bool(orders.agents) or begins_with_verb(text[:80])
    things = [outline.text(outline.nodes[i])[:80] for i in below]
    return orders_itself and not any(map(begins_with_verb, things))


def _leads_on(context: Context, index: int, node: Node, orders: Orders) -> bool:
    """Return whether a paragraph ends in a colon because what it leads to stands beside it."""
    text = context.outline.text(node)
    if not text.rstrip().endswith(":"):
        return False
    last = index + 1 >= len(context.outline.nodes)
    listed = orders.assigned and flat(text).rstrip(" :").endswith(_LISTS)
    says_much = bool(orders.agents) and len(text.split()) > _SAYS_MUCH and not listed
    return not (says_much and (last or node.marker is not None))


def _orders_of(text: str, *, garbled: bool, heading: bool) -> Orders:
    """Return who is told to act; in a text that lost its marks only headings say so."""
    if not garbled:
        inside = labels_inside(text)
        return read_orders(text[: inside[0][0]] if inside else text, heading=heading)
    return read_heading(text) if is_heading(text) else Orders()


def _unquoted(context: Context, node: Node, orders: Orders) -> Orders:
    """Return the orders without the units that stand inside quoted articles."""
    if not context.quoted:
        return orders
    agents = tuple(
        unit for unit in orders.agents if not is_quoted(context.quoted, node.start + unit.start)
    )
    return orders if len(agents) == len(orders.agents) else replace(orders, agents=agents)


def _items_below(context: Context, index: int) -> list[int]:
    """Return the children of a node that are no labels ("Thời gian: …")."""
    outline = context.outline
    found = []
    for child in outline.children(index):
        label = read_label(outline.text(outline.nodes[child]))
        if label is None or label.kind == "content":
            found.append(child)
    return found


def _is_task(  # noqa: PLR0911 - one reason a line
    context: Context, index: int, node: Node, orders: Orders
) -> bool:
    """Return whether a paragraph tells somebody to do something."""
    text = context.outline.text(node)
    if orders.recounts or orders.bare or text.isupper() or len(text.split()) < _FEWEST_WORDS:
        return False
    if not orders.assigned and (
        _in_aside(context, index)
        or _is_aside_line(context, node)
        or (informs(text) and not orders.agents)
        or takes_effect(text)
    ):
        return False
    if context.proposes and not _proposed(context, node, orders):
        return False
    if not orders.assigned and (_is_cell(text, orders) or _in_form(node, text)):
        return False
    if orders.agents:
        opening = node.marker is None and node.parent is None and not orders.assigned
        return not opening or bool(context.drafts) or context.led
    if asks_addressees(context, node, orders) or follows_up(context, node):
        return True
    if context.ended and node.marker is None:
        return False
    if text[:1].isdigit():
        return False  # "25 trạm", "0,3 lần quỹ lương"
    lead = inherited(context, node)
    if not lead.units and goes_on(context, index, node):
        return True
    return bool(lead.units) and (node.marker is not None or lead.trust > FROM_LEAD)


def _is_cell(text: str, orders: Orders) -> bool:
    """Return whether a line is what is left of a table: short, without a stop, no unit of its own.

    "Cơ quan đăng ký tàu biển", "Tỷ lệ so với năm trước".
    """
    short = len(text.split()) < _SAYS_ALL and not text.rstrip().endswith((".", ";", ":", ",", "/"))
    return short and all(unit.kind == "group" for unit in orders.agents)


def _in_form(node: Node, text: str) -> bool:
    """Return whether a line of an annex, without number and stop, is what is left of a form."""
    annex = node.path is not None and node.path.startswith("Phụ lục")
    last = text.rstrip()[-1:]
    return annex and node.marker is None and (last.isalnum() or last in (")", "%"))


def _proposed(context: Context, node: Node, orders: Orders) -> bool:
    """Return whether a paper that asks for tasks asks for this one: "đề nghị … giao:"."""
    above = context.outline.nodes[node.parent] if node.parent is not None else None
    asked = above is not None and "giao" in flat(context.outline.text(above)).split()
    return asked and (bool(orders.agents) or bool(inherited(context, node).units))


def _in_aside(context: Context, index: int) -> bool:
    """Return whether the node stands under a heading such as "Mục đích, yêu cầu"."""
    nodes = context.outline.nodes
    above = nodes[index].parent
    while above is not None:
        lead = context.leads.get(above)
        if lead is not None and lead.units:
            return False
        text = context.outline.text(nodes[above])
        if is_aside(text) or sets_conditions(text):
            return True
        above = nodes[above].parent
    return False


def _is_aside_line(context: Context, node: Node) -> bool:
    """Return whether the paragraph itself begins with such a word: "Nguyên nhân: …"."""
    word, colon, _ = context.outline.text(node).partition(":")
    return bool(colon) and is_aside(word)
