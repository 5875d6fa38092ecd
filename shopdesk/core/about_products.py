"""Questions about goods: what is named, what of it is asked, and what answers where nothing is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shopdesk.core import idioms, lexicon, numbers
from shopdesk.core.about_rules import better_rule, rule_after_all, rule_on
from shopdesk.core.about_sorts import about_sort, all_goods, sort_spans, tells_of_it
from shopdesk.core.asked_columns import columns_with_value, spoken_of_heading
from shopdesk.core.asked_of_good import asked_of
from shopdesk.core.choosing import those_told
from shopdesk.core.conditions import Condition, conditions_said
from shopdesk.core.counted import counted_in
from shopdesk.core.following import Earlier, among_variants, another_of_its_name, inherited, leans, only_varies
from shopdesk.core.going_on import everywhere, in_the_store, of_that_number, so_many
from shopdesk.core.late import late
from shopdesk.core.marked_text import overlaps
from shopdesk.core.matters import doer_asked, property_asked, thing_asked
from shopdesk.core.naming_phrase import named_apart
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.profiles import compact
from shopdesk.core.purposes import about_purpose, asks_for_purpose
from shopdesk.core.record_plans import ROWS_WEIGHED, nothing_plan, product_plan, records_any_attribute, unknown_plan
from shopdesk.core.resolving import Resolution, Subject, says_title, whole_names_said
from shopdesk.core.row_pieces import piece_telling, says_all, says_any
from shopdesk.core.shop import Shop
from shopdesk.core.sizes_said import SOFT, of_the_size_said, says_which_size
from shopdesk.core.subjects import SEVERAL, beside, is_filtering, price_wish_of, subject_of, subject_without, wish_of
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.told_in_row import fields_telling, headings_said
from shopdesk.core.traits import narrowed
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_WHETHER = re.compile(
    r"(?:^|[,:;-] ?)(?:is|are|does|do|can|will)\b(?! (?:you|we|there|i)\b)|[能会可是适合防带含].{0,12}[吗么不]\W*$"
    r"|(?![有是能会可])([^\W\d_])不\1|(?<![还有])[^\W\d_](?![有在卖])[^\W\d_][吗么嘛]\W*$|[^\W\d_]{2}了没有?\W*$"
)
_WHETHER_IT_IS = re.compile(
    r"^(?:is|are|was) (?:the|an?|this|that|these|those)\b|^[^,，]{2,20}是不是|(?:有|到)没(?:有|到)$"
)
"""Asks whether something is within a price, rather than for what is."""
_OTHER_SIZE = re.compile(
    f"{lexicon.SOFT_SIZES.pattern}|\\b(?:bag|box|pack|tin|bottle|jar|can|size)s?\\b|[包盒瓶罐袋]装?", re.ASCII
)
_COUNTED_TOO = late(rf"[{numbers.CHINESE}][\u4e00-\u9fff]{{2,}}")
"""So many of something, in Chinese."""
_SAYS_NO = re.compile(r"(?:no|none|n/?a|not|false|n)\b|[不否无没-]")
_PART = late(
    r"([\u4e00-\u9fff])的([\u4e00-\u9fff]{2,4}?)(?:是|有|大概)?(?:多少(?!钱|元|块)|几(?:毫米|厘米|公分|米|克)|多[长大高宽厚重粗])"
)
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
_OF_EACH = re.compile(r"\bof (?:each|both)\b|\beach of (?:them|those)\b|各")
OF_THE_LIST = frozenset({"cheapest", "dearest", "count"})


def about_products(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    subject = subject_without(read, lexicon.BASKET_WORDS) if read.asks("total") else subject_of(read)
    if earlier.products:
        going_on = _going_on(shop, read, earlier)
        if going_on is not None:
            return going_on
    if earlier.products and leans(read):
        asks_nothing_itself = not read.asked
        read = inherited(read, earlier)
        among = among_variants(shop.catalogue, shop.resolver, earlier, subject)
        if among:
            return product_plan(read, among)
        another = another_of_its_name(shop.resolver, earlier.products[0], subject)
        if another:
            return product_plan(read, another)
        if not subject.content:
            together = read.asks("both") and len(earlier.one_before) == 1
            if together and asks_nothing_itself:
                read = replace(read, kinds=read.kinds | {"total"})
            goods = (*(earlier.one_before if together else ()), *earlier.products)
            each = _OF_EACH.search(read.folded)
            if each is not None and len(read.quantities) == 1 < len(goods) < 5:  # "two of each"
                read = replace(read, quantities=read.quantities * len(goods), kinds=read.kinds | {"total"})
            return product_plan(read, goods)
        if lexicon.SOFT_SIZES.search(read.folded) and not subject_without(read, _OTHER_SIZE).content:
            others = _other_sizes(shop, earlier.products[0])
            if others:
                return product_plan(replace(read, sizes=()), others)
        if shop.resolver.describes(earlier.products[0], subject):
            return product_plan(replace(read, asked=("description",)), earlier.products[:1])
        if only_varies(read):
            return nothing_plan(read, earlier.products)
    kept = _kept_in_stores(shop, read)
    if kept:
        return product_plan(read, kept)
    of_sort = about_sort(shop, read)
    if of_sort is not None:
        return of_sort
    wish = wish_of(read)
    of_all = read.kinds & OF_THE_LIST and read.categories and not wish.categories
    if of_all and not shop.named(beside(read)).records:
        wish = replace(wish, categories=read.categories)  # "for a poor student, the cheapest of the teas"
    if (wish.categories or wish.brands) and (
        shop.named(beside(read)).records or _says_longer_title(shop, read) or _counts_one(shop, read)
    ):
        wish = price_wish_of(read)  # another phrase names a product: 茶，龙井那种
    beside_it = beside(read).content if wish.categories or wish.brands else ""
    rule = rule_on(shop, read, beside_it) if beside_it and not _says_longer_title(shop, read) else None
    if rule is not None:
        return rule
    if not subject.content or wish.categories or wish.brands:
        return _filtered(shop, read, wish) if is_filtering(wish) else _having_a_column(shop, read)
    found = _called(subject, shop.resolver.resolve(subject, wish))
    if found.records:
        return _about_found(shop, inherited(read, earlier) if earlier.products and read.elliptical else read, found)
    if is_filtering(wish):
        unfiltered = shop.named(subject)
        if unfiltered.records and _WHETHER_IT_IS.search(read.folded):
            return product_plan(replace(read, asked=read.asked or ("price",)), unfiltered.records)
        return about_purpose(shop, read) or nothing_plan(read, unfiltered.records or unfiltered.nearest)
    wish = wish_of(read)
    if read.kinds & SEVERAL and (read.categories or read.sorts) and not wish.categories:
        wish = replace(wish, categories=read.categories or read.sorts)  # "for my father, some black tea"
        return _filtered(shop, read, wish)
    if earlier.products and shop.resolver.describes(earlier.products[0], subject):
        return product_plan(replace(read, asked=("description",)), earlier.products[:1])
    # "does the rugged case fit the Nova 9": its own column tells
    alone = [r for r in found.nearest if whole_names_said(read.folded, r) and records_any_attribute(r, read)]
    if alone:
        return product_plan(replace(read, colors=(), sizes=(), quantities=()), alone[:1])
    by_name = _by_name_alone(shop, read, subject, found.nearest)
    if by_name is not None:
        return by_name
    return (
        _near_telling(read, found.nearest)
        or _in_measures(shop, read)
        or _in_short(shop, read, found)
        or (about_purpose(shop, read) if asks_for_purpose(read) else None)
        or rule_after_all(shop, read, found.recall)
        or about_purpose(shop, read)
        or nothing_plan(read, found.nearest)
    )


def _kept_in_stores(shop: Shop, read: Understanding) -> tuple[Record, ...]:
    """The rows of the one product that a question names, in the stores that it names."""
    subject = subject_without(read, _any_of(read.stores)) if read.stores else None
    if subject is None or not subject.content:
        return ()
    rows = shop.resolver.resolve(subject, SearchWish("", stores=read.stores)).records
    return rows if len({row.key for row in rows}) == 1 else ()


def _any_of(values: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(value)) for value in values))


def _going_on(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """What a store or a number, said alone, asks of the product spoken of."""
    product = earlier.products[0]
    if read.asked[:1] == ("store",) and not read.content:
        return product_plan(read, everywhere(shop.catalogue, earlier.products))
    if product.fields.get("store"):
        there = in_the_store(shop.catalogue, read, product, shop.catalogue.vocabulary().stores)
        if there:
            counted = read.asks("count") or "stock" in read.asked or lexicon.HOW_MANY.search(read.folded)
            asking = replace(read, asked=("stock",), kinds=frozenset()) if counted else inherited(read, earlier)
            return product_plan(replace(asking, quantities=(), quantity_spans=()), there)
    if len({record.key for record in earlier.products}) == 1:
        numbered = of_that_number(shop.catalogue, read, product)
        if numbered:
            return product_plan(inherited(replace(read, quantities=(), quantity_spans=()), earlier), numbered)
        many = so_many(read, product)
        if many is not None:
            return product_plan(many, [product])
    return None


def _other_sizes(shop: Shop, product: Record) -> list[Record]:
    """The variants of a product in its other sizes ("and the bigger one?")."""
    size = product.fields.get("size")
    return [record for record in shop.catalogue.variants_of(product) if size and record.fields.get("size") != size]


def _in_measures(shop: Shop, read: Understanding) -> Plan | None:
    """The product whose size was said in soft words ("the big smoker"), where its sizes are measures."""
    if not lexicon.SOFT_SIZES.search(read.folded) and not says_which_size(read.folded):
        return None
    found = shop.named(subject_without(read, SOFT))
    of_size = of_the_size_said(read.folded, found.records)
    same = len(_sizes_of(found.records)) < 2 and len(of_size) == len(found.records)
    plainly = not read.attributes and set(read.asked) <= {"price", "stock", "location"}
    if _in_words(found.records) or (same and not (plainly and len(found.records) == 1)):
        return None
    return product_plan(replace(read, sizes=()), of_size, complete=found.complete)


def _in_short(shop: Shop, read: Understanding, found: Resolution) -> Plan | None:
    """The product of whose name a question leaves characters out between the first and the last: 红伞 for 红雨伞; None
    where several are called so."""
    short = subject_of(read).content
    if not _SHORT_NAME.fullmatch(short) or not (read.asked or read.attributes):
        return None
    between = r"[\u4e00-\u9fff]{0,2}".join(short)
    longer = re.compile(rf"(?<![\u4e00-\u9fff]){between}(?![\u4e00-\u9fff])")
    near = (*found.nearest, *shop.resolver.candidates(subject_of(read)))
    records = [record for record in near if longer.search(fold(record.title))]
    if len({record.title for record in records}) != 1:
        return None
    return product_plan(read, tuple({record.key: record for record in records}.values()))


def _family_of(shop: Shop, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records; of one alone all variants, since it may be there for having most of what is said, not all."""
    return records if len(records) > 1 else tuple(shop.catalogue.variants_of(records[0]))


def _has_size(shop: Shop, read: Understanding, records: Sequence[Record]) -> bool:
    """Whether a size that is said is one of the records', as far as theirs are words: S, M, no measures."""
    # "can't read the small print": of several sizes one may be none
    said = any(any(shop.resolver.says_any(each, size) for size in read.sizes) for each in records)
    return said or not _in_words(records)


def _says_longer_title(shop: Shop, read: Understanding) -> bool:
    """Whether the question says the whole name of a product that is more than the category it names."""
    said = {compact(fold(value)).rstrip("s") for value in (*read.categories, *read.brands)}
    records = shop.named(subject_of(read)).records[:1]
    return any(says_title(read.folded, r) and compact(fold(r.title)).rstrip("s") not in said for r in records)


def _counts_one(shop: Shop, read: Understanding) -> bool:
    """Whether the question counts what tells a product apart from others of its category: "the two person tent"."""
    said = counted_in(read.folded)
    if not said or read.kinds & SEVERAL:
        return False
    found = shop.named(subject_of(read)).records
    return bool(found) and all(shop.resolver.counts_any(record, said) for record in found)


def _of_another_brand(shop: Shop, read: Understanding, record: Record) -> bool:
    """Whether a brand is said that this product, which has another, says nothing of."""
    own = str(record.fields.get("brand") or "")
    if not read.brands or not own or own in read.brands:
        return False
    return not any(shop.resolver.says_any(record, (brand,)) for brand in read.brands)


def _of_another_kind(read: Understanding, found: Resolution) -> bool:
    """Whether a word right before the name, after an article, says that another thing is meant: "the magnetic pin
    cushion" where it is no word of the good."""
    names = {fold(record.title).split()[0] for record in found.records[:3] if record.title.strip()}
    return any(
        re.search(rf"\b(?:the|an?|any|some|your|our) {re.escape(word)} {re.escape(name)}", read.folded)
        for word in found.unknown.split()
        for name in names
        if word.isascii() and word.isalpha() and word not in idioms.SAYS_LITTLE
    )


def _of_another_material(shop: Shop, read: Understanding, records: Sequence[Record]) -> bool:
    """Whether a material is said before the name of goods of which no row says it: "silk sleeping bags"."""
    said = idioms.MATERIAL.search(read.folded)
    if (
        said is None
        or read.attributes
        or any(shop.resolver.says_any(record, (said.group(),)) for record in records[:3])
    ):
        return False
    following = fold(records[0].title).split() if read.language == "en" else [fold(records[0].title)[:2]]
    return any(read.folded[said.end() :].lstrip(" 的").startswith(word) for word in following)


def _filtered(shop: Shop, read: Understanding, wish: SearchWish) -> Plan:
    """All that a category, brand or price range leaves."""
    records = tuple(hit.record for hit in shop.catalogue.search(replace(wish, limit=ROWS_WEIGHED + 1)))
    said = [each for each in counted_in(read.folded) if not read.filler[each[0]]] if records else []
    if said:
        counting = tuple(record for record in records if shop.resolver.counts_any(record, said))
        if not counting and any(shop.resolver.counts_otherwise(record, read.folded) for record in records):
            return nothing_plan(read, records)
        records = counting or records
    if not records and wish.sizes:  # no row writes it as its size: "the large hamper", Large Cheese Hamper
        hits = shop.catalogue.search(replace(wish, sizes=(), limit=ROWS_WEIGHED))
        every = tuple(hit.record for hit in hits)
        records = tuple(record for record in every if shop.resolver.says_any(record, wish.sizes))
        records = records or (of_size if len(of_size := of_the_size_said(read.folded, every)) < len(every) else ())
        records = records or (every if conditions_said(read, every) else ())  # "a small stove, 5 kW or less"
    if not records and wish.colors:  # the shop may have its colours in a column of another name
        hits = shop.catalogue.search(replace(wish, colors=(), limit=ROWS_WEIGHED))
        records = tuple(hit.record for hit in hits if shop.resolver.says_any(hit.record, wish.colors))
    conditions = conditions_said(read, records) if records else []
    records = tuple(r for r in records if all(each.holds(r) for each in conditions)) or records
    if records and tells_of_it(read):
        known = [*sort_spans(read), *(span for each in conditions for span in each.spans)]
        records = tuple(those_told(read.folded, records, known))
    if not records:
        rest = replace(wish, in_stock=False, min_price=None, max_price=None, colors=(), sizes=(), limit=3)
        near = shop.catalogue.search(rest) if is_filtering(rest) else []
        return nothing_plan(read, [hit.record for hit in near])
    return product_plan(read, records, complete=len(records) <= ROWS_WEIGHED)


def _about_found(shop: Shop, read: Understanding, found: Resolution) -> Plan:
    """The products that are named, unless a rule fits better or they are not what was meant after all."""
    if _adds_up_more(shop, read, found):
        return nothing_plan(read, found.records)  # what is known alone is no sum of the whole
    by_value = narrowed(read, _family_of(shop, found.records))
    if by_value is not None:
        left = tuple(record for record in found.records if record in by_value.records)
        if not left:
            return nothing_plan(read, found.records)
        read, found = by_value.read, replace(found, records=left)
    if len({record.title for record in found.records}) > 1:
        conditions = conditions_said(read, found.records)
        left = tuple(record for record in found.records if all(each.holds(record) for each in conditions))
        found = replace(found, records=left or found.records)
        read = _uncounted(read, conditions) if left else read
    part = _part_unknown(shop, read, found.records[0])
    if part:
        return unknown_plan(read, replace(found, unknown=part))
    rule = better_rule(shop, read, found)
    if rule is not None:
        return rule
    if not all(shop.resolver.says_any(found.records[0], spellings) for spellings in read.colors):
        return nothing_plan(read, found.records)
    if all(shop.resolver.counts_otherwise(record, read.folded) for record in found.records):
        return nothing_plan(read, found.records)
    if _of_another_kind(read, found):
        return nothing_plan(read, found.records)
    if _of_another_brand(shop, read, found.records[0]) or _of_another_material(shop, read, found.records):
        return nothing_plan(read, found.records)
    if read.sizes and not _has_size(shop, read, found.records):
        return nothing_plan(read, found.records)
    found = replace(found, records=of_the_size_said(read.folded, found.records))
    if lexicon.IN_STOCK_ONLY.search(read.folded):
        there = tuple(record for record in found.records if record.fields.get("stock"))
        found = replace(found, records=there or found.records)
    told = shop.resolver.told_by(found.records[0], subject_of(read)) if _asks_whether(read) else ()
    if told and len({record.title for record in found.records}) == 1:
        return product_plan(replace(read, asked=told), found.records[:1])
    if not (read.asked or read.attributes or read.kinds - {"exists"}) and len({r.title for r in found.records}) == 1:
        read = replace(read, attributes=headings_said(read.content, found.records[0]))
    matter = _matter_unknown(read, found)
    other = columns_with_value(matter, shop.catalogue.vocabulary().attributes) if matter else ()
    if any(found.records[0].attributes.get(name) for name in other):  # "does it come in paperback"
        return product_plan(replace(read, asked=(), attributes=other), found.records, complete=found.complete)
    if matter:
        return _told_in_row(read, found.records) or unknown_plan(read, replace(found, unknown=matter))
    plan = product_plan(read, found.records, complete=found.complete)
    beside = _told_beside(read, plan, found.records)
    if beside is not None:
        return beside
    loosely = not (read.asked or read.attributes) or (
        read.asked == ("price",) and not lexicon.SURELY_MONEY.search(read.folded)
    )
    if (
        plan.intent == "not_recorded"
        or (loosely and not read.kinds - {"exists", "policy"})
        or _only_in_name(read, found.records[0])
    ):
        return _told_in_row(read, found.records) or plan
    return plan


def _uncounted(read: Understanding, conditions: Sequence[Condition]) -> Understanding:
    """A question without the quantities that are part of conditions: "for someone with three hives"."""
    said = [span for condition in conditions for span in condition.spans]
    kept = [
        (number, span) for number, span in zip(read.quantities, read.quantity_spans, strict=False)
        if not overlaps(span, said)
    ]  # fmt: skip
    return replace(read, quantities=tuple(n for n, _ in kept), quantity_spans=tuple(span for _, span in kept))


def _adds_up_more(shop: Shop, read: Understanding, found: Resolution) -> bool:
    """Whether a question adds up more than the goods that are found: 两刀黄纸一袋金元宝, the first unknown; or two
    goods, of which several are called as the one."""
    if read.quantities and (_COUNTED_TOO.search(found.unknown) or _joins_unknown(read, found)):
        return True
    return read.asks("total") and len(found.records) > 1 and _names_more(shop, found)


def _joins_unknown(read: Understanding, found: Resolution) -> bool:
    """Whether a part of what is added up names nothing that the found goods have: "a headlamp and two *sprockets*"."""
    unknown = frozenset(runs(found.unknown))
    said = (match for match in lexicon.JOINS.finditer(read.folded) if match.group() not in ",;")  # a story has commas
    joins = (place for match in said for place in match.span())
    places = [0, *joins, len(read.folded)]
    parts = zip(places[::2], places[1::2], strict=True)
    named = [runs(Subject(read.folded[start:end], read.filler[start:end]).content) for start, end in parts]
    titles = [fold(record.title) for record in found.records]  # the best one alone tells what is unknown
    beside = [words for words in named if words and not any(word in title for word in words for title in titles)]
    return len(named) > 1 and any(unknown.issuperset(words) for words in beside)


def _names_more(shop: Shop, found: Resolution) -> bool:
    """Whether what the found goods do not have of a question names goods as well."""
    rest = found.unknown
    return bool(rest) and bool(shop.named(Subject(rest, (False,) * len(rest))).records)


def _having_a_column(shop: Shop, read: Understanding) -> Plan | None:
    """All goods of which a column tells no "no", where a question for several names nothing else: 能上牌的有哪些."""
    if not read.attributes or not read.kinds & {"list", "count"}:
        return None
    told = [
        record for record in all_goods(shop, SearchWish(""))
        if any((said := record.attributes.get(name)) and not _SAYS_NO.match(fold(said)) for name in read.attributes)
    ]  # fmt: skip
    return product_plan(read, told) if told else None


def _only_in_name(read: Understanding, record: Record) -> bool:
    """Whether all columns that seem to be asked for are words of the good's name: the 恒温 of a 恒温花洒."""
    name = fold(record.title)
    spoken = [spoken_of_heading(fold(column)) for column in read.attributes]
    return bool(spoken) and not read.asked and all(said in name and read.folded.count(said) == 1 for said in spoken)


def _told_in_row(read: Understanding, records: Sequence[Record]) -> Plan | None:
    """What is asked, as a note or another column of the row tells it."""
    told = fields_telling(read.folded, records[0]) if len({record.title for record in records}) == 1 else ()
    if not told and len({record.title for record in records}) == 1:
        piece = piece_telling(asked_of(read.folded, records[0]), records[0])
        told = (piece.field,) if piece is not None and not _tells_apart(read, piece.field) else ()
    return product_plan(replace(read, asked=told, attributes=(), quantities=()), records[:1]) if told else None


def _tells_apart(read: Understanding, field: str) -> bool:
    """Whether a value is said to tell goods apart and not asked for: 超六类网线有没有."""
    return field in ("size", "color") and read.asks("exists")


def _told_beside(read: Understanding, plan: Plan, records: Sequence[Record]) -> Plan | None:
    """What a piece of the row tells in the very word that is asked about, where the plan tells other columns that have
    no such word: of "what size tip" the tip, not the length."""
    if plan.intent != "value" or len(plan.points) > 2 or len({record.title for record in records}) > 1:
        return None
    if read.kinds - {"exists", "policy"} or (set(read.asked) - {"price", "size"} and not read.attributes):
        return None
    if "price" in read.asked and lexicon.SURELY_MONEY.search(read.folded):
        return None
    asked = asked_of(read.folded, records[0])
    piece = piece_telling(asked, records[0]) if asked.words else None
    if piece is None or _tells_apart(read, piece.field) or piece.field in {point.field for point in plan.points}:
        return None
    if any(says_any(asked, point.name, point.value) for point in plan.points):
        return None
    return product_plan(replace(read, asked=(piece.field,), attributes=(), quantities=()), records[:1])


def _near_telling(read: Understanding, nearest: Sequence[Record]) -> Plan | None:
    """What the row that comes nearest tells, where all that a question says beside its name stands in one piece of it:
    "how fast does the viper go"."""
    if read.kinds - {"policy"} or set(read.asked) - {"price", "size"} or lexicon.SURELY_MONEY.search(read.folded):
        return None
    for record in nearest:
        asked = asked_of(read.folded, record)
        piece = piece_telling(asked, record) if asked.named else None
        if piece is not None and says_all(asked, piece):
            return product_plan(replace(read, asked=(piece.field,), attributes=(), quantities=()), [record])
    return None


def _by_name_alone(shop: Shop, read: Understanding, subject: Subject, nearest: Sequence[Record]) -> Plan | None:
    """The plan of a question for a column, of what its naming phrase says and nothing else: "will *the rope* float"."""
    if not nearest or not read.attributes or read.kinds & (SEVERAL | {"exists", "compare", "total", "promotion"}):
        return None
    named = named_apart(subject, nearest[0])
    found = shop.resolver.resolve(named, SearchWish("")) if named is not None else None
    if found is None or not found.records or not any(records_any_attribute(each, read) for each in found.records):
        return None
    return _about_found(shop, read, found)


def _thing_asked(read: Understanding, found: Resolution) -> str:
    """A thing that is asked for of one product and stands nowhere in its row."""
    if len({record.title for record in found.records}) > 1:
        return ""
    record = found.records[0]
    told = [record.title, *map(str, record.fields.values()), *record.attributes, *record.attributes.values()]
    return thing_asked(read.folded, read.filler, found.unknown, fold(" ".join(told)))


def _matter_unknown(read: Understanding, found: Resolution) -> str:
    """What of a product is asked for, in words that no column or row has; "" where nothing such is."""
    if _asks_unknown(read, found):
        return found.unknown
    if read.attributes or read.kinds - {"exists", "how-to", "count"} or set(read.asked) - {"price", "stock"}:
        return ""
    if not lexicon.SURELY_MONEY.search(read.folded) and (thing := _thing_asked(read, found)):
        return thing
    if read.asked or read.asks("count"):
        return ""
    if _asks_whether(read) and (asked := property_asked(read.folded, found.unknown)):
        return asked
    return doer_asked(read.folded, found.unknown)


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


def _asks_whether(read: Understanding) -> bool:
    """Whether a question wants a yes or a no about a product, and names no field."""
    return not (read.asked or read.attributes or read.kinds - {"exists"}) and bool(_WHETHER.search(read.folded))


def _part_unknown(shop: Shop, read: Understanding, record: Record) -> str:
    """A part or measure that is asked for right behind the name of a good and stands nowhere in its row: 裙的*裙长*."""
    match = _PART.search(read.folded)
    if match is None or read.attributes or not fold(record.title).endswith(match[1]):
        return ""
    told = (record.title, *map(str, record.fields.values()), *record.attributes, *record.attributes.values())
    part, row = match[2], fold(" ".join(told))
    title = fold(record.title)
    named = any(part[place : place + 2] in title for place in range(len(part) - 1))
    known = part in row or named or any(pattern.search(part) for pattern in lexicon.ASKED_FIELDS.values())
    headings = (fold(name) for name in shop.catalogue.vocabulary().attributes)
    return "" if known or any(part in heading or heading in part for heading in headings) else part


def _asks_unknown(read: Understanding, found: Resolution) -> bool:
    """Whether the question asks for something, and names it, that no column of the shop records."""
    unknown = re.escape(found.unknown)
    if len(found.unknown) > 2 - is_han(found.unknown[-1:] or " ") and re.search(
        rf"(?:^|[^\W\d_]){unknown}(?:的|有|是)?多[长大高宽厚重深粗沉]"
        r"|\bhow (?:long|heavy|wide|tall|thick|big|deep|high|large) (?:is|are) the (?:[a-z]+ )?"
        rf"{unknown} (?:on|of|in|for)\b",
        read.folded,
    ):
        return True  # of a part of it: "how long is the cord on the vacuum"
    if read.asked or read.attributes or read.kinds - {"exists", "how-to"}:
        return False
    if len(found.unknown) < 2:
        return False
    if not is_han(found.unknown[-1]):
        named = rf"\b(?:the|its|what|which|how) (?:\w+ )?{unknown}(?: \w+)? (?:of|on|for|in|does|do|is|are|has)\b"
        return re.search(rf"{named}|'s {unknown}\b", read.folded) is not None
    if re.search(rf"{unknown}(?:有|是)?(?:多少|几(?!个|件|款)|多[长大高宽厚重深])", read.folded):
        return True
    return (
        len(found.unknown) > 2
        and found.recall < 0.9
        and bool(re.search(rf"(?:的|多|有没有)\s*{unknown}|{unknown}(?:是|多少|几|怎|吗|\?|$)", read.folded))
    )
