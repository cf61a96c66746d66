# SPDX-License-Identifier: Apache-2.0
"""Imported by the process that forks the workers: what every one of them needs is loaded once.

A worker then begins in milliseconds instead of seconds, and the pages of memory are shared.
"""

from __future__ import annotations

import gc

from pipeline.batch import work
from pipeline.run import process_text
from pipeline.settings import Settings

__all__ = ["work"]

# A little of everything, so that every dictionary and model is looked into.
_DIRECTIVE = """ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND
Bắc Giang, ngày 19 tháng 9 năm 2022
KẾ HOẠCH
Kiểm tra cong tac văn thu năm 2022
1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện trước ngày 10/10/2022.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn An
"""

process_text(_DIRECTIVE, "preload", Settings())
# what is here stays: the collector would only unshare it
gc.collect()
gc.freeze()
