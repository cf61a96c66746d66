# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to a file, intake has a verdict: its pages, or our own error."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest
from damaged import SAMPLES, damaged_files, word_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import CLEAN, encoded, pdf_of, picture, scan_pdf
from verdicts import verdicts

from pipeline.errors import SohoaError
from pipeline.intake.source import open_source, open_text
from pipeline.settings import Settings

# A small page has few pixels: what a mutation makes of its size is told by the limit.
SETTINGS = Settings(max_megapixels=4, reading_timeout=20)


@pytest.mark.slow
def test_every_damaged_file_has_a_verdict(tmp_path: Path) -> None:
    kinds = {}
    for each in damaged_files(SAMPLES):
        assert each.name not in kinds, "no two share a name"
        kinds[each.name] = each.kind
        (tmp_path / each.name).write_bytes(each.data)
    found = verdicts(sorted(tmp_path.iterdir()), megabytes=700, seconds=60)
    assert len(found) == len(kinds) >= 200
    assert [verdict for verdict in found if not verdict.is_foreseen] == []
    by_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for verdict in found:
        by_kind[kinds[Path(verdict.path).name]][verdict.error or "read"] += 1
        assert verdict.error == "" or len(verdict.message) > 20
        assert "\n" not in verdict.message
    for kind, counts in sorted(by_kind.items()):
        print(f"{kind:26} {sum(counts.values()):3}  {dict(counts)}")  # noqa: T201 - pytest -s
    slowest, largest = max(v.seconds for v in found), max(v.megabytes for v in found)
    print(f"{len(found)} files, slowest {slowest} s, largest {largest} MB")  # noqa: T201
    assert largest < 300


@cache
def wholes() -> dict[str, bytes]:
    """Small whole files, by their ending."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        typed = pdf_of(path, {"lines": CLEAN}).read_bytes()
        with pikepdf.open(BytesIO(typed)) as pdf:
            packed = BytesIO()
            pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        scan = scan_pdf(path, picture((120, 170), "L")).read_bytes()
    page = picture((120, 170))
    return {
        "typed.pdf": typed,
        "packed.pdf": packed.getvalue(),
        "scan.pdf": scan,
        "a.png": encoded(page, "PNG"),
        "a.jpg": encoded(page, "JPEG"),
        "a.tif": encoded(page.convert("1"), "TIFF", compression="group4"),
        "b.tif": encoded(page, "TIFF", compression="tiff_lzw"),
        "a.docx": word_document(),
        "a.txt": "\n".join(CLEAN).encode(),
    }


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A whole file of which pieces are replaced, left out, doubled or cut off."""
    name = draw(st.sampled_from(sorted(wholes())))
    data = bytearray(wholes()[name])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(0, 40))
        data[at : at + length] = draw(
            st.one_of(st.binary(max_size=40), st.just(bytes(data[at : at + 2 * length])))
        )
    if draw(st.booleans()):
        del data[draw(st.integers(0, len(data))) :]
    return name, bytes(data)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(mutated())
def test_mutated_bytes_are_read_or_refused(file: tuple[str, bytes]) -> None:
    name, data = file
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        read(path)


HEADS = [b"", b"%PDF-1.7\n", b"II*\0", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK"]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(head: bytes, rest: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a")
        path.write_bytes(head + rest)
        read(path)


@settings(deadline=None)
@given(st.one_of(st.text(), st.binary()))
def test_any_text_is_read_or_refused(data: str | bytes) -> None:
    with suppress(SohoaError), open_text(data, "-", SETTINGS) as source:
        assert all(sheet.text is not None for sheet in source.sheets())


def read(path: Path) -> None:
    """Open a file and make the picture of each page; nothing but our own errors may come."""
    with suppress(SohoaError), open_source((path,), path.name, SETTINGS) as source:
        assert source.page_count > 0
        for sheet in source.sheets():
            if sheet.scan is not None:
                assert sheet.scan().image.size > (0, 0)
