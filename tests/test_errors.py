# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import errors
from pipeline.errors import ExitCode, SohoaError

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def family(base: type[SohoaError]) -> list[type[SohoaError]]:
    return [base, *(sub for child in base.__subclasses__() for sub in family(child))]


@pytest.mark.parametrize("error", family(SohoaError)[1:])
def test_the_drawn_tree_tells_the_exit_code(error: type[SohoaError]) -> None:
    drawn = re.search(rf"[+-] {error.__name__}\s+(\d+) ", errors.__doc__ or "")
    assert drawn, f"{error.__name__} is not drawn"
    assert int(drawn[1]) == error.exit_code


@pytest.mark.parametrize("code", ExitCode)
def test_the_readme_lists_every_exit_code(code: ExitCode) -> None:
    assert re.search(rf"^\| {int(code)} \|", README, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quyết định.pdf", "quyết định.pdf"),
        ("công v\udce3n", "công v\\xe3n"),  # Latin-1 bytes in a file's name
        ("\ud800", "\\ud800"),
    ],
)
def test_names_that_are_no_utf_8_can_be_written(text: str, expected: str) -> None:
    assert errors.encodable(text) == expected
    told = str(SohoaError(f"{text}\nis empty:\r\n fetch it again"))
    assert told == f"{expected} is empty:  fetch it again"
