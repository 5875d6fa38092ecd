"""Questions about dates: until when something bought may be returned, exchanged or repaired."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shopdesk.core import deadlines, lexicon
from shopdesk.core.following import Earlier
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import deadline_plan
from shopdesk.core.resolving import Subject
from shopdesk.core.rule_plans import rules_on
from shopdesk.core.shop import Shop
from shopdesk.core.text import fold
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_NO_GOODS = re.compile(
    rf"{lexicon.POLICY.pattern}|{deadlines.DAY_WORDS}|[买订购收]到?(?:的|了)?|到(?:什么时候|哪一?天|几号|何时)|还能|最晚"
    r"|\b(?:bought|ordered|got|until|till|when|under|last|ago|year|month|week|day)s?\b|(?<![\w-])[a-z]+-?\d{3,}\b",
    re.ASCII,
)
"""What a question for a deadline says besides the goods."""
_SEARCHED: Mapping[deadlines.Matter, tuple[str, str]] = {
    "return": ("return", "退货"), "exchange": ("exchange", "换货"), "warranty": ("warranty", "保修"),
    "price": ("price protection", "价保"),
}  # fmt: skip
"""What a rule is searched by, whatever words the question has for it."""
_WARRANTIES = frozenset({*lexicon.ATTRIBUTE_NAMES["warranty"], "guarantee", "保固", "质保期", "保修期限", "质保年限"})


def about_deadline(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """Whether something bought on a known day can still be returned, exchanged or repaired."""
    matter = deadlines.matter_of(read.folded)
    if matter is None:
        return None
    today = shop.today()
    orders = [r for r in shop.resolver.by_codes((*read.codes, *read.chinese_codes), ("order",)) if r.kind == "order"]
    if not orders and earlier.kind == "order" and read.elliptical:
        orders = list(earlier.records[:1])
    placed = deadlines.day_said(fold(str(orders[0].fields.get("placed_at") or "")), today) if orders else None
    bought = deadlines.day_said(read.folded, today) or placed
    if bought is None:
        return None
    named = _goods_meant(shop, read, orders) or earlier.products[:1]
    ruled = _ruling(shop, read, matter, named)
    if ruled is None:
        return None
    period, source = ruled
    return deadline_plan(read, matter, period, bought, today, [source, *orders[:1]])


def _goods_meant(shop: Shop, read: Understanding, orders: Sequence[Record]) -> Sequence[Record]:
    """The product whose deadline is asked for: the one named, days and codes aside, or the one that was ordered."""
    named = shop.named_without(read, _NO_GOODS).records
    if not named and orders:
        lines = fold(str(orders[0].fields.get("lines") or ""))
        named = shop.named(Subject(lines, tuple(not letter.isalnum() for letter in lines))).records if lines else ()
    return named[:1]


def _ruling(
    shop: Shop, read: Understanding, matter: deadlines.Matter, named: Sequence[Record]
) -> tuple[deadlines.Period, Record] | None:
    """The period that holds, and the product or rule that gives it."""
    if matter == "warranty" and named:
        for name, value in named[0].attributes.items():
            called = fold(name.replace("_", " ")) in _WARRANTIES
            period = deadlines.period_of(value) if called else None
            if period is not None:
                return period, named[0]
    policies = rules_on(shop.catalogue, read, f"{read.question} {_SEARCHED[matter][read.language == 'zh']}")
    found = deadlines.sentences_on(matter, policies, read.language)
    delivered = deadlines.counts_from_delivery(read.folded)
    found.sort(key=lambda entry: deadlines.counts_from_delivery(entry[1]) != delivered)
    said = f"{read.folded} {' '.join(_names_of(record) for record in named)}"
    for policy, sentence in found:
        ruled = deadlines.ruling(matter, [sentence], said)
        if ruled is not None:
            return ruled[0], policy
    return None


def _names_of(record: Record) -> str:
    """What sort of thing a product is, in its own words."""
    said = (
        record.title,
        record.fields.get("category"),
        record.attributes.get("name_en"),
        record.attributes.get("category_en"),
    )
    return fold(" ".join(str(text) for text in said if text))
