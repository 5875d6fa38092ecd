"""Words that mean the same to this shop's customers, in groups that the admin edits: `laptop, notebook`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from shopdesk.core.errors import StoreError
from shopdesk.core.text import fold, is_han
from shopdesk.store.database import Database, storable

FIRST_GROUPS = """
laptop, notebook
tv, television
fridge, refrigerator
phone, mobile phone, cellphone, smartphone
earphones, headphones, earbuds, headset
hard drive, hard disk, hdd
ssd, solid state drive
flash drive, usb stick, thumb drive, pen drive
monitor, display
pc, computer
tablet, tab
charger, power adapter
cable, cord
webcam, web camera
ps4, playstation 4
ps5, playstation 5
wi-fi, wifi, wlan
vacuum cleaner, hoover
hair dryer, hairdryer, blow dryer
washing machine, washer
stove, cooker, hob
kettle, water boiler
flashlight, torch
sofa, couch
wardrobe, closet
rug, carpet
quilt, duvet, comforter
trousers, pants
sweater, jumper, pullover
sneakers, trainers
t-shirt, tee, tshirt
swimsuit, bathing suit, swimwear
raincoat, rain jacket
backpack, rucksack
handbag, purse
suitcase, luggage, trolley case
diaper, nappy
stroller, pram, pushchair
pacifier, dummy
bicycle, bike
eraser, rubber
pen, ballpoint
tape, sellotape
cookie, biscuit
candy, sweets
chips, crisps
soda, soft drink
lotion, cream
sunscreen, sunblock, sun cream
mouse, mice
knife, knives
shelf, shelves
scarf, scarves
man, men
woman, women
child, children
笔记本电脑, 笔记本, 手提电脑, 电脑
手机, 电话, 移动电话
电视, 电视机, 彩电
冰箱, 电冰箱
洗衣机, 洗衣器
耳机, 耳麦, 耳塞
充电宝, 移动电源
优盘, U盘, 闪存盘
鼠标垫, 鼠标板
吹风机, 电吹风, 风筒
热水壶, 电热水壶, 烧水壶
电饭煲, 电饭锅
插座, 插排, 插线板, 排插
保温杯, 保温壶
水杯, 杯子
手电筒, 电筒
拖鞋, 凉拖
球鞋, 运动鞋
卫衣, 套头衫
T恤, 短袖
毛衣, 针织衫
裤子, 长裤
袜子, 短袜, 长袜
双肩包, 背包, 书包
行李箱, 拉杆箱, 旅行箱
雨伞, 伞
被子, 被芯
床单, 床笠
四件套, 床品套件, 床上用品
枕头, 枕芯
靠枕, 抱枕, 靠垫
地毯, 地垫
毯子, 盖毯
沙发, 懒人沙发
垃圾桶, 垃圾筐
纸巾, 抽纸
洗发水, 洗发露
沐浴露, 沐浴乳
护肤霜, 面霜
防晒霜, 防晒乳
牙刷, 电动牙刷
婴儿, 宝宝, 婴童
童装, 儿童服装
点心, 糕点
零食, 小吃
饼干, 曲奇
圆珠笔, 中油笔
签字笔, 中性笔
"""
"""What a new shop begins with: everyday words for the same goods, of many trades."""

_BETWEEN = re.compile(r"\s*[,，、;；=|\t]\s*")
_MOST_TEXTS = 8


class Synonyms:
    """The shop's groups of synonyms. A word may stand in several groups."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def groups(self) -> list[tuple[str, ...]]:
        with self._database.read() as db:
            rows = db.execute("SELECT words FROM synonyms ORDER BY id").fetchall()
        return [parsed(row["words"]) for row in rows]

    def add(self, words: str) -> tuple[str, ...]:
        """Add a group said as `laptop, notebook`. Raises StoreError("synonyms_too_few") for less than two words."""
        group = parsed(words)
        if len(group) < 2:
            raise StoreError("synonyms_too_few", words=words)
        with self._database.write() as db:
            db.execute("INSERT OR IGNORE INTO synonyms (words) VALUES (?)", (", ".join(group),))
            _changed(db)
        return group

    def remove(self, word: str) -> int:
        """Remove every group with this word (or said just so); how many."""
        said = parsed(word)
        with self._database.write() as db:
            rows = db.execute("SELECT id, words FROM synonyms").fetchall()
            gone = [row["id"] for row in rows if set(said) <= set(parsed(row["words"]))] if said else []
            db.executemany("DELETE FROM synonyms WHERE id = ?", ((row_id,) for row_id in gone))
            _changed(db)
        return len(gone)

    def replace(self, lines: Iterable[str]) -> int:
        """Put the groups of a file (one a line, empty lines and those after # aside) in place of all; how many.

        Raises StoreError("synonyms_too_few") with the line that is none, and then nothing is changed.
        """
        groups = []
        for number, line in enumerate(lines, 1):
            text = line.lstrip("\ufeff").split("#", 1)[0].strip()
            if not text:
                continue
            group = parsed(text)
            if len(group) < 2:
                raise StoreError("synonyms_too_few", words=f"{number}: {text}")
            groups.append(group)
        with self._database.write() as db:
            db.execute("DELETE FROM synonyms")
            db.executemany(
                "INSERT OR IGNORE INTO synonyms (words) VALUES (?)", ((", ".join(group),) for group in groups)
            )
            _changed(db)
        return len(groups)


def first_synonyms(db: sqlite3.Connection) -> None:
    """Give a shop without any groups those it begins with."""
    db.executemany(
        "INSERT OR IGNORE INTO synonyms (words) VALUES (?)",
        ((", ".join(parsed(line)),) for line in FIRST_GROUPS.split("\n") if line),
    )


def _changed(db: sqlite3.Connection) -> None:
    db.execute("UPDATE revision SET value = value + 1")


def parsed(text: str) -> tuple[str, ...]:
    """The words of a group, folded, each once: `Laptop，Notebook` → ("laptop", "notebook")."""
    return tuple(dict.fromkeys(word for part in _BETWEEN.split(storable(text)) if (word := fold(part))))


def own_groups(groups: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The groups that the shop made: those it began with help to search, and do not say that two goods are one."""
    first = {parsed(line) for line in FIRST_GROUPS.split("\n")}
    return [group for group in groups if group not in first]


def in_other_words(text: str, groups: Sequence[tuple[str, ...]]) -> list[str]:
    """`text` with a word of a group put in place of another, one at a time, a few at most."""
    folded = fold(text)
    return list(dict.fromkeys(_replaced(folded, groups)))[:_MOST_TEXTS]


def _replaced(folded: str, groups: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for group in groups:
        said = [word for word in group if word in folded]
        for word in sorted(said, key=len, reverse=True):
            pattern = _as_a_word(word)
            if pattern.search(folded):
                for other in group:
                    if other != word:
                        yield pattern.sub(lambda _, other=other: other, folded)  # type: ignore[misc]
                break


def _as_a_word(word: str) -> re.Pattern[str]:
    """Finds `word`, Latin ones also in the plural, but not inside another word."""
    before = "" if is_han(word[0]) else r"(?<![a-z0-9])"
    after = "" if is_han(word[-1]) else r"(?:s|es)?(?![a-z0-9])"
    return re.compile(f"{before}{re.escape(word)}{after}")
