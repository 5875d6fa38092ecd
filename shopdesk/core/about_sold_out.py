"""What has run out: "what is out of stock", 断货的有哪些."""

from __future__ import annotations

import re
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.record_plans import ROWS_WEIGHED, nothing_plan, product_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_without, words_that_filter
from shopdesk.core.substitutes import asks_for_another
from shopdesk.core.understanding import Understanding

_ALL_SAID = re.compile(
    rf"{lexicon.OUT_OF_STOCK.pattern}|\b(?:lines?|things?|products?|items?|articles?|skus?|stuff)\b|\br[au]n out of\b|\b(?:at|on) (?:zero|nought|nil|nothing)\b|\bno stock\b|卖空|东西|商品|货品?|没现货|[几多][少个样款种件]*",
    re.ASCII,
)
"""What such a question says besides a sort of goods."""


def about_sold_out(shop: Shop, read: Understanding) -> Plan | None:
    """The goods that are known to have run out, of a sort where one is said; None where that is not asked."""
    if not lexicon.NOT_IN_STOCK.search(read.folded):
        return None
    if read.asks("instead") and asks_for_another(read.folded) is not None:
        return None
    wish = SearchWish(
        "", sold_out=True, categories=read.categories or read.sorts, brands=read.brands, stores=read.stores,
        limit=ROWS_WEIGHED + 1,
    )  # fmt: skip
    records = [hit.record for hit in shop.catalogue.search(wish)]
    rest = subject_without(read, _ALL_SAID)
    filtering = words_that_filter(read)
    if rest.content and (filtering is None or not filtering.fullmatch(rest.content)):
        records = list(shop.resolver.weigh(rest, records))
    if not records:
        return nothing_plan(read, ())
    asking = replace(
        read,
        kinds=frozenset({"count"} if lexicon.HOW_MANY.search(read.folded) else {"list"}),
        asked=("stock",),
        attributes=(),
        sizes=(),
        quantities=(),
    )
    return product_plan(asking, records, complete=len(records) <= ROWS_WEIGHED)
