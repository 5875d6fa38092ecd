"""How like one good another is: the same product, the same sort of thing by its name, the same values, a near price."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from shopdesk.core.following import last_word
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record

_LATIN_WORD = re.compile(r"[a-z][a-z'-]+")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,}")
_HEADS_OF_ALL = frozenset("器机套装品件个款组盒包袋瓶号色型")
"""Characters in which the names of goods of many sorts end."""
_FIGURES = re.compile(r"\d+(?:\.\d+)?\s?(?:[a-z]{1,2}|pieces?|packs?|pairs?|inch|litres?|metres?)?(?![a-z])")
_AFTER_NAME = re.compile(r" (?:with|for|in|of|-) .*|[(（].*")
_NO_SORT = frozenset(("set", "pack", "mens", "womens", "ladies", "kids", "small", "medium", "large", "mini", "xl"))
_SAYS_NO_SORT = frozenset(("one", "kit", "set", "pack", "size", "colour", "color", "thing", "kind", "sort", "line"))
_NEAR_PRICE = 0.3
Distance = Callable[[Record], tuple[bool, bool, int, int]]


def distance_from(product: Record) -> Distance:
    """What sorts goods by how like `product` they are, the likest first."""
    price, head = hundredths_of(product), last_word(product)

    def distance(record: Record) -> tuple[bool, bool, int, int]:
        other = hundredths_of(record)
        unlike = record.fields.get("group") is None or record.fields.get("group") != product.fields.get("group")
        far = abs(other - price) if other is not None and price is not None else 1 << 40
        return unlike, last_word(record) != head, -shared_values(record, product), far

    return distance


def shared_values(record: Record, product: Record) -> int:
    """In how many of the shop's own columns both say the same."""
    own = product.attributes
    return sum(bool(value) and fold(own.get(name, "")) == fold(value) for name, value in record.attributes.items())


def of_its_sort(records: Sequence[Record], product: Record, folded: str) -> list[Record]:
    """Those whose names have the word for what `product` is, as the question `folded` says it; all where none has."""
    for word in _sorts_said(product, folded):
        called = re.compile(word if is_han(word[0]) else rf"(?<![a-z]){re.escape(word)}(?:e?s)?(?![a-z])")
        same = [record for record in records if called.search(_name_of(record))]
        others = [record for record in same if record.title != product.title]
        if others or len(same) > 1:
            return same
    return list(records)


def called_as_said(records: Sequence[Record], said: str) -> list[Record]:
    """Those whose names end in what a folded text says ("another *fan*", 还有什么*请帖*), or have most of it; none
    where no name has any of it."""
    words = {stem(word) for word in _LATIN_WORD.findall(said)} - _SAYS_NO_SORT
    names = [_AFTER_NAME.sub("", _name_of(record)) for record in records]
    ends = [_end_said(name, words, said) for name in names]
    if any(ends):
        most = max(ends)
        return [record for record, end in zip(records, ends, strict=True) if end == most]
    pairs = [pair for run in _HAN_NAME.findall(said) for pair in map("".join, pairwise(run))]
    has = [sum(pair in name for pair in pairs) for name in names]
    return [record for record, count in zip(records, has, strict=True) if count and count == max(has)]


def _end_said(name: str, words: set[str], said: str) -> int:
    """How much of the end of a name is said: 1 for its last word, the Chinese characters from two on."""
    latin = _LATIN_WORD.findall(_FIGURES.sub(" ", name))
    if latin and stem(latin[-1]) in words:
        return 1
    runs = _HAN_NAME.findall(name)
    return next((size for run in runs[-1:] for size in range(len(run), 1, -1) if run[-size:] in said), 0)


def _sorts_said(product: Record, folded: str) -> list[str]:
    """The words of a name that may say what it is, the likeliest first, as far as the question says them."""
    name = _AFTER_NAME.sub("", _FIGURES.sub(" ", _name_of(product)))
    latin = [stem(word) for word in _LATIN_WORD.findall(name) if len(word) > 2 and word not in _NO_SORT]
    latin = [word for place, word in enumerate(latin) if place == len(latin) - 1 or word in folded]
    endings = [
        each[-size:] for each in _HAN_NAME.findall(name) for size in (2, 1)
        if len(each) > size and each[-size:] in folded and each[-size:] not in _HEADS_OF_ALL
    ]  # fmt: skip
    return [*reversed(latin), *sorted(endings, key=len, reverse=True)]


def _name_of(record: Record) -> str:
    return fold(record.title)


def near_in_price(records: Sequence[Record], product: Record) -> list[Record]:
    """Those that cost about as much; all where none does."""
    price = hundredths_of(product)
    if price is None:
        return list(records)
    prices = [hundredths_of(record) for record in records]
    near = [
        record for record, other in zip(records, prices, strict=True)
        if other is not None and abs(other - price) <= _NEAR_PRICE * price
    ]  # fmt: skip
    return near or list(records)


def hundredths_of(record: Record) -> int | None:
    price = record.fields.get("price")
    return None if price is None else round(float(str(price)) * 100)
