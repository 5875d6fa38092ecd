"""What the row of the good spoken of tells: a question that goes on about it is held against its own columns and its
variants before anything else in the shop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.asked_of_good import asked_of
from shopdesk.core.following import Earlier
from shopdesk.core.late import late
from shopdesk.core.measures import kind_of_unit, kinds_in
from shopdesk.core.plan import Plan
from shopdesk.core.profiles import stem
from shopdesk.core.record_plans import product_plan, value_plan
from shopdesk.core.resolving import Subject
from shopdesk.core.row_pieces import piece_telling
from shopdesk.core.shop import Shop
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.told_in_row import fields_telling
from shopdesk.core.types import Fact, Record
from shopdesk.core.understanding import Understanding
from shopdesk.core.wording import shown_attributes

_LITTLE = frozenset(
    (
        "the", "and", "how", "many", "much", "what", "which", "when", "where", "who", "why", "does", "did", "has",
        "have", "had", "got", "get", "any", "with", "for", "from", "its", "this", "that", "these", "those", "they",
        "them", "one", "ones", "are", "was", "were", "will", "would", "can", "could", "should", "you", "your", "our",
        "cost", "costs", "price", "money", "stock", "left", "there", "here", "come", "comes", "want", "wants", "need",
        "needs", "take", "takes", "then", "also", "too", "please", "full", "usual", "usually", "normally", "about",
        "good", "like", "made", "make", "kind", "sort", "type", "long", "size", "big", "use", "used", "all", "not",
        "out", "some", "each", "more", "less", "other", "another", "same", "just", "only", "sell", "show", "tell",
        "him", "her", "his", "their", "customer", "lady", "man", "in", "on", "of", "it", "to", "is", "do", "we", "a",
        "at", "by", "be", "or", "as", "if", "so", "off", "up", "say", "says", "new", "old",
    )
)  # fmt: skip
_LITTLE_HAN = late(
    r"什么|多少|多大|多长|怎么样|怎么|怎样|如何|哪[里儿个种款些]?|几|[啥吗呢么吧啊呀嘛的了]|有没有|还有|是不是|可以|能不能|一下|这个|那个|这款|那款|它们?"
    r"|要|有|是|个|还|都|也|多|能|会|给|用|里面?|一|价格?|钱|块|元|货|剩|现在|大概|一般|需要|送不送"
)
_CLAUSE_ZH = late(
    r"(?P<before>[\u4e00-\u9fff]?)(?:什么|啥|哪种)(?P<after>[\u4e00-\u9fff]{0,3})|怎么(?P<how>[\u4e00-\u9fff]{1,3})"
)
_AMOUNT = late(r"(?:多少|几)(?P<zh>[\u4e00-\u9fff]{1,2}|[a-z]{1,4})|\bhow many (?P<en>[a-z]+)|\bwhat (?P<of>[a-z]+)")
_WITH_IT = late(
    r"\bwhat (?:do|does|will|'s|is|comes?|else)\b.* (?:get|come|comes|included|with it|with them|in (?:it|the (?:box|bag|pack|set)))\b"
    r"|\bwhat(?:'s| is) in (?:it|the (?:box|bag|pack|set))\b|\banything (?:with it|included|thrown in)\b"
    r"|[送带配赠附](?:的|了|点)?(?:啥|什么|东西|哪些)|有(?:啥|什么)(?:送|赠|配)"
)
_HOLDS = re.compile(
    r"comes? with|in the (?:box|bag|pack|set|kit)|includ|extras?|supplied|contents?|accessor|附|配|赠|送|包含|内含|清单"
)
_GIVEN = re.compile(r"^[送赠附配带含]|[,，;；、 ][送赠附]|\b(?:with|includes?|comes with|free)\b")
_POINTS = late(r"\b(?:it|its|they|them|their|this one|that one)\b|[它这那]")
_COLOUR = re.compile(r"colou?r|shade|颜色|色")
_MATCHING = late(
    r"\b(?:matching|to match|same colou?r|to go with (?:it|them))\b|同色|同款色|配套|同系列|一样颜色|一个色"
)
_LEFT = late(r"\bleft(?=[ -]?(?:hand|handed|ones?|foot|side|grip|wing)\b)|\b(?:the|a) left\b")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_PLAIN = frozenset({"price", "stock", "location"})
_SHORTEST = 4
_VARIANTS_READ = 60
_SEVERAL = frozenset({"compare", "total", "cheapest", "dearest", "recommend", "substitute", "promotion"})
_SUM = late(r"(?:几|多少)[块元钱]|\bhow much (?:is|are|for|do|does)\b.*(?:cost|sell|go for|each|a)?\b")
_HOLDERS = "bags?|packs?|packets?|boxe?s?|tins?|bottles?|rolls?|pairs?|sets?|metres?|kilos?|litres?|units?|pieces?"
_SO_MUCH_LEFT = late(
    rf"(?:and |so |then )?(?:how many(?: (?:of (?:it|them|that|those)|{_HOLDERS}))?"
    r"|how much(?: of (?:it|that))?(?= ))"
    r"(?: (?:have|do) (?:we|you)(?: (?:got|have))?(?: left| in(?: stock)?)?| (?:is|are) (?:there|left)(?: left)?| left"
    r"| in stock)?"
)
"""Asks how much of it there is, and nothing else."""
_BIGGER = late(r"大一[号点些码]|大[号点]的|更大的|再大点|\b(?:bigger|larger|next size up)\b")
_SMALLER = late(r"小一[号点些码]|小[号点]的|更小的|再小点|\b(?:smaller|littler|next size down)\b")


def plan_on_talk(shop: Shop, read: Understanding, earlier: Earlier, plan: Plan) -> Plan | None:
    """The plan of a question about the good spoken of, where `plan` found nothing, or something else, and the row of
    that good or of a variant of it has what is asked."""
    goods = earlier.products
    if not goods or read.codes or plan.intent == "small_talk" or len({record.title for record in goods}) > 1:
        return None
    product = goods[0]
    elsewhere = _is_elsewhere(plan, product, read)
    if elsewhere is None:
        return None
    if _SO_MUCH_LEFT.fullmatch(read.folded.strip(" ?.!")):
        return product_plan(replace(read, asked=("stock",), attributes=(), kinds=frozenset()), goods)
    variant = _variant_said(shop, read, product) if len(goods) == 1 else None
    if variant is not None and (elsewhere or variant.key not in _keys(plan)):
        asking = replace(read, asked=_asked_again(read, earlier), colors=(), sizes=(), quantities=(), quantity_spans=())
        return product_plan(asking, [variant])
    told = _fields_told(read, product)
    if told and not set(told) <= {point.field for point in plan.points if not elsewhere}:
        fact = Fact(1, product)
        return value_plan(replace(read, asked=told, attributes=()), (fact,), fact, told)
    if plan.intent != "not_found":
        return None
    return _going_with(shop, read, earlier, product) or _of_it(read, earlier)


def _is_elsewhere(plan: Plan, product: Record, read: Understanding) -> bool | None:
    """Whether a plan is about nothing, or about something that the question does not name; None where it stands."""
    if plan.intent in ("not_found", "not_recorded"):
        return True
    records = [
        fact.record for fact in plan.facts if fact.id in plan.sources or fact.id == getattr(plan.target, "id", 0)
    ]
    kinds = {record.kind for record in records} - {"computed"}
    if kinds & {"order", "store"} or (kinds & {"policy", "promotion"} and read.asks("policy") | read.asks("promotion")):
        return None
    if kinds & {"policy"}:
        return True
    goods = [record for record in records if record.kind == "product"]
    if any(record.key == product.key for record in goods) and len(goods) == 1:
        asks_nothing = not (read.asked or read.attributes)  # the plan tells what was asked before
        plain = {point.field for point in plan.points} <= _PLAIN or asks_nothing
        return False if plan.intent == "value" and plain else None
    if any(record.title == product.title for record in goods) and product.key not in {row.key for row in goods}:
        return None  # a variant of it was understood
    said = set(map(stem, runs(read.folded)))
    if any(_says_title(record, said, read.folded) for record in goods):
        return None
    return True if goods and not read.kinds & _SEVERAL else None


def _says_title(record: Record, said: set[str], folded: str) -> bool:
    """Whether a word of a good's name is said, or two characters of it in a row."""
    title = fold(record.title)
    if any(word in said for word in map(stem, runs(title)) if len(word) > 2 and word.isascii()):
        return True
    pairs = (title[at : at + 2] for at in range(len(title) - 1))
    return any(all(map(is_han, pair)) and pair in folded for pair in pairs)


def _keys(plan: Plan) -> set[str]:
    return {fact.record.key for fact in plan.facts}


def _asked_again(read: Understanding, earlier: Earlier) -> tuple[str, ...]:
    before = earlier.understanding.asked if earlier.understanding is not None else ()
    if read.asks("exists") and not set(read.asked) - {"stock"}:
        return tuple(dict.fromkeys(("stock", *before)))
    return read.asked or before


def _variant_said(shop: Shop, read: Understanding, product: Record) -> Record | None:
    """The one variant of a good of whose values a word is said that this one has not."""
    variants = shop.catalogue.variants_of(product)[:_VARIANTS_READ]
    others = [each for each in variants if each.key != product.key]
    if not others:
        return None
    larger = _BIGGER.search(read.folded) is not None
    if larger or _SMALLER.search(read.folded):
        return _next_size(product, others, larger=larger)
    said = {stem(word) for word in runs(read.folded) if len(word) >= _SHORTEST and word not in _LITTLE}
    if _LEFT.search(read.folded):
        said.add("left")
    own = _value_words(product)
    having = {each.key: each for each in others if said & (_value_words(each) - own)}
    return next(iter(having.values())) if len(having) == 1 else None


def _next_size(product: Record, others: Sequence[Record], *, larger: bool) -> Record | None:
    """The variant of the next size up or down, where sizes are figures in a column of theirs."""
    size = _size_of(product)
    if size is None:
        return None
    sized = [(each_size - size, each) for each in others if (each_size := _size_of(each)) is not None]
    beyond = [(abs(step), each) for step, each in sized if (step > 0 if larger else step < 0)]
    nearest = min((step for step, _ in beyond), default=0)
    found = [each for step, each in beyond if step == nearest]
    return found[0] if len(found) == 1 else None


def _size_of(record: Record) -> float | None:
    match = _FIGURE.search(str(record.fields.get("size") or ""))
    return float(match.group()) if match else None


def _value_words(record: Record) -> set[str]:
    values = [
        *(str(record.fields.get(name) or "") for name in ("color", "size")),
        *record.attributes.values(),
        record.title,
    ]
    return {stem(word) for value in values for word in runs(fold(value)) if len(word) >= _SHORTEST or word.isdigit()}


def _fields_told(read: Understanding, product: Record) -> tuple[str, ...]:
    """The columns of a good's row that tell what a question asks, whatever they are called."""
    if _WITH_IT.search(read.folded):
        held = tuple(f"attributes.{name}" for name in _own(product) if _HOLDS.search(fold(name)))
        held = held or tuple(f"attributes.{name}" for name in _own(product) if _GIVEN.search(product.attributes[name]))
        if held:
            return held
    if "price" in read.asked and _SUM.search(read.folded):
        return ()
    counted = fields_telling(read.folded, product)
    if counted:
        return counted
    if read.asked and lexicon.SURELY_MONEY.search(read.folded):
        return ()
    piece = piece_telling(asked_of(read.folded, product), product)
    if piece is not None:
        return (piece.field,)
    found = [name for name in _own(product) if _heading_said(name, read, product)]
    found = (
        found
        or list(_by_measure(read, product))
        or [name for name in _own(product) if _value_said(name, read, product)]
    )
    return tuple(f"attributes.{name}" for name in found) if len(found) < 3 else ()


def _own(product: Record) -> list[str]:
    return [name for name in shown_attributes(product) if product.attributes[name]]


def _nouns(read: Understanding, product: Record) -> set[str]:
    """The English words of a question that may be what is asked for."""
    title = set(map(stem, runs(fold(product.title))))
    return {
        stem(word)
        for word in runs(read.folded)
        if word.isascii() and word.isalpha() and len(word) > 2 and word not in _LITTLE
    } - title


def _heading_said(name: str, read: Understanding, product: Record) -> bool:
    heading = fold(name.replace("_", " "))
    if not any(map(is_han, heading)):
        words = {stem(word) for word in runs(heading) if word not in _LITTLE}
        return any(_same_root(word, noun) for word in words for noun in _nouns(read, product))
    rest = _LITTLE_HAN.sub(" ", read.folded.replace(fold(product.title), " "))
    if any(rest[at : at + 2] in heading for at in range(len(rest) - 1) if is_han(rest[at]) and is_han(rest[at + 1])):
        return True
    for match in _CLAUSE_ZH.finditer(read.folded):
        if match["how"] and set(match["how"]) & set(heading) - set("用做样"):
            return True
        if match["before"] and heading.startswith(match["before"]):
            return True
    return False


def _value_said(name: str, read: Understanding, product: Record) -> bool:
    value = fold(product.attributes[name])
    if any(
        _same_root(stem(word), noun)
        for word in runs(value)
        if word.isalpha() and len(word) > 2
        for noun in _nouns(read, product)
    ):
        return True
    after = (match["after"] for match in _CLAUSE_ZH.finditer(read.folded))
    return any(text and is_han(text[0]) and text.strip("的了呢吗") and text[0] in value for text in after)


def _by_measure(read: Understanding, product: Record) -> Iterator[str]:
    """The columns with a value in the unit that is asked for: 几千瓦, "what voltage"."""
    for match in _AMOUNT.finditer(read.folded):
        said = match["zh"] or match["en"] or match["of"]
        units = (said, said[:2], said[:1]) if match["zh"] else (said, said.removesuffix("age"), said.removesuffix("s"))
        kind = next((kind for unit in units if unit and (kind := kind_of_unit(unit)) is not None), None)
        if kind is not None:
            yield from (name for name in _own(product) if kind in kinds_in(fold(product.attributes[name])))
            return


def _same_root(one: str, other: str) -> bool:
    """volt, voltage; dart, darts."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _SHORTEST and long.startswith(short) and len(long) - len(short) < _SHORTEST)


def _going_with(shop: Shop, read: Understanding, earlier: Earlier, product: Record) -> Plan | None:
    """A good of another sort that goes with the one spoken of by its colour: "and the matching skirt"."""
    content = _MATCHING.sub(" ", read.content).strip()
    if not _MATCHING.search(read.folded) or not content:
        return None
    rows = shop.named(Subject(content, (False,) * len(content))).records
    alike = [row for row in rows if _colours(row) & _colours(product)]
    asking = replace(read, asked=_asked_again(read, earlier), quantities=(), quantity_spans=())
    return product_plan(asking, alike) if alike else None


def _colours(record: Record) -> set[str]:
    """What colour a good is, by the shop's words for it."""
    said = [
        str(record.fields.get("color") or ""),
        *(v for n, v in record.attributes.items() if _COLOUR.search(fold(n))),
    ]
    said = [value for value in said if value] or [v for v in record.attributes.values() if fold(v) in _COLOUR_WORDS]
    return set(map(fold, filter(None, said)))


_COLOUR_WORDS = frozenset(word for family in lexicon.COLORS for word in family)


def _of_it(read: Understanding, earlier: Earlier) -> Plan | None:
    """What is asked of "it", where nothing else that is said names anything."""
    if not _POINTS.search(read.folded) or not (read.asked or read.attributes) or read.kinds & _SEVERAL:
        return None
    return product_plan(replace(read, quantities=(), quantity_spans=()), earlier.products)
