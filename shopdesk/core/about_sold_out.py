"""What has run out: "what is out of stock", 断货的有哪些."""

from __future__ import annotations

import re
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.late import late
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.record_plans import ROWS_WEIGHED, nothing_plan, product_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_without, words_that_filter
from shopdesk.core.substitutes import asks_for_another
from shopdesk.core.understanding import Understanding

_GONE = late(
    r"(?:断|缺|没有?现?|无)货|卖(?:完|光|空|断|没)|售罄|空了|(?:没有?|零|0)库存|没得卖"
    r"|(?:库存|存货|存量|结存|数量)(?:都|已经?)?(?:是|为|等于|到|只剩)?(?:[零空]|0(?![\d.]))"
    r"|一[件个样只条盒瓶包袋]都?(?:没有?|不剩)|没了(?![吗么没])"
    r"|\b(?:none|nothing) (?:left )?(?:of|on|for)\b|\b(?:none|nothing|nowt|zero|no stock) left\b"
    r"|\b(?:at|on|down to) (?:zero|nought|nil|nothing|none|empty)\b|\bno stock\b|\bout of stock\b|\bsold (?:right )?out\b"
    r"|\br[au]n (?:right )?out\b|(?<!\bit)(?<!\bthat)(?<!\bthey)(?: are| is|'s|'re) (?:all |clean |right )?out\b|\bout of\b(?=\W*$)"
    r"|\b(?:haven't|not) (?:got )?any of\b|\bwaiting (?:for|on) (?:more )?stock\b"
)
"""Says that goods have run out."""
_OF_ALL = late(
    r"[几多][少个样款种件]|哪[些几]|什么|啥|\bhow many\b|\bnumber of\b|\b(?:what|which)(?:'s|'re)?\b|\b(?:list|show)\b|\banything\b"
)
"""Asks which or how many goods something holds of."""
_WHICH_FEW = re.compile(r"哪几")
"""Asks which ones, not how many."""
_ALL_SAID = re.compile(
    rf"{lexicon.OUT_OF_STOCK.pattern}|{_GONE.pattern}"
    r"|\b(?:lines?|things?|products?|items?|articles?|goods|skus?|stuff|bits?|we've|(?<=stock )on|(?:on|in) the (?:shop )?(?:floor|shop|shelf|shelves|shop floor)|i mean|just now|got)\b"
    r"|卖空|东西|[商产货物单藏用]品|品种|货|没现货|[几多][少个样款种件]*",
    re.ASCII,
)
"""What such a question says besides a sort of goods."""


def about_sold_out(shop: Shop, read: Understanding) -> Plan | None:
    """The goods that are known to have run out, of a sort where one is said; None where that is not asked."""
    if not lexicon.NOT_IN_STOCK.search(read.folded) and not _names_nothing_else(read):
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
    how_many = lexicon.HOW_MANY.search(_WHICH_FEW.sub("", read.folded)) is not None
    asking = replace(
        read,
        kinds=frozenset({"count"} if how_many else {"list"}),
        asked=() if how_many else ("stock",),
        attributes=(),
        sizes=(),
        quantities=(),
    )
    return product_plan(asking, records, complete=len(records) <= ROWS_WEIGHED)


def _names_nothing_else(read: Understanding) -> bool:
    """Whether a question for all goods says that they are gone, and names nothing but perhaps a sort of them."""
    if not (_OF_ALL.search(read.folded) and _GONE.search(read.folded)) or asks_for_another(read.folded) is not None:
        return False
    rest, filtering = subject_without(read, _ALL_SAID).content, words_that_filter(read)
    return not rest or (filtering is not None and filtering.fullmatch(rest) is not None)
