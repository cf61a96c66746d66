# SPDX-License-Identifier: Apache-2.0
"""Vietnamese text: normal forms, marks, tone placement, and what a syllable is.

Inside the program text is NFC; comparison folds the place of the tone (hòa = hoà); output keeps
the style of the document.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# Capital Eth and Cyrillic letters stand for Latin ones in real text layers ("NQ-СР").
_LOOK_ALIKES = str.maketrans("ÐАВЕКМНОРСТУХаеорсухі", "ĐABEKMHOPCTYXaeopcyxi")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = re.compile(r"[^\S\n]+")

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TONES = frozenset((_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT))

# Open syllables in oa, oe, uy carry the tone on the first vowel in the old style, on the second
# in the new; "qu" is an onset, so "quý" has only one style.
_NEW_STYLE = re.compile(
    r"(?<![qQ])([oOuU])([aAeEyY])([\u0300\u0301\u0309\u0303\u0323])(?![^\W\d_])"
)

_ONSETS = "ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x".split()
_RIMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in
    inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen
    oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơc ơi ơm ơn ơp ơt u ua
    uân uâng uât uây uc uê uêch uênh uêt ui um un ung uơ up ut uy uya uych uyên uyêt uynh uyn uyt
    uyp uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt
    ưu y ych yêm yên yêng yêt yêu ynh yt""".split()
)
# After "qu" and "gi" the glide belongs to the onset, and what is left is a rime by itself.
_AFTER_QU = frozenset(
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê ên ênh êt "
    "êch i ich it o ô ôc ơ ơi y ych ynh yt yên yêt ynh".split()
)
_STOPS = ("c", "ch", "p", "t")

_WORD = re.compile(r"[^\W\d_]+")
# What was found out about this many words is kept: a page has some hundred different ones.
_WORDS_KEPT = 16384


def nfc(text: str) -> str:
    """Return `text` composed (NFC), without invisible characters and foreign look-alikes."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_LOOK_ALIKES)


def squeeze(text: str) -> str:
    """Return `text` with every run of blanks inside a line as one space, ends stripped."""
    return _SPACES.sub(" ", text).strip()


def strip_marks(text: str) -> str:
    """Return `text` with the plain Latin letters: "Độc lập" -> "Doc lap"; length may not change."""
    if text.isascii():
        return text
    plain = text.replace("đ", "d").replace("Đ", "D")
    return "".join(
        char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char)
    )


def fold(text: str) -> str:
    """Return the key under which spellings meet: no marks, lower case, single spaces."""
    return squeeze(strip_marks(text).casefold())


@lru_cache(maxsize=_WORDS_KEPT)
def fold_tone_placement(text: str) -> str:
    """Return `text` with open oa, oe, uy in the old style (hoà -> hòa, uỷ -> ủy, quý -> quý)."""
    if text.isascii():
        return text
    spread = "".join(_tone_apart(char) for char in text)
    return unicodedata.normalize("NFC", _NEW_STYLE.sub(r"\1\3\2", spread))


@cache
def name_key(name: str) -> str:
    """Return the key under which a name's spellings meet: lower case, one tone placement."""
    return fold_tone_placement(name.casefold())


def _tone_apart(char: str) -> str:
    """Return `char` with its tone, and only the tone, as a combining mark."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(part for part in parts if part in _TONES)
    if not tone:
        return char
    base = "".join(part for part in parts if part not in _TONES)
    return unicodedata.normalize("NFC", base) + tone


@lru_cache(maxsize=_WORDS_KEPT)
def place_tone(syllable: str) -> str:
    """Return a syllable with its tone on a letter that may carry it: "tòan" -> "toàn".

    Open oa, oe, uy may carry it on either letter and stay as they are, and so does all that is
    not built like a syllable.
    """
    spread = "".join(map(_tone_apart, syllable))
    tones = [char for char in spread if char in _TONES]
    base = "".join(char for char in spread if char not in _TONES)
    if len(tones) != 1 or not is_syllable(syllable):
        return syllable
    onset = re.match(r"(?:qu|gi(?=[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY])|[^aăâeêioôơuưy]*)", base.lower())
    start = onset.end() if onset else 0
    vowels = re.match(r"[aăâeêioôơuưy]*", base[start:].lower())
    rime = vowels.group() if vowels else ""
    bearer = _bearer(rime, closed=len(base) > start + len(rime))
    if bearer is None:
        return syllable
    at = start + bearer + 1
    placed = unicodedata.normalize("NFC", base[:at] + tones[0] + base[at:])
    return syllable if fold_tone_placement(placed) == fold_tone_placement(syllable) else placed


def _bearer(vowels: str, *, closed: bool) -> int | None:
    """Return which of the vowels of a rime carries the tone, None if there is none."""
    if not vowels:
        return None
    marked = [place for place, char in enumerate(vowels) if char in "ăâêôơư"]
    if marked:
        return marked[-1]
    if closed:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0


@lru_cache(maxsize=_WORDS_KEPT)
def is_syllable(token: str) -> bool:
    """Return whether `token` is built like a Vietnamese syllable, tone included.

    Only the structure counts (onset, rime, and that a stop carries sắc or nặng); whether the
    syllable means anything is for the dictionary to say.
    """
    spread = "".join(_tone_apart(char) for char in token.lower())
    tones = [char for char in spread if char in _TONES]
    base = "".join(char for char in spread if char not in _TONES)
    if not base.isalpha() or len(tones) > 1 or len(base) > 7:
        return False
    return any(_is_rime(rime, after, tones) for after, rime in _splits(base))


def _splits(base: str) -> list[tuple[str, str]]:
    """Return the ways to part a toneless syllable into onset and rime."""
    ways = [("", base)]
    ways += [(onset, base[len(onset) :]) for onset in _ONSETS if base.startswith(onset)]
    if base in ("gi", "gin", "gim", "giêng", "giêc"):
        ways.append(("g", base[1:]))
    return ways


def _is_rime(rime: str, onset: str, tones: list[str]) -> bool:
    if rime not in (_AFTER_QU if onset == "qu" else _RIMES):
        return False
    return not rime.endswith(_STOPS) or bool(tones and tones[0] in (_ACUTE, _DOT))


def syllable_share(text: str) -> float:
    """Return the share of words in `text` that are built like Vietnamese syllables (0 if none).

    Words of one letter and words in capitals with digits (codes) are left out: they tell nothing.
    """
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def marked_share(text: str) -> float:
    """Return the share of words that carry a Vietnamese mark; about 0.75 in real prose."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    return sum(strip_marks(word) != word for word in words) / len(words) if words else 0.0
