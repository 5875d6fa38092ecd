"""What is asked where a question names a store: 大仓多少 and "any downtown?" ask how many are there."""

from __future__ import annotations

import re

_HOW_MANY_THERE = re.compile(
    r"(?:还|剩|现)*有?(?:多少|几[^\W\d_]?)(?![^\W\d_])(?!钱)|(?:还|现)?有没有|(?:还|现)?有(?:货)?[吗么没]"
    r"|\b(?:(?:have|has|got|there|are) )?(?:any|some|how many)(?: (?:left|there))?\b"
)
_MONEY = re.compile(r"钱|价|[块元]|\b(?:price|cost|much|pay)\b")


def how_many_there(folded: str, asked: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where a folded question that names a store asks for its stock, and for nothing else: the stretches that do."""
    if asked not in ((), ("price",), ("stock",)) or _MONEY.search(folded):
        return []
    return [match.span() for match in _HOW_MANY_THERE.finditer(folded)]
