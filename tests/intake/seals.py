# SPDX-License-Identifier: Apache-2.0
"""Signatures for the tests: CMS as certificates of offices have it, and PDFs that are signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from pathlib import Path

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_NAMES = {"C": "550406", "O": "55040a", "CN": "550403"}


def tlv(tag: int, *parts: bytes) -> bytes:
    """One value of DER: tag, length, content."""
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def name_of(*pairs: tuple[str, str], string: int = 0x0C, encoding: str = "utf-8") -> bytes:
    """A Name: (("O", "UBND tỉnh"), ("CN", "Lê An"))."""
    return tlv(0x30, *(
        tlv(0x31, tlv(0x30, tlv(6, bytes.fromhex(_NAMES[key])), tlv(string, text.encode(encoding))))
        for key, text in pairs
    ))  # fmt: skip


def certificate(subject: bytes, issuer: bytes, serial: int) -> bytes:
    """A certificate as far as it is read: all but the subject is only there."""
    algorithm = tlv(0x30, tlv(6, b"\x2a\x03"))
    body = tlv(0x30, tlv(0xA0, tlv(2, b"\x02")), tlv(2, bytes([serial])), algorithm, issuer,
               tlv(0x30), subject, tlv(0x30))  # fmt: skip
    return tlv(0x30, body, algorithm, tlv(3, b"\x00"))


AUTHORITY = name_of(("C", "VN"), ("CN", "Cơ quan chứng thực"))


def cms(subject: bytes, *, serial: int = 7, signer: int | None = None) -> bytes:
    """A signature by `subject`; its certificate stands behind that of the authority."""
    chain = tlv(0xA0, certificate(AUTHORITY, AUTHORITY, 1), certificate(subject, AUTHORITY, serial))
    named = tlv(0x30, AUTHORITY, tlv(2, bytes([serial if signer is None else signer])))
    info = tlv(0x30, tlv(2, b"\x01"), named)
    data = tlv(0x30, tlv(2, b"\x01"), tlv(0x31), tlv(0x30), chain, tlv(0x31, info))
    return tlv(0x30, tlv(6, _SIGNED_DATA), tlv(0xA0, data))


def signed_pdf(path: Path, *values: dict[str, object], nested: bool = False) -> Path:
    """A PDF of one page with a signature field for each of `values`."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    fields = [
        pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=f"Signature{number}", V=pikepdf.Dictionary(value))
        for number, value in enumerate(values)
    ]
    kids = [pikepdf.Dictionary(T="group", Kids=pikepdf.Array(fields))] if nested else fields
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(kids), SigFlags=3)
    pdf.save(path)
    return path
