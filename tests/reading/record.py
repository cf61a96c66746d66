# SPDX-License-Identifier: Apache-2.0
"""Makes the recordings anew: `python tests/reading/record.py`; needs Tesseract."""

from __future__ import annotations

import pytesseract
from PIL import Image
from recorded import FOLDER
from typeset import DIRECTIVE, paint

from pipeline.reading.enhance import enhance
from pipeline.settings import Settings


def record(name: str, page: Image.Image) -> None:
    copy = enhance(page, 200, Settings())
    table = pytesseract.image_to_data(
        Image.fromarray(copy.gray), lang="vie", config=f"--oem 1 --psm 3 --dpi {round(copy.dpi)}"
    )
    (FOLDER / f"{name}.tsv").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    record("directive", paint(DIRECTIVE, 200))
    record("upside_down", paint(DIRECTIVE, 200).rotate(180))
