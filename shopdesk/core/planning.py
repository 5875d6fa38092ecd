"""From a question to a plan: which rows, which values, which sum, said about what.

The planner is where the thinking is done. It asks the understanding what is wanted, the resolver
what is named, the arithmetic for sums, and writes down one :class:`Plan` that the prompt, the exact
answer and the check all follow. A question that leans on an earlier one is read with the
records that the earlier answer was about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from shopdesk.core import arithmetic, deadlines, lexicon
from shopdesk.core.following import Earlier, alternatives, among_variants, inherited, leans, only_varies, spoken_of
from shopdesk.core.plan import Plan
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.record_plans import (
    ROWS_WEIGHED,
    comparison_plan,
    computed_plan,
    deadline_plan,
    nothing_plan,
    numbered,
    order_fields,
    order_plan,
    product_plan,
    records_any_attribute,
    savings_plan,
    unknown_plan,
    without_variant,
)
from shopdesk.core.resolving import Resolution, Resolver, says_title
from shopdesk.core.rule_plans import is_better, is_enough, promotion_plan, quote, quoted_plan, rules_on, surely_ruled
from shopdesk.core.small_talk import talk_in
from shopdesk.core.subjects import (
    SEVERAL,
    basket_of,
    beside,
    is_filtering,
    price_wish_of,
    subject_of,
    subject_without,
    two_subjects,
    wish_of,
)
from shopdesk.core.talk_words import Talk
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Exchange, Record, Vocabulary
from shopdesk.core.understanding import QUESTION_LIMIT, Understanding, understand

_SURE = 0.66
"""The share of a question's words that a product must have to be preferred to a rule as good."""


class Planner:
    """Makes plans over one catalogue. `today` gives the date for promotions."""

    def __init__(self, catalogue: Catalogue, today: Callable[[], date]) -> None:
        self._catalogue = catalogue
        self._resolver = Resolver(catalogue)
        self._today = today

    def plan(self, question: str, history: Sequence[Exchange] = ()) -> Plan:
        """The plan of an answer to `question`. Never raises for what a question says."""
        question = question[:QUESTION_LIMIT]
        vocabulary = self._catalogue.vocabulary()
        read = understand(question, vocabulary, history)
        if read.talk is not None:
            return Plan("small_talk", read.language, question, talk=read.talk)
        chatter = self._chatter(read, vocabulary)
        if chatter is not None:
            return Plan("small_talk", read.language, question, talk=chatter)
        earlier = spoken_of(history, vocabulary, self.plan)
        plan = self._plan(read, earlier)
        return plan if plan.intent != "not_found" else self._read_again(read, history) or plan

    def _read_again(self, read: Understanding, history: Sequence[Exchange]) -> Plan | None:
        """The plan of a question that finds nothing as it stands, with its words as the shop spells them."""
        if read.language != "zh" and " " in read.folded:
            return None  # English words are no pinyin, and the resolver bears their typing errors
        spelled = read.folded
        for piece in subject_of(read).content.split():
            spelled = spelled.replace(piece, self._catalogue.respelled(piece) or piece)
        if spelled == read.folded:
            return None
        again = understand(spelled, self._catalogue.vocabulary(), history)
        plan = self._plan(again, spoken_of(history, self._catalogue.vocabulary(), self.plan))
        return None if plan.intent == "not_found" else replace(plan, question=read.question)

    def _plan(self, read: Understanding, earlier: Earlier) -> Plan:
        return (
            self._about_alternatives(read, earlier)
            or self._about_deadline(read, earlier)
            or self._about_savings(read, earlier)
            or self._about_code(read)
            or self._about_comparison(read, earlier)
            or self._about_basket(read)
            or self._about_order(read, earlier)
            or self._about_promotion(read, earlier)
            or self._about_rules(read, earlier)
            or self._about_products(read, earlier)
            or nothing_plan(read, ())
        )

    def _chatter(self, read: Understanding, vocabulary: Vocabulary) -> Talk | None:
        """Small talk with more beside it that asks nothing and names nothing of the shop ("hi, first shift for me")."""
        talk, rest = talk_in(read.folded)
        if talk in (None, "ok") or not rest or lexicon.ASKS.search(rest):
            return None
        beside = understand(rest, vocabulary)
        if beside.asked or beside.attributes or beside.codes or beside.kinds - {"policy", "exists", "order"}:
            return None
        if beside.colors or beside.sizes or beside.brands or beside.categories or beside.quantities:
            return None
        return None if self._resolver.resolve(subject_of(beside), SearchWish("")).records else talk

    # ---- the ways of asking, each a plan or None when the question is not of that sort

    def _about_code(self, read: Understanding) -> Plan | None:
        """A SKU, barcode, order or tracking number stands in the question."""
        found = self._resolver.by_codes(read.codes, ("product", "order", "promotion"))
        if not found or (read.kinds & {"order"} and all(record.kind == "product" for record in found)):
            found = self._resolver.by_codes(read.chinese_codes, ("product", "order", "promotion")) or found
        if not found:
            return None
        orders = [record for record in found if record.kind == "order"]
        if orders:
            return order_plan(read, orders[0])
        promotions = [record for record in found if record.kind == "promotion"]
        if promotions:
            return promotion_plan(read, promotions[:1])
        if len(found) == 2 and read.asks("compare"):
            return comparison_plan(read, found[0], found[1])
        # "which is cheaper, JKT-105 or the rain coat?", "BTL-200 and a stove, what's the total?"
        several = (read.asks("compare") and two_subjects(self._resolver, read, ())) or (
            read.asks("total") and basket_of(self._resolver, read)
        )
        return None if several else product_plan(read, found)

    def _about_alternatives(self, read: Understanding, earlier: Earlier) -> Plan | None:
        """Others of the sort that was spoken of, at a lower or a higher price ("再便宜点的呢", "anything cheaper?")."""
        wanted = lexicon.CHEAPER if lexicon.CHEAPER.search(read.folded) else lexicon.DEARER
        if not earlier.products or read.codes or not wanted.search(read.folded):
            return None
        if subject_without(read, wanted).content or (len(earlier.products) == 2 and read.asks("compare")):
            return None
        found = alternatives(self._catalogue, earlier.products, cheaper=wanted is lexicon.CHEAPER)
        read = replace(read, kinds=read.kinds - {"compare", "exists"} | {"list"}, asked=("price",), attributes=())
        return product_plan(read, found) if found else nothing_plan(read, ())

    def _about_comparison(self, read: Understanding, earlier: Earlier) -> Plan | None:
        pair = two_subjects(self._resolver, read, earlier.products) if read.asks("compare") else None
        if pair is None:
            return None
        first, second = pair
        if not first.records or not second.records:
            if read.kinds & (SEVERAL | {"policy"}):
                return None
            return nothing_plan(read, (*first.records[:1], *second.records[:1], *first.nearest, *second.nearest))
        return comparison_plan(read, first.records[0], second.records[0])

    def _about_basket(self, read: Understanding) -> Plan | None:
        """Several products added up: "背包一个加水壶两个一共多少"."""
        basket = basket_of(self._resolver, read) if read.asks("total") else None
        if basket is None:
            return None
        records, quantities = basket
        facts = numbered(records)
        computed = arithmetic.total(facts, quantities, read.language)
        return computed_plan(read, facts, computed) if computed is not None else None

    def _about_order(self, read: Understanding, earlier: Earlier) -> Plan | None:
        if earlier.kind == "order" and (not read.content or read.elliptical) and order_fields(read):
            return order_plan(read, earlier.records[0])
        if read.asks("order") and not read.asks("policy") and (read.codes or order_fields(read)):
            return replace(nothing_plan(read, ()), asked=("order_number",))
        return None

    def _about_deadline(self, read: Understanding, earlier: Earlier) -> Plan | None:
        """Whether something bought on a known day can still be returned, exchanged or repaired."""
        matter = deadlines.matter_of(read.folded)
        if matter is None:
            return None
        today = self._today()
        orders = [
            r for r in self._resolver.by_codes((*read.codes, *read.chinese_codes), ("order",)) if r.kind == "order"
        ]
        if not orders and earlier.kind == "order" and read.elliptical:
            orders = list(earlier.records[:1])
        placed = deadlines.day_said(fold(str(orders[0].fields.get("placed_at") or "")), today) if orders else None
        bought = deadlines.day_said(read.folded, today) or placed
        if bought is None:
            return None
        named = self._resolved_without(read, lexicon.POLICY).records[:1] or earlier.products[:1]
        ruled = self._ruling(read, matter, named)
        if ruled is None:
            return None
        period, source = ruled
        return deadline_plan(read, matter, period, bought, today, [source, *orders[:1]])

    def _ruling(
        self, read: Understanding, matter: deadlines.Matter, named: Sequence[Record]
    ) -> tuple[deadlines.Period, Record] | None:
        """The period that holds, and the product or rule that gives it."""
        if matter == "warranty" and named:
            for name in lexicon.ATTRIBUTE_NAMES["warranty"]:
                period = deadlines.period_of(named[0].attributes.get(name, ""))
                if period is not None:
                    return period, named[0]
        policies = rules_on(self._catalogue, read, read.question)
        found = deadlines.sentences_on(matter, policies, read.language)
        delivered = deadlines.counts_from_delivery(read.folded)
        found.sort(key=lambda entry: deadlines.counts_from_delivery(entry[1]) != delivered)
        said = f"{read.folded} {' '.join(_names_of(record) for record in named)}"
        for policy, sentence in found:
            ruled = deadlines.ruling(matter, [sentence], said)
            if ruled is not None:
                return ruled[0], policy
        return None

    def _about_savings(self, read: Understanding, earlier: Earlier) -> Plan | None:
        """What named goods cost when the running promotions are counted ("买 3 件云杉冰爪用优惠后多少钱")."""
        surely = bool(lexicon.AFTER_PROMOTIONS.search(read.folded))
        if not (surely or read.asks("promotion")) or read.asks("policy") or "list_price" in read.asked:
            return None
        if (read.kinds & {"cheapest", "dearest"} and not surely) or self._named_promotion(read) is not None:
            return None
        basket = self._goods(read, earlier)
        running = self._catalogue.promotions_on(self._today().isoformat()) if basket is not None else []
        return savings_plan(read, *basket, running, self._today()) if basket is not None and running else None

    def _named_promotion(self, read: Understanding) -> Record | None:
        """The promotion whose whole title the question says."""
        named = self._resolver.resolve(subject_of(read), SearchWish("", ("promotion",))).records
        return next((record for record in named if says_title(read.folded, record)), None)

    def _goods(self, read: Understanding, earlier: Earlier) -> tuple[list[Record], list[int]] | None:
        """The goods that a question names, or else those spoken of, and how many of each; None where that is unsure."""
        basket = basket_of(self._resolver, read)
        if basket is not None:
            return basket
        subject = subject_without(read, lexicon.PROMOTION_WORDS)
        named = self._resolver.resolve(subject, SearchWish("")).records if subject.content else earlier.products[:4]
        if not named:
            return None
        if len({record.fields.get("price") for record in named}) == 1 and len({record.title for record in named}) == 1:
            product = named[0] if len(named) == 1 else without_variant(named[0])
            return [product], [next(iter(read.quantities), 1)]
        if subject.content or len(named) > 4:
            return None
        return list(named), list(read.quantities) if len(read.quantities) == len(named) else [1] * len(named)

    def _about_promotion(self, read: Understanding, earlier: Earlier) -> Plan | None:
        """A promotion that is named, running or not; without a name all that run today."""
        said = self._named_promotion(read)
        if said is not None:
            return promotion_plan(read, [said])
        if not read.asks("promotion") or "list_price" in read.asked:
            return None
        named = self._resolver.resolve(subject_of(read), SearchWish("", ("promotion",)))
        if named.records:
            return promotion_plan(read, named.records)
        goods = lexicon.GOODS_ON_OFFER.search(read.folded)
        if goods and len(subject_of(read).part(*goods.span(goods.lastindex or 0)).content) > 1:
            found = self._resolved_without(read, lexicon.PROMOTION_WORDS)
            if not found.records:
                return nothing_plan(read, found.nearest)
        if read.asks("policy") or self._resolved_without(read, lexicon.PROMOTION_WORDS).records:
            return None
        running = self._catalogue.promotions_on(self._today().isoformat())
        return promotion_plan(read, running) if running else None

    def _about_rules(self, read: Understanding, earlier: Earlier) -> Plan | None:
        """A policy, when the words are those of rules and no product's own value is asked for."""
        goes_on = not read.asked or (read.elliptical and not earlier.before)
        before = earlier.understanding if earlier.kind == "policy" and goes_on else None
        if not read.asks("policy") and before is None:
            return None
        named = self._resolver.resolve(subject_of(read), SearchWish(""))
        bare = self._resolved_without(read, lexicon.POLICY)
        if any(records_any_attribute(record, read) for record in bare.records[:1]):
            return None
        if read.asks("policy"):
            product = bare.records[0].title_in(read.language) if bare.records else ""
            quotation = quote(self._catalogue, read, read.question, leave_out=product)
        elif before is not None and not named.records:
            quotation = quote(self._catalogue, read, f"{read.question} {before.question}")
        else:
            return None
        if quotation is not None and lexicon.ASKS_FOR_GOODS.search(read.folded) and not surely_ruled(quotation):
            return None
        if quotation is None or (read.asked and named.recall >= max(quotation.coverage, _SURE)):
            return None
        return quoted_plan(read, quotation) if is_enough(quotation) else None

    def _about_products(self, read: Understanding, earlier: Earlier) -> Plan | None:
        subject = subject_of(read)
        if earlier.products and leans(read):
            read = inherited(read, earlier)
            among = among_variants(self._catalogue, self._resolver, earlier, subject)
            if among:
                return product_plan(read, among)
            if not subject.content:
                return product_plan(read, earlier.products)
            if only_varies(read):
                return nothing_plan(read, earlier.products)
        wish = wish_of(read)
        if (wish.categories or wish.brands) and self._resolver.resolve(beside(read, wish), SearchWish("")).records:
            wish = price_wish_of(read)  # another phrase names a product: 茶，龙井那种
        if not subject.content or wish.categories or wish.brands:
            return self._filtered(read, wish) if is_filtering(wish) else None
        found = self._resolver.resolve(subject, wish)
        if found.records:
            return self._about_found(inherited(read, earlier) if earlier.products and read.elliptical else read, found)
        if is_filtering(wish):
            unfiltered = self._resolver.resolve(subject, SearchWish(""))
            return nothing_plan(read, unfiltered.records or unfiltered.nearest)
        return self._better_rule(read, found.recall, found=False) or nothing_plan(read, found.nearest)

    # ---- what was found

    def _filtered(self, read: Understanding, wish: SearchWish) -> Plan:
        """All that a category, brand or price range leaves."""
        records = tuple(hit.record for hit in self._catalogue.search(replace(wish, limit=ROWS_WEIGHED + 1)))
        if not records:
            rest = replace(wish, in_stock=False, min_price=None, max_price=None, colors=(), sizes=(), limit=3)
            near = self._catalogue.search(rest) if is_filtering(rest) else []
            return nothing_plan(read, [hit.record for hit in near])
        return product_plan(read, records, complete=len(records) <= ROWS_WEIGHED)

    def _about_found(self, read: Understanding, found: Resolution) -> Plan:
        """The products that are named, unless a rule fits better or they are not what was meant after all."""
        rule = self._better_rule(read, found.recall, found=True)
        if rule is not None:
            return rule
        if not all(self._resolver.says_any(found.records[0], spellings) for spellings in read.colors):
            return nothing_plan(read, found.records)
        if _asks_unknown(read, found):
            return unknown_plan(read, found)
        return product_plan(read, found.records, complete=found.complete)

    def _better_rule(self, read: Understanding, product_recall: float, *, found: bool) -> Plan | None:
        quotation = quote(self._catalogue, read, read.question)
        if quotation is None or not is_better(read, quotation, product_recall, found):
            return None
        return quoted_plan(read, quotation)

    def _resolved_without(self, read: Understanding, words: re.Pattern[str]) -> Resolution:
        return self._resolver.resolve(subject_without(read, words), SearchWish(""))


def _names_of(record: Record) -> str:
    """What sort of thing a product is, in its own words."""
    said = (
        record.title,
        record.fields.get("category"),
        record.attributes.get("name_en"),
        record.attributes.get("category_en"),
    )
    return fold(" ".join(str(text) for text in said if text))


def _asks_unknown(read: Understanding, found: Resolution) -> bool:
    """Whether the question asks for something, and names it, that no column of the shop records."""
    if read.asked or read.attributes or read.kinds or len(found.unknown) < 3:
        return False
    return (
        found.recall < 0.9
        and bool(
            re.search(
                rf"(?:的|多|有没有)\s*{re.escape(found.unknown)}|{re.escape(found.unknown)}(?:是|多少|几|怎|吗|\?|$)",
                read.folded,
            )
        )
        and is_han(found.unknown[-1])
    )
