# SPDX-License-Identifier: Apache-2.0
"""Files that mean harm are refused, or read, within a little memory and time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import bombs
import hostile
import pytest
from papers import CLEAN, encoded, pdf_of, picture, scan_pdf
from PIL import Image
from verdicts import Verdict, verdicts

from pipeline.errors import (
    DamagedError,
    EncryptedError,
    InputError,
    SohoaError,
    TooManyPagesError,
)
from pipeline.intake.images import count_frames, image_sheets
from pipeline.intake.source import open_source
from pipeline.settings import Settings

SETTINGS = Settings()
Make = Callable[[Path], Path]


def judged(make: Make, path: Path, **limits: object) -> Verdict:
    """Return what becomes of a file in 700 megabytes."""
    [verdict] = verdicts([make(path)], megabytes=700, **limits)  # type: ignore[arg-type]
    return verdict


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (bombs.content_bomb, "PageTooLargeError", "unpacks to more than 128 megabytes"),
        (bombs.twice_packed_bomb, "PageTooLargeError", "unpacks to more than"),
        (bombs.font_bomb, "PageTooLargeError", "unpacks to more than"),
        (bombs.lzw_bomb, "PageTooLargeError", "unpacks to more than"),
        (bombs.object_stream_bomb, "DamagedError", "damaged"),
        (bombs.huge_jpeg, "PageTooLargeError", "3,600 megapixels, 200 are allowed"),
        (bombs.huge_jpeg_2000, "PageTooLargeError", "3,600 megapixels"),
        (bombs.huge_picture_deep_in_forms, "PageTooLargeError", "1,600 megapixels"),
        (bombs.huge_mask, "PageTooLargeError", "1,600 megapixels"),
        (bombs.huge_picture_in_a_pattern, "PageTooLargeError", "1,600 megapixels"),
        (bombs.huge_picture_in_an_annotation, "PageTooLargeError", "1,600 megapixels"),
        (hostile.forms_that_multiply, "DamagedError", "forms within forms"),
        (hostile.page_tree_in_a_circle, "DamagedError", "damaged"),
        (hostile.page_its_own_parent, "DamagedError", "damaged"),
        (hostile.one_page_a_million_times, "DamagedError", "damaged"),
        (hostile.deep_page_tree, "DamagedError", "damaged"),
        (hostile.nested_arrays, "DamagedError", "damaged"),
        (bombs.fax_bomb, "DamagedError", "damaged"),
    ],
)
def test_a_pdf_that_would_eat_memory_or_time_is_refused(
    tmp_path: Path, make: Make, error: str, words: str
) -> None:
    verdict = judged(make, tmp_path / "a.pdf", seconds=20)
    assert (verdict.error, verdict.pages) == (error, 0)
    assert words in verdict.message
    assert "a.pdf" in verdict.message
    assert verdict.megabytes < 250


@pytest.mark.parametrize(
    ("make", "settings"),
    [
        (bombs.picture_bomb, {"max_megapixels": 30}),
        (hostile.names_that_multiply, {}),
        (hostile.form_in_itself, {}),
        (hostile.forms_one_in_another, {}),
        (hostile.nested_content, {}),
        (bombs.jbig2_bomb, {}),
    ],
)
def test_a_pdf_in_circles_ends(tmp_path: Path, make: Make, settings: dict[str, float]) -> None:
    verdict = judged(make, tmp_path / "a.pdf", seconds=40, **settings)
    assert verdict.is_foreseen, verdict
    assert verdict.megabytes < 500


def test_a_picture_without_end_in_the_content_is_given_up(tmp_path: Path) -> None:
    verdict = judged(bombs.inline_picture, tmp_path / "a.pdf", seconds=60, reading_timeout=1)
    assert verdict.is_foreseen, verdict
    assert verdict.megabytes < 300


@pytest.mark.parametrize(
    ("make", "name", "error"),
    [
        (bombs.png_bomb, "a.png", "PageTooLargeError"),
        (bombs.png_text_bomb, "a.png", "DamagedError"),
        (bombs.png_profile_bomb, "a.png", "DamagedError"),
        (bombs.png_with_more_rows, "a.png", ""),
        (bombs.tiff_bomb, "a.tif", "PageTooLargeError"),
        (bombs.tiff_of_many_pages, "a.tif", "TooManyPagesError"),
    ],
)
def test_a_picture_that_would_eat_memory_or_time_is_refused(
    tmp_path: Path, make: Make, name: str, error: str
) -> None:
    verdict = judged(make, tmp_path / name, seconds=10)
    assert verdict.error == error
    assert verdict.megabytes < 50


def test_the_largest_page_allowed_takes_no_more_than_a_few_copies(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (3000, 3000), (0, 0, 0, 0)).save(path)
    [verdict] = verdicts([path], max_megapixels=9)
    assert (verdict.error, verdict.pages) == ("", 1)
    assert verdict.megabytes < 9 * 4 * 5


def test_a_small_bound_is_put_back(tmp_path: Path) -> None:
    import pikepdf  # noqa: PLC0415

    before = pikepdf.settings.get_qpdf_limits()
    with (
        pytest.raises(SohoaError),
        open_source((bombs.object_stream_bomb(tmp_path / "a.pdf", 1 << 28),), "a", SETTINGS),
    ):
        pass
    with open_source((pdf_of(tmp_path / "b.pdf", {"lines": CLEAN}),), "b", SETTINGS):
        assert pikepdf.settings.get_qpdf_limits() != before
    assert pikepdf.settings.get_qpdf_limits() == before


def lines_of(path: Path) -> list[str]:
    with open_source((path,), path.name, SETTINGS) as source:
        [sheet] = source.sheets()
        assert sheet.scan is not None
        assert sheet.scan().image.size[0] > 500
        return [line.text for line in sheet.lines]


@pytest.mark.parametrize(
    "make", [hostile.with_program, hostile.with_attachments, hostile.with_form]
)
def test_programs_attachments_and_forms_do_no_harm(tmp_path: Path, make: Make) -> None:
    before = set(os.listdir(tmp_path))  # noqa: PTH208 - names only
    found = lines_of(make(tmp_path / "a.pdf"))
    assert found[0] == bombs.LINE
    assert found[1:] == (["12-2024"] if make is hostile.with_form else [])
    assert set(os.listdir(tmp_path)) - before == {"a.pdf"}  # noqa: PTH208


def test_the_page_of_an_xfa_form_is_read_as_it_stands(tmp_path: Path) -> None:
    assert lines_of(hostile.with_form(tmp_path / "a.pdf", xfa=True)) == [bombs.LINE, "12-2024"]


def test_an_empty_password_opens_and_a_real_one_is_told(tmp_path: Path) -> None:
    assert lines_of(hostile.locked(tmp_path / "a.pdf", user="")) == [bombs.LINE]
    with pytest.raises(EncryptedError, match="asks for a password"):
        lines_of(hostile.locked(tmp_path / "b.pdf", user="bí mật"))


def test_a_broken_table_of_objects_is_made_again(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", {"lines": CLEAN})
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n")
    assert lines_of(path) == CLEAN


@pytest.mark.parametrize("ending", ["tif", "png", "txt", "docx", ""])
def test_a_wrong_ending_is_no_matter(tmp_path: Path, ending: str) -> None:
    path = pdf_of(tmp_path / "a.pdf", {"lines": CLEAN}).rename(tmp_path / f"a.{ending}".rstrip("."))
    assert lines_of(path) == CLEAN


def test_only_a_tiff_has_pages(tmp_path: Path) -> None:
    assert count_frames(bombs.film_of_pictures(tmp_path / "a.png"), SETTINGS) == 1
    path = tmp_path / "phone.jpg"
    pictures = [picture((200, 280)), picture((100, 140))]
    path.write_bytes(encoded(pictures[0], "MPO", save_all=True, append_images=pictures[1:]))
    [sheet] = image_sheets([path], SETTINGS)
    assert sheet.scan is not None
    assert sheet.scan().image.size == (200, 280)


def test_pages_are_counted_before_they_are_unfolded(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", *[{"lines": ["x"]}] * 4)
    with pytest.raises(TooManyPagesError, match="3 are allowed"):
        lines_of_all(path, Settings(max_pages=3))
    assert lines_of_all(path, Settings(max_pages=4)) == 4


def lines_of_all(path: Path, settings: Settings) -> int:
    with open_source((path,), path.name, settings) as source:
        return len(list(source.sheets()))


def test_a_stamp_in_a_form_in_a_form_is_no_maze(tmp_path: Path) -> None:
    path = hostile.forms_that_multiply(tmp_path / "a.pdf", levels=3)
    [verdict] = verdicts([path])
    assert (verdict.error, verdict.pages) == ("", 1)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path("/dev/zero")):
        with pytest.raises(InputError, match="is no file"), open_source((path,), "x", SETTINGS):
            pass


def test_a_text_has_a_limit_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Giao " * 10_200_000)
    with pytest.raises(InputError, match="51 megabytes of text, 50 are allowed"):
        lines_of_all(path, SETTINGS)


@pytest.mark.parametrize(
    "name",
    [
        "kế hoạch 58 (bản 2).pdf",
        "Quye\u0302\u0301t -di\u0323nh.pdf",  # NFD
        "hai\ndòng.pdf",
        "-r.pdf",
        "--help",
        "a" * 251 + ".pdf",
        os.fsdecode(b"c\xf4ng v\xe3n.pdf"),
    ],
)
def test_any_name_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    drawn = b"q 595 0 0 800 0 0 cm /Im0 Do Q 0 0 m 9 9 l S"  # by poppler
    scan_pdf(tmp_path / "plain.pdf", picture((414, 585)), content=drawn).rename(tmp_path / name)
    with open_source((Path(name),), "a", SETTINGS) as source:
        [sheet] = source.sheets()
        assert sheet.scan is not None
        assert sheet.scan().origin == "rendered"
    Path(name).write_bytes(Path(name).read_bytes()[:2000])
    with pytest.raises(DamagedError) as caught, open_source((Path(name),), "a", SETTINGS):
        pass
    assert str(caught.value).encode().decode().count("\n") == 0
