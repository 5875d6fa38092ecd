"""What a short question adds to the product just spoken of: a store ("how many at Riverside", 南市有几把), a quantity
("three boxes then", 来两斤)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from shopdesk.core import numbers
from shopdesk.core.late import late
from shopdesk.core.measures import measures_in
from shopdesk.core.ports import Catalogue
from shopdesk.core.profiles import Profile, words_of
from shopdesk.core.text import fold, is_han, unmarked
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_SUFFIX = re.compile(
    r"(?:门店|分店|旗舰店|专卖店|店|分仓|仓库|仓|\b(?:store|shop|branch|depot|yard|outlet|warehouse))$"
)
_SHORTEST = 2
"""Characters of what a store may be called for short."""
_ONLY_THERE = late(
    rf"(?:还)?[有剩](?:几|多少|货|的)?(?:{numbers.MEASURES}|斤|公斤)?|库存"
    rf"|几(?:{numbers.MEASURES}|斤)|多少(?:{numbers.MEASURES})?|那边|那里|那儿|[边里家]"
    r"|\b(?:how many|any|left|there|at|in|over|the|branch|store|shop|depot|yard|do|does|have|has|got"
    r"|they|you|we|stock)\b"
)
"""All that a question for the stock in a store says besides its name."""
_NUMBER = rf"(\d{{1,3}}|[{numbers.CHINESE}俩仨]+)"
_COUNTED = (
    "(?:pairs?|packs?|packets?|box(?:es)?|bags?|bottles?|tins?|cans?|jars?|tubs?|rolls?|sets?|pieces|units"
    "|metres?|meters?|kilos?|kg|pounds?|lit(?:re|er)s?|yards?|feet)"
)
_SO_MANY = late(
    rf"(?:那就?|就|给我|我|要|来|拿|买|称|装)*{_NUMBER}(?:{numbers.MEASURES}|斤|公斤|千克|米|升)?(?:吧|呢|好了|多少钱?)*"
    r"|(?:(?:and|ok|okay|then|so|make (?:it|that)|say|what about|how about|i'?ll (?:take|have)|i (?:want|need)"
    r"|give me|just|for|if i (?:take|buy|get)|how much (?:for|are|is))[ ,]*)*"
    rf"(\d{{1,3}}|{numbers.BELOW_100}|a pair|a couple) ?"
    rf"(?:{_COUNTED}(?: of (?:them|those|these|it|that|em))?|of (?:them|those|these|em|it))?"
    r"(?:[ ,]*(?:then|please|altogether|in total))*"
)
_AT_PRICE = late(
    r"[,，]?\s*(?:都?[按照走用拿]|算)?(?:[\u4e00-\u9fff]{1,4}价格?|会员|批发|同行|[整按]?箱)(?:来?算|来|拿|走)?(?=[,，\s]|多少|一共|[呢吧]|$)"
    r"|[ ,]+(?:at|for) (?:the |our )?[a-z]+(?: (?:price|rate)s?)?(?= ?[?.!,]|$)|,? (?:trade|members?|staff"
    r"|club)(?: price)?(?= ?[?.!,]|$)"
)
"""Which price so many are at."""
_BARE = late(
    rf"(?:(?:and|ok|okay|then|so|what about|how about|那就?|就)[ ,]*)*"
    rf"(?:\d{{1,3}}|[{numbers.CHINESE}]+|{numbers.BELOW_100})(?:呢)?(?:,? ?then)?"
)
"""A number that may be one of its sizes: "and 36?"."""


_THE_NUMBER = late(
    rf"(?:(?:and|ok|okay|then|so|or|what about|how about)[ ,]*)*the (\d{{1,4}}|{numbers.BELOW_100})(?: ones?)?"
)


def in_the_store(catalogue: Catalogue, read: Understanding, product: Record, stores: Sequence[str]) -> list[Record]:
    """The rows of the product spoken of in the store that is all a question names."""
    named = {store: match for store in stores if (match := _called(store).search(read.folded))}
    if not named:
        return []
    rest = read.folded
    for match in named.values():
        rest = rest.replace(match.group(), " ")
    kept = unmarked(read.folded, read.filler)
    for match in named.values():
        kept = kept.replace(match.group(), " ")
    if _ONLY_THERE.sub(" ", kept).strip(" ,.?!'") and _ONLY_THERE.sub(" ", rest).strip(" ,.?!'呢啊呀吗的"):
        return []
    rows = [record for record in catalogue.variants_of(product) if record.key == product.key]
    return [record for record in rows if record.fields.get("store") in named]


@lru_cache(maxsize=256)
def _called(store: str) -> re.Pattern[str]:
    """Finds a store by its name, or by what is left of it without the word for a store."""
    whole = fold(store)
    short = _SUFFIX.sub("", whole).strip()
    names = [whole, short] if len(short) >= _SHORTEST and short != whole else [whole]
    ends = "" if is_han(whole[-1]) else r"\b"
    return re.compile("|".join(rf"{ends}{re.escape(name)}{ends}" for name in names if name) or r"(?!)")


def everywhere(catalogue: Catalogue, products: Sequence[Record]) -> tuple[Record, ...]:
    """The rows of products in all stores, those that have some first."""
    rows = {
        (record.key, str(record.fields.get("store") or "")): record
        for product in products[:3]
        for record in catalogue.variants_of(product)
        if record.key == product.key
    }
    return tuple(sorted(rows.values(), key=lambda record: not record.fields.get("stock")))


def so_many(read: Understanding, product: Record) -> Understanding | None:
    """The question as one for the price of so many of the product spoken of, where that is all it says but for which
    price is meant: 来三斤按会员价, "four bags at trade"."""
    folded = read.folded
    if read.priced_by != "price":
        folded = _AT_PRICE.sub("", folded, count=1)
    folded = folded.strip(" ,.?!。，？！")
    match = _SO_MANY.fullmatch(folded)
    if match is None or _BARE.fullmatch(folded):
        return None
    said = measures_in(folded)
    if said:
        amount = Profile(product).cut_to(said[0][2])
        if amount is None:
            return None
        number = amount
    else:
        number = _number(next(filter(None, match.groups())))
    if not number:
        return None
    start, end = match.span(match.lastindex or 0)
    many = replace(read, quantities=(number,), quantity_spans=((start, end),), sizes=())
    own = read.priced_by.startswith("attributes.")
    return many if number == 1 and own else replace(many, asked=("price",), attributes=())


def of_that_number(catalogue: Catalogue, read: Understanding, product: Record) -> tuple[Record, ...]:
    """The variants of the product spoken of whose size or name has the number that is all a question says: "and the
    twelve?"."""
    match = _THE_NUMBER.fullmatch(read.folded.strip(" ,.?!"))
    if match is None:
        return ()
    number = str(_number(match[1]))
    variants = [record for record in catalogue.variants_of(product) if record.key != product.key]
    return tuple(
        record for record in variants
        if number in words_of(f"{record.fields.get('size') or ''} {record.title}")
    )  # fmt: skip


def _number(text: str) -> int:
    known = {"俩": 2, "仨": 3, "a pair": 2, "a couple": 2}
    if text in known or text.isdigit():
        return known.get(text) or int(text)
    return numbers.english_value(text) if text.isascii() else numbers.chinese_value(text) or 0
