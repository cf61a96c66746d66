# SPDX-License-Identifier: Apache-2.0
"""The samples, read for real, must not fall below the pinned floors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_samples_stay_above_their_floors(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.evaluate", "--check", "-o", tmp_path / "scores.json"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
