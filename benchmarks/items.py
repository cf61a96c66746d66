# SPDX-License-Identifier: Apache-2.0
"""References, tasks with their units, and deadlines: found, missed, invented.

An item that the gold label itself is unsure of ("tasks[3]") is neither asked for nor held against
the record that gives it. A list named as a whole ("deadlines") has a doubtful border, not doubtful
items: it is scored, and once more without such documents as `*.sure`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.matching import pair_up
from benchmarks.normal import caseless_key, number_key, similarity
from benchmarks.tally import Match, Miss, Share, Tallies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.facts import Deadline, Facts, Reference, Spellings, Task

# A task is found when its text is this much alike (the project's definition of a match).
SAME_TASK = 0.8
# Names of units: two wrong letters in "Sở Giáo dục và Đào tạo" keep it the same unit.
SAME_UNIT = 0.85
# One spelling of a unit, but for a letter in thirty.
SAME_SPELLING = 0.97
# Words of a deadline that the gold label is unsure of, as the record gives them.
SAME_WORDS = 0.8

Pairs = dict[int, int]


def score_items(truth: Facts, got: Facts) -> tuple[Tallies, list[Miss]]:
    """Return the measures of all lists of items that the truth has, and what differs."""
    tallies: Tallies = {}
    misses: list[Miss] = []
    for score in (_score_references, _score_all_units, _score_tasks, _score_deadlines):
        found, differences = score(truth, got)
        tallies |= found
        misses += differences
    return tallies, misses


def _score_references(truth: Facts, got: Facts) -> tuple[Tallies, list[Miss]]:
    if truth.references is None:
        return {}, []
    gold, given = truth.references, _once_each(got.references or ())
    numbers = [number_key(item.number) for item in given]
    pairs = {
        i: numbers.index(number_key(item.number))
        for i, item in enumerate(gold)
        if number_key(item.number) in numbers
    }
    doubtful = _unsure_items(truth, "references", len(gold), also=(".number",))
    absorbed = {
        j
        for i in doubtful
        for j, item in enumerate(given)
        if gold[i].date is not None
        and (gold[i].doc_type, gold[i].date) == (item.doc_type, item.date)
    } - set(pairs.values())
    tallies: Tallies = {"references": _match(pairs, len(gold), len(given), doubtful, absorbed)}
    for name, path in (("doc_type", ".type"), ("date", ".date"), ("relation", ".relation")):
        if name == "relation" and not any(item.relation for item in gold):
            continue  # older labels do not speak of it
        unsure = _unsure_items(truth, "references", len(gold), also=(path,))
        tallies[f"references.{name}"] = _agreement(gold, given, pairs, name, unsure)
    misses = _misses(
        "references",
        [item.number for item in gold],
        [item.number for item in given],
        (pairs, doubtful, absorbed),
    )
    return tallies, misses


def _agreement(
    gold: Sequence[Reference], given: Sequence[Reference], pairs: Pairs, name: str, unsure: set[int]
) -> Share:
    """Return how often a property that the truth gives is right among the pairs."""
    asked = {i: j for i, j in pairs.items() if getattr(gold[i], name) and i not in unsure}
    right = sum(
        caseless_key(getattr(gold[i], name)) == caseless_key(getattr(given[j], name) or "")
        for i, j in asked.items()
    )
    return Share(right, len(asked))


def _score_all_units(truth: Facts, got: Facts) -> tuple[Tallies, list[Miss]]:
    """Return how many of the organisations that lead or share in a task are found.

    Labels list a unit under each of its spellings ("Văn hóa -Thông tin", "UBND xã"): it is one,
    and found once where the record knows both.
    """
    if truth.units is None:
        return {}, []
    gold = list({_unit_key(unit): unit for unit in reversed(truth.units)}.values())[::-1]
    given = got.units or ()
    pairs = pair_up(gold, given, unit_likeness, SAME_UNIT)
    twice = {
        i
        for i in set(range(len(gold))) - pairs.keys()
        if any(unit_likeness(gold[i], given[j]) >= SAME_SPELLING for j in pairs.values())
    }
    gold = [unit for i, unit in enumerate(gold) if i not in twice]
    pairs = pair_up(gold, given, unit_likeness, SAME_UNIT)
    names = [" | ".join(unit) for unit in gold], [" | ".join(unit) for unit in given]
    return {"units": Match(len(pairs), len(gold), len(given))}, _misses(
        "units", *names, (pairs, set(), set())
    )


def _score_tasks(truth: Facts, got: Facts) -> tuple[Tallies, list[Miss]]:
    if truth.tasks is None:
        return {}, []
    gold, given = truth.tasks, got.tasks or ()
    pairs = pair_up(
        [task.text for task in gold], [task.text for task in given], similarity, SAME_TASK
    )
    doubtful = _unsure_items(truth, "tasks", len(gold))
    tally = _match(pairs, len(gold), len(given), doubtful, set())
    misses = _misses(
        "tasks",
        [task.text for task in gold],
        [task.text for task in given],
        (pairs, doubtful, set()),
    )
    tallies: Tallies = {"tasks": tally}
    if "tasks" not in truth.unsure:
        tallies["tasks.sure"] = tally
    for role in ("responsible", "cooperating"):
        skipped = _unsure_items(truth, "tasks", len(gold), also=(f".{role}",))
        asked = {i: j for i, j in pairs.items() if i not in skipped}
        total = Match()
        for i, j in sorted(asked.items()):
            units, differences = _score_units(f"tasks.{role}", gold[i], given[j], role)
            total += units
            misses += differences
        tallies[f"tasks.{role}"] = total
    asked = {i: j for i, j in pairs.items() if i not in doubtful}
    found, differences = _score_manner(gold, given, asked)
    return tallies | found, misses + differences


def _score_manner(
    gold: Sequence[Task], given: Sequence[Task], pairs: Pairs
) -> tuple[Tallies, list[Miss]]:
    """Return how often the mood is right, and who is reported to, where the label says so."""
    tallies: Tallies = {}
    misses: list[Miss] = []
    for i, j in sorted(pairs.items()):
        true, got = gold[i], given[j]
        if true.reports_to is None:
            continue
        right = true.mood == got.mood
        tallies["tasks.mood"] = tallies.get("tasks.mood", Share()) + Share(right, 1)  # type: ignore[operator]
        if not right:
            misses.append(Miss("tasks.mood", true.mood, got.mood, f"task: {true.text[:60]}"))
        units, differences = _score_units("tasks.reports_to", true, got, "reports_to")
        tallies["tasks.reports_to"] = tallies.get("tasks.reports_to", Match()) + units  # type: ignore[operator]
        misses += differences
    return tallies, misses


def _score_units(measure: str, gold: Task, given: Task, role: str) -> tuple[Match, list[Miss]]:
    true, got = getattr(gold, role), getattr(given, role) or ()
    pairs = pair_up(true, got, unit_likeness, SAME_UNIT)
    note = f"task: {gold.text[:60]}"
    names = [" | ".join(unit) for unit in true], [" | ".join(unit) for unit in got]
    return Match(len(pairs), len(true), len(got)), _misses(
        measure, *names, (pairs, set(), set()), note
    )


def _unit_key(unit: Spellings) -> str:
    return re.sub(r"\s*-\s*", "-", caseless_key(unit[0]))


def unit_likeness(truth: Spellings, got: Spellings) -> float:
    """Return how alike two units are, 0–1, by the spellings that fit best."""
    return max((similarity(one, other) for one in truth for other in got), default=0.0)


def _score_deadlines(truth: Facts, got: Facts) -> tuple[Tallies, list[Miss]]:
    if truth.deadlines is None:
        return {}, []
    gold, given = truth.deadlines, got.deadlines or ()
    doubtful = _unsure_items(truth, "deadlines", len(gold))
    doubtful |= {
        i
        for i, item in enumerate(gold)
        if item.task is not None and f"tasks[{item.task}].deadline" in truth.unsure
    }
    sure = [i for i in range(len(gold)) if i not in doubtful]
    pairs = {
        sure[i]: j
        for i, j in pair_up([gold[i] for i in sure], given, _deadline_likeness, 0.5).items()
    }
    absorbed = {
        j
        for j, item in enumerate(given)
        if j not in pairs.values()
        and any(similarity(item.raw, gold[i].raw) >= SAME_WORDS for i in doubtful)
    }
    tally = _match(pairs, len(gold), len(given), doubtful, absorbed)
    misses = _misses(
        "deadlines",
        [f"{item.value}  «{item.raw}»" for item in gold],
        [f"{item.value}  «{item.raw}»" for item in given],
        (pairs, doubtful, absorbed),
    )
    tallies: Tallies = {"deadlines": tally}
    if "deadlines" not in truth.unsure:
        tallies["deadlines.sure"] = tally
    return tallies, misses


def _deadline_likeness(truth: Deadline, got: Deadline) -> float:
    """Return 0 unless both come to the same; above 0.5 by the words, so that twins pair up."""
    return 0.5 + similarity(truth.raw, got.raw) / 2 if truth.value == got.value else 0.0


def _match(pairs: Pairs, gold: int, given: int, doubtful: set[int], absorbed: set[int]) -> Match:
    """Return the counts without doubtful true items and the given items that answer to them."""
    excused = {j for i, j in pairs.items() if i in doubtful} | absorbed
    matched = sum(i not in doubtful for i in pairs)
    return Match(matched, gold - len(doubtful), given - len(excused))


def _misses(
    measure: str,
    gold: Sequence[str],
    given: Sequence[str],
    outcome: tuple[Pairs, set[int], set[int]],
    note: str = "",
) -> list[Miss]:
    pairs, doubtful, absorbed = outcome
    missing = [i for i in range(len(gold)) if i not in pairs and i not in doubtful]
    extra = [j for j in range(len(given)) if j not in pairs.values() and j not in absorbed]
    return [Miss(measure, gold[i], None, note) for i in missing] + [
        Miss(measure, None, given[j], note) for j in extra
    ]


def _unsure_items(truth: Facts, name: str, count: int, also: tuple[str, ...] = ()) -> set[int]:
    """Return the indices of items that the gold label doubts, or doubts in one of `also`."""
    return {
        i for i in range(count) if any(f"{name}[{i}]{rest}" in truth.unsure for rest in ("", *also))
    }


def _once_each(references: Sequence[Reference]) -> list[Reference]:
    """Return each cited number once, as the gold labels do."""
    seen: dict[str, Reference] = {}
    for item in references:
        seen.setdefault(number_key(item.number), item)
    return list(seen.values())
