# SPDX-License-Identifier: Apache-2.0
"""Punctuation that a reader without Vietnamese invents: the tail of ơ and ư, a full stop for a comma."""

from __future__ import annotations

import re

# A word and a full stop; numbers, abbreviations with stops inside and "./." are none.
_STOPPED = re.compile(r"^[“\"(]?[^\W\d_]{2,}\.$")
# `tu’` is `tư`, `ci?` is `cứ`: the horn or the hook was read as a sign of its own.
_TAILED = re.compile(r"(?<=[ưừứửữựơờớởỡợƯỪỨỬỮỰƠỜỚỞỠỢảẻỉỏủỷẩẳểổ])[’'‘`?](?=[,;.]?$)")
_OPENED = re.compile(r"^\W*[‘'’`]")


def comma_for_stop(token: str, following: str) -> str:
    """Return a token with a comma for its full stop where the sentence goes on.

    A sentence begins with a capital, a number or a dash (NĐ 30/2020, Phụ lục II), so a stop
    before a small letter was a comma.
    """
    if _STOPPED.match(token) and following[:1].islower() and len(following.rstrip(",;.")) > 1:
        return token[:-1] + ","
    return token


def without_tail(token: str) -> str:
    """Return a repaired token without the sign that its last letter was read as in part."""
    return token if _OPENED.match(token) else _TAILED.sub("", token)
