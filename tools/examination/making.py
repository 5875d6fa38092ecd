"""Questions with their gold made from a shop's own products, so that any shop can be examined.

The same products and the same seed give the same questions. Names are at times shortened to a
part that only this product has, put in lower case or closed up, as people at a counter type.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tools.examination.questions import Expectation, Item, Question

Product = Mapping[str, Any]

_ASKED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "price": {
        "zh": ("{}多少钱", "{}怎么卖？", "{} 价格", "请问{}的售价是多少？", "帮我看下{}卖什么价", "顾客问{}多少钱一件"),
        "en": ("how much is the {}?", "{} price", "What does the {} cost?", "price of {}", "what do we ask for {}"),
    },
    "list-price": {
        "zh": ("{}原价多少", "{}打折前卖多少钱", "{}的吊牌价", "查一下{}的划线价"),
        "en": ("list price of {}?", "what was the original price of the {}", "{} list price"),
    },
    "stock": {
        "zh": ("{}还有货吗", "{}库存还剩多少", "{} 库存", "麻烦查查{}还有几件", "{}现在有没有现货"),
        "en": ("is the {} in stock?", "how many {} are left", "{} stock", "do we still have the {}?"),
    },
    "sku": {
        "zh": ("{}的货号是什么", "{} 货号", "{}的商品编码发我一下"),
        "en": ("what's the SKU of the {}?", "{} item code", "sku for {}"),
    },
    "compare": {
        "zh": ("{}和{}哪个便宜", "{}跟{}比，哪个贵？", "{}与{}差多少钱"),
        "en": ("which is cheaper, the {} or the {}?", "{} or {}, which costs more", "price difference of {} and {}"),
    },
    "absent": {
        "zh": ("{}多少钱", "有没有{}卖", "{}还有货吗"),
        "en": ("how much is the {}?", "do we sell {}?", "{} in stock?"),
    },
}  # fmt: skip
_FOLLOWED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "list-price": {"zh": ("原价呢", "那打折前是多少"), "en": ("and the list price?", "what was it before?")},
    "stock": {"zh": ("还有货吗", "库存多少"), "en": ("is it in stock?", "how many are left?")},
    "sku": {"zh": ("货号是什么", "它的货号给我"), "en": ("what's its SKU?", "item code?")},
}
_ELSEWHERE: Mapping[str, Sequence[str]] = {
    "zh": ("电冰箱", "钢琴", "望远镜", "轮胎", "电饭煲", "显微镜", "打印机", "洗衣机", "小提琴", "婴儿车", "割草机"),
    "en": ("refrigerator", "piano", "telescope", "car tyre", "rice cooker", "microscope", "laser printer",
           "washing machine", "violin", "baby stroller", "lawn mower"),
}  # fmt: skip
_COLORS: Mapping[str, str] = {
    "黑色": "black", "白色": "white", "红色": "red", "蓝色": "blue", "绿色": "green", "黄色": "yellow", "灰色": "grey",
    "橙色": "orange", "粉色": "pink", "紫色": "purple", "棕色": "brown", "米色": "beige", "银色": "silver",
    "金色": "gold", "青色": "cyan", "藏青色": "navy", "卡其色": "khaki",
}  # fmt: skip
_GONE = ("0", "无货", "没货", "没有货", "没有库存", "缺货", "售罄", "out of stock", "not in stock", "sold out")
_THERE = ("有货", "有现货", "in stock", "available")
_ALNUM = re.compile(r"[0-9A-Za-z]")
KINDS = ("price", "stock", "sku", "list-price", "compare", "follow-up", "absent")


class NamedProducts:
    """The products that can be asked for by a name which means one of them only."""

    def __init__(self, products: Sequence[Product], language: str, dice: random.Random) -> None:
        self.language = language
        self.dice = dice
        products = [_in_language(product, language) for product in products]
        names = Counter(_key(_full_name(product)) for product in products)
        self.all = [_key(_full_name(product)) for product in products]
        self.products = [p for p in products if p.get("price") and names[_key(_full_name(p))] == 1]
        if len(self.products) < 2:
            raise ValueError("the shop has too few products with a name and a price of their own")

    def draw(self, test: Callable[[Product], bool] = lambda product: True) -> Product | None:
        fit = [product for product in self.products if test(product)]
        return self.dice.choice(fit) if fit else None

    def typed(self, product: Product) -> str:
        """The product's name, with colour and size where it has them, as a clerk may type it."""
        name = _full_name(product)
        manner = self.dice.random()
        if manner < 0.2:
            name = self._shortened(product)
        elif manner < 0.35:
            name = name.lower()
        elif manner < 0.45 and self.language == "zh":
            name = name.replace(" ", "")
        return name

    def _shortened(self, product: Product) -> str:
        """The full name with the first or last part of the title left out, where that means one product only."""
        title, full = str(product["name"]), _full_name(product)
        words = title.split(" ")
        if len(words) > 2:
            parts = [" ".join(words[1:]), " ".join(words[:-1])]
        elif len(title) >= 6 and not _ALNUM.search(title):
            parts = [title[2:], title[:-2]]
        else:
            return full
        others = [other for other in self.all if other != _key(full)]
        own = [part for part in parts if not any(_key(part) in other for other in others)]
        return full.replace(title, self.dice.choice(own), 1) if own else full

    def full(self, product: Product) -> str:
        """The whole name, with colour and size where it has them."""
        return _full_name(product)

    def phrase(self, kind: str, *names: str) -> str:
        return self.dice.choice(_ASKED[kind][self.language]).format(*names)


def make_questions(products: Sequence[Product], *, count: int, language: str, seed: int = 0) -> list[Question]:
    """`count` questions in `language` ("zh", "en"), the kinds in turn; fewer kinds where the shop has no such values.

    `products` are objects of `shopdesk products list --json`. Raises ValueError when the shop has
    fewer than two products that can be told apart by name.
    """
    shop = NamedProducts(products, language, random.Random(f"{seed}/{language}"))
    questions: list[Question] = []
    drawn_blank = 0
    while len(questions) < count and drawn_blank < len(KINDS):
        kind = KINDS[(len(questions) + drawn_blank) % len(KINDS)]
        made = _make(kind, shop)
        if made is None:
            drawn_blank += 1
            continue
        drawn_blank = 0
        text, expect, history = made
        name = f"{language}-{len(questions) + 1:04d}"
        questions.append(Question(name, language, kind, text, expect, history))
    return questions


_Made = tuple[str, Expectation, tuple[Mapping[str, str], ...]]


def _make(kind: str, shop: NamedProducts) -> _Made | None:
    if kind == "compare":
        return _compare(shop)
    if kind == "follow-up":
        return _follow_up(shop)
    if kind == "absent":
        return _absent(shop)
    product = shop.draw(lambda p: kind == "stock" or _value(kind, p) is not None)
    if product is None:
        return None
    return shop.phrase(kind, shop.typed(product)), expected(kind, product), ()


def _compare(shop: NamedProducts) -> _Made | None:
    one = shop.draw()
    other = shop.draw(lambda p: p["sku"] != one["sku"] and p["currency"] == one["currency"]) if one else None
    if one is None or other is None:
        return None
    first, second = Decimal(one["price"]), Decimal(other["price"])
    prices: Item = (one["price"], other["price"])
    same = ("一样", "相同", "same")
    expect = Expectation(
        any=(prices, *same) if first == second else (prices, str(abs(first - second))),
        keys=(one["sku"], other["sku"]),
        cheaper=None if first == second else (one if first < second else other)["sku"],
    )
    return shop.phrase("compare", shop.typed(one), shop.typed(other)), expect, ()


def _follow_up(shop: NamedProducts) -> _Made | None:
    known = [kind for kind in _FOLLOWED if any(_value(kind, p) is not None for p in shop.products)]
    kind = shop.dice.choice(["stock", *(kind for kind in known if kind != "stock")])
    product = shop.draw(lambda p: kind == "stock" or _value(kind, p) is not None)
    if product is None:
        return None
    name, price = _full_name(product), product["price"]
    answer = f"{name}的价格是 {price} [1]。" if shop.language == "zh" else f"The {name} costs {price} [1]."
    turn = {"question": shop.phrase("price", name), "answer": answer}
    return shop.dice.choice(_FOLLOWED[kind][shop.language]), expected(kind, product), (turn,)


def gone_elsewhere(language: str, names: Sequence[str], dice: random.Random) -> str | None:
    """Something that no shop with these products sells; None where it sells them all."""
    things = [thing for thing in _ELSEWHERE[language] if not _sold(thing, names)]
    return dice.choice(things) if things else None


def _absent(shop: NamedProducts) -> _Made | None:
    thing = gone_elsewhere(shop.language, shop.all, shop.dice)
    return (shop.phrase("absent", thing), Expectation(refuse=True), ()) if thing else None


def expected(kind: str, product: Product) -> Expectation:
    """The gold of a question for one value of one product: a field's name with - for _, or "stock"."""
    value, keys = _value(kind, product), (product["sku"],)
    if value is None:
        return Expectation(refuse=True)
    if kind != "stock":
        return Expectation(all=(str(value),), keys=keys)
    if isinstance(value, bool):
        return Expectation(all=(_THERE,), none=_GONE[1:], keys=keys) if value else Expectation(all=(_GONE,), keys=keys)
    return Expectation(all=(str(value),) if value else (_GONE,), keys=keys)


def _value(kind: str, product: Product) -> Any:
    """What the shop knows: a decimal string, a count, a code, or for the stock perhaps only whether there is any."""
    if kind == "stock":
        stock = product.get("stock")
        return stock if stock is not None else product.get("available")
    return product.get(kind.replace("-", "_"))


def _full_name(product: Product) -> str:
    """The name, with colour and size where the shop gives them."""
    return " ".join(str(part) for part in (product["name"], product.get("color"), product.get("size")) if part)


def _in_language(product: Product, language: str) -> Product:
    """The product as it is called in `language`, where the shop has a name in it (the attribute `name_en`)."""
    name = (product.get("attributes") or {}).get(f"name_{language}")
    if not name:
        return product
    color = _COLORS.get(str(product.get("color"))) if language == "en" else None
    return {**product, "name": name, "color": color or product.get("color")}


def _key(name: str) -> str:
    return "".join(name.casefold().split())


def _sold(thing: str, names: Sequence[str]) -> bool:
    """Whether a product's name shares a word (English) or two characters (Chinese) with the thing."""
    parts = thing.split() if thing.isascii() else [thing[i : i + 2] for i in range(len(thing) - 1)]
    return any(part in name for part in parts for name in names)
