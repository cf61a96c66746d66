# SPDX-License-Identifier: Apache-2.0
"""The head of a document: number, date, place, type, issuer, title, urgency, secrecy.

NĐ 30/2020, Phụ lục I: its boxes are where a value is looked for first. A role may be wrong or
missing, so the first lines of the page are searched next, with less confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.doc_types import DISPATCH, codes_of, named, type_of_number
from pipeline.extract.head_date import extract_place_and_date
from pipeline.extract.issuer import extract_issuer
from pipeline.extract.markings import extract_marking
from pipeline.extract.number import extract_number
from pipeline.extract.parts import head_page
from pipeline.extract.places import name_of_place
from pipeline.extract.title import find_title
from pipeline.record import DocType
from pipeline.record import Warning as Notice

if TYPE_CHECKING:
    from pipeline.extract.title import Title
    from pipeline.model import Document
    from pipeline.record import Issuer, Number, Value
    from pipeline.settings import Settings

# Where only the notation tells the type: one misread letter makes another type of it.
_NOTATION_PRIOR = 0.85
# A title that the notation contradicts is right more often than not, but nobody can rely on it.
_CONTRADICTED = 0.7


@dataclass(frozen=True, slots=True)
class Header:
    """The parts of the record that the head tells; None where it does not."""

    number: Number | None = None
    date: Value | None = None
    place: Value | None = None
    doc_type: DocType | None = None
    issuer: Issuer | None = None
    title: Value | None = None
    urgency: Value | None = None
    secrecy: Value | None = None
    warnings: tuple[Notice, ...] = ()


def extract_header(document: Document, settings: Settings) -> Header:
    """Return what the head of `document` tells, with a warning where its parts disagree."""
    page = head_page(document)
    if page is None:
        return Header()
    number = extract_number(page, settings)
    found, date, date_notices = extract_place_and_date(page, settings)
    place = name_of_place(found, settings) if found else None
    title = find_title(page)
    doc_type, type_notices = decide_type(title, number, settings)
    return Header(
        number=number,
        date=date,
        place=place,
        doc_type=doc_type,
        issuer=extract_issuer(page, place.value if place else None, settings),
        title=title.subject.value(title.subject.raw, settings) if title.subject else None,
        urgency=extract_marking(page, "urgency", settings),
        secrecy=extract_marking(page, "secrecy", settings),
        warnings=(*_number_notices(number, page.number), *date_notices, *type_notices),
    )


def decide_type(
    title: Title, number: Number | None, settings: Settings
) -> tuple[DocType | None, list[Notice]]:
    """Return the type on which title and notation agree, or the better told one with a warning."""
    by_number = type_of_number(number)
    if title.kind is None or title.type_find is None:
        return _type_without_title(title, number, settings), []
    name, facts = title.kind.name, title.type_find.facts(settings)
    if by_number is None or by_number.code in codes_of(name):
        code = by_number.code if by_number else title.kind.code
        return DocType(value=name, code=code or None, **facts), []
    facts |= {"confidence": round(facts["confidence"] * _CONTRADICTED, 3), "needs_review": True}
    doc_type = DocType(value=name, code=title.kind.code or None, **facts)
    return doc_type, [_contradiction(name, by_number.name)]


def _type_without_title(title: Title, number: Number | None, settings: Settings) -> DocType | None:
    """Return the type that the notation tells; a công văn has no code in it, but a V/v."""
    kind = type_of_number(number)
    if kind is None and title.subject is not None and title.is_dispatch:
        return DocType(value=DISPATCH, code=None, **title.subject.facts(settings))
    if number is None or number.notation is None:
        return None
    kind = kind or named(DISPATCH, "administrative")
    confidence = round(number.confidence * _NOTATION_PRIOR, 3)
    return DocType(
        value=kind.name,
        code=kind.code or None,
        raw=number.notation,
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
