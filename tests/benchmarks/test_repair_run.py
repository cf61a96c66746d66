# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.repair_restorers import PEERS, SEEN, LineByLine
from benchmarks.repair_run import MissingRestorerError, RestorerError, run, score
from benchmarks.repair_sets import Document, Line, TextSet

SET = TextSet(
    "two",
    (
        Document("a", (Line(("vé",), ("về",)), Line(("5",), None))),
        Document("b", (Line(("các", "xã"), ("các", "xã")),)),
    ),
)


def fake(folder: Path, script: str) -> Path:
    """Return a "Python" that runs `script` whatever it is asked for."""
    path = folder / "python"
    path.write_text(f"#!{sys.executable}\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_what_was_seen_comes_back() -> None:
    done = run(SEEN, SET, Path("not asked for"))
    assert done.given == (([("vé", 1.0)], [("5", 1.0)]), ([("các", 1.0), ("xã", 1.0)],))
    assert done.syllables == 4
    assert done.load_seconds > 0
    assert score(SET, done, lambda _: True).figures()["all.right"] == 2 / 3
    assert score(SET, done, lambda line: line.seen == ("vé",)).figures()["all.right"] == 0


def test_without_an_environment_of_peers(tmp_path: Path) -> None:
    with pytest.raises(MissingRestorerError, match="make bench-peers"):
        run(PEERS[0], SET, tmp_path / "none" / "python")


def test_peer_that_is_not_installed(tmp_path: Path) -> None:
    python = fake(tmp_path, """print('{"missing": "No module named pyvi"}')""")
    with pytest.raises(MissingRestorerError, match="No module named pyvi"):
        run(PEERS[0], SET, python)


READY = """print('{"load_seconds": 0.1}', flush=True)"""
LOSES_LINES = """
import sys
for row in sys.stdin:
    print('{"seconds": 0.1, "lines": []}', flush=True)
"""


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("", "broke off"),
        (READY, "broke off"),
        (READY + LOSES_LINES, "made 0 lines of 2 in a"),
    ],
    ids=["dies at once", "dies at work", "loses lines"],
)
def test_peer_that_fails(tmp_path: Path, script: str, message: str) -> None:
    with pytest.raises(RestorerError, match=message):
        run(PEERS[0], SET, fake(tmp_path, script))


def test_a_line_that_fails_stays_as_seen_and_is_counted() -> None:
    known = {"vé": "về", "xa": "xã  hội"}
    restorer = LineByLine(known.__getitem__, failure=KeyError)
    assert restorer(["vé", "uus", "xa"]) == [
        [("về", 1.0)],
        [("uus", 1.0)],
        [("xã", 1.0), ("hội", 1.0)],
    ]
    assert restorer.failures == 1


def test_other_errors_are_not_hidden() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        LineByLine(lambda line: str(int(line)), failure=KeyError)(["vé"])
