# SPDX-License-Identifier: Apache-2.0
"""How far confidences and flags can be relied on: of what is not flagged, how much is right?

A value is judged as a tracker would use it: a task is right with its text and its responsible
units, a reference with number and date, a unit with its name, a deadline with what it comes to, a
signer with post and name. Items that the label doubts are left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.table import Table

from benchmarks.facts import SIGNER_FIELDS, read_deadline, read_record, spellings
from benchmarks.fields import SIMILAR_TITLE, same_value
from benchmarks.items import SAME_TASK, SAME_UNIT, SAME_WORDS, unit_likeness
from benchmarks.matching import pair_up
from benchmarks.normal import number_key, similarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.facts import Facts, Json, Spellings

_FIELDS = ("number", "date", "place", "doc_type", "issuer", "title", "urgency", "secrecy")
_BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A value that was given: what it is, how sure it said to be, whether it was right."""

    group: str
    confidence: float
    flagged: bool
    right: bool
    shown: str


def judge_record(truth: Facts, record: Json) -> list[Judged]:
    """Return every value of `record` that `truth` speaks of, judged."""
    return [*_fields(truth, record), *_references(truth, record), *_units(truth, record),
            *_tasks(truth, record), *_deadlines(truth, record)]  # fmt: skip


def reliability_table(values: Sequence[Judged]) -> Table:
    """Return, a line a group: how many are given, flagged, and wrong among the unflagged."""
    table = Table(title="of what is not flagged, how much is right", title_justify="left")
    for name in ("values", "given", "right", "flagged", "not flagged", "right of these", "wrong"):
        table.add_column(name, justify="left" if name == "values" else "right")
    groups: dict[str, list[Judged]] = defaultdict(list)
    for value in values:
        groups[value.group].append(value)
    for name, members in (*groups.items(), ("all", list(values))):
        plain = [value for value in members if not value.flagged]
        right = sum(value.right for value in plain)
        table.add_row(
            name, str(len(members)), _share(sum(value.right for value in members), len(members)),
            _share(len(members) - len(plain), len(members)), str(len(plain)),
            _share(right, len(plain)), str(len(plain) - right),
        )  # fmt: skip
    return table


def curve_table(values: Sequence[Judged]) -> Table:
    """Return the curve: how many of the values of a confidence are right."""
    table = Table(title="confidence and what it was worth", title_justify="left")
    for name in ("confidence", "values", "mean", "right"):
        table.add_column(name, justify="right")
    for low, high in pairwise(_BINS):
        top = high == _BINS[-1]
        inside = [v for v in values if low <= v.confidence < high or (top and v.confidence == 1)]
        mean = sum(value.confidence for value in inside) / max(1, len(inside))
        right = sum(value.right for value in inside)
        table.add_row(f"{low:.2f}–{high:.2f}", str(len(inside)), f"{mean:.3f}",
                      _share(right, len(inside)))  # fmt: skip
    return table


def wrong_lines(values: Iterable[Judged]) -> Iterator[str]:
    """Yield what is wrong and not flagged."""
    for value in values:
        if not value.right and not value.flagged:
            yield f"{value.group} {value.confidence:.3f} {value.shown}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _judged(group: str, thing: Json, *, right: bool, shown: str) -> Judged:
    return Judged(group, thing["confidence"], thing["needs_review"], right, shown)


def _fields(truth: Facts, record: Json) -> Iterator[Judged]:
    got = read_record(record).fields
    for name in _FIELDS:
        if name not in truth.fields or name in truth.unsure or record.get(name) is None:
            continue
        true, given = truth.fields[name], got.get(name)
        # A month instead of a day says itself that it is not whole, and is right as far as it goes.
        if name == "date" and given is None:
            true, given = truth.fields["date_month_year"], got["date_month_year"]
        right = true is not None and given is not None and (
            similarity(true, given) >= SIMILAR_TITLE if name == "title"
            else same_value(name, true, given)
        )  # fmt: skip
        yield _judged(name, record[name], right=right, shown=f"{given!r}, true {true!r}")
    signer = record.get("signer")
    if signer is not None and "signer_name" in truth.fields and "signer" not in truth.unsure:
        known = [key for key in SIGNER_FIELDS[1:] if key.replace("_", ".", 1) not in truth.unsure]
        pairs = [(key, truth.fields.get(key), got.get(key)) for key in known]
        right = all(
            given is None or (true is not None and same_value(key, true, given))
            for key, true, given in pairs
        )
        yield _judged("signer", signer, right=right, shown=str(pairs))


def _references(truth: Facts, record: Json) -> Iterator[Judged]:
    if truth.references is None or "references" in truth.unsure:
        return
    dates = {number_key(item.number): item.date for item in truth.references}
    for item in record["references"]:
        key = number_key(item["number"])
        right = key in dates and (item["date"] is None or dates[key] in (None, item["date"]))
        yield _judged("references", item, right=right, shown=f"{item['number']} {item['date']}")


def _units(truth: Facts, record: Json) -> Iterator[Judged]:
    if truth.units is None or any(entry.startswith("units") for entry in truth.unsure):
        return
    given = [spellings(unit) for unit in record["units"]]
    # A unit counts as right wherever the act names it so, in a task or as one who is reported to.
    true = [*truth.units, *(unit for task in truth.tasks or () for unit in task.reports_to or ())]
    for unit, names in zip(record["units"], given, strict=True):
        right = any(unit_likeness(other, names) >= SAME_UNIT for other in true)
        yield _judged("units", unit, right=right, shown=names[-1])


def _tasks(truth: Facts, record: Json) -> Iterator[Judged]:
    if truth.tasks is None:
        return
    units = {unit["id"]: spellings(unit) for unit in record["units"]}
    pairs = pair_up([task.text for task in truth.tasks],
                    [task["text"] for task in record["tasks"]], similarity, SAME_TASK)  # fmt: skip
    owner = {given: true for true, given in pairs.items()}
    for number, task in enumerate(record["tasks"]):
        at = owner.get(number)
        if at is not None and _is_doubtful(truth, at):
            continue
        right = at is not None and _same_units(
            truth.tasks[at].responsible, [units[key] for key in task["responsible"]]
        )
        yield _judged("tasks", task, right=right, shown=f"{task['section']} {task['text'][:70]}")


def _is_doubtful(truth: Facts, task: int) -> bool:
    return bool({f"tasks[{task}]", f"tasks[{task}].responsible"} & truth.unsure)


def _same_units(true: Sequence[Spellings], given: Sequence[Spellings]) -> bool:
    return len(pair_up(true, given, unit_likeness, SAME_UNIT)) == len(true) == len(given)


def _deadlines(truth: Facts, record: Json) -> Iterator[Judged]:
    if truth.deadlines is None:
        return
    true = [item.value for item in truth.deadlines]
    doubtful = [
        item.raw for at, item in enumerate(truth.deadlines)
        if f"deadlines[{at}]" in truth.unsure or f"tasks[{item.task}].deadline" in truth.unsure
    ]  # fmt: skip
    for thing in record["deadlines"]:
        item = read_deadline(thing)
        if any(similarity(item.raw, raw) >= SAME_WORDS for raw in doubtful):
            continue
        right = item.value in true
        if right:
            true.remove(item.value)
        yield _judged("deadlines", thing, right=right, shown=f"{item.value} «{item.raw}»")
