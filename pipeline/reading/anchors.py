# SPDX-License-Identifier: Apache-2.0
"""The fixed formulas by which the parts of a directive are known, found however badly read.

All functions take one line of text and give a `Span` of it, or None. The formulas themselves are
in `dictionaries/phrases.tsv`.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.dictionary import rows
from pipeline.likeness import Span, alike, find, key, plain

# Under this a formula is not recognised; "HQI CilU NGHIA VIT NAM" is still over it.
_LEAST = 0.72
# From this on a label is one.
_SURELY = 0.8
# So many small letters beside the motto are a sentence that names the country.
_SENTENCE = 12

# `Số: 194/KH-UBND`, `S6: 194 /KH-UBND`, `Số 05-CT/TW`, `Số:     /QĐ-UBND` (number by hand),
# `Số: 75/2025/QĐ-UBND`, `Số: 17/NQ- CP`. Works on text without marks.
_NUMBER = re.compile(
    r"(?<!\w)s[o06eéa&]\s*[:;.,]{0,2}\s*"
    r"(?P<sequence>[\w.…?_~\[\]\\|!&*'-]{0,9}(?:\s?[\d.…_]{1,8}){0,2})\s*"
    r"(?:/\s*(?:[12]\d{3}|\d{2})\s*)?[/-]\s*"
    r"(?P<notation>[a-z][\w&.]{0,14}(?:\s?[-/]\s?[a-z][\w&.()]{0,14}){0,3})"
)
# `Lục Nam, ngày 19 tháng 9 năm 2022`, `Hà Nội, ngày      tháng 7 năm 2020`, `ngdy … thdng … ndm`.
_DATE = re.compile(
    r"(?<!\w)ng[a-z]{1,2}\s*(?P<day>[^\s/]{0,4}(?:\s\d)?)\s*th[a-z]{0,2}[nrm]?[gq]\s*"
    r"(?P<month>[^\s/]{0,4}(?:\s\d)?)\s*n[a-z]{1,2}m\s*(?P<year>[\w.…]{0,5})"
)
# A word of the place before the date: a capital first ("Lục", "TP."), or "phố" of "Thành phố".
_PLACE_WORD = re.compile(r"(?P<word>[^\W\d_]+)[.\s,:;'’-]*$")
_RECIPIENTS = re.compile(r"^\W{0,2}(\w+\s?\w+)\s*(?:[:.;*]|$)")
_SUBJECT = re.compile(r"^\W{0,2}v\s?/\s?v(?!\w)\s*[:.]?")
_AUTHORITY = re.compile(
    r"(?<!\w)(?P<code>T[MLI1]|K[TI1]|TUQ|TU[QO0]|Q)\s?[.,/:]{1,2}\s*(?=[^\W\d_a-z]{2})"
)


@cache
def formulas(kind: str) -> tuple[str, ...]:
    """Return the phrases of one kind, for instance "type" or "post"."""
    return tuple(row["phrase"] for row in rows("phrases") if row["kind"] == kind)


def find_country(text: str) -> Span | None:
    """Return where the Quốc hiệu stands in a line (NĐ 30/2020, Phụ lục I, II.1)."""
    return _outside_prose(_find_any("country", text), text)


def find_slogan(text: str) -> Span | None:
    """Return where the Tiêu ngữ stands in a line (NĐ 30/2020, Phụ lục I, II.1)."""
    return _outside_prose(_find_any("slogan", text), text)


def find_motto(text: str) -> Span | None:
    """Return where Quốc hiệu or Tiêu ngữ stands in a line, from the first to the last of both."""
    found = [span for span in (find_country(text), find_slogan(text)) if span]
    if not found:
        return None
    return Span(
        min(span.start for span in found),
        max(span.end for span in found),
        min(span.score for span in found),
    )


def is_party_head(text: str) -> bool:
    """Return whether a line is the Party's head, which its documents have in place of the motto."""
    return any(alike(phrase, text) > 0.8 for phrase in formulas("party_head"))


def find_number(text: str) -> Span | None:
    """Return where `Số: …/…` stands in a line (NĐ 30/2020, Phụ lục I, II.3).

    The label is needed, the sequence may be missing: it is often written by hand.
    """
    for match in _NUMBER.finditer(plain(text)):
        # A notation is in capitals but for a few letters (TTg, TTr, NgV).
        notation = text[match.start("notation") : match.end("notation")]
        letters = [char for char in notation if char.isalpha()]
        if sum(map(str.isupper, letters)) * 2 > len(letters):
            return Span(match.start(), _end_of_notation(text, match), 1.0)
    return None


def _end_of_notation(text: str, match: re.Match[str]) -> int:
    """Return where the notation ends: before a blank after which no capitals in a row stand."""
    end = match.end("notation")
    notation = text[match.start("notation") : end]
    parts = list(re.finditer(r"\s?[-/]\s?|\s", notation))
    for part in reversed(parts):
        tail = notation[part.end() :]
        if part.group().strip() or tail.isupper():
            break
        end = match.start("notation") + part.start()
    return end


def find_place_date(text: str) -> Span | None:
    """Return where `<place>, ngày … tháng … năm …` stands in a line, the place included.

    Day and month may be missing: they are often written by hand (NĐ 30/2020, Phụ lục I, II.4).
    """
    match = _DATE.search(plain(text))
    if not match:
        return None
    number = find_number(text[: match.start()])
    start = _place_start(text, number.end if number else 0, match.start())
    return Span(start, match.end(), 1.0 if start < match.start() else 0.8)


def _place_start(text: str, least: int, end: int) -> int:
    """Return where the at most five words of a place that ends at `end` begin."""
    start = end
    for _ in range(5):
        match = _PLACE_WORD.search(text, least, start)
        if not match:
            break
        word = match["word"]
        if not (word[0].isupper() or word.lower() in ("phố", "phô", "pho", "xã", "xa")):
            break
        start = match.start()
    return start


def find_recipients_label(text: str) -> Span | None:
    """Return where `Nơi nhận:` stands at the start of a line (NĐ 30/2020, Phụ lục I, II.9b)."""
    match = _RECIPIENTS.match(text)
    if not match:
        return _label_without_colon(text)
    score = max(alike("Nơi nhận", match[1]), alike("Nơi gửi", match[1]))
    return Span(match.start(1), match.end(), score) if score >= 0.8 else None


def _label_without_colon(text: str) -> Span | None:
    """Return the label where columns ran together: `Nơi nhận KT. CHỦ TỊCH`."""
    # Few lines begin like the label; only in those an authority is worth a search.
    words = text.split(maxsplit=4)[:4]
    if all(alike("Nơi nhận", " ".join(words[:n])) < _SURELY for n in range(1, len(words) + 1)):
        return None
    start = authority_start(text)
    if start is None or not text[:start].strip():
        return None
    label = text[:start].strip()
    score = alike("Nơi nhận", label)
    begin = text.index(label)
    return Span(begin, begin + len(label), score) if score >= _SURELY else None


def find_addressees_label(text: str) -> Span | None:
    """Return where `Kính gửi:` stands at the start of a line (NĐ 30/2020, Phụ lục I, II.9a)."""
    match = re.match(r"^\W{0,2}(\w+\s?\w+)\s*[:;.]", text)
    if not match or not match[1][:1].isupper():
        return None
    score = alike("Kính gửi", match[1])
    return Span(match.start(1), match.end(), score) if score >= 0.8 else None


def find_subject(text: str) -> Span | None:
    """Return where `V/v` stands at the start of a line (NĐ 30/2020, Phụ lục I, II.5b)."""
    match = _SUBJECT.match(plain(text))
    return Span(match.start(), match.end(), 1.0) if match else None


def authority_start(text: str) -> int | None:
    """Return where the signer's authority or post begins: `- Như trên; KT. CHỦ TỊCH` is 11.

    Posts count only in capitals and at the end of the line: "Chủ tịch UBND" in a list is none.
    """
    for match in _AUTHORITY.finditer(text):
        rest = text[match.end() :]
        # "KT, TTTT, TTPVHCC;" are offices in a list: behind a comma a post has to follow.
        if _mostly_capitals(rest) and ("," not in match.group() or _opens_with_post(rest)):
            return match.start()
    if not text.rstrip(" .,:;'")[-2:].isupper():
        return None
    best: Span | None = None
    for post in formulas("post") + formulas("body_signing"):
        span = find(post, text, 0.86)
        if span is None or text[span.end :].strip(" .,:;'") or not _in_capitals(text, span):
            continue
        if best is None or (span.start, -span.score) < (best.start, -best.score):
            best = span
    return best.start if best else None


def _opens_with_post(text: str) -> bool:
    """Return whether a post or a signing body stands at the start of `text`."""
    posts = formulas("post") + formulas("body_signing")
    return any((span := find(post, text, 0.8)) and span.start == 0 for post in posts)


def document_type(text: str) -> str | None:
    """Return the type of document that a line by itself names, as in the dictionary, or None."""
    line = text.strip(" .,:;'*_-")
    if not 3 <= len(key(line)) <= 26 or not _mostly_capitals(line):
        return None
    score, name = max((alike(name, line), name) for name in formulas("type"))
    return name if score >= 0.84 else None


def is_document_type_line(text: str) -> bool:
    """Return whether a line is nothing but the type of a document, in capitals (ô 5a)."""
    return document_type(text) is not None


def is_stamp(text: str, kind: str) -> bool:
    """Return whether a line is nothing but a degree of "secrecy" or "urgency" (ô 10)."""
    line = text.strip(" .,:;'*_-|[]()")
    return _mostly_capitals(line) and any(alike(name, line) >= 0.84 for name in formulas(kind))


def _find_any(kind: str, text: str) -> Span | None:
    spans = [span for phrase in formulas(kind) if (span := find(phrase, text, _LEAST))]
    return max(spans, key=lambda span: span.score, default=None)


def _outside_prose(span: Span | None, text: str) -> Span | None:
    """Return a formula unless it is in small letters and a sentence is around it.

    Beside it stands an organ, which is in capitals as a rule.
    """
    if span is None or _in_capitals(text, span):
        return span
    beside = text[: span.start] + text[span.end :]
    small = sum(map(str.islower, beside))
    return None if small > _SENTENCE and 2 * small > sum(map(str.isalpha, beside)) else span


def _in_capitals(text: str, span: Span) -> bool:
    return _mostly_capitals(text[span.start : span.end])


def _mostly_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(map(str.isupper, letters)) >= 0.7 * len(letters) > 0
