# SPDX-License-Identifier: Apache-2.0
"""The record: one JSON object a document. Its JSON Schema is printed by `sohoa schema`."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field

from pipeline.record_pages import Confidence, DoubtRecord, EditRecord, Evidence, PageRecord, Part

IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Value(Part):
    """A value as normalised and as read, how sure it is, and where it stands."""

    value: str | None
    raw: str
    confidence: Confidence
    needs_review: bool
    evidence: list[Evidence]


class Number(Value):
    """Số, ký hiệu: "194/KH-UBND"; an empty or unreadable slot has `sequence` null.

    `alternatives` are other whole numbers that may stand there, the likeliest first.
    """

    sequence: str | None
    notation: str | None
    alternatives: list[str] = []


class DateOfIssue(Value):
    """Ngày ban hành: a day, or as much of it as could be read (see `Fields`).

    `alternatives` are other days that may stand there, the likeliest first.
    """

    alternatives: list[str] = []


class DocType(Value):
    """Tên loại văn bản, with its code ("KH"); a công văn has none."""

    code: str | None


class Issuer(Value):
    """Cơ quan ban hành, the organ above it as printed, and its place in the state.

    `full_name` has the abbreviations of the name written out. `level` is null for bodies of no
    territory's (a school, an enterprise); the level of districts ended on 30 June 2025.
    """

    parent: str | None
    full_name: str | None = None
    level: Literal["central", "province", "district", "commune"] | None = None
    branch: Literal["government", "assembly", "party", "justice", "front"] | None = None


class Authority(Part):
    """One step of a signing authority: its mark ("TM", "KT", "TL", "TUQ", "Q") and of whom."""

    mark: str
    of: str


class Signer(Part):
    """Người ký: authority ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"), post and name.

    `authorities` are the steps of the authority, from the body down to the post.
    """

    authority: str | None
    authorities: list[Authority] = []
    position: str | None
    name: str | None
    raw: str
    confidence: Confidence
    needs_review: bool
    evidence: list[Evidence]


class Reference(Part):
    """A document cited by number, once.

    `relation` says what it is to the document that cites it: its basis ("Căn cứ", "thực hiện"),
    replaced ("thay thế"), amended ("sửa đổi, bổ sung") or repealed ("bãi bỏ") by it, or only
    mentioned.
    """

    doc_type: str | None
    number: str
    date: IsoDate | None
    issuer: str | None
    relation: Literal["basis", "replaced", "amended", "repealed", "mentioned"] = "mentioned"
    raw: str
    confidence: Confidence
    needs_review: bool
    evidence: list[Evidence]


class Arrival(Part):
    """What the arrival stamp says (dấu ĐẾN): the receiver's own number and the day of arrival.

    A part that cannot be read is null.
    """

    number: str | None
    date: IsoDate | None
    raw: str
    confidence: Confidence
    needs_review: bool
    evidence: list[Evidence]


class DigitalSignature(Part):
    """A digital signature of the file as it tells of it itself; nothing is verified.

    `name` is whom the certificate names, a person or an organ; `organ` is whose; `time` is
    ISO 8601 with Vietnam's zone.
    """

    name: str | None
    organ: str | None
    time: str | None


class Successor(Part):
    """The unit that took over the work of another: its name, since when, and by which act."""

    value: str
    valid_from: IsoDate
    basis: str


class Unit(Part):
    """An organisation that leads or shares in a task.

    `value` has the abbreviations written out, `raw` is as printed first, `spellings` are all that
    the document uses ("Sở GDĐT" beside "Sở Giáo dục và Đào tạo"). A group ("các sở, ban, ngành")
    stays one; a post ("Giám đốc Sở Y tế") is a person. `successor` tells trackers who has the work
    now; it never stands in place of the name.
    """

    id: str
    value: str
    raw: str
    spellings: list[str] = []
    kind: Literal["unit", "group", "person"] = "unit"
    successor: Successor | None = None
    confidence: Confidence
    needs_review: bool
    evidence: list[Evidence]


class Task(Part):
    """Who does what, with whom; `section` is the path of markers ("II.1.a").

    `responsible` and `cooperating` are ids of units. `mood` is the verb that orders: giao,
    yêu cầu, or đề nghị (to bodies outside the hierarchy); null where none is printed.
    `reports_to` names, as printed, who is to be told or sent the result.
    """

    id: str
    text: str
    responsible: list[str]
    cooperating: list[str]
    reports_to: list[str] = []
    mood: Literal["giao", "yêu cầu", "đề nghị"] | None = None
    section: str | None
    page: int
    deadlines: list[str]
    confidence: Confidence
    needs_review: bool
    evidence: list[Evidence]


class Deadline(Part):
    """By when: a date, a window, a recurrence (RFC 5545), or an offset (ISO 8601) to an anchor.

    `bound` says how the date binds: before (excluded), by (included), within (a window), on, until.
    `time` is the hour, in Vietnam (+07:00). With `workdays` the days of `offset` are working days;
    where the anchor is the day of issue, `date` is the day that they come to.
    """

    id: str
    raw: str
    kind: Literal["once", "recurring", "range", "relative", "open"]
    date: IsoDate | None = None
    time: Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")] | None = None
    start: IsoDate | None = None
    end: IsoDate | None = None
    rrule: str | None = None
    anchor: str | None = None
    offset: str | None = None
    workdays: bool = False
    bound: Literal["before", "by", "within", "on", "until"] | None = None
    task: str | None = None
    confidence: Confidence
    needs_review: bool
    evidence: list[Evidence]


class Warning(Part):  # noqa: A001 - the record's word for it
    """Something a person should look at; `field` is the key it concerns, if any."""

    code: str
    message: str
    field: str | None = None
    page: int | None = None


class SourceRecord(Part):
    """The file or files that the document came from; paths are relative to the input."""

    path: str
    files: list[str]
    sha256: str
    size: int
    media_type: str
    pages: int


class Process(Part):
    """What made the record: versions, digests, seconds per stage.

    Two records of the same bytes with the same versions and digests are the same, times aside.
    """

    program: str
    code: str = ""
    engine: dict[str, str]
    dictionaries: str
    settings: str = ""
    seconds: dict[str, float]


class Fields(Part):
    """What the extraction finds; the record is this, and what is known before and after it.

    `date.value` is a day ("2024-03-15"); where the day cannot be read it is a month ("2024-03"),
    where the month cannot either a year ("2024") (ISO 8601, reduced precision), and needs review.
    """

    number: Number | None = None
    date: DateOfIssue | None = None
    place: Value | None = None
    doc_type: DocType | None = None
    issuer: Issuer | None = None
    title: Value | None = None
    urgency: Value | None = None
    secrecy: Value | None = None
    arrival: Arrival | None = None
    addressees: list[Value] = []
    recipients: list[Value] = []
    drafting_unit: Value | None = None
    signer: Signer | None = None
    signatures: list[DigitalSignature] = []
    references: list[Reference] = []
    units: list[Unit] = []
    tasks: list[Task] = []
    deadlines: list[Deadline] = []
    warnings: list[Warning] = []


class FollowingDocument(Fields):
    """A document that begins on `page` of the file of another: its own head, tasks and foot."""

    page: int


class FileFields(Fields):
    """What a file tells: the fields of its first document, and the documents that follow it."""

    following: list[FollowingDocument] = []


class Record(FileFields):
    """Everything that is known of one file, and of the document in it."""

    schema_version: Literal["1.2"] = "1.2"
    id: str
    source: SourceRecord
    process: Process
    pages: list[PageRecord]
    edits: list[EditRecord]
    doubts: list[DoubtRecord] = []

    def to_json(self) -> str:
        """Return the record as indented UTF-8 JSON, keys in the documented order."""
        first = ("schema_version", "id", "source", "process")
        last = ("pages", "edits", "doubts", "warnings")
        middle = [key for key in type(self).model_fields if key not in first + last]
        members: list[str] = []
        for key in (*first, *middle, *last):  # one by one: a thousand pages at once are 100 MB
            value = self.model_dump(mode="json", include={key})[key]
            text = json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n ")
            members.append(f' "{key}": {text}')
        return "{\n" + ",\n".join(members) + "\n}\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Record.model_json_schema(mode="serialization"),
    }
