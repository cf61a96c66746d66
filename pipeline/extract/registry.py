# SPDX-License-Identifier: Apache-2.0
"""The units of one document: each once, however it is spelled, with its place and successor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pipeline.extract.abbreviations import initials_fit, write_out
from pipeline.extract.nlp import load
from pipeline.extract.successors import successor_of
from pipeline.extract.unit_marks import mark
from pipeline.extract.units import find_mentions, unit_key
from pipeline.record import Unit
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.extract.units import Mention
    from pipeline.passage import Passage

Kind = Literal["unit", "group", "person"]
_KINDS: dict[str, Kind] = {"unit": "unit", "group": "group", "person": "person"}
# "Ban Quản lý Khu kinh tế (gọi tắt là BQL KKT)", "Ủy ban nhân dân xã (UBND xã)".
_DEFINITION = re.compile(
    r"\((?P<said>(?:sau đây )?(?:gọi tắt|gọi chung|viết tắt|gọi)(?: là)?:? )?"
    r"[\"“]?(?P<short>[A-ZĐ][^()\"“”;.]{1,38}?)[\"”]?\)"
)
_ABBREVIATED = re.compile(r"\b[A-ZĐ&-]{2,}\b")
# A definition stands this near behind the name it shortens, in characters.
_NEAR = 160


class Registry:
    """The units of one document, numbered u1, u2, … in the order of their first mention."""

    def __init__(
        self,
        passage: Passage,
        settings: Settings | None = None,
        *,
        place: str | None = None,
        trust: float = 1.0,
    ) -> None:
        """Start empty.

        Args:
            passage: gives the evidence of the mentions, and what the document's abbreviations mean.
            settings: `review_below` decides what a person should look at; the defaults if None.
            place: the place in the head, for the province that "UBND tỉnh" means.
            trust: 0–1, how far names in this document can be told apart (less if marks are lost).
        """
        self._passage = passage
        self._review_below = (settings or Settings()).review_below
        self._place = place
        self._trust = trust
        self._defined = definitions(passage.text)
        self._units: dict[str, Unit] = {}

    def add(self, mention: Mention, offset: int) -> str:
        """Return the id of the unit of a mention whose text begins at `offset` of the passage."""
        name = write_out(mention.name, self._defined)
        key = unit_key(name)
        start, end = mention.start + offset, mention.end + offset
        printed = " ".join(self._passage.text[start:end].split())
        sure = round(self._passage.confidence(start, end) * mention.trust * self._trust, 3)
        known = self._units.get(key)
        if known is None:
            self._units[key] = Unit(
                id=f"u{len(self._units) + 1}",
                value=name,
                raw=printed,
                spellings=[printed],
                kind=_KINDS.get(mention.kind) or _kind_of(name),
                successor=successor_of(name, self._place),
                confidence=sure,
                needs_review=sure < self._review_below,
                evidence=self._passage.evidence(start, end, f"units.{mention.kind}"),
            )
        else:
            best = max(sure, known.confidence)
            update = {
                "spellings": list(dict.fromkeys((*known.spellings, printed))),
                "confidence": best,
                "needs_review": best < self._review_below,
            }
            self._units[key] = known.model_copy(update=update)
        return self._units[key].id

    @property
    def units(self) -> list[Unit]:
        """The units so far."""
        return list(self._units.values())


def definitions(text: str) -> dict[str, str]:
    """Return what the abbreviations of units that a text explains stand for, the longest first.

    "Ban Quản lý Khu kinh tế (gọi tắt là BQL KKT)" -> {"BQL KKT": "Ban Quản lý Khu kinh tế"};
    without "gọi tắt là" the letters must be the initials of the name.
    """
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        short = " ".join(match["short"].split())
        if not _ABBREVIATED.search(short) or short in found:
            continue
        full = _name_before(text[max(0, match.start() - _NEAR) : match.start()])
        fits = full and (match["said"] or initials_fit(short, full))
        if full and fits and short not in full and write_out(short) == short:
            found[short] = write_out(full)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _name_before(text: str) -> str | None:
    """Return the unit that a text ends with, None if it ends with none."""
    mentions = find_mentions(mark(load()(text)))
    last = mentions[-1] if mentions else None
    return last.name if last is not None and not text[last.end :].strip() else None


def _kind_of(name: str) -> Kind:
    """Return the kind of a unit that only its name tells (headings of garbled texts)."""
    first = name.split(maxsplit=1)[0].casefold() if name else ""
    return "group" if first in ("các", "cac", "những", "tất") else "unit"
