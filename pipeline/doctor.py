# SPDX-License-Identifier: Apache-2.0
"""What this machine has of what the program needs, and how to get what is missing."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.errors import MissingDependencyError
from pipeline.intake.raster import poppler_version
from pipeline.reading.engine_versions import INSTALL, line_reader_versions
from pipeline.reading.engines import versions_of
from pipeline.reading.line_reader import line_model
from pipeline.reading.slot_reader import digit_model
from pipeline.repair.language_model import language_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the program needs: its version if it is there, else how to get it."""

    name: str
    version: str | None
    remedy: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Return a finding for each part; a version of None means that it is missing."""
    findings = [
        Finding("sohoa", __version__),
        Finding("Python", platform.python_version()),
    ]
    findings += _engine_findings(settings)
    findings.append(_finding("poppler", poppler_version))
    findings.append(_finding("lines", _line_reader))
    findings.append(_finding("digits", lambda: digit_model().digest[:12]))
    findings.append(_finding("syllables", lambda: f"{len(language_model().vocabulary)} words"))
    return findings


def _engine_findings(settings: Settings) -> list[Finding]:
    try:
        versions = versions_of(settings)
    except MissingDependencyError as error:
        return [Finding("tesseract", None, str(error))]
    needed = [*settings.language.split("+"), "osd"]
    return [
        Finding("tesseract", versions.get("tesseract"), INSTALL),
        *(
            Finding(f"model {model}", versions.get(model), f"apt-get install tesseract-ocr-{model}")
            for model in needed
        ),
    ]


def _line_reader() -> str:
    """Return the version of the line reader, which can be loaded."""
    line_model()
    return line_reader_versions()["lines"]


def _finding(name: str, version: Callable[[], str]) -> Finding:
    try:
        return Finding(name, version())
    except MissingDependencyError as error:
        return Finding(name, None, str(error))
