# SPDX-License-Identifier: Apache-2.0
"""PDFs that lead round and round: pages that repeat without end, forms that draw forms."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pikepdf

from pipeline.errors import DamagedError, TooManyPagesError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Forms that a page draws, those drawn again each time counted. A stamp is one, a page of a
# drawing program may have hundreds.
_MOST_DRAWN = 20_000


def check_page_count(pdf: pikepdf.Pdf, name: str, most: int) -> None:
    """Check that there are at most `most` pages, before qpdf makes a copy of each.

    Raises:
        TooManyPagesError: there are more.
    """
    waiting: list[pikepdf.Object | None] = [pdf.Root.get("/Pages")]
    seen: set[tuple[int, int]] = set()
    pages = 0
    while waiting:
        node = waiting.pop()
        kids = node.get("/Kids") if isinstance(node, pikepdf.Dictionary) else None
        if node is None or not isinstance(kids, pikepdf.Array) or node.objgen in seen:
            pages += 1
            continue
        seen.add(node.objgen)
        if len(kids) > most:
            pages += len(kids)
        else:
            waiting.extend(kids)
        if pages > most:
            break
    if pages > most:
        raise TooManyPagesError(
            f"{name} has {pages} pages and more, {most} are allowed: split it or raise --max-pages"
        )


def check_forms(page: pikepdf.Page, what: str) -> None:
    """Check that what `page` draws by way of forms within forms comes to an end.

    Ten forms that draw ten each are a million at the sixth level.

    Raises:
        DamagedError: they are more than any page has.
    """
    resources = page.resources if "/Resources" in page else None
    known: dict[tuple[int, int], int] = {}
    if sum(_drawn(form, resources, known) for _, form in _forms(resources)) > _MOST_DRAWN:
        raise DamagedError(f"{what} draws forms within forms without end: print it to a new PDF")


def _drawn(
    form: pikepdf.Stream, inherited: pikepdf.Object | None, known: dict[tuple[int, int], int]
) -> int:
    """Return how many forms are drawn by `form`, itself counted; `known` are those counted."""
    waiting = [(form, inherited, False)]
    while waiting:  # without recursion: some nest thousands deep
        one, above, is_open = waiting.pop()
        own = one.get("/Resources", above)
        inner = dict(_forms(own))
        if not is_open and one.objgen not in known:
            known[one.objgen] = 1  # also where a circle closes, which the readers break as well
            waiting.append((one, above, True))
            waiting += [(each, own, False) for each in inner.values()]
        elif is_open and inner:
            known[one.objgen] += sum(
                times * known[inner[name].objgen]
                for name, times in _named(one).items()
                if name in inner
            )
    return known[form.objgen]


def _named(form: pikepdf.Stream) -> Counter[str]:
    """Return how often a form draws what, by name."""
    return Counter(
        str(instruction.operands[0])
        for instruction in pikepdf.parse_content_stream(form, "Do")
        if isinstance(instruction, pikepdf.ContentStreamInstruction) and instruction.operands
    )


def _forms(resources: pikepdf.Object | None) -> Iterator[tuple[str, pikepdf.Stream]]:
    named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if isinstance(named, pikepdf.Dictionary):
        for name, item in named.items():
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
                yield name, item
