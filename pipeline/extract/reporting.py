# SPDX-License-Identifier: Apache-2.0
"""Who is told or sent the result of a task: whoever follows "báo cáo", "trình", "gửi (về)".

They receive and are never agents. "(qua Sở Y tế)" is a channel. In a chain, "gửi Sở Tư pháp để tổng
hợp, báo cáo UBND tỉnh", only the first is told by the agent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.unit_marks import Marks, head_at
from pipeline.extract.units import Mention, read_list, unit_key

if TYPE_CHECKING:
    from collections.abc import Sequence

# "Chương trình", "Tờ trình", "các báo cáo", "theo báo cáo": nouns.
_NOUNS = {
    "trình": frozenset("công chương quy giáo lộ tiến quá tờ hành thuyết".split()),
    "báo": frozenset("các những theo bản mẫu bộ nghe kỳ từ nhận".split()),
    "gửi": frozenset(("kính", "tiền")),
}
# Who does something else than the agent: "do Sở Y tế trình", "đã báo cáo", "được trình".
_NOT_AFTER = frozenset(("do", "đã", "được", "vừa"))
# Between the verb and the receiver: "báo cáo kết quả thực hiện về Sở Y tế".
_TO = frozenset(("về", "cho", "tới", "đến", "lên", "với"))
_STOPS = frozenset((";", ".", "./.", ":", "(", "để"))
# "báo cáo kết quả rà soát, đánh giá thực trạng … về Sở Nội vụ": so many words may lie between.
_REACH = 60
# A first receiver that passes on what it gets: "để tổng hợp, báo cáo Thủ tướng".
_PASSES_ON = frozenset(("để", "hợp"))


def find_receivers(marks: Marks, agents: Sequence[Mention]) -> list[Mention]:
    """Return who is reported to, each once, as printed, in order."""
    found: list[Mention] = []
    last = 0
    for i, roles in sorted(marks.words.items()):
        end = roles.get("report")
        if end is None or i < last or _is_noun(marks, i) or _by_another(marks, i, agents):
            continue
        if found and _passed_on(marks, last, i):
            continue
        units, after = _receivers(marks, end)
        if units:
            found += units
            last = after
    return list({unit_key(unit.name): unit for unit in reversed(found)}.values())[::-1]


def _is_noun(marks: Marks, i: int) -> bool:
    doc = marks.doc
    if i == 0:
        return False
    before = doc[i - 1].lower_
    return before in _NOT_AFTER or before in _NOUNS.get(doc[i].lower_, frozenset())


def _by_another(marks: Marks, i: int, agents: Sequence[Mention]) -> bool:
    """Return whether another unit is to report: "để Bộ Y tế báo cáo Chính phủ"."""
    doc = marks.doc
    for k in range(i - 1, max(-1, i - 14), -1):
        if doc[k].text in (",", ";", ".", ":", ")"):
            return False
        if head_at(marks, k) is not None:
            units, after = read_list(marks, k)
            mine = any(unit.start == own.start for unit in units for own in agents)
            if after == i and not mine:
                return k > 0 and doc[k - 1].lower_ in ("để", "với", "cho")
    return False


def _passed_on(marks: Marks, last: int, i: int) -> bool:
    """Return whether what lies between two receivers says that the first passes it on."""
    between = [token.lower_ for token in marks.doc[last:i]]
    if any(word in (";", ".", "./.") for word in between):
        return False
    return any(word in _PASSES_ON for word in between)


def _receivers(marks: Marks, end: int) -> tuple[list[Mention], int]:
    """Return the units that receive after the verb that ends at `end`, and the token after."""
    doc = marks.doc
    found = _list_at(marks, end)
    if found[0]:
        return found
    for k in range(end, min(end + _REACH, len(doc))):
        token = doc[k]
        again = "report" in marks.words.get(k, {}) and not _is_noun(marks, k)
        if token.text in _STOPS or token.is_sent_start or again:
            break
        if token.lower_ in _TO and k + 1 < len(doc):
            found = _list_at(marks, k + 1)
            if found[0]:
                return found
    return [], end


def _in_bracket(marks: Marks, i: int) -> tuple[list[Mention], int]:
    """Return the units of "(UBND thành phố, Bộ Y tế)" at token `i`, and the token after it."""
    doc = marks.doc
    if i + 1 >= len(doc) or doc[i].text != "(" or head_at(marks, i + 1) is None:
        return [], i
    units, after = read_list(marks, i + 1)
    return units, after + 1


def _list_at(marks: Marks, i: int) -> tuple[list[Mention], int]:
    """Return the receivers named at token `i`: units, or "cấp có thẩm quyền"."""
    doc = marks.doc
    found: list[Mention] = []
    while i < len(doc):
        authority = marks.words.get(i, {}).get("authority")
        if authority is not None:
            members, after = _in_bracket(marks, authority)
            span = doc[i:authority]
            named = Mention(span.start_char, span.end_char, span.text, "group")
            found += members or [named]
        elif head_at(marks, i) is not None:
            units, after = read_list(marks, i)
            found += units
        else:
            break
        i = after
        if i + 1 < len(doc) and doc[i].lower_ in (",", "và", "hoặc"):
            following = head_at(marks, i + 1) or marks.words.get(i + 1, {}).get("authority")
            if following:
                i += 1
                continue
        break
    return found, i
