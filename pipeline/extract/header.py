# SPDX-License-Identifier: Apache-2.0
"""The head of a document: number, date, place, type, issuer, title, urgency, secrecy.

NĐ 30/2020, Phụ lục I: its boxes are where a value is looked for first. A role may be wrong or
missing, so the first lines of the page are searched next, with less confidence.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.extract.disagreements import weigh_organ, weigh_year
from pipeline.extract.doc_types import DISPATCH, MERGED, codes_of, family_of, named, type_of_number
from pipeline.extract.head_date import extract_place_and_date
from pipeline.extract.issuer import extract_issuer
from pipeline.extract.markings import extract_marking, secrecy_of
from pipeline.extract.number import extract_number
from pipeline.extract.organ_codes import organ_comes_first
from pipeline.extract.parts import head_page
from pipeline.extract.places import name_of_place
from pipeline.extract.title import find_title, subject_text
from pipeline.record import DocType
from pipeline.record import Warning as Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.title import Title
    from pipeline.model import Document
    from pipeline.record import DateOfIssue, Issuer, Number, Value
    from pipeline.settings import Settings

# Where only the notation tells the type: one misread letter makes another type of it.
_NOTATION_PRIOR = 0.85
# A title that the notation contradicts is right more often than not, but nobody can rely on it.
_CONTRADICTED = 0.7


@dataclass(frozen=True, slots=True)
class Header:
    """The parts of the record that the head tells; None where it does not."""

    number: Number | None = None
    date: DateOfIssue | None = None
    place: Value | None = None
    doc_type: DocType | None = None
    issuer: Issuer | None = None
    title: Value | None = None
    urgency: Value | None = None
    secrecy: Value | None = None
    warnings: tuple[Notice, ...] = ()


def extract_header(document: Document, settings: Settings, named: Sequence[str] = ()) -> Header:
    """Return what the head of `document` tells, with a warning where its parts disagree.

    `named` are names and codes of organs at the foot, which may explain a notation.
    """
    page = head_page(document)
    if page is None:
        return Header()
    found, date, date_notices = extract_place_and_date(page, settings)
    place = name_of_place(found, settings) if found else None
    issuer = extract_issuer(page, place.value if place else None, settings, _day(date))
    number = extract_number(page, settings, (*named, *_names(issuer)))
    title = find_title(page, _names(issuer))
    number, date = weigh_year(number, date)
    number, issuer = weigh_organ(number, issuer, _day(date))
    doc_type, type_notices = decide_type(title, number, settings, issuer)
    return Header(
        number=number,
        date=date,
        place=place,
        doc_type=doc_type,
        issuer=issuer,
        title=title.subject.value(subject_text(title.subject.raw), settings)
        if title.subject
        else None,
        urgency=extract_marking(page, "urgency", settings),
        secrecy=secrecy_of(document, settings),
        warnings=(*_number_notices(number, page.number), *date_notices, *type_notices),
    )


def _day(date: Value | None) -> dt.date | None:
    """Return the day of issue, None where it was not read in full ("2024-03")."""
    if date is None or date.value is None or len(date.value) < len("2024-03-15"):
        return None
    return dt.date.fromisoformat(date.value)


def _names(issuer: Issuer | None) -> tuple[str, ...]:
    """Return the names by which an authority under the title may call the issuer."""
    if issuer is None:
        return ()
    return tuple(name for name in (issuer.value, issuer.full_name) if name)


def decide_type(
    title: Title, number: Number | None, settings: Settings, issuer: Issuer | None = None
) -> tuple[DocType | None, list[Notice]]:
    """Return the type on which title and notation agree, or the better told one with a warning."""
    by_number = type_of_number(number)
    if title.kind is None or title.type_find is None:
        return _type_without_title(title, number, issuer, settings), []
    name, facts = title.kind.name, title.type_find.facts(settings)
    if by_number is None:
        return DocType(value=name, code=title.kind.code or None, **facts), []
    # A merged text (VBHN) bears the title of the act that it gives the text of.
    if by_number.code in codes_of(name) or by_number.name == MERGED:
        agreed = _agreed(facts, number.confidence if number else 0.0, settings)
        return DocType(value=name, code=by_number.code or None, **agreed), []
    facts |= {"confidence": round(facts["confidence"] * _CONTRADICTED, 3), "needs_review": True}
    doc_type = DocType(value=name, code=title.kind.code or None, **facts)
    return doc_type, [_contradiction(name, by_number.name)]


def _agreed(facts: dict[str, Any], other: float, settings: Settings) -> dict[str, Any]:
    """Return the facts of a value that another part of the head bears out.

    Both would have to be misread as the same type: title and notation are read apart.
    """
    confidence = round(1 - (1 - facts["confidence"]) * (1 - other * _NOTATION_PRIOR), 3)
    return facts | {
        "confidence": confidence,
        "needs_review": confidence < settings.review_below,
    }


def _type_without_title(
    title: Title, number: Number | None, issuer: Issuer | None, settings: Settings
) -> DocType | None:
    """Return the type that the notation tells; a công văn has no code in it, but a V/v."""
    kind = type_of_number(number)
    notation = number.notation if number else None
    if kind and notation and any(organ_comes_first(notation, name) for name in _names(issuer)):
        kind = None
    if kind is None and title.subject is not None and title.is_dispatch:
        facts = title.subject.facts(settings)
        if number and notation:
            facts = _agreed(facts, number.confidence, settings)
        return DocType(value=DISPATCH, code=None, **facts)
    if number is None or notation is None or (kind is None and family_of(notation) == "legal"):
        return None
    kind = kind or named(DISPATCH, "administrative")
    confidence = round(number.confidence * _NOTATION_PRIOR, 3)
    return DocType(
        value=kind.name,
        code=kind.code or None,
        raw=notation,
        confidence=confidence,
        needs_review=confidence < settings.review_below,
        evidence=number.evidence,
    )


def _contradiction(by_title: str, by_notation: str) -> Notice:
    message = f"the title says {by_title}, the notation {by_notation}"
    return Notice(code="doc_type_contradiction", message=message, field="doc_type")


def _number_notices(number: Number | None, page: int) -> list[Notice]:
    if number is None or number.value is not None:
        return []
    what = "the number is empty or cannot be read"
    return [
        Notice(
            code="number_unreadable", message=f'{what}: "{number.raw}"', field="number", page=page
        )
    ]
