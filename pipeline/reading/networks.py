# SPDX-License-Identifier: Apache-2.0
"""The small networks of the program; onnxruntime, which only this module knows, runs them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import MissingDependencyError

if TYPE_CHECKING:
    from pathlib import Path


# A probability is no nearer to 0 or 1 than this.
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Network:
    """A network with what its file says of it.

    Attributes:
        session: of onnxruntime.
        slope: with `offset`, how the logit of a probability becomes that of the confidence.
        offset: see `slope`.
        digest: SHA-256 of the weights, for the record.
    """

    session: Any
    slope: float
    offset: float
    digest: str

    @classmethod
    def of(cls, path: Path, what: str, train: str) -> Self:
        """Return the network in a file; arguments and errors are those of `open_network`."""
        session, facts = open_network(path, what, train)
        try:
            return cls(session, float(facts["slope"]), float(facts["offset"]), facts["digest"])
        except (KeyError, ValueError) as error:
            raise unusable(path, what, train, error) from error

    def confidence(self, probability: float) -> float:
        """Return how often that is right to which the network gives this probability."""
        share = min(max(probability, _TINY), 1 - _TINY)
        logit = self.slope * math.log(share / (1 - share)) + self.offset
        return 1 / (1 + math.exp(-logit))


def open_network(path: Path, what: str, train: str) -> tuple[Any, dict[str, str]]:
    """Return the session of the network in a file, and what the file says of it.

    Args:
        path: of the model.
        what: it does, for messages: "the reader of digits".
        train: the command that makes it anew.

    Raises:
        MissingDependencyError: onnxruntime is not installed, the file is missing or no model.
    """
    try:
        import onnxruntime  # noqa: PLC0415 - a tenth of a second that text documents need not wait
    except ImportError as error:
        raise MissingDependencyError(
            f"onnxruntime, which runs {what}, is not installed: pip install onnxruntime"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    states = onnxruntime.capi.onnxruntime_pybind11_state
    broken = (states.InvalidProtobuf, states.InvalidGraph, states.Fail, states.InvalidArgument)
    try:
        session = onnxruntime.InferenceSession(
            path.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
    except (OSError, ValueError, *broken) as error:
        raise unusable(path, what, train, error) from error
    return session, dict(session.get_modelmeta().custom_metadata_map)


def unusable(path: Path, what: str, train: str, error: Exception) -> MissingDependencyError:
    """Return the error that says what to do with a file that is no model of ours."""
    return MissingDependencyError(
        f"{what} {path} cannot be used ({error}): get the file of this release again, or train it "
        f"({train})"
    )
