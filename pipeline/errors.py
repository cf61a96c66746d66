# SPDX-License-Identifier: Apache-2.0
"""What can go wrong, as one tree; every class has its exit code and says what to do next.

* SohoaError
  + UsageError            1   the call itself is wrong
  + InputError            2   the document cannot be read
    - EncryptedError     10   a password is needed
    - EmptyError         11   no bytes, or no page
    - DamagedError       12   cut off or broken inside
    - NotADocumentError  13   not a kind of file that is read here
    - PageTooLargeError  14   more pixels than the limit
    - TooManyPagesError  15   more pages than `--max-pages`
  + MissingDependencyError 3  Tesseract, a model of it, or poppler is not installed
  + OutputError           5   the record cannot be written
    - StorageError        5   nothing can be written any more: the run stops
  + ReadingError         20   the reader failed on a page
    - ReadingTimeoutError 21  the reader took too long on a page
  + WorkerError          22   the process that worked on the document died
  + ClusterError         22   the cluster cannot be reached, or is not fit for the run
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command `sohoa`; the README lists them."""

    OK = 0
    USAGE = 1
    INPUT = 2
    MISSING_DEPENDENCY = 3
    SOME_FAILED = 4
    OUTPUT = 5
    ENCRYPTED = 10
    EMPTY = 11
    DAMAGED = 12
    NOT_A_DOCUMENT = 13
    PAGE_TOO_LARGE = 14
    TOO_MANY_PAGES = 15
    READING = 20
    READING_TIMEOUT = 21
    WORKER = 22
    INTERRUPTED = 130


def encodable(text: str) -> str:
    r"""Return `text` as UTF-8 can write it: bytes of a file's name that are none become "\xff"."""
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # what Python makes of no name
        data = text.encode("utf-8", "backslashreplace")
    return data.decode("utf-8", "backslashreplace")


class SohoaError(Exception):
    """Any failure that the program foresees; the message says what to do next.

    The message is one line that UTF-8 can write, whatever the name of the file in it.
    """

    exit_code = ExitCode.INPUT

    def __init__(self, message: str = "") -> None:
        super().__init__(" ".join(encodable(message).splitlines()))


class UsageError(SohoaError):
    """The call itself is wrong: an unknown path, a value out of range."""

    exit_code = ExitCode.USAGE


class InputError(SohoaError):
    """The document cannot be read."""

    exit_code = ExitCode.INPUT


class EncryptedError(InputError):
    """The document asks for a password."""

    exit_code = ExitCode.ENCRYPTED


class EmptyError(InputError):
    """The file has no bytes, or the document no page."""

    exit_code = ExitCode.EMPTY


class DamagedError(InputError):
    """The file is cut off or broken inside."""

    exit_code = ExitCode.DAMAGED


class NotADocumentError(InputError):
    """The file is of a kind that is not read here."""

    exit_code = ExitCode.NOT_A_DOCUMENT


class PageTooLargeError(InputError):
    """A page has more pixels than the limit."""

    exit_code = ExitCode.PAGE_TOO_LARGE


class TooManyPagesError(InputError):
    """The document has more pages than `--max-pages`."""

    exit_code = ExitCode.TOO_MANY_PAGES


class MissingDependencyError(SohoaError):
    """Tesseract, one of its models, or poppler is not installed."""

    exit_code = ExitCode.MISSING_DEPENDENCY


class OutputError(SohoaError):
    """A record or table cannot be written."""

    exit_code = ExitCode.OUTPUT


class StorageError(OutputError):
    """Nothing can be written to the folder of the records: the disk is full, or read-only."""


class ReadingError(SohoaError):
    """The reader failed on a page."""

    exit_code = ExitCode.READING


class ReadingTimeoutError(ReadingError):
    """The reader took longer on a page than `reading_timeout` allows."""

    exit_code = ExitCode.READING_TIMEOUT


class WorkerError(SohoaError):
    """The process that worked on the document died or was killed."""

    exit_code = ExitCode.WORKER


class ClusterError(SohoaError):
    """A cluster cannot be reached, or a worker of it is not fit for the run."""

    exit_code = ExitCode.WORKER
