# SPDX-License-Identifier: Apache-2.0
"""Numbers of headings and items, mended by their sequence: `|.` `1.` `I11.` are I. II. III.

A lone numeral tells nothing. Among its neighbours it does: the numbers of a list go up by one,
lists stand inside each other (I. > 1. > a)), and capitals behind the numeral speak for a heading.
The cheapest way to read all first words together wins, and a word is changed only if every other
way costs clearly more and a neighbour that needs no mending bears it out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.likeness import plain
from pipeline.repair.numeral_readings import Reading, Series, readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Costs: of a list that begins again without a heading between, of a number that does not follow
# the one before, of taking a word for no numeral at all (one that is written like one, or not).
_AGAIN, _JUMP, _LEFT_EXACT, _LEFT = 1.0, 2.0, 2.0, 1.25
# The first item of a deeper level whose own heading was not seen: "2.1." where no "2." stood.
_DEEP_START = 0.5
# What the next best way to read must cost more.
_MARGIN = 0.5
# Dearer readings ("1." for "II.") need both neighbours.
_DEAR = 0.8
_WAYS = 24
# How far around a word the next best way may differ.
_AROUND = 12
# What the dash of a list is read as; a longer dash may be the writer's own.
_DASHES = frozenset("~ ~- -~ _ _- -_ -- ¬".split())
_DASH = frozenset("-")
_LONG_DASHES = frozenset("—―")
_DASH_SCORE = 0.95
_DIVISIONS = frozenset(("chuong", "phan", "phu"))


@dataclass(frozen=True, slots=True)
class Item:
    """The first word of a line.

    Attributes:
        token: the word as read, with what is glued to it: "V.TỔ".
        capitals: whether the rest of the line is in capitals, as headings are.
        opens: whether the rest begins with a capital, as items do.
    """

    token: str
    capitals: bool
    opens: bool = True

    @staticmethod
    def of(line: str) -> Item:
        """Return the first word of a line, and whether capitals stand behind it."""
        token, _, rest = line.strip().partition(" ")
        return Item(token, (rest or token).isupper(), rest.lstrip('“"(')[:1].isupper())


@dataclass(frozen=True, slots=True)
class Mend:
    """The word `place` (counted over the items) becomes `text`; `score` 0-1 is how sure it is."""

    place: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Last:
    """The last number of a series, () if there was none; fresh: a heading has come since."""

    label: tuple[int, ...] = ()
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to read the words so far: its cost, what the next must follow, and how it came."""

    cost: float
    last: tuple[_Last, ...]
    before: _Way | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that may be a numeral or ends lists; `left`: what it costs to take it for neither."""

    place: int
    token: str
    readings: tuple[Reading, ...]
    left: float
    reset: Series | None


def mend_numerals(items: Sequence[Item]) -> list[Mend]:
    """Return the mends of the first words of consecutive lines; mostly none.

    Example: the items of "|. MỤC ĐÍCH", "1. NỘI DUNG", "III. TỔ CHỨC" give I. and II.; lines of
    running text are given too, their first words are no numerals.
    """
    words = [word for place, item in enumerate(items) if (word := _word(place, item))]
    trail = _trail(_read([_Way(0.0, (_Last(),) * len(Series))], words))
    chosen = [way.reading for way in trail[1:]]
    mends = _dashes(items)
    for number, (word, reading) in enumerate(zip(words, chosen, strict=True)):
        if reading is None or reading.text == word.token:
            continue
        sides = _sides(chosen, number)
        if sides == 0 or (sides == 1 and reading.cost > _DEAR):
            continue
        if _margin(words, trail, number) >= _MARGIN:
            score = (0.97 if sides == 2 else 0.9) - (0.04 if reading.cost > _DEAR else 0)
            mends.append(Mend(word.place, reading.text, round(score, 2)))
    return sorted(mends, key=lambda mend: mend.place)


def _dashes(items: Sequence[Item]) -> list[Mend]:
    """Return the mends of lines that begin with a dash: `~` before a capital is nothing else."""
    dashed = [place for place, item in enumerate(items) if item.token in _DASH]
    return [
        Mend(place, "-", _DASH_SCORE)
        for place, item in enumerate(items)
        if item.opens
        and (
            item.token in _DASHES
            or (item.token in _LONG_DASHES and any(abs(place - n) <= _AROUND for n in dashed))
        )
    ]


def _word(place: int, item: Item) -> _Word | None:
    # "1, 2 và 3" goes on in a line of text, "1, Mục đích" is item 1.
    numbered = item.opens or not item.token.endswith(",")
    found = readings(item.token, item.capitals) if numbered else ()
    reset = _reset(item.token)
    if not found:
        return _Word(place, item.token, (), 0.0, reset) if reset is not None else None
    exact = any(reading.text == item.token for reading in found)
    return _Word(place, item.token, found, _LEFT_EXACT if exact else _LEFT, reset)


def _reset(token: str) -> Series | None:
    """Return what begins anew behind a line: all behind "Chương II", items behind "Điều 5."."""
    word = token.strip(".,:")
    if not word[:1].isupper():
        return None
    bare = plain(word)
    if bare in _DIVISIONS:
        return Series.ROMAN
    return Series.ARABIC if bare == "dieu" else None


def _read(ways: list[_Way], words: Iterable[_Word]) -> _Way:
    """Return the cheapest way to go on through some words."""
    for word in words:
        ways = _step(ways, word)
    return ways[0]


def _trail(way: _Way | None) -> list[_Way]:
    """Return the ways from the first word to the last."""
    trail = []
    while way is not None:
        trail.append(way)
        way = way.before
    return trail[::-1]


def _margin(words: Sequence[_Word], trail: Sequence[_Way], number: int) -> float:
    """Return how much dearer the best way is that reads one word as anything else."""
    start = max(0, number - _AROUND)
    window = list(words[start : number + _AROUND + 1])
    # What came before the window is settled: the way is taken up where it stood.
    begin = [replace(trail[start], cost=0.0, before=None)]
    best = _read(begin, window).cost
    wanted = trail[number + 1].reading
    others = tuple(
        other for other in words[number].readings if wanted and other.text != wanted.text
    )
    window[number - start] = replace(words[number], readings=others)
    return _read(begin, window).cost - best


def _step(ways: list[_Way], word: _Word) -> list[_Way]:
    """Return the cheapest ways to read one more word, the cheapest first."""
    cheapest: dict[tuple[_Last, ...], _Way] = {}
    for way in ways:
        last = way.last if word.reset is None else _refreshed(way.last, word.reset)
        steps = [_Way(way.cost + word.left, last, way)]
        for reading in word.readings:
            cost = way.cost + reading.cost + _jump(last[reading.series], reading.label)
            steps.append(_Way(cost, _advanced(last, reading), way, reading))
        for step in steps:
            if step.last not in cheapest or step.cost < cheapest[step.last].cost:
                cheapest[step.last] = step
    return sorted(cheapest.values(), key=lambda way: way.cost)[:_WAYS]


def _refreshed(last: tuple[_Last, ...], first: Series) -> tuple[_Last, ...]:
    return tuple(
        replace(some, fresh=True) if series >= first else some
        for series, some in zip(Series, last, strict=True)
    )


def _advanced(last: tuple[_Last, ...], reading: Reading) -> tuple[_Last, ...]:
    """Return the last numbers behind a reading: lists inside it may begin anew."""
    inner = Series.LETTER if reading.series >= Series.LETTER else Series(reading.series + 1)
    # a) and 1) stand inside each other in either order: neither ends the other.
    fresh = _refreshed(last, inner) if reading.series < Series.LETTER else last
    place = reading.series
    return (*fresh[:place], _Last(reading.label, fresh=False), *fresh[place + 1 :])


def _jump(last: _Last, label: tuple[int, ...]) -> float:
    """Return what it costs that `label` follows the last number of its series."""
    if last.label and _follows(last.label, label):
        return 0.0
    if label == (1,):
        return 0.0 if last.fresh else _AGAIN
    if label[-1] == 1 and (last.fresh or not last.label):
        return _DEEP_START
    return _JUMP


def _follows(last: tuple[int, ...], label: tuple[int, ...]) -> bool:
    """Return whether a number comes next: 2. after 1., 1.1. after 1., 2. after 1.3."""
    if label == (*last, 1):
        return True
    return len(label) <= len(last) and label == (*last[: len(label) - 1], last[len(label) - 1] + 1)


def _sides(chosen: Sequence[Reading | None], number: int) -> int:
    """Return how many neighbours of a numeral are in its list: 0 if none of it is as written."""
    before = _run(chosen, range(number - 1, -1, -1), chosen[number], forward=False)
    after = _run(chosen, range(number + 1, len(chosen)), chosen[number], forward=True)
    if not any(reading.cost == 0 for reading in before + after):
        return 0
    return bool(before) + bool(after)


def _run(
    chosen: Sequence[Reading | None], places: range, start: Reading | None, *, forward: bool
) -> list[Reading]:
    """Return the numerals that follow `start` in its list one by one, or that it follows."""
    run: list[Reading] = []
    current = start
    for place in places:
        other = chosen[place]
        if current is None or other is None or _is_inside(other.series, current.series):
            continue
        low, high = (current, other) if forward else (other, current)
        if other.series < current.series or not _follows(low.label, high.label):
            # A list ends where an outer one goes on, and where its numbers do not.
            break
        run.append(other)
        current = other
    return run


def _is_inside(series: Series, other: Series) -> bool:
    """Return whether a list of one series may stand inside one of another."""
    return series > other or (series is Series.LETTER and other is Series.BRACKET)
