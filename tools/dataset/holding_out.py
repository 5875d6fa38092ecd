"""Which products and orders are kept for validation and exam: whole families of variants, never parts of them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shopdesk.core.plan import Plan
from shopdesk.core.types import Fact, Record
from tools.dataset.phrasings import Split

EXAM_SHARE, VALID_SHARE = 0.16, 0.06


@dataclass(frozen=True, slots=True)
class Holdout:
    """`families` and `orders` say to which split a family of products (see :func:`family_of`) or an order belongs."""

    families: Mapping[str, Split]
    orders: Mapping[str, Split]

    def split_of(self, record: Record) -> Split | None:
        """The record's split; None for policies and promotions, which all may speak of."""
        if record.kind == "product":
            return self.families.get(family_of(record), "train")
        return self.orders.get(record.key, "train") if record.kind == "order" else None

    def allows(self, plan: Plan, split: Split) -> bool:
        """Whether a row of `split` may hold what `plan` says. Training never sees a held-out row, not even beside
        its target; elsewhere an answer rests on rows of its own split only, among whatever others."""
        if split == "train":
            return all(self.split_of(fact.record) in (None, "train") for fact in plan.facts)
        return all(self.split_of(fact.record) in (None, split) for fact in rested_on(plan))


def rested_on(plan: Plan) -> list[Fact]:
    """The shop's own rows that an answer by `plan` rests on."""
    return [fact for fact in plan.facts if fact.id in plan.sources and fact.record.kind != "computed"]


def family_of(record: Record) -> str:
    """What all variants of a product share."""
    return str(record.fields.get("group") or record.title)


def hold_out(products: Sequence[Record], orders: Sequence[Record], seed: int) -> Holdout:
    """Shares out a shop: about a sixth of the products for the exam (half of them as whole categories, so that lists
    can be asked for), fewer for validation. An order goes where the products in it go."""
    rng = random.Random(f"{seed}/holding out")
    clusters = _clusters(products)
    families = dict.fromkeys((family for cluster in clusters for family in cluster[1]), "train")
    for split, share in (("exam", EXAM_SHARE), ("valid", VALID_SHARE)):
        free = [cluster for cluster in clusters if all(families[family] == "train" for family in cluster[1])]
        if len(free) < 2:
            break
        for _, members in _drawn(free, max(1, round(len(clusters) * share)), rng):
            families.update(dict.fromkeys(members, split))
    held = {
        name: families[family_of(record)]
        for record in products
        for name in (record.key, record.title)
        if families[family_of(record)] != "train"
    }
    return Holdout(families, _orders_shared_out(orders, held, rng))  # type: ignore[arg-type]


_Cluster = tuple[str, tuple[str, ...]]
"""A category and the families that go together because they share a name."""


def _clusters(products: Sequence[Record]) -> list[_Cluster]:
    of_title: dict[str, str] = {}
    joined: dict[str, str] = {}
    category: dict[str, str] = {}

    def root(family: str) -> str:
        while joined[family] != family:
            family = joined[family]
        return family

    for record in products:
        family = family_of(record)
        joined.setdefault(family, family)
        category.setdefault(family, str(record.fields.get("category") or ""))
        for title in {record.title_in("zh"), record.title_in("en"), record.title}:
            joined[root(family)] = root(of_title.setdefault(title, family))
    members: dict[str, list[str]] = defaultdict(list)
    for family in joined:
        members[root(family)].append(family)
    return [(category[first], tuple(families)) for first, families in sorted(members.items())]


def _drawn(free: Sequence[_Cluster], wanted: int, rng: random.Random) -> list[_Cluster]:
    """`wanted` clusters by lot, about half of them as whole categories; at least one stays behind."""
    by_category: dict[str, list[_Cluster]] = defaultdict(list)
    for cluster in free:
        by_category[cluster[0]].append(cluster)
    names = [name for name, inside in sorted(by_category.items()) if name and 1 < len(inside) <= max(2, wanted // 2)]
    rng.shuffle(names)
    chosen: list[_Cluster] = []
    for name in names:
        if len(chosen) + len(by_category[name]) <= max(2, wanted // 2) and len(by_category) > 1:
            chosen += by_category[name]
    rest = [cluster for cluster in free if cluster not in chosen]
    chosen += rng.sample(rest, max(0, min(wanted - len(chosen), len(rest) - 1)))
    return chosen[: len(free) - 1]


def _orders_shared_out(orders: Sequence[Record], held: Mapping[str, str], rng: random.Random) -> dict[str, str]:
    """Orders by what is in them; where that leaves none for the exam or for training, by lot."""
    shared = {order.key: _split_of_order(order, held) for order in orders}
    if shared and (len(set(shared.values()) & {"train", "exam"}) < 2):
        keys = sorted(shared)
        rng.shuffle(keys)
        exam = set(keys[: round(len(keys) * EXAM_SHARE) or len(keys) // 2])
        shared = {key: "exam" if key in exam else "train" for key in shared}
    return shared


def _split_of_order(order: Record, held: Mapping[str, str]) -> str:
    said = _said_in(order)
    found = {split for name, split in held.items() if any(name in text for text in said)}
    return "exam" if "exam" in found else "valid" if "valid" in found else "train"


def _said_in(order: Record) -> Iterable[str]:
    return [str(order.fields.get("lines") or ""), *order.attributes.values()]
