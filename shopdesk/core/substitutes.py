"""What can be had in place of a good that is out: the good elsewhere, its variants, others of its category that fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from shopdesk.core import lexicon
from shopdesk.core.late import late
from shopdesk.core.likeness import called_as_said, distance_from, near_in_price, of_its_sort, shared_values
from shopdesk.core.measures import measures_in
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.resolving import Subject
from shopdesk.core.text import fold
from shopdesk.core.types import Record

_OUT = late(
    r"没有了|没有的话|没货的话|没有?现货|卖空了?|(?:还)?(?:要|得)等(?=[,，]|一?段|几|到|多)|没[\u4e00-\u9fff]{1,2}了(?=[,，。;；\s]|$)|(?<!有)没了|没货|无货|缺货|断货|断码|卖[完光断没]了?|断了(?=[,，拿换用]|$)|售罄"
    r"|(?<!有)没有(?=[,，。;；\s]|$|换|能换|还有|拿)|(?<!有)没(?=[,，])"
    r"|\b(?:sold|run|ran|all) out\b(?: of)?|\bout of (?:stock\b)?|\bunavailable\b|(?<=[a-z] )out(?=[,;] )"
    r"|(?<=\bwe've )none\b|'s sold\b|(?:is|are|was|were) (?:all |just )?sold(?=[,.;?]| )|\bsold(?=[,;])"
    r"|\b(?:haven't|have not|hasn't|don't have|do not have|don't stock|can't get)(?: got)?"
    r"(?= (?:an?|any|the|one|single)\b)"
    r"|(?:\b(?:is|are|was|were|has|have|be|being|been)\b|'s|'re|'ve)"
    r"(?: all| just| been| now| completely)* (?:gone|out|off|finished|used up|discontinued)\b"
    r"|(?:^|\bwe've |\bhave |\bhas |\bgot |[,.] ?)no\b(?! (?:problem|idea|worries|thanks|matter|one|discount|offer))"
)
"""Says that something is not there."""
_ANOTHER = late(
    rf"{lexicon.INSTEAD.pattern}|换|替|顶|别的|其[他它]|类似|同类|相[近似]|差不多|推荐|推个|还有(?:什么|啥|哪)|还能|想要"
    r"|怎么办|咋办|咋整|哪里?还?有|哪[家个]店|代替|代用|[拿用](?:什么|啥)|有(?:什么|啥).{0,6}(?:可以|能)"
    r"|\b(?:else|others?|another|different|instead|similar|alternatives?|substitutes?|next best|closest|nearest"
    r"|suggest|recommend|what (?:have|can|could|should|would|do) (?:we|you|they|i|he|she)|what (?:colou?r"
    r"|size|flavou?r|format)s?"
    r"|offer (?:them|him|her|the customer)"
    r"|near|close|would (?:do|fit|work|suit)|(?:could|can|should|do) (?:i|we) (?:offer|sell|show|give|tell|have))\b",
    re.ASCII,
)
"""Asks for another."""
_PREFIXED = late(r"\bout of $|\bno$|(?:n't|not)(?: have| get| stock| got)*$")
_ENDS = late(
    r"[,，。;；?？!！]|\.(?!\d)| - "
    r"|\b(?=(?:what|anything|any|which|another|so|is there|have (?:we|you)|do (?:we|you)|could|can)\b)"
)
_OF_ANOTHER_VALUE = late(
    r"(?:别的|其[他它]|什么|啥|哪些|哪个|另外的?|换个?)(?:颜色|色|口味|味道?|尺码|尺寸|码|型号|规格|轴)"
    r"|\b(?:other|another|different|which|what|any) (?:colou?r|size|flavou?r|scent|finish|format|shade"
    r"|pattern|length|width)(?:e?s)?\b"
)
"""Asks for the same good in another colour, size or taste."""
_WANTS_ONE = late(rf"{_ANOTHER.pattern}|什么|啥|哪|\b(?:what|which|any)\b", re.ASCII)
_IN_ANOTHER_PACK = late(r"(?:别的|其[他它]|另外的?|换个?)(?:包装|装量|装(?!饰|修|备)|大小|袋)")
_ANOTHER_COLOUR = late(r"(?:别的|其[他它]|什么|啥|哪些|哪个|另外的?|换个?)(?:颜色|色)|\b(?:colou?r|shade)s?\b")
_AS_LARGE = late(
    r"(?:一样|同样|差不多)(?:的)?[大长宽高重多]小?|\b(?:same|that) (?:size|capacity|length|volume|width)\b"
)
_WHAT_NOW = late(r"怎么办|咋办|咋整|哪里?还?有|\bwhat (?:now|do i|can i (?:tell|do))\b|\bany(?:where)? else\b")
"""Asks what to do: the same good in another store will do too."""
_TO_FIT = late(r"\bfits?\b|能[用装配]|适[用配合]|配得上")
_WORDS = late(
    rf"{_OUT.pattern}|{_ANOTHER.pattern}|{lexicon.INSTEAD_WORDS.pattern}|给?客人|好了|行吗|可以|便宜|价位|价钱|时候"
    r"|\b(?:offer|sell|show|give|tell|could|can|left|close|use|they|him|her|here|range|kind|sort|customer|now|do|fits?)\b",
    re.ASCII,
)
"""All that such a question says besides goods."""
_SAME_MAKER = late(
    r"同(?:一?个?)?(?:牌子?|品牌|厂家?|系列)|(?:这|那)(?:个)?(?:牌子|品牌|家)的?(?=还|有|别|其)"
    r"|\bsame (?:brand|make|maker|company|manufacturer|range)\b"
    r"|\b(?:from|by) (?:them|the same)\b"
)
_OTHER_MAKER = late(
    r"(?:换|别的?|其[他它]|另外的?|哪|什么|啥)(?:一?个?|些)?(?:牌子?|品牌|厂家)(?!的)|\b(?:other|another"
    r"|different|which|what) (?:brand|make|maker)s?\b"
)
_SAME_MONEY = late(
    r"同(?:等|样)?(?:个)?价|价[格钱位]?(?:都)?(?:差不多|相近|接近|一样)|\b(?:same|similar) (?:sort of "
    r"|kind of )?(?:price|money|cost)|\bfor the same (?:price|money)"
)
_LIKEST = late(
    r"类似|最?接近|相[近似]|差不多|最像|\b(?:closest|nearest|similar|next best|most like|anything like"
    r"|something like)\b"
)
"""Asks for what comes nearest."""
_WEIGHED, _SHOWN, _FEW = 60, 6, 3
_FAIR = 0.5
_FITTING = frozenset(("fits", "fit", "compatible", "compatibility", "vehicle", "model", "pet", "animal"))
_FITTING_LOOSELY = frozenset(("suitable for", "suits", "for"))
"""Headings of columns that say what goods fit, or what they are good for."""
_FITTING_CHINESE = ("适配", "车型", "机型", "宠物")


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a question says what is out, and where it says what is wanted in its place."""

    out: tuple[int, int]
    wanted: tuple[tuple[int, int], ...]


def asks_for_another(folded: str) -> Parts | None:
    """The parts of a folded question that says that something is out and asks for another; None for any other."""
    out = _OUT.search(folded)
    if out is None:
        return None
    prefixed = _PREFIXED.search(folded[: out.end()]) is not None
    end = out.end()
    if prefixed:
        stop = _ENDS.search(folded, end + 1)
        end = stop.start() if stop else len(folded)
    start = max((match.end() for match in _ENDS.finditer(folded[: out.start()]) if match.group()), default=0)
    wanted = ((0, start), (end, len(folded)))
    if not any(_ANOTHER.search(folded, first, last) for first, last in wanted):
        return None
    return Parts((start, end), wanted)


def named_in(subject: Subject, spans: Sequence[tuple[int, int]]) -> Subject:
    """What a subject names within some stretches, less the words that such questions are made of."""
    filler = [True] * len(subject.folded)
    for start, end in spans:
        filler[start:end] = subject.filler[start:end]
    within = Subject(subject.folded, tuple(filler), subject.families)
    return within.without(match.span() for match in _WORDS.finditer(subject.folded))


def asks_for_another_maker(folded: str) -> bool:
    return _OTHER_MAKER.search(folded) is not None


def in_another_value(folded: str) -> bool:
    return (_OF_ANOTHER_VALUE.search(folded) or _IN_ANOTHER_PACK.search(folded)) is not None


def parted_by_pause(folded: str) -> Parts | None:
    """The parts of a question that is known to ask for another good: what is out stands before the first pause."""
    pause = next((match for match in _ENDS.finditer(folded, 1) if folded[match.end() :].strip(" ?？!！.。")), None)
    if pause is None or not _WANTS_ONE.search(folded, pause.start()):
        return None
    return Parts((0, pause.start()), ((pause.start(), len(folded)),))


def _as_large(records: Sequence[Record], product: Record) -> list[Record]:
    """Those of the size of `product`, in whatever column it stands; all where none is."""
    own = {
        fold(str(value)) for value in (product.fields.get("size"), *product.attributes.values())
        if value and measures_in(fold(str(value)))
    }  # fmt: skip
    same = [
        record for record in records
        if any(fold(str(value)) in own for value in (record.fields.get("size"), *record.attributes.values()) if value)
    ]  # fmt: skip
    return same or list(records)


def instead_of(
    catalogue: Catalogue,
    product: Record,
    folded: str = "",
    *,
    said: str = "",
    wish: SearchWish | None = None,
    categories: Sequence[str] = (),
    stores: Sequence[str] = (),
    brands: Sequence[str] = (),
    shares: Callable[[Sequence[Record]], Sequence[float]] | None = None,
    fitting: Callable[[Sequence[Record]], Sequence[Record]] | None = None,
) -> tuple[Record, ...]:
    """Rows in stock that may take the place of `product`: it itself elsewhere where a store is said, its variants, then
    the goods of `categories` (or its own) that suit the same; those that have what else is said before the others.

    `said` is what the question says of what is wanted, apart from what is out; `brands` are the makers that are asked
    for. `shares` tells how much of what is wanted each of some rows has, 0 to 1, `fitting` which of them meet the
    conditions that are said.
    """
    maker = str(product.fields.get("brand") or "")
    brands = brands or ((maker,) if maker and _SAME_MAKER.search(folded) else ())
    sorts = tuple(categories) or tuple(filter(None, [str(product.fields.get("category") or "")]))
    wish = replace(wish or SearchWish(""), text="", limit=_WEIGHED, in_stock=True, categories=sorts)
    of_group = [record for record in catalogue.variants_of(product) if record.fields.get("stock")]
    at_all = bool(stores) and _WHAT_NOW.search(folded) is not None
    elsewhere = [record for record in of_group if record.key == product.key and at_all]
    variants = [record for record in of_group if record.key != product.key]
    if in_another_value(folded) and variants:
        alike: list[Record] = []
    else:
        alike = [hit.record for hit in catalogue.search(wish if sorts else _by_name(product, wish, folded))]
        if brands:
            made = [record for record in alike if record.fields.get("brand") in brands and record.key != product.key]
            alike = made or [hit.record for hit in catalogue.search(replace(wish, categories=(), brands=tuple(brands)))]
            variants = [record for record in variants if record.fields.get("brand") in brands]
        alike = _suiting_the_same(alike, product)
    if _TO_FIT.search(folded):
        size = product.fields.get("size")
        variants, alike = (
            [record for record in rows if record.fields.get("size") == size] for rows in (variants, alike)
        )
    known = {(each.key, each.fields.get("store")): each for each in (*variants, *alike)}
    others = [record for record in known.values() if record.key != product.key]
    if stores:  # what is there before what is elsewhere
        there = [record for record in others if record.fields.get("store") in stores]
        others = there or others
    if maker and not brands and _OTHER_MAKER.search(folded):
        others = [record for record in others if record.fields.get("brand") != maker] or others
    if _AS_LARGE.search(folded):
        others = _as_large(others, product)
    elif alike == [] and _ANOTHER_COLOUR.search(folded):
        others = [record for record in others if record.fields.get("size") == product.fields.get("size")] or others
    others = list(fitting(others)) if fitting is not None else others
    if _SAME_MONEY.search(folded):
        others = near_in_price(others, product)
    called = called_as_said(others, said)
    others = called or others
    wanted = shares(others) if shares is not None and others else []
    if wanted and max(wanted) >= _FAIR:
        others = [record for record, share in zip(others, wanted, strict=True) if share >= max(wanted) - 0.05]
    elif not brands and not categories and not called:
        others = of_its_sort(others, product, folded)
    found = {record.key: record for record in sorted(others, key=distance_from(product))}
    others = list(found.values())
    if _LIKEST.search(folded) and not (wanted and max(wanted) >= _FAIR):
        likest = max((shared_values(record, product) for record in others), default=0)
        others = [record for record in others if shared_values(record, product) >= likest - 1][:_FEW]
    return (*elsewhere, *others)[:_SHOWN]


def _by_name(product: Record, wish: SearchWish, folded: str) -> SearchWish:
    """What finds others of the sort where rows have no categories: words of the name; for the same money anything."""
    if _SAME_MONEY.search(folded):
        return replace(wish, min_price=wish.min_price or 0)
    words = product.title.split()
    text = product.title if product.title.isascii() else f"{product.title} {words[0][-1]}"
    return replace(wish, text=text, enough=1)


def _suiting_the_same(records: Sequence[Record], product: Record) -> list[Record]:
    """Those that suit the same car, telephone or animal, as far as columns tell; all where none does."""
    strictly = [record for record in records if _says_no_other(record, product, _FITTING)]
    loosely = [record for record in strictly if _says_no_other(record, product, _FITTING_LOOSELY)]
    own = [value for name, value in product.attributes.items() if _heading(name) in _FITTING_LOOSELY]
    if any(value in record.attributes.values() for record in loosely for value in own):
        return loosely
    return strictly or list(records)


def _heading(name: str) -> str:
    return fold(name.replace("_", " "))


def _says_no_other(record: Record, product: Record, headings: Collection[str]) -> bool:
    for name, value in product.attributes.items():
        called = _heading(name)
        if called in headings or (headings is _FITTING and any(word in called for word in _FITTING_CHINESE)):
            other = record.attributes.get(name)
            if other and fold(other) != fold(value):
                return False
    return True
