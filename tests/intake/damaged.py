# SPDX-License-Identifier: Apache-2.0
"""Makes damaged files from the samples, the same ones each time: `python damaged.py FOLDER`."""

from __future__ import annotations

import random
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

SAMPLES = Path(__file__).parent.parent.parent / "samples"
SEED = 58

HEADERS = {
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "tif": b"II*\x00\x08\x00\x00\x00",
}


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged file.

    Attributes:
        name: of the file, ending included.
        kind: what was done to it.
        data: its bytes.
    """

    name: str
    kind: str
    data: bytes


def damaged_files(samples: Path = SAMPLES) -> Iterator[Damaged]:
    """Yield the damaged files, each kind of damage of each kind of file."""
    wholes = dict(_wholes(samples))
    for stem, data in wholes.items():
        ending = stem.rpartition(".")[2]
        kinds = {**_ANY, **_OF[ending]}
        for kind, (times, damage) in kinds.items():
            for turn in range(times):
                chance = _chance(f"{stem} {kind} {turn}")
                name = f"{stem.rpartition('.')[0]}~{kind.replace(' ', '-')}-{turn}.{ending}"
                yield Damaged(name, kind, damage(data, chance))
    yield from _swapped(wholes)


def _chance(of: str) -> random.Random:
    return random.Random(f"{SEED} {of}")  # noqa: S311 - no secret


def _wholes(samples: Path) -> Iterator[tuple[str, bytes]]:
    """Yield small whole files of all kinds, by name, made of the samples."""
    for name in ("thong-bao-96.pdf", "ke-hoach-58.pdf", "chi-thi-07.pdf", "cong-van-412.tif"):
        yield name, (samples / name).read_bytes()
    yield "to-trinh-23.png", (samples / "to-trinh-23.png").read_bytes()
    yield "plan-194.txt", (samples / "plan-194.txt").read_bytes()
    yield "quyet-dinh-1583.jpg", (samples / "quyet-dinh-1583-page-1.jpg").read_bytes()
    yield "van-ban.docx", word_document()
    with pikepdf.open(samples / "thong-bao-96.pdf") as pdf:
        buffer = BytesIO()
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        yield "packed.pdf", buffer.getvalue()
    with Image.open(samples / "to-trinh-23.png") as page:
        small = page.convert("L").resize((620, 877))
        for name, options in (
            ("lzw.tif", {"compression": "tiff_lzw"}),
            ("deflate.tif", {"compression": "tiff_adobe_deflate"}),
            ("progressive.jpg", {"progressive": True, "quality": 60}),
        ):
            buffer = BytesIO()
            small.save(buffer, "JPEG" if name.endswith("jpg") else "TIFF", **options)
            yield name, buffer.getvalue()


def word_document() -> bytes:
    """Return an archive as Word writes it, which is told by what is in it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "word/media/tài liệu.png"):
            archive.writestr(zipfile.ZipInfo(name), "<xml/>" * 100)
    return buffer.getvalue()


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _flipped(data: bytes, chance: random.Random, share: float = 0.0005) -> bytes:
    spoilt = bytearray(data)
    for _ in range(max(int(len(data) * share), 1)):
        spoilt[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _one_flipped(data: bytes, chance: random.Random) -> bytes:
    return _flipped(data, chance, 0.0)


def _head_flipped(data: bytes, chance: random.Random) -> bytes:
    return _flipped(data[:600], chance, 0.01) + data[600:]


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    end = min(start + chance.randrange(512, 65536), len(data))
    return data[:start] + bytes(end - start) + data[end:]


def _appended(data: bytes, chance: random.Random) -> bytes:
    return data + chance.randbytes(chance.randrange(1, 20_000))


def _prepended(data: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(1, 1000)) + data


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    size = len(data) // 8
    parts = [data[at : at + size] for at in range(size, len(data), size)]
    chance.shuffle(parts)
    return data[:size] + b"".join(parts)


def _left_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 4096) :]


def _line_ends(data: bytes, _: random.Random) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _other_numbers(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF in which some numbers are others, of as many digits."""

    def other(match: re.Match[bytes]) -> bytes:
        digits = match[0]
        return b"9" * len(digits) if chance.random() < 0.05 else digits

    return re.sub(rb"(?<=[ /\[])\d+(?=[ \]/>\n])", other, data)


def _other_names(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF in which the values of some keys are exchanged."""
    names = [b"/Type", b"/Length", b"/Filter", b"/Kids", b"/Count", b"/Width", b"/MediaBox"]
    names += [b"/Contents", b"/Resources", b"/Parent", b"/XObject", b"/Font", b"/ColorSpace"]
    one, two = chance.sample([name for name in names if name in data], 2)
    return data.replace(one, b"\0").replace(two, one).replace(b"\0", two)


def _table_broken(data: bytes, chance: random.Random) -> bytes:
    start = data.rfind(b"startxref")
    return data[:start] + b"startxref\n%d\n%%%%EOF\n" % chance.randrange(10 * len(data))


def _trailer_lost(data: bytes, _: random.Random) -> bytes:
    return data.replace(b"trailer", b"tr\0iler").replace(b"/Root", b"/Ro\0t")


def _streams_exchanged(data: bytes, chance: random.Random) -> bytes:
    parts = re.split(rb"(?<=stream\n)(.*?)(?=\nendstream)", data, flags=re.DOTALL)
    streams = parts[1::2]
    chance.shuffle(streams)
    parts[1::2] = streams
    return b"".join(parts)


def _lengths_wrong(data: bytes, chance: random.Random) -> bytes:
    return re.sub(rb"/Length \d+", lambda _: b"/Length %d" % chance.randrange(10**6), data)


def _filters_wrong(data: bytes, chance: random.Random) -> bytes:
    names = ("DCT", "CCITTFax", "JBIG2", "JPX", "LZW", "RunLength", "ASCII85", "Flate", "Crypt")

    def other(_: re.Match[bytes]) -> bytes:
        return f"/{chance.choice(names)}Decode".encode()

    return re.sub(rb"/(DCT|Flate)Decode", other, data)


def _keys_wrong(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with absurd values where pages and pictures have theirs."""
    absurd = [-1, 0, 10**9, 2**62, "x", b"x", 0.5, [], [1, 2]]
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        page = pdf.pages[chance.randrange(len(pdf.pages))].obj
        places = [page, *page.get("/Resources", {}).get("/XObject", {}).values()]
        keys = ("/MediaBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Annots")
        keys += ("/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Filter", "/SMask")
        for place in places:
            place[chance.choice(keys)] = chance.choice(absurd)
        buffer = BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def _entries(data: bytes) -> list[int]:
    """Return where the entries of a TIFF's first directory lie."""
    [at] = struct.unpack_from("<I", data, 4)
    [count] = struct.unpack_from("<H", data, at)
    return [at + 2 + 12 * entry for entry in range(count)]


def _entry_wrong(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for at in chance.sample(_entries(data), 2):
        values = (chance.choice((0, 1, 3, 4, 5, 12, 99)), chance.choice((0, 1, 7, 2**31)))
        struct.pack_into("<HI", spoilt, at + 2, *values)
    return bytes(spoilt)


def _value_wrong(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for at in chance.sample(_entries(data), 3):
        struct.pack_into("<I", spoilt, at + 8, chance.choice((0, 1, 255, 2**16, 2**32 - 1)))
    return bytes(spoilt)


def _directory_loop(data: bytes, _: random.Random) -> bytes:
    spoilt = bytearray(data)
    entries = _entries(data)
    struct.pack_into("<I", spoilt, entries[-1] + 12, entries[0] - 2)
    return bytes(spoilt)


def _huge(data: bytes, chance: random.Random) -> bytes:
    """Return a TIFF that says that it has very many pixels."""
    spoilt = bytearray(data)
    for at in _entries(data):
        if struct.unpack_from("<H", data, at)[0] in (256, 257):
            struct.pack_into("<HII", spoilt, at + 2, 4, 1, chance.choice((9999, 10**6, 2**31)))
    return bytes(spoilt)


def _chunks(data: bytes) -> list[bytes]:
    chunks, at = [], 8
    while at < len(data):
        [length] = struct.unpack_from(">I", data, at)
        chunks.append(data[at : at + 12 + length])
        at += 12 + length
    return chunks


def _check_wrong(data: bytes, chance: random.Random) -> bytes:
    chunks = _chunks(data)
    at = chance.randrange(len(chunks))
    chunks[at] = chunks[at][:-1] + bytes((chunks[at][-1] ^ 0xFF,))
    return data[:8] + b"".join(chunks)


def _chunk_lost(data: bytes, chance: random.Random) -> bytes:
    chunks = _chunks(data)
    del chunks[chance.randrange(len(chunks))]
    return data[:8] + b"".join(chunks)


def _header_wrong(data: bytes, chance: random.Random) -> bytes:
    """Return a PNG whose header says something else, with a sum that agrees."""
    fields = list(struct.unpack_from(">IIBBBBB", data, 16))
    fields[chance.randrange(7)] = chance.choice((0, 1, 2, 3, 6, 16, 200))
    header = b"IHDR" + struct.pack(">IIBBBBB", *fields)
    return data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]


def _sides_wrong(data: bytes, chance: random.Random) -> bytes:
    """Return a JPEG whose frame header says other sides."""
    spoilt = bytearray(data)
    for mark in (b"\xff\xc0", b"\xff\xc2"):
        at = data.find(mark)
        if at >= 0:
            sides = [chance.choice((0, 1, 300, 9000, 65535)) for _ in range(2)]
            struct.pack_into(">HH", spoilt, at + 5, *sides)
    return bytes(spoilt)


def _tables_lost(data: bytes, chance: random.Random) -> bytes:
    return data.replace(chance.choice((b"\xff\xc4", b"\xff\xdb", b"\xff\xda")), b"\xff\xe5")


def _swapped(wholes: dict[str, bytes]) -> Iterator[Damaged]:
    """Yield files with the head of another kind, with another's ending, and one in another."""
    for name, data in wholes.items():
        stem, _, ending = name.rpartition(".")
        for other, header in HEADERS.items():
            if other != ending:
                yield Damaged(f"{stem}~as-{other}.{ending}", "head of another kind",
                              header + data[len(header) :])  # fmt: skip
                yield Damaged(f"{stem}~{ending}.{other}", "ending of another kind", data)
    for ending, header in HEADERS.items():
        yield Damaged(f"head.{ending}", "head alone", header)
        yield Damaged(f"zeros.{ending}", "zeros behind the head", header + bytes(100_000))
        noise = _chance(ending).randbytes(100_000)
        yield Damaged(f"noise.{ending}", "noise behind the head", header + noise)


Damage = Callable[[bytes, random.Random], bytes]
_ANY: dict[str, tuple[int, Damage]] = {
    "cut": (4, _cut),
    "bits flipped": (3, _flipped),
    "one bit flipped": (2, _one_flipped),
    "head flipped": (2, _head_flipped),
    "zeros": (2, _zeroed),
    "garbage behind": (1, _appended),
    "garbage before": (1, _prepended),
    "parts out of order": (1, _shuffled),
    "a piece missing": (2, _left_out),
    "line ends changed": (1, _line_ends),
}
_OF: dict[str, dict[str, tuple[int, Damage]]] = {
    "pdf": {
        "other numbers": (2, _other_numbers),
        "keys exchanged": (2, _other_names),
        "table of objects wrong": (1, _table_broken),
        "trailer lost": (1, _trailer_lost),
        "streams exchanged": (1, _streams_exchanged),
        "lengths wrong": (1, _lengths_wrong),
        "filters wrong": (2, _filters_wrong),
        "absurd values": (4, _keys_wrong),
    },
    "tif": {
        "entries wrong": (3, _entry_wrong),
        "values wrong": (3, _value_wrong),
        "loop of directories": (1, _directory_loop),
        "huge sides": (3, _huge),
    },
    "png": {
        "sum wrong": (3, _check_wrong),
        "chunk lost": (3, _chunk_lost),
        "header wrong": (6, _header_wrong),
    },
    "txt": {},
    "docx": {},
    "jpg": {"sides wrong": (4, _sides_wrong), "tables lost": (3, _tables_lost)},
}

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for each in damaged_files():
        (folder / each.name).write_bytes(each.data)
