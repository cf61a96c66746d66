# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

# workers import the modules of this folder by name
sys.path.insert(0, str(Path(__file__).parent))

from runs import TEXT, settle, write


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two texts, settled long ago."""
    folder = tmp_path / "in"
    (folder / "a").mkdir(parents=True)
    write(folder / "a" / "x.txt", TEXT)
    write(folder / "b.txt", TEXT.replace("12/", "13/"))
    return folder


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A folder with one document of nine blank pages, which take no time to read."""
    folder = tmp_path / "album"
    folder.mkdir()
    pages = [Image.new("1", (850, 1100), 1) for _ in range(9)]
    pages[0].save(folder / "long.tif", save_all=True, append_images=pages[1:], dpi=(100, 100))
    settle(folder / "long.tif")
    return folder
