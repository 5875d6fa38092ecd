"""Questions about orders: by their number, by whose they are."""

from __future__ import annotations

import re
from dataclasses import replace

from shopdesk.core.customers import TITLED, calls_someone, orders_for, says_phone
from shopdesk.core.following import Earlier
from shopdesk.core.order_plans import order_fields, order_plan, orders_plan, own_columns_asked
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.record_plans import nothing_plan
from shopdesk.core.sense import words_of
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_of
from shopdesk.core.text import fold
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_ORDERS_TRIED = 30
_MOSTLY = 0.6
"""The share of the words for goods that the lines of an order must have."""
_SOMEONES = re.compile(r"\b[a-z]+ [a-z]+'s\b")
_DOINGS = re.compile(
    r"\b(?:paid|pay|sent|send|shipped|posted|dispatched|despatched|gone out|go out|arriv\w*|com(?:e|es|ing) in|came in"
    r"|pick(?:s|ed|ing)? (?:\w+ ){0,3}up|collect\w*|ready|delivered|due|refunded|cancelled|fixed|repaired"
    r"|g[eo]t (?:his|her|their)|when|where|happen\w*|status|bought|buy|ordered|owe|waiting|holding|due)\b"
    r"|[发寄送付取拿退到修做好来装配收签弄改量刻印测交结完租][^,，。?？]{0,4}[了没吗么呢嘛]|到哪|哪[里儿了]|什么时候|啥时候|几号"
    r"|哪天|多久|状态|怎么样了|进度|[订买要拿租定]了?的?(?:是)?(?:啥|什么|多少)|谁|[欠付差]了?多少"
)
"""What is asked of somebody's order."""
_WHETHER_DONE = re.compile(
    r"[发寄送取拿退修做装配收签弄改量刻印测交结][^,，。?？]{0,2}(?:完|好|走|上|到|齐|出|车|货)?了?(?:没有?|吗|么|不|呢)\W*$"
    r"|[完好]没有?\W*$|\b(?:holding|keeping|put (?:by|aside)|set aside|made|ordered) (?:\w+ )?for"
    r" (?!how|a\b|an\b|the\b|me\b|us\b|\d)[a-z]{3,}"
    r"|\bwhat(?:'s| is) (?!it|that|this|the|he|she|there)[a-z]{3,}(?: [a-z]+)? (?:waiting|coming in|having|owed)"
    r"|\b(?:did|have|has|are) the [a-z]+s (?:pick|collect|pay|paid|picked|collected|come)"
)
"""Asks what became of something for somebody, whatever that one is called."""
_WHO_ORDERED = re.compile(
    r"谁(?:订|买|要|定)了?|哪[个一几张]?(?:订单|单子?|客人|顾客)"
    r"|\bwho (?:has |have |had )?(?:ordered|bought)\b|\b(?:which|whose) orders?\b"
)


_FULL_NAME = re.compile(r"(?<!^)\b[A-Z][a-z'-]+ [A-Z][a-z'-]+\b")
_PROGRESS = re.compile(
    r"\bhow(?:'s| is| are) (?P<en>.+?) (?:coming (?:on|along)|getting (?:on|along)|progressing)\b"
    r"|\bwhat(?:'s| is) (?:happening|going on) (?:with|to) (?P<en2>.+)"
    r"|\b(?:any (?:news|word|sign) (?:of|on|about)|what(?:'s| has| is) (?:become of|happened to)) (?P<en3>.+)"
    r"|(?P<zh>[^\s,，。?？]{2,16}?)(?:的?那[单笔批]|的?(?:订单|单子))"
    r"|那[个台套件批把张条](?P<zh2>[^\s,，。?？]{1,8}?)(?:[发寄送到做修配装调]|弄|好)[^\s,，。?？]{0,3}[了没吗]"
)
"""Asks what became of goods that somebody ordered."""


def _in_progress(shop: Shop, read: Understanding) -> list[Record]:
    """The orders that have the goods of which a question asks what became."""
    said = _PROGRESS.search(read.folded)
    if said is None:
        return []
    subject = subject_of(read)
    start, end = next(said.span(name) for name in ("en", "en2", "en3", "zh", "zh2") if said[name] is not None)
    wanted = words_of(subject.part(start, end).content)
    return _having_lines(shop, subject.part(start, end).content, wanted) if wanted else []


def about_order(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    if earlier.kind == "order" and order_fields(read) and _names_no_goods(shop, read):
        return order_plan(read, earlier.records[0])
    somebody = calls_someone(read.folded) and _DOINGS.search(read.folded) is not None
    somebody = somebody or _SOMEONES.search(read.folded) is not None or says_phone(read.folded)
    somebody = somebody or TITLED.search(read.folded) is not None
    somebody = somebody or _WHETHER_DONE.search(read.folded) is not None
    if _WHO_ORDERED.search(read.folded):
        having = orders_with(shop, read)
        if having:
            return orders_plan(read, having)
    in_progress = _PROGRESS.search(read.folded) is not None
    if not (read.asks("order") or order_fields(read) or somebody or in_progress):
        return None
    orders = orders_of(shop, read) or (_in_progress(shop, read) if in_progress else [])
    if orders and not (read.asked and not read.asks("order") and _names_goods_alone(shop, read)):
        return orders_plan(read, orders)
    if read.asks("policy") or not (read.asks("order") or order_fields(read)):
        return None
    if read.asks("order") and (read.codes or order_fields(read)):
        return replace(nothing_plan(read, ()), asked=("order_number",))
    return None


def about_customer(shop: Shop, read: Understanding) -> Plan | None:
    """What is asked of the order of somebody called by the whole name, whatever rule has the same words: "what did
    Danny Pike leave as a deposit"."""
    if _FULL_NAME.search(read.question) is None:
        return None
    orders = [order for order in orders_of(shop, read) if fold(str(order.fields.get("customer") or "")) in read.folded]
    return orders_plan(read, orders) if orders and own_columns_asked(read, orders[0]) else None


def _names_no_goods(shop: Shop, read: Understanding) -> bool:
    return not read.content or read.elliptical or not shop.named(subject_of(read)).records


def _names_goods_alone(shop: Shop, read: Understanding) -> bool:
    """Whether all that is named is called so on the shelf: a Cottage Stove, whoever ordered as Rectory Cottage."""
    named = shop.named(subject_of(read))
    return bool(named.records) and not named.unknown


def orders_of(shop: Shop, read: Understanding) -> list[Record]:
    """The orders of a customer whom the question names, the newest first."""
    hits = shop.catalogue.search(SearchWish(read.folded, ("order",), _ORDERS_TRIED, enough=1))
    return orders_for(read.folded, [hit.record for hit in hits], shop.catalogue.vocabulary().brands)


def orders_with(shop: Shop, read: Understanding) -> list[Record]:
    """The orders that have the goods which a question names ("who ordered the donkey pinatas")."""
    subject = subject_of(read).without(match.span() for match in _WHO_ORDERED.finditer(read.folded))
    wanted = words_of(subject.content)
    if not wanted:
        return []
    return _having_lines(shop, subject.content, wanted)


def _having_lines(shop: Shop, text: str, wanted: frozenset[str]) -> list[Record]:
    """The orders whose lines, or whose customer's name, have most of the wanted words."""
    hits = shop.catalogue.search(SearchWish(text, ("order",), _ORDERS_TRIED, enough=1))
    told = [
        (hit.record, f"{hit.record.fields.get('lines') or ''} {hit.record.fields.get('customer') or ''}")
        for hit in hits
    ]
    return [order for order, text in told if len(wanted & words_of(text)) >= _MOSTLY * len(wanted)]
