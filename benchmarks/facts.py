# SPDX-License-Identifier: Apache-2.0
"""Records and gold labels in one shape, so that they can be held against each other.

A gold label gives plain strings ("issuer": "Ủy ban…"), a record gives value objects; a truth file
with "schema_version" is a record itself. A key that a gold label leaves out is not scored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

Json = dict[str, Any]
Spellings = tuple[str, ...]

SIGNER_FIELDS = ("signer_authority", "signer_position", "signer_name")
# Fields of the record that stand at its top level as value objects.
_PLAIN_FIELDS = ("number", "doc_type", "date", "place", "title", "urgency", "secrecy")
_LISTS = ("addressees", "recipients")
# "tasks[3]", "tasks[0..11].responsible"
_UNSURE_PATH = re.compile(r"(\w+)\[(\d+)(?:\.\.(\d+))?\](\.\w+)?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document cited by number."""

    number: str
    doc_type: str | None
    date: str | None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A task and its units, each unit with the spellings under which it may be recognised.

    `mood` and `reports_to` are None where the label does not speak of them.
    """

    text: str
    responsible: tuple[Spellings, ...]
    cooperating: tuple[Spellings, ...]
    mood: str | None = None
    reports_to: tuple[Spellings, ...] | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: the words that say it, and what it comes to."""

    raw: str
    value: str
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document; None or a missing key means: not labelled, do not score."""

    fields: dict[str, str | None] = field(default_factory=dict)
    flagged: frozenset[str] = frozenset()
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    references: tuple[Reference, ...] | None = None
    units: tuple[Spellings, ...] | None = None
    tasks: tuple[Task, ...] | None = None
    deadlines: tuple[Deadline, ...] | None = None
    unsure: frozenset[str] = frozenset()


def read_truth(data: Json) -> Facts:
    """Return the facts of a truth file, whether it is a gold label or a record."""
    if "schema_version" in data:
        return read_record(data)
    skipped = data.get("not_labelled", ())
    signer = data.get("signer") or {}
    keys = (*_PLAIN_FIELDS, "sequence", "notation", "issuer", "parent_issuer")
    fields = {key: data[key] for key in keys if key in data}
    if "signer" in data:
        fields |= {key: signer.get(key.removeprefix("signer_")) for key in SIGNER_FIELDS}
    items = {key: data[key] for key in ("references", "units", "tasks", "deadlines")
             if key not in skipped and key in data}  # fmt: skip
    return Facts(
        fields=_with_month(fields),
        lists={key: tuple(data[key]) for key in _LISTS if key in data and key not in skipped},
        references=_each(items.get("references"), _gold_reference),
        units=_each(items.get("units"), lambda name: (name,)),
        tasks=_each(items.get("tasks"), _gold_task),
        deadlines=_each(items.get("deadlines"), read_deadline),
        unsure=frozenset(path for entry in data.get("unsure", ()) for path in expand_path(entry)),
    )


def read_record(data: Json) -> Facts:
    """Return the facts of a record of `sohoa`."""
    number, issuer = data.get("number") or {}, data.get("issuer") or {}
    signer = data.get("signer") or {}
    fields = {key: value_of(data.get(key)) for key in _PLAIN_FIELDS}
    fields |= {key: number.get(key) for key in ("sequence", "notation")}
    fields |= {"issuer": value_of(issuer or None), "parent_issuer": value_of(issuer.get("parent"))}
    fields |= {key: value_of(signer.get(key.removeprefix("signer_"))) for key in SIGNER_FIELDS}
    units = {unit["id"]: spellings(unit) for unit in data.get("units", ())}
    return Facts(
        fields=(fields := _with_month(fields)),
        flagged=frozenset(key for key in fields if _is_flagged(data, key)),
        lists={key: tuple(filter(None, map(value_of, data.get(key) or ()))) for key in _LISTS},
        references=tuple(
            Reference(item["number"], item.get("doc_type"), item.get("date"), item.get("relation"))
            for item in data.get("references", ())
            if item.get("number")
        ),
        units=tuple(units.values()),
        tasks=tuple(
            Task(
                value_of(item["text"]) or "",
                tuple(units.get(unit, (unit,)) for unit in item.get("responsible", ())),
                tuple(units.get(unit, (unit,)) for unit in item.get("cooperating", ())),
                item.get("mood"),
                tuple((name,) for name in item["reports_to"]) if "reports_to" in item else None,
            )
            for item in data.get("tasks", ())
        ),
        deadlines=tuple(map(read_deadline, data.get("deadlines", ()))),
    )


def join_parts(parts: list[Facts]) -> Facts:
    """Return the facts of a document read as several inputs: the signer stands on the last."""
    signer = {key: parts[-1].fields.get(key) for key in SIGNER_FIELDS}
    flagged = {key for key in parts[0].flagged if key not in SIGNER_FIELDS}
    flagged |= {key for key in parts[-1].flagged if key in SIGNER_FIELDS}
    return replace(parts[0], fields=parts[0].fields | signer, flagged=frozenset(flagged))


def value_of(thing: object) -> str | None:
    """Return the value of a value object, or of a plain string; None for null and ""."""
    value = thing.get("value") if isinstance(thing, dict) else thing
    return str(value) if value else None


def read_deadline(item: Json) -> Deadline:
    """Return a deadline with what it comes to: kind and dates, rule or offset; no anchor."""
    kind = item.get("kind") or "open"
    parts: dict[str, list[Any]] = {
        "once": [item.get("date")],
        "range": [item.get("start"), item.get("end")],
        "recurring": [rule_key(item.get("rrule") or "")],
        "relative": [item.get("offset")],
    }
    task = item.get("task")
    value = " ".join([kind, *(str(part or "?") for part in parts.get(kind, ()))])
    return Deadline(item.get("raw") or "", value, task if isinstance(task, int) else None)


def rule_key(rrule: str) -> str:
    """Return an RRULE in one spelling: parts in order of name, an interval of 1 left out."""
    parts = rrule.upper().removeprefix("RRULE:").split(";")
    return ";".join(sorted(part for part in parts if part and part != "INTERVAL=1"))


def expand_path(entry: str) -> list[str]:
    """Return the single paths of an "unsure" entry: "tasks[1..2]" -> "tasks[1]", "tasks[2]"."""
    if not (found := _UNSURE_PATH.fullmatch(entry)):
        return [entry]
    name, first, last, rest = found.groups()
    return [f"{name}[{at}]{rest or ''}" for at in range(int(first), int(last or first) + 1)]


def _with_month(fields: dict[str, str | None]) -> dict[str, str | None]:
    """Return `fields` with year and month apart; a date without its day ("2022-09") is no date."""
    if "date" not in fields:
        return fields
    date = fields["date"] or ""
    whole = date if len(date) == len("2022-09-19") else None
    return fields | {"date": whole, "date_month_year": date[:7] or None}


def _is_flagged(data: Json, key: str) -> bool:
    owner = {
        "sequence": "number",
        "notation": "number",
        "date_month_year": "date",
        "parent_issuer": "issuer",
    }.get(key, "signer" if key in SIGNER_FIELDS else key)
    thing = data.get(owner)
    return isinstance(thing, dict) and bool(thing.get("needs_review"))


def _gold_reference(item: Json) -> Reference:
    return Reference(
        item.get("number") or "", item.get("type"), item.get("date"), item.get("relation")
    )


def _gold_task(item: Json) -> Task:
    responsible, cooperating = item.get("responsible", ()), item.get("cooperating", ())
    return Task(
        item["text"],
        tuple((unit,) for unit in responsible),
        tuple((unit,) for unit in cooperating),
        item.get("mood"),
        tuple((name,) for name in item["reports_to"]) if "reports_to" in item else None,
    )


def spellings(unit: Json) -> Spellings:
    """Return the names of a record's unit, each once: as normalised, and as printed."""
    names = (value_of(unit), unit.get("raw"), *unit.get("spellings", ()))
    return tuple(dict.fromkeys(name for name in names if name))


def _each(items: Any, read: Any) -> Any:
    return None if items is None else tuple(map(read, items))
