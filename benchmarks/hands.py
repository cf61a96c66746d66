# SPDX-License-Identifier: Apache-2.0
"""Number, day and month by the way they were written: by hand or printed.

`digits/slots/labels.tsv` of the measuring data tells it for the slots of real heads. It names no
documents: a label belongs to the document that has its number, day and month, if that is one.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.normal import number_key
from benchmarks.tally import Share, Tallies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.facts import Facts

SLOTS = ("number", "day", "month")
# Slots of the office with the most documents (Quảng Ngãi): nearly all are of one hand.
_LARGEST = re.compile(r"(0[0-2]\d|c\d\d)[nmd]")
_WHOLE_DATE = re.compile(r"\d{4}-(?P<month>\d\d)-(?P<day>\d\d)")

Values = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Hands:
    """How the slots of a head are filled: "handwritten", "printed" or "blank", by slot."""

    styles: dict[str, str]
    elsewhere: bool


def is_elsewhere(slot: str) -> bool:
    """Return whether the slot of this id is of another office than the largest."""
    return not _LARGEST.fullmatch(slot)


@cache
def read_hands(data: Path) -> dict[Values, Hands]:
    """Return how heads are filled, by number, day and month; not those that two share."""
    labels = data / "digits" / "slots" / "labels.tsv"
    if not labels.is_file():
        return {}
    heads: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            heads[row["id"][:-1]][row["slot"]] = row
    found: dict[Values, list[Hands]] = defaultdict(list)
    for name, head in heads.items():
        if head.keys() >= set(SLOTS):
            number, day, month = (head[slot]["true"] for slot in SLOTS)
            styles = {slot: head[slot]["style"] for slot in SLOTS}
            values = (number_key(number).lstrip("0"), day.zfill(2), month.zfill(2))
            found[values].append(Hands(styles, is_elsewhere(f"{name}n")))
    return {values: hands[0] for values, hands in found.items() if len(hands) == 1}


def score_hands(truth: Facts, got: Facts, hands: Mapping[Values, Hands]) -> Tallies:
    """Return what was read of each slot of a head, and how much of it is given without a flag."""
    true = values_of(truth)
    if true is None or true not in hands:
        return {}
    hand, given = hands[true], values_of(got, partly=True) or ("", "", "")
    tallies: Tallies = {}
    for place, slot in enumerate(SLOTS):
        field = "number" if slot == "number" else "date"
        if field in truth.unsure or (field == "number" and "sequence" in truth.unsure):
            continue
        right = given[place] == true[place]
        accepted = bool(given[place]) and field not in got.flagged
        group = hand.styles[slot]
        for name in (group, f"{group}_elsewhere") if hand.elsewhere else (group,):
            tallies[f"slots.{name}.{slot}"] = Share(right, 1)
        tallies[f"slots.{group}.{slot}.accepted"] = Share(accepted, 1)
        if accepted:
            wrong = Share(not right, 1, lower_is_better=True)
            tallies[f"slots.{group}.{slot}.wrong"] = wrong
    return tallies


def values_of(facts: Facts, *, partly: bool = False) -> Values | None:
    """Return number, day and month of a head; None unless all are known, or "" for each `partly`.

    The zeros that Decree 30 puts before a number do not count.
    """
    sequence, date = facts.fields.get("sequence"), facts.fields.get("date")
    number = number_key(sequence).lstrip("0") if sequence else ""
    whole = _WHOLE_DATE.fullmatch(date or "")
    day = whole["day"] if whole else ""
    month = whole["month"] if whole else (facts.fields.get("date_month_year") or "")[5:7]
    values = (number, day, month)
    return values if partly or all(values) else None
