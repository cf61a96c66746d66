# SPDX-License-Identifier: Apache-2.0
"""How the samples are typeset and spoiled; needs the font Tinos (fonts-croscore)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from samples.damage import Damage, spoil
from samples.lines import width_of
from samples.make import (
    Delivery,
    page_text,
    seed_of,
    write_sample,
    write_truth,
)
from samples.paint import picture
from samples.source import (
    FontMissingError,
    GlyphMissingError,
    all_sources,
    assert_printable,
    font_path,
    load_source,
)
from samples.typeset import BOTTOM, LEFT, RIGHT, typeset

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
TRUTH = SAMPLES / "truth"
SOURCES = {source.stem: source for source in all_sources()}
try:
    font_path("regular")
except FontMissingError as missing:
    pytest.skip(str(missing), allow_module_level=True)


@pytest.mark.parametrize("stem", SOURCES)
def test_truth_text_is_that_of_the_source(stem: str, tmp_path: Path) -> None:
    write_truth(SOURCES[stem], typeset(SOURCES[stem]), tmp_path)
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert made == {name: (TRUTH / name).read_text("utf-8") for name in made}


@pytest.mark.parametrize("stem", SOURCES)
def test_every_character_can_be_printed(stem: str) -> None:
    assert_printable(SOURCES[stem])


@pytest.mark.parametrize("wrong", ["漢", "e\u0302"])
def test_a_character_without_glyph_or_not_composed_stops_the_maker(wrong: str) -> None:
    with pytest.raises(GlyphMissingError, match="to-trinh-23"):
        assert_printable(replace(SOURCES["to-trinh-23"], signer=wrong))


@pytest.mark.parametrize("stem", SOURCES)
def test_nothing_is_set_outside_the_margins(stem: str) -> None:
    for page in typeset(SOURCES[stem]):
        for line in page.lines:
            end = line.words[-1]
            assert line.words[0].x >= LEFT - 30
            assert end.x + width_of(end.text, end.style, end.size) <= RIGHT + 2
            assert line.y <= BOTTOM + 2


def test_setting_and_spoiling_give_the_same_page_twice() -> None:
    source = load_source("to-trinh-23")
    first, second = (picture(typeset(source)[0], 60) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    clean, damage = np.asarray(first), Damage(dpi=60, skew=1.0)
    spoilt = [spoil(clean, damage, seed_of("to-trinh-23", 0)) for _ in range(2)]
    assert np.array_equal(*spoilt)
    assert spoilt[0].std() > 5  # the text is still there


@pytest.mark.parametrize("kind", ["scan", "tiff", "images", "png", "digital"])
def test_each_kind_of_file_is_the_same_twice(kind: str, tmp_path: Path) -> None:
    source = SOURCES["to-trinh-23"]
    delivery = Delivery(kind, Damage(dpi=50, mode="bw" if kind == "tiff" else "gray"))
    made = []
    for name in ("first", "second"):
        (folder := tmp_path / name).mkdir()
        write_sample(source, delivery, typeset(source), folder)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) == 1


def test_true_text_leaves_the_page_number_out() -> None:
    second = typeset(SOURCES["chi-thi-07"])[1]
    assert second.lines[0].text == "2"
    assert not page_text(second).startswith("2\n")
