# SPDX-License-Identifier: Apache-2.0
"""Many documents: nothing done twice, nothing lost, every failure listed with its reason."""

from __future__ import annotations
