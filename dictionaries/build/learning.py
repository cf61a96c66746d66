# SPDX-License-Identifier: Apache-2.0
"""What a training remembers, and its checkpoints, from which a run that was cut off goes on."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import torch
from torch import nn

if TYPE_CHECKING:
    from pathlib import Path

AnyNetwork = TypeVar("AnyNetwork", bound=nn.Module)


@dataclass(slots=True)
class State(Generic[AnyNetwork]):
    """All that a run has to remember: checkpoints are made of it."""

    network: AnyNetwork
    average: AnyNetwork
    optimizer: torch.optim.Optimizer
    step: int
    curve: list[dict[str, float]]


def begun(network: AnyNetwork, rate: float, checkpoint: Path) -> State[AnyNetwork]:
    """Return the state of a checkpoint, or that of an untrained network with a learning rate."""
    network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    state = State(network, average, optimizer, 0, [])
    if checkpoint.is_file():
        found = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(found["network"])
        average.load_state_dict(found["average"])
        optimizer.load_state_dict(found["optimizer"])
        state.step, state.curve = found["step"], found["curve"]
    return state


def save(state: State[AnyNetwork], checkpoint: Path) -> None:
    """Write a checkpoint; a run that is killed meanwhile leaves the old one."""
    new = checkpoint.with_suffix(".new")
    torch.save(
        {
            "network": state.network.state_dict(),
            "average": state.average.state_dict(),
            "optimizer": state.optimizer.state_dict(),
            "step": state.step,
            "curve": state.curve,
        },
        new,
    )
    new.replace(checkpoint)


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, keep: float) -> None:
    """Bring the moving average of the weights one step closer to the network."""
    for old, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if old.is_floating_point():
            old.lerp_(new, 1 - keep)
        else:
            old.copy_(new)
