# SPDX-License-Identifier: Apache-2.0
"""What the composed lines of the line reader's training say.

Lines of the corpus' training files, whole or in part, as they are or in capitals; and what running
text is poor in: numbers and codes of documents, dates, cells of tables, leader dots, and syllables
in no order, so that the network learns marks and figures by their looks and not by their sense.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import zstandard

from pipeline.reading.line_letters import ALPHABET, written
from pipeline.vietnamese import nfc, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np

# Share of each file of the corpus.
SOURCES = {"admin": 0.45, "legal": 0.40, "general": 0.15}
# Words in a line: a few, half a line, a whole line.
_LENGTHS = (((1, 4), 0.30), ((4, 9), 0.40), ((9, 15), 0.30))
_DIGITS = re.compile(r"\d")
# Words that an earlier reader of the corpus damaged have a hat and a stop but no tone ("câp").
_UNFIT = re.compile(r"[âêôơưăÂÊÔƠƯĂ](?:p|t|c|ch|P|T|C|CH)(?!\w)|[.…_]{4,}|…{2,}|□")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PLACES = ("Hà Nội", "Quảng Ngãi", "Đà Nẵng", "Lục Nam", "Bắc Giang", "Cần Thơ", "Huế", "Sơn La")


@dataclass(frozen=True, slots=True)
class Texts:
    """What lines can say.

    Attributes:
        corpus: paragraphs of each source.
        syllables: of Vietnamese, the rare ones as often as the common ones.
        organs: abbreviations as they stand in codes, "UBND".
        kinds: abbreviations of kinds of documents, "QĐ".
    """

    corpus: dict[str, list[str]]
    syllables: list[str]
    organs: list[str]
    kinds: list[str]

    def line(self, rng: np.random.Generator) -> str:
        """Return what the next line says, in characters of the alphabet."""
        makers = (self._of_corpus, self._code, self._figures, self._soup, self._leader, self._signs)
        shares = (0.76, 0.07, 0.08, 0.05, 0.02, 0.02)
        make: Callable[[np.random.Generator], str] = makers[rng.choice(len(makers), p=shares)]
        return written(squeeze(make(rng))) or self.line(rng)

    def _of_corpus(self, rng: np.random.Generator) -> str:
        source = str(rng.choice(list(SOURCES), p=list(SOURCES.values())))
        words = pick(self.corpus[source], rng).split()
        bounds = [bounds for bounds, _ in _LENGTHS]
        low, high = bounds[rng.choice(len(bounds), p=[share for _, share in _LENGTHS])]
        count = int(rng.integers(low, high))
        first = int(rng.integers(0, max(1, len(words) - count + 1)))
        text = " ".join(words[first : first + count])
        if rng.random() < 0.12:
            text = text.upper()
        if rng.random() < 0.35:  # other figures than those that the corpus is full of
            text = _DIGITS.sub(lambda _: str(rng.integers(0, 10)), text)
        return text

    def _code(self, rng: np.random.Generator) -> str:
        number = str(rng.integers(1, 10 ** int(rng.integers(1, 5))))
        number = number.zfill(2) if rng.random() < 0.6 else number
        year = f"{rng.integers(1985, 2028)}/" if rng.random() < 0.35 else ""
        organ = pick(self.organs, rng) + (
            f"-{pick(self.organs, rng)}" if rng.random() < 0.3 else ""
        )
        kind = pick(self.kinds, rng)
        joint = "/" if rng.random() < 0.8 else "-"
        if rng.random() < 0.12:
            return self._recipients(rng)
        forms = (f"{kind}-{organ}", kind, organ, f"{kind}/{organ}")
        code = f"{number}{joint}{year}{forms[rng.choice(4, p=(0.7, 0.08, 0.17, 0.05))]}"
        before = ("Số: ", "Số ", "số ", "", "Quyết định số ", "(", "Công văn số ")
        return pick(before, rng) + code + pick(("", "", "", " ngày", ";", ",", ")", "."), rng)

    def _recipients(self, rng: np.random.Generator) -> str:
        """Return a line as lists of recipients have them: "- Sở LĐ-TB&XH; TT. HĐND (b/c);"."""
        organs = [pick(self.organs, rng) for _ in range(int(rng.integers(1, 4)))]
        sign = pick(("&", "&", "-", " - ", ", ", "; ", "/", "."), rng)
        before = pick(("- ", "- ", "", "+ ", "- Sở ", "- Phòng ", "- TT. ", "- Lưu: VT, "), rng)
        return before + sign.join(organs) + pick((";", ",", ".", " (b/c);", " (để b/c);", ""), rng)

    def _figures(self, rng: np.random.Generator) -> str:
        day, month = rng.integers(1, 32), rng.integers(1, 13)
        year = rng.integers(1975, 2029)
        big = f"{rng.integers(1, 10 ** int(rng.integers(1, 10))):,}"
        forms = (
            lambda: f"{day:02}/{month:02}/{year}",
            lambda: f"{day}/{month}/{year}",
            lambda: f"ngày {day:02} tháng {month:02} năm {year}",
            lambda: f"{pick(_PLACES, rng)}, ngày {day} tháng {month} năm {year}",
            lambda: big.replace(",", "."),
            lambda: f"{big.replace(',', '.')} đồng",
            lambda: f"{rng.integers(0, 101)},{rng.integers(0, 100)}%",
            lambda: f"{pick(_ROMAN, rng)}. {pick(self.syllables, rng).upper()}",
            lambda: f"{rng.integers(1, 40)}.{rng.integers(1, 12)}.{rng.integers(1, 10)}.",
            lambda: f"{rng.integers(1, 30)}. {pick(self.syllables, rng).capitalize()}",
            lambda: f"0{rng.integers(20, 99)}.{rng.integers(100, 1000)}.{rng.integers(100, 10000)}",
            lambda: f"{rng.integers(1, 24)}h{rng.integers(0, 60):02}",
            lambda: f"{rng.integers(1, 24)} giờ {rng.integers(0, 60):02} phút",
            lambda: f"{rng.integers(1, 13):02}/{year}",
            lambda: f"{year}-{year + 5}",
            lambda: " ".join(str(n) for n in rng.integers(0, 1000, int(rng.integers(1, 6)))),
            lambda: f"điểm {pick('abcdđeghik', rng)} khoản {rng.integers(1, 20)}",
            lambda: f"{rng.integers(0, 1000)},{rng.integers(0, 1000)}",
        )
        return forms[rng.integers(0, len(forms))]()

    def _soup(self, rng: np.random.Generator) -> str:
        words = [pick(self.syllables, rng) for _ in range(int(rng.integers(1, 9)))]
        case = rng.random()
        if case < 0.25:
            return " ".join(words).upper()
        return " ".join(word.capitalize() if case < 0.5 else word for word in words)

    def _leader(self, rng: np.random.Generator) -> str:
        words = " ".join(self._of_corpus(rng).split()[:4])
        dots = "." * int(rng.integers(4, 40))
        return f"{words}{dots}" if rng.random() < 0.7 else f"{words}{dots}{rng.integers(1, 99)}"

    def _signs(self, rng: np.random.Generator) -> str:
        words = self._of_corpus(rng).split()
        sign = ALPHABET[int(rng.integers(ALPHABET.index("."), len(ALPHABET)))]
        place = int(rng.integers(0, len(words) + 1))
        glued = rng.random() < 0.5 and place < len(words)
        return " ".join([*words[:place], *([sign + words[place]] if glued else [sign]),
                         *words[place + glued :]])  # fmt: skip


def label(text: str) -> str:
    """Return what the reader shall write for a line: of leader dots three are enough."""
    return re.sub(r"\.{4,}", "...", text)


def pick(items: str | list[str] | tuple[str, ...], rng: np.random.Generator) -> str:
    """Return one of the items."""
    return items[int(rng.integers(0, len(items)))]


def load(data: Path, dictionaries: Path) -> Texts:
    """Return the texts of a folder with corpus/ and of the dictionaries."""
    corpus = {name: list(_paragraphs(data / "corpus" / f"{name}.txt.zst")) for name in SOURCES}
    syllables = [row[0] for row in _rows(dictionaries / "syllables.tsv")]
    organs = [row[0] for row in _rows(dictionaries / "organ_codes.tsv")]
    kinds = [row[1] for row in _rows(dictionaries / "document_types.tsv") if row[1]]
    return Texts(corpus, syllables, organs, kinds)


def _paragraphs(path: Path) -> list[str]:
    with path.open("rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file)
        texts = (squeeze(nfc(line)) for line in io.TextIOWrapper(reader, encoding="utf-8"))
        return [text for text in texts if text and not _UNFIT.search(text)]


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return rows[1:]
