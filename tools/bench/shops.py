"""Generated shops of any size: products in both languages, each with a name of its own, from a seed."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from itertools import product as every
from pathlib import Path

COLUMNS = (
    "sku",
    "name",
    "brand",
    "category",
    "color",
    "size",
    "price",
    "list_price",
    "currency",
    "stock",
    "location",
    "barcode",
)

_BRANDS = (
    "霁川", "麦垄", "拾柒里", "岩鹿", "青禾记", "泊岸", "苇间", "朴石", "云渡", "栗子山", "Tarn", "Brackenfell", "Lumo",
    "Ostrea", "Piketon", "Quayside", "Hollin", "Marrow & Son", "Vireo", "Kestle",
)  # fmt: skip
_MANNERS = (
    "轻便", "加厚", "可折叠", "防水", "经典款", "儿童", "便携", "静音", "双层", "手工", "ultralight", "heavy duty",
    "folding", "waterproof", "classic", "junior", "travel", "silent", "double-wall", "handmade", "mini", "XL", "复古",
    "升级版", "Pro",
)  # fmt: skip
_THINGS = (
    ("登山杖", "户外"), ("保温杯", "杯壶"), ("单人毯", "家纺"), ("砧板", "厨房"), ("台历", "文具"), ("工具箱", "五金"),
    ("浴帘", "卫浴"), ("花盆", "园艺"), ("雨靴", "鞋靴"), ("围巾", "配饰"), ("收音机", "电器"), ("拼图", "玩具"),
    ("headlamp", "outdoor"), ("teapot", "kitchen"), ("door mat", "home"), ("stapler", "office"), ("pliers", "tools"),
    ("raincoat", "clothing"), ("planter", "garden"), ("scarf", "accessories"), ("card game", "toys"),
    ("bike bell", "cycling"), ("脚踏垫", "家居"), ("储物罐", "厨房"), ("跳绳", "运动"), ("宠物碗", "宠物"),
    ("lantern", "outdoor"),
    ("apron", "kitchen"),
)  # fmt: skip
_COLORS = ("黑色", "白色", "墨绿", "砖红", "海蓝", "sand", "charcoal", "mustard")
_SIZES = ("S", "M", "L", "XL", "均码")
_EDITIONS = ("", " II")


def rows(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """`count` products (at most 1,120,000), always the same ones for a seed, in random order of names."""
    dice = random.Random(seed)
    kinds = list(every(_BRANDS, _MANNERS, _THINGS, _COLORS, _SIZES, _EDITIONS))
    if count > len(kinds):
        raise ValueError(f"no more than {len(kinds)} products")
    for number, (brand, manner, (thing, category), color, size, edition) in enumerate(dice.sample(kinds, count), 1):
        price = dice.randrange(390, 250_000) / 100
        yield {
            "sku": f"{number:06d}-{dice.randrange(36**3):04d}",
            "name": f"{brand} {manner}{'' if thing[0] > '~' else ' '}{thing}{edition}",
            "brand": brand, "category": category, "color": color, "size": size, "price": f"{price:.2f}",
            "list_price": f"{price * 1.25:.2f}" if dice.random() < 0.5 else "", "currency": "CNY",
            "stock": str(dice.randrange(60)), "location": f"{dice.choice('ABCDEFGH')}{dice.randrange(1, 40)}",
            "barcode": f"69{number:011d}",
        }  # fmt: skip


def write_csv(path: Path, count: int, seed: int = 0) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows(count, seed))
