# SPDX-License-Identifier: Apache-2.0
"""PDFs that lead in circles, and PDFs with more in them than pages: programs, files, forms."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
from bombs import LEAF, LINE, deflated, form, page_with, stream
from papers import pdf_of
from pikepdf import Array, Dictionary, Name


def forms_that_multiply(path: Path, levels: int = 9, times: int = 10) -> Path:
    """Write a page that draws a form that draws ten forms that each draw ten, and so on."""
    pdf = pikepdf.new()
    inner = form(pdf, b"0 0 10 10 re f")
    for _ in range(levels):
        inner = form(pdf, b"/X Do " * times, XObject=Dictionary(X=inner))
    page_with(pdf, b"/X Do", XObject=Dictionary(X=inner))
    pdf.save(path)
    return path


def names_that_multiply(path: Path) -> Path:
    """Write a page whose forms have a hundred names each for the next one, none drawn."""
    pdf = pikepdf.new()
    inner = form(pdf, b"0 0 10 10 re f")
    for _ in range(12):
        inner = form(pdf, b"", XObject=Dictionary({f"/X{n}": inner for n in range(100)}))
    page_with(pdf, b"", XObject=Dictionary(X=inner))
    pdf.save(path)
    return path


def form_in_itself(path: Path) -> Path:
    pdf = pikepdf.new()
    made = pdf.make_indirect(form(pdf, b"0 0 10 10 re f /X Do"))
    made.Resources = Dictionary(XObject=Dictionary(X=made))
    page_with(pdf, b"/X Do", XObject=Dictionary(X=made))
    pdf.save(path)
    return path


def forms_one_in_another(path: Path, levels: int = 5000) -> Path:
    pdf = pikepdf.new()
    inner = form(pdf, b"0 0 10 10 re f")
    for _ in range(levels):
        inner = form(pdf, b"/X Do", XObject=Dictionary(X=inner))
    page_with(pdf, b"/X Do", XObject=Dictionary(X=inner))
    pdf.save(path)
    return path


def _written(path: Path, objects: dict[int, bytes], **trailer: int) -> Path:
    """Write a PDF of these very objects; object 1 is its root."""
    out, at = b"%PDF-1.5\n", {}
    for number, body in objects.items():
        at[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in at.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Root 1 0 R/Size %d>>\n" % (max(objects) + 1)
    path.write_bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)
    return path


def page_tree_in_a_circle(path: Path) -> Path:
    return _written(path, {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 2/Parent 3 0 R>>",
        3: b"<</Type/Pages/Kids[2 0 R 4 0 R]/Count 2/Parent 2 0 R>>",
        4: LEAF,
    })  # fmt: skip


def page_its_own_parent(path: Path) -> Path:
    return _written(path, {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 3 0 R>>",
    })  # fmt: skip


def one_page_a_million_times(path: Path, times: int = 1_000_000) -> Path:
    return _written(path, {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * times, times),
        3: LEAF,
    })  # fmt: skip


def deep_page_tree(path: Path, levels: int = 20_000) -> Path:
    nodes = {
        number: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1)
        for number in range(2, levels)
    }
    last = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>" % (levels - 1)
    return _written(path, {1: b"<</Type/Catalog/Pages 2 0 R>>", **nodes, levels: last})


def nested_arrays(path: Path, levels: int = 100_000) -> Path:
    return _written(path, {
        1: b"<</Type/Catalog/Pages 2 0 R/X %s>>" % (b"[" * levels + b"]" * levels),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: LEAF,
    })  # fmt: skip


def nested_content(path: Path, levels: int = 100_000) -> Path:
    pdf = pikepdf.new()
    page_with(pdf, b"[" * levels + b"<<" * levels + b"q " * levels)
    pdf.save(path)
    return path


def with_program(path: Path) -> Path:
    """Write a page that runs JavaScript when it is opened, and asks a server."""
    pdf_of(path, {"lines": [LINE]})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        script = Dictionary(S=Name.JavaScript, JS="while (true) { app.alert('x'); }")
        pdf.Root.OpenAction = script
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))
        pdf.pages[0].obj.AA = Dictionary(
            O=Dictionary(S=Name.Launch, F="calc.exe"),
            C=Dictionary(S=Name.URI, URI="http://localhost:9/"),
        )
        pdf.save(path)
    return path


def with_attachments(path: Path) -> Path:
    """Write a page with files attached to it, one of which would unpack to gigabytes."""
    pdf_of(path, {"lines": [LINE]})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["phụ lục.xlsx"] = b"PK\x03\x04" + bytes(1000)
        bomb = Dictionary(Type=Name.Filespec, F="bomb.bin", UF="bomb.bin",
                          EF=Dictionary(F=stream(pdf, deflated(2 << 30))))  # fmt: skip
        pdf.Root.AF = Array([pdf.make_indirect(bomb)])
        pdf.save(path, compress_streams=False)
    return path


def with_form(path: Path, *, xfa: bool = False) -> Path:
    """Write a page with a field that is filled in, and perhaps an XFA form."""
    pdf_of(path, {"lines": [LINE]})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        look = form(pdf, b"/Tx BMC BT /Helv 12 Tf 2 4 Td (12-2024) Tj ET EMC",
                    Font=Dictionary(Helv=font))  # fmt: skip
        look.BBox = [0, 0, 200, 20]
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="so", V="12-2024", F=4,
            Rect=[72, 400, 272, 420], DA="/Helv 12 Tf", AP=Dictionary(N=look),
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]))
        if xfa:
            pdf.Root.AcroForm.XFA = pdf.make_stream(
                b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template/></xdp:xdp>'
            )
            pdf.Root.NeedsRendering = True
        pdf.save(path)
    return path


def locked(path: Path, user: str) -> Path:
    """Write a page that is encrypted with the password `user`."""
    plain = BytesIO(pdf_of(path, {"lines": [LINE]}).read_bytes())
    with pikepdf.open(plain) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="chủ", user=user))
    return path
