# SPDX-License-Identifier: Apache-2.0
"""What a cited document is to the one that cites it: its basis, replaced, amended, repealed by it.

Basis is what the preamble goes by (NĐ 30/2020, Phụ lục I, II.6: "căn cứ ban hành") and what the
title says the document carries out. Replaced, amended and repealed is only what the document itself
replaces ("Quyết định này thay thế …", "Điều 1. Bãi bỏ …"): what is told of other documents
("Thông tư số 1 sửa đổi Thông tư số 2", "đã được sửa đổi tại …") and what somebody is asked to
change are mentioned. The words are in `dictionaries/relation_words.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from pipeline.dictionary import rows
from pipeline.likeness import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.citations import Citation

Relation = Literal["basis", "replaced", "amended", "repealed", "mentioned"]

# Acts that can end or change others; a plan or a letter can only ask for it.
_ENACTING = frozenset(
    ("Quyết định", "Nghị quyết", "Thông tư", "Thông tư liên tịch", "Nghị định", "Luật", "Pháp lệnh",
     "Lệnh", "Quy định", "Quy chế", "Nghị quyết liên tịch")
)  # fmt: skip
# The preamble ends where the first item begins, in the plain letters of its line.
_ITEM = re.compile(
    r"\W*(?:(?:dieu|chuong|muc|phan)\s+(?:\w{1,4})\s*[.:]?|(?:[ivx]{1,4}|\d{1,2})\s?[.)/-]\s|a\))"
)
_LISTED = re.compile(r"\s*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))\s")
# "2. Căn cứ pháp lý" heads a list of bases, wherever it stands.
_BASES_HEADING = re.compile(
    r"\W*(?:[ivx\d]{1,4}[.)/-]+\s*)*(?:cac\s+)?(?:can\s+cu|co\s+so)(?:\s+(?:phap\s+ly|ban\s+hanh|"
    r"xay\s+dung|de|thuc\s+hien|lap|va|\w+)){0,8}\s*[:.]?$"
)
_STOP = re.compile(r"(?<=[a-zà-ỹ\d)”])\.\s+")
_THIS = re.compile(r"\bn[aà]y\b")
_ARTICLE = re.compile(
    r"\W*(?:dieu\s+\d+\w?\s*[.:]?|\d{1,2}[.)]|[a-z]\)|[-+])?\s*"
    r"(?:(?:ve\s+viec|v/v|viec|nay)\s+|ban\s+hanh\s+(?:\w+\s+){1,3})?$"
)
# "… ban hành Nghị quyết bãi bỏ …": the line that decides, in which the act names itself.
_DECIDES = re.compile(r"\bban\s+hanh\s+(?P<kind>[a-z ]{3,20}?)\s*(?:ve\s+(?:viec\s+)?)?$")
_TOLD = re.compile(r"\b(?:duoc|da|bi|du\s+thao|de\s+nghi|de\s+xuat|tham\s+muu|xay\s+dung|trinh|"
                   r"viec|ra\s+soat|kien\s+nghi|can|phai)\s*$")  # fmt: skip
_PARTIAL = re.compile(
    r"\b(?:dieu|khoan|diem|muc|chuong|phu\s+luc|mau|thu\s+tuc|so\s+thu\s+tu|doan|mot\s+so|cum\s+tu)\b"
)
_JOINED = re.compile(r"(?:,|;|\bva|\bdong\s+thoi|\bhoac)\s*(?:cac\s+)?(?:s[o06e]\s*:?\s*)?$")
# "… tại Quyết định số 1 và thủ tục số 2 tại Quyết định số 3": a list of what is in them.
_AND_AT = re.compile(r"(?:,|;|\bva)\s[^,;]*\b(?:tai|cua|theo)\s*$")
_ENDED = re.compile(
    r"(?P<between>[^.\n]{0,400}?)\b(?P<how>het\s+hieu\s+luc|bi\s+(?:bai|huy)\s+bo|"
    r"(?:duoc|bi)\s+thay\s+the)\b(?P<rest>[^.\n]*)"
)
# Characters in which the phrase that governs a clause stands before a citation, and paragraphs
# without such a phrase that a preamble may have.
_CLAUSE, _MOST_PLAIN = 90, 3
# What a proposal is about ("Tờ trình số 1 về dự thảo sửa đổi Nghị quyết số 2") is no basis.
_PROPOSALS = frozenset(("Tờ trình", "Báo cáo", "Công văn", "Văn bản", "Biên bản"))
_TAKES_EFFECT_IN = re.compile(r"\b(?:tai|theo|boi)(?:\s+cac)?\s*$")
# "Thực hiện …, Bộ Y tế đã ban hành Công văn số 5" tells of the letter.
_REPORTED = re.compile(r"\b(?:da|vua|co)\s+(?:ban\s+hanh|ky|co|gui|nhan\s+duoc)?\s*$|"
                       r"\b(?:da|vua)\s+(?:ban\s+hanh|ky|co|gui|nhan)\b[^,;]*$")  # fmt: skip
_CHANGES: tuple[Relation, ...] = ("replaced", "amended", "repealed")


@dataclass(frozen=True, slots=True)
class Setting:
    """What has to be known of the citing document.

    Attributes:
        kind: its type ("Quyết định"), None if unknown.
        title: how many characters of the text are its title; 0 if it is not in it.
    """

    kind: str | None
    title: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a citation was found to be.

    Attributes:
        relation: to the citing document.
        sure: the words say so themselves.
        nested: it only stands in the description of another document.
    """

    relation: Relation
    sure: bool = True
    nested: bool = False


_MENTIONED = Verdict("mentioned")


def find_relations(text: str, citations: Sequence[Citation], setting: Setting) -> list[Verdict]:
    """Return for each citation in `text` what it is to the document, in the same order.

    Args:
        text: title and body, a line a paragraph.
        citations: in order.
        setting: of the document that cites.
    """
    reader = _Reader(text, plain(text), setting)
    for citation in citations:
        reader.read(citation)
    return [verdict for _, verdict in reader.found]


class _Reader:
    """Reads one citation after the other; what stands in a list is what the one before it is."""

    def __init__(self, text: str, letters: str, setting: Setting) -> None:
        self.found: list[tuple[Citation, Verdict]] = []
        self._text, self._letters, self._setting = text, letters, setting
        self._enacts = setting.kind in _ENACTING
        self._parts = read_parts(text, letters, setting.title)

    def read(self, citation: Citation) -> None:
        """Add the verdict on the next citation."""
        begin = sentence_start(self._text, citation.start)
        before = self._letters[begin : citation.start]
        cited: list[tuple[Citation, Verdict]] = []
        for other in reversed(self.found):
            if other[0].start < begin:
                break
            cited.append(other)
        verdict = self._effect(before, begin, cited) or self._ended(citation)
        self.found.append((citation, verdict or self._told(before, citation, cited)))

    def _told(
        self, before: str, citation: Citation, cited: Sequence[tuple[Citation, Verdict]]
    ) -> Verdict:
        """Return whether a document that is not changed is a basis."""
        at = citation.start
        if at < self._setting.title:
            return Verdict("basis") if _implementing().search(before) else _MENTIONED
        if self._parts.lists_basis(at):
            return Verdict("basis")
        return self._in_preamble(before, cited) if at < self._parts.preamble else _MENTIONED

    def _in_preamble(self, before: str, cited: Sequence[tuple[Citation, Verdict]]) -> Verdict:
        """Return whether what the preamble cites behind `before` is what the document goes by."""
        if cited and _JOINED.search(before):
            return cited[0][1]
        if _opening().match(before) and not _REPORTED.search(before):
            described = bool(cited) and not _TAKES_EFFECT_IN.search(before)
            if described and cited[0][0].doc_type in _PROPOSALS:
                return Verdict("mentioned", nested=True)
            return Verdict("basis", sure=not described)
        # "…, thực hiện Công văn số 5" goes by it too; "Bộ Y tế đã ban hành Công văn số 5" does not.
        clause = re.split(r"[,;(]\s", before)[-1][-_CLAUSE:]
        return Verdict("basis", sure=False) if _opening().match(clause) else _MENTIONED

    def _effect(
        self, before: str, begin: int, cited: Sequence[tuple[Citation, Verdict]]
    ) -> Verdict | None:
        """Return what the document does to what is cited behind `before`, None if nothing.

        `cited` is what the sentence cites before, the nearest first.
        """
        listed = self._parts.listed(begin + len(before))
        if listed and not cited:
            return Verdict(listed)
        if cited and _JOINED.search(before):
            # A semicolon ends the description of the document before, a comma may stand in it.
            ended = before.rstrip()[-1:] == ";"
            last = next((one for _, one in cited if not (ended and one.nested)), _MENTIONED)
            return last if last.nested or last.relation in _CHANGES else None
        verbs = list(_verbs().finditer(before))
        if not verbs:
            return None
        verb = verbs[-1]
        told = [one for one in cited if one[0].start < begin + verb.start()]
        changing = bool(cited) and cited[0][1].relation in _CHANGES
        if not self._is_ours(before[: verb.start()], begin, told):
            return Verdict("mentioned", nested=True) if changing else None
        if len(told) < len(cited) and not _AND_AT.search(before, cited[0][0].end - begin):
            return Verdict("mentioned", nested=True)
        kind = _kinds()[_words(verb["last"])]
        partial = bool(_PARTIAL.search(before, verb.end()))
        return Verdict("amended" if partial else kind, sure=not partial)

    def _is_ours(self, lead: str, begin: int, told: Sequence[tuple[Citation, Verdict]]) -> bool:
        """Return whether the verb behind `lead` tells what this document does.

        `told` is what is cited before the verb: then that document does it, if this one is not
        named again and the verb does not go on ("thay thế …, bãi bỏ …").
        """
        if self._enacts and not told and _ARTICLE.match(lead):
            return True
        if _TOLD.search(lead):
            return False
        if told:
            last, verdict = told[0]
            joined = _JOINED.search(lead) and verdict.relation in _CHANGES
            return bool(joined or _THIS.search(lead, max(0, last.end - begin)))
        if _THIS.search(lead):
            return True
        decides = _DECIDES.search(lead)
        own = plain(self._setting.kind or "")
        return self._enacts and bool(decides and decides["kind"].strip() == own)

    def _ended(self, citation: Citation) -> Verdict | None:
        """Return what the words behind a citation say of its end with this document."""
        if not self._enacts:
            return None
        tail = self._letters[citation.end : citation.end + 600].split("\n", 1)[0]
        after = _ENDED.match(tail)
        if not after or not _THIS.search(after["rest"]) or _verbs().search(after["between"]):
            return None
        if re.search(r"\bda\s*$", after["between"]):
            return None
        return Verdict("replaced" if "thay" in after["how"] else "repealed")


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence begins that holds `text[at]`: "TP. Huế" does not end one."""
    begin = text.rfind("\n", 0, at) + 1
    for end in _STOP.finditer(text, begin, at):
        if text[end.end() : end.end() + 1].isupper():
            begin = end.end()
    return begin


@dataclass(frozen=True, slots=True)
class Parts:
    """Where what is cited has a meaning by its place.

    Attributes:
        preamble: where the preamble ends, in characters.
        bases: lines that list bases under a heading.
        changed: lines that list what is ended or changed, and how.
    """

    preamble: int
    bases: tuple[tuple[int, int], ...]
    changed: tuple[tuple[int, int, Relation], ...]

    def lists_basis(self, at: int) -> bool:
        """Return whether the line at `at` belongs to a list of bases."""
        return any(start <= at < end for start, end in self.bases)

    def listed(self, at: int) -> Relation | None:
        """Return what the document does to the list to which the line at `at` belongs."""
        return next((kind for start, end, kind in self.changed if start <= at < end), None)


def read_parts(text: str, letters: str, title: int) -> Parts:
    """Return the parts of a text whose first `title` characters are the title."""
    bases: list[tuple[int, int]] = []
    changed: list[tuple[int, int, Relation]] = []
    preamble, plain_lines, inside = title, 0, True
    in_bases, does = False, None
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        bare = letters[start:end]
        if inside and start >= title:
            plain_lines += not _opening().match(bare)
            inside = not _ITEM.match(bare) and plain_lines <= _MOST_PLAIN
            preamble = end if inside else start
            inside = inside and not bare.rstrip().endswith(":")
        heading = bool(_BASES_HEADING.match(bare))
        listed = bool(_LISTED.match(bare)) and not heading
        in_bases = heading or (in_bases and listed)
        if in_bases:
            bases.append((start, end))
        if does and listed:
            changed.append((start, end, does))
        else:
            does = _opens_list(bare)
        start = end + 1
    return Parts(preamble, tuple(bases), tuple(changed))


def _opens_list(bare: str) -> Relation | None:
    """Return what a line does to the items that follow: "Bãi bỏ các quyết định sau đây:"."""
    if not bare.rstrip().endswith(":"):
        return None
    for verb in _verbs().finditer(bare):
        lead = bare[: verb.start()]
        if not _TOLD.search(lead) and (_ARTICLE.match(lead) or _THIS.search(lead)):
            return _kinds()[_words(verb["last"])]
    return "repealed" if re.search(r"\bsau\b.*\bhet\s+hieu\s+luc\b", bare) else None


def _words(phrase: str) -> str:
    return " ".join(phrase.split())


@cache
def _kinds() -> dict[str, Relation]:
    """Return what each verb does to a document, by its plain letters."""
    kinds: dict[str, Relation] = {}
    for row in rows("relation_words"):
        for kind in _CHANGES:
            if kind in row["kinds"].split():
                kinds[plain(row["phrase"])] = kind
    return kinds


def _phrases(kind: str) -> str:
    found = {plain(row["phrase"]) for row in rows("relation_words") if kind in row["kinds"].split()}
    longest = sorted(found, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest)


@cache
def _verbs() -> re.Pattern[str]:
    """Return the pattern of verbs that change documents; "sửa đổi, bổ sung" is one."""
    words = "|".join(sorted(w.replace(" ", r"\s+") for w in _kinds() if "hieu luc" not in w))
    return re.compile(rf"\b(?:(?:{words})(?:\s*[,/]\s*|\s+va\s+|\s+hoac\s+))*(?P<last>{words})\b")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:va\s+)?(?:{_phrases('basis')})\b")


@cache
def _implementing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_phrases('implements')})\b(?!.*\b(?:bai\s+bo|thay\s+the)\b)")
