# SPDX-License-Identifier: Apache-2.0
"""Every table of the dictionaries is sound: header, source, NFC, keys, order, dates."""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from pipeline import dictionary
from pipeline.vietnamese import fold_tone_placement, is_syllable

if TYPE_CHECKING:
    from pathlib import Path

TABLES = sorted(dictionary.folder().glob("*.tsv"))
# Columns that make a row unique, where it is not the first alone.
KEYS = {
    "agencies": ("name", "valid_from", "valid_to"),
    "abbreviations": ("abbreviation", "expansion"),
    "communes_2024": ("name", "kind", "parent"),
    "custom": ("phrase", "kind"),
    "document_types": ("name", "family", "code"),
    "organ_codes": ("code", "organ"),
    "title_words": ("word", "role"),
    "person_names": ("name", "role", "after"),
    "phrases": ("phrase", "kind"),
    "places": ("name", "kind", "parent", "code", "valid_from"),
    "assignment_words": ("phrase", "role"),
    "section_words": ("phrase", "kind"),
    "authorities": ("text", "kind"),
    "look_alikes": ("reader", "kind", "unit", "seen"),
}
BUILT = (
    "abbreviations",
    "agencies",
    "communes_2024",
    "look_alikes",
    "notations",
    "person_names",
    "places",
    "syllables",
    "words",
)
KINDS_OF_CUSTOM = {"agency", "place", "syllable", "abbreviation"}


def key(name: str, row: dictionary.Row) -> tuple[str, ...]:
    return tuple(row[column] for column in KEYS.get(name, (next(iter(row)),)))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
class TestEveryTable:
    def test_the_bytes_are_plain(self, path: Path) -> None:
        raw = path.read_bytes()
        assert b"\r" not in raw
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert raw.endswith(b"\n")
        text = raw.decode("utf-8")
        assert text == unicodedata.normalize("NFC", text)

    def test_every_row_fits_the_header(self, path: Path) -> None:
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        columns = header.split("\t")
        assert "source" in columns
        assert len(set(columns)) == len(columns)
        for line in lines:
            assert line.count("\t") == len(columns) - 1, line
            assert all(cell == cell.strip() for cell in line.split("\t")), line

    def test_every_row_has_key_and_source(self, path: Path) -> None:
        for row in dictionary.rows(path.stem):
            assert next(iter(row.values())), row
            assert row["source"], row

    def test_no_row_stands_twice(self, path: Path) -> None:
        keys = [key(path.stem, row) for row in dictionary.rows(path.stem)]
        assert sorted(keys) == sorted(set(keys))

    def test_days_are_days_and_in_order(self, path: Path) -> None:
        for row in dictionary.rows(path.stem):
            days = [row[c] for c in ("valid_from", "valid_to") if row.get(c)]
            assert [date.fromisoformat(day) for day in days] == sorted(
                date.fromisoformat(day) for day in days
            ), row


@pytest.mark.parametrize("name", BUILT)
def test_built_tables_are_sorted(name: str) -> None:
    rows = [list(row.values()) for row in dictionary.rows(name)]
    assert rows == sorted(rows)


def test_phrases_of_a_kind_stand_together() -> None:
    kinds = [kind for kind, _ in groupby(row["kind"] for row in dictionary.rows("phrases"))]
    assert len(kinds) == len(set(kinds))


def test_custom_rows_have_a_kind_that_is_used() -> None:
    kinds = KINDS_OF_CUSTOM | {row["kind"] for row in dictionary.rows("phrases")}
    assert all(row["kind"] in kinds for row in dictionary.rows("custom"))


def test_syllables_are_built_like_syllables() -> None:
    for row in dictionary.rows("syllables"):
        assert is_syllable(row["syllable"])
        assert row["syllable"] == fold_tone_placement(row["syllable"]).lower()
        assert int(row["count"]) > 0


@pytest.mark.parametrize(
    ("name", "kind", "parent", "day", "valid"),
    [
        ("Lục Nam", "huyện", "Bắc Giang", "2022-09-19", True),
        ("Lục Nam", "huyện", "Bắc Giang", "2025-07-01", False),
        ("Bắc Giang", "tỉnh", "", "2025-06-30", True),
        ("Bắc Giang", "tỉnh", "", "2025-07-01", False),
        ("Bắc Ninh", "tỉnh", "", "2020-01-01", True),
        ("Bắc Ninh", "tỉnh", "", "2026-01-01", True),
        ("Thừa Thiên Huế", "tỉnh", "", "2025-01-01", False),
        ("Lục Nam", "xã", "Bắc Ninh", "2026-01-01", True),
    ],
)
def test_places_by_day(name: str, kind: str, parent: str, day: str, valid: bool) -> None:
    found = [
        row
        for row in dictionary.rows("places")
        if (row["name"], row["kind"], row["parent"]) == (name, kind, parent)
        and (row["valid_from"] or "0") <= day <= (row["valid_to"] or "9")
    ]
    assert bool(found) is valid


def test_ministries_before_and_after_march_2025() -> None:
    days = {
        row["name"]: (row["valid_from"], row["valid_to"]) for row in dictionary.rows("agencies")
    }
    assert days["Bộ Lao động - Thương binh và Xã hội"] == ("", "2025-02-28")
    assert days["Bộ Nông nghiệp và Môi trường"] == ("2025-03-01", "")


def test_codes_of_the_founding_plan_are_known() -> None:
    parts = {row["part"] for row in dictionary.rows("notations")}
    assert {"QĐ", "TTg", "KH", "UBND", "CT", "TW", "LĐTBXH"} <= parts
    assert "QD" not in parts


def test_names_of_persons_are_syllables_with_a_role_and_a_count() -> None:
    names = dictionary.rows("person_names")
    alone = {(row["name"], row["role"]) for row in names if not row["after"]}
    for row in names:
        assert row["role"] in ("surname", "middle", "given")
        assert is_syllable(row["name"])
        assert row["name"] == fold_tone_placement(row["name"]).capitalize()
        assert int(row["count"]) > 0
        assert (row["name"], row["role"]) in alone
    assert {("Nguyễn", "surname"), ("Thị", "middle"), ("Định", "given")} <= alone


def test_communes_of_before_july_2025_are_communes_of_provinces_of_then() -> None:
    provinces = {row["name"] for row in dictionary.rows("places") if not row["parent"]}
    communes = dictionary.rows("communes_2024")
    assert {row["kind"] for row in communes} == {"xã", "phường", "thị trấn"}
    assert {row["parent"] for row in communes} <= provinces
    assert {("Đồi Ngô", "thị trấn", "Bắc Giang"), ("Bảo Đài", "xã", "Bắc Giang")} <= {
        (row["name"], row["kind"], row["parent"]) for row in communes
    }
