"""Questions about promotions: what they are, what they apply to, and what goods cost with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.following import Earlier
from shopdesk.core.offers import offers_for
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.quoting import Quoter
from shopdesk.core.record_plans import nothing_plan, savings_plan
from shopdesk.core.resolving import Subject, says_title
from shopdesk.core.rule_plans import is_enough, promotion_plan, quote, quoted_plan, surely_ruled
from shopdesk.core.sense import words_of
from shopdesk.core.shop import NAMES_TRIED, Shop
from shopdesk.core.subjects import basket_of, is_filtering, one_product, subject_of, subject_without, wish_of
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_ON_OFFER = re.compile("|".join(pattern.pattern for pattern in (lexicon.PROMOTION_WORDS, lexicon.WHEN_WORDS)), re.ASCII)
_IN_A_ROW = re.compile(r"再?加(?:上)?[一二两三四五六七八九十俩\d]|\b(?:and|plus) (?:an?|one|two|three|four|five|\d+)\b")
_GOODS_TRIED = 60


def about_savings(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """What named goods cost when the running promotions are counted ("买 3 件云杉冰爪用优惠后多少钱")."""
    surely = bool(lexicon.AFTER_PROMOTIONS.search(read.folded))
    if not (surely or read.asks("promotion")) or read.asks("policy") or "list_price" in read.asked:
        return None
    if (read.kinds & {"cheapest", "dearest"} and not surely) or _named_promotion(shop, read) is not None:
        return None
    basket = _goods(shop, read, earlier)
    running = shop.running_promotions() if basket is not None else []
    return savings_plan(read, *basket, running, shop.today()) if basket is not None and running else None


def _named_promotion(shop: Shop, read: Understanding) -> Record | None:
    """The promotion whose whole title the question says."""
    hits = shop.catalogue.search(SearchWish(read.folded, ("promotion",), NAMES_TRIED, enough=1))
    return next((hit.record for hit in hits if says_title(read.folded, hit.record)), None)


def _goods(shop: Shop, read: Understanding, earlier: Earlier) -> tuple[list[Record], list[int]] | None:
    """The goods that a question names, or else those spoken of, and how many of each; None where that is unsure."""
    basket = basket_of(shop.resolver, read)
    if basket.known:
        return list(basket.goods), list(basket.quantities)
    if _IN_A_ROW.search(read.folded) or basket.missed:
        return None  # several are named, and not all are known
    subject = subject_without(read, lexicon.BASKET_WORDS)
    named = shop.named(subject).records if subject.content else earlier.products[:4]
    product = one_product(named)
    if product is not None:
        return ([product], [next(iter(read.quantities), 1)]) if len(read.quantities) < 2 else None
    if not named or subject.content or len(named) > 4:
        return None
    return list(named), list(read.quantities) if len(read.quantities) == len(named) else [1] * len(named)


def about_promotion(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """A promotion that is named, running or not; without a name all that run today."""
    said = _named_promotion(shop, read)
    if said is not None:
        return promotion_plan(read, [said], shop.today())
    if not read.asks("promotion") or "list_price" in read.asked:
        return None
    bare = subject_without(read, _ON_OFFER)
    for subject in (subject_of(read), bare):
        named = shop.resolver.resolve(subject, SearchWish("", ("promotion",)))
        if named.records:
            return promotion_plan(read, _titled_with(named.records, bare), shop.today())
    if bare.content and not read.asks("policy"):
        on_offer = _offers_on(shop, read, bare)
        if on_offer is not None:
            return on_offer
    running = shop.running_promotions()
    speaks = len(bare.content) > 1 and not read.asks("policy")
    said_best = Quoter(read.question, running, read.language).best() if speaks else None
    if said_best is not None and surely_ruled(said_best):
        return promotion_plan(read, [said_best.record], shop.today())
    titled = quote(shop.catalogue, read, read.question)
    if titled is not None and titled.titled and titled.words and surely_ruled(titled) and titled.fits:
        return quoted_plan(read, titled)  # "do vouchers expire"
    goods = lexicon.GOODS_ON_OFFER.search(read.folded)
    if goods and len(subject_of(read).part(*goods.span(goods.lastindex or 0)).content) > 1:
        found = shop.named_without(read, lexicon.PROMOTION_WORDS)
        if not found.records:
            rule = quote(shop.catalogue, read, read.question)
            fits = rule is not None and rule.titled and is_enough(rule) and rule.words + rule.concepts > 1
            return quoted_plan(read, rule) if rule is not None and fits else nothing_plan(read, found.nearest)
    if read.asks("policy") or shop.named_without(read, lexicon.PROMOTION_WORDS).records:
        return None
    return promotion_plan(read, running, shop.today()) if running else None


def _titled_with(promotions: Sequence[Record], subject: Subject) -> Sequence[Record]:
    """Those whose titles have a word of the subject, where some have one: the others only speak of it."""
    said = words_of(subject.content)
    titled = [promotion for promotion in promotions if said & words_of(promotion.title)]
    return titled or promotions


def _offers_on(shop: Shop, read: Understanding, goods: Subject) -> Plan | None:
    """The running promotions for a sort of goods; None where no such goods are known."""
    wish = wish_of(replace(read, kinds=read.kinds | {"exists"}))
    if is_filtering(wish):
        records = [hit.record for hit in shop.catalogue.search(replace(wish, limit=_GOODS_TRIED))]
    else:
        records = list(shop.named(goods).records)
    if not records:
        return None
    running = shop.running_promotions()
    concerned = {offer.promotion.key: offer.promotion for record in records for offer in offers_for(record, running)}
    if concerned:
        return promotion_plan(read, list(concerned.values()), shop.today())
    return nothing_plan(read, records) if is_filtering(wish) else None
