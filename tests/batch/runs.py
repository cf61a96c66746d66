# SPDX-License-Identifier: Apache-2.0
"""Small documents, and runs over them whose workers are lost in every way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.batch.outcome import Outcome
from pipeline.batch.plan import Plan, run_batch
from pipeline.batch.pool import Pool
from pipeline.intake.gather import gather
from pipeline.settings import Settings

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN LỤC NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND
Lục Nam, ngày 19 tháng 9 năm 2022
KẾ HOẠCH
Kiểm tra công tác văn thư năm 2022
"""
ENGINE = {"tesseract": "5.3.0", "vie": "0123456789ab"}


class Heard:
    """A listener that remembers what it was told."""

    def __init__(self) -> None:
        self.began_pages: dict[str, int] = {}
        self.pages = 0
        self.outcomes: list[Outcome] = []

    def began(self, name: str, pages: int) -> None:
        self.began_pages[name] = pages

    def read(self, pages: int) -> None:
        self.pages += pages

    def ended(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


class Sabotaged(Pool):
    """A pool whose tasks go by way of `trap`, which may lose the process that does them."""

    def __init__(self, size: int, settings: Settings, trap: Callable[..., Any]) -> None:
        super().__init__(size, settings)
        self._trap = trap

    def submit(self, task: Callable[..., Any], *args: Any, timeout: float) -> Any:
        return super().submit(self._trap, task, *args, timeout=timeout)


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    settle(path)


def settle(path: Path) -> None:
    """Make a file look as if it had been written long ago."""
    now = path.stat().st_mtime - 1000
    os.utime(path, (now, now))


def run(
    folder: Path,
    out: Path,
    *,
    force: bool = False,
    settings: Settings | None = None,
    trap: Callable[..., Any] | None = None,
    engine: dict[str, str] | None = None,
) -> Heard:
    """Do the documents of a folder; the outcomes are in order of their names."""
    settings = settings or Settings()
    heard = Heard()
    plan = Plan(
        gather([folder]),
        out,
        engine or ENGINE,
        lambda: Sabotaged(2, settings, trap) if trap else Pool(2, settings),
        force,
    )
    outcomes = run_batch(plan, settings, heard)
    assert outcomes == heard.outcomes
    heard.outcomes.sort(key=lambda outcome: outcome.name)
    return heard
