# SPDX-License-Identifier: Apache-2.0
"""What became of a document in a run."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - part of a dataclass
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.errors import ExitCode, SohoaError
from pipeline.export.rows import fields_to_review, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Fields of head and foot that the closing table counts as found.
COUNTED_FIELDS = ("number", "date", "place", "doc_type", "issuer", "title", "signer")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document, or one page of it, could not be read.

    Attributes:
        error: the name of the error's class.
        exit_code: the one of `sohoa` for it.
        message: what happened and what to do next.
        page: which page, None for the document.
    """

    error: str
    exit_code: ExitCode
    message: str
    page: int | None = None

    @staticmethod
    def of(error: Exception, page: int | None = None) -> Failure:
        """Return the failure that an exception stands for."""
        if isinstance(error, SohoaError):
            return Failure(type(error).__name__, error.exit_code, str(error), page)
        message = f"a fault of the program ({error}): please report it with this file"
        return Failure(type(error).__name__, ExitCode.INPUT, message, page)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    Attributes:
        name: as in the record.
        state: "done", "skipped" (nothing has changed since it was done) or "failed".
        sha256: of its files; "" if they could not be read.
        pages, found, to_review, tasks, deadlines: counts of the record, 0 if it failed.
        seconds: of work by stage, in all processes together.
        failures: the reason, if it failed; else one for each page that was set aside.
        rows: its lines in the tables, by table.
    """

    name: str
    state: str
    sha256: str = ""
    pages: int = 0
    found: int = 0
    to_review: int = 0
    tasks: int = 0
    deadlines: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    rows: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def exit_code(self) -> ExitCode:
        """What the first failure stands for; OK without one."""
        return self.failures[0].exit_code if self.failures else ExitCode.OK

    @property
    def message(self) -> str:
        """The first failure's message; empty without one."""
        return self.failures[0].message if self.failures else ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of many outcomes; `documents` by state."""

    documents: dict[str, int]
    pages: int
    pages_set_aside: int
    fields_found: int
    fields_to_review: int
    tasks: int
    deadlines: int

    @staticmethod
    def of(outcomes: Sequence[Outcome]) -> Totals:
        """Return the sums over `outcomes`."""
        return Totals(
            documents={
                state: sum(outcome.state == state for outcome in outcomes)
                for state in ("done", "skipped", "failed")
            },
            pages=sum(outcome.pages for outcome in outcomes),
            pages_set_aside=sum(
                len(outcome.failures) for outcome in outcomes if outcome.state != "failed"
            ),
            fields_found=sum(outcome.found for outcome in outcomes),
            fields_to_review=sum(outcome.to_review for outcome in outcomes),
            tasks=sum(outcome.tasks for outcome in outcomes),
            deadlines=sum(outcome.deadlines for outcome in outcomes),
        )


def outcome_of(
    name: str,
    state: str,
    record: dict[str, Any],
    failures: Iterable[Failure] = (),
    *,
    allow_secret: bool = False,
) -> Outcome:
    """Return the outcome of a document whose record is there."""
    return Outcome(
        name,
        state,
        sha256=record["source"]["sha256"],
        pages=len(record["pages"]),
        found=sum(record[field] is not None for field in COUNTED_FIELDS),
        to_review=len(fields_to_review(record)),
        tasks=len(record["tasks"]),
        deadlines=len(record["deadlines"]),
        seconds=record["process"]["seconds"],
        failures=tuple(failures),
        rows=rows_of(record, allow_secret=allow_secret),
    )


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """Return OK, the one reason for which everything failed, or SOME_FAILED."""
    codes = {outcome.exit_code for outcome in outcomes}
    return codes.pop() if len(codes) == 1 else ExitCode.SOME_FAILED if codes else ExitCode.OK
