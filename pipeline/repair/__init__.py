# SPDX-License-Identifier: Apache-2.0
"""From wrong Vietnamese to right Vietnamese, with a receipt for every change."""

from __future__ import annotations
