"""Questions in which a code stands: a SKU, a barcode, the number of an order or a promotion."""

from __future__ import annotations

from shopdesk.core.baskets import basket_of
from shopdesk.core.order_plans import order_plan
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import comparison_plan, product_plan
from shopdesk.core.rule_plans import promotion_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import two_subjects
from shopdesk.core.understanding import Understanding


def about_code(shop: Shop, read: Understanding) -> Plan | None:
    """A SKU, barcode, order or tracking number stands in the question."""
    found = shop.resolver.by_codes(read.codes, ("product", "order", "promotion"))
    if not found or (read.kinds & {"order"} and all(record.kind == "product" for record in found)):
        found = shop.resolver.by_codes(read.chinese_codes, ("product", "order", "promotion")) or found
    if not found:
        return None
    orders = [record for record in found if record.kind == "order"]
    if orders:
        return order_plan(read, orders[0])
    promotions = [record for record in found if record.kind == "promotion"]
    if promotions:
        return promotion_plan(read, promotions[:1], shop.today())
    if len(found) == 2 and read.asks("compare"):
        return comparison_plan(read, found[0], found[1])
    # "which is cheaper, JKT-105 or the rain coat?", "BTL-200 and a stove, what's the total?"
    several = (read.asks("compare") and two_subjects(shop.resolver, read, ())) or (
        read.asks("total") and basket_of(shop.resolver, read).known
    )
    return None if several else product_plan(read, found)
