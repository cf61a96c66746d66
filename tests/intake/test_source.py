# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import hashlib
import struct
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from papers import A4, CLEAN, GARBLED, encoded, pdf_of, picture, scan_pdf
from PIL import Image

from pipeline.errors import (
    DamagedError,
    EmptyError,
    EncryptedError,
    InputError,
    NotADocumentError,
    PageTooLargeError,
    TooManyPagesError,
)
from pipeline.intake.kinds import identify
from pipeline.intake.sheet import Sheet
from pipeline.intake.source import open_source, open_text, sha256_of
from pipeline.model import Verdict
from pipeline.settings import Settings

SETTINGS = Settings()


def sheets(*paths: Path, settings: Settings = SETTINGS) -> list[Sheet]:
    """Open a document, decode every page, and return the sheets."""
    read = []
    with open_source(paths, paths[0].name, settings) as source:
        for sheet in source.sheets():
            if sheet.scan is not None:
                sheet.scan()
            read.append(sheet)
        assert len(read) == source.page_count
    return read


def refusal(kind: type[InputError], *paths: Path, settings: Settings = SETTINGS) -> str:
    with pytest.raises(kind) as caught:
        sheets(*paths, settings=settings)
    assert type(caught.value) is kind
    message = str(caught.value)
    assert "\n" not in message
    assert paths[0].name in message
    return message


def archive(path: Path, member: str) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(member, "x")
    return path


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"%PDF-1.7\n", "application/pdf"),
        ("mail.pdf", b"\r\nFrom somewhere\n%PDF-1.4\n", "application/pdf"),
        ("a.pdf", b"II*\x00rest", "image/tiff"),
        ("a", b"MM\x00*rest", "image/tiff"),
        ("a.pdf", b"\x89PNG\r\n\x1a\nrest", "image/png"),
        ("a.bin", b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        ("a.md", "Số: 194/KH-UBND".encode(), "text/plain"),
        ("a.txt", b"\xff\xfeS\x00", "text/plain"),
        ("a.txt", b"BMNN: theo ...", "text/plain"),
        ("a.txt", "Uû ban nh©n d©n".encode("cp1252"), "text/plain"),
    ],
)
def test_identify_goes_by_the_bytes(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert identify(path) == expected


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "print it to PDF first"),
        ("a.rtf", b"{\\rtf1 x}", "RTF document: print it to PDF first"),
        ("a.html", b"<!DOCTYPE html><p>", "web page"),
        ("a.gif", b"GIF89a\x01\x00", "save it as PNG or JPEG first"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "save it as PNG or JPEG first"),
        ("a.bmp", b"BM\x00\x00\x01\x00", "BMP picture"),
        ("a.bin", bytes(range(256)), "PDF, TIFF, PNG, JPEG and text files are read"),
        ("a.pdf", b"not a PDF at all", "text inside"),
        ("a.zip", b"PK\x03\x04 cut off", "damaged archive"),
    ],
)
def test_what_is_not_a_document(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(NotADocumentError, path)


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("word/document.xml", "a Word document: print it to PDF first"),
        ("xl/workbook.xml", "an Excel workbook"),
        ("content.xml", "an OpenDocument file"),
        ("scan.pdf", "a ZIP archive: unpack it first"),
    ],
)
def test_office_documents_are_named(tmp_path: Path, member: str, words: str) -> None:
    assert words in refusal(NotADocumentError, archive(tmp_path / "x.docx", member))


def test_empty_and_missing(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    assert "0 bytes" in refusal(EmptyError, empty)
    refusal(InputError, tmp_path / "gone.pdf")
    blank = tmp_path / "blank.txt"
    blank.write_text(" \n\f\n", encoding="utf-8")
    refusal(EmptyError, blank)


def test_pdf_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    pikepdf.new().save(path)
    refusal(EmptyError, path)


def test_a_password_for_reading_is_refused_one_for_changes_is_not(tmp_path: Path) -> None:
    plain = pdf_of(tmp_path / "plain.pdf", {"lines": CLEAN})
    locked, guarded = tmp_path / "locked.pdf", tmp_path / "guarded.pdf"
    with pikepdf.open(plain) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="chủ", user="khách"))
        pdf.save(guarded, encryption=pikepdf.Encryption(owner="chủ", user=""))
    assert "password" in refusal(EncryptedError, locked)
    assert [sheet.layer.verdict for sheet in sheets(guarded)] == [Verdict.CLEAN]


@pytest.mark.parametrize("style", ["plain", "linearized", "object streams", "scan"])
@pytest.mark.parametrize("part", [0.05, 0.3, 0.5, 0.7, 0.85, 0.93])
def test_cut_off_pdfs_are_damaged(tmp_path: Path, style: str, part: float) -> None:
    whole = tmp_path / "whole.pdf"
    if style == "scan":
        scan_pdf(whole, picture((414, 585)))
    else:
        pdf_of(tmp_path / "p.pdf", *({"lines": [*CLEAN, str(n)]} for n in range(4)))
        with pikepdf.open(tmp_path / "p.pdf") as pdf:
            modes = pikepdf.ObjectStreamMode
            mode = modes.generate if style == "object streams" else modes.disable
            pdf.save(whole, linearize=style == "linearized", object_stream_mode=mode)
    data = whole.read_bytes()
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(data[: int(len(data) * part)])
    if style == "linearized" and part > 0.9:  # all pages may be there, only tables are gone
        with contextlib.suppress(DamagedError):
            assert [s.lines for s in sheets(cut)] == [s.lines for s in sheets(whole)]
    else:
        assert "cut.pdf" in refusal(DamagedError, cut)


def test_a_pdf_that_only_lost_its_table_of_objects_is_read(tmp_path: Path) -> None:
    whole = pdf_of(tmp_path / "whole.pdf", {"lines": CLEAN}, {"picture": picture()})
    data = whole.read_bytes()
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(data.replace(b"startxref", b"startxxxx"))
    assert [sheet.lines for sheet in sheets(torn)] == [sheet.lines for sheet in sheets(whole)]


@pytest.mark.parametrize("key", ["/Contents", "/Im0", "/Count"])
def test_a_repaired_pdf_that_lacks_something_is_damaged(tmp_path: Path, key: str) -> None:
    path = scan_pdf(tmp_path / "scan.pdf", picture((414, 585)))
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        if key == "/Contents":
            del page.obj[key]
        elif key == "/Im0":
            del page.resources.XObject[key]
        pdf.save(tmp_path / "part.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = (tmp_path / "part.pdf").read_bytes().replace(b"startxref", b"startxxxx")
    if key == "/Count":
        data = data.replace(b"/Count 1", b"/Count 3")
    (tmp_path / "part.pdf").write_bytes(data)
    refusal(DamagedError, tmp_path / "part.pdf")


@pytest.mark.parametrize("content", [None, b"q 595.4 0 0 841.6 0 0 cm /Im0 Do Q 9 9 90 90 re f"])
def test_a_jpeg_cut_off_inside_a_whole_pdf_is_damaged(
    tmp_path: Path, content: bytes | None
) -> None:
    path = scan_pdf(tmp_path / "scan.pdf", content=content)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        stored = pdf.pages[0].resources.XObject.Im0
        jpeg = encoded(picture(), "JPEG")
        stored.write(jpeg[: len(jpeg) // 2], filter=pikepdf.Name.DCTDecode)
        pdf.save(path)
    refusal(DamagedError, path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
@pytest.mark.parametrize("part", [0.002, 0.1, 0.5, 0.9])
def test_cut_off_pictures_are_damaged_not_half_gray(tmp_path: Path, kind: str, part: float) -> None:
    data = encoded(picture(), kind)
    path = tmp_path / f"cut.{kind.lower()}"
    path.write_bytes(data[: max(int(len(data) * part), 24)])
    refusal(DamagedError, path)


def test_a_cut_off_fax_is_damaged(tmp_path: Path) -> None:
    pages = [picture(mode="1") for _ in range(3)]
    data = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    path = tmp_path / "fax.tif"
    path.write_bytes(data[: len(data) * 2 // 3])
    refusal(DamagedError, path)


def png_header(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    check = struct.pack(">I", zlib.crc32(chunk))
    idat = zlib.compress(b"")
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(header)) + chunk + check
    body = b"IDAT" + idat
    return data + struct.pack(">I", len(idat)) + body + struct.pack(">I", zlib.crc32(body))


def test_too_many_pixels_are_refused_before_decoding(tmp_path: Path) -> None:
    limit = Image.MAX_IMAGE_PIXELS
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(png_header(100_000, 100_000))
    message = refusal(PageTooLargeError, bomb)
    assert message.startswith("page 1 of bomb.png has 10,000 megapixels, 200 are allowed")
    poster = scan_pdf(tmp_path / "poster.pdf", media_box=(0, 0, 14_400, 14_400))
    refusal(PageTooLargeError, poster)
    small = Settings(max_megapixels=0.9)
    refusal(PageTooLargeError, scan_pdf(tmp_path / "scan.pdf"), settings=small)
    tiff = tmp_path / "a.tif"
    tiff.write_bytes(encoded(picture(), "TIFF"))
    refusal(PageTooLargeError, tiff, settings=small)
    jpeg = tmp_path / "a.jpg"
    jpeg.write_bytes(encoded(picture(), "JPEG"))
    refusal(PageTooLargeError, jpeg, settings=small)
    assert limit == Image.MAX_IMAGE_PIXELS


def test_a_large_picture_on_a_small_page_counts(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "scan.pdf", picture((2000, 2000)), media_box=(0, 0, 72, 72))
    assert "a picture on page 1" in refusal(
        PageTooLargeError, path, settings=Settings(max_megapixels=3.9)
    )


def test_too_many_pages_and_megabytes(tmp_path: Path) -> None:
    settings = Settings(max_pages=2)
    pdf = pdf_of(tmp_path / "a.pdf", *[{"lines": ["x"]}] * 3)
    assert "--max-pages" in refusal(TooManyPagesError, pdf, settings=settings)
    tiff = tmp_path / "a.tif"
    pages = [picture((100, 140)) for _ in range(3)]
    tiff.write_bytes(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    refusal(TooManyPagesError, tiff, settings=settings)
    text = tmp_path / "a.txt"
    text.write_text("a\fb\fc", encoding="utf-8")
    refusal(TooManyPagesError, text, settings=settings)
    refusal(InputError, pdf, settings=Settings(max_megabytes=0.001))


def test_page_images_are_one_document(tmp_path: Path) -> None:
    paths = tmp_path / "a-page-1.png", tmp_path / "a-page-2.jpg"
    paths[0].write_bytes(encoded(picture(), "PNG"))
    paths[1].write_bytes(encoded(picture((600, 800)), "JPEG"))
    with open_source(paths, "a", SETTINGS) as opened:
        assert opened.source.media_type == "image/*"
        assert opened.source.paths == paths
        assert opened.source.size == sum(path.stat().st_size for path in paths)
        assert [sheet.number for sheet in opened.sheets()] == [1, 2]
    text = tmp_path / "a.txt"
    text.write_text("x", encoding="utf-8")
    with pytest.raises(NotADocumentError), open_source((text, text), "a", SETTINGS):
        pass


def test_source_tells_the_bytes(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", {"lines": CLEAN})
    with open_source((path,), "in/a.pdf", SETTINGS) as opened:
        assert opened.source.name == "in/a.pdf"
        assert opened.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert opened.source.media_type == "application/pdf"
    assert sha256_of([path, path]) == hashlib.sha256(path.read_bytes() * 2).hexdigest()


MIXED = [
    ({"lines": CLEAN}, Verdict.CLEAN),
    ({"picture": picture(), "lines": GARBLED * 4, "mode": 3, "top": 820}, Verdict.GARBLED),
    ({"picture": picture(), "lines": ["Ký bởi: Ủy ban nhân dân tỉnh"], "top": 820}, "overlay"),
    ({"picture": picture()}, Verdict.NONE),
]


def test_each_page_has_its_own_verdict(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "mixed.pdf", *(page for page, _ in MIXED))
    read = sheets(path)
    assert [sheet.layer.verdict for sheet in read] == [verdict for _, verdict in MIXED]
    assert [line.text for line in read[0].lines] == CLEAN
    assert [(sheet.width, sheet.height) for sheet in read] == [pytest.approx(A4)] * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("\r\n".join(CLEAN) + "\fTrang 2\f").encode(encoding))
    first, second = sheets(path)
    assert first.text == "\n".join(CLEAN)
    assert (first.layer.verdict, first.lines, first.width) == (Verdict.CLEAN, (), None)
    assert (second.number, second.text) == (2, "Trang 2")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam".encode("cp1252"), "Cộng hoà xã hội chủ nghĩa"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam".encode("cp1252"), "Cộng hòa xã hội chủ nghĩa"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa"),
    ],
)
def test_legacy_text_is_converted(data: bytes | str, expected: str) -> None:
    with open_text(data, "-", SETTINGS) as opened:
        [sheet] = opened.sheets()
    assert sheet.text == f"{expected} Việt Nam"
    assert sheet.layer.verdict is Verdict.LEGACY
    assert opened.source.paths == ()


def test_stdin_must_be_text() -> None:
    with pytest.raises(NotADocumentError), open_text(b"\x00\x01\x02", "-", SETTINGS):
        pass
    with pytest.raises(EmptyError), open_text("", "-", SETTINGS):
        pass
