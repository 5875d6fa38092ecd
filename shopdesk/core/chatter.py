"""Small talk with more beside it that asks nothing of the shop: "hi, first shift for me", "I'm out, my bus is here"."""

from __future__ import annotations

import re
from collections.abc import Collection

from shopdesk.core import lexicon
from shopdesk.core.plan import Plan
from shopdesk.core.rule_plans import is_enough, quote
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_of
from shopdesk.core.understanding import Understanding, understand

_ASKS_OUTRIGHT = re.compile(
    r"[?吗么呢嘛没]$|什么|啥|怎么|咋|哪|多少|几|谁|能不能|可不可以|有没有|是不是|能否|退|换"
    r"|(?:^|, ?)(?:what|which|where|when|who|why|how|can|could|do|does|did|is|are|will|would|should|may)\b",
    re.ASCII,
)
_GOT_IT = re.compile(r"^(?:have (?:we|you) )?got (?:it|any|one|some|them)(?: in)? ?\?")


def small_talk(shop: Shop, read: Understanding) -> Plan | None:
    """A question that is small talk from end to end, or has beside it what asks nothing and names nothing."""
    if _GOT_IT.search(read.folded):
        return None  # "got it?" asks, "got it" has heard
    if read.talk is None or (read.beside_talk and not _only_chatters(shop, read)):
        return None
    return _reply(read)


def small_talk_after_all(shop: Shop, read: Understanding) -> Plan | None:
    """Small talk with more beside it, where nothing of the shop answers."""
    if read.talk is None or not read.beside_talk or _ASKS_OUTRIGHT.search(read.beside_talk):
        return None
    return _reply(read) if _names_nothing(shop, _beside(shop, read)) else None


def _reply(read: Understanding) -> Plan:
    return Plan("small_talk", read.language, read.question, talk=read.talk)


def _only_chatters(shop: Shop, read: Understanding) -> bool:
    if read.talk == "ok" or lexicon.ASKS.search(read.beside_talk) or lexicon.WANTS.search(read.beside_talk):
        return False
    beside = _beside(shop, read)
    return _names_nothing(shop, beside, but=("policy", "exists", "order")) and not _is_ruled(shop, beside)


def _beside(shop: Shop, read: Understanding) -> Understanding:
    return understand(read.beside_talk, shop.catalogue.vocabulary())


def _is_ruled(shop: Shop, read: Understanding) -> bool:
    """Whether a rule is about just this ("my boy has wandered off, help")."""
    quotation = quote(shop.catalogue, read, read.question) if read.asks("policy") else None
    return quotation is not None and quotation.concepts > 1 and is_enough(quotation)


def _names_nothing(shop: Shop, read: Understanding, but: Collection[str] = ("policy", "order", "how-to")) -> bool:
    """Whether a text asks for no field and names no product. `but`: ways of asking that mean nothing in it."""
    if read.asked or read.attributes or read.codes or read.kinds - set(but):
        return False
    if read.colors or read.sizes or read.brands or read.categories or read.quantities:
        return False
    return not shop.named(subject_of(read)).records
