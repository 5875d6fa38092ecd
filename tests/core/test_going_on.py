"""Questions that go on from what was spoken of, and questions about stores and orders by what the shop's own columns
say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.types import Exchange
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

GOODS = """Code,Item,Kind,Colour,Grip,Price,Stock,Shelf,Comes with,Length,Notes,Power
KY1,River Kayak,Kayaks,Green,,420.00,2,Rack 1,"Spray deck, two airbags",2.6 m,Does not fold,
KY2,River Kayak,Kayaks,Orange,,420.00,0,Rack 1,"Spray deck, two airbags",2.6 m,Does not fold,
KY3,Bent Paddle,Paddles,,Right hand,88.00,5,Wall,,1.9 m,,
KY4,Bent Paddle,Paddles,,Left hand,91.00,1,Wall,,1.9 m,,
KY5,Dry Bag,Bags,Green,,15.00,9,Shelf 2,Seven clips,,,
KY6,Deck Pump,Pumps,,,48.00,3,Drawer,,,,12 volt
KY7,折叠桨,桨,,,120.00,6,墙上,,2.1米,送收纳袋,
"""
ORDERS = """Order,Customer,Items,Status,Due,Paid,Still owed,Rigger
OD-9,Ruth Amos,Deck Pump x 1,Being rigged,2026-11-25,20.00,28.00,Ivo
OD-10,永兴厂老戴,折叠桨 × 3,在刻字,2026-11-27,200.00,160.00,Mei
"""
RULES = """Title,Text
Rigging,We rig any kayak for £30 and hold a card as deposit.
"""
STORES = """Place,Address,Phone,Open,Shut on,Remarks
Lock House,2 Weir Lane,01753 5511,9am-5pm,Tuesday,Cash only
码头店,河堤路3号,01753 5522,9:00-18:00,周四,能试划
"""


TABLES = {"goods.csv": GOODS, "stores.csv": STORES, "orders.csv": ORDERS, "policies.csv": RULES}


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("kayaks"), TABLES) as made:
        yield made


def answer(planner: Planner, *turns: str) -> str:
    history: Sequence[Exchange] = []
    said = ""
    for turn in turns:
        plan = planner.plan(turn, history)
        said = exact_answer(plan)
        history = [*history, Exchange(turn, said, plan.facts)]
    return said


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("is the lock house open tuesdays", "Tuesday"), ("which day does the lock house shut", "Tuesday"),
        ("码头店周几休息", "周四"), ("码头店周四开不开", "周四"), ("does the lock house take cards", "Cash only"),
        ("码头店可以试划不", "能试划"), ("what are your opening hours", "9am-5pm"),
    ],
)  # fmt: skip
def test_columns_of_a_store_tell_days_and_whatever_stands_in_them(planner: Planner, question: str, text: str) -> None:
    assert text in answer(planner, question)


def test_goods_in_a_store_are_not_what_its_remarks_say(planner: Planner) -> None:
    assert "420" in answer(planner, "how much is the green river kayak at the lock house")


@pytest.mark.parametrize(
    ("turns", "text"),
    [
        # what is asked stands in the row of the good spoken of, whatever the column is called
        (["where's the deck pump", "what voltage is it"], "12 volt"),
        (["price of the dry bag", "how many clips"], "Seven"),
        (["green river kayak, any", "what colour is it", "does it fold"], "Does not fold"),
        (["折叠桨多少钱", "送啥"], "收纳袋"),
        (["price of the dry bag", "how much have we got"], "9"),
        # a variant of it, by a word of its values
        (["bent paddle right hand price", "have we left handed ones"], "1"),
        (["green river kayak, any", "and the orange"], "0"),
        # both that were spoken of
        (["deck pump price", "and the dry bag", "which is dearer"], "33.00"),
        (["deck pump price", "and the dry bag", "two of each"], "126.00"),
        (["折叠桨多少钱", "how much is the dry bag", "各来一个"], "135.00"),
        (["price of the green river kayak", "and the matching bag"], "15.00"),
    ],
)
def test_a_question_goes_on_about_what_was_spoken_of(planner: Planner, turns: Sequence[str], text: str) -> None:
    assert text in answer(planner, *turns)


@pytest.mark.parametrize(
    ("turns", "text"),
    [
        (["price of the dry bag", "where's the deck pump"], "Drawer"),
        (["price of the dry bag", "how much is the bent paddle, left hand"], "91.00"),
        (["price of the dry bag", "two packs"], "30.00"),
        (["green river kayak, any", "how much"], "420.00"),
    ],
)
def test_what_names_something_else_or_asks_plainly_is_not_drawn_into_the_row(
    planner: Planner, turns: Sequence[str], text: str
) -> None:
    assert text in answer(planner, *turns)


def test_what_the_row_does_not_tell_stays_unknown(planner: Planner) -> None:
    assert "12 volt" not in answer(planner, "where's the deck pump", "how many litres a minute")
    assert "Not found" in answer(planner, "price of the dry bag", "have you any toasters")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("who's rigging for Ruth Amos", "Ivo"), ("what did Ruth Amos leave as a deposit", "20.00"),
        ("what's Ruth Amos put down so far", "20.00"), ("永兴厂给钱了没", "200.00"), ("老戴厂里那批字刻好没", "在刻字"),
        ("what does Ruth Amos still owe", "28.00"), ("do you rig kayaks", "£30"),
    ],
)  # fmt: skip
def test_the_order_of_who_is_named_goes_before_a_rule_with_the_same_words(
    planner: Planner, question: str, text: str
) -> None:
    assert text in answer(planner, question)
