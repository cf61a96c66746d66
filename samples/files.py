# SPDX-License-Identifier: Apache-2.0
"""Writes scanned pages to the kinds of file that scanners and offices send."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytesseract
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from samples.damage import Damage, Pixels

LINE = 4  # the level of a line in Tesseract's table
DESCENT = 0.21  # share of Helvetica's height that hangs under the baseline


def _jpeg(page: Pixels, damage: Damage) -> bytes:
    out = io.BytesIO()
    Image.fromarray(page).save(
        out, "JPEG", quality=damage.quality, dpi=(damage.dpi, damage.dpi), optimize=True
    )
    return out.getvalue()


def foreign_words(page: Pixels, dpi: int) -> bytes:
    """Return invisible text as an engine that knows only English reads the page.

    Offices get such PDFs from copiers whose OCR was never told the language: what looks like a
    text layer is `Uy ban nhan dan`. Positions are kept, the letters are wrong.
    """
    scale, height = 72 / dpi, page.shape[0]
    read = pytesseract.image_to_data(
        Image.fromarray(page),
        lang="eng",
        config=f"--dpi {dpi}",
        output_type=pytesseract.Output.DICT,
    )
    parts, size, foot = [b"BT 3 Tr"], 0.0, 0.0
    fields = ("level", "text", "left", "top", "width", "height")
    for level, text, x, y, w, h in zip(*(read[name] for name in fields), strict=True):
        if level == LINE:  # its words share one size and one baseline
            size = h * scale
            foot = (height - y - h) * scale + size * DESCENT
        if not text.strip():
            continue
        stretch = 100 * w * scale / stringWidth(text, "Helvetica", size)
        raw = text.encode("cp1252", "replace")
        escaped = raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        place = f"/F0 {size:.1f} Tf {stretch:.0f} Tz 1 0 0 1 {x * scale:.2f} {foot:.2f} Tm "
        parts.append(place.encode("ascii") + b"(" + escaped + b") Tj")
    return b"\n".join([*parts, b"ET"])


def write_scan_pdf(
    pages: Sequence[Pixels], damage: Damage, path: Path, *, foreign_text: bool
) -> None:
    """Write a PDF of one JPEG a page, with a wrong text layer if asked; same pages, same bytes."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for page in pages:
        high, wide = page.shape[:2]
        image = pikepdf.Stream(pdf, _jpeg(page, damage))
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent = wide, high, 8
        image.ColorSpace = pikepdf.Name.DeviceRGB if page.ndim == 3 else pikepdf.Name.DeviceGray
        image.Filter = pikepdf.Name.DCTDecode
        size = (round(wide * 72 / damage.dpi, 2), round(high * 72 / damage.dpi, 2))
        sheet = pdf.add_blank_page(page_size=size)
        sheet.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im0=image), Font=pikepdf.Dictionary(F0=font)
        )
        content = f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im0 Do Q\n".encode("ascii")
        layer = foreign_words(page, damage.dpi) if foreign_text else b""
        sheet.Contents = pdf.make_stream(content + layer)
    pdf.save(path, deterministic_id=True)


def write_tiff(pages: Sequence[Pixels], damage: Damage, path: Path) -> None:
    """Write a multi-page TIFF of 1 bit, packed as fax machines do (CCITT group 4)."""
    frames = [Image.fromarray(page).convert("1", dither=Image.Dither.NONE) for page in pages]
    frames[0].save(
        path,
        save_all=True,
        append_images=frames[1:],
        compression="group4",
        dpi=(damage.dpi, damage.dpi),
    )


def write_page_images(pages: Sequence[Pixels], damage: Damage, folder: Path, stem: str) -> None:
    """Write one JPEG a page, named `<stem>-page-N.jpg`."""
    for number, page in enumerate(pages, start=1):
        (folder / f"{stem}-page-{number}.jpg").write_bytes(_jpeg(page, damage))


def write_png(page: Pixels, damage: Damage, path: Path) -> None:
    """Write one grey page as a PNG of 16 levels, as a small office scanner does to save room."""
    Image.fromarray(page).quantize(16, dither=Image.Dither.NONE).save(
        path, dpi=(damage.dpi, damage.dpi), optimize=True
    )
