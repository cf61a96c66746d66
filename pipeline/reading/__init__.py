# SPDX-License-Identifier: Apache-2.0
"""From the image of a page to lines of words, and from lines to the parts of a directive."""

from __future__ import annotations
