"""From a question to a plan: which rows, which values, which sum, said about what.

The planner is where the thinking is done. It asks the understanding what is wanted, the resolver
what is named, the arithmetic for sums, and writes down one :class:`Plan` that the prompt, the exact
answer and the check all follow. A question that leans on an earlier one is read with the
records that the earlier answer was about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shopdesk.core import arithmetic, lexicon
from shopdesk.core.arithmetic import Computation
from shopdesk.core.plan import Intent, Plan, Point
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.quoting import Quotation, Quoter, concepts_in
from shopdesk.core.resolving import Resolution, Resolver, Subject, compact, known_families
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Exchange, Fact, Language, Record, Vocabulary, parse_minor
from shopdesk.core.understanding import QUESTION_LIMIT, Understanding, naming_words, understand
from shopdesk.core.wording import field_name, label_of, not_recorded, point_of, shorten, shown_attributes, value_text

FACTS_SHOWN = 8
_ROWS_WEIGHED = 40
_SURE = 0.66
_RULE_COVERED = 0.25
"""The share of a question's words that a policy must have when the question is of the sort that rules answer."""
_ANY_COVERED = 0.5
"""The same for a question that does not look like one about rules."""
_UNKNOWN_COVERED = 0.42
"""The same where no product comes anywhere near."""
_FAR = 0.3
_MARGIN = 0.1
_DESCRIBING = ("price", "stock", "location")
_FAMILIES = known_families()


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What the conversation was about: the records of the last answer, its question, and whether it was a policy."""

    records: tuple[Record, ...] = ()
    understanding: Understanding | None = None

    @property
    def products(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.kind == "product")

    @property
    def kind(self) -> str:
        return self.records[0].kind if self.records else ""


class Planner:
    """Makes plans over one catalogue. `today` gives the date for promotions."""

    def __init__(self, catalogue: Catalogue, today: Callable[[], date]) -> None:
        self._catalogue = catalogue
        self._resolver = Resolver(catalogue)
        self._today = today

    def plan(self, question: str, history: Sequence[Exchange] = ()) -> Plan:
        """The plan of an answer to `question`. Never raises for what a question says."""
        question = question[:QUESTION_LIMIT]
        read = understand(question, self._catalogue.vocabulary(), history)
        earlier = self._earlier(history)
        if read.asks("greeting"):
            return Plan("small_talk", read.language, question)
        return (
            self._about_code(read)
            or self._about_comparison(read, earlier)
            or self._about_basket(read)
            or self._about_order(read, earlier)
            or self._about_promotion(read, earlier)
            or self._about_rules(read, earlier)
            or self._about_products(read, earlier)
            or self._nothing(read, ())
        )

    # ---- what was said before

    def _earlier(self, history: Sequence[Exchange]) -> _Earlier:
        """The records the last answer was about; an exchange that came without facts is planned again."""
        for index in range(len(history) - 1, -1, -1):
            exchange = history[index]
            read = understand(exchange.question, self._catalogue.vocabulary(), history[:index])
            if read.asks("greeting"):
                continue
            if exchange.facts:
                records = _cited_records(exchange)
            else:
                records = _records_of(self.plan(exchange.question, history[max(0, index - 3) : index]))
            if not read.asked and not read.attributes and index and read.elliptical:
                # "那红色的呢?" after "黑色多少钱?": what is asked for stands in the question before
                before = understand(history[index - 1].question, self._catalogue.vocabulary())
                read = replace(read, asked=before.asked, attributes=before.attributes)
            return _Earlier(records, read)
        return _Earlier()

    # ---- the ways of asking, each a plan or None when the question is not of that sort

    def _about_code(self, read: Understanding) -> Plan | None:
        """A SKU, barcode, order or tracking number stands in the question."""
        found = self._resolver.by_codes(read.codes, ("product", "order", "promotion"))
        if not found:
            return None
        orders = [record for record in found if record.kind == "order"]
        if orders:
            return self._order_plan(read, orders[0])
        promotions = [record for record in found if record.kind == "promotion"]
        if promotions:
            return self._text_plan(read, promotions[:1])
        if len(found) == 2 and read.asks("compare"):
            return self._comparison_plan(read, found[0], found[1])
        return self._product_plan(read, found)

    def _about_comparison(self, read: Understanding, earlier: _Earlier) -> Plan | None:
        if not read.asks("compare"):
            return None
        pair = self._two_subjects(read, earlier)
        if pair is None:
            return None
        first, second = pair
        if not first.records or not second.records:
            return self._nothing(read, (*first.records[:1], *second.records[:1], *first.nearest, *second.nearest)[:3])
        return self._comparison_plan(read, first.records[0], second.records[0])

    def _two_subjects(self, read: Understanding, earlier: _Earlier) -> tuple[Resolution, Resolution] | None:
        """The split of the question, at some "and / or / 和 / 比", whose two sides are both best known."""
        subject = self._subject(read)
        best: tuple[float, Resolution, Resolution] | None = None
        for match in list(lexicon.SEPARATORS.finditer(read.folded))[:12]:
            sides = subject.part(0, match.start()), subject.part(match.end(), len(read.folded))
            if not all(side.content for side in sides):
                continue
            first = self._resolver.resolve(sides[0], SearchWish(""), context=sides[1])
            second = self._resolver.resolve(sides[1], SearchWish(""), context=sides[0])
            if _same_first(first, second):
                # each side's context pulled both to one record: the first side stands for another
                alone = self._resolver.resolve(sides[0], SearchWish(""))
                first = replace(
                    alone, records=tuple(record for record in alone.records if record.key != second.records[0].key)
                )
            sure = min(len(first.records), 1) + min(len(second.records), 1) + min(first.recall, second.recall) / 2
            if best is None or sure > best[0]:
                best = (sure, first, second)
        if best is not None and best[0] >= 2:
            return best[1], best[2]
        if len(earlier.products) >= 2 and not subject.content:
            return Resolution(earlier.products[:1]), Resolution(earlier.products[1:2])
        if earlier.products and (read.elliptical or best is None):
            alone = self._resolver.resolve(subject, SearchWish(""))
            other = tuple(record for record in alone.records if record.key != earlier.products[0].key)
            if other:
                return Resolution(earlier.products[:1]), Resolution(other)
        return (best[1], best[2]) if best is not None and (best[1].records or best[2].records) else None

    def _about_basket(self, read: Understanding) -> Plan | None:
        """Several products added up: "背包一个加水壶两个一共多少"."""
        if not read.asks("total"):
            return None
        subject = self._subject(read)
        cuts = [match.span() for match in lexicon.SEPARATORS.finditer(read.folded)][:6]
        if not cuts and len(read.quantities) > 1:
            # "蛋黄酥一盒绿豆糕一盒": each quantity ends a part, or begins one where the first comes first
            leading = not subject.part(0, read.quantity_spans[0][0]).content
            cuts = [(start, start) if leading else (end, end) for start, end in read.quantity_spans]
            cuts = cuts[1:] if leading else cuts[:-1]
        starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(read.folded)]
        chosen: list[Record] = []
        quantities: list[int] = []
        for start, end in zip(starts, ends, strict=True):
            part = subject.part(start, end)
            if not part.content:
                continue
            found = self._resolver.resolve(part, SearchWish(""))
            if len(found.records) != 1:
                return None
            said = understand(read.folded[start:end], Vocabulary()).quantities
            chosen.append(found.records[0])
            quantities.append(said[0] if said else 1)
        if len({record.key for record in chosen}) < 2:
            return None
        facts = tuple(Fact(index + 1, record) for index, record in enumerate(chosen))
        computed = arithmetic.total(facts, quantities, read.language)
        return self._computed_plan(read, facts, computed) if computed is not None else None

    def _about_order(self, read: Understanding, earlier: _Earlier) -> Plan | None:
        if earlier.kind == "order" and (not read.content or read.elliptical) and _order_fields(read):
            return self._order_plan(read, earlier.records[0])
        if read.asks("order") and not read.asks("policy") and (read.codes or _order_fields(read)):
            return replace(self._nothing(read, ()), asked=("order_number",))
        return None

    def _about_promotion(self, read: Understanding, earlier: _Earlier) -> Plan | None:
        """A promotion that is named, running or not; without a name all that run today."""
        if not read.asks("promotion") or "list_price" in read.asked:
            return None
        named = self._resolver.resolve(self._subject(read), SearchWish("", ("promotion",)))
        if named.records:
            return self._text_plan(read, named.records)
        about_rules = (
            read.asks("policy")
            or self._resolver.resolve(self._without(read, lexicon.PROMOTION), SearchWish("")).records
        )
        if about_rules:
            return None
        running = self._catalogue.promotions_on(self._today().isoformat())
        return self._text_plan(read, running) if running else None

    def _about_rules(self, read: Understanding, earlier: _Earlier) -> Plan | None:
        """A policy, when the words are those of rules and no product's own value is asked for."""
        follows = earlier.kind == "policy" and (read.elliptical or not read.asked) and earlier.understanding is not None
        if not read.asks("policy") and not follows:
            return None
        named = self._resolver.resolve(self._subject(read), SearchWish(""))
        bare = self._resolver.resolve(self._without(read, lexicon.POLICY), SearchWish(""))
        if read.attributes and any(_recorded_attributes(record, read) for record in bare.records[:1]):
            return None
        product = bare.records[0].title_in(read.language) if bare.records else ""
        quotation = self._quote(read, read.question, leave_out=product)
        if follows and not read.asks("policy"):
            if named.records:
                return None
            assert earlier.understanding is not None
            quotation = self._quote(read, f"{read.question} {earlier.understanding.question}")
        if quotation is None or (read.asked and named.recall >= max(quotation.coverage, _SURE)):
            return None
        enough = quotation.coverage >= _RULE_COVERED or quotation.titled
        return self._quoted_plan(read, quotation) if enough else None

    def _better_rule(self, read: Understanding, product_recall: float) -> Plan | None:
        """A policy that has more of the question's words than the best product ("气罐能寄吗", "同城急送要多少钱")."""
        quotation = self._quote(read, read.question)
        enough = _UNKNOWN_COVERED if product_recall < _FAR else max(_ANY_COVERED, product_recall + _MARGIN)
        if quotation is None or quotation.coverage < enough:
            return None
        return self._quoted_plan(read, quotation)

    def _quote(self, read: Understanding, text: str, leave_out: str = "") -> Quotation | None:
        words = [text, *(other for group in concepts_in(text) for other in group)]
        hits = self._catalogue.search(SearchWish(" ".join(words), ("policy",), 40))
        same = [hit.record for hit in hits if hit.record.fields.get("language") in (None, "", read.language)]
        return Quoter(text, same or [hit.record for hit in hits], read.language, leave_out=leave_out).best()

    def _about_products(self, read: Understanding, earlier: _Earlier) -> Plan | None:
        subject = self._subject(read)
        wish = self._wish(read)
        if earlier.products and self._leans(read):
            read = self._inherit(read, earlier)
            among = self._among_variants(read, earlier, subject)
            if among:
                return self._product_plan(read, among)
            if not subject.content or ((read.colors or read.sizes) and not self._names_more(read)):
                if subject.content:
                    return self._nothing(read, earlier.products[:3])
                return self._product_plan(read, earlier.products)
        if not subject.content or wish.categories or wish.brands:
            if _is_filtering(wish):
                records = tuple(hit.record for hit in self._catalogue.search(replace(wish, limit=_ROWS_WEIGHED)))
                return (
                    self._product_plan(read, records, complete=len(records) < _ROWS_WEIGHED)
                    if records
                    else self._nothing(read, ())
                )
            return None
        found = self._resolver.resolve(subject, wish)
        if found.records:
            if earlier.products and read.elliptical:
                read = self._inherit(read, earlier)
            rule = self._better_rule(read, found.recall)
            if rule is not None:
                return rule
            if any(
                not self._resolver.says_any(record, spellings)
                for spellings in read.colors
                for record in found.records[:1]
            ):
                return self._nothing(read, found.records)
            if _asks_unknown(read, found):
                return self._unknown_plan(read, found)
            return self._product_plan(read, found.records, complete=found.complete)
        if _is_filtering(wish):
            unfiltered = self._resolver.resolve(subject, SearchWish(""))
            return self._nothing(read, unfiltered.records or unfiltered.nearest)
        return self._better_rule(read, found.recall if found.nearest else 0.0) or self._nothing(read, found.nearest)

    # ---- follow-ups

    def _leans(self, read: Understanding) -> bool:
        return (
            not read.content
            or read.elliptical
            or bool((read.colors or read.sizes) and not self._names_more(read))
            or read.asks("both")
        )

    @staticmethod
    def _names_more(read: Understanding) -> bool:
        return bool(naming_words(read))

    def _inherit(self, read: Understanding, earlier: _Earlier) -> Understanding:
        """What an elliptical question leaves out is asked for as in the question before."""
        if read.asked or read.attributes or earlier.understanding is None:
            return read
        if read.kinds & {"total", "compare", "cheapest", "dearest", "count"} or read.quantities:
            return read
        if read.asks("exists") and not read.content:
            return replace(read, asked=("stock",))
        before = earlier.understanding
        return replace(
            read, asked=before.asked, attributes=before.attributes, kinds=read.kinds | (before.kinds & {"exists"})
        )

    def _among_variants(self, read: Understanding, earlier: _Earlier, subject: Subject) -> tuple[Record, ...]:
        """The variants of the product spoken of that have the colour, size or other value now said."""
        if not subject.content:
            return ()
        variants: dict[str, Record] = {}
        for record in earlier.products[:3]:
            for variant in self._catalogue.variants_of(record):
                variants[variant.key] = variant
        kept = self._resolver.weigh(subject, tuple(variants.values()))
        if len(kept) > 1 and len(earlier.products) == 1:
            # "那红色的呢?" keeps the size that was spoken of, "and the soft cover?" the format
            alike = [_values_shared(record, earlier.products[0]) for record in kept]
            kept = tuple(record for record, shared in zip(kept, alike, strict=True) if shared == max(alike))
        return kept

    # ---- the parts of a question

    def _subject(self, read: Understanding) -> Subject:
        return Subject(read.folded, read.filler, _FAMILIES)

    def _without(self, read: Understanding, pattern: object) -> Subject:
        filler = list(read.filler)
        for match in pattern.finditer(read.folded):  # type: ignore[attr-defined]
            filler[match.start() : match.end()] = [True] * (match.end() - match.start())
        return Subject(read.folded, tuple(filler), _FAMILIES)

    def _wish(self, read: Understanding) -> SearchWish:
        """The filters of a question. A category or brand filters only where nothing else is named beside it."""
        said = [re.escape(fold(value)) for value in (*read.categories, *read.brands)]
        rest = self._without(read, re.compile("|".join(said))).content if said else read.content
        alone = not re.sub(r"[类牌款种系列]|brand|category", "", rest).strip()
        categories, brands = (read.categories[:1], read.brands[:1]) if alone else ((), ())
        low, high = _minor(read.low), _minor(read.high)
        return SearchWish("", min_price=low, max_price=high, categories=categories, brands=brands)

    # ---- plans

    def _comparison_plan(self, read: Understanding, first: Record, second: Record) -> Plan:
        facts = (Fact(1, first), Fact(2, second))
        computed = arithmetic.compare(*facts, read.language, "list_price" if "list_price" in read.asked else "price")
        if computed is None:
            fields = read.asked or ("price",)
            computed = arithmetic.listing(facts, fields, read.language)
        return self._computed_plan(read, facts, computed)

    def _computed_plan(self, read: Understanding, facts: Sequence[Fact], computed: Computation) -> Plan:
        target = Fact(len(facts) + 1, computed.record)
        point = Point("text", computed.record.title, str(computed.record.fields["text"]))
        return Plan(
            "computed", read.language, read.question, (*facts, target), target,
            points=(point,), must=computed.must, asked=read.asked,
        )  # fmt: skip

    def _product_plan(self, read: Understanding, records: Sequence[Record], *, complete: bool = True) -> Plan:
        """Values of one product, or a sum or a list over several. `complete`: there are no more of them."""
        fields = self._fields(read, records)
        complete = complete and len(records) <= _ROWS_WEIGHED
        facts = tuple(Fact(index + 1, record) for index, record in enumerate(records[:_ROWS_WEIGHED]))
        shown = facts[:FACTS_SHOWN]
        if read.asks("cheapest") or read.asks("dearest"):
            computed = arithmetic.extreme(facts, read.language, highest=read.asks("dearest"))
            if computed is not None:
                chosen = str(computed.record.fields["sources"])
                facts = _numbered(
                    [fact for fact in facts if str(fact.id) == chosen] + [f for f in facts if str(f.id) != chosen]
                )
                computed = arithmetic.extreme(facts[:1], read.language, highest=read.asks("dearest"))
                assert computed is not None
                return self._computed_plan(read, facts[:FACTS_SHOWN], computed)
        priced = "price" in read.asked or not (read.asked or read.attributes or read.asks("exists"))
        if read.asks("total") or (read.quantities and priced and not _in_name(read, records[0])):
            quantities = _quantities_for(read, facts)
            if quantities:
                computed = arithmetic.total(facts[: len(quantities)], quantities, read.language)
                if computed is not None:
                    return self._computed_plan(read, shown, computed)
        if len(facts) == 1 and not read.asks("count"):
            return self._value_plan(read, facts, facts[0], fields)
        varying = [field for field in fields if field in ("color", "size") or field.startswith("attributes.")]
        alike = _same_group(records) or varying[:1] in (["color"], ["size"])
        if varying and set(fields) <= {varying[0], "stock"} and alike and complete:
            offered = [fact for fact in facts if _in_stock(fact.record)] if "stock" in fields else facts
            name = label_of(_without_variant(records[0]), read.language) if _same_group(records) else naming_words(read)
            return self._options_plan(read, offered or facts, varying[0], name)
        if read.asks("count"):
            return self._computed_plan(read, shown, arithmetic.count(facts, read.language, complete=complete))
        agreed = self._agreed(read, facts, fields)
        if agreed is not None:
            return agreed
        if read.asks("exists"):
            facts = _numbered(sorted(facts, key=lambda fact: not _in_stock(fact.record)))
        listed = facts[:FACTS_SHOWN]
        computed = arithmetic.listing(facts, fields[:2], read.language, complete=complete)
        return self._computed_plan(read, listed, computed)

    def _agreed(self, read: Understanding, facts: Sequence[Fact], fields: Sequence[str]) -> Plan | None:
        """Variants of one product that agree in all that is asked are answered as one."""
        if not _same_group([fact.record for fact in facts]) or "sku" in fields or "barcode" in fields:
            return None
        values = {tuple(value_text(fact.record, field, read.language) for field in fields) for fact in facts}
        if len(values) != 1:
            return None
        title = label_of(_without_variant(facts[0].record), read.language)
        return self._value_plan(read, facts[:FACTS_SHOWN], facts[0], fields, label=title)

    def _options_plan(self, read: Understanding, facts: Sequence[Fact], field: str, label: str) -> Plan:
        """The different colours, sizes or other values that a product (or all of a sort) comes in."""
        values = list(dict.fromkeys(value_text(fact.record, field, read.language) or "" for fact in facts))
        values = [value for value in values if value]
        shown = _numbered(facts[:FACTS_SHOWN])
        if len(values) < 2:
            return self._value_plan(
                read, shown, shown[0], [field], label=label if _same_group([fact.record for fact in facts]) else ""
            )
        computed = arithmetic.options(shown, label, field_name(field, read.language), values, read.language)
        return self._computed_plan(read, shown, computed)

    def _value_plan(
        self, read: Understanding, facts: Sequence[Fact], target: Fact, fields: Sequence[str], label: str = ""
    ) -> Plan:
        """One or more values of one record; where none of them is recorded, the plan says so."""
        record = target.record
        points = [point_of(record, field, read.language) for field in fields]
        empty = not_recorded(read.language)
        known = [point for point in points if point.value != empty]
        intent: Intent = "value" if known else "not_recorded"
        label = label or label_of(record, read.language, _said_attributes(record, read))
        points = [
            replace(point, value=shorten(point.value))
            for point in (points if read.asked or read.attributes or read.asks("exists") else known or points[:1])
        ]
        must = (label, *(point.value for point in points))
        return Plan(
            intent, read.language, read.question, tuple(facts), target, label, tuple(points), must, asked=tuple(fields)
        )

    def _unknown_plan(self, read: Understanding, found: Resolution) -> Plan:
        """The product is known, but not what is asked about it ("生产日期"): said plainly."""
        target = Fact(1, found.records[0])
        point = Point(f"attributes.{found.unknown}", found.unknown, not_recorded(read.language))
        label = label_of(target.record, read.language)
        return Plan(
            "not_recorded", read.language, read.question, (target,), target, label, (point,), (label, point.value)
        )

    def _fields(self, read: Understanding, records: Sequence[Record]) -> list[str]:
        """What to say of a product: what was asked, otherwise what a clerk needs first."""
        fields = list(read.asked)
        for name in read.attributes:
            fields.append(
                name if records[0].fields.get(name) else f"attributes.{_column(records[0], name, read.language)}"
            )
        if "size" in fields and read.sizes:
            fields.remove("size")
        if "color" in fields and read.colors and len(fields) > 1:
            fields.remove("color")
        if fields:
            return list(dict.fromkeys(fields))
        if read.asks("exists"):
            return ["stock", "price"]
        recorded = [
            field for field in _DESCRIBING if any(value_text(record, field, read.language) for record in records)
        ]
        return (recorded if len(records) == 1 else recorded[:1]) or ["price"]

    def _order_plan(self, read: Understanding, record: Record) -> Plan:
        fields = _order_fields(read) or [
            field for field in ("status", "carrier", "tracking", "expected_at") if record.fields.get(field)
        ]
        return self._value_plan(read, (Fact(1, record),), Fact(1, record), fields or ["status"])

    def _text_plan(self, read: Understanding, records: Sequence[Record]) -> Plan:
        """Promotions are said in the shop's own words: the first one's text, the others as facts beside it."""
        facts = tuple(Fact(index + 1, record) for index, record in enumerate(records[:FACTS_SHOWN]))
        if len(facts) == 1:
            quotation = Quoter(read.question, records[:1], read.language).best()
            return (
                self._quoted_plan(read, quotation) if quotation else self._value_plan(read, facts, facts[0], ["body"])
            )
        return self._computed_plan(read, facts, arithmetic.listing(facts, (), read.language))

    def _quoted_plan(self, read: Understanding, quotation: Quotation) -> Plan:
        fact = Fact(1, quotation.record)
        label = label_of(quotation.record, read.language)
        return Plan(
            "policy", read.language, read.question, (fact,), fact, label,
            must=(label,), quotes=quotation.sentences, asked=("body",),
        )  # fmt: skip

    def _nothing(self, read: Understanding, nearest: Sequence[Record]) -> Plan:
        facts = tuple(Fact(index + 1, record) for index, record in enumerate(nearest[:3]))
        return Plan("not_found", read.language, read.question, facts, asked=read.asked)


def _cited_records(exchange: Exchange) -> tuple[Record, ...]:
    """The records that an answer cited, or all of them where it cited none; computed ones stand for their rows."""
    cited = [int(number) for number in re.findall(r"\[(\d+)\]", exchange.answer)]
    wanted: list[int] = []
    for fact in exchange.facts:
        if fact.id in cited and fact.record.kind == "computed":
            wanted += [int(part) for part in str(fact.record.fields.get("sources") or "").split(",") if part]
        elif fact.id in cited:
            wanted.append(fact.id)
    chosen = [fact.record for fact in exchange.facts if fact.id in wanted]
    return tuple(chosen or [fact.record for fact in exchange.facts if fact.record.kind != "computed"])


def _records_of(plan: Plan) -> tuple[Record, ...]:
    if plan.target is None:
        return ()
    sources = plan.sources
    return tuple(fact.record for fact in plan.facts if fact.id in sources and fact.record.kind != "computed")


def _recorded_attributes(record: Record, read: Understanding) -> bool:
    return any(record.attributes.get(_column(record, name, read.language)) for name in read.attributes)


def _column(record: Record, name: str, language: Language) -> str:
    """The record's own column for an attribute that may be asked for under another name, or that name in `language`."""
    if name in record.attributes:
        return name
    synonyms = lexicon.ATTRIBUTE_NAMES.get(name, ())
    for column in record.attributes:
        if column.casefold() in synonyms:
            return column
    return synonyms[1] if synonyms and language == "zh" else name


def _order_fields(read: Understanding) -> list[str]:
    return [name for name, pattern in lexicon.ORDER_FIELDS.items() if pattern.search(read.folded)]


def _minor(amount: float | None) -> int | None:
    return None if amount is None else parse_minor(f"{amount:.2f}", "CNY")


def _is_filtering(wish: SearchWish) -> bool:
    return (
        wish.min_price is not None
        or wish.max_price is not None
        or wish.in_stock
        or bool(wish.colors or wish.sizes or wish.categories or wish.brands)
    )


def _same_first(first: Resolution, second: Resolution) -> bool:
    return bool(first.records and second.records and first.records[0].key == second.records[0].key)


def _said_attributes(record: Record, read: Understanding) -> list[str]:
    """The attributes whose value the question says, to be named in the answer ("A4 notebook, hard cover")."""
    said = compact(read.folded)
    names = [name for name in shown_attributes(record) if name not in read.attributes]
    return [
        f"attributes.{name}"
        for name in names
        if len(value := compact(fold(record.attributes[name]))) > 2 and value in said
    ][:3]


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


def _in_stock(record: Record) -> bool:
    return bool(record.fields.get("stock") or record.fields.get("available"))


def _same_group(records: Sequence[Record]) -> bool:
    groups = {record.fields.get("group") or record.title for record in records}
    return len(groups) == 1


def _in_name(read: Understanding, record: Record) -> bool:
    """Whether the quantity is part of the product's name ("枕套*2", "登山杖（一对）")."""
    name = "".join(fold(record.title).split())
    return any("".join(read.folded[start:end].split()) in name for start, end in read.quantity_spans)


def _values_shared(record: Record, other: Record) -> int:
    """In how many of colour, size and attributes two variants agree."""
    fields = sum(record.fields.get(name) == other.fields.get(name) for name in ("color", "size"))
    return fields + sum(other.attributes.get(name) == value for name, value in record.attributes.items())


def _quantities_for(read: Understanding, facts: Sequence[Fact]) -> tuple[int, ...]:
    """How many of each: as said; one each where only "together" was said of a few."""
    if len(read.quantities) == len(facts):
        return read.quantities
    if len(facts) == 1 and read.quantities:
        return read.quantities[:1]
    if read.asks("total") and 1 < len(facts) <= 4:
        return (1,) * len(facts)
    return ()


def _numbered(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(Fact(index + 1, fact.record) for index, fact in enumerate(facts))


def _without_variant(record: Record) -> Record:
    """The record without colour and size, for what is true of all its variants."""
    fields = {name: value for name, value in record.fields.items() if name not in ("color", "size")}
    return replace(record, fields=fields)
