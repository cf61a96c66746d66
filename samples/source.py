# SPDX-License-Identifier: Apache-2.0
"""The clean text of a sample, read from a TOML file that a person can edit.

Marks at the start of a paragraph of `body` or `annex` (paragraphs are parted by an empty line):
`# ` bold, `/ ` italic, `= ` bold and centred, `> ` italic and centred; a line `| a | b |` is a row
of a ruled table. `**...**` inside a paragraph is bold.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

SOURCES = Path(__file__).parent / "sources"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
STYLES = {
    "regular": "Tinos-Regular.ttf",
    "bold": "Tinos-Bold.ttf",
    "italic": "Tinos-Italic.ttf",
    "bold-italic": "Tinos-BoldItalic.ttf",
}
FONT_FOLDERS = (
    Path("/usr/share/fonts/truetype/croscore"),
    Path("/usr/share/fonts/truetype/tinos"),
    Path("/usr/share/fonts/croscore"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / "Library/Fonts",
)


class FontMissingError(RuntimeError):
    """Tinos is not on this machine."""


class GlyphMissingError(RuntimeError):
    """A character of a sample has no glyph in Tinos, so it would print as an empty box."""


@dataclass(frozen=True, slots=True)
class Source:
    """The clean text of one directive, as printed; sizes in points."""

    stem: str
    organ: tuple[str, ...]
    number: str
    place_date: str
    body: str
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    signer: str
    parent_lines: int = 0
    type: str | None = None
    title: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    urgency: str | None = None
    addressees: tuple[str, ...] = ()
    annex: str | None = None
    size: float = 13.5
    leading: float = 1.22
    title_gap: float = 34.0


def load_source(stem: str, folder: Path = SOURCES) -> Source:
    """Return the source named `stem`, lists as tuples, text as written."""
    values = tomllib.loads((folder / f"{stem}.toml").read_text(encoding="utf-8"))
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Source(stem=stem, **plain)


def all_sources(folder: Path = SOURCES) -> list[Source]:
    """Return every source of the folder in the order of the file names."""
    return [load_source(path.stem, folder) for path in sorted(folder.glob("*.toml"))]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a marked text, each on one line; a table row is a paragraph."""
    found: list[str] = []
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith("|"):
            found.extend(lines)
        else:
            found.append(" ".join(lines))
    return found


def printed_lines(text: str) -> list[str]:
    """Return the lines of a marked text as they stand in the file, without the marks."""
    lines = [line for line in text.strip().split("\n") if line]
    return [line[2:] if line[:2] in ("# ", "/ ", "= ", "> ") else line for line in lines]


def font_path(style: str) -> Path:
    """Return where the Tinos file of a style lies.

    Raises:
        FontMissingError: no known folder holds it.
    """
    for folder in FONT_FOLDERS:
        if (path := folder / STYLES[style]).is_file():
            return path
    raise FontMissingError(
        f"{STYLES[style]} is missing: install it with `apt-get install fonts-croscore` "
        "(or put the four Tinos files into ~/.local/share/fonts)"
    )


def characters(source: Source) -> set[str]:
    """Return every character that the typesetter will have to draw for a source."""
    fields = (
        *source.organ, *MOTTO, source.number, source.place_date, source.type or "", *source.title,
        *source.subject, source.urgency or "", "Kính gửi:", *source.addressees, source.body,
        source.annex or "", "Nơi nhận:", *source.recipients, *source.signature, source.signer,
    )  # fmt: skip
    return set("".join(fields)) - {"\n"}


def assert_printable(source: Source) -> None:
    """Check that a source is NFC and that each of its characters has a glyph in each style.

    Raises:
        GlyphMissingError: names the characters and the font file.
    """
    wanted = characters(source)
    loose = [c for c in wanted if unicodedata.combining(c)]
    if loose:
        raise GlyphMissingError(f"{source.stem}: {loose} is not NFC; compose the text first")
    for style, file in STYLES.items():
        with TTFont(font_path(style), lazy=True) as font:
            missing = sorted(c for c in wanted if ord(c) not in font.getBestCmap())
        if missing:
            raise GlyphMissingError(f"{source.stem}: {file} has no glyph for {missing}")
