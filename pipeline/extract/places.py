# SPDX-License-Identifier: Apache-2.0
"""Địa danh: the place in the head, as the gazetteer writes it where its marks were lost."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.dictionary import rows
from pipeline.likeness import plain
from pipeline.vietnamese import fold, fold_tone_placement

if TYPE_CHECKING:
    from pipeline.extract.values import Find
    from pipeline.record import Value
    from pipeline.settings import Settings


_KINDS = {
    plain(kind): kind
    for kind in ("thành phố", "tỉnh", "huyện", "quận", "thị xã", "thị trấn", "phường", "xã")
}
_KIND = re.compile(rf"(?:{'|'.join(_KINDS)}|tp\.?)\s+")
# A place whose marks were put right is right more often than not; beside others it is checked.
_MENDED = 0.95


def name_of_place(find: Find, settings: Settings) -> Value:
    """Return the place as printed, its marks put right where only one known place fits."""
    mended = mended_place(find.raw)
    if mended == find.raw:
        return find.value(mended, settings)
    return replace(find, prior=find.prior * _MENDED).value(mended, settings)


def mended_place(name: str) -> str:
    """Return `name` with the marks of the one known place that has its letters; else as it is.

    "Luc Nam" -> "Lục Nam", "Thành phô Hô Chí Minh" -> "Thành phố Hồ Chí Minh". A known place is
    never changed, nor is one that could be two.
    """
    kind = _KIND.match(plain(name))
    begin = kind.end() if kind else 0
    bare = name[begin:]
    if not bare or is_place(bare):
        mended = bare
    else:
        names = _by_bare_name().get(fold(bare), frozenset())
        mended = next(iter(names)) if len(names) == 1 else bare
    return (_mended_kind(name[:begin]) if kind else "") + mended


def _mended_kind(words: str) -> str:
    """Return "Thành phô " as "Thành phố ": the kinds of places by their plain letters."""
    bare = words.rstrip()
    right = _KINDS.get(plain(bare))
    if right is None or bare.lower() == right:
        return words
    cased = right.upper() if bare.isupper() else right
    return (cased[:1].upper() + cased[1:] if bare[:1].isupper() else cased) + words[len(bare) :]


def is_place(name: str) -> bool:
    """Return whether `name` is a place's: seals and heads are full of them."""
    return fold_tone_placement(" ".join(name.split()).casefold()) in _folded_names()


@cache
def _folded_names() -> frozenset[str]:
    return frozenset(fold_tone_placement(row["name"].casefold()) for row in rows("places"))


@cache
def _by_bare_name() -> dict[str, frozenset[str]]:
    """Return the names of places by their plain letters."""
    names: dict[str, set[str]] = {}
    for row in rows("places"):
        names.setdefault(fold(row["name"]), set()).add(row["name"])
    return {bare: frozenset(full) for bare, full in names.items()}
