"""Columns asked for in other words than their headings, the foremost by a column, whom goods suit, and what no column
has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from shopdesk.store import Store, open_store

ROWS = """sku,name,category,price,stock,location,size,supplier,tasting notes,process,watts,matures,pages,材质,噪音
C-1,Moor Espresso Beans,Coffee,14,6,Rack 2,1 kg,Hillside Imports,"plum, cocoa",washed,,,,,
C-2,Fen Filter Beans,Coffee,12,3,Rack 2,500 g,Delta Roasting Supplies,"lemon, honey",natural,,,,,
G-1,Mill Grinder,Machines,149,2,Stand B,,Hillside Imports,,,150 W,,,,
G-2,Brook Grinder,Machines,89,0,Stand B,,Hillside Imports,,,90 W,,,,
N-1,Tide Notebook,Paper,6,9,Drawer 4,,Delta Roasting Supplies,,,,,96,,
N-2,Reef Notebook,Paper,9,9,Drawer 4,,Delta Roasting Supplies,,,,,240,,
K-1,晨曦热水壶,电器,99,5,东墙,,,,,1500W,,,红松木,42dB
K-2,晚星热水壶,电器,129,5,东墙,,,,,1800W,,,榉木,38dB
"""


GAMES = """sku,name,category,price,stock,location,made in,players,age,scent,适用宠物,stretch
P-1,Otter Dash,Children's games,9,5,Case 2,Germany,2-4,4+,,,
P-2,Castle Siege,Strategy games,30,5,Case 2,Italy,3-5,12+,,,
P-3,Two Harbours,Strategy games,14,5,Case 2,Germany,2,8+,,,
P-4,Marsh Candle,Candles,12,5,Case 7,,,,"rose, cedar",,
P-5,Heath Candle,Candles,15,5,Case 7,,,,pine,,
P-6,飞盘,宠物玩具,12,5,,,,,,狗,
P-7,羽毛棒,宠物玩具,9,5,,,,,,猫,
P-8,Fell Jersey,Fabric,8,5,,,,,,,4-way
P-9,Loch Tweed,Fabric,30,5,,,,,,,none
"""


def opened_with(folder: Path, rows: str) -> Iterator[Store]:
    file = folder / "goods.csv"
    file.write_text(rows, encoding="utf-8")
    with open_store(folder / "shop.db") as opened:
        opened.importer.commit(opened.importer.plan(file))
        yield opened


@pytest.fixture(scope="module")
def games(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from opened_with(tmp_path_factory.mktemp("games"), GAMES)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from opened_with(tmp_path_factory.mktemp("shop"), ROWS)


def answer(store: Store, question: str) -> str:
    return exact_answer(Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("who do we get the mill grinder from", "Hillside Imports"),  # by what is said in place of the heading
        ("what do the fen filter beans taste like", "lemon, honey"),
        ("how are the moor espresso beans processed", "washed"),  # by the verb of the heading
        ("how many watts is the brook grinder", "90 W"),  # by the unit
        ("晨曦热水壶几瓦的", "1500W"),
        ("晚星热水壶吵不吵,多少分贝", "38dB"),
        ("is the moor espresso natural", "washed"),  # by a value that another row has
        ("are the fen filter beans washed or natural", "natural"),  # by two values to choose from
        ("how many grams are the fen filter beans", "500 g"),
        ("晨曦热水壶手柄是什么木头的", "红松木"),  # by what its values end in
    ],
)
def test_a_column_is_known_by_what_stands_in_it(store: Store, question: str, value: str) -> None:
    assert value in answer(store, question)


@pytest.mark.parametrize(
    ("question", "foremost", "other"),
    [
        ("which notebook has the most pages", "Reef", "Tide"),
        ("what's the most powerful grinder we sell", "Mill", "Brook"),
        ("which beans come in the biggest bag", "Moor", "Fen"),
        ("最安静的热水壶是哪个", "晚星", "晨曦"),
        ("功率最小的热水壶", "晨曦", "晚星"),
    ],
)
def test_the_foremost_by_a_column_is_found(store: Store, question: str, foremost: str, other: str) -> None:
    said = answer(store, question)
    assert foremost in said and other not in said


@pytest.mark.parametrize(
    "question",
    [
        "how much caffeine is in the moor espresso beans", "is the mill grinder dishwasher safe",
        "who designed the tide notebook",
        "how long is the cord on the mill grinder", "晨曦热水壶底座多宽",
        "晚星热水壶能煮多少个鸡蛋", "how many calories in the fen filter beans",
    ],
)  # fmt: skip
def test_what_no_column_has_is_not_answered_by_the_price(store: Store, question: str) -> None:
    plan = Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question)
    assert plan.intent in ("not_recorded", "not_found"), exact_answer(plan)


@pytest.mark.parametrize(
    "question", ["how do the moor espresso beans behave in the cup", "tell me about the moor espresso beans"]
)
def test_a_question_that_is_not_understood_is_answered_with_the_whole_row(store: Store, question: str) -> None:
    said = answer(store, question)
    assert "plum, cocoa" in said and "14" in said


@pytest.mark.parametrize(
    ("question", "names", "others"),
    [
        ("something for a 5 year old under £10", ["Otter"], ["Castle", "Harbours", "Candle"]),
        ("a game for two people below 15 pounds", ["Otter", "Harbours"], ["Castle", "Candle"]),
        ("what's the cheapest kids game", ["Otter"], ["Castle"]),
        ("any cedar candles around a tenner", ["Marsh"], ["Heath"]),
        ("想给狗狗买个玩具,20块以内", ["飞盘"], ["羽毛棒"]),
        ("something stretchy", ["Jersey"], ["Tweed", "Otter"]),
        ("anything Italian", ["Castle"], ["Otter"]),
        ("what's in Case 7", ["Marsh", "Heath"], ["Otter"]),
    ],
)
def test_what_the_columns_can_decide_holds_for_all_that_is_shown(
    games: Store, question: str, names: list[str], others: list[str]
) -> None:
    said = answer(games, question)
    assert all(name in said for name in names) and not any(name in said for name in others), said
