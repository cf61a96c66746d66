# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from papers import CLEAN, encoded, pdf_of, picture, scan_pdf
from PIL import Image

from pipeline.errors import MissingDependencyError, PageTooLargeError, ReadingTimeoutError
from pipeline.intake import raster
from pipeline.intake.pdf import PdfFile, open_pdf
from pipeline.intake.sheet import Scan
from pipeline.settings import Settings

SETTINGS = Settings()


def scans(path: Path, monkeypatch: pytest.MonkeyPatch, page: int = 0) -> tuple[Scan, Scan]:
    """Return a page as it is taken, and as poppler draws it."""
    with open_pdf(path, SETTINGS) as pdf:
        sheet = list(pdf.sheets(SETTINGS))[page]
        assert sheet.scan is not None
        taken = sheet.scan()
        with monkeypatch.context() as patch:
            patch.setattr(raster, "embedded", lambda *_: None)
            drawn = sheet.scan()
    assert drawn.origin == "rendered"
    return taken, drawn


def scan_of(pdf: PdfFile, settings: Settings = SETTINGS) -> Scan:
    sheet = next(pdf.sheets(settings))
    assert sheet.scan is not None
    return sheet.scan()


def difference(first: Scan, second: Scan) -> float:
    """Return the mean difference of gray values at 100 dpi, the grids at best one pixel apart.

    poppler rounds a page up to whole pixels, so that what it draws may be shifted by one.
    """
    one, two = (_gray(scan) for scan in (first, second))
    height, width = (min(sides) for sides in zip(one.shape, two.shape, strict=True))
    assert abs(one.shape[0] - two.shape[0]) + abs(one.shape[1] - two.shape[1]) <= 4
    return min(
        float(np.abs(one[:height, :width] - np.roll(two[:height, :width], shift, (0, 1))).mean())
        for shift in product((-1, 0, 1), repeat=2)
    )


def _gray(scan: Scan) -> np.ndarray:
    size = round(scan.image.width / scan.dpi * 100), round(scan.image.height / scan.dpi * 100)
    return np.asarray(scan.image.convert("L").resize(size, Image.Resampling.BOX), dtype=float)


PLACED = {
    "as it is": (b"q 595.4 0 0 841.6 0 0 cm /Im0 Do Q", 0, (827, 1169)),
    "turned left": (b"q 0 841.6 -595.4 0 595.4 0 cm /Im0 Do Q", 0, (1169, 827)),
    "turned right": (b"q 0 -841.6 595.4 0 0 841.6 cm /Im0 Do Q", 0, (1169, 827)),
    "upside down": (b"q -595.4 0 0 -841.6 595.4 841.6 cm /Im0 Do Q", 0, (827, 1169)),
    "with a margin": (b"q 575 0 0 812.8 10 15 cm /Im0 Do Q", 0, (827, 1169)),
    "larger than the page": (b"q 605 0 0 855.2 -4 -6 cm /Im0 Do Q", 0, (827, 1169)),
    "page turned": (b"q 595.4 0 0 841.6 0 0 cm /Im0 Do Q", 90, (827, 1169)),
    "page turned back": (b"q 0 841.6 -595.4 0 595.4 0 cm /Im0 Do Q", 270, (1169, 827)),
    "clipped to the page": (
        b"q 0 0 595.4 841.6 re W n 595.4 0 0 841.6 0 0 cm /Im0 Do Q",
        0,
        (827, 1169),
    ),
    "under hidden text": (
        b"q 595.4 0 0 841.6 0 0 cm /Im0 Do Q BT 3 Tr (x) Tj ET",
        0,
        (827, 1169),
    ),
}


@pytest.mark.parametrize("place", PLACED)
@pytest.mark.parametrize("mode", ["RGB", "L", "1"])
def test_taken_and_drawn_pages_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, mode: str
) -> None:
    content, rotation, size = PLACED[place]
    path = scan_pdf(tmp_path / "a.pdf", picture(size, mode), content=content, Rotate=rotation)
    taken, drawn = scans(path, monkeypatch)
    assert (taken.origin, taken.image.mode) == ("embedded", mode)
    assert taken.dpi == pytest.approx(drawn.dpi, abs=1)
    assert difference(taken, drawn) < 5
    assert (
        difference(replace(taken, image=taken.image.rotate(180)), drawn) > 12
    )  # the measure tells pages apart


UNUSUAL = {
    "text over it": b"q 595.4 0 0 841.6 0 0 cm /Im0 Do Q BT /F1 20 Tf 50 50 Td (x) Tj ET",
    "a drawing over it": b"q 595.4 0 0 841.6 0 0 cm /Im0 Do Q 0 0 50 50 re f",
    "skewed": b"q 595.4 -4 6 841.6 -3 2 cm /Im0 Do Q",
    "mirrored": b"q -595.4 0 0 841.6 595.4 0 cm /Im0 Do Q",
    "half a page": b"q 595.4 0 0 400 0 442 cm /Im0 Do Q",
    "cut by a clip": b"q 100 0 400 841.6 re W n 595.4 0 0 841.6 0 0 cm /Im0 Do Q",
    "another picture over it": b"q 595.4 0 0 841.6 0 0 cm /Im0 Do Q q 80 0 0 60 9 9 cm /Im0 Do Q",
}


@pytest.mark.parametrize("content", UNUSUAL.values(), ids=UNUSUAL.keys())
def test_what_is_not_just_a_scan_is_drawn(tmp_path: Path, content: bytes) -> None:
    path = scan_pdf(tmp_path / "a.pdf", content=content)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.pages[0].resources.Font = pikepdf.Dictionary(F1=font)
        pdf.save(path)
    with open_pdf(path, SETTINGS) as pdf:
        [sheet] = pdf.sheets(SETTINGS)
        assert sheet.scan is not None
        scan = sheet.scan()
    assert scan.origin == "rendered"
    assert scan.image.width / scan.dpi * 72 == pytest.approx(sheet.width, abs=1)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Decode", [1, 0]),
        ("ImageMask", True),
        ("ColorSpace", ["/Separation", "/Black", "/DeviceGray"]),
        ("SMask", "itself"),
    ],
)
def test_pictures_that_are_not_stored_plainly_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: object
) -> None:
    path = scan_pdf(tmp_path / "a.pdf", picture(mode="L"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        stored = pdf.pages[0].resources.XObject.Im0
        if key == "SMask":
            stored[f"/{key}"] = pdf.make_stream(b"\xff" * 9)
        elif isinstance(value, list) and isinstance(value[0], str):
            stored[f"/{key}"] = pikepdf.Array([pikepdf.Name(item) for item in value])
        else:
            stored[f"/{key}"] = value
        page = pdf.pages[0]
        with open_pdf(scan_pdf(tmp_path / "plain.pdf", picture(mode="L")), SETTINGS) as plain_pdf:
            [sheet] = plain_pdf.sheets(SETTINGS)
            survey = sheet.scan.args[3]  # type: ignore[union-attr]
        assert raster.embedded(page, survey.sole, survey, "page 1") is None


def test_inverted_pictures_come_out_right(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", picture(mode="L").point(lambda value: 255 - value))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].resources.XObject.Im0.Decode = [1, 0]
        pdf.save(path)
    with open_pdf(path, SETTINGS) as pdf:
        assert difference(scan_of(pdf), Scan(picture(mode="L"), 100, "")) < 4


@pytest.mark.parametrize("kind", ["JPEG", "CMYK", "fax"])
def test_stored_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    image = picture(mode={"JPEG": "RGB", "CMYK": "CMYK", "fax": "1"}[kind])
    if kind == "fax":
        file = tmp_path / "fax.tif"
        file.write_bytes(encoded(image, "TIFF", compression="group4", tiffinfo={278: 1169}))
        with Image.open(file) as tiff:
            [start], [length] = tiff.tag_v2[273], tiff.tag_v2[279]
        path = scan_pdf(tmp_path / "a.pdf", image)
        data = file.read_bytes()[start : start + length]
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            parameters = pikepdf.Dictionary(K=-1, Columns=827, Rows=1169, BlackIs1=True)
            pdf.pages[0].resources.XObject.Im0.write(
                data, filter=pikepdf.Name.CCITTFaxDecode, decode_parms=parameters
            )
            pdf.save(path)
    else:
        file = tmp_path / "a.jpg"
        file.write_bytes(encoded(image, "JPEG", quality=90))
        path = pdf_of(tmp_path / "a.pdf", {"picture": str(file)})
    taken, drawn = scans(path, monkeypatch)
    assert taken.origin == ("rendered" if kind == "CMYK" else "embedded")
    assert difference(taken, drawn) < 5
    assert difference(taken, Scan(picture(), 100, "")) < 20


def test_a_fax_gets_square_pixels(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", picture((1654, 585), "1"))
    with open_pdf(path, SETTINGS) as pdf:
        scan = scan_of(pdf)
    assert scan.dpi == pytest.approx(200, abs=1)
    assert scan.image.size == pytest.approx((1654, 2340), abs=2)


def test_drawn_pages_show_the_crop_box(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", {"lines": CLEAN})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].cropbox = [50, 500, 450, 800]
        pdf.save(path)
    with open_pdf(path, SETTINGS) as pdf:
        [sheet] = pdf.sheets(SETTINGS)
        assert (sheet.width, sheet.height) == (400, 300)
        assert sheet.scan is not None
        scan = sheet.scan()
    assert scan.image.size == pytest.approx((1111, 833), abs=1)
    assert scan.dpi == pytest.approx(200, abs=0.5)


def test_without_poppler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf_of(tmp_path / "a.pdf", {"lines": CLEAN})
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        open_pdf(path, SETTINGS) as pdf,
        pytest.raises(MissingDependencyError, match="apt-get install poppler-utils"),
    ):
        scan_of(pdf)
    with pytest.raises(MissingDependencyError, match="apt-get install poppler-utils"):
        raster.poppler_version()


def test_poppler_version() -> None:
    major, minor = raster.poppler_version().split(".")
    assert int(major) >= 20
    assert int(minor) <= 12


def test_a_hanging_poppler_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(reading_timeout=1)
    path = pdf_of(tmp_path / "a.pdf", {"lines": CLEAN})
    program = tmp_path / "pdftoppm"
    program.write_text(
        "#!/bin/sh\n[ $1 = -v ] && { echo pdftoppm version 22.12.0 >&2; exit; }\nexec sleep 30\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with (
        open_pdf(path, settings) as pdf,
        pytest.raises(ReadingTimeoutError, match="page 1 of a"),
    ):
        scan_of(pdf, settings)


def test_a_drawn_page_is_measured_first(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", picture((1654, 2339)), content=UNUSUAL["skewed"])
    with open_pdf(path, SETTINGS) as pdf, pytest.raises(PageTooLargeError):
        scan_of(pdf, Settings(max_megapixels=3))


@pytest.mark.parametrize("name", ["quangngai-04ct.pdf", "quangngai-11ct.pdf"])
def test_real_scans_agree(shared_data: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    taken, drawn = scans(shared_data / "scans" / name, monkeypatch, page=1)
    assert taken.origin == "embedded"
    assert difference(taken, drawn) < 5
