# SPDX-License-Identifier: Apache-2.0
"""The one place where the rooms are joined: the files of a document -> its record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from pipeline.errors import encodable
from pipeline.extract.fields import extract
from pipeline.intake.source import open_source, open_text
from pipeline.model import Document, Page, Verdict
from pipeline.page_warnings import page_warnings
from pipeline.passage import document_text, page_doubts, page_edits, page_passage
from pipeline.provenance import process_of
from pipeline.reading.engines import engine_of
from pipeline.reading.layout import arrange
from pipeline.reading.page import look_over, page_of_lines, page_of_text, read_page
from pipeline.record import Record, SourceRecord
from pipeline.record_pages import PageRecord, RegionRecord
from pipeline.repair.engine import repair

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.intake.sheet import Sheet
    from pipeline.intake.source import OpenSource
    from pipeline.model import Region
    from pipeline.reading.engine import Engine
    from pipeline.record import Fields, Process
    from pipeline.record_pages import DoubtRecord, EditRecord
    from pipeline.settings import Settings

# Layers that are used as they are (a legacy one has been converted by then).
_TRUSTED = frozenset((Verdict.CLEAN, Verdict.LEGACY))

# Hex digits of the SHA-256 that name a record: 48 bits keep ten million documents apart.
_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out of a document: the record, and its text in reading order."""

    record: Record
    text: str


@dataclass(slots=True)
class Stopwatch:
    """Seconds spent in each stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=perf_counter)

    def lap(self, stage: str) -> None:
        """Add the time since the last lap to `stage`."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now


def process(
    paths: tuple[Path, ...], name: str, settings: Settings, engine: Engine | None = None
) -> Result:
    """Return the record and the text of the document in `paths`, called `name` in the record.

    Raises:
        InputError: the files cannot be read; the class says why.
        ReadingError: the reader failed on a page.
        MissingDependencyError: Tesseract, a model of it, or poppler is not there.
    """
    watch = Stopwatch()
    with open_source(paths, name, settings) as source:
        return _process(source, settings, engine or engine_of(settings), watch)


def process_text(text: bytes | str, name: str, settings: Settings) -> Result:
    """Return the record and the text of a document that is plain text already."""
    watch = Stopwatch()
    with open_text(text, name, settings) as source:
        return _process(source, settings, engine_of(settings), watch)


def read_document(
    source: OpenSource, settings: Settings, engine: Engine, watch: Stopwatch | None = None
) -> Document:
    """Return the document of an open source: read, laid out and repaired, nothing extracted."""
    watch = watch or Stopwatch()
    return mend(read(source, settings, engine, watch), settings, watch)


def read(source: OpenSource, settings: Settings, engine: Engine, watch: Stopwatch) -> Document:
    """Return the document of an open source, each page read for itself."""
    pages = tuple(read_pages(source, settings, engine, watch))
    return Document(source.source, pages, source.signatures)


def read_pages(  # noqa: PLR0913 - a span of a source, and what reads it
    source: OpenSource,
    settings: Settings,
    engine: Engine,
    watch: Stopwatch,
    *,
    first: int = 1,
    last: int | None = None,
) -> Iterator[Page]:
    """Yield pages `first` to `last` of an open source, each read for itself; all by default."""
    for sheet in source.sheets(first, last):
        watch.lap("intake")
        yield read_sheet(sheet, settings, engine)
        watch.lap("reading")


def mend(document: Document, settings: Settings, watch: Stopwatch) -> Document:
    """Return a document whose pages were read: laid out across pages, and repaired."""
    pages = arrange(document.pages)
    watch.lap("layout")
    document = repair(replace(document, pages=pages), settings)
    watch.lap("repair")
    return document


def finish(
    document: Document, engine: dict[str, str], settings: Settings, watch: Stopwatch
) -> Result:
    """Return what comes out of a document whose pages were read by an engine of these versions."""
    document = mend(document, settings, watch)
    fields = extract(document, settings)
    watch.lap("extract")
    seconds = {stage: round(seconds, 3) for stage, seconds in watch.seconds.items()}
    made = process_of(engine, settings).model_copy(update={"seconds": seconds})
    return Result(_record(document, fields, made, settings), document_text(document))


def _process(source: OpenSource, settings: Settings, engine: Engine, watch: Stopwatch) -> Result:
    return finish(read(source, settings, engine, watch), engine.versions(), settings, watch)


def read_sheet(sheet: Sheet, settings: Settings, engine: Engine) -> Page:
    """Return the page on `sheet`: from its text if that can be trusted, else from its image."""
    if sheet.text is not None:
        return page_of_text(sheet.text, sheet.number, sheet.layer)
    if sheet.scan is None or sheet.layer.verdict in _TRUSTED:
        page = page_of_lines(
            sheet.lines, sheet.width, sheet.height, sheet.number, sheet.layer, sheet.scan
        )
        return look_over(page, sheet.glance(), engine, settings) if sheet.glance else page
    scan = sheet.scan()
    return read_page(scan.image, scan.dpi, sheet.number, sheet.layer, engine, settings)


def _record(document: Document, fields: Fields, made: Process, settings: Settings) -> Record:
    source = document.source
    found = {name: getattr(fields, name) for name in type(fields).model_fields}
    pages: list[PageRecord] = []
    edits: list[EditRecord] = []
    doubts: list[DoubtRecord] = []
    for page in document.pages:  # one passage at a time: those of a thousand pages are 100 MB
        passage = page_passage(page)
        pages.append(_page_record(page, passage.text))
        edits += page_edits(passage)
        doubts += page_doubts(passage, settings.review_below)
    return Record(
        **{**found, "warnings": [*fields.warnings, *page_warnings(document.pages)]},
        id=source.sha256[:_ID_DIGITS],
        source=SourceRecord(
            path=source.name,
            files=[encodable(path.name) for path in source.paths],
            sha256=source.sha256,
            size=source.size,
            media_type=source.media_type,
            pages=len(document.pages),
        ),
        process=made,
        pages=pages,
        edits=edits,
        doubts=doubts,
    )


def _page_record(page: Page, text: str) -> PageRecord:
    confidence = page.confidence
    return PageRecord(
        number=page.number,
        width=page.width and round(page.width, 1),
        height=page.height and round(page.height, 1),
        verdict=page.text_layer.verdict.value,
        reason=page.text_layer.reason,
        confidence=confidence and round(confidence, 3),
        text=text,
        regions=[_region_record(region, page) for region in page.regions],
        error=page.error,
    )


def _region_record(region: Region, page: Page) -> RegionRecord:
    box = page.frame.apply(region.box)
    x0, y0, x1, y1 = (round(edge, 1) for edge in (box.x0, box.y0, box.x1, box.y1))
    return RegionRecord(kind=region.kind, box=(x0, y0, x1, y1))
