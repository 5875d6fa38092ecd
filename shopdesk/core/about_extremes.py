"""Questions for the goods that have the most or the least of something: "the lightest tent", 页数最多的本子."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.conditions import conditions_said
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.record_plans import ROWS_WEIGHED, foremost_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import price_wish_of, subject_of, words_that_filter
from shopdesk.core.superlatives import Superlative, amount_in, superlative_in
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding
from shopdesk.core.wording import value_text

_SAID = re.compile(r"最|est\b|\bmost\b|\bleast\b|\bfewest\b|\b(?:date|expires?|off) first\b")


def about_extreme(shop: Shop, read: Understanding) -> Plan | None:
    """The foremost goods of a sort by a column; None where no superlative is said, or none of the goods has it."""
    if not _SAID.search(read.folded) or read.kinds & {"cheapest", "dearest", "total", "promotion", "order"}:
        return None
    vocabulary = shop.catalogue.vocabulary()
    said = superlative_in(read.folded, vocabulary.attributes, vocabulary.sizes)
    if said is None:
        return None
    records = _goods_of(shop, read, said)
    for field in said.fields:
        best = _foremost(records, field, said)
        if best:
            others = [record for record in records if record not in best]
            return foremost_plan(read, best, others, field, read.folded[slice(*said.span)])
    return None


def _goods_of(shop: Shop, read: Understanding, said: Superlative) -> Sequence[Record]:
    """All goods among which the foremost are looked for."""
    sort = words_that_filter(replace(read, kinds=read.kinds | {"list"}))
    wish = price_wish_of(read)
    named = subject_of(read).without([said.span])
    rest = named.without(match.span() for match in sort.finditer(read.folded)) if sort else named
    wish = replace(wish, categories=read.categories or read.sorts, brands=read.brands, limit=ROWS_WEIGHED + 1)
    if not (wish.categories or wish.brands):
        if rest.content and not lexicon.WHOLE_SHOP.fullmatch(rest.content):
            found = shop.resolver.resolve(rest, replace(wish, limit=100)).records
            if len(rest.content) > 1 or sum(rest.content in each.title for each in found) > 1:
                return found  # one character that names nothing is what all goods are called: 最重的布
            rest = named.without([(0, len(named.folded))])
        wish = replace(wish, min_price=wish.min_price or 0)
    records = [hit.record for hit in shop.catalogue.search(wish)]
    if len(records) > ROWS_WEIGHED:
        return ()
    conditions = conditions_said(read, records)
    rest = rest.without(span for condition in conditions for span in condition.spans)
    records = [record for record in records if all(condition.holds(record) for condition in conditions)]
    if len(rest.content) < 2:
        return records
    return shop.resolver.weigh(rest, records) or shop.resolver.resolve(named, SearchWish("")).records


def _foremost(records: Sequence[Record], field: str, said: Superlative) -> list[Record]:
    """Those with the highest or lowest value; none where fewer than two have any to compare."""
    told = [(record, value_text(record, field, "en") or "") for record in records]
    amounts = [
        (amount, record) for record, text in told if (amount := amount_in(text, highest=said.highest)) is not None
    ]
    if not amounts or (len(records) > 1 and len(amounts) < 2):
        return []
    kind = Counter(kind for (kind, _), _ in amounts).most_common(1)[0][0]
    alike = [(amount, record) for (of, amount), record in amounts if of == kind]
    best = (max if said.highest else min)(amount for amount, _ in alike)
    return [record for amount, record in alike if amount == best]
