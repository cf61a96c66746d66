# SPDX-License-Identifier: Apache-2.0
"""Whose certificate stands in a signature: name and organ from the DER of a CMS.

Only what is needed of X.690 and RFC 5652: SignedData's certificates, and of them the subject of the
one that the signer names by its issuer and serial number. Nothing is verified: the record tells
what a file says of itself. No length that the bytes give is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEQUENCE, _SET, _OID, _INTEGER = 0x30, 0x31, 0x06, 0x02
_CONTEXT_0 = 0xA0
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
_COMMON_NAME, _ORGANIZATION = bytes.fromhex("550403"), bytes.fromhex("55040a")
# How the types of strings are written: UTF8String, PrintableString, T61, IA5, BMPString.
_ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be"}
# Chains have three or four certificates, a signature one signer.
_MOST_PARTS = 64
_LONGEST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """Common name (CN) and organization (O) of a certificate, as written; None if not there."""

    name: str | None = None
    organ: str | None = None


@dataclass(frozen=True, slots=True)
class _Node:
    """One value: its tag, its content, and all its bytes."""

    tag: int
    content: bytes
    whole: bytes


@dataclass(frozen=True, slots=True)
class _Certificate:
    """What a certificate is named by: issuer and serial number, both as bytes, and its subject."""

    issuer: bytes
    serial: bytes
    subject: _Node


def signer_of(cms: bytes) -> Subject | None:
    """Return who signed, as the certificate in `cms` says; None where it cannot be told.

    `cms` may be padded, cut off or no CMS at all.
    """
    outer = _children(_first(cms))
    if len(outer) < 2 or outer[0].content != _SIGNED_DATA:
        return None
    parts = _children(_first(outer[1].content))
    held = [part for part in parts if part.tag == _CONTEXT_0]
    signers = [part for part in parts if part.tag == _SET][1:]
    if not held or not signers:
        return None
    certificates = [one for node in _children(held[0]) if (one := _certificate(node))]
    named = _named_by(_first(signers[0].content))
    for one in certificates:
        if (one.issuer, one.serial) == named:
            return _subject(one.subject)
    return None


def _named_by(signer: _Node | None) -> tuple[bytes, bytes] | None:
    """Return issuer and serial number by which a SignerInfo names its certificate."""
    parts = _children(signer)
    held = _children(parts[1]) if len(parts) > 1 and parts[1].tag == _SEQUENCE else []
    return (held[0].whole, held[1].content) if len(held) > 1 else None


def _certificate(node: _Node) -> _Certificate | None:
    """Return a Certificate: version [0], serial number, algorithm, issuer, validity, subject."""
    body = next(iter(_children(node)), None)
    parts = [part for part in _children(body) if part.tag != _CONTEXT_0]
    if len(parts) < 5 or parts[0].tag != _INTEGER or parts[4].tag != _SEQUENCE:
        return None
    return _Certificate(parts[2].whole, parts[0].content, parts[4])


def _subject(name: _Node) -> Subject:
    """Return the last CN and the last O of a Name, the innermost ones."""
    told: dict[bytes, str] = {}
    for group in _children(name):
        for pair in _children(group):
            parts = _children(pair)
            if len(parts) < 2 or parts[0].tag != _OID or parts[1].tag not in _ENCODINGS:
                continue
            told[parts[0].content] = parts[1].content.decode(_ENCODINGS[parts[1].tag], "replace")
    return Subject(told.get(_COMMON_NAME), told.get(_ORGANIZATION))


def _first(data: bytes) -> _Node | None:
    return next(_nodes(data), None)


def _children(node: _Node | None) -> list[_Node]:
    """Return the values inside a constructed one, [] for any other."""
    return list(_nodes(node.content)) if node is not None and node.tag & 0x20 else []


def _nodes(data: bytes) -> Iterator[_Node]:
    """Yield the values in `data` in order, up to the first that is not whole."""
    at = 0
    for _ in range(_MOST_PARTS):
        if at + 2 > len(data) or data[at] & 0x1F == 0x1F:  # tags of several bytes: none here
            return
        length, start = data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            if not 0 < count <= _LONGEST_LENGTH:  # 0 is BER's open end, which DER forbids
                return
            length = int.from_bytes(data[start : start + count], "big")
            start += count
        if start + length > len(data):
            return
        yield _Node(data[at], data[start : start + length], data[at : start + length])
        at = start + length
