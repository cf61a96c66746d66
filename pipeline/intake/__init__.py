# SPDX-License-Identifier: Apache-2.0
"""What is this file, and what in it can be trusted."""

from __future__ import annotations
