# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from papers import encoded, picture
from PIL import Image

from pipeline.errors import DamagedError
from pipeline.intake.images import count_frames, image_sheets
from pipeline.intake.pixels import decoding, plain
from pipeline.intake.sheet import Scan, Sheet
from pipeline.model import Verdict
from pipeline.settings import Settings

SETTINGS = Settings()


def written(path: Path, image: Image.Image, kind: str, **options: object) -> Path:
    path.write_bytes(encoded(image, kind, **options))
    return path


def only(path: Path) -> tuple[Sheet, Scan]:
    [sheet] = image_sheets([path], SETTINGS)
    assert sheet.scan is not None
    return sheet, sheet.scan()


@pytest.mark.parametrize(
    ("size", "tag", "expected"),
    [
        ((827, 1169), (100, 100), 100),
        ((2480, 3508), (300, 300), 300),
        ((2480, 3508), (72, 72), 300),  # would be a page of 875 x 1,238 mm
        ((2480, 3508), None, 300),
        ((3508, 2480), None, 300),
        ((1080, 1529), (1, 1), 131),
        ((576, 960), (96, 96), 96),
        ((827, 1169), (1200, 1200), 100),  # would be a stamp
    ],
)
def test_resolution(
    tmp_path: Path, size: tuple[int, int], tag: tuple[int, int] | None, expected: float
) -> None:
    options = {"dpi": tag} if tag else {}
    path = written(tmp_path / "a.png", Image.new("L", size, 255), "PNG", **options)
    sheet, scan = only(path)
    assert scan.dpi == pytest.approx(expected, abs=0.7)
    assert sheet.width == pytest.approx(size[0] / scan.dpi * 72)
    assert sheet.height == pytest.approx(size[1] / scan.dpi * 72)
    assert sheet.layer.verdict is Verdict.NONE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(tmp_path: Path, orientation: int) -> None:
    upright = picture((400, 600))
    methods = Image.Transpose
    undo = {
        2: methods.FLIP_LEFT_RIGHT, 3: methods.ROTATE_180, 4: methods.FLIP_TOP_BOTTOM,
        5: methods.TRANSPOSE, 6: methods.ROTATE_90, 7: methods.TRANSVERSE, 8: methods.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = written(tmp_path / "a.jpg", stored, "JPEG", exif=exif, dpi=(72, 72), quality=95)
    sheet, scan = only(path)
    assert scan.image.size == (400, 600)
    assert (
        np.abs(np.subtract(scan.image.convert("L"), upright.convert("L"), dtype=float)).mean() < 5
    )
    assert (sheet.width or 0) < (sheet.height or 0)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_modes_become_plain(tmp_path: Path, mode: str) -> None:
    image = picture((200, 280))
    if mode == "I;16":
        wide = np.asarray(image.convert("L"), dtype=np.uint16) * 257
        image = Image.fromarray(wide)
        assert image.mode == "I;16"
    else:
        image = image.convert(mode)
    path = written(tmp_path / "a.tif", image, "TIFF")
    _, scan = only(path)
    assert scan.image.mode in ("1", "L", "RGB")
    expected = np.asarray(picture((200, 280)).convert("L"), dtype=float)
    assert np.abs(np.asarray(scan.image.convert("L"), dtype=float) - expected).mean() < 6


def test_transparent_pixels_are_paper(tmp_path: Path) -> None:
    image = Image.new("RGBA", (100, 140), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (10, 10, 20, 20))
    _, scan = only(written(tmp_path / "a.png", image, "PNG"))
    assert scan.image.getpixel((50, 50)) == (255, 255, 255)
    assert scan.image.getpixel((15, 15)) == (255, 0, 0)
    indexed = Image.new("P", (100, 140), 0)
    indexed.putpalette([0, 0, 0] * 256)
    path = written(tmp_path / "p.png", indexed, "PNG", transparency=0)
    assert only(path)[1].image.getpixel((50, 50)) == (255, 255, 255)


def test_small_values_in_wide_pixels_stay_visible() -> None:
    image = Image.fromarray(np.full((4, 4), 200, dtype=np.int32))
    assert plain(image).getpixel((0, 0)) == 200


def test_tiff_pages_are_read_one_by_one(tmp_path: Path) -> None:
    pages = [picture((200 + 20 * n, 280), "1") for n in range(3)]
    path = written(
        tmp_path / "a.tif", pages[0], "TIFF", save_all=True, append_images=pages[1:],
        compression="group4", dpi=(25, 25),
    )  # fmt: skip
    assert count_frames(path, SETTINGS) == 3
    sheets = list(image_sheets([path], SETTINGS))
    for number in (2, 0, 1):  # in any order, each from the file
        sheet = sheets[number]
        assert sheet.number == number + 1
        assert sheet.scan is not None
        assert np.array_equal(np.asarray(sheet.scan().image), np.asarray(pages[number]))


def test_fax_pages_get_square_pixels(tmp_path: Path) -> None:
    path = written(tmp_path / "fax.tif", Image.new("1", (1728, 1146), 1), "TIFF", dpi=(204, 98))
    sheet, scan = only(path)
    assert scan.dpi == 204
    assert scan.image.size == (1728, 2386)
    assert (sheet.width, sheet.height) == pytest.approx((610, 842), abs=1)


def test_pages_of_several_files_are_numbered_on(tmp_path: Path) -> None:
    pages = [picture((100, 140)) for _ in range(2)]
    first = written(tmp_path / "1.tif", pages[0], "TIFF", save_all=True, append_images=pages[1:])
    second = written(tmp_path / "2.png", pages[0], "PNG")
    assert [sheet.number for sheet in image_sheets([first, second], SETTINGS)] == [1, 2, 3]


def test_pillow_is_left_as_it_was() -> None:
    limit = Image.MAX_IMAGE_PIXELS
    with decoding("a.png"):
        assert Image.MAX_IMAGE_PIXELS is None
    with pytest.raises(DamagedError, match=r"a\.png is damaged"), decoding("a.png"):
        raise OSError("broken data stream")
    assert limit == Image.MAX_IMAGE_PIXELS
