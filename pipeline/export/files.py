# SPDX-License-Identifier: Apache-2.0
"""Writing whole files: beside their place first, then renamed, so that none is ever seen half."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from pipeline.errors import OutputError


def write_text(path: Path, text: str, encoding: str = "utf-8", *, private: bool = False) -> None:
    """Write `text` to `path` in one step; its folders are made where they are missing.

    A `private` file can be read by its owner only.

    Raises:
        OutputError: the folder cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w",
            encoding=encoding,
            newline="",
            dir=path.parent,
            prefix=".",
            suffix=".part",
            delete=False,
        ) as file:
            beside = Path(file.name)
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
                if not private:  # as the temporary file is; else the rights of any new file
                    beside.chmod(0o666 & ~_umask())
                beside.replace(path)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror}): choose another -o folder"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
