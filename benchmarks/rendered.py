# SPDX-License-Identifier: Apache-2.0
"""Held-out acts set as pages and scanned: true text by the page, for `benchmarks.readers`.

    python -m benchmarks.rendered --data ../shared/data --split dev --out .bench/rendered-dev
    python -m benchmarks.readers --data .bench/rendered-dev

Half of the pages are set in TeX Gyre Termes, which no training sees, half in Tinos with the tones
above the hats, which is known to it; half of each are scanned at 110-150 dpi with noise, the others
at 200-300 dpi. Only the running text is set: of heads and signatures, two columns on paper, the
acts tell the words but not the places. The acts of `corpus/dev_documents` train nothing; the split
is that of the repair's sets. A name says how its page was made: `004_KH-p2-tinos-low.png`.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from benchmarks.repair_sets import Document, in_split
from dictionaries.build import page_images as images
from dictionaries.build.pairs import sound
from dictionaries.build.typefaces import TIMES, UNSEEN, NoTypefaceError, Typeface, usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPLITS = ("dev", "test")
_SEED = 47
_FACES = (("termes", UNSEEN), ("tinos", TIMES))
# Pages that an act may give, its first ones; one with fewer lines says too little.
_TURNS, _LEAST_LINES = 2, 10
# The running text begins with the first paragraph so long, and ends before such a line.
_LONG = 15
_ENDS = re.compile(
    r"Nơi nhận|(?:TM|KT|TL|TUQ|Q)\. ?\w|PHỤ LỤC|(?:PHÓ )?CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG"
)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as scanned, and the lines that are printed on it."""

    name: str
    scan: images.Pixels
    dpi: int
    lines: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pages; 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.rendered", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with corpus/")
    parser.add_argument("--split", choices=SPLITS, required=True)
    parser.add_argument("--out", type=Path, required=True, help="a folder that is not there yet")
    parser.add_argument("--pages", type=int, default=20, help="at most so many")
    options = parser.parse_args(arguments)
    if options.out.exists():
        parser.error(f"{options.out} is there already; its pages would be mixed with new ones")
    try:
        acts = find_acts(options.data, options.split)
        for page in rendered(acts, options.pages):
            write(page, options.out)
    except (FileNotFoundError, NoTypefaceError) as error:
        parser.error(str(error))
    return 0


def find_acts(data: Path, split: str) -> list[Path]:
    """Return the files of a split's acts, in order.

    Raises:
        FileNotFoundError: the measuring data is not there.
    """
    folder = data / "corpus" / "dev_documents"
    paths = {path.stem: path for path in sorted(folder.glob("*.txt"))}
    if not paths:
        msg = f"{folder}: no acts; --data names the folder of the measuring data"
        raise FileNotFoundError(msg)
    named = [Document(stem, ()) for stem in paths]
    return [paths[document.name] for document in in_split(named, list(paths), split)]


def rendered(acts: Sequence[Path], count: int) -> Iterator[RenderedPage]:
    """Yield up to `count` pages: one of each act, then one more of those that have it.

    Raises:
        NoTypefaceError: a font is not on this machine; figures in another would not compare.
    """
    faces = [(name, usable([face])[0]) for name, face in _FACES]
    made = 0
    for turn in range(_TURNS):
        for place, path in enumerate(acts):
            if made == count:
                return
            # Four first pages, four second ones: first pages are full of legal bases.
            number = (place // 4 + turn) % _TURNS
            name, face = faces[made % 2]
            page = _page(path, number, (name, face), low=made // 2 % 2 == 1)
            if page is not None:
                made += 1
                yield page


def _page(
    path: Path, number: int, named: tuple[str, Typeface], *, low: bool
) -> RenderedPage | None:
    """Return a page of an act (from 0), None if the act ends before or soon after it begins."""
    name, face = named
    words = f"{path.stem}/{number}/{name}/{low}".encode()
    rng = np.random.default_rng([_SEED, *words])
    layout = images.draw_layout(face, rng)
    texts = running(sound(path.read_text("utf-8").splitlines(), face))
    pages = images.set_pages([images.dress(text, rng) for text in texts], layout)
    if number >= len(pages) or len(pages[number].lines) < _LEAST_LINES:
        return None
    wear = images.draw_wear(rng, low=low)
    scan = images.scan(pages[number], face, wear, rng)
    return RenderedPage(
        f"{path.stem}-p{number + 1}-{name}-{'low' if low else 'normal'}",
        scan,
        wear.damage.dpi,
        tuple(line.text for line in pages[number].lines),
    )


def running(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return the paragraphs of an act between its head and its signature."""
    brief = [text.isupper() or len(text.split()) < _LONG for text in paragraphs]
    first = brief.index(False) if False in brief else len(brief)
    ends = (n for n, text in enumerate(paragraphs) if n > first and _ENDS.match(text))
    return paragraphs[first : next(ends, len(paragraphs))]


def write(page: RenderedPage, folder: Path) -> None:
    """Write a page and its true text where `benchmarks.truth` looks for them."""
    scans, truth = folder / "scans", folder / "truth"
    for each in (scans, truth):
        each.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(page.scan)
    if not np.any((page.scan > 0) & (page.scan < 255)):
        picture = picture.convert("1", dither=Image.Dither.NONE)
    picture.save(scans / f"{page.name}.png", dpi=(page.dpi, page.dpi))
    text = "\n".join(page.lines) + "\n"
    (truth / f"{page.name}.page1.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
