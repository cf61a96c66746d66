# SPDX-License-Identifier: Apache-2.0
"""Makes a set line look scanned, and cuts it out as the program does.

Office scanners, 1-bit fax, telephones, what is left of a seal or a pen stroke when its colour is
taken out, specks, clouds of light, JPEG, and the resampling to the reading height.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.line_picture import BaseLine, Pixels, cut

if TYPE_CHECKING:
    from dictionaries.build.reader_lines import SetLine

Grey = npt.NDArray[np.float32]
# Height of a small letter in the reading copy of a page.
_READING = 15.0


def scan(line: SetLine, rng: np.random.Generator) -> Pixels:
    """Return the line as the network takes it, after a scanner and a cut that is a little off."""
    point = line.letter / 6.1  # pixels of a point
    ink = _toner(line.ink, rng)
    paper, black = float(rng.uniform(190, 255)), float(rng.uniform(0, 95))
    page = paper + (black - paper) * ink
    if rng.random() < 0.12:
        _strokes(page, line, rng)
    page = _blurred(page, point, rng)
    page += _clouds(page.shape, rng)
    if (noise := float(rng.uniform(0, 9) if rng.random() < 0.7 else 0)) > 1:
        page += rng.standard_normal(page.shape, np.float32) * noise
    if rng.random() < 0.3:
        _specks(page, point, rng)
    grey = np.clip(page, 0, 255).astype(np.uint8)
    chance = rng.random()
    if chance < 0.38:
        edge = paper - (paper - black) * float(rng.uniform(0.25, 0.65))
        grey = np.where(grey < edge, 0, 255).astype(np.uint8)
        if rng.random() < 0.15:
            _salt(grey, rng)
    elif chance < 0.75:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(18, 92))]
        grey = np.asarray(
            cv2.imdecode(cv2.imencode(".jpg", grey, quality)[1], cv2.IMREAD_GRAYSCALE), np.uint8
        )
    return _cut(grey, line, rng)


def _toner(ink: Grey, rng: np.random.Generator) -> Grey:
    """Return the ink as it took: bled, worn thin, or in patches."""
    chance = rng.random()
    if chance < 0.14:
        ink = cv2.dilate(ink, np.ones((2, 2))) * 0.6 + ink * 0.4
    elif chance < 0.24:
        thin = cv2.erode(ink, np.ones((2, 2)))
        ink = thin * 0.6 + ink * 0.4
    if rng.random() < 0.12:
        height, width = ink.shape
        patches = rng.normal(0.85, 0.25, (3, 2 + width // 40)).astype(np.float32)
        ink = ink * np.clip(
            cv2.resize(patches, (width, height), interpolation=cv2.INTER_CUBIC), 0.2, 1
        )
    return np.asarray(ink, np.float32)


def _strokes(page: Grey, line: SetLine, rng: np.random.Generator) -> None:
    """Draw what a seal, a signature or a tick leaves over a line: arcs and strokes of some grey."""
    height, width = page.shape
    grey = float(rng.uniform(60, 225))
    weight = max(1, round(line.letter * float(rng.uniform(0.05, 0.25))))
    drawn = np.full(page.shape, 255, np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        x, y = int(rng.integers(0, width)), int(rng.integers(-2 * height, 3 * height))
        if rng.random() < 0.6:
            radius = int(rng.uniform(1.0, 4.0) * height)
            cv2.circle(drawn, (x, y), radius, (grey,), weight, cv2.LINE_AA)
        else:
            ends = [(x, int(rng.integers(0, height))),
                    (x + int(rng.normal(0, 2 * height)), int(rng.integers(0, height)))]  # fmt: skip
            cv2.line(drawn, ends[0], ends[1], (grey,), weight, cv2.LINE_AA)
    np.minimum(page, drawn, out=page)


def _blurred(page: Grey, point: float, rng: np.random.Generator) -> Grey:
    """Return the page as the lens sees it; a telephone moves."""
    sigma = float(rng.uniform(0.05, 0.34) if rng.random() < 0.85 else rng.uniform(0.3, 0.5)) * point
    if sigma > 0.3:
        page = cv2.GaussianBlur(page, (0, 0), sigma)
    if rng.random() < 0.05:
        steps = max(2, round(0.5 * point))
        page = cv2.blur(page, (steps, 1) if rng.random() < 0.5 else (1, steps))
    return np.asarray(page, np.float32)


def _clouds(shape: tuple[int, ...], rng: np.random.Generator) -> Grey:
    """Return slow changes of light on the paper, in grey levels."""
    strength = float(rng.uniform(0, 12) if rng.random() < 0.3 else rng.uniform(0, 2))
    small = rng.normal(0, strength, (2, 4)).astype(np.float32)
    return np.asarray(cv2.resize(small, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def _specks(page: Grey, point: float, rng: np.random.Generator) -> None:
    height, width = page.shape
    for _ in range(int(rng.integers(1, 2 + width // 60))):
        spot = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        grey = float(rng.uniform(20, 170)) if rng.random() < 0.7 else 250.0
        cv2.circle(page, spot, int(rng.uniform(0, 0.7 * point)), grey, -1)


def _salt(grey: Pixels, rng: np.random.Generator) -> None:
    """Turn single pixels over, as a fax does."""
    chance = rng.random(grey.shape, np.float32)
    share = float(rng.uniform(0.001, 0.01))
    grey[chance < share] = 0
    grey[chance > 1 - share] = 255


def _cut(grey: Pixels, line: SetLine, rng: np.random.Generator) -> Pixels:
    """Return the line cut out of a page at the reading height, a little beside its base line."""
    scale = _READING / line.letter
    if abs(scale - 1) > 0.08:
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        grey = np.asarray(
            cv2.resize(grey, None, fx=scale, fy=scale, interpolation=method), np.uint8
        )
        letter = _READING
    else:
        scale, letter = 1.0, line.letter
    off = rng.normal(0, 0.7, 2)
    slope = float(rng.normal(0, 0.0015))
    found = BaseLine(
        line.x0 * scale + float(rng.uniform(-4, 3)), line.x1 * scale + float(rng.uniform(-3, 5)),
        line.base * scale + float(off[0]) - slope * (line.x1 - line.x0) * scale / 2, slope,
    )  # fmt: skip
    return cut(grey, found, letter * float(np.clip(rng.normal(1, 0.045), 0.88, 1.12)))
