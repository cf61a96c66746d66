# SPDX-License-Identifier: Apache-2.0
"""Write what a person should know of the line reader beside it.

Figures on pages are measured after the model is made: a JSON file has them, by heading,

    {"Real scans": {"note": "…", "columns": ["read", "CER %"], "rows": [["both", "0.80"]]}}

and without the file those that the card already holds stay.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dictionaries.build.digit_card import THRESHOLDS, digest_of
from dictionaries.build.digit_network import parameters
from dictionaries.build.reader_samples import HELD_OUT
from dictionaries.build.reader_samples import SEED as LINES_SEED
from dictionaries.build.reader_texts import SOURCES
from dictionaries.build.reader_training import BATCH, LESSONS, SEED
from dictionaries.build.typefaces import UNSEEN, usable
from pipeline.reading.line_letters import ALPHABET
from pipeline.reading.line_picture import HEIGHT, LETTER, STRIDE

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from dictionaries.build.reader_samples import Lines
    from dictionaries.build.reader_training import State
    from dictionaries.build.typefaces import Typeface

LICENCES = {
    "fonts-croscore": "OFL-1.1",
    "fonts-freefont-ttf": "GPL-3.0-or-later with font exception",
    "fonts-linuxlibertine": "OFL-1.1, or GPL-2.0-or-later with font exception",
    "fonts-noto-core": "OFL-1.1",
    "fonts-sil-gentiumplus": "OFL-1.1",
    "fonts-dejavu-extra": "Bitstream Vera",
    "fonts-texgyre": "GUST Font License",
}
# What stands from here on was measured on pages and is kept if there is nothing newer.
_KEPT = "## On pages"
_TEXT = """# The reader of lines `{name}`

Reads printed lines of Vietnamese documents, {height} pixels high, letter by letter: convolutions
and CTC, run by `pipeline/reading/line_reader.py` with onnxruntime, beside Tesseract or without it.
Made by `make model-reader DATA=folder`.

| | |
|---|---|
| SHA-256 of graph and weights | `{digest}` |
| size | {size:.2f} MB, {parameters:,} parameters, {bits} |
| input | a line cut by its base line, small letters {letter:g} pixels high |
| output | for each {stride} pixels the probability of {characters} characters and of none |
| pictures seen | {seen:,}, each moved and paled anew, in {steps:,} batches of {batch} |
| calibration | logit of confidence = {slope:.3f} × logit of the word's probability {offset:+.3f} |

No recurrence, no attention: a column sees a syllable or two to either side, so that the network
knows letters rather than sentences. For sentences there is the language model, and the errors of
the two shall not be the same.

All letters of Vietnamese and of Latin keyboards in both cases, figures, the blank, and these signs:

    {signs}

## What it learnt from
| source | licence |
|---|---|
| composed lines, seed {lines_seed}: {shares}; numbers, codes, dates, syllables | below |
{fonts}
{real}

The corpus is that of the language model (`README.md` in this folder). Acts and laws are in the
public domain in Viet Nam (Law on Intellectual Property, Art. 15); of `general` (encyclopaedia,
questions on law, news) pictures of lines were learnt from, and nothing of them is kept.

Nobody labelled a line: of a real one, Tesseract, the reader after its first lesson and the
language model had to agree (`dictionaries/build/reader_real.py`). Documents of which any page has
a true text are left out altogether. Which weights are good, composed lines say.

## Lessons
The learning rate of each rises, stays and falls; what is shipped is the moving average of the
weights. Seed {seed}.

| batches | highest rate | real lines in a batch |
|---|---|---|
{lessons}

## Learning curve
Loss of CTC on lines of training, in the second lesson real ones among them, and characters wrong
on composed lines in a font that training never sees ({unseen}).

| batches | loss | characters wrong |
|---|---|---|
{curve}

## Confidence of words
The model as shipped, on {words:,} words of such lines (part {held_out}, {held_out_lines:,} lines).

| confidence | accepted | wrong among them |
|---|---|---|
{accepted}

## Limits
- Printed lines only: handwriting, seals and figures in slots are for other readers.
- Vietnamese and Latin letters only; a sign that it does not know becomes one that looks like it.
- Nothing checks figures by their sense. Where Tesseract sees others, a person should look.
- Real lines were labelled by vote: what both readers get wrong, they may have taught.
- Composed damage is that of office scanners, 1-bit fax and telephones held well; curved and
  strongly slanted lines are not in it.
- Sums of floating point come in another order with other threads, and a run that was cut off goes
  on from its checkpoint: training again gives a model as good, not the same bytes.
"""


def write(  # noqa: PLR0913 - a card has many lines
    path: Path,
    *,
    state: State,
    real: Lines | None,
    lines: Lines,
    sure: np.ndarray,
    hits: np.ndarray,
    calibration: tuple[float, float],
    folder: Path,
) -> None:
    """Write the card beside the model.

    Args:
        path: of the model.
        state: that the network was taken from.
        real: lines of real scans, None if none were learnt from.
        lines: in a font that training never sees.
        sure: confidences of words of `lines`.
        hits: which of these words are right.
        calibration: slope and offset.
        folder: of the training, with `pages/` and `figures.json` if there are any.
    """
    raw = path.read_bytes()
    card = path.with_suffix(".md")
    old = card.read_text(encoding="utf-8") if card.is_file() else ""
    faces = usable()
    text = _TEXT.format(
        name=path.name, height=HEIGHT, digest=digest_of(raw), size=len(raw) / 1e6,
        parameters=parameters(state.average), bits=_bits(raw), letter=LETTER, stride=STRIDE,
        characters=len(ALPHABET), seen=state.step * BATCH, steps=state.step, batch=BATCH,
        slope=calibration[0], offset=calibration[1], signs=" ".join(_signs()),
        lines_seed=LINES_SEED, shares=_shares(), fonts="\n".join(_fonts(faces)),
        real=_real(real, folder / "pages"), seed=SEED, lessons="\n".join(_lessons()),
        unseen=UNSEEN.name, curve="\n".join(_curve(state.curve)), words=len(hits),
        held_out=HELD_OUT, held_out_lines=len(lines), accepted="\n".join(_accepted(hits, sure)),
    )  # fmt: skip
    kept = _figures(folder / "figures.json") or (old[old.index(_KEPT) :] if _KEPT in old else "")
    card.write_text(text + ("\n" + kept if kept else ""), encoding="utf-8")


def _bits(raw: bytes) -> str:
    import onnx  # noqa: PLC0415 - tests of the card need none

    nodes = {node.op_type for node in onnx.load_from_string(raw).graph.node}
    return "weights and numbers of 8 bits" if "QuantizeLinear" in nodes else "32 bits"


def _signs() -> list[str]:
    return [sign for sign in ALPHABET if not sign.isalpha() and sign not in " 0123456789"]


def _shares() -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in SOURCES.items())


def _fonts(faces: list[Typeface]) -> list[str]:
    """Return a row for each licence of the fonts that lines are set in."""
    found: dict[str, list[str]] = {}
    for face in faces:
        found.setdefault(LICENCES[face.package], []).append(face.name)
    rows = [f"| fonts: {', '.join(names)} | {licence} |" for licence, names in found.items()]
    return [*rows, f"| {UNSEEN.name}, to measure with only | {LICENCES[UNSEEN.package]} |"]


def _real(real: Lines | None, pages: Path) -> str:
    """Return the row of the real lines; pages of a document differ in the number behind it."""
    if real is None:
        return "| no lines of real scans | |"
    stems = [path.stem for path in pages.glob("*.pickle")]
    documents = {stem.rpartition("-")[0] for stem in stems}
    return (
        f"| {len(real):,} lines of real scans with automatic labels, out of {len(stems)} pages of "
        f"{len(documents)} documents | below |"
    )


def _lessons() -> list[str]:
    return [
        f"| {lesson.begins:,}–{lesson.ends:,} | {lesson.rate:g} | {lesson.real:.0%} |"
        for lesson in LESSONS
    ]


def _curve(curve: list[dict[str, float]]) -> list[str]:
    """Return a dozen lines of the curve, the last one among them."""
    step = max(1, len(curve) // 12)
    chosen = curve[::-step][::-1]
    return [f"| {row['step']:,} | {row['loss']:.3f} | {row['cer']:.2%} |" for row in chosen]


def _accepted(hits: np.ndarray, sure: np.ndarray) -> list[str]:
    lines = []
    for threshold in THRESHOLDS:
        taken = sure >= threshold
        wrong = float((~hits[taken]).mean()) if taken.any() else 0.0
        lines.append(f"| {threshold:g} | {taken.mean():.1%} | {wrong:.2%} |")
    return lines


def _figures(path: Path) -> str:
    """Return what was measured on pages, "" if there is no file of it."""
    if not path.is_file():
        return ""
    parts = [f"{_KEPT}\n"]
    for heading, figures in json.loads(path.read_text(encoding="utf-8")).items():
        head = [f"### {heading}\n"]
        if figures.get("note"):
            head.append(f"{figures['note']}\n")
        rows = [figures["columns"], ["---"] * len(figures["columns"]), *figures["rows"]]
        table = [f"| {' | '.join(map(str, row))} |" for row in rows]
        parts.append("\n".join([*head, *table, ""]))
    return "\n".join(parts)
