"""What a question takes over from the conversation before it: the records spoken of, and what was asked of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shopdesk.core.counted import counted_in
from shopdesk.core.grounding import citations
from shopdesk.core.plan import Plan
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.profiles import stem
from shopdesk.core.resolving import Resolver, Subject
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Exchange, Record, Vocabulary
from shopdesk.core.understanding import Understanding, naming_words, understand

_FIGURED = re.compile(r"[a-z]*\d[\d.]*[a-z]*[\u4e00-\u9fff]?|[大中小]号|\b(?:small|medium|large|mini|xl)\b")
"""The part of a name that its size or number is."""
_LOOKED_BACK = 3
"""Exchanges before the last one in which its product is looked for, where that was about none."""
_ALTERNATIVES = 8
"""Cheaper or dearer products that are shown."""
_PLANNED_AGAIN = 3
"""Exchanges before one without facts that are read to plan it again."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the conversation was about: the records of the last answer and how its question was read."""

    records: tuple[Record, ...] = ()
    understanding: Understanding | None = None
    before: tuple[Record, ...] = ()
    """The products spoken of before that answer, where it was about none."""
    one_before: tuple[Record, ...] = ()
    """The products of the answer before the last one, where both are asked about."""

    @property
    def products(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.kind == "product") or self.before

    @property
    def kind(self) -> str:
        return self.records[0].kind if self.records else ""


def spoken_of(
    history: Sequence[Exchange], vocabulary: Vocabulary, plan_again: Callable[[str, Sequence[Exchange]], Plan],
    *, both: bool = False,
) -> Earlier:  # fmt: skip
    """What the last answer was about; an exchange that came without facts is planned again. `both`: and the one
    before that."""
    for index in range(len(history) - 1, -1, -1):
        exchange = history[index]
        read = understand(exchange.question, vocabulary, history[:index])
        if read.only_talks:
            continue
        records = _records_spoken_of(history, index, plan_again)
        if not read.asked and not read.attributes and index and read.elliptical:
            # "那红色的呢?" after "黑色多少钱?": what is asked for stands in the question before
            before = understand(history[index - 1].question, vocabulary)
            read = replace(read, asked=before.asked, attributes=before.attributes)
        earlier = Earlier(records, read, _products_before(history, index, records, plan_again))
        if both and index and len(earlier.products) == 1:
            spoken = _records_spoken_of(history, index - 1, plan_again)
            earlier = replace(earlier, one_before=tuple(record for record in spoken if record.kind == "product"))
        return earlier
    return Earlier()


def _records_spoken_of(
    history: Sequence[Exchange], index: int, plan_again: Callable[[str, Sequence[Exchange]], Plan]
) -> tuple[Record, ...]:
    exchange = history[index]
    if exchange.facts:
        return _cited_records(exchange)
    return _records_of(plan_again(exchange.question, history[max(0, index - _PLANNED_AGAIN) : index]))


def _products_before(
    history: Sequence[Exchange],
    index: int,
    records: Sequence[Record],
    plan_again: Callable[[str, Sequence[Exchange]], Plan],
) -> tuple[Record, ...]:
    """The products of the nearest older answer about any; what was asked between ("when do you close?") had none."""
    if any(record.kind == "product" for record in records):
        return ()
    for older in range(index - 1, max(-1, index - 1 - _LOOKED_BACK), -1):
        found = _records_spoken_of(history, older, plan_again)
        products = tuple(record for record in found if record.kind == "product")
        if products:
            return products
    return ()


def leans(read: Understanding) -> bool:
    """Whether a question is about what was spoken of before rather than about something that it names itself."""
    return not read.content or read.elliptical or only_varies(read) or read.asks("both")


def only_varies(read: Understanding) -> bool:
    """Whether all it names is another colour or size ("红色的呢")."""
    return bool((read.colors or read.sizes) and not naming_words(read))


def inherited(read: Understanding, earlier: Earlier) -> Understanding:
    """What an elliptical question leaves out is asked for as in the question before."""
    vague = only_varies(read) and read.asked == ("description",)  # "要是蓝色的呢，怎么样"
    if ((read.asked or read.attributes) and not vague) or earlier.understanding is None:
        return read
    if read.kinds & {"total", "compare", "cheapest", "dearest", "count"} or read.quantities:
        return read
    before = earlier.understanding
    if read.asks("exists") and (not read.content or only_varies(read)):
        rest = () if not read.content else before.asked
        return replace(read, asked=tuple(dict.fromkeys(("stock", *rest))))
    return replace(
        read, asked=before.asked, attributes=before.attributes, kinds=read.kinds | (before.kinds & {"exists"})
    )


def among_variants(catalogue: Catalogue, resolver: Resolver, earlier: Earlier, subject: Subject) -> tuple[Record, ...]:
    """The variants of the product spoken of that have the colour, size or other value now said."""
    if not subject.content and not counted_in(subject.folded):
        return ()
    stores = {record.fields.get("store") for record in earlier.products}
    variants: dict[tuple[str, str], Record] = {}
    for record in earlier.products[:3]:
        for variant in catalogue.variants_of(record):
            if variant.fields.get("store") in stores:  # where it was asked for before
                variants[variant.key, str(variant.fields.get("store"))] = variant
    kept = resolver.weigh(subject, tuple(variants.values()))
    said = counted_in(subject.folded) if not kept else []
    if said:  # "and the three-quarter one?"
        counting = tuple(record for record in variants.values() if resolver.counts_any(record, said))
        kept = counting if len(counting) < len(variants) else ()
    if len(kept) > 1 and len(earlier.products) == 1:
        # "那红色的呢?" keeps the size that was spoken of, "and the soft cover?" the format
        alike = [_values_shared(record, earlier.products[0]) for record in kept]
        kept = tuple(record for record, shared in zip(kept, alike, strict=True) if shared == max(alike))
    return kept


def another_of_its_name(resolver: Resolver, product: Record, subject: Subject) -> tuple[Record, ...]:
    """The goods whose name differs from that of `product` only in a figure or size that is now said: after paints in
    24 colours "and the 36?"."""
    if not subject.content:
        return ()
    base = _FIGURED.sub(" ", fold(product.title))
    if base.split() == fold(product.title).split() or not base.strip():
        return ()
    text = f"{base} {subject.content}"
    found = resolver.resolve(Subject(text, (False,) * len(text), subject.families), SearchWish("")).records
    return () if any(record.title == product.title for record in found) else found


def alternatives(catalogue: Catalogue, products: Sequence[Record], *, cheaper: bool) -> tuple[Record, ...]:
    """Products of the same category (or else of a like name) that cost less, or more, than those spoken of; the
    nearest price first."""
    prices = [price for record in products if (price := _hundredths_of(record)) is not None]
    if not prices:
        return ()
    limit = min(prices) - 1 if cheaper else max(prices) + 1
    wish = SearchWish(
        "", limit=_ALTERNATIVES, min_price=None if cheaper else limit, max_price=limit if cheaper else None,
        by_price="highest" if cheaper else "lowest",
    )  # fmt: skip
    category = str(products[0].fields.get("category") or "")
    if category:
        hits = catalogue.search(replace(wish, categories=(category,)))
    else:
        named = catalogue.search(replace(wish, text=products[0].title, limit=10 * _ALTERNATIVES))
        hits = [hit for hit in named if last_word(hit.record) == last_word(products[0])]
        hits.sort(key=lambda hit: _hundredths_of(hit.record) or 0, reverse=cheaper)
    currency = products[0].fields.get("currency")
    return tuple(hit.record for hit in hits if hit.record.fields.get("currency") == currency)[:_ALTERNATIVES]


def last_word(record: Record) -> str:
    """What sort of thing a name is: its last word, or its last two Chinese characters."""
    last = (runs(record.title) or [""])[-1]
    return last[-2:] if last and is_han(last[0]) else stem(last)


def _hundredths_of(record: Record) -> int | None:
    price = record.fields.get("price")
    return None if price is None else round(float(str(price)) * 100)


def _cited_records(exchange: Exchange) -> tuple[Record, ...]:
    """The records that an answer cited, or all of them where it cited none; computed ones stand for their rows."""
    cited = citations(exchange.answer)
    wanted: list[int] = []
    for fact in exchange.facts:
        if fact.id in cited and fact.record.kind == "computed":
            wanted += [int(part) for part in str(fact.record.fields.get("sources") or "").split(",") if part]
        elif fact.id in cited:
            wanted.append(fact.id)
    chosen = [fact.record for fact in exchange.facts if fact.id in wanted]
    return tuple(chosen or [fact.record for fact in exchange.facts if fact.record.kind != "computed"])


def _records_of(plan: Plan) -> tuple[Record, ...]:
    sources = plan.sources
    return tuple(fact.record for fact in plan.facts if fact.id in sources and fact.record.kind != "computed")


def _values_shared(record: Record, other: Record) -> int:
    """In how many of colour, size and attributes two variants agree."""
    fields = sum(record.fields.get(name) == other.fields.get(name) for name in ("color", "size"))
    return fields + sum(other.attributes.get(name) == value for name, value in record.attributes.items())
