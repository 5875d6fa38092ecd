"""Questions about orders: by their number, by whose they are."""

from __future__ import annotations

import re
from dataclasses import replace

from shopdesk.core.customers import calls_someone, orders_for
from shopdesk.core.following import Earlier
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.record_plans import nothing_plan, order_fields, order_plan, orders_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_of
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_ORDERS_TRIED = 30
_SOMEONES = re.compile(r"\b[a-z]+ [a-z]+'s\b")
_DOINGS = re.compile(
    r"\b(?:paid|pay|sent|send|shipped|posted|dispatched|despatched|gone out|go out|arriv\w*|com(?:e|es|ing) in|came in"
    r"|pick(?:s|ed|ing)? (?:\w+ ){0,3}up|collect\w*|ready|delivered|due|refunded|cancelled|fixed|repaired"
    r"|g[eo]t (?:his|her|their)|when|where|happen\w*|status|bought|ordered|owe)\b"
    r"|[发寄送付取拿退到修做好来][^,，。?？]{0,4}[了没吗么呢嘛]|到哪|哪[里儿了]|什么时候|几号|哪天|多久|状态|怎么样了|进度"
)
"""What is asked of somebody's order."""


def about_order(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    if earlier.kind == "order" and order_fields(read) and _names_no_goods(shop, read):
        return order_plan(read, earlier.records[0])
    somebody = calls_someone(read.folded) and _DOINGS.search(read.folded) is not None
    somebody = somebody or _SOMEONES.search(read.folded) is not None
    if not (read.asks("order") or order_fields(read) or somebody):
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
    """The orders of a customer whom the question names, the newest first."""
    hits = shop.catalogue.search(SearchWish(read.folded, ("order",), _ORDERS_TRIED, enough=1))
    return orders_for(read.folded, [hit.record for hit in hits], shop.catalogue.vocabulary().brands)
