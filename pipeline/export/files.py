# SPDX-License-Identifier: Apache-2.0
"""Writing whole files: beside their place first, then renamed, so that none is ever seen half."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING

from pipeline.errors import OutputError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

# The ending of what is being written; a process that was killed leaves it behind.
PART = ".part"
# What stops a whole run, since the next document would meet the same.
_NO_SPACE = frozenset((errno.ENOSPC, errno.EDQUOT))
_NO_WRITING = frozenset(
    (errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENXIO)
)


def write_text(path: Path, text: str, encoding: str = "utf-8", *, private: bool = False) -> None:
    """Write `text` to `path` in one step; its folders are made where they are missing.

    A `private` file can be read by its owner only.

    Raises:
        StorageError: nothing can be written there: the disk is full or read-only.
        OutputError: this file cannot be written.
    """
    write_bytes(path, text.encode(encoding), private=private)


def write_bytes(path: Path, data: bytes, *, private: bool = False, durable: bool = True) -> None:
    """Write `data` to `path` in one step, as `writing` does."""
    with writing(path, private=private, durable=durable) as file:
        file.write(data)


@contextmanager
def writing(path: Path, *, private: bool = False, durable: bool = True) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of `path` when the block ends without an error.

    What is not `durable` may be lost by a power cut, and costs no wait for the disk.

    Raises:
        StorageError: nothing can be written there: the disk is full or read-only.
        OutputError: this file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=PART, delete=False) as file:
            beside = Path(file.name)
            try:
                yield file
                file.flush()
                if durable:
                    os.fsync(file.fileno())
                if not private:  # as the temporary file is; else the rights of any new file
                    beside.chmod(0o666 & ~_umask())
                beside.replace(path)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise output_error(path, error) from error


def output_error(path: Path, error: OSError) -> OutputError:
    """Return the error of ours for one of the system's in writing to `path`."""
    if error.errno in _NO_SPACE:
        return StorageError(
            f"{path}: the disk is full; make room, then run again: what is done is kept"
        )
    if error.errno in _NO_WRITING:
        return StorageError(
            f"{path} cannot be written ({error.strerror}): choose another -o folder"
        )
    return OutputError(f"{path} cannot be written ({error.strerror}): choose another -o folder")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
