# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import builtins
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pipeline.dictionary import folder
from pipeline.errors import ExitCode, MissingDependencyError
from pipeline.reading import line_reader, slot_reader
from pipeline.reading.networks import open_network, unusable

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent.parent
WHAT, TRAIN = "the reader of signs", "make model-signs"
LOADERS = {"make model-reader": line_reader.load, "make model-digits": slot_reader.load}


def field(number: int, *parts: bytes) -> bytes:
    """A field of a protobuf message that holds bytes."""
    data = b"".join(parts)
    return bytes([number << 3 | 2, len(data)]) + data


def number(place: int, value: int) -> bytes:
    """A field of a protobuf message that holds a small number."""
    return bytes([place << 3, value])


def model(**facts: str) -> bytes:
    """The smallest network there is: what comes in goes out; with facts about itself."""
    float_of_any_shape = field(2, field(1, number(1, 1)))
    graph = field(
        7,
        field(1, field(1, b"x"), field(2, b"y"), field(4, b"Identity")),
        field(2, b"g"),
        field(11, field(1, b"x"), float_of_any_shape),
        field(12, field(1, b"y"), float_of_any_shape),
    )
    said = [field(14, field(1, k.encode()), field(2, v.encode())) for k, v in facts.items()]
    return number(1, 8) + graph + field(8, number(2, 13)) + b"".join(said)


def test_a_network_is_opened_with_what_its_file_says(tmp_path: Path) -> None:
    path = tmp_path / "signs.onnx"
    path.write_bytes(model(digest="abc", slope="0.9"))
    session, facts = open_network(path, WHAT, TRAIN)
    assert facts == {"digest": "abc", "slope": "0.9"}
    (found,) = session.run(None, {"x": np.array([1, 2], np.float32)})
    assert found.tolist() == [1, 2]


def test_it_runs_on_one_thread(tmp_path: Path) -> None:
    path = tmp_path / "signs.onnx"
    path.write_bytes(model())
    options = open_network(path, WHAT, TRAIN)[0].get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no model",
        b"\x08\x09" * 40,
        model()[:20],
        model().replace(b"Identity", b"Nonesuch"),
        model().replace(number(1, 8), number(1, 100), 1),
        model().replace(number(2, 13), number(2, 120)),
        (folder() / "model" / "digits.onnx").read_bytes()[:100_000],
        b"\x00" * 1000,
    ],
    ids=[
        "empty",
        "text",
        "bytes",
        "cut off",
        "operator",
        "too new",
        "set too new",
        "half",
        "zeros",
    ],
)
def test_a_file_that_is_no_network_is_told(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "signs.onnx"
    path.write_bytes(raw)
    with pytest.raises(MissingDependencyError) as caught:
        open_network(path, WHAT, TRAIN)
    assert str(path) in str(caught.value)
    assert "cannot be used" in str(caught.value)
    assert TRAIN in str(caught.value)


@pytest.mark.parametrize("name", ["missing.onnx", "."])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(MissingDependencyError, match=f"{WHAT} .* train it .{TRAIN}"):
        open_network(tmp_path / name, WHAT, TRAIN)


def test_a_library_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("onnxruntime"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    for load in LOADERS.values():
        with pytest.raises(MissingDependencyError, match="pip install onnxruntime"):
            load(folder() / "model" / "reader.onnx")


def test_the_library_is_not_asked_for_before_a_network_is() -> None:
    readers = "pipeline.reading.line_engine, pipeline.reading.slot_reader, pipeline.reading.engines"
    code = f"import sys, {readers}; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


@pytest.mark.parametrize(("train", "load"), LOADERS.items())
class TestReaders:
    def test_a_missing_file(self, tmp_path: Path, train: str, load: Callable[[Path], Any]) -> None:
        with pytest.raises(MissingDependencyError, match=train):
            load(tmp_path / "reader.onnx")

    @pytest.mark.parametrize(
        "facts",
        [
            {},
            {"slope": "1", "offset": "0"},
            {"digest": "abc"},
            {"digest": "abc", "slope": "steep", "offset": "0"},
        ],
    )
    def test_a_network_of_another_kind(
        self, tmp_path: Path, train: str, load: Callable[[Path], Any], facts: dict[str, str]
    ) -> None:
        path = tmp_path / "reader.onnx"
        path.write_bytes(model(**facts))
        with pytest.raises(MissingDependencyError, match="cannot be used") as caught:
            load(path)
        assert train in str(caught.value)

    def test_a_network_that_says_all(
        self, tmp_path: Path, train: str, load: Callable[[Path], Any]
    ) -> None:
        path = tmp_path / "reader.onnx"
        path.write_bytes(model(digest="abc", slope="0.9", offset="-0.2"))
        found = load(path)
        assert train
        assert (found.digest, found.slope, found.offset) == ("abc", 0.9, -0.2)


def test_the_error_has_its_exit_code_and_is_one_line() -> None:
    error = unusable(Path("signs.onnx"), WHAT, TRAIN, ValueError("bad\nfile"))
    assert error.exit_code == ExitCode.MISSING_DEPENDENCY
    assert "\n" not in str(error)
