# SPDX-License-Identifier: Apache-2.0
"""All fields of a document, head to foot."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pipeline.extract.assignments import extract_assignments
from pipeline.extract.header import extract_header
from pipeline.extract.recipients import extract_addressees, extract_recipients
from pipeline.extract.references import extract_references
from pipeline.extract.signature import extract_signer
from pipeline.record import Fields

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.record import Value
    from pipeline.settings import Settings


def extract(document: Document, settings: Settings) -> Fields:
    """Return every field that the document tells, each with its evidence."""
    header = extract_header(document, settings)
    assignments = extract_assignments(document, _issued(header.date), settings)
    return Fields(
        number=header.number,
        date=header.date,
        place=header.place,
        doc_type=header.doc_type,
        issuer=header.issuer,
        title=header.title,
        urgency=header.urgency,
        secrecy=header.secrecy,
        addressees=extract_addressees(document, settings),
        recipients=extract_recipients(document, settings),
        signer=extract_signer(document, settings),
        references=extract_references(document, settings),
        units=assignments.units,
        tasks=assignments.tasks,
        deadlines=assignments.deadlines,
        warnings=[*header.warnings, *assignments.warnings],
    )


def _issued(date: Value | None) -> dt.date | None:
    """Return the day of issue, None where it was not read in full ("2024-03")."""
    if date is None or date.value is None or len(date.value) < len("2024-03-15"):
        return None
    return dt.date.fromisoformat(date.value)
