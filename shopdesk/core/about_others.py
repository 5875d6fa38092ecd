"""Questions for other goods than those spoken of: at a lower or higher price, or in the place of what is sold out."""

from __future__ import annotations

import re
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.following import Earlier, alternatives, instead_of
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import nothing_plan, product_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_without
from shopdesk.core.text import fold
from shopdesk.core.understanding import Understanding


def about_alternatives(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """Others of the sort that was spoken of, at a lower or a higher price ("再便宜点的呢", "anything cheaper?")."""
    wanted = lexicon.CHEAPER if lexicon.CHEAPER.search(read.folded) else lexicon.DEARER
    if not earlier.products or read.codes or not wanted.search(read.folded):
        return None
    beside_it = subject_without(read, re.compile(f"{wanted.pattern}|点", re.ASCII))
    category = fold(str(earlier.products[0].fields.get("category") or ""))
    elsewhere = beside_it.content and (not read.categories or fold(read.categories[0]) != category)
    if elsewhere or (len(earlier.products) == 2 and read.asks("compare")):
        return None
    found = alternatives(shop.catalogue, earlier.products, cheaper=wanted is lexicon.CHEAPER)
    read = replace(read, kinds=read.kinds - {"compare", "exists"} | {"list"}, asked=("price",), attributes=())
    return product_plan(read, found) if found else nothing_plan(read, ())


def about_replacement(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """What can be offered in place of a product ("IPA kit is sold out, what instead?")."""
    if not read.asks("instead") or (read.asks("policy") and not lexicon.OUT_OF_STOCK.search(read.folded)):
        return None
    subject = subject_without(read, lexicon.INSTEAD_WORDS)
    named = shop.named(subject).records if subject.content else earlier.products
    if subject.content and not named:  # a size that the shop has no more of, or writes otherwise
        named = shop.named(subject_without(read, lexicon.INSTEAD_WORDS, values=True)).records
    found = instead_of(shop.catalogue, named[0]) if named else ()
    if not found:
        return None
    asked = ("price", "stock")
    kinds = read.kinds - {"compare", "exists", "count", "total", "cheapest", "dearest"} | {"list"}
    return product_plan(replace(read, kinds=kinds, asked=asked, attributes=(), quantities=()), found)
