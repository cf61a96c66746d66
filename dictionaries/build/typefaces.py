# SPDX-License-Identifier: Apache-2.0
"""The fonts that pages of the corpus are set in, and whether they have all Vietnamese letters.

    apt-get install fonts-croscore fonts-freefont-ttf fonts-texgyre fonts-noto-core \
        fonts-dejavu-core fonts-dejavu-extra fonts-linuxlibertine fonts-sil-gentiumplus

Decree 30/2020 (Phụ lục I, I.4) wants Times New Roman, so most pages are set in Tinos, which has
its widths, with the tones moved above the hats where Times New Roman has them (`TIMES`); the
others stand for the fonts of other word processors. `UNSEEN` is kept for tests.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/share/texmf/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / "Library/Fonts",
)
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = frozenset("".join(unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES))
# What directives are printed with besides the letters of Latin keyboards.
_ALSO = frozenset("đĐ0123456789.,;:/()%-–“”")


class NoTypefaceError(RuntimeError):
    """None of the fonts is on this machine."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font family.

    Attributes:
        name: what the pairs call it.
        package: of Debian, where its files come from.
        files: by style, "regular", "bold" and "italic".
        weight: how often pages are set in it, compared with the others.
        stacked: whether tones are set above a hat (ế as in Times New Roman) where the font has
            them beside it. Readers lose such a tone, or cut it off with the line.
    """

    name: str
    package: str
    files: tuple[tuple[str, str], ...]
    weight: float = 1.0
    stacked: bool = False

    def path(self, style: str) -> Path | None:
        """Return where the file of a style lies, None if it is not on this machine."""
        return _font_files().get(dict(self.files)[style])


def _family(name: str, package: str, pattern: str, styles: str, weight: float = 1.0) -> Typeface:
    files = (pattern.format(style) for style in styles.split(","))
    return Typeface(
        name, package, tuple(zip(("regular", "bold", "italic"), files, strict=True)), weight
    )


TINOS = _family("Tinos", "fonts-croscore", "Tinos-{}.ttf", "Regular,Bold,Italic", 15)
TIMES = replace(TINOS, name="Tinos stacked", weight=40, stacked=True)
FREE_SERIF = _family("FreeSerif", "fonts-freefont-ttf", "FreeSerif{}.ttf", ",Bold,Italic", 16)
TYPEFACES = (
    TIMES,
    TINOS,
    FREE_SERIF,
    _family("Linux Libertine", "fonts-linuxlibertine", "LinLibertine_{}.otf", "R,RB,RI", 8),
    _family("Noto Serif", "fonts-noto-core", "NotoSerif-{}.ttf", "Regular,Bold,Italic", 7),
    _family(
        "Gentium Plus", "fonts-sil-gentiumplus", "GentiumPlus-{}.ttf", "Regular,Bold,Italic", 6
    ),
    _family("DejaVu Serif", "fonts-dejavu-extra", "DejaVuSerif{}.ttf", ",-Bold,-Italic", 5),
    _family("Arimo", "fonts-croscore", "Arimo-{}.ttf", "Regular,Bold,Italic", 7),
)
UNSEEN = _family("TeX Gyre Termes", "fonts-texgyre", "texgyretermes-{}.otf", "regular,bold,italic")


def usable(faces: Iterable[Typeface] = TYPEFACES) -> list[Typeface]:
    """Return the families whose three styles are on this machine and have all letters.

    Raises:
        NoTypefaceError: there is none.
    """
    wanted = list(faces)
    found = [face for face in wanted if not lacks(face)]
    if not found:
        packages = " ".join(sorted({face.package for face in wanted}))
        raise NoTypefaceError(f"no font to set pages in: apt-get install {packages}")
    return found


def lacks(face: Typeface) -> str:
    """Return what keeps a family from being used: a missing file or letters; "" if nothing."""
    for style, file in face.files:
        path = face.path(style)
        if path is None:
            return f"{file} is not on this machine (Debian: {face.package})"
        if missing := (LETTERS | _ALSO) - characters(path):
            return f"{file} has no {' '.join(sorted(missing)[:5])}"
    return ""


@functools.cache
def characters(path: Path) -> frozenset[str]:
    """Return the characters that a font file has a glyph for."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@functools.cache
def _font_files() -> dict[str, Path]:
    """Return the font files of this machine by name; the later folders weigh more."""
    return {
        path.name: path
        for folder in FOLDERS
        if folder.is_dir()
        for path in sorted(folder.rglob("*.[ot]tf"))
    }
