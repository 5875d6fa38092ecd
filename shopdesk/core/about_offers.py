"""Questions about promotions: what they are, what they apply to, and what goods cost with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.adding_on import adds_on, spoken_goods, with_spoken
from shopdesk.core.ages import age_said, is_for
from shopdesk.core.baskets import basket_of
from shopdesk.core.following import Earlier, leans
from shopdesk.core.offers import offers_for
from shopdesk.core.offers_said import may_be_taken_off, offers_said
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.quoting import Quoter
from shopdesk.core.record_plans import nothing_plan, offers_plan, savings_plan
from shopdesk.core.resolving import Subject, whole_names_said
from shopdesk.core.rule_plans import is_enough, promotion_plan, quote, quoted_plan, surely_ruled
from shopdesk.core.scopes import is_running
from shopdesk.core.sense import words_of
from shopdesk.core.shop import NAMES_TRIED, Shop
from shopdesk.core.sizes_said import of_the_size_said
from shopdesk.core.subjects import (
    distinct,
    is_filtering,
    one_product,
    subject_of,
    subject_without,
    wish_of,
    words_that_filter,
)
from shopdesk.core.text import fold
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_ON_OFFER = re.compile("|".join(pattern.pattern for pattern in (lexicon.PROMOTION_WORDS, lexicon.WHEN_WORDS)), re.ASCII)
_SOFT = re.compile(f"{lexicon.BASKET_WORDS.pattern}|{lexicon.SOFT_SIZES.pattern}", re.ASCII)
_IN_A_ROW = re.compile(
    r"再?加(?:上)?[一二两三四五六七八九十俩\d]|再[买来拿要配]|外加|\b(?:and|plus) (?:an?|one|two|three|four|five|\d+)\b"
)
_ON_THE_DEAL = re.compile(
    r"\b(?:on|in|under|with|after|by|using) (?:the|that|this|our|your|an) (?:[\w%$£€&'-]+ ){0,4}(?:deal|offer"
    r"|discount|promo|promotion|reduction)\W*$"
)
"""Says that what is on offer is to be counted."""
_COME_IN = re.compile(
    r"\b(?:bags?|packs?|packets?|box(?:es)?|pairs?|rolls?|tins?|cans?|bottles?|jars?|sets?|tubs?|tubes?|pots?|of|them|those|these)\b"
)
"""What goods spoken of are counted in: "three boxes with the deal"."""
_THING = re.compile(r"\b(?:the|that|this|your|our) (?:[^\s?]+ ){1,4}?(?:things?|clearance|event)\b")
_WHY = re.compile(r"为什么|为啥|咋就?没|怎么就?[没不]|凭什么|\bwhy\b|\bhow come\b")
"""Asks why an offer takes nothing off."""
_GOODS_TRIED = 60
_VARIANTS_TRIED = 4


def about_savings(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """What named goods cost when the running promotions are counted ("买 3 件云杉冰爪用优惠后多少钱")."""
    surely = bool(lexicon.AFTER_PROMOTIONS.search(read.folded))
    to_pay = bool(lexicon.TO_PAY.search(read.folded)) and not lexicon.WITHOUT_OFFERS.search(read.folded)
    why = _asks_why(read)
    by_figure = may_be_taken_off(read.folded) or _ON_THE_DEAL.search(read.folded) is not None
    if not (surely or to_pay or by_figure or read.asks("promotion")) or ("list_price" in read.asked and not why):
        return None
    days = _days_asked(read) or lexicon.WHEN_REDUCED.search(read.folded)
    if (read.kinds & {"cheapest", "dearest"} and not surely) or (days and "price" not in read.asked):
        return None
    running = shop.running_promotions()
    said = offers_said(read, _promotions_about(shop, read, running))
    surely = surely or (bool(said.promotions) and said.taken(read)) or _ON_THE_DEAL.search(read.folded) is not None
    if not (surely or to_pay or read.asks("promotion")):
        return None
    if read.asks("policy") and not (surely and said.promotions):
        return None
    rest = said.left_out_of(read)
    asking = surely or bool(rest.quantities) or read.asked == ("price",)
    if said.promotions and not asking and said.titled:
        return None
    basket = _goods(shop, read, earlier) if said.joined(read) else None
    if not subject_without(rest, lexicon.BASKET_WORDS).content and said.spans and not leans(read):
        rest = read  # what names the promotion names the goods: 取暖器直降完多少钱
    basket = basket or _goods(shop, rest, earlier)
    offered = surely and not lexicon.GOODS_ON_OFFER.search(read.folded)
    if basket is None and (said.promotions or offered):
        variants = _variants(shop, rest) or _spoken_of(rest, earlier)
        meant = said.promotions or _concerning(shop, variants)
        if variants and meant:
            return offers_plan(read, variants, meant, shop.today())
    if basket is None or not (running or said.promotions):
        return None
    if why:
        concerned = said.promotions or _concerning(shop, basket[0])
        return savings_plan(read, *basket, running, shop.today(), concerned)
    if not (surely or read.asks("promotion")) and len(basket[0]) < 2 and basket[1] == [1]:
        return None
    return savings_plan(read, *basket, running, shop.today(), said.promotions)


def _asks_why(read: Understanding) -> bool:
    asks = read.asks("promotion") or lexicon.WITHOUT_OFFERS.search(read.folded) is not None
    return asks and _WHY.search(read.folded) is not None


def _variants(shop: Shop, read: Understanding) -> tuple[Record, ...]:
    """The few variants of one product that a question names, where they do not cost the same: of the size said."""
    if _IN_A_ROW.search(read.folded):
        return ()
    subject = subject_without(read, lexicon.BASKET_WORDS)
    named = shop.named(subject)
    if named.unknown and any(match.group() not in ",;" for match in lexicon.JOINS.finditer(read.folded)):
        return ()  # of several goods one alone is known
    found = named.records or shop.named(subject_without(read, _SOFT)).records
    found = of_the_size_said(read.folded, distinct(found))
    return found if len({record.title for record in found}) == 1 and len(found) <= _VARIANTS_TRIED else ()


def _spoken_of(read: Understanding, earlier: Earlier) -> tuple[Record, ...]:
    """The few goods spoken of, where a question names none."""
    goods = distinct(earlier.products)
    return () if subject_without(read, lexicon.BASKET_WORDS).content or len(goods) > _VARIANTS_TRIED else goods


def _promotions_about(shop: Shop, read: Understanding, running: Sequence[Record]) -> list[Record]:
    """The running promotions, and those that share words with the question, whenever they run."""
    hits = shop.catalogue.search(SearchWish(read.folded, ("promotion",), NAMES_TRIED, enough=1))
    return list({record.key: record for record in (*running, *(hit.record for hit in hits))}.values())


def _days_asked(read: Understanding) -> list[str]:
    """Which of its days of a promotion are asked for."""
    return [field for field, asks in lexicon.WHEN_ON.items() if asks.search(read.folded)]


def _goods(shop: Shop, read: Understanding, earlier: Earlier) -> tuple[list[Record], list[float]] | None:
    """The goods that a question names, or else those spoken of, and how many of each; None where that is unsure."""
    spoken = spoken_goods(earlier)
    basket = basket_of(shop.resolver, read, spoken.goods)
    subject = subject_without(read, lexicon.BASKET_WORDS)
    if spoken.goods and not subject.without(match.span() for match in _COME_IN.finditer(read.folded)).content:
        many = read.quantities if len(read.quantities) == len(spoken.goods) else spoken.quantities
        return list(spoken.goods), list(many)
    if basket.sure and spoken.goods and adds_on(read):
        goods, so_many = with_spoken(spoken, basket.goods, basket.quantities)
        return list(goods), list(so_many)
    if basket.known or (basket.sure and not _only_filters(read, subject, basket.goods[0])):
        return list(basket.goods), list(basket.quantities)
    part_known = bool(basket.goods) and bool(basket.unsure or basket.unknown)
    if _IN_A_ROW.search(read.folded) or basket.missed or part_known:
        return None  # several are named, and not all are known
    named = shop.named(subject).records if subject.content else earlier.products[:4]
    product = one_product(named)
    if product is not None and not _only_filters(read, subject, product):
        return ([product], [next(iter(read.quantities), 1)]) if len(read.quantities) < 2 else None
    if not named or subject.content or len(named) > 4 or len(read.quantities) != len(named):
        return None
    return list(named), list(read.quantities)


def _only_filters(read: Understanding, subject: Subject, product: Record) -> bool:
    """Whether nothing but a brand or a category is named, of which there may be more goods than the one found."""
    said = words_that_filter(read)
    if said is None or whole_names_said(read.folded, product):
        return False
    return bool(read.brands or read.categories) and not said.sub("", subject.content).strip()


def about_promotion(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """Promotions that are named, running or not; without a name all that run today."""
    thing = bool(_days_asked(read)) and _THING.search(read.folded) is not None
    cheaper = lexicon.WHEN_REDUCED.search(read.folded) is not None and not _days_asked(read)
    asks = (read.asks("promotion") or thing) and not cheaper
    if read.asks("count") and not asks:
        return None  # "how many beer kits do we sell", though an offer is called so
    running = shop.running_promotions() if asks else []
    said = offers_said(read, _promotions_about(shop, read, running), titled=not asks)
    if said.promotions:
        return promotion_plan(read, said.promotions, shop.today())
    if not (read.asks("promotion") or _asks_why(read)) or ("list_price" in read.asked and not _asks_why(read)):
        return None
    if cheaper:
        return None
    bare = subject_without(read, _ON_OFFER)
    for subject in (subject_of(read), bare):
        named = shop.resolver.resolve(subject, SearchWish("", ("promotion",)))
        if named.records:
            titled = _titled_with(named.records, bare)
            if not any(is_running(promotion, shop.today()) for promotion in titled):
                # none of that name runs now; others may be for the same goods
                titled = (_concerning(shop, shop.named(bare).records) if bare.content else ()) or titled
            return promotion_plan(read, titled, shop.today())
    if bare.content and not read.asks("policy"):
        on_offer = _offers_on(shop, read, bare)
        if on_offer is not None:
            return on_offer
    speaks = len(bare.content) > 1 and not read.asks("policy")
    said_best = Quoter(read.question, running, read.language).best() if speaks else None
    if said_best is not None and surely_ruled(said_best):
        return promotion_plan(read, [said_best.record], shop.today())
    ruled = quote(shop.catalogue, read, read.question)
    age = age_said(read.folded)
    if ruled is not None and age and any(is_for(fold(sentence), age[0]) for sentence in ruled.sentences):
        return quoted_plan(read, ruled)  # what somebody of an age gets off
    if ruled is not None and ruled.titled and ruled.words and surely_ruled(ruled) and ruled.fits:
        return quoted_plan(read, ruled)  # "do vouchers expire"
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
    concerned = _concerning(shop, records)
    if concerned:
        return promotion_plan(read, concerned, shop.today())
    asks_of_them = lexicon.GOODS_ON_OFFER.search(read.folded) is not None and bool(shop.running_promotions())
    if is_filtering(wish) or asks_of_them:
        return nothing_plan(read, records)
    return None


def _concerning(shop: Shop, records: Sequence[Record]) -> list[Record]:
    """The running promotions that are for some of the goods."""
    running = shop.running_promotions()
    found = {offer.promotion.key: offer.promotion for record in records for offer in offers_for(record, running)}
    return list(found.values())
