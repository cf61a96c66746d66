# SPDX-License-Identifier: Apache-2.0
"""The manifest: one SQLite file in the folder of the records that knows the state of each document.

The records are the truth, the manifest is the memory of the run: without it everything finished is
found again by its record, only slower. One run at a time works on a folder, told by a lock that
the system takes away when the run dies.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import time
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.batch.outcome import Failure, Outcome
from pipeline.errors import ExitCode, OutputError, StorageError, UsageError
from pipeline.export.files import PART, output_error
from pipeline.export.record_files import record_path
from pipeline.intake.gather import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FILE = "manifest.sqlite"
_LOCK = ".sohoa.lock"
_FORM = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS documents (
  name TEXT PRIMARY KEY,
  paths TEXT NOT NULL,       -- JSON: its files
  files TEXT NOT NULL,       -- their sizes and times when they were last read
  state TEXT NOT NULL,       -- waiting, working, done, failed
  made TEXT,                 -- digest of what it was made with
  limits TEXT,               -- digest of the limits it was done under
  record TEXT,               -- size and time of its record
  sha256 TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  worker TEXT,               -- host and process of the run that has it or had it last
  began REAL, ended REAL,    -- seconds since 1970
  pages INTEGER, found INTEGER, to_review INTEGER, tasks INTEGER, deadlines INTEGER,
  seconds TEXT,              -- JSON: of work by stage
  failures TEXT,             -- JSON: why it failed, or which pages were set aside
  rows TEXT                  -- JSON: its lines in the tables
) WITHOUT ROWID
"""
# A file that has changed within this time of being looked at may change again unseen, since file
# systems tell times no finer; its bytes are read again.
_SETTLED = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest knows of a document; `outcome` is that of the last time."""

    files: str
    state: str
    made: str | None
    limits: str | None
    record: str | None
    outcome: Outcome


class Manifest:
    """The open manifest of a folder of records; made by `open_manifest`."""

    def __init__(self, out: Path, connection: sqlite3.Connection) -> None:
        self._out = out
        self._db = connection

    def entries(self) -> dict[str, Entry]:
        """Return what is known of each document, by name."""
        return {row["name"]: _entry(row) for row in self._select("SELECT * FROM documents")}

    def counts(self) -> dict[str, int]:
        """Return how many documents there are in each state."""
        rows = self._select("SELECT state, COUNT(*) AS n FROM documents GROUP BY state")
        return {row["state"]: row["n"] for row in rows}

    def add(self, items: Iterable[Item]) -> None:
        """Enter documents as waiting; what is known of them from before stays beside it."""
        self._write(
            "INSERT INTO documents (name, paths, files, state) VALUES (?, ?, '', 'waiting')"
            " ON CONFLICT (name) DO UPDATE SET paths = excluded.paths, state = 'waiting'",
            [(item.name, json.dumps([str(path.absolute()) for path in item.paths]))
             for item in items],
        )  # fmt: skip

    def claim(self, name: str, files: str) -> None:
        """Say that this run works on a document whose files are as `files` tells."""
        self._write(
            "UPDATE documents SET state = 'working', attempts = attempts + 1, files = ?,"
            " worker = ?, began = ? WHERE name = ?",
            [(files, worker(), time.time(), name)],
        )

    def end(self, outcome: Outcome, made: str, limits: str) -> None:
        """Enter what became of a document."""
        state = "failed" if outcome.state == "failed" else "done"
        self._write(
            "UPDATE documents SET state = ?, made = ?, limits = ?, record = ?, sha256 = ?,"
            " pages = ?, found = ?, to_review = ?, tasks = ?, deadlines = ?, seconds = ?,"
            " failures = ?, rows = ?, ended = ? WHERE name = ?",
            [(
                state, made, limits, self.record_stamp(outcome.name), outcome.sha256,
                outcome.pages, outcome.found, outcome.to_review, outcome.tasks,
                outcome.deadlines, json.dumps(dict(outcome.seconds)),
                json.dumps([asdict(failure) for failure in outcome.failures], ensure_ascii=False),
                json.dumps(dict(outcome.rows), ensure_ascii=False), time.time(), outcome.name,
            )],
        )  # fmt: skip

    def reopen(self) -> list[Item]:
        """Take the failed documents, and those with pages set aside, as to be done; return them."""
        failed = "state IN ('done', 'failed') AND failures != '[]'"
        rows = self._select(f"SELECT name, paths FROM documents WHERE {failed} ORDER BY name")  # noqa: S608 - no value
        items = [Item(tuple(map(Path, json.loads(row["paths"]))), row["name"]) for row in rows]
        self._write(f"UPDATE documents SET made = NULL WHERE {failed}", [()])  # noqa: S608 - as above
        return items

    def release(self) -> None:
        """Set free what a run that was cut had begun."""
        self._write("UPDATE documents SET state = 'waiting' WHERE state = 'working'", [()])

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield the lines of a table, those of documents whose records are gone left out."""
        rows = self._select(
            "SELECT name, record, rows FROM documents WHERE rows IS NOT NULL ORDER BY name"
        )
        for row in rows:
            if row["record"] and row["record"] == self.record_stamp(row["name"]):
                yield from json.loads(row["rows"]).get(table, ())

    def failures(self) -> Iterator[tuple[str, Failure]]:
        """Yield the name of each document and why it failed or which pages were set aside."""
        for row in self._select(
            "SELECT name, failures FROM documents WHERE failures != '[]' ORDER BY name"
        ):
            for failure in _failures(row["failures"]):
                yield row["name"], failure

    def report(self) -> dict[str, Any]:
        """Return the state of the folder as plain data: counts, and each document in order."""
        documents = [
            {
                "path": row["name"],
                "state": row["state"],
                "attempts": row["attempts"],
                "pages": row["pages"],
                "to_review": row["to_review"],
                "worker": row["worker"],
                "began": row["began"],
                "ended": row["ended"],
                "seconds": json.loads(row["seconds"] or "{}"),
                "failures": json.loads(row["failures"] or "[]"),
            }
            for row in self._select("SELECT * FROM documents ORDER BY name")
        ]
        return {"folder": str(self._out), "states": self.counts(), "documents": documents}

    def record_stamp(self, name: str) -> str | None:
        """Return size and time of a document's record; None if there is none."""
        try:
            return stamp((record_path(self._out, name),))
        except (OSError, OutputError):
            return None

    def _select(self, statement: str, *values: str) -> Iterator[sqlite3.Row]:
        with _explained(self._out):
            yield from self._db.execute(statement, values)

    def _write(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with _explained(self._out), self._db:
            self._db.executemany(statement, rows)


@contextmanager
def open_manifest(out: Path) -> Iterator[Manifest]:
    """Open the manifest of the records in `out`, alone, for as long as the block runs.

    Raises:
        UsageError: another run works on the folder.
        StorageError: the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = os.open(out / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise output_error(out, error) from error
    try:
        was_cut = _take(lock, out)
        with closing(_connect(out)) as connection:
            manifest = Manifest(out, connection)
            if was_cut:
                _sweep(out)
                manifest.release()
            yield manifest
        os.ftruncate(lock, 0)  # not after an error: what it cut is swept the next time
    finally:
        os.close(lock)


@contextmanager
def look_into_manifest(out: Path) -> Iterator[Manifest]:
    """Open the manifest of the records in `out` for reading, also while a run works on it.

    Raises:
        UsageError: there is none.
    """
    require_manifest(out)
    with _explained(out):
        connection = sqlite3.connect(out / FILE, timeout=10)
        connection.row_factory = sqlite3.Row
    try:
        yield Manifest(out, connection)
    finally:
        connection.close()


def require_manifest(out: Path) -> None:
    """Raise UsageError if `out` is no folder of records with a manifest."""
    if not (out / FILE).is_file():
        raise UsageError(
            f"{out} holds no {FILE}: it is the folder that `sohoa extract -o` wrote to"
        )


def stamp(paths: Sequence[Path]) -> str:
    """Return sizes and times of files: as long as it stays the same, so do their bytes.

    Raises:
        OSError: a file is not there.
    """
    stats = [path.stat() for path in paths]
    return ",".join(f"{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ino}" for stat in stats)


def settled_stamp(paths: Sequence[Path]) -> str:
    """Return the `stamp` of files, "" if one has changed too lately for it to tell, or is gone."""
    try:
        lately = time.time() - _SETTLED
        settled = all(path.stat().st_mtime < lately for path in paths)
        return stamp(paths) if settled else ""
    except OSError:  # who begins the document says what is wrong with it
        return ""


def worker() -> str:
    """Return the host and the process of this run."""
    return f"{os.uname().nodename}:{os.getpid()}"


def _take(lock: int, out: Path) -> bool:
    """Take the lock, and return whether the run that had it last was cut."""
    holder = os.pread(lock, 200, 0).decode(errors="replace").strip()
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise UsageError(
            f"another run ({holder}) works on {out}: wait for it, or give another -o folder"
        ) from error
    os.ftruncate(lock, 0)
    os.pwrite(lock, worker().encode(), 0)
    return bool(holder)


def _sweep(out: Path) -> None:
    """Take away what processes that were killed had half written."""
    for path in out.rglob(f".*{PART}"):
        path.unlink(missing_ok=True)


def _connect(out: Path) -> sqlite3.Connection:
    """Return the open database; one that is broken is set aside, the records tell the same."""
    path = out / FILE
    for last in (False, True):
        try:
            connection = sqlite3.connect(path, timeout=30)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            # a power cut may lose the last entries, which the records tell as well
            connection.execute("PRAGMA synchronous = NORMAL")
            [form] = connection.execute("PRAGMA user_version").fetchone()
            if form not in (0, _FORM):
                raise sqlite3.DatabaseError(f"form {form}")
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {_FORM}")
        except sqlite3.OperationalError as error:
            raise _storage_error(out, error) from error
        except sqlite3.DatabaseError as error:
            if last:
                raise _storage_error(out, error) from error
            connection.close()
            path.replace(path.with_suffix(".broken"))
            for rest in ("-wal", "-shm"):
                path.with_name(FILE + rest).unlink(missing_ok=True)
        else:
            return connection
    raise AssertionError


@contextmanager
def _explained(out: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _storage_error(out, error) from error


def _storage_error(out: Path, error: sqlite3.Error) -> StorageError:
    return StorageError(
        f"{out / FILE}: {error}; make room or choose another -o folder, then run again:"
        " what is done is kept"
    )


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        files=row["files"],
        state=row["state"],
        made=row["made"],
        limits=row["limits"],
        record=row["record"],
        outcome=Outcome(
            row["name"],
            "failed" if row["state"] == "failed" else "skipped",
            sha256=row["sha256"] or "",
            pages=row["pages"] or 0,
            found=row["found"] or 0,
            to_review=row["to_review"] or 0,
            tasks=row["tasks"] or 0,
            deadlines=row["deadlines"] or 0,
            seconds=json.loads(row["seconds"] or "{}"),
            failures=_failures(row["failures"]),
        ),
    )


def _failures(text: str | None) -> tuple[Failure, ...]:
    return tuple(
        Failure(each["error"], ExitCode(each["exit_code"]), each["message"], each["page"])
        for each in json.loads(text or "[]")
    )
