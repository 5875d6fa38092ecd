"""Questions that go on from what was spoken of, and questions about stores and orders by what the shop's own columns
say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.types import Exchange
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

GOODS = """Code,Item,Kind,Colour,Price,Stock,Shelf,Comes with,Length
KY1,River Kayak,Kayaks,Green,420.00,2,Rack 1,"Spray deck, two airbags",2.6 m
KY2,River Kayak,Kayaks,Orange,420.00,0,Rack 1,"Spray deck, two airbags",2.6 m
"""
STORES = """Place,Address,Phone,Open,Shut on,Remarks
Lock House,2 Weir Lane,01753 5511,9am-5pm,Tuesday,Cash only
码头店,河堤路3号,01753 5522,9:00-18:00,周四,能试划
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("kayaks"), {"goods.csv": GOODS, "stores.csv": STORES}) as made:
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
