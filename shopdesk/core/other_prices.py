"""Prices that a shop keeps beside the one for everybody, in columns of its own: 会员价, trade price."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record

_NAMED = re.compile(
    r"(?:会员|批发|员工|内部|团购|vip)价|\b(?:member|trade|wholesale|staff|employee|club)(?:'?s|s')? (?:price|rate)"
)
_PRICE = re.compile(r"价格?|價格?|\bprices?\b|\brates?\b")


def other_price_said(folded: str, records: Sequence[Record]) -> str | None:
    """The field (`attributes.<name>`) of the other price that a folded question names, perhaps one that no row has."""
    for name in dict.fromkeys(name for record in records for name in record.attributes):
        whose, prices = _PRICE.subn("", fold(name))
        whose = whose.strip(" _-()（）")
        if prices and len(whose) > 1 and _says(folded, whose):
            return f"attributes.{name}"
    named = _NAMED.search(folded)
    return f"attributes.{named[0]}" if named else None


def _says(folded: str, whose: str) -> bool:
    if is_han(whose[0]):
        return whose in folded
    return re.search(rf"(?<![a-z]){re.escape(whose)}s?(?![a-z])", folded) is not None
