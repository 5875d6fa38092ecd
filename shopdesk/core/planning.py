"""From a question to a plan: which rows, which values, which sum, said about what.

The planner is where the thinking is done. It asks the understanding what is wanted, the resolver
what is named, the arithmetic for sums, and writes down one :class:`Plan` that the prompt, the exact
answer and the check all follow. A question that leans on an earlier one is read with the
records that the earlier answer was about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from shopdesk.core import arithmetic, deadlines, lexicon
from shopdesk.core.following import (
    Earlier,
    alternatives,
    among_variants,
    inherited,
    instead_of,
    leans,
    only_varies,
    spoken_of,
)
from shopdesk.core.gaps import SUPPORTED
from shopdesk.core.offers import offers_for
from shopdesk.core.plan import Plan
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.quoting import Quotation, Quoter
from shopdesk.core.record_plans import (
    ROWS_WEIGHED,
    comparison_plan,
    computed_plan,
    deadline_plan,
    nothing_plan,
    numbered,
    order_fields,
    order_plan,
    orders_plan,
    product_plan,
    records_any_attribute,
    savings_plan,
    store_plan,
    unknown_plan,
    without_variant,
)
from shopdesk.core.resolving import Resolution, Resolver, Subject, compact, says_title
from shopdesk.core.rule_plans import (
    is_better,
    is_enough,
    is_last_resort,
    promotion_plan,
    quote,
    quoted_plan,
    rules_on,
    surely_ruled,
    to_the_point,
)
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
from shopdesk.core.support import subject_and_support
from shopdesk.core.talk_words import Talk
from shopdesk.core.text import fold, is_han
from shopdesk.core.traits import narrowed
from shopdesk.core.types import Exchange, Record, Vocabulary
from shopdesk.core.understanding import QUESTION_LIMIT, Understanding, understand
from shopdesk.core.wording import field_name

_SOFT_COMPARISON = re.compile(f"{lexicon.COMPARE_WORDS.pattern}|{lexicon.SOFT_SIZES.pattern}", re.ASCII)
_NO_SUM = frozenset({"compare", "cheapest", "dearest", "count", "list", "recommend", "policy", "order", "promotion"})
"""Ways of asking that no quantity turns into a sum."""
_ON_OFFER = re.compile("|".join(pattern.pattern for pattern in (lexicon.PROMOTION_WORDS, lexicon.WHEN_WORDS)), re.ASCII)
_ASKS_OUTRIGHT = re.compile(
    r"[?吗么呢嘛没]$|什么|啥|怎么|咋|哪|多少|几|谁|能不能|可不可以|有没有|是不是|能否|退|换"
    r"|(?:^|, ?)(?:what|which|where|when|who|why|how|can|could|do|does|did|is|are|will|would|should|may)\b",
    re.ASCII,
)
_WHETHER = re.compile(
    r"^(?:is|are|does|do|can|will)\b(?! (?:you|we|they|there|i)\b)|[能会可是适合防带含].{0,12}[吗么不]\W*$"
)
_OTHER_SIZE = re.compile(
    f"{lexicon.SOFT_SIZES.pattern}|\\b(?:bag|box|pack|tin|bottle|jar|can|size)s?\\b|[包盒瓶罐袋]装?", re.ASCII
)
_SOMEONES = re.compile(r"\b[a-z]+ [a-z]+'s\b")
_IN_A_ROW = re.compile(r"再?加(?:上)?[一二两三四五六七八九十俩\d]|\b(?:and|plus) (?:an?|one|two|three|four|five|\d+)\b")
_OF_THE_LIST = frozenset({"cheapest", "dearest", "count"})
_GOODS_TRIED = 60
_ORDERS_TRIED = 30
_NAMES_TRIED = 8
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
        chatter = self._chatter(read)
        if chatter is not None:
            return Plan("small_talk", read.language, question, talk=chatter)
        read = self._unless_named(read, vocabulary, history)
        earlier = spoken_of(history, vocabulary, self.plan, both=read.asks("both") or read.asks("total"))
        plan = self._plan(read, earlier)
        if plan.intent == "policy" and not read.asks("policy"):
            _, support = subject_and_support(plan, vocabulary)
            return (self._talk(read) if support < SUPPORTED else None) or plan
        if plan.intent != "not_found":
            return plan
        orders = self._orders_of(read)
        if orders:
            return orders_plan(read, orders)
        return self._read_again(read, history) or self._talk(read) or plan

    def _talk(self, read: Understanding) -> Plan | None:
        """Small talk with more beside it, where nothing of the shop answers ("I'm out, my bus is here")."""
        talk, rest = talk_in(read.folded)
        if talk is None or not rest or _ASKS_OUTRIGHT.search(rest):
            return None
        if not self._names_nothing(understand(rest, self._catalogue.vocabulary())):
            return None
        return Plan("small_talk", read.language, read.question, talk=talk)

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
        listed = earlier.understanding
        if (
            read.kinds & _OF_THE_LIST
            and not read.content
            and listed is not None
            and listed.kinds & {"list", "recommend"}
        ):
            # "which is the cheapest?" after a list: of all that it was about, shown or not
            read = replace(listed, question=read.question, kinds=listed.kinds | read.kinds, asked=read.asked)
            earlier = Earlier()
        return (
            self._about_alternatives(read, earlier)
            or self._about_replacement(read, earlier)
            or self._about_deadline(read, earlier)
            or self._about_savings(read, earlier)
            or self._about_code(read)
            or self._about_comparison(read, earlier)
            or self._about_basket(read)
            or self._about_order(read, earlier)
            or self._about_stores(read)
            or self._about_promotion(read, earlier)
            or self._about_rules(read, earlier)
            or self._about_products(read, earlier)
            or nothing_plan(read, ())
        )

    def _unless_named(self, read: Understanding, vocabulary: Vocabulary, history: Sequence[Exchange]) -> Understanding:
        """The question read without the columns whose names are only words of a product's name ("deep frames")."""
        if not read.attributes:
            return read
        hits = self._catalogue.search(SearchWish(read.folded, limit=_NAMES_TRIED, enough=1))
        names = [fold(hit.record.title) for hit in hits if says_title(read.folded, hit.record)]
        within = [name for name in read.attributes if any(fold(name).rstrip("s") in title for title in names)]
        if not within:
            return read
        kept = {name: values for name, values in vocabulary.attributes.items() if name not in within}
        return understand(read.question, replace(vocabulary, attributes=kept), history)

    def _chatter(self, read: Understanding) -> Talk | None:
        """Small talk with more beside it that asks nothing and names nothing of the shop ("hi, first shift for me")."""
        talk, rest = talk_in(read.folded)
        if talk in (None, "ok") or not rest or lexicon.ASKS.search(rest):
            return None
        beside_it = understand(rest, self._catalogue.vocabulary())
        if not self._names_nothing(beside_it, but={"policy", "exists", "order"}) or self._is_ruled(beside_it):
            return None
        return talk

    def _is_ruled(self, read: Understanding) -> bool:
        """Whether a rule is about just this ("my boy has wandered off, help")."""
        quotation = quote(self._catalogue, read, read.question) if read.asks("policy") else None
        return quotation is not None and quotation.concepts > 1 and is_enough(quotation)

    def _names_nothing(self, read: Understanding, but: Collection[str] = ("policy", "order", "how-to")) -> bool:
        """Whether a text asks for no field and names no product. `but`: ways of asking that mean nothing in it."""
        if read.asked or read.attributes or read.codes or read.kinds - set(but):
            return False
        if read.colors or read.sizes or read.brands or read.categories or read.quantities:
            return False
        return not self._resolver.resolve(subject_of(read), SearchWish("")).records

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
        beside_it = subject_without(read, re.compile(f"{wanted.pattern}|点", re.ASCII))
        category = fold(str(earlier.products[0].fields.get("category") or ""))
        elsewhere = beside_it.content and (not read.categories or fold(read.categories[0]) != category)
        if elsewhere or (len(earlier.products) == 2 and read.asks("compare")):
            return None
        found = alternatives(self._catalogue, earlier.products, cheaper=wanted is lexicon.CHEAPER)
        read = replace(read, kinds=read.kinds - {"compare", "exists"} | {"list"}, asked=("price",), attributes=())
        return product_plan(read, found) if found else nothing_plan(read, ())

    def _about_replacement(self, read: Understanding, earlier: Earlier) -> Plan | None:
        """What can be offered in place of a product ("IPA kit is sold out, what instead?")."""
        if not read.asks("instead") or read.asks("policy"):
            return None
        subject = subject_without(read, lexicon.INSTEAD_WORDS)
        named = self._resolver.resolve(subject, SearchWish("")).records if subject.content else earlier.products
        found = instead_of(self._catalogue, named[0]) if named else ()
        if not found:
            return None
        asked = ("price", "stock")
        kinds = read.kinds - {"compare", "exists", "count", "total", "cheapest", "dearest"} | {"list"}
        return product_plan(replace(read, kinds=kinds, asked=asked, attributes=(), quantities=()), found)

    def _about_stores(self, read: Understanding) -> Plan | None:
        """Where a store is, its telephone number, which stores there are."""
        fields = [field for field, asks in lexicon.ABOUT_STORES.items() if asks.search(read.folded)]
        which = lexicon.STORES.search(read.folded)
        if not (which or fields):
            return None
        stores = self._catalogue.stores()
        named = [record for record in stores if _store_name(record) in read.folded]
        named = named or _one_called(stores, read.folded) or (stores if which else [])
        said = [field for field in fields if any(record.fields.get(field) for record in named)]
        return store_plan(read, named, said) if named and (said or which) else None

    def _about_comparison(self, read: Understanding, earlier: Earlier) -> Plan | None:
        pair = two_subjects(self._resolver, read, earlier.products) if read.asks("compare") else None
        if read.asks("compare") and (pair is None or not pair[0].records or not pair[1].records):
            named = subject_without(read, _SOFT_COMPARISON, values=True)
            variants = self._resolver.resolve(named, SearchWish("")).records
            if len(variants) == 2 and len({record.fields.get("group") or record.title for record in variants}) == 1:
                return comparison_plan(read, *variants)
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
        counted = bool(read.quantities) and read.asked in ((), ("price",)) and not read.kinds & _NO_SUM
        basket = basket_of(self._resolver, read) if read.asks("total") or counted else None
        if basket is None:
            return None
        records, quantities = basket
        facts = numbered(records)
        computed = arithmetic.total(facts, quantities, read.language)
        return computed_plan(read, facts, computed) if computed is not None else None

    def _about_order(self, read: Understanding, earlier: Earlier) -> Plan | None:
        if earlier.kind == "order" and (not read.content or read.elliptical) and order_fields(read):
            return order_plan(read, earlier.records[0])
        if not (read.asks("order") or order_fields(read) or _SOMEONES.search(read.folded)):
            return None
        orders = self._orders_of(read)
        if orders:
            return orders_plan(read, orders)
        if read.asks("policy") or not (read.asks("order") or order_fields(read)):
            return None
        if read.asks("order") and (read.codes or order_fields(read)):
            return replace(nothing_plan(read, ()), asked=("order_number",))
        return None

    def _orders_of(self, read: Understanding) -> list[Record]:
        """The orders of a customer whose whole name the question says, the newest first."""
        hits = self._catalogue.search(SearchWish(read.folded, ("order",), _ORDERS_TRIED, enough=1))
        said = f" {read.folded} "
        found = [hit.record for hit in hits if _says_customer(said, hit.record)]
        return sorted(found, key=lambda record: str(record.fields.get("placed_at") or ""), reverse=True)

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
        hits = self._catalogue.search(SearchWish(read.folded, ("promotion",), _NAMES_TRIED, enough=1))
        return next((hit.record for hit in hits if says_title(read.folded, hit.record)), None)

    def _goods(self, read: Understanding, earlier: Earlier) -> tuple[list[Record], list[int]] | None:
        """The goods that a question names, or else those spoken of, and how many of each; None where that is unsure."""
        basket = basket_of(self._resolver, read)
        if basket is not None:
            return basket
        if _IN_A_ROW.search(read.folded):
            return None  # several are named, and not all are known
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
        bare = subject_without(read, _ON_OFFER)
        for subject in (subject_of(read), bare):
            named = self._resolver.resolve(subject, SearchWish("", ("promotion",)))
            if named.records:
                return promotion_plan(read, named.records)
        if bare.content and not read.asks("policy"):
            on_offer = self._offers_on(read, bare)
            if on_offer is not None:
                return on_offer
        running = self._catalogue.promotions_on(self._today().isoformat())
        speaks = len(bare.content) > 1 and not read.asks("policy")
        said_best = Quoter(read.question, running, read.language).best() if speaks else None
        if said_best is not None and surely_ruled(said_best):
            return promotion_plan(read, [said_best.record])
        goods = lexicon.GOODS_ON_OFFER.search(read.folded)
        if goods and len(subject_of(read).part(*goods.span(goods.lastindex or 0)).content) > 1:
            found = self._resolved_without(read, lexicon.PROMOTION_WORDS)
            if not found.records:
                return nothing_plan(read, found.nearest)
        if read.asks("policy") or self._resolved_without(read, lexicon.PROMOTION_WORDS).records:
            return None
        return promotion_plan(read, running) if running else None

    def _offers_on(self, read: Understanding, goods: Subject) -> Plan | None:
        """The running promotions for a sort of goods; None where no such goods are known."""
        wish = wish_of(replace(read, kinds=read.kinds | {"exists"}))
        if is_filtering(wish):
            records = [hit.record for hit in self._catalogue.search(replace(wish, limit=_GOODS_TRIED))]
        else:
            records = list(self._resolver.resolve(goods, SearchWish("")).records)
        if not records:
            return None
        running = self._catalogue.promotions_on(self._today().isoformat())
        concerned = {
            offer.promotion.key: offer.promotion for record in records for offer in offers_for(record, running)
        }
        if concerned:
            return promotion_plan(read, list(concerned.values()))
        return nothing_plan(read, records) if is_filtering(wish) else None

    def _about_rules(self, read: Understanding, earlier: Earlier) -> Plan | None:
        """A policy, when the words are those of rules and no product's own value is asked for."""
        goes_on = not read.asked or (read.elliptical and not earlier.before)
        before = earlier.understanding if earlier.kind == "policy" and goes_on else None
        if read.kinds & {"cheapest", "dearest"} and read.categories:
            return None
        titled = self._titled_rule(read) if before is None else None
        if titled is not None:
            return titled
        if not read.asks("policy") and before is None:
            return self._about_doing(read) if read.asks("how-to") else None
        named = self._resolver.resolve(subject_of(read), SearchWish(""))
        bare = self._resolved_without(read, lexicon.POLICY)
        if any(records_any_attribute(record, read) for record in bare.records[:1]):
            return None
        of_goods = read.asked or lexicon.HAS_GOODS.search(read.folded)
        if of_goods and bare.records and says_title(read.folded, bare.records[0]) and named.recall >= _SURE:
            return None  # what goods cost whose name sounds like a rule: "shoe resoling"
        if read.asks("policy"):
            product = bare.records[0].title_in(read.language) if bare.records else ""
            quotation = self._rule_for(read, leave_out=product)
        elif before is not None and not named.records:
            quotation = quote(self._catalogue, read, f"{read.question} {before.question}")
        else:
            return None
        if quotation is not None and lexicon.ASKS_FOR_GOODS.search(read.folded) and not surely_ruled(quotation):
            return None
        if quotation is None:
            return None
        sure = read.asks("policy") and surely_ruled(quotation) and quotation.fits and quotation.words > 1
        if read.asked and named.recall >= max(quotation.coverage, _SURE) and not sure:
            return None
        return quoted_plan(read, quotation) if is_enough(quotation) else None

    def _rule_for(self, read: Understanding, leave_out: str) -> Quotation | None:
        """The rule for a question; where the story around it hides what it asks, for the clauses that ask."""
        quotation = quote(self._catalogue, read, read.question, leave_out=leave_out)
        if quotation is None or not is_enough(quotation):
            point = to_the_point(read.question)
            quotation = (quote(self._catalogue, read, point, leave_out=leave_out) if point else None) or quotation
        return quotation

    def _titled_rule(self, read: Understanding) -> Plan | None:
        """The rule whose whole title the question says, where that is no name of goods."""
        if read.attributes:
            return None
        rules = rules_on(self._catalogue, read, read.question)[:_NAMES_TRIED]
        named = [rule for rule in rules if says_title(read.folded, rule)]
        goods = self._catalogue.search(SearchWish(read.folded, limit=_NAMES_TRIED, enough=1)) if named else []
        if not named or any(says_title(read.folded, hit.record) for hit in goods):
            return None
        quotation = Quoter(read.question, named[:1], read.language).best()
        return quoted_plan(read, quotation) if quotation is not None else None

    def _about_doing(self, read: Understanding) -> Plan | None:
        """How something is done, where a text of the shop is about just that."""
        if read.asked and read.asked != ("description",):
            return None
        quotation = quote(self._catalogue, read, read.question)
        if quotation is None or not (quotation.titled and surely_ruled(quotation)):
            return None
        return quoted_plan(read, quotation)

    def _about_products(self, read: Understanding, earlier: Earlier) -> Plan | None:
        subject = subject_of(read)
        if earlier.products and leans(read):
            read = inherited(read, earlier)
            among = among_variants(self._catalogue, self._resolver, earlier, subject)
            if among:
                return product_plan(read, among)
            if not subject.content:
                together = read.asks("both") and len(earlier.one_before) == 1
                if together and not read.asked:
                    read = replace(read, kinds=read.kinds | {"total"})
                return product_plan(read, (*(earlier.one_before if together else ()), *earlier.products))
            if lexicon.SOFT_SIZES.search(read.folded) and not subject_without(read, _OTHER_SIZE).content:
                others = self._other_sizes(earlier.products[0])
                if others:
                    return product_plan(replace(read, sizes=()), others)
            if self._resolver.describes(earlier.products[0], subject):
                return product_plan(replace(read, asked=("description",)), earlier.products[:1])
            if only_varies(read):
                return nothing_plan(read, earlier.products)
        wish = wish_of(read)
        of_all = read.kinds & _OF_THE_LIST and read.categories and not wish.categories
        if of_all and not self._resolver.resolve(beside(read), SearchWish("")).records:
            wish = replace(wish, categories=read.categories)  # "for a poor student, the cheapest of the teas"
        if (wish.categories or wish.brands) and (
            self._resolver.resolve(beside(read), SearchWish("")).records or self._says_longer_title(read)
        ):
            wish = price_wish_of(read)  # another phrase names a product: 茶，龙井那种
        if not subject.content or wish.categories or wish.brands:
            return self._filtered(read, wish) if is_filtering(wish) else None
        found = _called(subject, self._resolver.resolve(subject, wish))
        if found.records:
            return self._about_found(inherited(read, earlier) if earlier.products and read.elliptical else read, found)
        if is_filtering(wish):
            unfiltered = self._resolver.resolve(subject, SearchWish(""))
            if unfiltered.records and lexicon.ENOUGH_MONEY.search(read.folded):
                return product_plan(replace(read, asked=("price",)), unfiltered.records)
            return nothing_plan(read, unfiltered.records or unfiltered.nearest)
        wish = wish_of(read)
        if read.kinds & SEVERAL and (read.categories or read.sorts) and not wish.categories:
            wish = replace(wish, categories=read.categories or read.sorts)  # "for my father, some black tea"
            return self._filtered(read, wish)
        if earlier.products and self._resolver.describes(earlier.products[0], subject):
            return product_plan(replace(read, asked=("description",)), earlier.products[:1])
        return self._in_measures(read) or self._rule_after_all(read, found.recall) or nothing_plan(read, found.nearest)

    def _other_sizes(self, product: Record) -> list[Record]:
        """The variants of a product in its other sizes ("and the bigger one?")."""
        size = product.fields.get("size")
        return [record for record in self._catalogue.variants_of(product) if size and record.fields.get("size") != size]

    def _in_measures(self, read: Understanding) -> Plan | None:
        """The product whose size was said in soft words ("the big smoker"), where its sizes are measures."""
        if not lexicon.SOFT_SIZES.search(read.folded):
            return None
        found = self._resolver.resolve(subject_without(read, lexicon.SOFT_SIZES), SearchWish(""))
        if len(_sizes_of(found.records)) < 2 or _in_words(found.records):
            return None
        return product_plan(replace(read, sizes=()), found.records, complete=found.complete)

    def _family_of(self, records: tuple[Record, ...]) -> tuple[Record, ...]:
        """The records; of one alone all variants, since it may be there for having most of what is said, not all."""
        return records if len(records) > 1 else tuple(self._catalogue.variants_of(records[0]))

    def _has_size(self, read: Understanding, records: Sequence[Record]) -> bool:
        """Whether a size that is said is one of the records', as far as theirs are words: S, M, no measures."""
        said = any(all(self._resolver.says_any(each, size) for size in read.sizes) for each in records)
        return said or not _in_words(records)

    def _says_longer_title(self, read: Understanding) -> bool:
        """Whether the question says the whole name of a product that is more than the category it names."""
        said = {compact(fold(value)).rstrip("s") for value in (*read.categories, *read.brands)}
        records = self._resolver.resolve(subject_of(read), SearchWish("")).records[:1]
        return any(says_title(read.folded, r) and compact(fold(r.title)).rstrip("s") not in said for r in records)

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
        by_value = narrowed(read, self._family_of(found.records))
        if by_value is not None:
            left = tuple(record for record in found.records if record in by_value.records)
            if not left:
                return nothing_plan(read, found.records)
            read, found = by_value.read, replace(found, records=left)
        rule = self._better_rule(read, found.recall)
        if rule is not None:
            return rule
        if not all(self._resolver.says_any(found.records[0], spellings) for spellings in read.colors):
            return nothing_plan(read, found.records)
        if read.sizes and not self._has_size(read, found.records):
            return nothing_plan(read, found.records)
        told = self._resolver.told_by(found.records[0], subject_of(read)) if _asks_whether(read) else ()
        if told and len({record.title for record in found.records}) == 1:
            return product_plan(replace(read, asked=told), found.records[:1])
        if _asks_unknown(read, found):
            return unknown_plan(read, found)
        return product_plan(read, found.records, complete=found.complete)

    def _better_rule(self, read: Understanding, product_recall: float) -> Plan | None:
        quotation = quote(self._catalogue, read, read.question)
        if quotation is None or not is_better(read, quotation, product_recall, True):
            return None
        return quoted_plan(read, quotation)

    def _rule_after_all(self, read: Understanding, product_recall: float) -> Plan | None:
        """A rule where no product is named: a good one, or one that is better than nothing."""
        quotation = quote(self._catalogue, read, read.question)
        if quotation is not None and is_better(read, quotation, product_recall, False):
            return quoted_plan(read, quotation)
        if read.asked:
            # that a rule speaks of prices makes it no answer to what something costs
            names = " ".join(field_name(field, read.language) for field in read.asked)
            quotation = quote(self._catalogue, read, read.question, leave_out=names)
        return quoted_plan(read, quotation) if quotation is not None and is_last_resort(read, quotation) else None

    def _resolved_without(self, read: Understanding, words: re.Pattern[str]) -> Resolution:
        return self._resolver.resolve(subject_without(read, words), SearchWish(""))


def _called(subject: Subject, found: Resolution) -> Resolution:
    """Of what one character names ("被"), only the goods whose names have it, where there are some."""
    if len(subject.content) != 1:
        return found
    called = tuple(record for record in found.records if subject.content in fold(record.title))
    return replace(found, records=called) if called else found


def _sizes_of(records: Sequence[Record]) -> set[str]:
    return {fold(str(record.fields.get("size") or "")) for record in records}


def _in_words(records: Sequence[Record]) -> bool:
    """Whether sizes are words ("M", "large") and no measures."""
    return any(size in family for size in _sizes_of(records) for family in lexicon.SIZE_WORDS)


def _store_name(record: Record) -> str:
    """What a store is called, without the word for a store."""
    return re.sub(r"\s*(?:门店|分店|店|\bstore|\bshop|\bbranch)$", "", fold(record.title)) or fold(record.title)


def _one_called(stores: Sequence[Record], folded: str) -> list[Record]:
    """The one store of whose Chinese name two characters are said ("总店"), none where there are several."""
    pairs = {record.key: {record.title[i : i + 2] for i in range(len(record.title) - 1)} for record in stores}
    called = [record for record in stores if any(is_han(pair[0]) and pair in folded for pair in pairs[record.key])]
    return called if len(called) == 1 else []


def _says_customer(said: str, order: Record) -> bool:
    """Whether a folded text says the whole name of an order's customer."""
    name = fold(str(order.fields.get("customer") or ""))
    if len(name) < 2:
        return False
    return name in said if is_han(name[0]) else re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", said) is not None


def _names_of(record: Record) -> str:
    """What sort of thing a product is, in its own words."""
    said = (
        record.title,
        record.fields.get("category"),
        record.attributes.get("name_en"),
        record.attributes.get("category_en"),
    )
    return fold(" ".join(str(text) for text in said if text))


def _asks_whether(read: Understanding) -> bool:
    """Whether a question wants a yes or a no about a product, and names no field."""
    return not (read.asked or read.attributes or read.kinds - {"exists"}) and bool(_WHETHER.search(read.folded))


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
