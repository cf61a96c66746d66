# SPDX-License-Identifier: Apache-2.0
"""Makes a clean page look scanned: skew, faint ink, blur, noise, dust, the edge of the glass."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Damage:
    """How a page is scanned and spoilt.

    Attributes:
        dpi: resolution of the scan.
        mode: "rgb", "gray" or "bw" (1 bit).
        skew: largest turn of a page in degrees; each page gets its own, either way.
        ink: 1.0 is full black, less is a faint print.
        blur: sigma of the lens in points.
        noise: standard deviation of the sensor in grey levels.
        dust: specks on a page.
        edge: whether the dark edge of the glass shows at the left.
        quality: of JPEG, 1-95.
    """

    dpi: int = 200
    mode: str = "gray"
    skew: float = 0.6
    ink: float = 1.0
    blur: float = 0.22
    noise: float = 3.0
    dust: int = 30
    edge: bool = False
    quality: int = 45


def _turn(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(  # type: ignore[return-value]
        page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )


def _paper(shape: tuple[int, int], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return how light falls on the glass: a slow slope and soft clouds, near 1."""
    height, width = shape
    slope = np.linspace(rng.uniform(0.97, 1.0), rng.uniform(0.97, 1.0), width, dtype=np.float32)
    clouds = cv2.resize(
        rng.normal(1.0, 0.006, (9, 7)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    return np.minimum(slope[None, :] * clouds, 1.0)


def _dust(page: Pixels, specks: int, rng: np.random.Generator) -> None:
    height, width = page.shape[:2]
    for _ in range(specks):
        spot = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        radius = int(rng.integers(0, max(2, height // 1100)))
        cv2.circle(page, spot, radius, (int(rng.integers(40, 150)),) * 3, -1, cv2.LINE_AA)


def _edge(page: Pixels, rng: np.random.Generator) -> None:
    """Darken a broken streak along the left border, as a lid that does not close leaves it."""
    height, width = page.shape[:2]
    x = max(2, width // 140)
    for top in range(0, height, height // 24):
        if rng.random() < 0.6:
            foot = top + int(rng.integers(height // 60, height // 20))
            cv2.line(page, (x, top), (x, foot), (70, 70, 70), max(1, width // 800))


def spoil(page: Pixels, damage: Damage, rng: np.random.Generator) -> Pixels:
    """Return a scanned copy of a clean RGB page: RGB, one grey channel, or 0/255 for 1 bit.

    Args:
        page: height x width x 3, 8 bits, at `damage.dpi`.
        damage: what to do to it.
        rng: seeded by the caller, so that the same page is spoilt in the same way.
    """
    turned = _turn(page, float(rng.choice((-1, 1)) * rng.uniform(0.5, 1.0) * damage.skew))
    _dust(turned, damage.dust, rng)
    if damage.edge:
        _edge(turned, rng)
    light = turned.astype(np.float32)
    light = 255 - (255 - light) * damage.ink
    sigma = damage.blur * damage.dpi / 72
    light = cv2.GaussianBlur(light, (0, 0), sigma) if sigma > 0.05 else light
    light *= _paper(light.shape[:2], rng)[..., None] * np.array((1.0, 0.995, 0.98), np.float32)
    light += rng.normal(0, damage.noise, light.shape[:2]).astype(np.float32)[..., None]
    scanned = light.clip(0, 255).astype(np.uint8)
    if damage.mode == "rgb":
        return scanned
    grey = cv2.cvtColor(scanned, cv2.COLOR_RGB2GRAY)
    if damage.mode == "gray":
        return grey  # type: ignore[return-value]
    return np.where(grey > 150, 255, 0).astype(np.uint8)
