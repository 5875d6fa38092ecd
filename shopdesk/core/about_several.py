"""Questions about several goods at once: two compared, or a basket added up."""

from __future__ import annotations

import re

from shopdesk.core import arithmetic, lexicon
from shopdesk.core.following import Earlier
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import comparison_plan, computed_plan, nothing_plan, numbered
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import SEVERAL, basket_of, subject_without, two_subjects
from shopdesk.core.understanding import Understanding

_SOFT_COMPARISON = re.compile(f"{lexicon.COMPARE_WORDS.pattern}|{lexicon.SOFT_SIZES.pattern}", re.ASCII)
_NO_SUM = frozenset({"compare", "cheapest", "dearest", "count", "list", "recommend", "policy", "order", "promotion"})
"""Ways of asking that no quantity turns into a sum."""


def about_comparison(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    pair = two_subjects(shop.resolver, read, earlier.products) if read.asks("compare") else None
    if read.asks("compare") and (pair is None or not pair[0].records or not pair[1].records):
        named = subject_without(read, _SOFT_COMPARISON, values=True)
        variants = shop.named(named).records
        if len(variants) == 2 and len({record.fields.get("group") or record.title for record in variants}) == 1:
            return comparison_plan(read, *variants)
    if pair is None:
        return None
    first, second = pair
    if not first.records or not second.records:
        if read.kinds & (SEVERAL | {"policy"}):
            return None
        return nothing_plan(read, (*first.records[:1], *second.records[:1], *first.nearest, *second.nearest))
    return comparison_plan(read, first.records[0], second.records[0])


def about_basket(shop: Shop, read: Understanding) -> Plan | None:
    """Several products added up: "背包一个加水壶两个一共多少"."""
    counted = bool(read.quantities) and read.asked in ((), ("price",)) and not read.kinds & _NO_SUM
    basket = basket_of(shop.resolver, read) if read.asks("total") or counted else None
    if basket is None:
        return None
    records, quantities = basket
    facts = numbered(records)
    computed = arithmetic.total(facts, quantities, read.language)
    return computed_plan(read, facts, computed) if computed is not None else None
