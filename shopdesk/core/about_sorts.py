"""Questions about all goods of a sort, or all of which something holds: "what vegan cakes are there", 点阵的本子."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.choosing import those_told
from shopdesk.core.conditions import Condition, conditions_said
from shopdesk.core.late import late
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.profiles import stem
from shopdesk.core.record_plans import ROWS_WEIGHED, nothing_plan, product_plan
from shopdesk.core.resolving import Subject, whole_names_said
from shopdesk.core.shop import NAMES_TRIED, Shop
from shopdesk.core.subjects import SEVERAL, one_product, price_wish_of, subject_of, words_that_filter
from shopdesk.core.suiting import says_whom
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding, naming_words

_FOR_WHOM = late(
    r"^(?:那|请问)?(?:有没有)?(?:给|送|适合)[^,，。?？]{1,8}(?:的|[用吃喝玩穿戴]的)(?:有吗|有没有|有哪些)?\W*$"
    r"|\bwhat (?:do|have|did|can) (?:we|you|i) (?:have |got |get |sell |stock |do )*(?:that(?:'s| is| are) "
    r"|which is )?(?:suitable )?for\b"
)
"""Asks for all that is for somebody."""
_WHETHER_THERE = late(
    r"^(?:so |and |but |ok |hi |hello |,)*(?:is|are) (?:the|that|this|those|these|our|your)\b.*\bin stock\W*$"
)
"""Asks whether some goods are there, not for those that are."""
_FAIR, _NEARLY = 0.34, 0.08
"""The share of what else is said that some goods of a sort must have to be meant before the others."""
_THINGS = late(r"\b(?:things|products|items|lines|articles|goods)\b|东西|商品|货品|[几多少][样种款](?!颜|码)")
"""Says goods of any sort."""
_NEAR = 3
_SHORTEST_WORD = 2
"""Characters of what may name something."""


def about_sort(shop: Shop, read: Understanding) -> Plan | None:
    """The goods that meet all that is said of them; None where nothing is, or a question of this sort is not asked."""
    counted = read.asked == ("stock",) and bool(lexicon.HOW_MANY.search(read.folded))
    there = bool(lexicon.WHAT_LIES_THERE.search(read.folded))
    priced = read.low is not None or read.high is not None
    for_whom = bool(_FOR_WHOM.search(read.folded))
    several = there or priced or for_whom or read.kinds & (SEVERAL | {"exists"}) or says_whom(read.folded)
    present = bool(lexicon.IN_STOCK_ONLY.search(read.folded)) and not _WHETHER_THERE.search(read.folded)
    if (
        not (several or counted or present)
        or read.kinds & {"compare", "policy"}
        or (read.asks("total") and not read.asks("count"))
    ):
        return None
    wish = _sort_of(read, present)
    named = bool(wish.categories or wish.brands or wish.colors)
    one = one_product(shop.named(subject_of(read)).records) if named else None
    if one is not None and whole_names_said(read.folded, one):
        return None  # of one product of that brand or category
    if not named and read.kinds & {"cheapest", "dearest"} and _whole_shop(shop, read):
        hits = shop.catalogue.search(replace(wish, min_price=wish.min_price or 0, limit=ROWS_WEIGHED))
        return product_plan(read, [hit.record for hit in hits]) if hits else None
    first = replace(wish, limit=ROWS_WEIGHED + 1) if named else shop.resolver.wish_for(subject_of(read), wish)
    records = [hit.record for hit in shop.catalogue.search(first)]
    conditions = conditions_said(read, records)
    if conditions and len(records) == first.limit <= ROWS_WEIGHED:
        records = [hit.record for hit in shop.catalogue.search(replace(first, limit=ROWS_WEIGHED + 1))]
        conditions = conditions_said(read, records)
    of_all = not (named or conditions or read.codes) and bool(
        there or priced or for_whom or read.kinds & {"recommend", "count"}
    )
    if of_all:  # "something for a 9 year old under £8" names no goods at all
        records = all_goods(shop, wish)
        conditions = conditions_said(read, records)
    if conditions and not named and _THINGS.search(read.folded):  # "how many things run on battery"
        there_already = {(record.key, record.fields.get("store")) for record in records}
        every = all_goods(shop, wish)
        records += [each for each in every if (each.key, each.fields.get("store")) not in there_already]
        conditions = conditions_said(read, records)
    called = _called_in_short(shop, read) if read.brands and read.kinds & {"count", "list"} else None
    of_sort = named and bool(present or wish.colors or read.colors or _only_generally(read) or called is not None)
    if not conditions and not of_sort:
        return None
    if not named and any(whole_names_said(read.folded, record) for record in records[:NAMES_TRIED]):
        return None
    rest = _without(read, conditions)
    fitting = [record for record in records if all(condition.holds(record) for condition in conditions)]
    of_values = _in_the_values(shop, read, fitting)
    fitting = of_values or (fitting if conditions and lexicon.SOFT_SIZES.search(read.folded) else [])
    if called and not conditions:
        fitting = [each for each in fitting if called in f"{each.title}{each.fields.get('category')}"] or fitting
    if rest.content:
        weighed = shop.resolver.weigh(rest, fitting)
        loosely = (
            read.kinds & SEVERAL
            or present
            or (counted and _THINGS.search(read.folded))
            or max(map(len, rest.content.split())) < _SHORTEST_WORD
        )
        if not weighed and not (loosely and (named or conditions) and not of_all):
            return None
        fitting = list(weighed) or _saying_most(shop, rest, fitting)
    if tells_of_it(read):
        known = [*sort_spans(read), *(span for condition in conditions for span in condition.spans)]
        fitting = list(those_told(read.folded, fitting, known))
    if not fitting:
        return nothing_plan(read, records[:_NEAR])
    asking = replace(read, attributes=(), sizes=(), quantities=())
    if counted:
        ranged = lexicon.OF_THE_RANGE.search(read.folded) or (named and read.colors)
        single = one_product(fitting) is not None and not ranged
        kinds = read.kinds - {"count"} if single else read.kinds | {"count"}
        asking = replace(asking, kinds=frozenset(kinds), asked=read.asked if single else ())
    return product_plan(asking, fitting, complete=len(records) <= ROWS_WEIGHED)


def tells_of_it(read: Understanding) -> bool:
    """Whether what a question tells of the goods it asks for may choose among them."""
    return not read.kinds & {"cheapest", "dearest", "count", "compare", "total"} and set(read.asked) <= {
        "price",
        "stock",
    }


def sort_spans(read: Understanding) -> list[tuple[int, int]]:
    """Where a question says the category or brand, and its values."""
    words = words_that_filter(read)
    sort = [match.span() for match in words.finditer(read.folded)] if words else []
    return [*sort, *read.value_spans]


def _saying_most(shop: Shop, rest: Subject, records: Sequence[Record]) -> list[Record]:
    """Those that say most of what else a question tells, where some say a fair part of it and others less."""
    shares = shop.resolver.shares(rest, records)
    best = max(shares, default=0.0)
    if best < _FAIR:
        return list(records)
    return [record for record, share in zip(records, shares, strict=True) if share >= best - _NEARLY]


def _only_generally(read: Understanding) -> bool:
    """Whether a question says of a sort no more than what all goods are called: "crime titles", "a cookery book"."""
    return bool(lexicon.GIFTS.search(read.folded)) and not (read.attributes or _without(read, ()).content)


def _called_in_short(shop: Shop, read: Understanding) -> str | None:
    """The one character that a question calls the goods of a brand by (瑞农的药), "" where there is none or all goods
    are called so; None where it says more of them."""
    words = words_that_filter(read)
    sort = [match.span() for match in words.finditer(read.folded)] if words else []
    rest = subject_of(read).without((*sort, *read.value_spans)).content
    if not read.attributes and _calls_all_goods(shop, rest):
        return ""
    return rest if not read.attributes and (not rest or (len(rest) == 1 and is_han(rest))) else None


def _calls_all_goods(shop: Shop, word: str) -> bool:
    """Whether a word is what the shop's own files call all goods: the heading of their names (Machine, Species)."""
    headings = shop.catalogue.vocabulary().headings.get("name", ())
    return bool(word) and stem(word) in {stem(part) for heading in headings for part in fold(heading).split()}


def all_goods(shop: Shop, wish: SearchWish) -> list[Record]:
    """All goods of a shop within a price range; none where there are too many to look at each."""
    wish = replace(wish, text="", min_price=wish.min_price or 0, limit=ROWS_WEIGHED + 1)
    records = [hit.record for hit in shop.catalogue.search(wish)]
    return records if len(records) <= ROWS_WEIGHED else []


def _sort_of(read: Understanding, present: bool) -> SearchWish:
    wish = price_wish_of(read)
    generally = len(read.sort) == 1 and bool(read.brands)
    in_brand = generally or any(
        read.sort in fold(brand) for brand in read.brands if read.sort
    )  # "anything by Pebble Books"
    only = read.colors[0] if len(read.colors) == 1 and not naming_words(read) else ()
    categories = read.categories or (() if in_brand else read.sorts)
    in_stock = wish.in_stock or present
    return replace(wish, categories=categories, brands=read.brands, in_stock=in_stock, colors=only)


def _whole_shop(shop: Shop, read: Understanding) -> bool:
    """Whether the dearest or cheapest of all goods is asked for, and none are named."""
    return bool(lexicon.WHOLE_SHOP.search(read.folded)) and not shop.named(subject_of(read)).records


def _without(read: Understanding, conditions: Sequence[Condition]) -> Subject:
    """What a question names apart from the sort, its values and the conditions."""
    words = words_that_filter(read)
    sort = [match.span() for match in words.finditer(read.folded)] if words else []
    stock = [match.span() for match in lexicon.IN_STOCK_ONLY.finditer(read.folded)]
    stock += [match.span() for match in lexicon.GIFTS.finditer(read.folded)]
    said = [span for condition in conditions for span in condition.spans]
    rest = subject_of(read).without((*sort, *stock, *said, *read.value_spans))
    return rest if len(rest.content) > 1 else Subject("", ())


def _in_the_values(shop: Shop, read: Understanding, records: Sequence[Record]) -> list[Record]:
    """Those that have the colours and sizes which are said."""
    values = (*read.colors, *read.sizes)
    return [record for record in records if all(shop.resolver.says_any(record, each) for each in values)]
