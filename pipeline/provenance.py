# SPDX-License-Identifier: Apache-2.0
"""What a record and a reading are made with: two of the same provenance are the same.

A document is done again if its bytes or any of this has changed; the reading of its pages, which
takes nine tenths of the time, only if something has changed that the reading depends on.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__, dictionary
from pipeline.record import Process

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.settings import Settings

# What stands between a file and the words on its pages: rooms, and modules of the hall.
_READING_CODE = (
    "intake",
    "reading",
    "model.py",
    "doubt.py",
    "vietnamese.py",
    "likeness.py",
    "dictionary.py",
)
# The tables that the room of reading looks into; the models of digits belong to it, too.
READING_TABLES = ("authorities", "markings", "person_names", "phrases", "surnames")

# Settings that only say how long, how much and how secret: the record is the same.
_LIMITS = frozenset(
    ("reading_timeout", "page_timeout", "max_pages", "max_megapixels", "max_megabytes",
     "max_worker_megabytes", "keep_readings")
)  # fmt: skip
_READING_SETTINGS = ("language", "read", "reader")
# Hex digits of a SHA-256 that tell versions apart.
_DIGITS = 12


def process_of(engine: dict[str, str], settings: Settings) -> Process:
    """Return what a record tells of its making, its seconds still empty."""
    return Process(
        program=__version__,
        code=code_digest(),
        engine=engine,
        dictionaries=dictionary.digest(),
        settings=_digest(settings.model_dump(mode="json", exclude=set(_LIMITS))),
        seconds={},
    )


def limits_of(settings: Settings) -> str:
    """Return a digest of the limits: what failed under others is worth another try."""
    return _digest(settings.model_dump(mode="json", include=set(_LIMITS)))


def reading_key(sha256: str, engine: dict[str, str], settings: Settings) -> str:
    """Return the name of the reading of a file with the digest `sha256`."""
    chosen = settings.model_dump(mode="json", include=set(_READING_SETTINGS))
    return hashlib.sha256(
        json.dumps([sha256, engine, chosen, reading_digest()], sort_keys=True).encode()
    ).hexdigest()


@cache
def reading_digest() -> str:
    """Return a digest of the code, tables and models that the reading of a page depends on."""
    return _digest([code_digest(*_READING_CODE), dictionary.digest(*READING_TABLES, models="onnx")])


@cache
def code_digest(*parts: str) -> str:
    """Return a digest of the program's own modules, or of the `parts` (rooms, modules) of it."""
    package = Path(__file__).parent
    chosen = [package / part for part in parts] or [package]
    total = hashlib.sha256()
    for path in sorted(_modules(chosen)):
        total.update(path.relative_to(package).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:_DIGITS]


def _modules(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        yield from path.rglob("*.py") if path.is_dir() else (path,)


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:_DIGITS]
