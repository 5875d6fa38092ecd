"""Questions about several goods at once: two compared, or a basket added up."""

from __future__ import annotations

import re

from shopdesk.core import lexicon
from shopdesk.core.adding_on import adds_on, spoken_goods, with_spoken
from shopdesk.core.baskets import basket_of
from shopdesk.core.following import Earlier
from shopdesk.core.going_on import so_many
from shopdesk.core.measures import measures_in, measures_of
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.record_plans import comparison_plan, nothing_plan, numbered, sum_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import SEVERAL, distinct, subject_of, subject_without, two_subjects
from shopdesk.core.text import fold, unmarked
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding, quantities_in

_SOFT_COMPARISON = re.compile(f"{lexicon.COMPARE_WORDS.pattern}|{lexicon.SOFT_SIZES.pattern}", re.ASCII)
_SIZES_COMPARED = re.compile(f"{_SOFT_COMPARISON.pattern}|{lexicon.BIG.pattern}|{lexicon.SMALL.pattern}|比", re.ASCII)
_HAN_NAMED = re.compile(r"[\u4e00-\u9fff]{4,8}")
"""What may name two goods without a word between them."""
_BOTH_KNOWN = 0.8
"""The share of its words that each of them must have then."""
_NO_SUM = frozenset({"compare", "cheapest", "dearest", "count", "list", "recommend", "policy", "order", "promotion"})
"""Ways of asking that no quantity turns into a sum."""

_GOES_ON = re.compile(r"^(?:and|with)\b")
_PIECE = "[个把条件双只支套台盒瓶包袋罐]"
_IN_A_ROW = re.compile(
    r"\b(?:an?|one|the|some) (?:[\w-]+ ){1,6}(?:and|plus|with) (?:an?|one|the|some|\d+) "
    r"|^(?!do|is\b|are|can|what|which|how|where|who|when|why|ha[sd]|have|will|any|tell|show|compare)"
    r"[a-z][\w'-]*(?: [\w'-]+){0,4} (?:and|plus) (?:an?|one) [a-z]"
    r"|: ?[a-z][a-z -]+,[a-z -]+,(?: and)? ?[a-z]"
    rf"|{_PIECE}.{{2,20}}[再加和跟].{{0,2}}{_PIECE}"
)
"""Two goods, each with an article or a measure word."""


def about_comparison(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    pair = two_subjects(shop.resolver, read, earlier.products) if read.asks("compare") else None
    if read.asks("compare") and (pair is None or not pair[0].records or not pair[1].records):
        named = subject_without(read, _SOFT_COMPARISON, values=True)
        variants = distinct(shop.named(named).records)
        alike = len({record.fields.get("group") or record.title for record in variants}) == 1
        if len(variants) == 2 and (alike or read.asks("both")):
            return comparison_plan(read, *variants)
        ends = _largest_and_smallest(shop, read) or _named_in_one_breath(shop, read)
        if ends is not None:
            return comparison_plan(read, *ends)
    if pair is None:
        return None
    first, second = pair
    if not first.records or not second.records:
        if read.kinds & (SEVERAL | {"policy"}):
            return None
        return nothing_plan(read, (*first.records[:1], *second.records[:1], *first.nearest, *second.nearest))
    return comparison_plan(read, first.records[0], second.records[0])


def _named_in_one_breath(shop: Shop, read: Understanding) -> tuple[Record, Record] | None:
    """Two goods that nothing parts: 全盔半盔差几块, 室外室内摄像头; of all places where the words may part, the one
    where both sides are best known."""
    subject = subject_of(read)
    best: tuple[float, Record, Record] | None = None
    for match in _HAN_NAMED.finditer(unmarked(subject.folded, subject.filler)):
        for cut in range(match.start() + 1, match.end()):
            sides = subject.part(0, cut), subject.part(cut, len(subject.folded))
            first = shop.resolver.resolve(sides[0], SearchWish(""), context=sides[1])
            second = shop.resolver.resolve(sides[1], SearchWish(""), context=sides[0]) if first.records else first
            others = [record for record in first.records if second.records and record.key != second.records[0].key]
            sure = min(first.recall, second.recall)
            if others and sure >= _BOTH_KNOWN and (best is None or sure > best[0]):
                best = sure, others[0], second.records[0]
    return (best[1], best[2]) if best is not None else None


def _largest_and_smallest(shop: Shop, read: Understanding) -> tuple[Record, Record] | None:
    """The largest and the smallest of one product, where a question compares "the big one" with "the small one"."""
    if not (lexicon.BIG.search(read.folded) and lexicon.SMALL.search(read.folded)):
        return None
    sized = []
    for record in shop.named(subject_without(read, _SIZES_COMPARED, values=True)).records:
        measures = measures_of(fold(str(record.fields.get("size") or "")))
        if len(measures) == 1:
            sized.append((measures[0].amount, record))
    if len({amount for amount, _ in sized}) < 2 or len({record.title for _, record in sized}) > 1:
        return None
    sized.sort(key=lambda entry: entry[0])
    return sized[-1][1], sized[0][1]


def about_basket(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """Several products added up: "背包一个加水壶两个一共多少"."""
    # "two tubes and a repair kit, how much" speaks of repairs without being about them
    spoken = spoken_goods(earlier)
    if len(spoken.goods) == 1 and so_many(read, spoken.goods[0]) is not None:
        return None  # "15 metres then" names nothing but how much
    adds = bool(spoken.goods) and adds_on(read)
    no_sum = _NO_SUM - {"policy"} if adds or (len(read.quantities) > 1 and "price" in read.asked) else _NO_SUM
    counted = set(read.asked) <= {"price", "list_price"} and not read.kinds & no_sum
    surely = read.asks("total")
    adds = adds or (bool(spoken.goods) and surely and _GOES_ON.search(read.folded) is not None)
    how_many = counted and _says_how_many(read)
    joined = counted and not how_many and _joins_goods(read)
    if not surely and not how_many and not (counted and (joined or adds)):
        return None
    basket = basket_of(shop.resolver, read, spoken.goods)
    if joined and not (surely or adds):
        return sum_plan(read, numbered(basket.goods), basket.quantities) if basket.known else None
    if basket.sure and adds:
        goods, many = with_spoken(spoken, basket.goods, basket.quantities)
        return sum_plan(read, numbered(goods), many)
    several_of_one = basket.sure and len(basket.goods) == 1 and basket.quantities[0] != 1 and not _asks_more(read)
    if several_of_one and shop.resolver.counts_otherwise(basket.goods[0], read.folded):
        return nothing_plan(read, basket.goods)  # "a six spray head" where it has five
    if basket.known or several_of_one:
        return sum_plan(read, numbered(basket.goods), basket.quantities)
    if basket.goods and surely and (basket.missed or (basket.counted > 1 and (basket.unsure or basket.unknown))):
        return nothing_plan(read, (*basket.unsure, *basket.goods))
    return None


def _asks_more(read: Understanding) -> bool:
    """Whether anything but the price that the sum is at is asked for."""
    return bool(set(read.attributes) - {read.priced_by.removeprefix("attributes.")})


_ADDED = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:再?加上?|外加|再(?:来|拿|要|买|带|配))(?![厚大长绒热湿固宽强压翼密量])"
    r"|\bplus\b|\bwith (?:an?|one|two|three)\b|(?<= )[&+](?= )"
)


def _joins_goods(read: Understanding) -> bool:
    """Whether a question only names goods, joined by a word: "a riser and wooden limbs", or adds one to another:
    儿童座椅加后尾箱."""
    if _ADDED.search(read.folded):
        return True
    return not (read.asked or read.attributes or read.kinds) and lexicon.JOINS.search(read.folded) is not None


def _says_how_many(read: Understanding) -> bool:
    """Whether a question counts or measures out what it names: "4 gift cards please", "2 kg of linseed"."""
    if read.quantities or _IN_A_ROW.search(read.folded):
        return True
    if read.priced_by != "price" and lexicon.JOINS.search(read.folded):
        return True
    if measures_in(read.folded):
        return True
    return any(number > 1 for number, _ in quantities_in(read.folded))
