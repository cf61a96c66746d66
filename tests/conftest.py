# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    """The documents that come with the project."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real scans with true texts, for measuring; not part of the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the measuring data (../shared/data) is not on this machine")
    return folder
