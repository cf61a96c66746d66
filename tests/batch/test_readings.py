# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pipeline.batch.readings import Reading, folder, forget, load, save
from pipeline.model import (
    Block,
    Box,
    Document,
    Edit,
    Line,
    Page,
    Region,
    Role,
    Source,
    TextLayer,
    Verdict,
    Word,
)

KEY = "ab" + "0" * 62
LAYER = TextLayer(Verdict.NONE, "a picture file has no text layer")


def page(number: int, error: str | None = None) -> Page:
    word = Word("Kế", Box(1.5, 2, 3, 4.25), 0.93, Edit("Ke", 0.7, "marks", ("Kẻ",)))
    block = Block(Role.TITLE, (Line((word,)),))
    regions = (Region("seal", Box(0, 0, 90, 90)),)
    return Page(number, 595.0, 842.0, LAYER, (block,), regions=regions, error=error)


def reading(*pages: Page, count: int = 6) -> Reading:
    source = Source("a/x.pdf", (Path("a/x.pdf"),), "0" * 64, 12, "application/pdf")
    return Reading(count, Document(source, pages))


def test_what_was_read_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = reading(page(1), page(2), count=2)
    save(tmp_path, KEY, kept)
    assert load(tmp_path, KEY) == kept
    assert kept.missing == []


def test_spans_come_back_together_in_order(tmp_path: Path) -> None:
    save(tmp_path, KEY, reading(page(5), page(6)))
    save(tmp_path, KEY, reading(page(1), page(2, "could not be read"), page(3)))
    found = load(tmp_path, KEY)
    assert found is not None
    assert [p.number for p in found.document.pages] == [1, 3, 5, 6]
    assert found.missing == [2, 4]


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    save(tmp_path, KEY, reading(page(1)))
    [path] = folder(tmp_path, KEY).iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b\x08\x00 cut", b"no gzip"])
def test_a_span_that_a_power_cut_broke_is_none(tmp_path: Path, damage: bytes) -> None:
    save(tmp_path, KEY, reading(page(1)))
    save(tmp_path, KEY, reading(page(5)))
    first, _ = sorted(folder(tmp_path, KEY).iterdir())
    first.write_bytes(damage)
    found = load(tmp_path, KEY)
    assert found is not None
    assert [p.number for p in found.document.pages] == [5]


def test_nothing_kept_is_nothing_found(tmp_path: Path) -> None:
    save(tmp_path, KEY, reading(page(1, "could not be read")))
    assert load(tmp_path, KEY) is None
    save(tmp_path, KEY, reading(page(1)))
    forget(tmp_path, KEY)
    forget(tmp_path, KEY)
    assert load(tmp_path, KEY) is None
