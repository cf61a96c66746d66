# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from papers import A4, CLEAN, GARBLED, legacy_pdf, pdf_of, picture, scan_pdf
from test_legacy import encode

from pipeline.intake.legacy import Encoding
from pipeline.intake.pdf import open_pdf
from pipeline.intake.sheet import Sheet
from pipeline.model import Verdict
from pipeline.settings import Settings

SETTINGS = Settings()


def sheets(path: Path) -> list[Sheet]:
    with open_pdf(path, SETTINGS) as pdf:
        return list(pdf.sheets(SETTINGS))


def texts(sheet: Sheet) -> list[str]:
    return [line.text for line in sheet.lines]


def test_lines_have_their_places(tmp_path: Path) -> None:
    [sheet] = sheets(pdf_of(tmp_path / "a.pdf", {"lines": CLEAN}))
    assert texts(sheet) == CLEAN
    first = sheet.lines[0]
    assert [word.text for word in first.words] == ["ỦY", "BAN", "NHÂN", "DÂN"]
    box = first.box
    assert box is not None
    assert box.x0 == pytest.approx(72, abs=1.5)
    assert box.y1 == pytest.approx(A4[1] - 780, abs=3)  # the base line, from the top
    assert 6 < box.height < 14
    assert all(word.confidence is None and word.edit is None for word in first.words)


TURNED = {
    90: "0 1 -1 0 842 0 cm",
    180: "-1 0 0 -1 595 842 cm",
    270: "0 -1 1 0 0 595 cm",
}


@pytest.mark.parametrize("rotation", TURNED)
def test_a_turned_page_reads_as_it_is_shown(tmp_path: Path, rotation: int) -> None:
    plain = pdf_of(tmp_path / "plain.pdf", {"lines": CLEAN})
    turned = tmp_path / "turned.pdf"
    with pikepdf.open(plain) as pdf:
        page = pdf.pages[0]
        media = (0, 0, 595, 842) if rotation == 180 else (0, 0, 842, 595)
        page.mediabox = media
        page.contents_add(f"q {TURNED[rotation]}\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.obj.Rotate = rotation
        pdf.save(turned)
    [expected], [sheet] = sheets(plain), sheets(turned)
    assert (sheet.width, sheet.height) == (595, 842)
    assert texts(sheet) == texts(expected)
    for line, other in zip(sheet.lines, expected.lines, strict=True):
        assert line.box is not None
        assert other.box is not None
        assert line.box.x0 == pytest.approx(other.box.x0, abs=1)
        assert line.box.y0 == pytest.approx(other.box.y0, abs=1)


def test_what_is_cropped_away_is_not_read(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", {"lines": CLEAN})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].cropbox = [60, 700, 595, 770]
        pdf.save(path)
    [sheet] = sheets(path)
    assert (sheet.width, sheet.height) == (535, 70)
    assert texts(sheet) == CLEAN[1:5]
    assert sheet.lines[0].box is not None
    assert sheet.lines[0].box.x0 == pytest.approx(12, abs=1.5)


def test_user_units_are_points(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", {"lines": CLEAN})
    [plain] = sheets(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.UserUnit = 2
        pdf.save(path)
    [sheet] = sheets(path)
    assert sheet.width == pytest.approx(2 * A4[0], abs=0.1)
    assert sheet.lines[0].box is not None
    assert plain.lines[0].box is not None
    assert sheet.lines[0].box.x0 == pytest.approx(2 * plain.lines[0].box.x0, abs=0.1)


def head(left: list[str], right: list[str]) -> bytes:
    rows = []
    for row, (one, two) in enumerate(zip(left, right, strict=True)):
        y = 780 - 18 * row
        rows.append(f"BT /F1 12 Tf {80 + 8 * row} {y} Td ({one}) Tj ET")
        rows.append(f"BT /F1 12 Tf 290 {y} Td ({two}) Tj ET")
    return "\n".join(rows).encode()


def with_font(path: Path, content: bytes, **keys: object) -> Path:
    legacy_pdf(path, [], "Helvetica")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.obj.Contents = pdf.make_stream(content)
        for key, value in keys.items():
            page.obj[f"/{key}"] = value
        pdf.save(path)
    return path


def test_columns_of_the_head_do_not_run_into_each_other(tmp_path: Path) -> None:
    left = ["UY BAN NHAN DAN", "HUYEN LUC NAM"]
    right = ["CONG HOA XA HOI CHU NGHIA", "Doc lap - Tu do"]
    [sheet] = sheets(with_font(tmp_path / "a.pdf", head(left, right)))
    assert sorted(texts(sheet)) == sorted(left + right)


def test_a_watermark_is_not_read(tmp_path: Path) -> None:
    content = b"BT /F1 12 Tf 80 700 Td (Nguyen Van A) Tj ET q 0.7 0.7 -0.7 0.7 200 300 cm "
    content += b"BT /F1 40 Tf 0 0 Td (BAN SAO) Tj ET Q"
    [sheet] = sheets(with_font(tmp_path / "a.pdf", content))
    assert texts(sheet) == ["Nguyen Van A"]


def test_a_number_written_as_annotation_stands_in_its_line(tmp_path: Path) -> None:
    """Signing programs fill number and day in like this (born-digital notices of Quảng Ngãi)."""
    content = b"BT /F1 12 Tf 80 700 Td (So:) Tj 60 0 Td (/TB-UBND) Tj ET"
    path = with_font(tmp_path / "a.pdf", content)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].resources.Font
        look = pdf.make_stream(b"BT /F1 12 Tf 0.98 0.2 -0.2 0.98 2 3 Tm (11) Tj ET")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox, look.Resources = [0, 0, 30, 20], pikepdf.Dictionary(Font=font)
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=[108, 697, 138, 717],
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(stamp)])
        pdf.save(path)
    [sheet] = sheets(path)
    assert texts(sheet) == ["So: 11 /TB-UBND"]


@pytest.mark.parametrize(
    ("encoding", "font"),
    [(Encoding.TCVN3, ".VnTime"), (Encoding.VNI, "VNI-Times"), (Encoding.TCVN3, "Times-Roman")],
)
def test_legacy_fonts_are_converted(tmp_path: Path, encoding: Encoding, font: str) -> None:
    lines = [line for line in CLEAN if not line.isupper()]
    if encoding is Encoding.TCVN3:
        lines = [line.replace("Ủ", "Uỷ").replace("Uỷy", "Uỷ") for line in lines]
    data = [encode(line, encoding).encode("cp1252") for line in lines]
    [sheet] = sheets(legacy_pdf(tmp_path / "a.pdf", data, font))
    assert sheet.layer.verdict is Verdict.LEGACY
    assert encoding.value in sheet.layer.reason
    assert texts(sheet) == lines


def test_a_font_of_capitals(tmp_path: Path) -> None:
    line = "Uỷ ban nhân dân huyện xây dựng kế hoạch với các nội dung chủ yếu"
    data = [encode(line, Encoding.TCVN3).encode("cp1252")]
    [sheet] = sheets(legacy_pdf(tmp_path / "a.pdf", data, ".VnTimeH"))
    assert texts(sheet) == [line.upper()]


def test_hidden_text_over_a_scan_is_read(tmp_path: Path) -> None:
    page = {"picture": picture(), "lines": CLEAN * 4, "mode": 3, "top": 820}
    [sheet] = sheets(pdf_of(tmp_path / "a.pdf", page))
    assert sheet.layer.verdict is Verdict.CLEAN
    assert texts(sheet) == CLEAN * 4
    page["lines"] = GARBLED * 4
    [sheet] = sheets(pdf_of(tmp_path / "b.pdf", page))
    assert sheet.layer.verdict is Verdict.GARBLED


def test_drawn_letters_are_no_text(tmp_path: Path) -> None:
    drawn = "\n".join(f"{80 + 7 * (n % 50)} {700 - 20 * (n // 50)} 5 9 re f" for n in range(400))
    [sheet] = sheets(with_font(tmp_path / "a.pdf", drawn.encode()))
    assert sheet.layer.verdict is Verdict.NONE
    assert "400 outlines" in sheet.layer.reason
    both = drawn.encode() + b" BT /F1 9 Tf 400 800 Td (Ky boi: So Noi vu) Tj ET"
    [sheet] = sheets(with_font(tmp_path / "b.pdf", both))
    assert sheet.layer.verdict is Verdict.OVERLAY


def test_a_picture_within_a_form_is_seen(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        form = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Resources = [0, 0, 595, 842], page.resources
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=form))
        page.obj.Contents = pdf.make_stream(b"q 1 0 0 1 0 0 cm /Fm0 Do Q")
        pdf.save(path)
    with open_pdf(path, SETTINGS) as pdf:
        [sheet] = pdf.sheets(SETTINGS)
        assert "a picture fills 100%" in sheet.layer.reason
        assert sheet.scan is not None
        scan = sheet.scan()
    assert scan.origin == "rendered"
    assert scan.dpi == pytest.approx(100, abs=1)  # its own resolution


KINDS = {
    "clean": Verdict.CLEAN,
    "garbled": Verdict.GARBLED,
    "overlay": Verdict.OVERLAY,
    "none": Verdict.NONE,
}
# What INDEX.tsv of the scans tells of their text layers, by name and page.
TRUE_VERDICTS = {
    "quangngai-05.pdf": ["clean", "clean"],
    "quangngai-05ct.pdf": ["overlay", "none"],
    "quangngai-11ct.pdf": ["overlay", "none", "none"],
    "central-464-ttg.signed.pdf": ["overlay", "none", "none"],
    "congbao-nq-99-nq-cp-469343.pdf": ["overlay"] * 4,
    "congbao-thong-bao-so-02-2023-tb-lpqt-39022-p1.pdf": ["overlay"],
    "danang-3.pdf": ["garbled"] * 6,
    "mixed-quyet-dinh-1629-qd-ubnd.pdf": ["none"] * 2 + ["clean"] * 4,
    "mixed-test-ai-09.pdf": ["clean"] * 6,
    "bgddt-test-1.pdf": ["none"] * 2,
    "web-dongdau6016-06-07-2023-14-56-28-bc-hoi-dong-0001.pdf": ["overlay"] + ["none"] * 7,
}


@pytest.mark.parametrize("name", TRUE_VERDICTS)
def test_real_text_layers(shared_data: Path, name: str) -> None:
    found = [sheet.layer.verdict for sheet in sheets(shared_data / "scans" / name)]
    assert found == [KINDS[kind] for kind in TRUE_VERDICTS[name]]


def test_number_and_day_of_a_signed_notice(shared_data: Path) -> None:
    first = sheets(shared_data / "scans" / "quangngai-05.pdf")[0]
    assert "Số: 11 /TB-UBND" in texts(first)
    assert "Quảng Ngãi, ngày 08 tháng 01 năm 2025" in texts(first)


def test_a_seal_with_a_transparent_ground_leaves_the_text_below_it_trusted(
    samples: Path,
) -> None:
    with open_pdf(samples / "thong-bao-96.pdf", Settings()) as document:
        verdicts = [sheet.layer.verdict for sheet in document.sheets(Settings())]
    assert verdicts == [Verdict.CLEAN, Verdict.CLEAN]
