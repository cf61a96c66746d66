# SPDX-License-Identifier: Apache-2.0
"""Write what a person should know of the language model beside it, and measure its perplexity."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from pipeline.repair.language_model import load
from pipeline.repair.tokens import UNKNOWN, symbols

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.repair.language_model import LanguageModel

_TEXT = """# The language model `{name}`

Syllable n-grams of order 4 (modified Kneser-Ney, pruned by weighted difference, 8-bit), read by
`pipeline/repair/language_model.py`. Made by `make model CORPUS=folder` in {seconds:.0f} s; nothing
in it is random, the same corpus and tables give the same bytes. It holds counts, no text.

| | |
|---|---|
| SHA-256 | `{digest}` |
| size | {size:.1f} MB |
| words | {words:,} |
| n-grams of order 2, 3, 4 | {ngrams} |
| perplexity of development documents | {perplexity} |

| corpus | weight | lines | words and marks | SHA-256 of the file |
|---|---|---|---|---|
{rows}

`legal` and `admin` are acts and laws of public bodies, in the public domain in Viet Nam (Law on
Intellectual Property, Art. 15); of `general` (encyclopaedia, questions on law, news) only counts
were taken. The development documents are not among them.
"""


def write(  # noqa: PLR0913 - a card has many lines
    path: Path,
    *,
    corpora: dict[str, dict[str, str]],
    weights: dict[str, float],
    ngrams: list[int],
    size: int,
    seconds: float,
    dev: list[Path],
) -> None:
    """Write README.md beside the model."""
    model = load(path)
    text = _TEXT.format(
        name=path.name,
        seconds=seconds,
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        size=size / 1e6,
        words=ngrams[0],
        ngrams=", ".join(f"{count:,}" for count in ngrams[1:]),
        perplexity=f"{perplexity(model, dev):.2f} ({len(dev)} documents)"
        if dev
        else "not measured",
        rows="\n".join(
            f"| {name} | {weights[name]:g} | {facts['lines']} | {facts['words']} "
            f"| `{facts['sha256']}` |"
            for name, facts in corpora.items()
        ),
    )
    (path.parent / "README.md").write_text(text, encoding="utf-8")
    print(text)


def perplexity(model: LanguageModel, documents: list[Path]) -> float:
    """Return the perplexity of words and marks; unknown words are left out."""
    unknown = model.numbers[UNKNOWN]
    total, count = 0.0, 0
    for path in documents:
        for line in path.read_text(encoding="utf-8").splitlines():
            words = [model.number_of(symbol) for symbol in symbols(line)]
            logs = model.log_probs(words)
            known = [log for word, log in zip(words, logs, strict=True) if word != unknown]
            total += sum(known)
            count += len(known)
    return float(np.exp(-total / count))
