"""Questions for other goods than those spoken of: at a lower or higher price, or in the place of what is sold out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.about_sorts import all_goods
from shopdesk.core.choosing import choose
from shopdesk.core.conditions import conditions_said
from shopdesk.core.following import Earlier, alternatives
from shopdesk.core.needs import best_fit
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import nothing_plan, product_plan
from shopdesk.core.resolving import Subject
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import price_wish_of, subject_of, subject_without
from shopdesk.core.substitutes import (
    Parts,
    asks_for_another,
    asks_for_another_maker,
    instead_of,
    named_in,
    parted_by_pause,
)
from shopdesk.core.text import fold
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding, understand

_SHOWN = 6


def about_alternatives(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """Others of the sort that was spoken of, at a lower or a higher price ("再便宜点的呢", "anything cheaper?")."""
    wanted = lexicon.CHEAPER if lexicon.CHEAPER.search(read.folded) else lexicon.DEARER
    if not earlier.products or read.codes or not wanted.search(read.folded):
        return None
    beside_it = subject_without(read, re.compile(f"{wanted.pattern}|点", re.ASCII))
    category = fold(str(earlier.products[0].fields.get("category") or ""))
    elsewhere = beside_it.content and (not read.categories or fold(read.categories[0]) != category)
    if elsewhere or (len(earlier.products) == 2 and read.asks("compare")):
        return None
    found = alternatives(shop.catalogue, earlier.products, cheaper=wanted is lexicon.CHEAPER)
    read = replace(
        read, kinds=read.kinds - {"compare", "exists", "recommend"} | {"list"}, asked=("price",), attributes=()
    )
    return product_plan(read, found) if found else nothing_plan(read, ())


def about_replacement(shop: Shop, read: Understanding, earlier: Earlier, *, surely: bool = False) -> Plan | None:
    """What can be offered in place of a product ("IPA kit is sold out, what instead?").

    Where it is `surely` asked for, what is out is whatever a question says first.
    """
    parts = asks_for_another(read.folded) or (parted_by_pause(read.folded) if surely else None)
    if surely and parts is None:
        return None
    if parts is None and not read.asks("instead"):
        return None
    if parts is None and read.asks("policy") and not lexicon.OUT_OF_STOCK.search(read.folded):
        return None
    named, wanted = _named_and_wanted(shop, read, earlier, parts)
    if not named:
        return None
    product = next((record for record in named if not record.fields.get("stock")), named[0])
    if surely and product.fields.get("stock"):
        return None
    said = read.folded if parts is None else " ; ".join(read.folded[slice(*span)] for span in parts.wanted)
    conditioned = _conditioned(read, parts) if parts is not None else None
    told = wanted is not None and bool(wanted.content)
    found = instead_of(
        shop.catalogue, product, read.folded, said=said if parts is not None else "", wish=price_wish_of(read),
        categories=[
            name for name in read.categories or read.sorts
            if fold(name).removesuffix("s") in said or (read.sort and read.sort in said)
        ],
        stores=[store for store in read.stores if product.fields.get("store")],
        brands=[brand for brand in read.brands if fold(brand) in said] if wanted is not None else (),
        shares=(lambda rows: shop.resolver.known_shares(wanted, rows)) if wanted is not None and told else None,
        fitting=conditioned,
    )  # fmt: skip
    found = _told_of(shop, product, said, found) if parts is not None else found
    if not found:
        return None
    asked: tuple[str, ...] = ("brand", "price") if asks_for_another_maker(read.folded) else ("price", "stock")
    asked = ("color", *asked) if "color" in read.asked and len(found) == 1 else asked
    kinds = read.kinds - {"compare", "exists", "count", "total", "cheapest", "dearest"} | {"list"}
    apart = _told_apart_by(found[0], product) if len(found) == 1 and "brand" not in asked else ()
    return product_plan(replace(read, kinds=kinds, asked=asked, attributes=apart, quantities=()), found)


def _told_of(shop: Shop, product: Record, said: str, found: tuple[Record, ...]) -> tuple[Record, ...]:
    """Those of some goods that fit best what is told of the one wanted; where there are none, those of the shop."""
    wanted = understand(said, shop.catalogue.vocabulary())
    if found:
        fit = best_fit(wanted, found) if len(found) > 1 else None
        return fit.records if fit is not None and fit.told else found
    others = [
        record for record in all_goods(shop, replace(price_wish_of(wanted), in_stock=True))
        if record.key != product.key
    ]  # fmt: skip
    fit = best_fit(wanted, others)
    return fit.records[:_SHOWN] if fit is not None and fit.told else ()


def _told_apart_by(record: Record, product: Record) -> tuple[str, ...]:
    """The column of the shop's own in which a good differs from another of the same name: 款式 中式, 西式."""
    if record.title != product.title or any(record.fields.get(f) != product.fields.get(f) for f in ("color", "size")):
        return ()
    own = product.attributes
    differing = (name for name, value in record.attributes.items() if value and value != own.get(name))
    return tuple(name for name in differing if not name.endswith(("_zh", "_en")))[:1]


def _conditioned(read: Understanding, parts: Parts) -> Callable[[Sequence[Record]], Sequence[Record]]:
    """What leaves of some goods those that meet what is said of the one wanted; all where none does."""

    def fitting(records: Sequence[Record]) -> Sequence[Record]:
        conditions = [
            condition for condition in conditions_said(read, records)
            if any(start <= first and last <= end for first, last in condition.spans for start, end in parts.wanted)
        ]  # fmt: skip
        left = [record for record in records if all(each.holds(record) for each in conditions)] or records
        known = [span for each in conditions for span in each.spans]
        choice = choose(read.folded, left, [parts.out, *known])
        return choice.records if choice is not None and choice.beside else left

    return fitting


def _named_and_wanted(
    shop: Shop, read: Understanding, earlier: Earlier, parts: Parts | None
) -> tuple[Sequence[Record], Subject | None]:
    """The product that is out, and what is said of what is wanted in its place."""
    subject = subject_of(read)
    if parts is not None:
        out = named_in(subject, [parts.out])
        wanted = named_in(subject, parts.wanted)
        named = shop.named(out).records if out.content else earlier.products
        if named:
            return named, wanted
    subject = subject_without(read, lexicon.INSTEAD_WORDS)
    named = shop.named(subject).records if subject.content else earlier.products
    if subject.content and not named:  # a size that the shop has no more of, or writes otherwise
        named = shop.named(subject_without(read, lexicon.INSTEAD_WORDS, values=True)).records
    return named, None
