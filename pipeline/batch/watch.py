# SPDX-License-Identifier: Apache-2.0
"""A folder that scanners write into: files are taken once they have come to rest."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.batch.manifest import stamp
from pipeline.errors import OutputError
from pipeline.intake.gather import gather

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pipeline.batch.outcome import Outcome
    from pipeline.intake.gather import Item


@dataclass(slots=True)
class Rest:
    """Which documents of a folder have come to rest, by what was seen of them before.

    Attributes:
        seconds: that a document's files must stay as they are.
    """

    seconds: float
    _seen: dict[str, tuple[str, float]] = field(default_factory=dict)
    _taken: dict[str, str] = field(default_factory=dict)

    def take(self, items: Iterable[Item], now: float) -> list[Item]:
        """Return the documents that have come to rest and were not taken as they are now.

        Args:
            items: all documents of the folder.
            now: seconds by any clock that goes on evenly.
        """
        taken, seen = [], {}
        for item in items:
            try:
                files = stamp(item.paths)
            except OSError:  # gone meanwhile
                continue
            known, since = self._seen.get(item.name, ("", now))
            since = since if known == files else now
            seen[item.name] = files, since
            if now - since >= self.seconds and self._taken.get(item.name) != files:
                self._taken[item.name] = files
                taken.append(item)
        self._seen = seen
        return taken


def arrivals(
    inbox: Path, out: Path, rest: Rest, every: float, sleep: Callable[[float], None] = time.sleep
) -> Iterator[list[Item]]:
    """Yield, for ever, the documents in `inbox` that have come to rest since the last time.

    Args:
        inbox: the folder.
        out: the folder of the records, left out where it lies in `inbox`.
        rest: tells which have come to rest.
        every: seconds between two looks.
        sleep: waits.

    Raises:
        UsageError: the folder is gone.
    """
    while True:
        items = rest.take(gather([inbox], exclude=out), time.monotonic())
        if items:
            yield items
        else:
            sleep(every)


def move_done(items: Iterable[Item], outcomes: Iterable[Outcome], inbox: Path, to: Path) -> None:
    """Move the files of documents that are done from `inbox` to the same places under `to`.

    A file that is there already is not written over: the one that comes gets a number.

    Raises:
        OutputError: a file cannot be moved.
    """
    done = {outcome.name for outcome in outcomes if outcome.state != "failed"}
    for path in (path for item in items if item.name in done for path in item.paths):
        place = to / path.absolute().relative_to(inbox.absolute())
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _move(path, place)
        except OSError as error:
            raise OutputError(f"{path} cannot be moved to {place} ({error.strerror})") from error


def _move(path: Path, place: Path) -> None:
    for number in range(1, 1000):
        free = place if number == 1 else place.with_stem(f"{place.stem}.{number}")
        try:
            os.link(path, free)  # fails where there is one, unlike a renaming
        except FileExistsError:
            continue
        except OSError:  # another file system
            if not free.exists():
                shutil.move(path, free)
                return
        else:
            path.unlink()
            return
    raise FileExistsError(0, "too many of its name", str(place))
