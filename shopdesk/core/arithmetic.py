"""Sums that the model must not do: comparisons, totals, lists and counts, as records of their own.

Each function returns a computed :class:`Computation`: a record to stand among the facts and the
parts of its text that a right answer holds verbatim. Amounts are integer minor units throughout.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shopdesk.core.lexicon import SIZE_WORDS
from shopdesk.core.text import fold
from shopdesk.core.types import Fact, Kind, Language, Record, format_minor, parse_minor, price_text
from shopdesk.core.wording import field_name, label_of, not_recorded, value_text

LIST_LIMIT = 5
"""Entries that a spoken list names; the cards show the rest."""


_WORN = frozenset(size for family in SIZE_WORDS for size in family)
_WORN_FIGURE = re.compile(r"\d{1,3}(?:\.5)?码?|x{0,4}[sml]|\dxl|均码")


@dataclass(frozen=True, slots=True)
class Computation:
    record: Record
    must: tuple[str, ...]


_OWN = "attributes."
_AMOUNT = re.compile(r"[^\d.]")


def price_of(record: Record, field: str = "price") -> tuple[int, str] | None:
    """The price in minor units and its currency, or None where the row has none. `field` may be `attributes.<name>`."""
    own = record.attributes.get(field.removeprefix(_OWN)) if field.startswith(_OWN) else None
    amount = _AMOUNT.sub("", own) if own is not None else record.fields.get(field)
    currency = str(record.fields.get("currency") or "")
    if amount is None:
        return None
    try:
        return parse_minor(str(amount), currency), currency
    except ValueError:
        return None


def computed_record(
    key: str, titles: tuple[str, str], language: Language, text: str, sources: Sequence[Fact]
) -> Record:
    """A sum as a record of its own. `titles` are English and Chinese; `sources` the facts it rests on."""
    ids = ",".join(str(fact.id) for fact in sources)
    newest = max((fact.record.as_of for fact in sources), default="")
    title = titles[1] if language == "zh" else titles[0]
    sample = any(fact.record.sample for fact in sources)
    return Record("computed", key, title, {"text": text, "sources": ids}, newest, sample=sample)


def money(minor: int, currency: str) -> str:
    """An amount in minor units as people read it."""
    return price_text(format_minor(minor, currency), currency)


def labels_apart(facts: Sequence[Fact], language: Language) -> list[str]:
    """Labels of several facts; where two would read the same, their differing attributes (or SKU) are added."""
    labels = [label_of(fact.record, language) for fact in facts]
    if len(set(labels)) == len(labels):
        return labels
    names = dict.fromkeys(
        name for fact in facts for name in fact.record.attributes if not name.endswith(("_en", "_zh"))
    )
    differing = [name for name in names if len({fact.record.attributes.get(name) for fact in facts}) > 1]
    telling = sorted(differing, key=lambda name: _how_telling(name, labels, facts))
    for many in (1, 2, 3):
        extra = [f"attributes.{name}" for name in telling[:many]]
        labels = [label_of(fact.record, language, extra) for fact in facts]
        if len(set(labels)) == len(labels):
            return labels
    stores = [label_of(fact.record, language, [*extra, "store"]) for fact in facts]
    if len(set(stores)) == len(stores):
        return stores
    return [f"{label} {fact.record.key}" for label, fact in zip(labels, facts, strict=True)]


def _how_telling(name: str, labels: Sequence[str], facts: Sequence[Fact]) -> tuple[int, int]:
    """How well a column tells those apart that are called alike: by what it says of them, words before figures."""
    alike = [fact.record for label, fact in zip(labels, facts, strict=True) if labels.count(label) > 1]
    values = [record.attributes.get(name, "") for record in alike]
    figures = sum(any(map(str.isdigit, value)) or not value for value in values)
    return 2 * figures // len(values) if values else 0, -len(set(values))


def compare(
    first: Fact, second: Fact, language: Language, field: str = "price", *, dearer: bool = False
) -> Computation | None:
    """Two prices side by side, which is lower (or higher, where that is asked), and the difference.

    None when they cannot be compared.
    """
    a, b = price_of(first.record, field), price_of(second.record, field)
    if a is None or b is None or a[1] != b[1]:
        return None
    labels = labels_apart([first, second], language)
    shown = [f"{label} {money(amount, a[1])}" for label, amount in zip(labels, (a[0], b[0]), strict=True)]
    difference = money(abs(a[0] - b[0]), a[1])
    zh = language == "zh"
    if a[0] == b[0]:
        text = "，".join([*shown, "价格相同"]) if zh else f"{shown[0]}, {shown[1]}; the same price"
        must = (*shown, "价格相同" if zh else "the same price")
    else:
        which = labels[0] if (a[0] < b[0]) != dearer else labels[1]
        chosen = ("更贵的是" if dearer else "更便宜的是") if zh else ("dearer:" if dearer else "cheaper:")
        lower = f"{chosen} {which}"
        gap = f"差价 {difference}" if zh else f"difference {difference}"
        text = "，".join([*shown, lower, gap]) if zh else f"{shown[0]}, {shown[1]}; {lower}; {gap}"
        must = (*shown, lower, difference)
    return Computation(computed_record("compare", ("Comparison", "比较"), language, text, [first, second]), must)


def compare_values(
    first: Fact, second: Fact, language: Language, fields: Sequence[str], said: str, more: int | None
) -> Computation:
    """What columns say of two goods side by side: `A Weight 680 g, B Weight 270 g; lighter: B`. `said` is what they are
    compared by, `more` which of the two is more so: 0, 1, -1 for both alike, None where that cannot be told."""
    zh = language == "zh"
    labels = labels_apart([first, second], language)
    shown = []
    for label, fact in zip(labels, (first, second), strict=True):
        values = (value_text(fact.record, field, language) or not_recorded(language) for field in fields)
        named = [f"{field_name(field, language)} {value}" for field, value in zip(fields, values, strict=True)]
        shown.append(f"{label} {('，' if zh else ', ').join(named)}")
    text = ("；" if zh and len(fields) > 1 else "，" if zh else "; " if len(fields) > 1 else ", ").join(shown)
    must = tuple(shown)
    if more is not None:
        alike = "两者一样" if zh else "both the same"
        verdict = alike if more < 0 else f"{said}的是 {labels[more]}" if zh else f"{said}: {labels[more]}"
        text = f"{text}{'，' if zh else '; '}{verdict}"
        must = (*must, verdict)
    return Computation(computed_record("compare", ("Comparison", "比较"), language, text, [first, second]), must)


def total(
    facts: Sequence[Fact], quantities: Sequence[float], language: Language, field: str = "price"
) -> Computation | None:
    """Quantity times price, summed: `3 × ¥59.00 = ¥177.00（A）`. None where a price is missing or currencies differ.

    `field` is the price that is meant where the shop has others (`attributes.会员价`), which the text then names.
    """
    prices = [price_of(fact.record, field) for fact in facts]
    if field == "list_price":  # what was never reduced has one price
        prices = [price or price_of(fact.record) for price, fact in zip(prices, facts, strict=True)]
    found = [price for price in prices if price is not None]
    if not found or len(found) != len(facts) or len({currency for _, currency in found}) != 1:
        return None
    currency = found[0][1]
    labels = labels_apart(facts, language)
    zh = language == "zh"
    amount = sum(round(quantity * price) for quantity, (price, _) in zip(quantities, found, strict=True))
    terms = [f"{quantity} × {money(price, currency)}" for quantity, (price, _) in zip(quantities, found, strict=True)]
    sum_text = f"{' + '.join(terms)} = {money(amount, currency)}"
    if field.startswith(_OWN):
        sum_text = f"{field.removeprefix(_OWN)} {sum_text}"
    named = "，".join(labels) if zh else ", ".join(labels)
    text = f"{sum_text}（{named}）" if zh else f"{sum_text} ({named})"
    return Computation(computed_record("total", ("Total", "合计"), language, text, facts), (sum_text, *labels))


def saved(fact: Fact, other: str, language: Language) -> Computation | None:
    """The price of one product beside another of its prices, and what lies between: `Price £42.00, list price £49.00,
    difference £7.00`. None where one is missing."""
    price, full = price_of(fact.record), price_of(fact.record, other)
    if price is None or full is None:
        return None
    (amount, currency), (against, _) = price, full
    label = label_of(fact.record, language)
    named = (("price", amount), (other, against))
    shown = [f"{field_name(field, language)} {money(minor, currency)}" for field, minor in named]
    gap = f"{'差价' if language == 'zh' else 'difference'} {money(abs(amount - against), currency)}"
    text = f"{label}：{'，'.join([*shown, gap])}" if language == "zh" else f"{label}: {', '.join([*shown, gap])}"
    return Computation(computed_record("compare", ("Comparison", "比较"), language, text, [fact]), (label, *shown, gap))


def change(facts: Sequence[Fact], quantities: Sequence[float], paid: float, language: Language) -> Computation | None:
    """What is given back of `paid` (major units) for so many of the facts, or what is short; None without a price."""
    summed = total(facts, quantities, language)
    prices = [price_of(fact.record) for fact in facts]
    if summed is None or None in prices:
        return None
    found = [price for price in prices if price is not None]
    currency = found[0][1]
    amount = sum(round(quantity * price) for quantity, (price, _) in zip(quantities, found, strict=True))
    given = parse_minor(f"{paid:.2f}".removesuffix(".00"), currency)
    back = money(abs(given - amount), currency)
    if language == "zh":
        said = f"收 {money(given, currency)}，{'找' if given >= amount else '还差'} {back}"
    else:
        said = f"paid {money(given, currency)}, {'change' if given >= amount else 'short by'} {back}"
    text = f"{summed.record.fields['text']}{'；' if language == 'zh' else '; '}{said}"
    return Computation(computed_record("change", ("Change", "找零"), language, text, facts), (*summed.must, said))


def listing(facts: Sequence[Fact], fields: Sequence[str], language: Language, *, complete: bool = True) -> Computation:
    """Several records with the same values: `共 3 款：A ¥1.00；B ¥2.00；C ¥3.00`.

    Variants of one product with equal values become one entry. `complete` says that the facts are
    all there are; otherwise the head says "at least".
    """
    zh = language == "zh"
    merged = _merged(facts, fields, language)
    if len(merged) > LIST_LIMIT:
        merged = _merged_by_product(merged, fields)
    labels = labels_apart([fact for fact, _ in merged], language)
    entries = []
    for label, (_, values) in zip(labels, merged, strict=True):
        named = [
            value if _speaks_for_itself(field, value) else f"{field_name(field, language)} {value}"
            for field, value in zip(fields, values, strict=True)
        ]
        entries.append(" ".join([label, ("，" if zh else ", ").join(named)]).rstrip())
    shown = entries[:LIST_LIMIT]
    more = "…" if len(entries) > len(shown) else ""
    head = _how_many(len(entries), facts[0].record.kind, language, complete=complete)
    text = f"{head}：{'；'.join(shown)}{more}" if zh else f"{head}: {'; '.join(shown)}{more}"
    return Computation(computed_record("list", ("List", "清单"), language, text, facts), (head, *shown))


def _speaks_for_itself(field: str, value: str) -> bool:
    """Whether a value says what it is of: a price, or "in stock" without a count."""
    return field == "price" or (field == "stock" and not value[:1].isdigit())


_COUNTED_BY: Mapping[Kind, str] = {"store": "家", "order": "单", "promotion": "项", "policy": "条"}


def _how_many(found: int, kind: Kind, language: Language, *, complete: bool) -> str:
    if language == "zh":
        return f"{'共' if complete else '至少'} {found} {_COUNTED_BY.get(kind, '款')}"
    return f"{found} found" if complete else f"at least {found} found"


def _merged(facts: Sequence[Fact], fields: Sequence[str], language: Language) -> list[tuple[Fact, list[str]]]:
    """One fact for all variants of a product that agree in the values, with only the colour and size they share."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        values = tuple(value_text(fact.record, field, language) or not_recorded(language) for field in fields)
        of_product = fact.record.fields.get("group") or fact.record.key
        # what differs in colour is kept apart, as colours are what people choose by
        groups.setdefault((of_product, fact.record.title, fact.record.fields.get("color"), values), []).append(fact)
    entries = [(_shared(members), list(key[3])) for key, members in groups.items()]  # type: ignore[call-overload]
    return [entry for entry in entries if not any(_says_more(other, entry, language) for other in entries)]


def _says_more(one: tuple[Fact, list[str]], other: tuple[Fact, list[str]], language: Language) -> bool:
    """Whether one entry has all that another of the same name says, and a value where that has none: a shop's list of
    goods beside its list of what is sold of them."""
    unsaid = not_recorded(language)
    return (
        one[0].record.title == other[0].record.title
        and unsaid in other[1]
        and unsaid not in one[1]
        and all(theirs in (unsaid, ours) for ours, theirs in zip(one[1], other[1], strict=True))
    )


def _merged_by_product(
    entries: Sequence[tuple[Fact, list[str]]], fields: Sequence[str]
) -> list[tuple[Fact, list[str]]]:
    """One entry for each product, whatever its variants cost: `低帮徒步鞋 ¥459.00–¥479.00`."""
    groups: dict[object, list[tuple[Fact, list[str]]]] = {}
    for fact, values in entries:
        groups.setdefault(fact.record.fields.get("group") or fact.record.key, []).append((fact, values))
    merged = []
    for members in groups.values():
        columns = [list(dict.fromkeys(values[index] for _, values in members)) for index in range(len(fields))]
        if any(len(column) > 1 and field != "price" for column, field in zip(columns, fields, strict=True)):
            merged += members
            continue
        facts = [fact for fact, _ in members]
        shared = [_from_to(column, facts) if len(column) > 1 else column[0] for column in columns]
        merged.append((_shared(facts), shared))
    return merged


def _from_to(texts: Sequence[str], facts: Sequence[Fact]) -> str:
    """The lowest and the highest of several prices."""
    priced = sorted(price for fact in facts if (price := price_of(fact.record)) is not None)
    if not priced or priced[0][1] != priced[-1][1]:
        return "/".join(texts)
    return f"{money(*priced[0])}–{money(*priced[-1])}"


_SAID_TOGETHER = 4
"""Values of variants that are told as one."""


def _shared(members: Sequence[Fact]) -> Fact:
    first = members[0]
    if len(members) == 1:
        return first
    differing = {name for name in ("color", "size") if len({fact.record.fields.get(name) for fact in members}) > 1}
    fields = {name: value for name, value in first.record.fields.items() if name not in differing}
    return Fact(first.id, replace(first.record, fields=fields, attributes=_attributes_of_all(members)))


def _attributes_of_all(members: Sequence[Fact]) -> dict[str, str]:
    """The columns that all of several variants have, each with what any of them says: 硬度 3/3.5."""
    said = {
        name: list(dict.fromkeys(fact.record.attributes.get(name, "") for fact in members))
        for name in members[0].record.attributes
    }
    return {name: "/".join(values) for name, values in said.items() if all(values) and len(values) <= _SAID_TOGETHER}


def extreme(facts: Sequence[Fact], language: Language, *, highest: bool) -> Computation | None:
    """The cheapest or the dearest of the facts. None where none has a price or the currencies differ."""
    priced = [(price, fact) for fact in facts if (price := price_of(fact.record)) is not None]
    if not priced or len({currency for (_, currency), _ in priced}) != 1:
        return None
    (amount, currency), fact = (max if highest else min)(priced, key=lambda pair: pair[0][0])
    entry = f"{label_of(fact.record, language)} {money(amount, currency)}"
    titles = ("Most expensive", "最贵") if highest else ("Cheapest", "最便宜")
    return Computation(computed_record("extreme", titles, language, entry, [fact]), (entry,))


def foremost(facts: Sequence[Fact], field: str, said: str, language: Language) -> Computation:
    """The goods that are foremost by a column, in the word that was said: `Lightest: Fern Tent Weight 1.2 kg`."""
    merged = _merged(facts, [field], language)
    labels = labels_apart([fact for fact, _ in merged], language)
    entries = [
        f"{label} {field_name(field, language)} {values[0]}"
        for label, (_, values) in zip(labels, merged, strict=True)
    ][:LIST_LIMIT]  # fmt: skip
    text = "；".join(entries) if language == "zh" else "; ".join(entries)
    title = said[:1].upper() + said[1:]
    return Computation(computed_record("extreme", (title, title), language, text, facts[:LIST_LIMIT]), tuple(entries))


def count(facts: Sequence[Fact], language: Language, *, complete: bool = True) -> Computation:
    """How many products there are, variants of one product counted once: `共 4 款`."""
    products = len({fact.record.fields.get("group") or fact.record.key for fact in facts})
    if products == 1:  # of one product its sorts are counted
        products = len({_contents(fact.record) for fact in facts})
    text = _how_many(products, "product", language, complete=complete)
    return Computation(computed_record("count", ("Count", "数量"), language, text, facts), (text,))


def _contents(record: Record) -> tuple[str, ...]:
    """What tells variants apart that are counted: not colours, and no sizes of clothes."""
    size = fold(str(record.fields.get("size") or ""))
    worn = size in _WORN or _WORN_FIGURE.fullmatch(size) is not None
    return ("" if worn else size, *map(fold, record.attributes.values()))


def options(facts: Sequence[Fact], label: str, name: str, values: Sequence[str], language: Language) -> Computation:
    """The values that a product comes in: `极风跑鞋 2 颜色：黑色、白色`."""
    shown = list(values[:12])
    listed = "、".join(shown) if language == "zh" else ", ".join(shown)
    text = f"{label} {name}：{listed}" if language == "zh" else f"{label}, {name}: {listed}"
    return Computation(computed_record("options", ("Options", "可选"), language, text, facts), (label, *shown))
