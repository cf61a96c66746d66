# SPDX-License-Identifier: Apache-2.0
"""Units, tasks and deadlines of a document, each with its id and its evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.extract.deadline_records import Place, as_record
from pipeline.extract.deadlines import find_deadlines, read_time_cell
from pipeline.extract.nlp import marks_lost
from pipeline.extract.numbering import missing_numbers
from pipeline.extract.outline import outline
from pipeline.extract.registry import Registry
from pipeline.extract.sections import gives_no_tasks, proposes
from pipeline.extract.table_tasks import find_table_tasks
from pipeline.extract.tasks import find_tasks
from pipeline.model import Role
from pipeline.record import Deadline, Task, Unit, Warning  # noqa: A004 - the record's word

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.extract.drafts import Draft, Placed
    from pipeline.extract.issued import Issued
    from pipeline.model import Document
    from pipeline.settings import Settings

# Units found in a text that lost its marks are right at headings, doubtful elsewhere.
_GARBLED_TRUST = 0.7


@dataclass(frozen=True, slots=True)
class Assignments:
    """What a document tells its units to do."""

    units: list[Unit] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)


def extract_assignments(
    document: Document,
    issued: Issued | dt.date | None,
    settings: Settings,
    place: str | None = None,
) -> Assignments:
    """Return the units, tasks and deadlines of a document.

    Args:
        document: as read and repaired.
        issued: its day of issue; without it deadlines that name no year are left out.
        settings: `review_below` decides what a person should look at.
        place: the place in the head, for the province that "UBND tỉnh" means.
    """
    titles = [
        block.text
        for page in document.pages[:1]
        for block in page.blocks
        if block.role is Role.TITLE
    ]
    if any(map(gives_no_tasks, titles)):
        return Assignments()
    body = outline(document)
    garbled = marks_lost(body.passage.text)
    items, times = find_tasks(body, garbled=garbled, proposes=any(map(proposes, titles)))
    drafts = [
        draft for draft in (*items, *find_table_tasks(body, garbled=garbled)) if draft.responsible
    ]
    drafts.sort(key=lambda draft: draft.start)
    trust = _GARBLED_TRUST if garbled else 1.0
    registry = Registry(body.passage, settings, place=place, trust=trust)
    desk = _Desk(document, registry, Place(body.passage, 0, trust, settings), issued)
    for draft in drafts:
        desk.add(draft)
    for start, end in times:
        desk.add_loose(start, end)
    gaps = [_gap(*gap) for gap in missing_numbers(body)]
    return Assignments(registry.units, desk.tasks, desk.deadlines, gaps)


class _Desk:
    """Gives drafts their ids, numbers their units, and looks for their deadlines."""

    def __init__(
        self,
        document: Document,
        registry: Registry,
        body: Place,
        issued: Issued | dt.date | None,
    ) -> None:
        self.tasks: list[Task] = []
        self.deadlines: list[Deadline] = []
        self._registry = registry
        self._body = body
        self._passage = body.passage
        self._issued = issued
        self._prefix = document.source.sha256[:12]
        self._places: dict[str, int] = {}

    def add(self, draft: Draft) -> None:
        """Make the task of a draft, with its deadlines."""
        identity = self._identity(draft.section)
        responsible = self._ids(draft.responsible)
        cooperating = [unit for unit in self._ids(draft.cooperating) if unit not in responsible]
        confidence = (
            self._passage.confidence(draft.start, draft.end) * draft.trust * self._body.trust
        )
        self.tasks.append(
            Task(
                id=identity,
                text=" ".join(self._passage.text[draft.start : draft.end].split()),
                responsible=responsible,
                cooperating=cooperating,
                reports_to=list(dict.fromkeys(draft.receivers)),
                mood=draft.mood,
                section=draft.section,
                page=self._passage.page_at(draft.start),
                deadlines=self._add_deadlines(draft, identity),
                confidence=round(confidence, 3),
                needs_review=confidence < self._body.settings.review_below,
                evidence=self._passage.evidence(draft.start, draft.end, "tasks"),
            )
        )

    def _identity(self, section: str | None) -> str:
        """Return an id from the document and the task's place in its section.

        A task added elsewhere in the document does not shift it.
        """
        place = section or ""
        self._places[place] = self._places.get(place, 0) + 1
        digest = hashlib.sha256(f"{place}#{self._places[place]}".encode()).hexdigest()
        return f"{self._prefix}-t{digest[:8]}"

    def _ids(self, placed: list[Placed]) -> list[str]:
        return list(dict.fromkeys(self._registry.add(unit, offset) for unit, offset in placed))

    def _add_deadlines(self, draft: Draft, task: str) -> list[str]:
        """Add the deadlines in a task's words and in those that speak of its time; their ids."""
        text = self._passage.text
        found = [
            (item, draft.start)
            for item in find_deadlines(text[draft.start : draft.end], self._issued)
        ]
        for start, end in draft.times:
            found += [(item, start) for item in read_time_cell(text[start:end], self._issued)]
        ids = []
        for number, (item, offset) in enumerate(found, 1):
            identity = f"{task}-d{number}"
            self.deadlines.append(as_record(item, self._place(offset), identity, task))
            ids.append(identity)
        return ids

    def _place(self, offset: int) -> Place:
        return replace(self._body, offset=offset)

    def add_loose(self, start: int, end: int) -> None:
        """Add the deadlines of a line that binds everybody: "Thời gian thực hiện: từ … đến …"."""
        text = self._passage.text[start:end]
        digest = hashlib.sha256(text.encode()).hexdigest()
        found = find_deadlines(text, self._issued)
        dated = [item for item in found if item.kind in ("range", "recurring", "once")]
        for number, item in enumerate(dated, 1):
            identity = f"{self._prefix}-d{digest[:8]}-{number}"
            self.deadlines.append(as_record(item, self._place(start), identity, None))


def _gap(path: str, page: int) -> Warning:
    message = f"the list has no {path}: was a page or a line lost?"
    return Warning(code="list_number_missing", message=message, field="tasks", page=page)
