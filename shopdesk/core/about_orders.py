"""Questions about orders: by their number, by the name of the customer."""

from __future__ import annotations

import re
from dataclasses import replace

from shopdesk.core.following import Earlier
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.record_plans import nothing_plan, order_fields, order_plan, orders_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_of
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_SOMEONES = re.compile(r"\b[a-z]+ [a-z]+'s\b")
_ORDERS_TRIED = 30


def about_order(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    if earlier.kind == "order" and order_fields(read) and _names_no_goods(shop, read):
        return order_plan(read, earlier.records[0])
    if not (read.asks("order") or order_fields(read) or _SOMEONES.search(read.folded)):
        return None
    orders = orders_of(shop, read)
    if orders:
        return orders_plan(read, orders)
    if read.asks("policy") or not (read.asks("order") or order_fields(read)):
        return None
    if read.asks("order") and (read.codes or order_fields(read)):
        return replace(nothing_plan(read, ()), asked=("order_number",))
    return None


def _names_no_goods(shop: Shop, read: Understanding) -> bool:
    return not read.content or read.elliptical or not shop.named(subject_of(read)).records


def orders_of(shop: Shop, read: Understanding) -> list[Record]:
    """The orders of a customer whose whole name the question says, the newest first."""
    hits = shop.catalogue.search(SearchWish(read.folded, ("order",), _ORDERS_TRIED, enough=1))
    said = f" {read.folded} "
    found = [hit.record for hit in hits if _says_customer(said, hit.record)]
    return sorted(found, key=lambda record: str(record.fields.get("placed_at") or ""), reverse=True)


def _says_customer(said: str, order: Record) -> bool:
    """Whether a folded text says the whole name of an order's customer."""
    name = fold(str(order.fields.get("customer") or ""))
    if len(name) < 2:
        return False
    return name in said if is_han(name[0]) else re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", said) is not None
