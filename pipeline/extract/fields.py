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
from pipeline.extract.following import documents_in, notice_of
from pipeline.extract.header import extract_header
from pipeline.extract.recipients import extract_recipients
from pipeline.extract.references import extract_references
from pipeline.extract.signature import extract_signer
from pipeline.extract.witnesses import hear
from pipeline.record import Fields, FileFields, FollowingDocument

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.record import Signer, Value
    from pipeline.settings import Settings


def extract(document: Document, settings: Settings) -> FileFields:
    """Return every field that the document tells, checked, each with its evidence.

    A confidence is the share of such values that are right. Where other documents follow in the
    same file, the fields are those of the first, and the others have theirs.
    """
    first, *others = (_checked(part, settings) for part in documents_in(document))
    following = [
        FollowingDocument(**dict(fields), page=part.pages[0].number) for part, fields in others
    ]
    fields = dict(first[1])
    fields["warnings"] = [*fields["warnings"], *map(notice_of, following)]
    return FileFields(**fields, following=following)


def _checked(document: Document, settings: Settings) -> tuple[Document, Fields]:
    return document, check(calibrate(find_fields(document, settings), settings))


def find_fields(document: Document, settings: Settings) -> Fields:
    """Return the fields as the rules find them; their confidences are scores, not yet shares."""
    drafting_unit = extract_drafting_unit(document, settings)
    signer = extract_signer(document, settings)
    header = extract_header(document, settings, _named(drafting_unit, signer))
    place = header.place.value if header.place else None
    assignments = extract_assignments(document, issued_of(header.date), settings, place)
    kind = header.doc_type.value if header.doc_type else None
    fields = Fields(
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
        drafting_unit=drafting_unit,
        signer=signer,
        references=extract_references(document, header.number, kind, settings),
        units=assignments.units,
        tasks=assignments.tasks,
        deadlines=assignments.deadlines,
        warnings=[*header.warnings, *assignments.warnings],
    )
    return hear(fields, document, settings)


def _named(drafting_unit: Value | None, signer: Signer | None) -> list[str]:
    """Return the names and codes of organs at the foot: of who wrote the text, and who signed."""
    organs = [step.of for step in signer.authorities] if signer else []
    return [drafting_unit.value, *organs] if drafting_unit and drafting_unit.value else organs
