# SPDX-License-Identifier: Apache-2.0
"""Born-digital pages on which pictures of a seal, a stamp and a signature were put."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.intake.pdf import open_pdf
from pipeline.model import Role, Verdict
from pipeline.reading.ocr import Tesseract
from pipeline.run import read_sheet
from pipeline.settings import Settings
from tests.reading.stamped import Stamp, stamped

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Page

SETTINGS = Settings()


def pages_of(path: Path) -> list[Page]:
    with open_pdf(path, SETTINGS) as document:
        return [read_sheet(sheet, SETTINGS, Tesseract()) for sheet in document.sheets(SETTINGS)]


def with_picture(source: Path, path: Path, picture: Image.Image, box: tuple[float, ...]) -> Path:
    """Return a copy of a PDF with a picture on its first page; box: x, y (from below), sides."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), *box)
    canvas.save()
    with pikepdf.open(source) as pdf, pikepdf.open(buffer) as overlay:
        pdf.pages[0].add_overlay(overlay.pages[0])
        pdf.save(path)
    return path


def test_seal_and_signature_put_on_a_typed_page_are_listed(samples: Path) -> None:
    first, last = pages_of(samples / "thong-bao-96.pdf")
    assert last.text_layer.verdict is Verdict.CLEAN
    assert {region.kind for region in last.regions} == {"seal", "signature"}
    assert first.regions == ()


def test_a_page_without_a_picture_of_a_stamps_size_is_not_looked_at(
    samples: Path, tmp_path: Path
) -> None:
    emblem = with_picture(
        samples / "thong-bao-96.pdf", tmp_path / "a.pdf",
        Image.new("RGB", (60, 60), "red"), (60, 780, 15, 15),
    )  # fmt: skip
    for path in (samples / "thong-bao-96.pdf", emblem):
        with open_pdf(path, SETTINGS) as document:
            first, last = document.sheets(SETTINGS)
        assert first.glance is None
        assert last.glance is not None


@pytest.mark.slow
def test_a_stamp_of_urgency_put_on_a_typed_page_is_read(samples: Path, tmp_path: Path) -> None:
    paper = Image.new("RGB", (1240, 1754), "white")
    scan = stamped(paper, Stamp(("HỎA TỐC",), 100, 100, 6.0), 150)
    part = scan.crop((60, 100, 360, 320))
    path = with_picture(
        samples / "thong-bao-96.pdf", tmp_path / "a.pdf", part, (60, 580, 144, 105.6)
    )
    page = pages_of(path)[0]
    assert [block.text for block in page.blocks if block.role is Role.URGENCY] == ["HỎA TỐC"]
