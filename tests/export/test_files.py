# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import errno
import os
import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.errors import OutputError, StorageError
from pipeline.export.files import write_bytes, write_text, writing


def test_folders_are_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_text(tmp_path / "a" / "b.json", "số\n")
    assert (tmp_path / "a" / "b.json").read_text(encoding="utf-8") == "số\n"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.json"]


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.ENOSPC, StorageError, "the disk is full; make room"),
        (errno.EDQUOT, StorageError, "the disk is full; make room"),
        (errno.EROFS, StorageError, "choose another -o folder"),
        (errno.EACCES, StorageError, "choose another -o folder"),
        (errno.EIO, StorageError, "choose another -o folder"),
        (errno.ESTALE, StorageError, "choose another -o folder"),  # a share that is gone
        (errno.ENAMETOOLONG, OutputError, "choose another -o folder"),
    ],
)
def test_a_failed_write_keeps_the_old_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    kind: type[OutputError],
    words: str,
) -> None:
    target = tmp_path / "x.json"
    target.write_text("old")

    def fails(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    for place, step in ((os, "fsync"), (Path, "replace"), (Path, "mkdir")):
        with monkeypatch.context() as patched:
            patched.setattr(place, step, fails)
            with pytest.raises(OutputError, match=words) as caught:
                write_text(target, "new")
        assert type(caught.value) is kind
        assert target.read_text() == "old"
        assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_what_the_system_cuts_off_is_not_left_half(tmp_path: Path) -> None:
    target = tmp_path / "x.bin"
    with no_file_larger_than(1 << 16):
        write_bytes(target, bytes(1 << 15))
        with pytest.raises(OutputError, match="cannot be written"):
            write_bytes(target, bytes(1 << 17))
        with pytest.raises(OutputError):
            in_pieces(tmp_path / "y.bin", 1 << 17)
    assert target.stat().st_size == 1 << 15
    assert [path.name for path in tmp_path.iterdir()] == ["x.bin"]


def in_pieces(path: Path, size: int, piece: int = 1 << 12) -> None:
    with writing(path) as file:
        for _ in range(size // piece):
            file.write(bytes(piece))


def interrupted(path: Path) -> None:
    with writing(path) as file:
        file.write(b"half of")
        raise KeyboardInterrupt


def test_an_error_of_the_writer_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "x.json")
    assert list(tmp_path.iterdir()) == []


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_text(tmp_path / "open", "x")
    write_text(tmp_path / "private", "x", private=True)
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "open").stat().st_mode) == 0o666 & ~mask


@pytest.mark.parametrize("way", ["file", "folder"])
def test_something_in_the_way_is_an_output_error(tmp_path: Path, way: str) -> None:
    if way == "file":
        (tmp_path / "x").write_text("")
        target = tmp_path / "x" / "x.json"
    else:
        target = tmp_path / "x.json"
        (target / "y").mkdir(parents=True)
    with pytest.raises(OutputError, match="choose another"):
        write_text(target, "{}")
    assert not list(tmp_path.rglob(".*.part"))


def test_a_folder_that_nobody_can_write_to(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="choose another -o folder"):
        write_text(Path("/proc/sohoa.json"), "{}")
