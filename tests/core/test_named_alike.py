"""Goods of one name that only a column of their own tells apart: told each, never added up in the place of another."""

from collections.abc import Iterator

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

PRODUCTS = """编号,品名,售价,库存,粗细,适用
K-1,毛衣针 竹制,12.00,20,3mm,棒针
K-2,毛衣针 竹制,15.00,8,5mm,棒针
K-3,毛衣针 竹制,15.00,4,6mm,棒针
Y-1,羊毛线团,28.00,9,,钩针
Y-2,棉线团,16.00,30,,钩针
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("alike"), {"货品.csv": PRODUCTS}) as planner:
        yield planner


def test_what_is_told_as_one_says_what_all_of_it_are(planner: Planner) -> None:
    told = exact_answer(planner.plan("棒针有哪些毛衣针？"))
    assert "3mm" in told and "5mm/6mm" in told


def test_several_of_one_thing_are_no_sum_with_another(planner: Planner) -> None:
    assert "27.00" not in exact_answer(planner.plan("毛衣针和线团一起买多少钱"))
    assert planner.plan("毛衣针和线团一起买多少钱").intent == "not_found"


@pytest.mark.parametrize(
    "question", ["一个羊毛线团和两把剪刀一共多少钱", "羊毛线团 and two pairs of scissors, what do they come to"]
)
def test_what_is_known_alone_is_no_sum_of_the_whole(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent == "not_found", exact_answer(planner.plan(question))
