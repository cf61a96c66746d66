# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seals import AUTHORITY, cms, name_of, tlv

from pipeline.intake.der import Subject, signer_of

WHOLE = cms(name_of(("C", "VN"), ("O", "UBND TỈNH QUẢNG NGÃI"), ("CN", "Nguyễn Phước Bình")))
SIGNER = Subject("Nguyễn Phước Bình", "UBND TỈNH QUẢNG NGÃI")


def test_the_certificate_that_the_signer_names_counts() -> None:
    assert signer_of(WHOLE) == SIGNER
    assert signer_of(cms(AUTHORITY, serial=1)) == Subject("Cơ quan chứng thực", None)


def test_padding_behind_it_does_not_matter() -> None:
    assert signer_of(WHOLE + bytes(4000)) == SIGNER


@pytest.mark.parametrize(
    ("string", "encoding"), [(0x0C, "utf-8"), (0x1E, "utf-16-be"), (0x13, "ascii")]
)
def test_each_type_of_string(string: int, encoding: str) -> None:
    text = "Le An" if encoding == "ascii" else "Lê Ấn"
    subject = name_of(("CN", text), string=string, encoding=encoding)
    assert signer_of(cms(subject)) == Subject(text, None)


def test_of_two_names_the_innermost_counts() -> None:
    assert signer_of(cms(name_of(("O", "Tỉnh"), ("O", "Sở"), ("CN", "Lê An")))) == Subject(
        "Lê An", "Sở"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x80" + WHOLE[4:],  # an open end, as BER has it
        b"\x30\x84\xff\xff\xff\xff" + WHOLE[4:],  # longer than the bytes
        tlv(0x30, tlv(6, b"\x2a\x03"), tlv(0xA0, tlv(0x30))),  # no SignedData
        cms(AUTHORITY, signer=9),  # names a certificate that is not there
    ],
)
def test_what_tells_no_signer(data: bytes) -> None:
    assert signer_of(data) is None


@given(st.binary(max_size=300))
def test_garbage_is_no_signature(data: bytes) -> None:
    assert signer_of(data) is None


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, len(WHOLE)))
def test_a_broken_signature_never_raises(at: int, byte: int, end: int) -> None:
    broken = (WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :])[:end]
    found = signer_of(broken)
    assert found is None or isinstance(found, Subject)


def test_very_many_values_take_no_time() -> None:
    assert signer_of(tlv(0x30, b"\x05\x00" * 100_000)) is None
