# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seals import cms, name_of, signed_pdf

from pipeline.intake.signatures import parse_time, read_signatures
from pipeline.intake.source import open_source
from pipeline.model import DigitalSignature
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

VIETNAM = dt.timezone(dt.timedelta(hours=7))
OFFICE = cms(name_of(("O", "TỈNH QUẢNG NGÃI"), ("CN", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI")))


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=VIETNAM)  # type: ignore[arg-type]


def read(path: Path) -> tuple[DigitalSignature, ...]:
    with pikepdf.open(path) as pdf:
        return read_signatures(pdf)


@pytest.mark.parametrize("nested", [False, True])
def test_signatures_in_order_of_time(tmp_path: Path, nested: bool) -> None:
    office = {"/M": "D:20250109100916+07'00'", "/Contents": pikepdf.String(OFFICE)}
    person = {"/M": "D:20250108173049+07'00'", "/Name": "Nguyễn Phước Bình"}
    path = signed_pdf(tmp_path / "a.pdf", office, person, nested=nested)
    assert read(path) == (
        DigitalSignature("Nguyễn Phước Bình", None, at(2025, 1, 8, 17, 30, 49)),
        DigitalSignature("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "TỈNH QUẢNG NGÃI",
                         at(2025, 1, 9, 10, 9, 16)),
    )  # fmt: skip


def test_the_document_has_them(tmp_path: Path) -> None:
    path = signed_pdf(tmp_path / "a.pdf", {"/Name": "Lê An"})
    with open_source((path,), "a.pdf", Settings()) as source:
        assert source.signatures == (DigitalSignature("Lê An"),)


def test_one_who_signs_each_page_counts_once(tmp_path: Path) -> None:
    once = {"/M": "D:20250109100916+07'00'", "/Name": "Lê An"}
    assert len(read(signed_pdf(tmp_path / "a.pdf", once, dict(once), dict(once)))) == 1


def test_a_pdf_without_a_form_has_none(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    assert read_signatures(pdf) == ()
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pikepdf.Dictionary(FT="/Sig")]))
    assert read_signatures(pdf) == ()


@pytest.mark.parametrize(
    "form",
    [
        5,
        pikepdf.Array([]),
        {"/Fields": pikepdf.Name.None_},
        {"/Fields": [1, "x", pikepdf.Array([])]},
        {"/Fields": [{"/FT": pikepdf.Name.Sig, "/V": 3}]},
        {"/Fields": [{"/FT": pikepdf.Name.Sig, "/V": {"/M": 3, "/Name": pikepdf.Name.X}}]},
        {"/Fields": [{"/FT": pikepdf.Name.Sig, "/V": {"/Contents": pikepdf.Array([1])}}]},
    ],
)
def test_broken_forms_have_none(form: object) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.AcroForm = pikepdf.Dictionary(form) if isinstance(form, dict) else form
    assert read_signatures(pdf) == ()


def test_a_field_that_is_its_own_child_ends() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    value = pikepdf.Dictionary({"/Name": "Lê An"})
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=value))
    field.Kids = pikepdf.Array([field, field, field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    assert read_signatures(pdf) == (DigitalSignature("Lê An"),)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (b"\xfe\xff" + "Lê An".encode("utf-16-be"), "Lê An"),
        ("Lê An".encode(), "Lê An"),
        (b"\xef\xbb\xbfLe An", "Le An"),
        (b"L\xea  An\n", "Lê An"),  # no UTF-8: PDFDocEncoding, as good as Latin-1
        (b"\xfe\xff\xd8", "\ufffd"),  # half of a character
        (b"x" * 100_000, "x" * 200),
    ],
)
def test_names_however_they_are_encoded(tmp_path: Path, name: bytes, expected: str) -> None:
    found = read(signed_pdf(tmp_path / "a.pdf", {"/Name": pikepdf.String(name)}))
    assert [one.name for one in found] == [expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("D:20240305101500+07'00'", at(2024, 3, 5, 10, 15)),
        ("D:20240305101500", at(2024, 3, 5, 10, 15)),
        ("20240305101500Z", at(2024, 3, 5, 17, 15)),
        ("D:20240305230000-05'30", at(2024, 3, 6, 11, 30)),
        ("D:20240305", at(2024, 3, 5)),
        ("D:20240230101500", None),
        ("D:00010101000000+14'00'", None),
        ("05/03/2024", None),
        ("", None),
    ],
)
def test_times(written: str, expected: dt.datetime | None) -> None:
    assert parse_time(written) == expected


@given(st.one_of(st.text(), st.from_regex(r"D:[0-9]{8,20}(Z|[+-][0-9]{2}'[0-9]{2}')?")))
def test_no_time_raises(written: str) -> None:
    found = parse_time(written)
    assert found is None or found.tzinfo is not None


@given(st.binary(max_size=400))
def test_no_contents_raise(data: bytes) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    value = pikepdf.Dictionary({"/Contents": pikepdf.String(data), "/M": pikepdf.String(data)})
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=value)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    assert all(one.name is None for one in read_signatures(pdf))
