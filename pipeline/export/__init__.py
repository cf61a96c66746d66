# SPDX-License-Identifier: Apache-2.0
"""From records to what others read: JSON, text, tables."""

from __future__ import annotations
