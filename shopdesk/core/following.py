"""What a question takes over from the conversation before it: the records spoken of, and what was asked of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shopdesk.core.grounding import citations
from shopdesk.core.plan import Plan
from shopdesk.core.ports import Catalogue
from shopdesk.core.resolving import Resolver, Subject
from shopdesk.core.types import Exchange, Record, Vocabulary
from shopdesk.core.understanding import Understanding, naming_words, understand

_PLANNED_AGAIN = 3
"""Exchanges before one without facts that are read to plan it again."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the conversation was about: the records of the last answer and how its question was read."""

    records: tuple[Record, ...] = ()
    understanding: Understanding | None = None

    @property
    def products(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.kind == "product")

    @property
    def kind(self) -> str:
        return self.records[0].kind if self.records else ""


def spoken_of(
    history: Sequence[Exchange], vocabulary: Vocabulary, plan_again: Callable[[str, Sequence[Exchange]], Plan]
) -> Earlier:
    """What the last answer was about; an exchange that came without facts is planned again."""
    for index in range(len(history) - 1, -1, -1):
        exchange = history[index]
        read = understand(exchange.question, vocabulary, history[:index])
        if read.talk is not None:
            continue
        if exchange.facts:
            records = _cited_records(exchange)
        else:
            records = _records_of(plan_again(exchange.question, history[max(0, index - _PLANNED_AGAIN) : index]))
        if not read.asked and not read.attributes and index and read.elliptical:
            # "那红色的呢?" after "黑色多少钱?": what is asked for stands in the question before
            before = understand(history[index - 1].question, vocabulary)
            read = replace(read, asked=before.asked, attributes=before.attributes)
        return Earlier(records, read)
    return Earlier()


def leans(read: Understanding) -> bool:
    """Whether a question is about what was spoken of before rather than about something that it names itself."""
    return not read.content or read.elliptical or only_varies(read) or read.asks("both")


def only_varies(read: Understanding) -> bool:
    """Whether all it names is another colour or size ("红色的呢")."""
    return bool((read.colors or read.sizes) and not naming_words(read))


def inherited(read: Understanding, earlier: Earlier) -> Understanding:
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


def among_variants(catalogue: Catalogue, resolver: Resolver, earlier: Earlier, subject: Subject) -> tuple[Record, ...]:
    """The variants of the product spoken of that have the colour, size or other value now said."""
    if not subject.content:
        return ()
    variants: dict[str, Record] = {}
    for record in earlier.products[:3]:
        for variant in catalogue.variants_of(record):
            variants[variant.key] = variant
    kept = resolver.weigh(subject, tuple(variants.values()))
    if len(kept) > 1 and len(earlier.products) == 1:
        # "那红色的呢?" keeps the size that was spoken of, "and the soft cover?" the format
        alike = [_values_shared(record, earlier.products[0]) for record in kept]
        kept = tuple(record for record, shared in zip(kept, alike, strict=True) if shared == max(alike))
    return kept


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
