"""What a running promotion makes of the price of one product, where the row says enough to tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shopdesk.core.arithmetic import price_of
from shopdesk.core.scopes import scope_of, takes_in
from shopdesk.core.text import fold
from shopdesk.core.types import Record, format_minor, parse_minor

_PLAIN_TYPES = frozenset(
    {
        "", "percent_off", "percentage", "percent", "discount", "full_reduction", "amount_off",
        "折扣", "打折", "满减", "直降",
    }
)  # fmt: skip
_PERCENT = re.compile(r"^(\d{1,2}(?:\.\d)?)\s*%$")


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion that bears on a product. `price` is what one piece then costs, None where that depends on more."""

    promotion: Record
    price: str | None


def offers_for(product: Record, promotions: Sequence[Record]) -> list[Offer]:
    """The promotions whose scope takes in `product`; the lowest prices first, those without one last."""
    concerned = [promotion for promotion in promotions if takes_in(scope_of(promotion), product)]
    found = [Offer(promotion, _price(product, promotion)) for promotion in concerned]
    return sorted(found, key=lambda offer: (offer.price is None, float(offer.price or 0)))


def _price(product: Record, promotion: Record) -> str | None:
    priced = price_of(product)
    kind = fold(str(promotion.fields.get("type") or ""))
    if priced is None or kind not in _PLAIN_TYPES:
        return None
    minor, currency = priced
    discount = str(promotion.fields.get("discount") or "").strip()
    try:
        threshold = parse_minor(str(promotion.fields.get("threshold") or "0"), currency)
        percent = _PERCENT.match(discount)
        off = round(minor * float(percent[1]) / 100) if percent else parse_minor(discount, currency)
    except ValueError:
        return None
    if minor < threshold or not 0 < off < minor:
        return None
    return format_minor(minor - off, currency)
