# SPDX-License-Identifier: Apache-2.0
"""An archivist adds a line to `custom.tsv`, and the next run of the command uses it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.dictionary import folder

ROOT = Path(__file__).parent.parent
CLEAN = "Các cơ quan, đơn vị có trách nhiệm thực hiện nghiêm túc những nội dung của văn bản này."
GARBLED = "Cac co quan, don vi cé trach nhiém thyc hién nghiém tuc nhiing ndi dung cua vin ban nay."
# The command, with its dictionaries elsewhere.
COMMAND = """
import sys
from pathlib import Path
from pipeline import cli, dictionary

dictionary._FOLDERS = (Path(sys.argv.pop(1)),)
sys.exit(cli.main())
"""


@pytest.fixture(scope="module")
def dictionaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the dictionaries; the model is read where it is: nothing is built again."""
    copy = tmp_path_factory.mktemp("own") / "dictionaries"
    shutil.copytree(folder(), copy, ignore=shutil.ignore_patterns("build", "model"))
    (copy / "model").symlink_to(folder() / "model")
    return copy


def repaired(dictionaries: Path, rows: list[str], text: str) -> str:
    """What a new process makes of a text with these lines of an archivist."""
    custom = dictionaries / "custom.tsv"
    lines = ["phrase\tkind\tsource", *(row.replace("|", "\t") + "\tVăn thư huyện" for row in rows)]
    custom.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", COMMAND, dictionaries, "repair", "-"],
        input=text.encode(),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode()


@pytest.mark.parametrize(
    ("row", "context", "texts"),
    [
        (
            "sởn|syllable",
            CLEAN,
            (
                "Ủy ban nhân dân xã Lục Sởn báo cáo",
                "Ủy ban nhân dân xã Lục Sơn báo cáo",
                "Ủy ban nhân dân xã Lục Sởn báo cáo",
            ),
        ),
        (
            "tỉp|syllable",
            CLEAN,
            (
                "Trạm Y tế xã Mường Tỉp, huyện Kỳ Sơn",
                "Trạm Y tế xã Mường Típ, huyện Kỳ Sơn",
                "Trạm Y tế xã Mường Tỉp, huyện Kỳ Sơn",
            ),
        ),
        (
            "QLRPĐ|abbreviation",
            GARBLED,
            (
                "thyc hién QLRPD nam 2022",
                "thực hiện QLRPD năm 2022",
                "thực hiện QLRPĐ năm 2022",
            ),
        ),
        (
            "Phòng Quản lý rẽ soát nặng dần|agency",
            GARBLED,
            (
                "Phong Quan ly re soat nang dan",
                None,
                "Phòng Quản lý rẽ soát nặng dần",
            ),
        ),
    ],
)
def test_a_line_is_used_by_the_next_run(
    dictionaries: Path, row: str, context: str, texts: tuple[str, str | None, str]
) -> None:
    """Texts are what was seen, what becomes of it without the line (None: anything), and with."""
    seen, without, right = texts
    text = f"{context}\n{seen}\n{context}\n"
    before = repaired(dictionaries, [], text).split("\n")[1]
    assert before != right
    assert without is None or before == without
    assert repaired(dictionaries, [row], text).split("\n")[1] == right


def test_the_name_of_a_district_in_the_head(dictionaries: Path) -> None:
    """Of no list, and of syllables that no other name has in this order."""
    text = f"Khuon Rang, ngay 19 thang 9 nam 2022\n{GARBLED}\n"
    line = repaired(dictionaries, ["Khuôn Rặng|place"], text).split("\n")[0]
    assert line == "Khuôn Rặng, ngày 19 tháng 9 năm 2022"
