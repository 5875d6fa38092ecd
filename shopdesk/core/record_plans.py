"""Plans about records: values of one product or order, and sums, lists and choices over several.

Every function takes the question as it was read and the records it is about, best first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from shopdesk.core import arithmetic, deadlines, lexicon, numbers, savings
from shopdesk.core.accessories import things_themselves
from shopdesk.core.arithmetic import Computation
from shopdesk.core.counted import counted_in
from shopdesk.core.measures import measures_of
from shopdesk.core.other_prices import other_price_said
from shopdesk.core.plan import Intent, Plan, Point
from shopdesk.core.profiles import Profile, compact, stem, words_of
from shopdesk.core.resolving import Resolution
from shopdesk.core.scopes import is_running
from shopdesk.core.text import fold
from shopdesk.core.types import Fact, Language, Record
from shopdesk.core.understanding import Understanding, naming_words
from shopdesk.core.wording import field_name, label_of, not_recorded, point_of, shorten, shown_attributes, value_text

FACTS_SHOWN = 8
ROWS_WEIGHED = 300
"""Records that a list, a count or an extreme is taken over; beyond them the answer says "at least"."""
_NEAREST = 3
_OWN = 8
"""Columns of its own that are told of a product where what is asked of it is not understood."""
_TOLD = 60
_DESCRIBING = ("price", "stock", "location")


def product_plan(read: Understanding, records: Sequence[Record], *, complete: bool = True) -> Plan:
    """Values of one product, or a sum or a list over several. `complete`: there are no more of them."""
    if not records:
        return nothing_plan(read, ())
    fields = _fields(read, records)
    records = _having_what_is_asked(read, records)
    complete = complete and len(records) <= ROWS_WEIGHED
    facts = numbered(records[:ROWS_WEIGHED])
    return (
        _extreme_plan(read, facts)
        or _total_plan(read, facts)
        or _single_plan(read, facts, fields)
        or (_choice_plan(read, facts, fields) if complete else None)
        or _count_plan(read, facts, complete=complete)
        or _agreed_plan(read, facts, fields)
        or _list_plan(read, facts, fields, complete=complete)
    )


def _having_what_is_asked(read: Understanding, records: Sequence[Record]) -> Sequence[Record]:
    """Of several goods those that have the columns which are asked for, where some have."""
    if not read.attributes or read.asks("count") or len(records) < 2:
        return records
    return [each for each in records if records_any_attribute(each, read)] or records


def _extreme_plan(read: Understanding, facts: Sequence[Fact]) -> Plan | None:
    """The cheapest or dearest first, the others beside it."""
    if not (read.asks("cheapest") or read.asks("dearest")) or (len(facts) == 1 and read.asked not in ((), ("price",))):
        return None
    facts = numbered(things_themselves(read.folded, [fact.record for fact in facts], read.categories))
    found = arithmetic.extreme(facts, read.language, highest=read.asks("dearest"))
    if found is None:
        return None
    chosen = str(found.record.fields["sources"])
    facts = numbered([fact.record for fact in sorted(facts, key=lambda fact: str(fact.id) != chosen)])
    computed = arithmetic.extreme(facts[:1], read.language, highest=read.asks("dearest"))
    assert computed is not None
    return computed_plan(read, facts[:FACTS_SHOWN], computed)


def foremost_plan(read: Understanding, best: Sequence[Record], others: Sequence[Record], field: str, said: str) -> Plan:
    """The goods that have the most or the least of what a column says, the others beside them."""
    facts = numbered([*best, *others])
    computed = arithmetic.foremost(facts[: len(best)], field, said, read.language)
    return computed_plan(read, facts[:FACTS_SHOWN], computed)


def _total_plan(read: Understanding, facts: Sequence[Fact]) -> Plan | None:
    """A sum, where one is asked for or a quantity is said beside a price."""
    if read.asks("count") and "price" not in read.asked and not read.quantities:
        return None  # "料包总共几个品种" counts, though it says 总共
    priced = "price" in read.asked or not (read.asked or read.attributes or read.asks("exists"))
    several = read.quantities and read.quantities != (1,)  # "多少钱一个" asks for the price
    if not read.asks("total") and not (several and priced and not _in_name(read, facts[0].record)):
        return None
    facts = numbered(list({fact.record.key: fact.record for fact in facts}.values()))  # not one for every store
    quantities = _quantities_for(read, facts)
    if not quantities and len(facts) == 1 and len(read.quantities) > 1:
        return nothing_plan(read, [facts[0].record])  # of several goods one alone is known: no sum of a part
    return sum_plan(read, facts, quantities) if quantities else None


def sum_plan(read: Understanding, facts: Sequence[Fact], quantities: Sequence[float]) -> Plan | None:
    """What so many of the first facts cost together, at the price that is named; None where a price is missing."""
    summed = facts[: len(quantities)]
    own = read.priced_by if read.priced_by != "price" else None
    field = own or other_price_said(read.folded, [fact.record for fact in summed])
    computed = arithmetic.total(summed, quantities, read.language, field or "price")
    if computed is None:
        return nothing_plan(read, [fact.record for fact in summed]) if field is not None else None
    return computed_plan(read, facts[:FACTS_SHOWN], computed)


def _single_plan(read: Understanding, facts: Sequence[Fact], fields: Sequence[str]) -> Plan | None:
    # "how many easels have we got" of one is its stock, "how many do we sell" is not
    counts = read.asks("count") and not any(field.startswith("attributes.") for field in fields)
    counted = counts and ("stock" not in read.asked or bool(lexicon.OF_THE_RANGE.search(read.folded)))
    return value_plan(read, facts, facts[0], fields) if len(facts) == 1 and not counted else None


def _choice_plan(read: Understanding, facts: Sequence[Fact], fields: Sequence[str]) -> Plan | None:
    """The colours, sizes or other values to choose from, where those (and perhaps the stock) are all that is asked."""
    varying = [field for field in fields if field in ("color", "size") or field.startswith("attributes.")]
    one_product = _same_group([fact.record for fact in facts])
    alike = one_product or varying[:1] in (["color"], ["size"])
    if not varying or not set(fields) <= {varying[0], "stock"} or not alike:
        return None
    offered = [fact for fact in facts if _in_stock(fact.record)] if "stock" in fields else facts
    name = label_of(without_variant(facts[0].record), read.language) if one_product else naming_words(read)
    return _options_plan(read, offered or facts, varying[0], name)


def _count_plan(read: Understanding, facts: Sequence[Fact], *, complete: bool) -> Plan | None:
    if not read.asks("count") or read.asks("recommend"):
        return None
    facts = numbered([fact.record for fact in facts if not _by_heading_alone(read.content, fact.record)]) or facts
    return computed_plan(read, facts[:FACTS_SHOWN], arithmetic.count(facts, read.language, complete=complete))


def _by_heading_alone(content: str, record: Record) -> bool:
    """Whether an English word of what is counted stands in a heading of the record and nowhere else in its row: of
    wheels no board is counted that has a "Wheel diameter"."""
    said = {stem(word) for word in content.split() if word.isascii() and word.isalpha()}
    own = words_of(" ".join(map(str, (record.title, *record.fields.values(), *record.attributes.values()))))
    headings = words_of(" ".join(name for name, value in record.attributes.items() if value))
    return not (said & headings) <= own


def _list_plan(read: Understanding, facts: Sequence[Fact], fields: Sequence[str], *, complete: bool) -> Plan:
    there = [fact.record for fact in facts if _in_stock(fact.record)]
    if read.asks("recommend") and there and "stock" not in read.asked:
        facts = numbered(there)  # what has run out is no help
    elif read.asks("exists"):
        facts = numbered([fact.record for fact in sorted(facts, key=lambda fact: not _in_stock(fact.record))])
    computed = arithmetic.listing(facts, fields[:2], read.language, complete=complete)
    return computed_plan(read, facts[:FACTS_SHOWN], computed)


def _agreed_plan(read: Understanding, facts: Sequence[Fact], fields: Sequence[str]) -> Plan | None:
    """Variants of one product that agree in all that is asked are answered as one."""
    one = len({fact.record.key for fact in facts}) == 1
    if not _same_group([fact.record for fact in facts]) or (not one and {"sku", "barcode"} & set(fields)):
        return None
    values = {tuple(value_text(fact.record, field, read.language) for field in fields) for fact in facts}
    if len(values) != 1:
        return None
    differing = {
        name for name in ("color", "size") if len({fact.record.fields.get(name) for fact in facts}) > 1
    }  # fmt: skip
    title = label_of(without_variant(facts[0].record, differing), read.language)
    return value_plan(read, facts[:FACTS_SHOWN], facts[0], fields, label=title)


def _options_plan(read: Understanding, facts: Sequence[Fact], field: str, label: str) -> Plan:
    """The different colours, sizes or other values that a product (or all of a sort) comes in."""
    values = list(dict.fromkeys(value_text(fact.record, field, read.language) or "" for fact in facts))
    values = [value for value in values if value]
    shown = numbered([fact.record for fact in facts[:FACTS_SHOWN]])
    if len(values) < 2:
        return value_plan(
            read, shown, shown[0], [field], label=label if _same_group([fact.record for fact in facts]) else ""
        )
    computed = arithmetic.options(shown, label, field_name(field, read.language), values, read.language)
    return computed_plan(read, shown, computed)


def value_plan(
    read: Understanding, facts: Sequence[Fact], target: Fact, fields: Sequence[str], label: str = ""
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


def unknown_plan(read: Understanding, found: Resolution) -> Plan:
    """The product is known, but not what is asked about it ("生产日期"): said plainly."""
    target = Fact(1, found.records[0] if len(found.records) == 1 else without_variant(found.records[0]))
    point = Point(f"attributes.{found.unknown}", found.unknown, not_recorded(read.language))
    label = label_of(target.record, read.language)
    return Plan("not_recorded", read.language, read.question, (target,), target, label, (point,), (label, point.value))


def comparison_plan(read: Understanding, first: Record, second: Record) -> Plan:
    """Two prices side by side; where one is missing, what was asked of both."""
    facts = (Fact(1, first), Fact(2, second))
    said = any(records_any_attribute(record, read) for record in (first, second))
    others = _fields(read, [first]) if said and not lexicon.OF_PRICES.search(read.folded) else []
    field = "list_price" if "list_price" in read.asked else "price"
    dearer = bool(lexicon.ASKS_DEARER.search(read.folded)) and not lexicon.ASKS_CHEAPER.search(read.folded)
    computed = arithmetic.compare(*facts, read.language, field, dearer=dearer) if not others else None
    if computed is None:
        fields = others or read.asked or ("price",)
        computed = arithmetic.listing(facts, fields, read.language)
    return computed_plan(read, facts, computed)


def savings_plan(
    read: Understanding, goods: Sequence[Record], quantities: Sequence[float], running: Sequence[Record], today: date,
    named: Sequence[Record] = (),
) -> Plan | None:  # fmt: skip
    """What a basket costs with the running promotions, those that are asked for by name before the others: goods
    first, then the promotions that are used or said not to apply."""
    named_keys = {record.key for record in named}

    def computed_with(promotions: Sequence[Record]) -> tuple[Sequence[Fact], Computation | None]:
        facts = numbered([*goods, *promotions])
        offers = facts[len(goods) :]
        asked_for = [fact for fact in offers if fact.record.key in named_keys]
        runs = [fact for fact in offers if is_running(fact.record, today)]
        return facts, savings.best_price(facts[: len(goods)], quantities, runs, read.language, today, asked_for)

    promotions = list({record.key: record for record in (*named, *running)}.values())
    facts, computed = computed_with(promotions)
    if computed is None:
        return None
    used = str(computed.record.fields["sources"]).split(",")
    spoken = [fact.record for fact in facts[len(goods) :] if str(fact.id) in used]
    facts, computed = computed_with([*spoken, *(record for record in promotions if record not in spoken)])
    assert computed is not None
    return computed_plan(read, facts[:FACTS_SHOWN], computed)


def offers_plan(
    read: Understanding, variants: Sequence[Record], named: Sequence[Record], today: date
) -> Plan | None:  # fmt: skip
    """What each of several variants costs with the promotions that are asked for by name."""
    facts = numbered([*variants, *named])
    goods, offers = facts[: len(variants)], facts[len(variants) :]
    running = [fact for fact in offers if is_running(fact.record, today)]
    computed = savings.each_price(goods, running, offers, read.language, today)
    return computed_plan(read, facts[:FACTS_SHOWN], computed) if computed is not None else None


def deadline_plan(
    read: Understanding, matter: deadlines.Matter, period: deadlines.Period, bought: date, today: date,
    sources: Sequence[Record],
) -> Plan:  # fmt: skip
    """Until when something may be returned, exchanged or repaired; `sources` give the period and the day."""
    facts = numbered(sources)
    return computed_plan(read, facts, deadlines.deadline(matter, period, bought, today, facts, read.language))


def store_plan(read: Understanding, stores: Sequence[Record], fields: Sequence[str]) -> Plan:
    """The address, telephone number or hours of a store; of several, of each."""
    facts = numbered(stores[:FACTS_SHOWN])
    if len(facts) == 1:
        return value_plan(read, facts, facts[0], fields or ["address", "phone"])
    return computed_plan(read, facts, arithmetic.listing(facts, fields or ["address"], read.language))


def computed_plan(read: Understanding, facts: Sequence[Fact], computed: Computation) -> Plan:
    """A sum as the answer: a fact of its own behind the facts that are shown, resting on these alone."""
    sources = [part for part in str(computed.record.fields["sources"]).split(",") if part]
    shown = ",".join(part for part in sources if int(part) <= len(facts))
    record = replace(computed.record, fields={**computed.record.fields, "sources": shown})
    target = Fact(len(facts) + 1, record)
    point = Point("text", computed.record.title, str(computed.record.fields["text"]))
    return Plan(
        "computed", read.language, read.question, (*facts, target), target,
        points=(point,), must=computed.must, asked=read.asked,
    )  # fmt: skip


def nothing_plan(read: Understanding, nearest: Sequence[Record]) -> Plan:
    """Nothing was found; at most a few rows that come near stand beside that."""
    return Plan("not_found", read.language, read.question, numbered(nearest[:_NEAREST]), asked=read.asked)


def _fields(read: Understanding, records: Sequence[Record]) -> list[str]:
    """What to say of a product: what was asked, otherwise what a clerk needs first."""
    fields = list(read.asked)
    read = _without_words_of_the_name(read, records)
    undiscounted = "list_price" in fields and lexicon.WITHOUT_OFFERS.search(read.folded)
    if undiscounted and not any(record.fields.get("list_price") for record in records):
        # what has no other price costs without offers what it costs
        fields = ["price" if field == "list_price" else field for field in fields if field != "price"]
    if "isbn" in read.folded and not any(record.fields.get("barcode") for record in records):
        fields = ["sku" if field == "barcode" else field for field in fields]  # of a bookshop it is the key
    told = any(value_text(record, "description", read.language) for record in records)
    introduced = fields == ["description"] and not read.attributes and not told and len(records) == 1
    fields = [] if introduced else fields  # what there is to tell of it stands in its other columns
    measured: list[str] = []
    for name in read.attributes:
        measuring = _measuring_field(name, records)
        if measuring is not None:
            measured.append(measuring)
            continue
        fields.append(name if records[0].fields.get(name) else f"attributes.{_column(records[0], name, read.language)}")
    fields = [field for field in _recorded_ones(fields, records) if _may_tell(field, records, read.folded)] or [
        field_untold(field, read) for field in fields
    ]
    fields += measured
    fields = _with_columns_instead(fields, records, read.folded)
    if "size" in fields and read.sizes:
        fields.remove("size")
    if "color" in fields and read.colors and len(fields) > 1:
        fields.remove("color")
    if fields:
        return list(dict.fromkeys(fields))
    if read.asks("exists"):
        return ["stock", "price"]
    recorded = [field for field in _DESCRIBING if any(value_text(record, field, read.language) for record in records)]
    chosen = read.kinds & {"recommend", "list", "count"} or read.low is not None or read.high is not None
    if introduced or (len(records) == 1 and not chosen and lexicon.ASKS_SOMETHING.search(read.folded)):
        # it is asked in words of its own: one of the row's own columns may be what is meant
        recorded += [f"attributes.{name}" for name in shown_attributes(records[0]) if _is_told(records[0], name)][:_OWN]
    return (recorded if len(records) == 1 else recorded[:1]) or ["price"]


def _without_words_of_the_name(read: Understanding, records: Sequence[Record]) -> Understanding:
    """Without the columns whose headings are words of the good's name, where another is asked for: the strength of a
    "Cask Strength" whisky."""
    name = fold(records[0].title)
    others = tuple(column for column in read.attributes if fold(column.replace("_", " ")) not in name)
    return replace(read, attributes=others) if others else read


def _with_columns_instead(fields: list[str], records: Sequence[Record], folded: str) -> list[str]:
    """The fields, with columns of the shop's own that tell the same in place of those that no record has."""
    for field, heading in _INSTEAD.items():
        if field == "size" and _OF_WEARING.search(folded):
            continue  # 尺码 is the size of clothes: no other column holds it
        if field in fields and not any(record.fields.get(field) for record in records):
            own = [f"attributes.{name}" for name in shown_attributes(records[0]) if heading.search(fold(name))]
            place = fields.index(field)
            fields = [*fields[:place], *own, *fields[place + 1 :]] if own else fields
    told = [field for field in fields if field.startswith("attributes.") and value_text(records[0], field, "en")]
    missing = [field for field in ("size", "location", "brand") if field in fields and told]
    return [field for field in fields if field not in missing or any(each.fields.get(field) for each in records)]


def _is_told(record: Record, name: str) -> bool:
    """Whether a column says something short of the record that its label does not."""
    value = value_text(record, f"attributes.{name}", "en") or ""
    return 0 < len(value) <= _TOLD


def _may_tell(field: str, records: Sequence[Record], folded: str) -> bool:
    """Whether a column can hold what it is asked for by another name: 净含量 40cm is no weight."""
    name = field.removeprefix("attributes.")
    if not field.startswith("attributes.") or fold(name.replace("_", " ")) in folded:
        return True
    values = [record.attributes[name] for record in records if record.attributes.get(name)]
    if values and _COUNTED.search(folded) and not any(map(_FIGURE.search, values)):
        return False  # what has no figure does not tell how many
    allowed = _KINDS.get(_called(name), ())
    told = [measures_of(fold(record.attributes[name])) for record in records if record.attributes.get(name)]
    kinds = {measure.kind for measures in told for measure in measures}
    return not (allowed and kinds) or not kinds.isdisjoint(allowed)


def field_untold(field: str, read: Understanding) -> str:
    """A field for what a column cannot hold, by its own name: 重量, 支数."""
    key = _called(field.removeprefix("attributes."))
    if key in _KINDS:
        return f"attributes.{lexicon.ATTRIBUTE_NAMES[key][1 if read.language == 'zh' else 0]}"
    counted = _COUNTED.search(read.folded) if field.startswith("attributes.") else None
    return f"attributes.{counted[1] + '数' if counted[1] else counted[2]}" if counted else field


def _called(name: str) -> str:
    """The attribute that a column's name, or a word for it, stands for; "" for none that is known."""
    return next((key for key, names in lexicon.ATTRIBUTE_NAMES.items() if name.casefold() in (key, *names)), "")


_OF_WHAT_IT_BEARS = re.compile(
    r"\bload|\blimit|capacity|\b(?:rider|user)\b|\bmax|support|\bfor\b|suit|serving|portion|承|载|限|最大|适[合用]|每"
)
_SIZING = re.compile(
    r"dimension|\bsize|diameter|\bdia\b|\bbore\b|\bfits\b|^(?:width|height|length|measures?|spec)|\bw ?x ?|尺寸|规格|口径|直径|^(?:长|宽|高)"
)
_OF_WEARING = re.compile(r"[尺鞋]码|码数|[几什么多大]码")
_PLACING = re.compile(
    r"^(?:wall|shelf|bay|rack|aisle|bin|drawer|cabinet|case|location|where|place|position|spot|section|zone|stand|counter|display)\b"
    r"|(?<!单)位$|位置|[柜架墙杆]$|(?<![产地景])区$|展[台区示]|抽屉|摆放|存放处"
)
_MAKING = re.compile(
    r"distiller|brewer|maker|\bmade by|produc|winery|publisher|artist|author|manufactur|roaster|\blabel\b|supplier|厂|酒庄|生产商|出品|作者|供[应货]商"
)
_HOLDING = re.compile(
    r"^(?:in (?:the )?(?:yard|shop|store|stock|house)|on (?:hand|shelf)|qty|quantity|count|units|available|packets?|bottles?|held)\b"
    r"|结存|可售|[店现库实]存|余量|存量"
)
_INSTEAD: Mapping[str, re.Pattern[str]] = {"size": _SIZING, "location": _PLACING, "brand": _MAKING, "stock": _HOLDING}
"""The headings of columns that tell what a field does, where that is not recorded."""
_COUNTED = re.compile(r"多少(支|针|目|流明|瓦|伏|安|转|码|克拉|英寸)|\bhow many ([a-z]+)\b")
_FIGURE = re.compile(rf"[\d{numbers.CHINESE}半]|\b{numbers.BELOW_100}\b")
_KINDS: Mapping[str, Sequence[str]] = {"weight": ("weight",), "capacity": ("volume", "charge", "storage", "weight")}


def _recorded_ones(fields: Sequence[str], records: Sequence[Record]) -> list[str]:
    """The fields without the columns that none of the records has, where it has another of those that may be meant."""
    said = [f for f in fields if f.startswith("attributes.")]
    had = [f for f in said if any(record.attributes.get(f.removeprefix("attributes.")) for record in records)]
    return [field for field in fields if field not in said or field in had or not had]


def records_any_attribute(record: Record, read: Understanding) -> bool:
    """Whether the row says any of the attributes that are asked for."""
    return any(record.attributes.get(_column(record, name, read.language)) for name in read.attributes)


def _column(record: Record, name: str, language: Language) -> str:
    """The record's own column for an attribute that may be asked for under another name, or that name in `language`."""
    if name in record.attributes:
        return name
    synonyms = lexicon.ATTRIBUTE_NAMES.get(name, ())
    called = _called(name)
    if called in lexicon.OR_ELSE:
        synonyms = (*synonyms, *lexicon.ATTRIBUTE_NAMES[lexicon.OR_ELSE[called]])
    for column in record.attributes:
        if column.casefold() in synonyms:
            return column
    for column in record.attributes:
        bears = called in _KINDS and _OF_WHAT_IT_BEARS.search(fold(column))  # a weight limit is no weight
        if not bears and _speaks_of(fold(_IN_BRACKETS.sub("", column)).strip(), synonyms):
            return column
    return synonyms[1] if synonyms and language == "zh" else name.replace("_", " ")


def _speaks_of(heading: str, names: Sequence[str]) -> bool:
    """Whether an English heading is one of the names and more, or the same word in another form: Weighs (kg)."""
    return any(
        heading.startswith(f"{name} ") or (" " not in heading + name and heading[:_ROOT] == name[:_ROOT])
        for name in names if name.isascii() and len(name) > _ROOT - 1
    )  # fmt: skip


_ROOT = 5
_IN_BRACKETS = re.compile(r"\(.*?\)|（.*?）|\[.*?\]")


def _measuring_field(name: str, records: Sequence[Record]) -> str | None:
    """The field that tells what is asked for without being called so ("how long": the size 3.6米); None where there is
    none."""
    names = _called(name)
    looks = lexicon.DIMENSIONS.get(names)
    if looks is None or any(record.attributes.get(_column(record, name, "zh")) for record in records):
        return None
    columns = [column for column in records[0].attributes if fold(column) in lexicon.SPECIFICATIONS]
    if names in _KINDS:  # nothing else is measured so: 净含量 200ml, but for what it bears
        others = (column for column in records[0].attributes if column not in columns)
        columns += [column for column in others if not _OF_WHAT_IT_BEARS.search(fold(column))]
    for field in ("size", *(f"attributes.{column}" for column in columns)):
        if all(looks.search(fold(value_text(record, field, "en") or "")) for record in records):
            return field
    return None


def _said_attributes(record: Record, read: Understanding) -> list[str]:
    """The attributes whose value the question says, to be named in the answer ("A4 notebook, hard cover")."""
    said = compact(read.folded)
    names = [name for name in shown_attributes(record) if name not in read.attributes]
    return [
        f"attributes.{name}"
        for name in names
        if len(value := compact(fold(record.attributes[name]))) > 2 and value in said
    ][:3]


def _in_stock(record: Record) -> bool:
    return bool(record.fields.get("stock") or record.fields.get("available"))


def _same_group(records: Sequence[Record]) -> bool:
    groups = {record.fields.get("group") or record.title for record in records}
    return len(groups) == 1


def _in_name(read: Understanding, record: Record) -> bool:
    """Whether the quantity is part of the product's name ("枕套*2", "登山杖（一对）")."""
    name = "".join(fold(record.title).split())
    own = _counted_by(read, record)
    return (bool(own) and own == set(read.quantity_spans)) or any(
        "".join(read.folded[start:end].split()) in name for start, end in read.quantity_spans if (start, end) not in own
    )


def _counted_by(read: Understanding, record: Record) -> set[tuple[int, int]]:
    """Where quantities stand that are what the product itself counts: 30颗的小青柑, "the twelve string"."""
    own = Profile(record)
    said = [(start, end) for start, end, each in counted_in(read.folded) if own.counts(each)]
    return {span for span in read.quantity_spans if any(span[0] < end and start < span[1] for start, end in said)}


def _wanted(read: Understanding, record: Record) -> tuple[float, ...]:
    """The quantities that are said, apart from those in the product's name: the 10 of a "10双装" is in each pack."""
    if len(read.quantities) != len(read.quantity_spans):
        return read.quantities  # they are not said, but meant
    name = "".join(fold(label_of(record, read.language)).split())
    own = _counted_by(read, record)
    said = (
        (number, "".join(read.folded[start:end].split()))
        for number, (start, end) in zip(read.quantities, read.quantity_spans, strict=True)
        if (start, end) not in own
    )
    return tuple(number for number, text in said if text not in name and f"{number}{text[-1:]}" not in name)


def _quantities_for(read: Understanding, facts: Sequence[Fact]) -> tuple[float, ...]:
    """How many of each: as said; one each where only "together" was said of a few."""
    if len(facts) == 1 and read.quantities:
        wanted = _wanted(read, facts[0].record)
        return wanted if len(wanted) == 1 else ()
    if len(read.quantities) == len(facts):
        return read.quantities
    one_each = set(read.quantities) <= {1} or (read.asks("both") and read.quantities == (len(facts),))
    if read.asks("total") and one_each and 1 < len(facts) <= 4:
        return (1,) * len(facts)
    return ()


def numbered(records: Sequence[Record]) -> tuple[Fact, ...]:
    """The records as facts 1, 2, 3…"""
    return tuple(Fact(index + 1, record) for index, record in enumerate(records))


def without_variant(record: Record, differing: Collection[str] = ("color", "size")) -> Record:
    """The record without what its variants differ in, for what is true of all of them."""
    fields = {name: value for name, value in record.fields.items() if name not in differing}
    return replace(record, fields=fields)
