# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from benchmarks.repair_lines import pair_lines


@pytest.mark.parametrize(
    ("seen", "right", "pairs"),
    [
        (["KE HOACH"], ["KẾ HOẠCH"], [("KE HOACH", "KẾ HOẠCH")]),
        (
            ["giam nghéo", "5", "bén virng"],
            ["giảm nghèo", "bền vững"],
            [("giam nghéo", "giảm nghèo"), ("5", None), ("bén virng", "bền vững")],
        ),
        (
            ["Trang 1", "bén virng"],
            ["giảm nghèo", "bền vững"],
            [("Trang 1", None), ("", "giảm nghèo"), ("bén virng", "bền vững")],
        ),
        (["x"], [], [("x", None)]),
        ([], ["về"], [("", "về")]),
    ],
    ids=["one", "page number", "lost", "nothing right", "nothing seen"],
)
def test_lines_find_their_truth(seen: list[str], right: list[str], pairs: object) -> None:
    assert pair_lines(seen, right) == pairs
