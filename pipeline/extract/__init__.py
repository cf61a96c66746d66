# SPDX-License-Identifier: Apache-2.0
"""From text to fields, each with its evidence."""

from __future__ import annotations
