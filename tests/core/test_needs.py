"""Goods for a need: the thing that is wanted apart from what it is for, and everyday words for whom it is for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

PRODUCTS = """SKU,Name,Category,Price,Stock,Best for,Seats
KT-1,Diamond Kite,Kites,12.00,4,Children,
KT-2,Stunt Kite,Kites,45.00,3,Experienced flyers,
KT-3,Parafoil Kite,Kites,39.00,2,Adults starting out,
KT-4,Kite Backpack,Bags,25.00,5,Wet beaches,
KT-5,Kite Sleeve,Bags,15.00,5,Travel,
KT-6,Wind Meter,Instruments,30.00,2,Experienced flyers,
KT-7,Beach Buggy Solo,Buggies,300.00,1,,1
KT-8,Beach Buggy Duo,Buggies,420.00,1,,2
FZ-1,沙燕风筝,风筝,58.00,6,店铺挂墙,
FZ-2,软体风筝,风筝,88.00,6,少儿,
FZ-3,碳杆线轮,线轮,66.00,6,大风天,
FZ-4,风筝收纳盒,盒子,20.00,6,装沙燕,
"""
POLICIES = """Title,Text
Kite clubs,Kite clubs for adults get 5% off.
Flying days,Children fly free on the first Sunday.
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("needs"), {"products.csv": PRODUCTS, "policies.csv": POLICIES}) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("a kite that's safe for little ones", "Diamond Kite", "Stunt"),
        ("a first kite for a grown up", "Parafoil Kite", "Diamond"),
        ("kite for an experienced flyer, money no object", "Stunt Kite", "Meter"),
        ("which bag would keep the rain out", "Kite Backpack", "Sleeve"),
        ("a buggy for two", "Duo", "Solo"),
        ("推荐一个小孩放的风筝", "软体风筝", "沙燕"),
        ("开店的想挂一只风筝", "沙燕风筝", "软体"),
        ("装沙燕风筝用哪个盒子", "风筝收纳盒", "软体"),
    ],
)
def test_of_the_thing_that_is_wanted_those_are_told_which_fit(
    planner: Planner, question: str, said: str, unsaid: str
) -> None:
    told = exact_answer(planner.plan(question))
    assert said in told and unsaid not in told


@pytest.mark.parametrize(
    "question", ["a trampoline for little ones", "children's swing in stock?", "有没有小孩骑的木马"]
)
def test_who_a_thing_is_for_makes_no_other_thing_of_it(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent == "not_found"
