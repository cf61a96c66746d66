# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import zstandard

from benchmarks.repair_overlap import (
    TRAINING,
    fivegrams,
    overlap,
    training_digest,
    training_fivegrams,
)

KNOWN = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in zip(TRAINING, (KNOWN, "Uỷ ban nhân dân xã", "một\nhai\n"), strict=True):
        (corpus / name).write_bytes(zstandard.compress(f"{text}\n".encode()))
    return tmp_path


@pytest.mark.parametrize(
    ("line", "share"),
    [
        (KNOWN, 1),
        (KNOWN.upper(), 1),
        ("tổ chức chính quyền địa phương, ngày 31 tháng 12", 1),
        ("ỦY BAN NHÂN DÂN XÃ", 1),
        ("căn cứ luật tổ chức hội", 1 / 2),
        ("căn cứ luật tổ chúc", 0),
        ("một hai ba bốn", None),
        ("", None),
    ],
    ids=["same", "capitals", "figures", "placement", "half", "none", "short", "empty"],
)
def test_share_of_fivegrams_seen(data: Path, line: str, share: float | None) -> None:
    assert overlap(line, training_fivegrams(data, data / "cache")) == share


def test_no_fivegram_reaches_over_a_line_end() -> None:
    assert len(fivegrams(["a b c d e f", "g h i j", "k l m n o"])) == 3
    assert len(fivegrams(["a b c", "d e f"])) == 0


def test_second_time_comes_from_the_cache(data: Path) -> None:
    first = training_fivegrams(data, data / "cache")
    (path,) = (data / "cache").iterdir()
    assert training_digest(data) in path.name
    np.save(path, first[:1])
    assert len(training_fivegrams(data, data / "cache")) == 1


def test_other_training_texts_are_counted_anew(data: Path) -> None:
    before = training_digest(data)
    (data / "corpus" / TRAINING[0]).write_bytes(zstandard.compress(b"x\n"))
    assert training_digest(data) != before
