# SPDX-License-Identifier: Apache-2.0
"""Digital signatures of a PDF: who signed, for which organ, when, as the file says itself.

ISO 32000-1, 12.8.1: a signature field of the form holds a dictionary with /M (time), /Name, and in
/Contents a CMS with the signer's certificate. Nothing is verified. What is broken is passed over: a
signature is a witness to the head, and never a reason to refuse a document.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pikepdf

from pipeline.intake.der import Subject, signer_of
from pipeline.intake.integrity import MALFORMED
from pipeline.model import DigitalSignature
from pipeline.vietnamese import nfc, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

# Offices sign up to five times; what goes beyond these bounds is no form of an office.
_MOST_FIELDS, _DEEPEST, _MOST_SIGNATURES = 500, 8, 32
_LONGEST_CMS, _LONGEST_NAME = 1 << 18, 200
_VIETNAM = dt.timezone(dt.timedelta(hours=7))
# "D:20240305101500+07'00'" (ISO 32000-1, 7.9.4); all behind the day may be left out.
_TIME = re.compile(
    r"(?:D:)?(?P<day>[0-9]{8})(?P<clock>(?:[0-9]{2}){1,3})?(?P<zone>Z|[+-][0-9]{2}'?(?:[0-9]{2})?)?"
)


def read_signatures(pdf: pikepdf.Pdf) -> tuple[DigitalSignature, ...]:
    """Return the signatures of a PDF in order of time, those without a time last; () if none."""
    found: list[DigitalSignature] = []
    try:
        for value in _signed(pdf):
            signature = _signature(value)
            if signature not in found and signature != DigitalSignature():
                found.append(signature)
            if len(found) == _MOST_SIGNATURES:
                break
    except MALFORMED:
        pass  # what was found before the broken part stays
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    return tuple(sorted(found, key=lambda one: one.time or latest))


def _signed(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the dictionaries of the signature fields that are signed, in the form's order."""
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    waiting = [(field, "", 0) for field in _items(fields)]
    for _ in range(_MOST_FIELDS):
        if not waiting:
            return
        field, kind, depth = waiting.pop(0)
        if not isinstance(field, pikepdf.Dictionary):
            continue
        kind = str(field.get("/FT", kind))
        value = field.get("/V")
        if kind == "/Sig" and isinstance(value, pikepdf.Dictionary):
            yield value
        if depth < _DEEPEST:
            waiting += [(kid, kind, depth + 1) for kid in _items(field.get("/Kids"))]


def _items(array: object) -> list[pikepdf.Object]:
    """Return the first items of an array, [] for anything else."""
    if not isinstance(array, pikepdf.Array):
        return []
    return [array[at] for at in range(min(len(array), _MOST_FIELDS))]


def _signature(value: pikepdf.Object) -> DigitalSignature:
    contents = value.get("/Contents")
    cms = bytes(contents) if isinstance(contents, pikepdf.String) else b""
    subject = (signer_of(cms) if len(cms) <= _LONGEST_CMS else None) or Subject()
    return DigitalSignature(
        name=_text(value.get("/Name")) or _clean(subject.name),
        organ=_clean(subject.organ),
        time=parse_time(_text(value.get("/M")) or ""),
    )


def parse_time(written: str) -> dt.datetime | None:
    """Return a PDF's time in Vietnam's zone, which it has if it names none; None if it is none."""
    match = _TIME.match(written.strip())
    if match is None:
        return None
    zone = (match["zone"] or "+07").replace("Z", "+00").replace("'", "").ljust(5, "0")
    clock = (match["clock"] or "").ljust(6, "0")
    try:
        time = dt.datetime.strptime(f"{match['day']}{clock}{zone}", "%Y%m%d%H%M%S%z")
        return time.astimezone(_VIETNAM)
    except (ValueError, OverflowError):
        return None


def _text(value: object) -> str | None:
    """Return a PDF's string as text, whatever it is encoded in; None if it is no string."""
    if not isinstance(value, pikepdf.String):
        return None
    data = bytes(value)[: 4 * _LONGEST_NAME]
    if data.startswith(b"\xfe\xff"):
        return _clean(data[2:].decode("utf-16-be", "replace"))
    try:
        return _clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _clean(data.decode("latin-1"))


def _clean(text: str | None) -> str | None:
    """Return `text` on one line without control characters, None if nothing is left."""
    if text is None:
        return None
    printable = "".join(char if char.isprintable() else " " for char in nfc(text))
    return squeeze(printable[:_LONGEST_NAME]) or None
