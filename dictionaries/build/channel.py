# SPDX-License-Identifier: Apache-2.0
"""Write look_alikes.tsv: what readers make of letters, onsets and rimes, learnt from pairs.

    python dictionaries/build/channel.py --pairs eng=pairs_eng.tsv --pairs vie=pairs_vie.tsv

The pairs come from `pairs.py`. Which characters belong to which letter is not known; expectation
and maximisation finds it. A tenth of the documents is held out for the report.
"""

from __future__ import annotations

import argparse
import math
import sys
import zlib
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build.tables import Row, by_hand, read_tsv, write
from pipeline.repair.alignment import probability, tally
from pipeline.repair.channel import Channel, Counts, Rules, counted
from pipeline.repair.letters import NUMBER, unmarked
from pipeline.repair.phrases import core
from pipeline.vietnamese import nfc

SOURCE = "counted in pages set, damaged and read"
ROUNDS = 4
# Rarer confusions of a letter or a unit are left to the layers below.
LEAST = {"letter": 0.5, "onset": 1.5, "rime": 1.5}
HELD_OUT = 10

Pairs = Counter[tuple[str, str]]


def main() -> None:
    """Learn a channel for each reader, report on held-out documents, write one table."""
    parser = argparse.ArgumentParser(description="look_alikes.tsv")
    parser.add_argument("--pairs", action="append", required=True, help="reader=file")
    rows = by_hand("look_alikes", {SOURCE})
    for option in parser.parse_args().pairs:
        reader, _, path = option.partition("=")
        training, held_out = read_pairs(Path(path))
        counts = learn(training)
        report(reader, training, held_out, counts)
        rows += table(reader, counts)
    write("look_alikes", ("reader", "kind", "unit", "seen", "count", "source"), rows)


def read_pairs(path: Path) -> tuple[Pairs, Pairs]:
    """Return the pairs of single words to learn from, and those of documents held out."""
    split: tuple[Pairs, Pairs] = (Counter(), Counter())
    for row in read_tsv(path):
        seen, right = core(nfc(row["seen"])), core(nfc(row["right"]))
        if seen and right and " " not in seen + right and all(c in NUMBER for c in right):
            held_out = zlib.crc32(row["document"].encode()) % HELD_OUT == 0
            split[held_out][seen, right] += 1
    return split


def learn(pairs: Pairs, rounds: int = ROUNDS) -> Counts:
    """Return the counts that make the pairs most likely."""
    channel: Channel = Rules()
    for number in range(rounds):
        counts = Counts()
        likelihood = 0.0
        for (seen, right), times in pairs.items():
            chance = tally(counts, channel, seen, right, times)
            likelihood += times * math.log(max(chance, 1e-30))
        print(f"round {number + 1}: {likelihood / max(1, pairs.total()):.4f} nats a word")
        counts_without_units = Counts(counts.letters)
        channel = counted(counts_without_units)
    return counts


def report(reader: str, training: Pairs, held_out: Pairs, counts: Counts) -> None:
    """Print how well the counts foretell what was held out, by letters alone."""
    channel = counted(pruned(counts))
    total = sum(
        times * math.log(max(probability(channel, seen, right), 1e-30))
        for (seen, right), times in held_out.items()
    )
    print(
        f"{reader}: {training.total()} pairs ({len(training)} kinds), held out "
        f"{held_out.total()}: {total / max(1, held_out.total()):.4f} nats a word by letters"
    )


def pruned(counts: Counts) -> Counts:
    """Return counts without the rare ones."""
    kept = Counts()
    for row in rows_of(counts):
        letters = row["kind"] == "letter"
        kept.add(
            kept.letters if letters else kept.units, row["seen"], row["unit"], float(row["count"])
        )
    return kept


def rows_of(counts: Counts) -> list[Row]:
    """Return counts as rows, without the rare ones."""
    kinds = [("letter", seen, row) for seen, row in counts.letters.items()]
    kinds += [("unit", seen, row) for seen, row in counts.units.items()]
    rows = []
    for kind, seen, row in kinds:
        for unit, count in row.items():
            name = kind if kind == "letter" else _kind(unit)
            if count >= LEAST[name]:
                rows.append({"kind": name, "unit": unit, "seen": seen, "count": f"{count:.1f}"})
    return rows


def _kind(unit: str) -> str:
    return "rime" if unmarked(unit[0]).lower() in "aeiouy" else "onset"


def table(reader: str, counts: Counts) -> list[Row]:
    """Return the rows of a reader."""
    return [{"reader": reader, **row, "source": SOURCE} for row in rows_of(counts)]


if __name__ == "__main__":
    main()
