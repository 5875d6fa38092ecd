"""Questions about dates: until when something bought may be returned, exchanged or repaired."""

from __future__ import annotations

from collections.abc import Sequence

from shopdesk.core import deadlines, lexicon
from shopdesk.core.following import Earlier
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import deadline_plan
from shopdesk.core.rule_plans import rules_on
from shopdesk.core.shop import Shop
from shopdesk.core.text import fold
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding


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
    named = shop.named_without(read, lexicon.POLICY).records[:1] or earlier.products[:1]
    ruled = _ruling(shop, read, matter, named)
    if ruled is None:
        return None
    period, source = ruled
    return deadline_plan(read, matter, period, bought, today, [source, *orders[:1]])


def _ruling(
    shop: Shop, read: Understanding, matter: deadlines.Matter, named: Sequence[Record]
) -> tuple[deadlines.Period, Record] | None:
    """The period that holds, and the product or rule that gives it."""
    if matter == "warranty" and named:
        for name in lexicon.ATTRIBUTE_NAMES["warranty"]:
            period = deadlines.period_of(named[0].attributes.get(name, ""))
            if period is not None:
                return period, named[0]
    policies = rules_on(shop.catalogue, read, read.question)
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
