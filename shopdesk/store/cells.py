"""Values as cells of a CSV file that a spreadsheet can open without running anything."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]?\d[\d.,]*")


def safe_cell(value: object) -> object:
    """The value, after an apostrophe where a spreadsheet would run it as a formula; the import takes that off again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(value):
        return "'" + value
    return value
