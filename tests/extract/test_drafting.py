# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.drafting import extract_drafting_unit, find_drafting_unit
from pipeline.model import Role
from pipeline.settings import Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Lưu: VT, QLĐT (2)", "QLĐT"),
        ("Lưu: VT, NC", "NC"),
        ("Lưu: VT, KTN.Hòa20b", "KTN"),
        ("Lưu: VT, TH (3b)", "TH"),
        ("Lưu VT, STP", "STP"),
        ("Lưu: VP, P.TCKH", "P.TCKH"),
        ("Lưu:VT,KT.lan12", "KT"),
        ("Lưu: VT; KTTH", "KTTH"),
        ("Lưu: VT.TH", "TH"),
        ("Lưu: Văn thư, TCHC", "TCHC"),
        ("Lưu: VT, Hồ sơ, TCCB", "TCCB"),
        ("Lưu: VT, LĐTB&XH", "LĐTB&XH"),
        ("Lưu: VT, GT-XD, NC2", "GT-XD"),
        ("Lưu: VT, KHTC-Lan (3b)", "KHTC"),
        ("Lưu: VT, V.I (3), Hoa", "V.I"),
        ("Lưu: VT, VX2", "VX2"),
        ("Lưu: VT, Vx3", "Vx3"),
        ("Lưu: VT, (VX/MT.Hòa)", "VX/MT"),
        ("Lưu: VT, NC(hoa17)", "NC"),
        ("Lưu: VT, Cục QLCL", "Cục QLCL"),
        ("Lưu: VT, Phòng Tổ chức cán bộ (2b)", "Phòng Tổ chức cán bộ"),
        ("Luu: VT, NC", "NC"),
        ("Lưu: TCHC", "TCHC"),
        # glued to the writer's name
        ("Lưu: VT, KGVXTin50", "KGVX"),
        ("Lưu: VT, NCbdv20", "NC"),
        # nobody but the clerks
        ("Lưu: VT", None),
        ("Lưu: VT, VP", None),
        ("Lưu VT, lưu trữ", None),
        ("Lưu Văn phòng Tỉnh ủy", None),
        ("Lưu: VT, (hoapt)", None),
        ("Lưu", None),
        ("Sở Y tế", None),
        ("", None),
    ],
)
def test_drafting_units(line: str, unit: str | None) -> None:
    found = find_drafting_unit(line)
    assert (line[found[0] : found[1]] if found else None) == unit


def test_the_unit_of_the_last_line_counts() -> None:
    parts = [(Role.RECIPIENTS, "Nơi nhận: | - Như trên; | - Sở Y tế; | - Lưu: VT, NVY (2).")]
    found = extract_drafting_unit(document(parts, confidence=0.97), SETTINGS)
    assert found is not None
    assert (found.value, found.raw, found.needs_review) == ("NVY", "NVY", False)
    assert found.evidence[0].box is not None


def test_a_unit_that_runs_into_a_name_is_flagged() -> None:
    parts = [(Role.RECIPIENTS, "Nơi nhận: | - Lưu: VT, KGVXTin50.")]
    found = extract_drafting_unit(document(parts, confidence=0.97), SETTINGS)
    assert found is not None
    assert (found.value, found.needs_review) == ("KGVX", True)


def test_no_recipients_no_unit() -> None:
    assert extract_drafting_unit(document([(Role.BODY, "Lưu: VT, NC")]), SETTINGS) is None


@given(st.text(max_size=60))
def test_any_text_has_its_unit_inside_itself(text: str) -> None:
    found = find_drafting_unit("Lưu: VT, " + text)
    assert found is None or 0 <= found[0] < found[1] <= len(text) + 9
