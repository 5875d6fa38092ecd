"""Questions about what the shop does around its goods and what befalls these, where a rule is on just that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shopdesk.core.about_orders import orders_of
from shopdesk.core.about_rules import asks_for
from shopdesk.core.acts import acts_said
from shopdesk.core.following import Earlier
from shopdesk.core.late import late
from shopdesk.core.plan import Plan
from shopdesk.core.profiles import stem
from shopdesk.core.quoting import BACK, TAKES_BACK, Quotation, Quoter
from shopdesk.core.record_plans import product_plan, records_any_attribute
from shopdesk.core.resolving import Resolution, whole_names_said
from shopdesk.core.rule_plans import quote, quoted_plan, surely_ruled
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_of, subject_without
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_DONE_BY_SOMEBODY = late(
    r"\b(?:can|could|will|would|should|shall|do|does|did|must|may|might) (?:you|we|they|i|he|she|someone|somebody|a customer|customers|people)\b(?! (?:have|sell|stock|got|carry|keep|recommend|sold))"
    r"|\b(?:how (?:should|do|can|to|long|much is it to)|(?:cost|costs|charge|charges|much|pay|price|free) (?:[a-z]+ ){0,2}(?:to|for))\b"
    r"|帮|给|替|能|可以|会|怎么|如何|要不要|[收要]钱|免费"
)
"""Asks for something to be done rather than for goods."""
_OF_GOODS = frozenset({"substitute", "instead"})
_OF_RULES = frozenset({"price", "list_price", "description", "stock", "size"})
"""Fields whose words also ask about a rule: "how much to hem", "how many samples"."""
_OF_SEVERAL = frozenset({"recommend", "list", "compare", "promotion", "total", "cheapest", "dearest", "count"})
_LEAST, _LEAST_TITLED, _TITLE_MEANT, _HALF_MEANT = 0.25, 0.15, 0.28, 0.5
_HAS_GOODS = late(
    r"\b(?:do|does|have|has) (?:you|we|they)(?: guys)?(?: also| still)? (?:have|sell|carry|stock|got|keep)\b|\bgot any\b|\bany [a-z]+ left\b"
    r"|有没有|有卖|卖不卖|有.{0,12}[吗么嘛没]\W*$"
)
"""Asks for goods: "do you do …" and "do you take …" do not."""
_AT_LEAST = late(r"最少|至少|\b(?:minimum|least|smallest|shortest)\b")
_WHAT_IS_DONE = late(
    r"\b(?:do|does|would|could|can|will) (?:you|we|they) (?:charge|do|offer|take|fill|give|let|make|allow)\b|\bwhat (?:if|happens)\b|\bget (?:[a-z]+ ){0,2}back\b|\bcost(?:s)? to (?!buy|get)"
    r"|能[^,，。]{0,6}不(?!能)|能不能|可以[^,，。]{1,6}[吗么不]|[要收]钱[吗么不]|[收帮给]不[收帮给]|得[拿带有][啥什]|配一?[把个副]"
)
"""Asks for something to be done."""
_GOODS_MEANT = 0.7


def about_act(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """The rule on an act that is asked for ("take up my trousers", 死了包不包); none where goods are asked for."""
    said = _acts_beside_names(read)
    doing = said or _WHAT_IS_DONE.search(read.folded)
    if not doing or read.kinds & _OF_GOODS or set(read.asked) - _OF_RULES:
        return None
    quotation = quote(shop.catalogue, read, read.question)
    if quotation is not None and TAKES_BACK.search(read.folded) and not _takes_back(quotation):
        return None
    if quotation is None or not (quotation.acts or _says_more_than_goods(quotation)):
        return None
    named = shop.named(subject_of(read))
    if asks_for(read, named):
        return None
    if quotation.acts and quotation.coverage < _least_for(read, quotation, named):
        return None
    spoken_of = () if subject_without(read, _any_of(said)).content else earlier.products[:1]
    told = _told_by_column(spoken_of or named.records, read, said)
    if told:
        records = tuple(spoken_of or named.records)
        return product_plan(replace(read, asked=(), attributes=told, kinds=frozenset()), records)
    if spoken_of and _tells(spoken_of[0], read, said):
        return None
    if _means_goods(read, named, said, quotation):
        return None
    if not quotation.acts and not _says_what_they_lack(quotation, named):
        return None
    surely = quotation.titled and surely_ruled(quotation) and "price" in read.asked
    return quoted_plan(read, quotation) if surely or not orders_of(shop, read) else None


def _takes_back(quotation: Quotation) -> bool:
    said = fold(" ".join((quotation.record.title, *quotation.sentences)))
    return BACK.search(said) is not None


def _says_more_than_goods(quotation: Quotation) -> bool:
    return surely_ruled(quotation) and quotation.words > 1


def _says_what_they_lack(quotation: Quotation, named: Resolution) -> bool:
    """Whether the rule has the words of the question that the goods which are named have not."""
    if not named.records or not named.unknown:
        return False
    rest = Quoter(named.unknown, [quotation.record], "zh" if is_han(named.unknown[-1]) else "en").best()
    return rest is not None and bool(rest.words or rest.concepts or rest.titled) and surely_ruled(rest)


def _acts_beside_names(read: Understanding) -> list[str]:
    """The words of a question that ask for an act and are no part of what goods or their sorts are called."""
    places = [span for spans in acts_said(read.folded).values() for span in spans]
    named = [match.span() for value in (*read.categories, *read.sorts, *read.brands) for match in _finding(value, read)]
    return [
        read.folded[a:b]
        for a, b in places
        if not any(start <= a and b <= end for start, end in (*named, *read.name_spans))
    ]


def _finding(value: str, read: Understanding) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(fold(value)), read.folded)


def _least_for(read: Understanding, quotation: Quotation, named: Resolution) -> float:
    """The share of the question that the rule must have: more where goods may be asked for, less where its title is
    about what is asked."""
    several = read.kinds & _OF_SEVERAL - ({"cheapest"} if _AT_LEAST.search(read.folded) else set())
    if several or _HAS_GOODS.search(read.folded):
        meant = quotation.titled and not named.records and (not several or quotation.words > 1)
        return (_HALF_MEANT if several else _TITLE_MEANT) if meant else _GOODS_MEANT
    return _LEAST_TITLED if quotation.titled else _LEAST


def _means_goods(read: Understanding, named: Resolution, acts: Sequence[str], quotation: Quotation) -> bool:
    """Whether the goods that are named answer rather than a rule: the act is in their name, or a column tells of it."""
    for record in named.records[:1]:
        called = whole_names_said(read.folded, record)
        own = fold(" ".join((*called, str(record.fields.get("size") or ""))))
        if _tells(record, read, acts) or (called and acts and all(act in own for act in acts)):
            return True  # "a bulk bag of kiln dried logs"
    titles = [fold(record.title) for record in (*named.records[:3], *named.nearest[:3])]
    in_name = any(re.search(rf"(?<![a-z]){re.escape(act)}", title) for act in acts for title in titles)
    return in_name and not (_DONE_BY_SOMEBODY.search(read.folded) and surely_ruled(quotation))


def _told_by_column(records: Sequence[Record], read: Understanding, acts: Sequence[str]) -> tuple[str, ...]:
    """The column of the goods that is called by the act: 租金 where 租 is asked, Wash at for "how is it washed"."""
    if read.attributes or not records or set(read.asked) - {"price"} or _HAS_GOODS.search(read.folded):
        return ()
    acts = [act for act in dict.fromkeys(acts) if act not in fold(records[0].title)]
    if len(acts) != 1:
        return ()
    stems = [word if is_han(word[0]) else stem(word) for act in acts for word in runs(act)]
    return tuple(
        name for name, value in records[0].attributes.items()
        if value and (not read.asked or any(map(str.isdigit, value)))
        and any(word in fold(name) if is_han(word[0]) else word in map(stem, runs(name)) for word in stems)
    )[:1]  # fmt: skip


def _any_of(acts: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, acts)) or r"(?!)")


def _tells(record: Record, read: Understanding, acts: Sequence[str]) -> bool:
    """Whether a column of the goods records what is asked, or one of its values has the words of the act."""
    if records_any_attribute(record, read):
        return True
    values = [fold(value) for value in record.attributes.values()]
    return any(word in value for act in acts for word in _words(act) for value in values)


def _words(act: str) -> Iterator[str]:
    """What of the words of an act a value may have: all of two Chinese characters, the long English words."""
    return (run for run in runs(act) if len(run) > (1 if is_han(run[0]) else 3))
