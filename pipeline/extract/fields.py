# SPDX-License-Identifier: Apache-2.0
"""All fields of a document, head to foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.addressees import extract_addressees
from pipeline.extract.arrival_stamp import extract_arrival
from pipeline.extract.assignments import extract_assignments
from pipeline.extract.calibration import calibrate
from pipeline.extract.checks import check, issued_of
from pipeline.extract.drafting import extract_drafting_unit
from pipeline.extract.header import extract_header
from pipeline.extract.recipients import extract_recipients
from pipeline.extract.references import extract_references
from pipeline.extract.signature import extract_signer
from pipeline.record import Fields

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.settings import Settings


def extract(document: Document, settings: Settings) -> Fields:
    """Return every field that the document tells, checked, each with its evidence.

    A confidence is the share of such values that are right.
    """
    return check(calibrate(find_fields(document, settings), settings))


def find_fields(document: Document, settings: Settings) -> Fields:
    """Return the fields as the rules find them; their confidences are scores, not yet shares."""
    header = extract_header(document, settings)
    place = header.place.value if header.place else None
    assignments = extract_assignments(document, issued_of(header.date), settings, place)
    kind = header.doc_type.value if header.doc_type else None
    return Fields(
        number=header.number,
        date=header.date,
        place=header.place,
        doc_type=header.doc_type,
        issuer=header.issuer,
        title=header.title,
        urgency=header.urgency,
        secrecy=header.secrecy,
        arrival=extract_arrival(document, issued_of(header.date), settings),
        addressees=extract_addressees(document, settings),
        recipients=extract_recipients(document, settings),
        drafting_unit=extract_drafting_unit(document, settings),
        signer=extract_signer(document, settings),
        references=extract_references(document, header.number, kind, settings),
        units=assignments.units,
        tasks=assignments.tasks,
        deadlines=assignments.deadlines,
        warnings=[*header.warnings, *assignments.warnings],
    )
