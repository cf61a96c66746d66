# SPDX-License-Identifier: Apache-2.0
"""How good the records are: documents with known truth, scored measure by measure."""

from __future__ import annotations
