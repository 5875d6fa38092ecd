"""Questions about the shop's stores: where one is, when it is open, how to reach it, and what its own columns tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core import lexicon
from shopdesk.core.late import late
from shopdesk.core.plan import Plan
from shopdesk.core.profiles import stem
from shopdesk.core.record_plans import store_plan
from shopdesk.core.shop import Shop
from shopdesk.core.store_columns import columns_asked
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding
from shopdesk.core.wording import shown_attributes

_A_STORE = re.compile(
    r"[店部仓铺摊]|那边|门市|网点|\b(?:shop|store|branch|place|stall|market|kiosk|depot|yard|warehouse|outlet|counter|unit|one)s?\b"
)
"""Speaks of a place of the shop."""
_STORE_WORDS = frozenset(
    (
        "shop",
        "store",
        "branch",
        "place",
        "street",
        "road",
        "lane",
        "high",
        "the",
        "unit",
        "outlet",
        "main",
        "square",
        "and",
    )
)
_WHEN_OPEN = late(
    r"(?:几点|什么时候|啥时候|多会儿).{0,3}(?:开门|关门|营业|打烊|下班|收摊|关店)|营业(?:时间|到几点)|[开关]到几点"
    r"|(?:星期|礼拜|周)[一二三四五六日天末]?.{0,3}(?:开门|营业|上班|开店|开不开)"
    r"|\b(?:when|what time|are|do|how late).* (?:you|we|the shop|the store)\b.* ?\b(?:open|close|shut)(?: up)?\b"
    r"|\b(?:opening|closing) (?:hours|times?)\b"
)
"""Asks when the shop is open."""
_SHORTEST, _SHORTEST_HAN = 4, 2
_OF_GOODS = frozenset({"total", "compare", "promotion", "count", "cheapest", "dearest", "recommend", "order"})


def about_stores(shop: Shop, read: Understanding) -> Plan | None:
    """Where a store is, when it is open, its telephone number, who runs it; which stores there are."""
    asked = [field for field, asks in lexicon.ABOUT_STORES.items() if asks.search(read.folded)]
    which = lexicon.STORES.search(read.folded)
    stores = shop.catalogue.stores()
    whole = [store for store in stores if _names(store, read.folded)]
    if not (which or asked or whole or _A_STORE.search(read.folded)):
        return None
    named = whole or _named(stores, read.folded) or (list(stores) if which else [])
    of_goods = bool(set(read.asked) - {"location"} or read.attributes or read.kinds & _OF_GOODS)
    fields = [
        field for store in named
        for field in columns_asked(store, asked, read.folded, by_name=store in whole and not of_goods)
    ]  # fmt: skip
    return store_plan(read, named, list(dict.fromkeys(fields))) if named and (fields or which) else None


def about_stores_after_all(shop: Shop, read: Understanding) -> Plan | None:
    """All that is told of a store that is named, or when all are open, where nothing else answers."""
    stores = shop.catalogue.stores()
    whole = [store for store in stores if _names(store, read.folded)]
    if len(whole) == 1 and not read.content.replace(_store_name(whole[0]), "").strip():
        return store_plan(
            read, whole, ["address", "phone", "hours", *(f"attributes.{n}" for n in shown_attributes(whole[0]))]
        )
    if stores and _WHEN_OPEN.search(read.folded) and not whole:
        return store_plan(
            read,
            stores,
            list(
                dict.fromkeys(
                    field for store in stores for field in columns_asked(store, ["hours"], read.folded, by_name=False)
                )
            ),
        )
    return None


def _names(store: Record, folded: str) -> bool:
    """Whether a folded question says the name of a store, whole."""
    name = _store_name(store)
    return name in folded if is_han(name[0]) else re.search(rf"\b{re.escape(name)}\b", folded) is not None


def _named(stores: Sequence[Record], folded: str) -> list[Record]:
    """The store that is named in part: the one of whose name, or of the place it is in, most is said."""
    words = set(map(stem, runs(folded)))
    said = {store.key: _said_of(store, folded, words) for store in stores}
    most = max(said.values(), default=0)
    best = [store for store in stores if said[store.key] == most > 0]
    return best if len(best) == 1 else []


def _store_name(record: Record) -> str:
    """What a store is called, without the word for a store."""
    whole = fold(record.title)
    short = re.sub(r"\s*(?:门店|分店|店|\bstore|\bshop|\bbranch)$", "", whole)
    return short if len(short) >= _SHORTEST_HAN else whole  # the 总 of a 总店 also stands in 总共


def _said_of(store: Record, folded: str, words: set[str]) -> int:
    """How many characters of a store's name, or of the words for where it is, a question says."""
    name = _store_name(store)
    if any(map(is_han, name)):
        return _longest_said(name, folded)
    where = [str(store.fields.get("address") or ""), *(text for text in store.attributes.values() if text.isalpha())]
    own = {run for text in (name, *where) for run in runs(fold(text)) if not run.isdigit()} - _STORE_WORDS
    weight = {run: 2 * len(run) if run in name else len(run) for run in own if len(run) >= _SHORTEST}
    return sum(weight[run] for run in weight if stem(run) in words)


def _longest_said(name: str, folded: str) -> int:
    """The length of the longest stretch of a Chinese name that stands in a folded text, 0 for less than two."""
    sizes = range(len(name), _SHORTEST_HAN - 1, -1)
    return next((size for size in sizes for at in range(len(name) - size + 1) if name[at : at + size] in folded), 0)
