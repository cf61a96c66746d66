# SPDX-License-Identifier: Apache-2.0
"""Sets every sample from its source, spoils it, and writes its true text: `python samples/make.py`.

Seeds and dates are fixed: the same libraries and fonts give the same files.
"""

from __future__ import annotations

import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parent
if str(FOLDER.parent) not in sys.path:  # started as a script, the package is not in sight
    sys.path.insert(0, str(FOLDER.parent))

from samples import files, stamps  # noqa: E402
from samples.damage import Damage, Pixels, spoil  # noqa: E402
from samples.lines import Page  # noqa: E402
from samples.paint import picture, write_digital_pdf  # noqa: E402
from samples.source import MOTTO, Source, all_sources, assert_printable, printed_lines  # noqa: E402
from samples.typeset import typeset  # noqa: E402

SEED_TEXT = "plan-194"  # the founding plan as text: its truth breaks lines where that file does


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one sample reaches the archive: the kind of file, the damage, an arrival stamp.

    `kind` is "scan", "scan+text", "tiff", "images", "png" or "digital".
    """

    kind: str
    damage: Damage
    arrival: tuple[str, str, str] | None = None


DELIVERIES = {
    "plan-194-scan": Delivery("scan", Damage(dpi=200, mode="gray", skew=0.7, noise=4, quality=34)),
    "chi-thi-07": Delivery(
        "scan+text", Damage(dpi=200, mode="rgb", skew=0.4, noise=2.5, quality=42)
    ),
    "cong-van-412": Delivery(
        "tiff", Damage(dpi=200, mode="bw", skew=0.8, noise=9, dust=140, edge=True)
    ),
    "quyet-dinh-1583": Delivery(
        "images",
        Damage(dpi=170, mode="rgb", skew=1.2, blur=0.3, noise=3, edge=True, quality=45),
        arrival=("2107", "10/10/2024", "TP, VP"),
    ),
    "ke-hoach-58": Delivery(
        "scan", Damage(dpi=200, mode="gray", skew=0.5, ink=0.72, noise=4, dust=60, quality=38)
    ),
    "thong-bao-96": Delivery("digital", Damage(dpi=150, noise=0, dust=0, skew=0)),
    "to-trinh-23": Delivery(
        "png", Damage(dpi=120, mode="gray", skew=0.6, ink=0.6, blur=0.26, noise=2, dust=15)
    ),
}


def seed_of(stem: str, page: int) -> np.random.Generator:
    """Return the random numbers of one page of one sample, the same in each run."""
    return np.random.default_rng(zlib.crc32(f"{stem}/{page}".encode()))


def marks(page: Page, delivery: Delivery, stem: str, index: int) -> Image.Image | None:
    """Return the transparent layer of seal, pen and arrival stamp, or None where there is none."""
    arrival = delivery.arrival if index == 0 else None
    if page.signing is None and arrival is None:
        return None
    dpi, rng = delivery.damage.dpi, seed_of(stem, 1000 + index)
    scale = dpi / 72
    clean = picture(Page(), dpi)
    layer = Image.new("RGBA", clean.size, (0, 0, 0, 0))
    if page.signing:
        x, y = page.signing
        stamps.draw_signature(layer, (x * scale, y * scale), scale, rng)
        stamps.draw_seal(layer, ((x - 44) * scale, (y - 2) * scale), scale, rng)
    if arrival:
        stamps.draw_arrival(layer, (100 * scale, 112 * scale), scale, arrival)
    return layer


def scanned(page: Page, delivery: Delivery, stem: str, index: int) -> Pixels:
    """Return one page as the scanner gives it."""
    clean = picture(page, delivery.damage.dpi)
    layer = marks(page, delivery, stem, index)
    if layer:
        clean = Image.alpha_composite(clean.convert("RGBA"), layer).convert("RGB")
    return spoil(np.asarray(clean), delivery.damage, seed_of(stem, index))


def write_sample(source: Source, delivery: Delivery, pages: list[Page], folder: Path) -> None:
    """Write the file or files of one sample into the folder."""
    stem, damage = source.stem, delivery.damage
    if delivery.kind == "digital":
        layers = {n: marks(page, delivery, stem, n) for n, page in enumerate(pages)}
        overlays = {n: layer for n, layer in layers.items() if layer}
        write_digital_pdf(pages, overlays, folder / f"{stem}.pdf")
        return
    pixels = [scanned(page, delivery, stem, n) for n, page in enumerate(pages)]
    if delivery.kind.startswith("scan"):
        foreign = delivery.kind.endswith("+text")
        files.write_scan_pdf(pixels, damage, folder / f"{stem}.pdf", foreign_text=foreign)
    elif delivery.kind == "tiff":
        files.write_tiff(pixels, damage, folder / f"{stem}.tif")
    elif delivery.kind == "images":
        files.write_page_images(pixels, damage, folder, stem)
    else:
        files.write_png(pixels[0], damage, folder / f"{stem}.png")


def page_text(page: Page) -> str:
    """Return the true text of a page in reading order, one printed line a line."""
    return "".join(f"{line.text}\n" for line in page.lines if line.counted)


def founding_text(source: Source) -> str:
    """Return the plan with the lines of the founding text, whose columns stand side by side."""
    head = [
        *(f"{left} {right}" for left, right in zip(source.organ, MOTTO, strict=True)),
        f"{source.number} {source.place_date}",
        source.type or "",
        *source.title,
    ]
    foot = ["Nơi nhận:", *source.recipients]
    for n, text in enumerate(source.signature):
        foot[n] += f" {text}"
    return "\n".join([*head, *printed_lines(source.body), *foot, source.signer, ""])


def write_truth(source: Source, pages: list[Page], folder: Path) -> None:
    """Write `<stem>.page<N>.txt` for each page, and for the plan also the founding text's truth."""
    for number, page in enumerate(pages, start=1):
        (folder / f"{source.stem}.page{number}.txt").write_text(page_text(page), encoding="utf-8")
    if source.stem.startswith(SEED_TEXT):
        (folder / f"{SEED_TEXT}.page1.txt").write_text(founding_text(source), encoding="utf-8")


def main(stems: list[str]) -> None:
    """Make the named samples, or all of them."""
    for source in all_sources():
        if stems and source.stem not in stems:
            continue
        assert_printable(source)
        pages = typeset(source)
        write_sample(source, DELIVERIES[source.stem], pages, FOLDER)
        write_truth(source, pages, FOLDER / "truth")
        print(f"{source.stem}: {len(pages)} pages")


if __name__ == "__main__":
    main(sys.argv[1:])
