# SPDX-License-Identifier: Apache-2.0
"""Files for the tests of intake, made on the spot: page pictures and PDFs of each kind."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

A4 = (595.4, 841.6)  # a little less than 827 x 1,169 pixels at 100 dpi

CLEAN = """ỦY BAN NHÂN DÂN
HUYỆN LỤC NAM
Số: 194/KH-UBND
KẾ HOẠCH
Thực hiện Chương trình số hoá tài liệu lưu trữ trên địa bàn huyện năm 2022
Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011 và các văn bản hướng dẫn thi hành;
Ủy ban nhân dân huyện xây dựng kế hoạch với các nội dung chủ yếu sau đây:
Giao Phòng Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị có liên quan tổ chức
thực hiện, báo cáo kết quả về Ủy ban nhân dân huyện trước ngày 15 tháng 12 hằng năm.
Các xã, thị trấn rà soát, thống kê tài liệu chưa chỉnh lý, bố trí kho và người làm lưu trữ.
""".splitlines()

GARBLED = """UY BAN NHAN DAN
HUYEN LUC NAM
S6: 194/KH-UBND
KE HOACH
Thyc hi~n Chuong trinh s6 hoa tai li~u luu trir tren dia ban huy~n nam 2022
Can cir Lu~t Luu trir ngay 11 thang 11 nam 2011 va cac van ban huong dan thi hanh;
Uy ban nhan dan huy~n xay dung k~ hoach voi cac n(>i dung chu y~u sau day:
Giao Phong N(>i V\\I chu tri, phoi hgp voi cac co quan, don vi c6 lien quan t6 chirc
thyc hi~n, bao cao k~t qua v~ Uy ban nhan dan huy~n truoc ngay 15 thang 12 hang nam.
Cac xa, thi tran ra soat, thong ke tai li~u chua chinh ly, b6 tri kho va nguoi lam luu trir.
""".splitlines()

ENGLISH = """Where the winds of the northern sea blow over the cliffs, fishermen repair
their boats before spring arrives. Children watch from the harbour while gulls
circle above the masts, waiting patiently for scraps. Everything here depends on
weather, and everybody knows someone whose vessel never returned from its voyage.
""".splitlines()


def picture(size: tuple[int, int] = (827, 1169), mode: str = "RGB") -> Image.Image:
    """A page with rows of black bars, a red mark at the top left and a blue one at the right."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    width, height = size
    for row in range(12, 48):
        y = height * row // 60
        draw.rectangle((width // 8, y, width * (40 + row % 7) // 60, y + height // 120), fill=0)
    draw.rectangle((width // 20, height // 30, width // 6, height // 10), fill="red")
    draw.rectangle((width * 4 // 5, height // 30, width * 9 // 10, height // 15), fill="blue")
    draw.text((width // 4, height // 20), "194/KH-UBND", fill=0, font=ImageFont.load_default(24))
    return image.convert(mode)


def pdf_of(path: Path, *pages: dict[str, object]) -> Path:
    """Write a PDF; of each page: `picture`, `box` (x, y, width, height), `lines`, `mode`, `top`."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in pages:
        if image := page.get("picture"):
            canvas.drawImage(ImageReader(image), *page.get("box", (0, 0, *A4)))  # type: ignore[misc]
        canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for stored, page in zip(pdf.pages, pages, strict=True):
            if lines := page.get("lines"):
                _write(pdf, stored, lines, page.get("top", 780), page.get("mode", 0))  # type: ignore[arg-type]
        pdf.save(path)
    return path


def _write(pdf: pikepdf.Pdf, page: pikepdf.Page, lines: list[str], top: float, mode: int) -> None:
    """Add lines of text in a font without letters that says which letters they are.

    So the tests need no font with Vietnamese letters on the machine.
    """
    letters = sorted(set("".join(lines)) - {" "})
    codes = {letter: code for code, letter in enumerate(letters, start=33)} | {" ": 32}
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.TrueType,
        BaseFont=pikepdf.Name("/Times-Roman"),
        FirstChar=32,
        LastChar=255,
        Widths=[250] + [500] * 223,
        ToUnicode=pdf.make_stream(_cmap(codes)),
    )
    shown = "".join(f"<{bytes(codes[c] for c in line).hex()}> Tj T*\n" for line in lines)
    name = page.add_resource(font, pikepdf.Name.Font)
    content = f"q BT {name} 11 Tf {mode} Tr 19.5 TL 72 {top} Td\n{shown}ET Q"
    page.contents_add(content.encode())


def _cmap(codes: dict[str, int]) -> bytes:
    pairs = [f"<{code:02x}> <{ord(letter):04x}>" for letter, code in codes.items()]
    parts = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    mapped = "\n".join(
        "\n".join((f"{len(part)} beginbfchar", *part, "endbfchar")) for part in parts
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Told def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{mapped}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def scan_pdf(
    path: Path,
    image: Image.Image | None = None,
    *,
    content: bytes | None = None,
    media_box: tuple[float, ...] = (0, 0, *A4),
    **page_keys: object,
) -> Path:
    """Write a PDF of one page whose picture is stored without loss, placed by `content`."""
    image = image or picture()
    pdf = pikepdf.new()
    stored = pdf.make_stream(image.tobytes())
    spaces = {"RGB": ("/DeviceRGB", 8), "L": ("/DeviceGray", 8), "1": ("/DeviceGray", 1)}
    stored.Type, stored.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stored.Width, stored.Height = image.size
    stored.ColorSpace = pikepdf.Name(spaces[image.mode][0])
    stored.BitsPerComponent = spaces[image.mode][1]
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=list(media_box),
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stored)),
        Contents=pdf.make_stream(content or b"q 595.4 0 0 841.6 0 0 cm /Im0 Do Q"),
        **page_keys,
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path)
    return path


def legacy_pdf(path: Path, lines: list[bytes], font_name: str) -> Path:
    """Write a PDF whose text is in bytes of a code page, in a font of that name."""
    pdf = pikepdf.new()
    fonts = pikepdf.Dictionary(
        F1=pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/" + font_name),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    escaped = (line.replace(b"\\", b"\\\\").replace(b"(", b"\\(") for line in lines)
    shown = b"".join(b"(" + line.replace(b")", b"\\)") + b") Tj T*\n" for line in escaped)
    content = pdf.make_stream(b"BT /F1 9 Tf 18 TL 72 780 Td\n" + shown + b"ET")
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, *A4],
        Resources=pikepdf.Dictionary(Font=fonts),
        Contents=content,
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path)
    return path


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
