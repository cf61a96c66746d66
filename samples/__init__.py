# SPDX-License-Identifier: Apache-2.0
"""Sample directives with their true text and records, and the program that sets them."""

from __future__ import annotations
