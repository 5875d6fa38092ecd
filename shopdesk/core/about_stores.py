"""Questions about the shop's stores."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core import lexicon
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import store_plan
from shopdesk.core.shop import Shop
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding


def about_stores(shop: Shop, read: Understanding) -> Plan | None:
    """Where a store is, its telephone number, which stores there are."""
    fields = [field for field, asks in lexicon.ABOUT_STORES.items() if asks.search(read.folded)]
    which = lexicon.STORES.search(read.folded)
    if not (which or fields):
        return None
    stores = shop.catalogue.stores()
    named = [record for record in stores if _store_name(record) in read.folded]
    named = named or _one_called(stores, read.folded) or (stores if which else [])
    said = [field for field in fields if any(record.fields.get(field) for record in named)]
    return store_plan(read, named, said) if named and (said or which) else None


def _store_name(record: Record) -> str:
    """What a store is called, without the word for a store."""
    return re.sub(r"\s*(?:门店|分店|店|\bstore|\bshop|\bbranch)$", "", fold(record.title)) or fold(record.title)


def _one_called(stores: Sequence[Record], folded: str) -> list[Record]:
    """The one store of whose Chinese name two characters are said ("总店"), none where there are several."""
    pairs = {record.key: {record.title[i : i + 2] for i in range(len(record.title) - 1)} for record in stores}
    called = [record for record in stores if any(is_han(pair[0]) and pair in folded for pair in pairs[record.key])]
    return called if len(called) == 1 else []
