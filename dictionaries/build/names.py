# SPDX-License-Identifier: Apache-2.0
"""Write person_names.tsv: family, middle and given names, and which follows which, with counts.

    python dictionaries/build/names.py --data ../shared/data

Counted are different full names, not their mentions: a head of state is one man.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tables import FOLDER, Row, by_hand, data_folder, read_tsv, write

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from pipeline.vietnamese import fold_tone_placement, is_syllable, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = ("name", "role", "after", "count", "source")
COUNTED = "counted in public texts"
LISTED = "duyet/vietnamese-namedb, MIT"
_LETTERS = [chr(number) for number in (*range(0x41, 0x7B), *range(0xC0, 0x1EFA))]
_UPPER = "".join(filter(str.isupper, _LETTERS))
_LOWER = "".join(filter(str.islower, _LETTERS))
_WORD = rf"[{_UPPER}][{_LOWER}]{{0,6}}"
_RUN = re.compile(rf"(?<![\w.-]){_WORD}(?: {_WORD})+(?![\w-])")
# What stands before a name, in the run itself (at the start of a sentence) or before it.
_TITLES = (
    "ông bà anh chị cô chú em cụ thầy đồng_chí đ/c nhà_thơ nhà_văn nhạc_sĩ ca_sĩ họa_sĩ nghệ_sĩ "
    "diễn_viên bác_sĩ luật_sư kỹ_sư giáo_sư tiến_sĩ thạc_sĩ cử_nhân đại_biểu bị_cáo tướng tá úy "
    "thống_đốc bộ_trưởng thứ_trưởng chủ_tịch bí_thư giám_đốc hiệu_trưởng cục_trưởng vụ_trưởng"
)
_TITLE = re.compile(
    r"(?:^|(?<=[\s(]))(?:" + "|".join(t.replace("_", " ") for t in _TITLES.split()) + r"):? $",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:Ông|Bà|Anh|Chị|Cô|Chú|Cụ|Em|Thầy|Do|Theo|Đồng Chí) ")
# Names of places are often those of persons and as often not: left out.
_PLACE = re.compile(
    r"\b(?:xã|phường|huyện|quận|tỉnh|thành phố|thị trấn|thị xã|thôn|ấp|bản|làng|sông|suối|núi|"
    r"hồ|đèo|đảo|cầu|chùa|đền|đình|nước|vùng|ga|cảng|trường|công ty|tập đoàn|ngân hàng) $",
    re.IGNORECASE,
)
_ONE_LETTER = frozenset("ÝYÁ")
# Before these middle names stands a family name, whatever it is: "Lò Văn Muôn".
_SURE_MIDDLE = frozenset(("Văn", "Thị"))
# Shares of Văn and Thị behind a first word: 0.1 to 0.4 for family names, 0.02 for other words.
_SURE_SHARE, _UNLISTED_SHARE = 0.05, 0.3
# Words that stand where a title does.
_NO_SURNAMES = frozenset(("Thị", "Văn", "Ông", "Bà", "Tên", "Vợ", "Con", "Mẹ", "Bố"))
# Different full names that must bear out a name, a pair and a family name of no list.
_LEAST_NAMES, _LEAST_PAIRS, _LEAST_SURNAME = 3, 2, 4

Name = tuple[str, ...]


def main() -> None:
    """Count the names, write the table."""
    data = data_folder("person_names.tsv")
    names = find_names(lines(data / "corpus"), surnames())
    counted = [*by_hand("person_names", {COUNTED, LISTED}), *count(names)]
    given = {row["name"] for row in counted if row["role"] == "given"}
    rare = [row for row in listed(data / "gazetteers" / "names") if row["name"] not in given]
    write("person_names", COLUMNS, counted + rare)


def lines(corpus: Path) -> Iterator[str]:
    """Return the lines of the training corpora."""
    import zstandard  # noqa: PLC0415 - needed to build only

    for name in ("admin", "legal", "general"):
        with (corpus / f"{name}.txt.zst").open("rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            yield from io.TextIOWrapper(stream, encoding="utf-8")


def surnames() -> frozenset[str]:
    """Return the family names of the dictionary, tone in the old place."""
    return frozenset(spelled(row["name"]) for row in read_tsv(FOLDER / "surnames.tsv"))


@cache
def spelled(name: str) -> str:
    """Return a name as the table writes it: capitalised, tone in the old place."""
    return fold_tone_placement(nfc(name).lower()).capitalize()


def find_names(texts: Iterable[str], known: frozenset[str]) -> frozenset[Name]:
    """Return the different full names of persons that some lines hold.

    A run of capitalised syllables is one if it begins with a family name and has three or four
    words, or two behind a title ("ông Lê Duẩn"); or if its second word is Văn or Thị.
    """
    found: dict[Name, bool] = {}
    for text in texts:
        for match in _RUN.finditer(text):
            before = text[max(0, match.start() - 14) : match.start()]
            run = _LEADING.sub("", match[0])
            words = tuple(map(spelled, run.split()))
            titled = run != match[0] or _TITLE.search(before) is not None
            if not _is_name_like(words) or _PLACE.search(before):
                continue
            if titled or (words[0] in known and len(words) > 2):
                found[words] = titled or found.get(words, False)
    return frozenset(found) & _borne_out(found, known)


def _borne_out(found: dict[Name, bool], known: frozenset[str]) -> frozenset[Name]:
    """Return the names whose first word is a family name and not any word: "Tây", "Hoa".

    Behind a family name Văn and Thị are frequent; where they are not, only names with a title
    count, and a family name of no list needs them.
    """
    total, sure = Counter[str](), Counter[str]()
    for name in found:
        total[name[0]] += len(name) > 2
        sure[name[0]] += len(name) > 2 and name[1] in _SURE_MIDDLE
    steady = {word for word in known if sure[word] >= _SURE_SHARE * total[word] > 0}
    unlisted = {
        word for word, number in sure.items()
        if number >= _LEAST_SURNAME and number >= _UNLISTED_SHARE * total[word]
    }  # fmt: skip
    return frozenset(
        name for name, titled in found.items()
        if name[0] in steady or (titled and name[0] in known | (unlisted - _NO_SURNAMES))
    )  # fmt: skip


def _is_name_like(words: Name) -> bool:
    if not 2 <= len(words) <= 4:
        return False
    return all(_syllable(word) for word in words)


@cache
def _syllable(word: str) -> bool:
    return (len(word) > 1 or word in _ONE_LETTER) and is_syllable(word)


def count(names: Iterable[Name]) -> list[Row]:
    """Return a row for each name in its role, and for each pair of neighbours in names."""
    single: Counter[tuple[str, str]] = Counter()
    pairs: Counter[tuple[str, str, str]] = Counter()
    for name in names:
        roles = ("surname", *["middle"] * (len(name) - 2), "given")
        single.update(zip(name, roles, strict=True))
        pairs.update(zip(name[1:], roles[1:], name, strict=False))
    kept = {key for key, number in single.items() if number >= _LEAST_NAMES}
    heads = {(word, "surname") for word in surnames()}
    rows = [(word, role, "", single[word, role]) for word, role in kept | (heads & set(single))]
    rows += [
        (word, role, after, number)
        for (word, role, after), number in pairs.items()
        if number >= _LEAST_PAIRS and (word, role) in kept
    ]
    return [
        dict(zip(COLUMNS, (word, role, after, str(number), COUNTED), strict=True))
        for word, role, after, number in rows
    ]


def listed(folder: Path) -> list[Row]:
    """Return the given names of the lists, counted once each: rare ones are names too."""
    names = {
        spelled(line)
        for path in sorted(folder.glob("*_one_word.txt"))
        for line in path.read_text(encoding="utf-8").split()
    }
    return [
        {"name": name, "role": "given", "after": "", "count": "1", "source": LISTED}
        for name in sorted(names)
        if is_syllable(name)
    ]


if __name__ == "__main__":
    main()
