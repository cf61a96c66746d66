# SPDX-License-Identifier: Apache-2.0
"""Headings under which nobody is told to do anything: purposes, goals, results, causes."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dictionary import rows
from pipeline.extract.dates import flat

# Kinds of documents that report or ask, but give no tasks.
_REPORTS = ("bao cao", "bien ban", "giay moi", "thong cao", "giay chung nhan")
_PROPOSALS = ("to trinh",)
# "Văn phòng Chính phủ thông báo để các bộ biết, thực hiện": who is told is told no more than that.
_TELLS = (
    r"\b(?:thong bao|bao|thong tin|tra loi|co y kien|phuc dap|trao doi|huong dan)\b"
    r"(?! (?:cao|dam|hiem|ve|so|chi|va|ton))"
)
_INFORMS = re.compile(_TELLS + r"[^.;:]{0,200}?\b(?:de|den|toi|cho)\b[^.;:]{0,240}\bbiet\b")
_EFFECT = re.compile(r"[a-z ]{4,30} nay (?:co )?hieu luc|[a-z ]{4,30} nay thay the")
# "Tổ chức, cá nhân phải đáp ứng các điều kiện sau:" leads to conditions, not to orders.
_TO_CONDITIONS = re.compile(
    r"\b(?:dieu kien|nguyen tac|tieu chi|tieu chuan|truong hop|doi tuong|giay to|dinh muc)"
    r"(?: [a-z]+){0,3}? (?:sau|sau day|nhu sau) ?:$"
)
_DUTY = re.compile(r"(?:chiu|co) trach nhiem")
# A heading of more words is a sentence that happens to begin with the word.
_LONGEST = 14


@cache
def _asides() -> tuple[str, ...]:
    return tuple(flat(row["phrase"]) for row in rows("section_words") if row["kind"] == "aside")


def is_aside(heading: str) -> bool:
    """Return whether `heading` begins a part that gives no tasks: "Mục đích, yêu cầu"."""
    words = " ".join(flat(heading).split())
    if len(words.split()) > _LONGEST:
        words = words.partition(":")[0]
        if len(words.split()) > _LONGEST:
            return False
    words = words.rstrip(" .:;")
    if words == "yeu cau":  # "Yêu cầu các sở …" is an order
        return True
    return any(
        words == phrase or words.startswith((f"{phrase} ", f"{phrase}:", f"{phrase},"))
        for phrase in _asides()
        if phrase != "yeu cau"
    )


def sets_conditions(text: str) -> bool:
    """Return whether `text` leads to conditions, principles or cases: "… các điều kiện sau:"."""
    return _TO_CONDITIONS.search(" ".join(flat(text[-80:]).split())) is not None


def gives_no_tasks(title: str) -> bool:
    """Return whether a title says that the document reports or asks: "BÁO CÁO …"."""
    return " ".join(flat(title).split()).startswith(_REPORTS)


def proposes(title: str) -> bool:
    """Return whether a title says that the document asks for something: "TỜ TRÌNH …"."""
    return " ".join(flat(title).split()).startswith(_PROPOSALS)


# "Thừa lệnh Giám đốc, Văn phòng Sở thông báo …": who signs says by whose order.
_BY_ORDER = re.compile(r"^(?:thua (?:lenh|uy quyen)|theo chi dao cua) [^,]{3,60}, ")


def informs(text: str) -> bool:
    """Return whether `text` only lets somebody know: "… thông báo để các sở biết, thực hiện"."""
    return _INFORMS.match(_without_issuer(text)) is not None


def _without_issuer(text: str) -> str:
    """Return the words of `text`, flat, from its first "thông báo", "báo" on."""
    words = _BY_ORDER.sub("", " ".join(flat(text).split()))
    start = re.search(_TELLS, words[:90])
    return words[start.start() :] if start and "," not in words[: start.start()] else ""


def takes_effect(text: str) -> bool:
    """Return whether `text` says when the act takes effect, and gives nobody a duty."""
    words = " ".join(flat(text).split())
    return _EFFECT.match(words) is not None and _DUTY.search(words) is None
