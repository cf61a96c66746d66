# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from toy import Toy, toy


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    """The model of the toy sentences, nothing pruned."""
    return toy(tmp_path_factory.mktemp("toy"))
