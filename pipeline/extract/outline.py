# SPDX-License-Identifier: Apache-2.0
"""The outline of the body: chapters, articles, clauses, points, dashes, annexes, rows of tables.

Numbering as in NĐ 30/2020, Phụ lục I, II.6: Phần, Chương, Mục, Điều, khoản `1.`, điểm `a)`; in
plans and directives `I.` `1.` `a)` `-` `+`. Which level a marker has depends on what stands above
it; markers that the reading broke are mended by their sequence ("|." after nothing is "I.").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.markers import Marker, mend, read_marker
from pipeline.model import Box, Role
from pipeline.passage import Passage, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Block, Document, Line, Page

# A heading is short and does not end like a sentence; 40 words hold every list of units in the
# headings of the 12 labelled documents.
_LONGEST_HEADING = 40

# How the paragraphs begin that speak of the document as a whole, after its last item.
_CLOSING = re.compile(
    r"tren day [l1i]a|nhan duoc|(?:chi thi|quyet dinh|cong van|thong bao|ke hoach) nay|"
    r"(?:[a-z ]{3,40} )?yeu cau (?:thu truong|chu tich|cac|giam doc|lanh dao)|"
    r"de nghi (?:cac|thu truong|quy)|(?:kinh|tran trong|xin|rat mong) [a-z]+ |"
    r"can cu (?:ke hoach|chi thi|cong van) nay|"
    r"trong qua trinh (?:to chuc )?(?:trien khai|thuc hien)"
)


@dataclass(frozen=True, slots=True)
class Node:
    """A paragraph of the body, or a row of a table.

    Attributes:
        marker: how it is numbered, None for a paragraph without a number.
        start, end: `passage.text[start:end]` is its text without the marker.
        parent: index of the node above it, None at the top.
        path: the markers from the top, dashes left out: "II.1.a"; None where there are none.
        page: number of the page on which it begins.
        cells: of a row of a table, the spans of its cells; else empty.
        addressed: it is the "Kính gửi" of the head.
    """

    marker: Marker | None
    start: int
    end: int
    parent: int | None
    path: str | None
    page: int
    cells: tuple[tuple[int, int], ...] = ()
    addressed: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The nodes of a body in reading order, and the passage that their offsets count in.

    `below` holds for each node the indices of those right under it.
    """

    passage: Passage
    nodes: tuple[Node, ...]
    below: tuple[tuple[int, ...], ...]

    def text(self, node: Node) -> str:
        """Return the node's text, without its marker."""
        return self.passage.text[node.start : node.end]

    def children(self, index: int) -> tuple[int, ...]:
        """Return the indices of the nodes right under node `index`."""
        return self.below[index]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    page: int
    cells: tuple[tuple[int, int], ...] = ()
    addressed: bool = False


def outline(document: Document) -> Outline:
    """Return the outline of a document's body; footnotes and what is set apart are left out."""
    blocks = list(_body(document))
    passage = compose(blocks)
    nodes: list[Node] = []
    below: list[list[int]] = []
    labelled: list[Marker] = []
    for paragraph in _paragraphs(blocks, passage):
        node = _node(paragraph, passage, nodes, labelled)
        if node.marker is not None and node.marker.label is not None:
            labelled.append(node.marker)
        if node.parent is not None:
            below[node.parent].append(len(nodes))
        nodes.append(node)
        below.append([])
    return Outline(passage, tuple(nodes), tuple(map(tuple, below)))


def _node(
    paragraph: _Paragraph, passage: Passage, nodes: list[Node], labelled: list[Marker]
) -> Node:
    """Return the node of a paragraph under those before it."""
    text = passage.text[paragraph.start : paragraph.end]
    if paragraph.addressed:
        return Node(None, paragraph.start, paragraph.end, None, None, paragraph.page, (), True)
    marker = None if paragraph.cells else mend(read_marker(text), text, labelled)
    start = paragraph.start + (marker.length if marker else 0)
    parent = _parent(nodes, passage, marker, passage.text[start : paragraph.end])
    path = _path(nodes, parent, marker)
    return Node(marker, start, paragraph.end, parent, path, paragraph.page, paragraph.cells)


def is_heading(text: str) -> bool:
    """Return whether a paragraph is a heading or leads into what follows: it ends like neither."""
    stripped = text.rstrip()
    if stripped.endswith(":"):
        return True
    return len(stripped.split()) <= _LONGEST_HEADING and not stripped.endswith(
        (".", ";", "./", "…")
    )


def _body(document: Document) -> Iterator[tuple[Page, Block]]:
    for page in document.pages:
        for block in page.text_blocks:
            if block.role in (Role.ADDRESSEES, Role.BODY, Role.TABLE_ROW):
                yield page, block


def _paragraphs(blocks: list[tuple[Page, Block]], passage: Passage) -> list[_Paragraph]:
    """Return the paragraphs of the blocks: those that continue joined, packed lists taken apart."""
    found: list[_Paragraph] = []
    first = 0
    for page, block in blocks:
        spans: list[tuple[int, int]] = []
        for line in block.lines:
            if line.words:
                last = first + len(line.words) - 1
                spans.append((passage.pieces[first].start, passage.pieces[last].end))
                first = last + 1
            elif block.role is Role.TABLE_ROW:
                # An empty cell keeps its place among the others.
                at = passage.pieces[first - 1].end if first else 0
                spans.append((at, at))
        if not any(end > start for start, end in spans):
            continue
        if block.role is Role.ADDRESSEES:
            found.append(_Paragraph(spans[0][0], spans[-1][1], page.number, addressed=True))
            continue
        if block.role is Role.TABLE_ROW:
            found.append(_Paragraph(spans[0][0], spans[-1][1], page.number, tuple(spans)))
            continue
        for number, (start, end) in enumerate(_items(spans, block.lines)):
            if number == 0 and block.continues and found and not found[-1].cells:
                found[-1] = replace(found[-1], end=end)
            else:
                found.append(_Paragraph(start, end, page.number))
    return found


def _items(spans: list[tuple[int, int]], lines: tuple[Line, ...]) -> list[tuple[int, int]]:
    """Return the spans of the items of a block that holds several.

    A printed line that begins with a marker, after one that ends a sentence or stops short of the
    margin, begins a new item.
    """
    printed = [line for line in lines if line.words]
    items = [spans[0]]
    for number in range(1, len(spans)):
        if read_marker(printed[number].text) is not None and _ends(printed, number - 1):
            items.append(spans[number])
        else:
            items[-1] = (items[-1][0], spans[number][1])
    return items


def _ends(lines: list[Line], number: int) -> bool:
    if lines[number].text.endswith((".", ";", ":", "./")):
        return True
    box, widest = lines[number].box, Box.around([line.box for line in lines if line.box])
    return box is not None and widest is not None and box.x1 < widest.x1 - 0.2 * widest.width


def _parent(nodes: list[Node], passage: Passage, marker: Marker | None, text: str) -> int | None:
    """Return the index of the node above a new one.

    A marked node hangs under the last node of a higher rank; a bare paragraph under the last
    heading that is still open, and a closing one comes back to the top.
    """
    if marker is None and _CLOSING.match(flat(text[:60])):
        return None
    closed = bool(nodes) and nodes[-1].marker is None and nodes[-1].parent is None
    if marker is None and closed:
        return None
    index: int | None = len(nodes) - 1 if nodes else None
    while index is not None:
        node = nodes[index]
        if node.marker is not None:
            above = marker is not None and node.marker.rank < marker.rank
            open_heading = marker is None and is_heading(passage.text[node.start : node.end])
            if above or open_heading:
                return index
        index = node.parent
    return None


def _path(nodes: list[Node], parent: int | None, marker: Marker | None) -> str | None:
    """Return the markers from the top; of "2.1" under "2" only the longer is kept."""
    above = nodes[parent].path if parent is not None else None
    if marker is None or marker.label is None:
        return above
    if "." in marker.label and parent is not None and above is not None:
        number = marker.label.rpartition(".")[0]
        if above == number:
            return marker.label
        if above.endswith("." + number):
            return above[: -len(number)] + marker.label
    return f"{above}.{marker.label}" if above else marker.label
