# SPDX-License-Identifier: Apache-2.0
"""sohoa (số hoá): from scanned Vietnamese directives to records of tasks and deadlines."""

from __future__ import annotations

__version__ = "0.1.0"
