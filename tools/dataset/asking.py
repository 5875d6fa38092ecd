"""Questions about a shop's own rows, as people type them, each with the test of whether it was understood.

A question is drawn from a way of asking and from the rows of one split. What the app's planner makes of it decides
whether it is taken: `fits` says whether that plan answers what was meant.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shopdesk.core.arithmetic import price_of
from shopdesk.core.plan import Plan
from shopdesk.core.types import Language, Record, decimals_of
from shopdesk.core.wording import field_name, label_of, shown_attributes, value_text
from tools.dataset.holding_out import Holdout, family_of, rested_on
from tools.dataset.phrasings import Phrasing, Split, ways, words
from tools.dataset.references import kind_of
from tools.dataset.shop import Shop

FIELDS = (
    "price", "list_price", "stock", "location", "sku", "barcode", "color", "size", "brand", "category", "description",
)  # fmt: skip
_LEANING = {
    "price": 5, "list_price": 3, "stock": 6, "location": 4, "sku": 2, "barcode": 1, "color": 2, "size": 2,
    "attribute": 6, "variant": 7, "other": 4, "compare": 3, "total": 3,
}  # fmt: skip
"""What is asked next about a product, with its share."""
_ORDER_FIELDS = ("status", "carrier", "tracking", "placed_at", "expected_at", "total", "lines")
_BEFORE = {
    "zh": ("麻烦，", "那个，", "你好，", "帮忙看下，", "急，"),
    "en": ("hi, ", "excuse me, ", "quick one, ", "hello, ", "ok, "),
}
_BEHIND = {"zh": ("？", "?", "。", "？谢谢", "！"), "en": ("?", "??", ".", " please", " thanks")}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the way it was asked, and whether a plan for it answers what was meant."""

    text: str
    phrasing: Phrasing
    fits: Callable[[Plan], bool]


class Asker:
    """Draws questions about the rows of one split."""

    def __init__(self, shop: Shop, holdout: Holdout, split: Split, rng: random.Random) -> None:
        self.rng = rng
        self.split: Split = split
        self.products = [record for record in shop.products if holdout.split_of(record) == split]
        self.orders = [record for record in shop.records["order"] if holdout.split_of(record) == split]
        self.policies, self.promotions = shop.records["policy"], shop.records["promotion"]
        self._families = _by_family(self.products)
        self._columns = sorted({name for record in shop.products for name in shown_attributes(record)})
        self._names = [record.title_in(language).casefold() for record in shop.products for language in ("zh", "en")]
        self._categories = sorted({str(r.fields["category"]) for r in self.products if r.fields.get("category")})
        self._codes = {order.key for order in shop.records["order"]}

    def ask(self, kind: str, language: Language) -> Asked | None:
        """A question of `kind` that stands alone; None where the shop has nothing to ask it about."""
        maker = _MAKERS.get(kind, Asker._field)
        found = ways(kind, language, self.split)
        return maker(self, kind, language, self.rng.choice(found)) if found else None

    def follow(self, before: Plan, language: Language) -> Asked | None:
        """A question that leans on the answer by `before`; None where nothing can be asked so."""
        target = before.target
        if target is None:
            return None
        if before.intent == "policy" and target.record.kind == "policy":
            return self._leaning("policy", language, lambda plan: plan.intent == "policy")
        if target.record.kind == "order":
            return self._leaning("order", language, lambda plan: _target_key(plan) == target.record.key)
        rows = [fact.record for fact in rested_on(before) if fact.record.kind == "product"]
        return self._follow_product(self.rng.choice(rows), language) if rows else None

    # ---- follow-ups

    def _leaning(self, kind: str, language: Language, fits: Callable[[Plan], bool], **slots: object) -> Asked | None:
        found = ways(f"then_{kind}", language, self.split)
        if not found:
            return None
        phrasing = self.rng.choice(found)
        return Asked(self._typed(phrasing.pattern.format(**slots), language), phrasing, fits)

    def _follow_product(self, record: Record, language: Language) -> Asked | None:
        kind = self.rng.choices(tuple(_LEANING), tuple(_LEANING.values()))[0]
        unit = record.fields.get("unit") or ("个" if language == "zh" else "")
        family = family_of(record)
        about = _about(family)
        if kind == "attribute":
            names = shown_attributes(record)
            if not names:
                return None
            name = self.rng.choice(names)
            spoken = _spoken(field_name(f"attributes.{name}", language))
            return self._leaning(kind, language, lambda plan: about(plan) and _says(plan, name), f=spoken)
        if kind == "variant":
            others = [row for row in self._families.get(family, ()) if _variant(row) != _variant(record)]
            wanted = self.rng.choice(others) if others else None
            field = "color" if wanted and wanted.fields.get("color") != record.fields.get("color") else "size"
            value = value_text(wanted, field, language) if wanted else None
            if value is None:
                return None
            return self._leaning(kind, language, lambda plan: about(plan) and _has_value(plan, field, wanted), v=value)
        if kind in ("other", "compare"):
            other = self._product(lambda row: family_of(row) != family and _comparable(row, record))
            if other is None:
                return None
            named = family_of(other)
            fits = _about(named) if kind == "other" else _works_out("compare", family, named)
            return self._leaning(kind, language, fits, n=self.mention(other, language))
        if kind == "total":
            quantity = self.rng.randint(2, 9)
            return self._leaning(kind, language, _multiplies(family, quantity), q=quantity, u=unit)
        return self._leaning(kind, language, lambda plan: about(plan) and kind in _fields_said(plan), u=unit)

    # ---- questions that stand alone

    def _field(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        record = self._product(lambda row: value_text(row, kind, language) is not None)
        if record is None:
            return None
        about = _about(family_of(record))
        named = record if kind not in ("color", "size") else None
        return self._asked(
            phrasing,
            lambda plan: about(plan) and kind in _fields_said(plan),
            record,
            n=self.mention(record, language, named is None),
        )

    def _attribute(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        record = self._product(lambda row: bool(shown_attributes(row)))
        if record is None:
            return None
        name = self.rng.choice(shown_attributes(record))
        about = _about(family_of(record))
        spoken = _spoken(field_name(f"attributes.{name}", language))
        mention = self.mention(record, language)
        return self._asked(phrasing, lambda plan: about(plan) and _says(plan, name), record, n=mention, f=spoken)

    def _not_recorded(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        record = self._product()
        if record is None:
            return None
        missing = [f"attributes.{name}" for name in self._columns if name not in record.attributes]
        missing += [
            name
            for name in ("list_price", "location", "barcode", "brand")
            if value_text(record, name, language) is None
        ]
        if not missing:
            return None
        field = self.rng.choice(missing)
        about = _about(family_of(record))
        return self._asked(
            phrasing, lambda plan: plan.intent == "not_recorded" and about(plan), record,
            n=self.mention(record, language), f=_spoken(field_name(field, language)),
        )  # fmt: skip

    def _several(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        record = self._product()
        if record is None:
            return None
        about = _about(family_of(record))
        points = 2 if kind == "two" else 1
        return self._asked(
            phrasing, lambda plan: about(plan) and (plan.intent == "computed" or len(plan.points) >= points), record,
            n=self.mention(record, language),
        )  # fmt: skip

    def _pair(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        first = self._product(lambda row: price_of(row) is not None)
        second = first and self._product(lambda row: family_of(row) != family_of(first) and _comparable(row, first))
        if first is None or second is None:
            return None
        fits = _works_out("compare" if kind == "compare" else "total", family_of(first), family_of(second))
        return self._asked(phrasing, fits, first, a=self.mention(first, language), b=self.mention(second, language))

    def _total(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        record = self._product(lambda row: price_of(row) is not None)
        if record is None:
            return None
        quantity = self.rng.choice((2, 2, 3, 3, 4, 5, 6, 8, 10, 12))
        fits = _multiplies(family_of(record), quantity)
        return self._asked(phrasing, fits, record, n=self.mention(record, language, whole=True), q=quantity)

    def _choice(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        """About a whole category: a list, a count, the cheapest, a recommendation within a budget."""
        if not self._categories:
            return None
        category = self.rng.choice(self._categories)
        rows = [row for row in self.products if row.fields.get("category") == category]
        prices = sorted((found[0], found[1]) for row in rows if (found := price_of(row)) is not None)
        if not prices:
            return None
        minor, currency = prices[self.rng.randint(len(prices) // 3, len(prices) - 1)]
        step = 50 if minor >= 20_000 else 10
        limit = (minor // 10 ** decimals_of(currency) // step + 1) * step
        name = str(rows[0].attributes.get(f"category_{language}") or category)
        wanted = {"cheapest", "dearest", "count"} & {kind} or {
            "list",
            "several",
            "cheapest",
            "price",
            "stock",
            "options",
        }
        return self._asked(
            phrasing, lambda plan: kind_of(plan) in wanted and _within(plan, category), rows[0], c=name.lower(), p=limit
        )

    def _absent(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        thing = self.rng.choice(words(language)["elsewhere"])
        if any(thing in name for name in self._names):
            return None
        return self._asked(phrasing, lambda plan: plan.intent == "not_found", None, x=thing)

    def _order(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        if not self.orders:
            return None
        order = self.rng.choice(self.orders)
        number = self.rng.choice((order.key, order.key, order.key, str(order.fields.get("tracking") or order.key)))
        known = [name for name in _ORDER_FIELDS if order.fields.get(name)]
        field = self.rng.choice(known) if kind == "order_field" and known else ""
        return self._asked(
            phrasing, lambda plan: _target_key(plan) == order.key and (not field or field in _fields_said(plan)), order,
            o=number, f=field_name(field, language),
        )  # fmt: skip

    def _order_missing(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        unknown = self._unknown_number()
        return self._asked(phrasing, lambda plan: plan.intent == "not_found", None, o=unknown)

    def _rule(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        policy = self.rng.choice(self.policies) if self.policies else None
        if policy is None:
            return None
        titles = [policy.title_in(language), str(policy.fields.get("topic") or "")]
        title = self.rng.choice(
            [text for text in titles if text and text.isascii() == (language == "en")] or titles[:1]
        )
        return self._asked(phrasing, lambda plan: plan.intent == "policy", None, t=title)

    def _promotion(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        if not self.promotions:
            return None
        promotion = self.rng.choice(self.promotions)
        name = self.rng.choice((promotion.title_in(language), promotion.title_in(language), promotion.key))
        meant = _about_promotions if kind == "running" else lambda plan: _target_key(plan) == promotion.key
        return self._asked(phrasing, meant, None, t=name)

    def _small_talk(self, kind: str, language: Language, phrasing: Phrasing) -> Asked | None:
        return self._asked(phrasing, lambda plan: plan.intent == "small_talk", None)

    # ---- words

    def mention(self, record: Record, language: Language, whole: bool = False) -> str:
        """The product as somebody would type it: whole, with colour or size, in part, by its code."""
        rng = self.rng
        title = record.title_in(language)
        if whole:
            return title
        color, size = (value_text(record, field, language) or "" for field in ("color", "size"))
        zh = language == "zh"
        roll = rng.random()
        if roll < 0.24:
            text = title
        elif roll < 0.44:
            text = label_of(record, language)
        elif roll < 0.62:
            forms = (
                (
                    f"{color}{title}",
                    f"{title}{color}{size}",
                    f"{color}的{title}",
                    f"{title} {size}",
                    f"{title} {color} {size}",
                )
                if zh
                else (f"{color} {title}", f"{title} {color}", f"{title} {size}", f"{title} {color} {size}")
            )
            text = rng.choice(forms)
        elif roll < 0.75:
            text = record.key
        elif zh and len(title) > 4:
            text = title[rng.randint(1, 2) :] if rng.random() < 0.5 else title[: -rng.randint(1, 2)]
        else:
            words = title.split()
            text = " ".join(words[1:] if rng.random() < 0.6 else words[:-1]) if len(words) > 2 else title
        return " ".join(text.split()) or title

    def _asked(self, phrasing: Phrasing, fits: Callable[[Plan], bool], record: Record | None, **slots: object) -> Asked:
        if record is not None:
            slots.setdefault("u", record.fields.get("unit") or ("个" if phrasing.language == "zh" else ""))
        return Asked(self._typed(phrasing.pattern.format(**slots), phrasing.language), phrasing, fits)

    def _typed(self, text: str, language: Language) -> str:
        """As it is typed: at times in lower case, without spaces, with or without a mark at its end."""
        rng = self.rng
        text = " ".join(text.split())
        if rng.random() < 0.2:
            text = text.lower()
        if language == "zh" and rng.random() < 0.1:
            text = text.replace(" ", "")
        if rng.random() < 0.3 and text[-1:].isalnum():
            text += rng.choice(_BEHIND[language])
        if rng.random() < 0.07:
            text = rng.choice(_BEFORE[language]) + text
        return text

    def _product(self, test: Callable[[Record], bool] = lambda record: True) -> Record | None:
        """A product of the split that passes, every family as likely as another."""
        if not self._families:
            return None
        names = list(self._families)
        for _ in range(6):
            fitting = [record for record in self._families[self.rng.choice(names)] if test(record)]
            if fitting:
                return self.rng.choice(fitting)
        return None

    def _unknown_number(self) -> str:
        """A number shaped like the shop's own, or any, that no order has."""
        model = self.rng.choice(sorted(self._codes)) if self._codes else "SO-0000000"
        while True:
            number = "".join(str(self.rng.randint(0, 9)) if character.isdigit() else character for character in model)
            if number not in self._codes and any(character.isdigit() for character in number):
                return number
            model = f"{model}0"


def _by_family(products: Sequence[Record]) -> dict[str, list[Record]]:
    families: dict[str, list[Record]] = defaultdict(list)
    for record in products:
        families[family_of(record)].append(record)
    return dict(families)


def _about(family: str) -> Callable[[Plan], bool]:
    """Whether an answer rests on products of one family alone."""

    def is_about(plan: Plan) -> bool:
        rows = rested_on(plan)
        return bool(rows) and all(fact.record.kind == "product" and family_of(fact.record) == family for fact in rows)

    return is_about


def _works_out(key: str, *families: str) -> Callable[[Plan], bool]:
    """Whether a plan is a sum or comparison over rows of just these families."""

    def does(plan: Plan) -> bool:
        return (
            plan.intent == "computed"
            and _target_key(plan) == key
            and {family_of(fact.record) for fact in rested_on(plan)} == set(families)
        )

    return does


def _multiplies(family: str, quantity: int) -> Callable[[Plan], bool]:
    """Whether a plan is the price of one product times `quantity`."""
    sums_up = _works_out("total", family)
    return lambda plan: sums_up(plan) and plan.must[0].startswith(f"{quantity} × ") and len(rested_on(plan)) == 1


def _about_promotions(plan: Plan) -> bool:
    rows = rested_on(plan)
    return bool(rows) and all(fact.record.kind == "promotion" for fact in rows)


def _within(plan: Plan, category: str) -> bool:
    rows = rested_on(plan)
    return bool(rows) and all(fact.record.fields.get("category") == category for fact in rows)


def _fields_said(plan: Plan) -> set[str]:
    """The fields that a plan answers; the choice of colours or sizes answers for the field."""
    if plan.intent == "computed":
        return set(plan.asked)
    return {point.field for point in plan.points}


def _says(plan: Plan, attribute: str) -> bool:
    if plan.intent == "computed":
        return True
    return any(point.field == f"attributes.{attribute}" for point in plan.points)


def _has_value(plan: Plan, field: str, wanted: Record | None) -> bool:
    value = wanted.fields.get(field) if wanted else None
    return all(fact.record.fields.get(field) == value for fact in rested_on(plan))


def _target_key(plan: Plan) -> str:
    return plan.target.record.key if plan.target is not None else ""


def _variant(record: Record) -> tuple[object, object]:
    return record.fields.get("color"), record.fields.get("size")


def _comparable(first: Record, second: Record) -> bool:
    a, b = price_of(first), price_of(second)
    return a is not None and b is not None and a[1] == b[1]


def _spoken(name: str) -> str:
    return name.replace("_", " ")


_CHOICES = frozenset({"list", "several", "cheapest", "price", "stock", "options"})
"""What may answer a question for a choice of products: a list, or where there is but one, that one."""
_MAKERS: dict[str, Callable[[Asker, str, Language, Phrasing], Asked | None]] = {
    "attribute": Asker._attribute, "not_recorded": Asker._not_recorded,
    "several": Asker._several, "two": Asker._several,
    "compare": Asker._pair, "basket": Asker._pair, "total": Asker._total, "cheapest": Asker._choice,
    "dearest": Asker._choice, "list": Asker._choice, "count": Asker._choice, "recommend": Asker._choice,
    "absent": Asker._absent, "order": Asker._order, "order_field": Asker._order, "order_missing": Asker._order_missing,
    "policy": Asker._rule, "rule": Asker._rule, "promotion": Asker._promotion, "running": Asker._promotion,
    "small_talk": Asker._small_talk,
}  # fmt: skip
