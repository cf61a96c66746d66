# SPDX-License-Identifier: Apache-2.0
"""A gold label cut down to the pages that have a true text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.facts import SIGNER_FIELDS, expand_path
from benchmarks.normal import text_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.facts import Json
    from benchmarks.truth import PageTruth

# A task that begins with so many words on a page stands there in part.
_FEWEST_WORDS = 6


def on_true_pages(gold: Json, pages: Iterable[PageTruth]) -> Json:
    """Return `gold` with what stands on `pages` whole; tasks cut by a page end are unsure.

    The head stays where the first page is there; signer and recipients, at the foot, where their
    names are.
    """
    texts = {page.page: text_key(page.path.read_text("utf-8")) for page in pages}
    text = " ".join(texts[number] for number in sorted(texts))
    if "schema_version" in gold or set(range(1, int(gold.get("pages") or 0) + 1)) <= texts.keys():
        return gold
    kept = dict(gold)
    tasks = [index for index, task in enumerate(gold.get("tasks", ())) if task["page"] in texts]
    cut = [index for index in tasks if text_key(gold["tasks"][index]["text"]) not in text]
    renumbered = {old: new for new, old in enumerate(tasks)}
    if "tasks" in gold:
        kept["tasks"] = [
            {**gold["tasks"][index], "text": _on_page(gold["tasks"][index]["text"], text)}
            for index in tasks
        ]
        names = [unit for task in kept["tasks"] for key in ("responsible", "cooperating")
                 for unit in task[key]]  # fmt: skip
        kept["units"] = list(dict.fromkeys(names))
    if "references" in gold:
        kept["references"] = [ref for ref in gold["references"] if ref["number"] in text]
    if "deadlines" in gold:
        kept["deadlines"] = [
            {**item, "task": renumbered.get(item.get("task"))}
            for item in gold["deadlines"]
            if (item.get("task") in renumbered if item.get("task") is not None
                else text_key(item["raw"]) in text)
        ]  # fmt: skip
    kept["recipients"] = [name for name in gold.get("recipients", ()) if text_key(name) in text]
    signer = gold.get("signer") or {}
    if not signer.get("name") or text_key(signer["name"]) not in text:
        kept.pop("signer", None)
    kept["unsure"] = _renumbered(gold.get("unsure", ()), renumbered) + [
        f"tasks[{renumbered[index]}]" for index in cut
    ]
    return kept


def _on_page(task: str, text: str) -> str:
    """Return as much of a task as stands on the pages; all of it where nothing does."""
    words = text_key(task).split()
    for count in range(len(words), _FEWEST_WORDS - 1, -1):
        if " ".join(words[:count]) in text:
            return task if count == len(words) else " ".join(words[:count])
    return task


def _renumbered(unsure: Iterable[str], renumbered: dict[int, int]) -> list[str]:
    """Return the paths of doubtful items under the numbers that their tasks have now."""
    kept = []
    for path in (path for entry in unsure for path in expand_path(entry)):
        name, bracket, rest = path.partition("[")
        if not bracket:
            if name not in SIGNER_FIELDS:
                kept.append(path)
            continue
        number, _, tail = rest.partition("]")
        if name == "tasks" and int(number) in renumbered:
            kept.append(f"tasks[{renumbered[int(number)]}]{tail}")
    return kept
