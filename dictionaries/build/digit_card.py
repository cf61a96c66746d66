# SPDX-License-Identifier: Apache-2.0
"""Write what a person should know of the digit reader beside it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from dictionaries.build import digit_strokes
from dictionaries.build.digit_network import parameters
from dictionaries.build.digit_samples import HELD_OUT, PART
from dictionaries.build.digit_training import BATCH, LESSONS, SEED
from dictionaries.build.typefaces import usable

if TYPE_CHECKING:
    from pathlib import Path

    from dictionaries.build.digit_samples import Samples
    from dictionaries.build.digit_training import State

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99)
# What stands under this heading was measured by benchmarks/digits.py and is kept.
_KEPT = "## On slots of real documents"
_TEXT = """# The reader of digits `{name}`

Reads the number, day, month and year of a document where they are written by hand, stamped or
printed: convolutions and CTC over the digits and the suffixes a–d, run by
`pipeline/reading/slot_reader.py` with onnxruntime. Made by `make model-digits MNIST=mnist.npz`.

| | |
|---|---|
| SHA-256 of graph and weights | `{digest}` |
| size | {size:.2f} MB, {parameters:,} parameters |
| trained on | {slots:,} composed slots, seed {seed}, in two lessons |
| second lesson | from batch {second:,} on: {added:,} slots more, with shapes new to it |
| pictures seen | {seen:,}, each moved and paled anew, in {steps:,} batches of {batch} |
| calibration | logit of confidence = {slope:.3f} × logit of the vote's share {offset:+.3f} |

## What it learnt from
Composed slots alone (`dictionaries/build/digit_slots.py`); no slot of a real document was used to
train it, to choose it or to calibrate it.

| source | licence | SHA-256 |
|---|---|---|
| MNIST digits, `mnist.npz` | CC BY-SA 3.0 (LeCun, Cortes, Burges) | `{mnist}` |
| strokes of our own, `digit_strokes.tsv` | Apache-2.0 | `{strokes}` |
| fonts: {fonts} | OFL, Apache-2.0, GPL with font exception | |

ORAND-CAR-A, whose images are for research, was left out.

## Learning curve
Loss of CTC on slots of training, and the best path's share of right texts on held-out slots of the
same lesson; those of the second are harder.

| batches | loss | right |
|---|---|---|
{curve}

## On composed slots of held-out MNIST digits (part {held_out}, the first {count:,})
All views and the grammar of the slot, as the program reads.

| slots | number | right |
|---|---|---|
{groups}

| confidence | accepted | wrong among them |
|---|---|---|
{accepted}
"""


def write(  # noqa: PLR0913 - a card has many lines
    path: Path,
    *,
    mnist: Path,
    state: State,
    samples: Samples,
    hits: np.ndarray,
    sure: np.ndarray,
    calibration: tuple[float, float],
) -> None:
    """Write the card beside the model; figures on real slots that it held stay."""
    raw = path.read_bytes()
    card = path.with_suffix(".md")
    old = card.read_text(encoding="utf-8") if card.is_file() else ""
    text = _TEXT.format(
        name=path.name, digest=digest_of(raw), size=len(raw) / 1e6,
        parameters=parameters(state.average), slots=LESSONS[-1].parts * PART,
        second=LESSONS[-1].begins, added=(LESSONS[-1].parts - LESSONS[0].parts) * PART,
        seen=state.step * BATCH, steps=state.step,
        batch=BATCH, seed=SEED, slope=calibration[0], offset=calibration[1],
        fonts=", ".join(face.name for face in usable()),
        mnist=_digest(mnist), strokes=_digest(digit_strokes.TABLE),
        held_out=HELD_OUT + len(LESSONS) - 1,
        count=len(hits), curve="\n".join(_curve(state.curve)),
        groups="\n".join(_groups(samples, hits)), accepted="\n".join(_accepted(hits, sure)),
    )  # fmt: skip
    kept = old[old.index(_KEPT) :] if _KEPT in old else ""
    card.write_text(text + ("\n" + kept if kept else ""), encoding="utf-8")
    print(text)


def digest_of(raw: bytes) -> str:
    """Return the digest that a model file names."""
    import onnx  # noqa: PLC0415 - tests of the card need none

    facts = {entry.key: entry.value for entry in onnx.load_from_string(raw).metadata_props}
    return facts["digest"]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _curve(curve: list[dict[str, float]]) -> list[str]:
    """Return a dozen lines of the curve, the last one among them."""
    step = max(1, len(curve) // 12)
    chosen = curve[::-step][::-1]
    return [f"| {row['step']:,} | {row['loss']:.3f} | {row['right']:.1%} |" for row in chosen]


def _groups(samples: Samples, hits: np.ndarray) -> list[str]:
    """Return how many are right by manner and kind; empty slots apart."""
    lines = []
    count = len(hits)
    empty = np.array([not text for text in samples.texts[:count]])
    for names in (samples.manners[:count], samples.kinds[:count]):
        for name in sorted(set(names)):
            chosen = (np.array(names) == name) & ~empty
            lines.append(f"| {name} | {chosen.sum():,} | {hits[chosen].mean():.1%} |")
    lines.append(f"| empty | {empty.sum():,} | {hits[empty].mean():.1%} |")
    lines.append(f"| all | {count:,} | {hits.mean():.1%} |")
    return lines


def _accepted(hits: np.ndarray, sure: np.ndarray) -> list[str]:
    lines = []
    for threshold in THRESHOLDS:
        taken = sure >= threshold
        wrong = float((~hits[taken]).mean()) if taken.any() else 0.0
        lines.append(f"| {threshold:g} | {taken.mean():.1%} | {wrong:.2%} |")
    return lines
