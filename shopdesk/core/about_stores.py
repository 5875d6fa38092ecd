"""Questions about the shop's stores: where one is, when it is open, how to reach it, and what its own columns tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core import lexicon
from shopdesk.core.plan import Plan
from shopdesk.core.profiles import stem
from shopdesk.core.record_plans import store_plan
from shopdesk.core.shop import Shop
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
_SHORTEST, _SHORTEST_HAN = 4, 2
_DAYS = (
    ("monday", "周一", "星期一", "礼拜一"), ("tuesday", "周二", "星期二", "礼拜二"),
    ("wednesday", "周三", "星期三", "礼拜三"), ("thursday", "周四", "星期四", "礼拜四"),
    ("friday", "周五", "星期五", "礼拜五"), ("saturday", "周六", "星期六", "礼拜六"),
    ("sunday", "周日", "周天", "星期天", "星期日", "礼拜天"),
)  # fmt: skip
_WEEKEND = re.compile(r"\bweekends?\b|周末")
_OPEN = re.compile(r"\bopen|\bhours?\b|\btimes?\b|\bweek|\bdaily\b|营业|时间|钟点|几点|开门|上班|周|休")
"""Headings of columns that tell when a store is open."""
_NOTES = re.compile(r"备注|说明|\bnotes?\b|\bremarks?\b|休")
_WHO = re.compile(
    r"谁(?:管|负责|在)|店长|负责人|经理|\bwho(?:'s| is| are)? (?:runs?|manag\w+|in charge|the manager)|\bmanager\b"
)
_IN_CHARGE = re.compile(r"店长|负责|经理|主管|manager|contact|in charge|\brun by\b|keeper|lead")
_ASKING = re.compile(r"^(?:是否|有无|可否)|[吗么?？]$")
"""What a heading asks that a question leaves out: 能修吗."""
_PHONES = re.compile(r"电话|热线|手机|phone|\btel\b|\bring\b|call")


def about_stores(shop: Shop, read: Understanding) -> Plan | None:
    """Where a store is, when it is open, its telephone number, who runs it; which stores there are."""
    asked = [field for field, asks in lexicon.ABOUT_STORES.items() if asks.search(read.folded)]
    which = lexicon.STORES.search(read.folded)
    if not (which or asked or _A_STORE.search(read.folded)):
        return None
    stores = shop.catalogue.stores()
    named = _named(stores, read.folded) or (list(stores) if which else [])
    fields = [field for store in named for field in _fields(store, asked, read.folded)]
    return store_plan(read, named, list(dict.fromkeys(fields))) if named and (fields or which) else None


def _fields(store: Record, asked: Sequence[str], folded: str) -> list[str]:
    """What a question asks of a store, in the fields that every store has and in the shop's own columns."""
    own = [name for name in shown_attributes(store) if store.attributes[name]]
    days = [names for names in _DAYS if any(name in folded for name in names)]
    days += [_DAYS[5], _DAYS[6]] if _WEEKEND.search(folded) else []
    fields = [field for field in asked if store.fields.get(field)]
    found = [name for name in own if len(said := _ASKING.sub("", fold(name))) > 1 and said in folded]
    if "hours" in asked or days:
        of_day = [name for name in own if any(fold(name).startswith(_shortest(day)) for names in days for day in names)]
        found += of_day or [name for name in own if _OPEN.search(fold(name)) or (days and _NOTES.search(fold(name)))]
        fields += ["hours"] if store.fields.get("hours") and not of_day and "hours" not in fields else []
    if _WHO.search(folded):
        found += [name for name in own if _IN_CHARGE.search(fold(name))]
    if "phone" in asked and "phone" not in fields:
        found += [name for name in own if _PHONES.search(fold(name))]
    return [*fields, *(f"attributes.{name}" for name in dict.fromkeys(found))]


def _shortest(day: str) -> str:
    """What a day of the week is written by at least: sun, 周日."""
    return day if is_han(day[0]) else day[:3]


def _named(stores: Sequence[Record], folded: str) -> list[Record]:
    """The stores that are named: whole, or the one of whose name, or of the place it is in, most is said."""
    whole = [store for store in stores if _store_name(store) in folded]
    if whole:
        return whole
    words = set(map(stem, runs(folded)))
    said = {store.key: _said_of(store, folded, words) for store in stores}
    most = max(said.values(), default=0)
    best = [store for store in stores if said[store.key] == most > 0]
    return best if len(best) == 1 else []


def _store_name(record: Record) -> str:
    """What a store is called, without the word for a store."""
    return re.sub(r"\s*(?:门店|分店|店|\bstore|\bshop|\bbranch)$", "", fold(record.title)) or fold(record.title)


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
