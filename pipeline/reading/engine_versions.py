# SPDX-License-Identifier: Apache-2.0
"""Which readers are installed, with which models; asked without loading what reads with them."""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.dictionary import folder
from pipeline.errors import MissingDependencyError

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd"


@dataclass(frozen=True, slots=True)
class Models:
    """The folder of Tesseract's models, and of each the first digits of its SHA-256."""

    folder: Path
    digests: dict[str, str]


def engine_versions(command: str = "tesseract") -> dict[str, str]:
    """Return the version of Tesseract, and for each model the first digits of its SHA-256.

    Raises:
        MissingDependencyError: Tesseract is not installed.
    """
    version = _said_by(command, "--version").splitlines()[0].removeprefix("tesseract ").strip()
    return {"tesseract": version, **models(command).digests}


@cache
def models(command: str = "tesseract") -> Models:
    """Return the models that Tesseract has.

    Raises:
        MissingDependencyError: Tesseract is not installed.
    """
    head, *names = _said_by(command, "--list-langs").splitlines()
    told = re.search(r'"(.+)"', head)
    folder = Path(told[1] if told else "")
    files = {name.strip(): folder / f"{name.strip()}.traineddata" for name in names}
    return Models(folder, {name: _digest(file) for name, file in files.items() if file.is_file()})


def line_reader_file() -> Path:
    """Return where the network of the line reader lies."""
    return folder() / "model" / "reader.onnx"


def line_reader_versions() -> dict[str, str]:
    """Return the first digits of the SHA-256 of the line reader's network."""
    return {"lines": _digest(line_reader_file())}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


@cache
def _said_by(command: str, argument: str) -> str:
    try:
        said = subprocess.run(  # noqa: S603 - the command is the one pytesseract runs
            [command, argument], capture_output=True, text=True, check=True, timeout=30
        )
    except FileNotFoundError as error:
        raise MissingDependencyError(f"Tesseract is not installed: {INSTALL}") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise MissingDependencyError(f"Tesseract does not run ({error}): {INSTALL}") from error
    return said.stdout or said.stderr
