# SPDX-License-Identifier: Apache-2.0
"""What stands in slots: numbers, days, months and years as clerks write them, and nothing at all.

Days below 10 and the months 1 and 2 have a leading zero (NĐ 30/2020, Phụ lục I, II.4), numbers
below 10, too (Điều 15); clerks leave it out, or write it before the months 3 to 9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    import numpy as np

Kind = Literal["number", "day", "month", "year"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Every number of digits has its own traps; slots of the number are read worst.
_SHARES = (0.56, 0.25, 0.13, 0.06)
_LENGTHS = (0.03, 0.27, 0.38, 0.26, 0.06)
_EMPTY = 0.05
_SUFFIXED = 0.05


def draw_text(rng: np.random.Generator) -> tuple[Kind, str]:
    """Return the kind of a slot and what stands in it; "" for an empty one."""
    kind = KINDS[int(rng.choice(len(KINDS), p=_SHARES))]
    if rng.random() < _EMPTY:
        return kind, ""
    if kind == "number":
        return kind, _number(rng)
    if kind == "day":
        return kind, _padded(int(rng.integers(1, 32)), rng, 0.85)
    if kind == "month":
        month = int(rng.integers(1, 13))
        return kind, _padded(month, rng, 0.9 if month < 3 else 0.25)
    year = int(rng.integers(1995, 2035))
    # Of a printed "20" the clerk may have to add but two digits.
    return kind, f"{year % 100:02d}" if rng.random() < 0.2 else str(year)


def _padded(value: int, rng: np.random.Generator, share: float) -> str:
    return f"{value:02d}" if rng.random() < share else str(value)


def _number(rng: np.random.Generator) -> str:
    length = 1 + int(rng.choice(len(_LENGTHS), p=_LENGTHS))
    value = int(rng.integers(10 ** (length - 1), 10**length))
    text = str(value)
    if length == 1 and rng.random() < 0.6:
        text = f"0{value}"
    elif length == 2 and rng.random() < 0.2:
        text = f"0{rng.integers(1, 10)}"
    elif rng.random() < 0.03:
        text = f"0{text}"
    return text + (str(rng.choice(list("aaabbcd"))) if rng.random() < _SUFFIXED else "")
