# SPDX-License-Identifier: Apache-2.0
"""Files of some kilobytes, at most megabytes, that unpack to gigabytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from papers import A4, encoded, pdf_of, picture
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

LINE = "Số: 194/KH-UBND"
LEAF = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>"


def deflated(size: int, times: int = 1) -> bytes:
    """Return `size` zeros, packed `times` times; made at once, by a block again and again."""
    block = 1 << 24
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)
    total = (size // block) * block
    data = b"\x78\x9c" + packed * (size // block) + b"\x03\x00"
    data += struct.pack(">HH", total % 65521, 1)  # Adler-32 of zeros
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def stream(pdf: Pdf, packed: bytes, *filters: str, **keys: object) -> pikepdf.Object:
    """Return a stream of data that are packed already."""
    made = pdf.make_stream(b"")
    names = [Name(f"/{name}") for name in filters or ("FlateDecode",)]
    made.write(packed, filter=Array(names))
    for key, value in keys.items():
        made[f"/{key}"] = value
    return made


def page_with(pdf: Pdf, contents: pikepdf.Object | bytes, **resources: object) -> None:
    if isinstance(contents, bytes):
        contents = pdf.make_stream(contents)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, *A4],
        Contents=contents,
        Resources=Dictionary(**resources),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def image_keys(width: int, height: int, bits: int = 8) -> dict[str, object]:
    return {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": width,
        "Height": height,
        "BitsPerComponent": bits,
        "ColorSpace": Name.DeviceGray,
    }


def form(pdf: Pdf, content: bytes, **resources: object) -> pikepdf.Object:
    made = pdf.make_stream(content)
    made.Type, made.Subtype = Name.XObject, Name.Form
    made.BBox, made.Resources = [0, 0, 595, 842], Dictionary(**resources)
    return made


def content_bomb(path: Path, size: int = 3 << 30, times: int = 1) -> Path:
    """Write a page whose content unpacks to `size` bytes."""
    pdf = pikepdf.new()
    filters = ["FlateDecode"] * times
    page_with(pdf, stream(pdf, deflated(size, times), *filters))
    pdf.save(path, compress_streams=False)
    return path


def twice_packed_bomb(path: Path) -> Path:
    return content_bomb(path, times=2)


def picture_bomb(path: Path, size: int = 3 << 30) -> Path:
    """Write a page with a picture of a few pixels whose data unpack to `size` bytes."""
    pdf = pikepdf.new()
    small = stream(pdf, deflated(size), **image_keys(100, 100))
    page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", XObject=Dictionary(Im0=small))
    pdf.save(path, compress_streams=False)
    return path


def object_stream_bomb(path: Path, size: int = 3 << 30) -> Path:
    """Write a PDF the page of which lies in an object stream that unpacks to `size` bytes."""
    head = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", LEAF
    starts = [sum(map(len, head[:n])) + n for n in range(3)]
    index = b" ".join(b"%d %d" % pair for pair in zip((1, 2, 3), starts, strict=True)) + b" "
    packer = zlib.compressobj(9, wbits=-15)
    inside = packer.compress(index + b" ".join(head)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = b"\x78\x9c" + inside + deflated(size)[2:]
    out = b"%PDF-1.5\n"
    at = [len(out)]
    out += b"4 0 obj<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>stream\n" % (
        len(index),
        len(data),
    )
    out += data + b"\nendstream endobj\n"
    at.append(len(out))
    rows = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, at[0], 0), (1, at[1], 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    out += b"5 0 obj<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(table)
    out += table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % at[1]
    path.write_bytes(out)
    return path


def font_bomb(path: Path, size: int = 3 << 30) -> Path:
    """Write a page whose font has a map to Unicode that unpacks to `size` bytes."""
    pdf_of(path, {"lines": [LINE]})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].resources.Font["/F1"]
        font.ToUnicode = stream(pdf, deflated(size))
        pdf.save(path, compress_streams=False)
    return path


def lzw_bomb(path: Path) -> Path:
    """Write a page whose content is LZW of 2 MB that unpacks to more than a gigabyte."""
    codes = [256, 32, *range(258, 4095)]
    bits, width = [], 9
    for place, code in enumerate(codes):
        bits.append(f"{code:0{width}b}")
        table = 257 + place
        width = 12 if table >= 2047 else 11 if table >= 1023 else 10 if table >= 511 else 9
    block = "".join(bits)
    cycle = block * 8
    data = int(cycle, 2).to_bytes((len(cycle) + 7) // 8, "big") * 40
    pdf = pikepdf.new()
    page_with(pdf, stream(pdf, data, "LZWDecode"))
    pdf.save(path, compress_streams=False)
    return path


def huge_jpeg(path: Path, progressive: bool = True) -> Path:
    """Write a page with a JPEG whose own header says 60,000 x 60,000 pixels."""
    data = bytearray(encoded(picture((64, 64)), "JPEG", progressive=progressive))
    at = data.find(b"\xff\xc2" if progressive else b"\xff\xc0")
    struct.pack_into(">HH", data, at + 5, 60_000, 60_000)
    pdf = pikepdf.new()
    keys = image_keys(100, 100) | {"ColorSpace": Name.DeviceRGB}
    jpeg = stream(pdf, bytes(data), "DCTDecode", **keys)
    page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", XObject=Dictionary(Im0=jpeg))
    pdf.save(path)
    return path


def huge_jpeg_2000(path: Path) -> Path:
    """Write a page with a JPEG 2000 whose own header says 60,000 x 60,000 pixels."""
    data = bytearray(encoded(picture((64, 64)), "JPEG2000", no_jp2=True))
    at = data.find(b"\xff\x51")
    struct.pack_into(">II", data, at + 6, 60_000, 60_000)
    struct.pack_into(">II", data, at + 22, 60_000, 60_000)
    pdf = pikepdf.new()
    jpeg = stream(pdf, bytes(data), "JPXDecode", **image_keys(100, 100))
    page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", XObject=Dictionary(Im0=jpeg))
    pdf.save(path)
    return path


def _hidden(path: Path, place: Callable[[Pdf, pikepdf.Object], None]) -> Path:
    """Write a page on which `place` hides a picture of 40,000 x 40,000 pixels."""
    pdf = pikepdf.new()
    huge = stream(pdf, b"\x00" * 100, "CCITTFaxDecode", **image_keys(40_000, 40_000, 1))
    huge.DecodeParms = Dictionary(K=-1, Columns=40_000, Rows=40_000)
    place(pdf, huge)
    pdf.save(path)
    return path


def huge_picture_deep_in_forms(path: Path) -> Path:
    def place(pdf: Pdf, huge: pikepdf.Object) -> None:
        inner = form(pdf, b"595 0 0 842 0 0 cm /X Do", XObject=Dictionary(X=huge))
        for _ in range(12):
            inner = form(pdf, b"/X Do", XObject=Dictionary(X=inner))
        page_with(pdf, b"/X Do", XObject=Dictionary(X=inner))

    return _hidden(path, place)


def huge_mask(path: Path) -> Path:
    def place(pdf: Pdf, huge: pikepdf.Object) -> None:
        small = stream(pdf, zlib.compress(bytes(10_000)), **image_keys(100, 100))
        small.SMask = huge
        page_with(pdf, b"q 595 0 0 842 0 0 cm /X Do Q", XObject=Dictionary(X=small))

    return _hidden(path, place)


def huge_picture_in_a_pattern(path: Path) -> Path:
    def place(pdf: Pdf, huge: pikepdf.Object) -> None:
        tile = pdf.make_stream(b"595 0 0 842 0 0 cm /X Do")
        tile.PatternType, tile.PaintType, tile.TilingType = 1, 1, 1
        tile.BBox, tile.XStep, tile.YStep = [0, 0, 595, 842], 595, 842
        tile.Resources = Dictionary(XObject=Dictionary(X=huge))
        page_with(pdf, b"/Pattern cs /P scn 0 0 595 842 re f", Pattern=Dictionary(P=tile))

    return _hidden(path, place)


def huge_picture_in_an_annotation(path: Path) -> Path:
    def place(pdf: Pdf, huge: pikepdf.Object) -> None:
        look = form(pdf, b"595 0 0 842 0 0 cm /X Do", XObject=Dictionary(X=huge))
        page_with(pdf, b"")
        pdf.pages[0].obj.Annots = Array([
            pdf.make_indirect(Dictionary(
                Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 595, 842], F=4,
                AP=Dictionary(N=look),
            ))
        ])  # fmt: skip

    return _hidden(path, place)


def jbig2_bomb(path: Path) -> Path:
    """Write a page with a JBIG2 picture whose own page header says 60,000 x 60,000 pixels."""
    page = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(
        ">IIIIBH", 60_000, 60_000, 0, 0, 4, 0
    )
    pdf = pikepdf.new()
    packed = stream(pdf, page, "JBIG2Decode", **image_keys(1000, 1000, 1))
    page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", XObject=Dictionary(Im0=packed))
    pdf.save(path)
    return path


def fax_bomb(path: Path) -> Path:
    """Write a page with a fax of a few rows, as its parameters say millions of columns."""
    pdf = pikepdf.new()
    packed = stream(pdf, b"\x00\x10\x01" * 40, "CCITTFaxDecode", **image_keys(100, 100, 1))
    packed.DecodeParms = Dictionary(K=-1, Columns=2**31 - 8, Rows=2**31 - 8)
    page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", XObject=Dictionary(Im0=packed))
    pdf.save(path)
    return path


def inline_picture(path: Path) -> Path:
    """Write a page with a picture of 60,000 x 60,000 pixels in its content."""
    pdf = pikepdf.new()
    data = zlib.compress(bytes(1000))
    page_with(pdf, b"q 595 0 0 842 0 0 cm BI /W 60000 /H 60000 /BPC 8 /CS /G /F /Fl ID "
              + data + b" EI Q")  # fmt: skip
    pdf.save(path)
    return path


def png_bomb(path: Path) -> Path:
    """Write a PNG of 50,000 x 50,000 white pixels, three megabytes."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    return _png(path, (b"IHDR", header), (b"IDAT", deflated(50_001 * 50_000)))


def png_text_bomb(path: Path) -> Path:
    """Write a small PNG with remarks that unpack to gigabytes."""
    header = struct.pack(">IIBBBBB", 10, 10, 8, 0, 0, 0, 0)
    remark = b"note\0\0" + deflated(1 << 30)
    return _png(path, (b"IHDR", header), (b"zTXt", remark), (b"zTXt", remark),
                (b"IDAT", zlib.compress(bytes(110))))  # fmt: skip


def png_profile_bomb(path: Path) -> Path:
    header = struct.pack(">IIBBBBB", 10, 10, 8, 0, 0, 0, 0)
    return _png(path, (b"IHDR", header), (b"iCCP", b"note\0\0" + deflated(2 << 30)),
                (b"IDAT", zlib.compress(bytes(110))))  # fmt: skip


def png_with_more_rows(path: Path) -> Path:
    """Write a PNG of ten rows whose data unpack to gigabytes."""
    header = struct.pack(">IIBBBBB", 10, 10, 8, 0, 0, 0, 0)
    return _png(path, (b"IHDR", header), (b"IDAT", deflated(3 << 30)))


def _png(path: Path, *chunks: tuple[bytes, bytes]) -> Path:
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in (*chunks, (b"IEND", b"")):
        out += struct.pack(">I", len(body)) + kind + body
        out += struct.pack(">I", zlib.crc32(kind + body))
    path.write_bytes(out)
    return path


def film_of_pictures(path: Path) -> Path:
    """Write a PNG that moves, in thirty frames."""
    frames = [Image.new("L", (300, 300), shade) for shade in (0, 255)] * 15
    frames[0].save(path, "PNG", save_all=True, append_images=frames[1:])
    return path


def tiff_of_many_pages(path: Path, pages: int = 200_000) -> Path:
    """Write a TIFF of a great many directories that all show the same few bytes."""
    entries = [(256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1),
               (273, 4, 1, 8), (278, 3, 1, 8), (279, 4, 1, 8)]  # fmt: skip
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries)
    size = len(body) + 4
    out = [b"II*\0", struct.pack("<I", 16), bytes(8)]
    out += [body + struct.pack("<I", 16 + (n + 1) * size) for n in range(pages - 1)]
    path.write_bytes(b"".join((*out, body, bytes(4))))
    return path


def tiff_bomb(path: Path, kind: str = "tiff_adobe_deflate") -> Path:
    """Write a TIFF that says 60,000 x 60,000 pixels in one packed strip."""
    data = bytearray(encoded(picture((64, 64), "L"), "TIFF", compression=kind))
    [at] = struct.unpack_from("<I", data, 4)
    [count] = struct.unpack_from("<H", data, at)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        if struct.unpack_from("<H", data, entry)[0] in (256, 257, 278):
            struct.pack_into("<HII", data, entry + 2, 4, 1, 60_000)
    path.write_bytes(bytes(data))
    return path
