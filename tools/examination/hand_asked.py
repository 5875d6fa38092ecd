"""The questions written by hand, asked of any shop's own rows, each with its gold from the row.

The patterns (tools/examination/by_hand.py) are outside all that training data are made from; names are typed as
people type them. The gold comes from the rows as the program lists them, not from the program's understanding.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.examination.by_hand import BY_HAND
from tools.examination.making import NamedProducts, expected, gone_elsewhere
from tools.examination.questions import Expectation, Item, Question

Row = Mapping[str, Any]
_LEFT_OUT = frozenset({"count", "list", "several", "small_talk"})
"""Sorts whose right answer is no single value; the generated questions and the model's own exam ask for them."""
_FIELDS: Mapping[str, tuple[str, str]] = {
    "barcode": ("条码", "barcode"), "location": ("货位", "location"), "brand": ("品牌", "brand"),
    "list_price": ("原价", "list price"), "color": ("颜色", "color"), "size": ("尺码", "size"),
}  # fmt: skip
_ORDER_FIELDS: Mapping[str, tuple[str, str]] = {
    "status": ("状态", "status"), "carrier": ("快递公司", "carrier"), "tracking": ("运单号", "tracking number"),
}  # fmt: skip
_IN_ENGLISH: Mapping[str, str] = {
    "材质": "material", "重量": "weight", "容量": "capacity", "保修": "warranty", "产地": "origin", "功率": "power",
    "尺寸": "dimensions", "适用季节": "season",
    "厚度": "thickness", "长度": "length", "宽度": "width", "高度": "height",
}  # fmt: skip
_SENTENCE = re.compile(r"[^。！？.!?\n]{8,}")
_TRIES = 30
_Made = tuple[str, Expectation, tuple[Mapping[str, str], ...]]


@dataclass(frozen=True, slots=True)
class ShopRows:
    """Everything a shop's questions can be about, as `shopdesk … list --json` prints it."""

    products: Sequence[Row]
    policies: Sequence[Row]
    promotions: Sequence[Row]
    orders: Sequence[Row]


def hand_questions(rows: ShopRows, *, language: str, times: int, seed: int = 0) -> list[Question]:
    """Every pattern of one language `times` over, each time about other rows, as far as the shop has any."""
    asker = _Asker(rows, language, random.Random(f"{seed}/{language}/by hand"))
    patterns = BY_HAND["zh" if language == "zh" else "en"]
    found: list[Question] = []
    for kind, asked in patterns.items():
        for number, pattern in enumerate(asked):
            for time, made in enumerate(asker.made(kind, pattern, times)):
                text, expect, history = made
                name = f"hand-{language}-{kind}-{number}-{time}"
                found.append(Question(name, language, kind.replace("_", "-"), text, expect, history))
    return found


class _Asker:
    def __init__(self, rows: ShopRows, language: str, dice: random.Random) -> None:
        self._rows, self._language, self._dice = rows, language, dice
        self._named = NamedProducts(rows.products, language, dice)

    def made(self, kind: str, pattern: str, times: int) -> Iterator[_Made]:
        if kind in _LEFT_OUT:
            return
        text, _, detail = pattern.partition("|")
        asked: set[str] = set()
        for _ in range(times * 3):
            made = self._one(kind, text, detail)
            if made is not None and made[0] not in asked:
                asked.add(made[0])
                yield made
                if len(asked) == times:
                    return

    def _one(self, kind: str, text: str, detail: str) -> _Made | None:
        match kind:
            case "price" | "list_price" | "stock" | "sku" | "location" | "barcode":
                return self._value(text, kind)
            case "attribute":
                return self._attribute(text)
            case "not_recorded":
                return self._not_recorded(text)
            case "compare":
                return self._comparison(text)
            case "total":
                return self._total(text)
            case "extreme_low" | "extreme_high":
                return self._extreme(text, highest=kind == "extreme_high")
            case "options":
                return self._options(text)
            case "order":
                return self._order(text)
            case "policy" | "promotion":
                return self._rule(text, kind)
            case "follow_up":
                return self._follow_up(text, detail)
            case "not_found":
                thing = gone_elsewhere(self._language, self._named.all, self._dice)
                return (_filled(text, x=thing), Expectation(refuse=True), ()) if thing else None
        return None

    def _value(self, text: str, kind: str) -> _Made | None:
        product = self._named.draw(lambda p: _known(p, kind))
        if product is None:
            return None
        return _filled(text, n=self._named.typed(product)), expected(kind.replace("_", "-"), product), ()

    def _attribute(self, text: str) -> _Made | None:
        for _ in range(_TRIES):
            product = self._named.draw(lambda p: bool(p.get("attributes")))
            if product is None:
                return None
            attributes: Mapping[str, str] = product["attributes"]
            names = [name for name in attributes if not name.endswith(("_en", "_zh")) and attributes[name]]
            names = [name for name in names if self._said(name)]
            if not names:
                continue
            name = self._dice.choice(names)
            values = [attributes[name], *(attributes.get(f"{name}_{lang}", "") for lang in ("en", "zh"))]
            gold: Item = tuple(_beginning(value) for value in values if value)
            question = _filled(text, n=self._named.typed(product), f=self._said(name))
            return question, Expectation(all=(gold,), keys=(product["sku"],)), ()
        return None

    def _not_recorded(self, text: str) -> _Made | None:
        for _ in range(_TRIES):
            product = self._named.draw()
            empty = [field for field in _FIELDS if product and not product.get(field)]
            if product is None or not empty:
                continue
            field = _FIELDS[self._dice.choice(empty)][self._language == "en"]
            return _filled(text, n=self._named.typed(product), f=field), Expectation(refuse=True), ()
        return None

    def _comparison(self, text: str) -> _Made | None:
        one = self._named.draw()
        other = self._named.draw(lambda p: p["sku"] != one["sku"] and p["currency"] == one["currency"]) if one else None
        if one is None or other is None or one["name"] == other["name"]:
            return None
        first, second = Decimal(one["price"]), Decimal(other["price"])
        prices: Item = (one["price"], other["price"])
        expect = Expectation(
            any=(prices, "一样", "相同", "same") if first == second else (prices, str(abs(first - second))),
            keys=(one["sku"], other["sku"]),
            cheaper=None if first == second else (one if first < second else other)["sku"],
        )
        return _filled(text, a=self._named.typed(one), b=self._named.typed(other)), expect, ()

    def _total(self, text: str) -> _Made | None:
        product = self._named.draw(lambda p: not re.search(r"\d", p["name"]))
        if product is None:
            return None
        quantity = self._dice.randint(2, 12)
        question = _filled(text, n=self._named.full(product), q=quantity, u=product.get("unit") or "个")
        total = str(Decimal(product["price"]) * quantity)
        return question, Expectation(all=(total,), keys=(product["sku"],)), ()

    def _extreme(self, text: str, *, highest: bool) -> _Made | None:
        sorts: dict[str, list[Row]] = {}
        for product in self._rows.products:
            category = str(product.get("category") or "")
            if product.get("price") and category and category.isascii() == (self._language == "en"):
                sorts.setdefault(category, []).append(product)
        several = [(name, rows) for name, rows in sorted(sorts.items()) if len({r["currency"] for r in rows}) == 1]
        several = [(name, rows) for name, rows in several if 1 < len(rows) <= 40]
        if not several:
            return None
        name, rows = self._dice.choice(several)
        best = (max if highest else min)(Decimal(row["price"]) for row in rows)
        keys: Item = tuple(str(row["sku"]) for row in rows if Decimal(row["price"]) == best)
        return _filled(text, c=name), Expectation(all=(str(best),), keys=(keys,)), ()

    def _options(self, text: str) -> _Made | None:
        groups: dict[str, list[Row]] = {}
        for product in self._rows.products:
            groups.setdefault(str(product.get("group") or product["name"]), []).append(product)
        several = [rows for rows in groups.values() if 1 < len(rows) <= 8 and len({row["name"] for row in rows}) == 1]
        for _ in range(_TRIES):
            if not several:
                return None
            rows = self._dice.choice(several)
            field = self._dice.choice(("color", "size"))
            values = sorted({str(row[field]) for row in rows if row.get(field)})
            # another language than the rows' own is a matter of translation, not of facts
            if len(values) < 2 or any(
                value.isascii() != (self._language == "en") for value in values if value.isalpha()
            ):
                continue
            question = _filled(text, n=rows[0]["name"], f=_FIELDS[field][self._language == "en"])
            return question, Expectation(all=tuple(values)), ()
        return None

    def _order(self, text: str) -> _Made | None:
        if not self._rows.orders:
            return None
        order = self._dice.choice(self._rows.orders)
        known = [name for name in _ORDER_FIELDS if order.get(name)]
        if not known:
            return None
        field = self._dice.choice(known) if "{f}" in text else "status"
        attributes = order.get("attributes") or {}
        gold: Item = tuple(filter(None, (str(order.get(field) or ""), attributes.get(f"{field}_en", ""))))
        name = _ORDER_FIELDS[field][self._language == "en"]
        return _filled(text, o=order["number"], f=name), Expectation(all=(gold,), keys=(order["number"],)), ()

    def _rule(self, text: str, kind: str) -> _Made | None:
        rules = self._rows.policies if kind == "policy" else self._rows.promotions
        rules = [rule for rule in rules if (rule.get("language") or self._language) == self._language]
        if not rules:
            return None
        rule = self._dice.choice(rules)
        attributes = rule.get("attributes") or {}
        title = attributes.get(f"name_{self._language}") or rule["title"]
        body = attributes.get(f"body_{self._language}") or rule.get("body") or ""
        if title.isascii() != (self._language == "en") or not body:
            return None
        sentences = tuple(sentence.strip() for sentence in _SENTENCE.findall(body))
        key = str(rule["key"] if kind == "policy" else rule["code"])
        return _filled(text, t=title), Expectation(any=sentences, keys=(key,)), ()

    def _follow_up(self, text: str, kind: str) -> _Made | None:
        if kind not in ("price", "stock", "location", "sku", "barcode", "list_price"):
            return None
        product = self._named.draw(lambda p: _known(p, kind))
        if product is None:
            return None
        name = self._named.full(product)
        known = "price" if kind != "price" else "stock"
        value = product.get(known)
        if value is None:
            return None
        if self._language == "zh":
            turn = {"question": f"{name}{'多少钱' if known == 'price' else '还有货吗'}",
                    "answer": f"{name}的{'价格' if known == 'price' else '库存'}是 {value} [1]。"}  # fmt: skip
        else:
            turn = {"question": f"{'how much is' if known == 'price' else 'stock of'} the {name}",
                    "answer": f"The {known} of the {name} is {value} [1]."}  # fmt: skip
        return _filled(text), expected(kind.replace("_", "-"), product), (turn,)

    def _said(self, name: str) -> str:
        """An attribute's name in the language of the question; "" where there is none."""
        if name.isascii() == (self._language == "en"):
            return name
        return _IN_ENGLISH.get(name, "") if self._language == "en" else ""


def _known(product: Row, kind: str) -> bool:
    return product.get("stock") is not None if kind == "stock" else bool(product.get(kind))


def _beginning(value: str) -> str:
    """As much of a long value as a short answer holds."""
    return value if len(value) <= 60 else value[:50]


def _filled(pattern: str, **parts: object) -> str:
    return " ".join(re.sub(r"\{(\w)\}", lambda match: str(parts[match.group(1)]), pattern).split())
