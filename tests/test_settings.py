# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.settings import Settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_arguments_beat_the_environment_beats_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sohoa.toml").write_text("max_pages = 10\nreview_below = 0.5\nreading_timeout = 7\n")
    monkeypatch.setenv("SOHOA_MAX_PAGES", "20")
    monkeypatch.setenv("SOHOA_REVIEW_BELOW", "0.6")
    settings = Settings(max_pages=30)
    assert (settings.max_pages, settings.review_below, settings.reading_timeout) == (30, 0.6, 7)
    assert settings.language == "vie"


@pytest.mark.parametrize(
    "wrong",
    [{"max_pages": 0}, {"review_below": 1.5}, {"language": "vie; rm -rf"}, {"unknown": 1}],
)
def test_wrong_settings_are_refused(folder: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)  # type: ignore[arg-type]
