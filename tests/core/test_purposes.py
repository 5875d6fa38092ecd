"""Goods asked for by what they are for: by what rows note, by how hard they are, by what must not be in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from shopdesk.store import Store
from tests.core.test_columns import opened_with

ROWS = """sku,name,category,price,stock,skill level,contains milk,texture,notes
B-1,Poly Hive,Hives,120,3,Beginner,,,Warm in winter
B-2,Top Bar Hive,Hives,150,2,Expert,,,
B-7,Hive Strap,Hives,8,5,,,,
B-3,Ventilated Suit,Clothing,99,4,,,,Cool in summer heat
B-4,Queen Marking Pen,Tools,6,9,,,,Marking queens
B-5,Honey Fudge,Sweets,4,8,,Yes,soft,
B-6,Honey Lozenges,Sweets,3,8,,No,hard and clear,
Z-1,银皇后,盆栽,35,5,,,,办公桌
Z-2,琴叶榕,盆栽,128,2,,,,客厅角落
Z-3,透气营养土,耗材,18,0,,,,多肉换盆用
Z-4,保湿营养土,耗材,16,7,,,,多肉换盆用
Z-5,柠檬糖,糖果,5,9,,,硬甜,
Z-6,牛轧糖,糖果,9,9,,,软甜,
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from opened_with(tmp_path_factory.mktemp("purposes"), ROWS)


def answer(store: Store, question: str) -> str:
    return exact_answer(Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question))


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("something for the summer heat", "Ventilated Suit", "Hive"),
        ("a hive for a beginner please", "Poly Hive", "Top Bar"),
        ("he has only just joined the club and wants a ventilated suit", "Ventilated Suit", "Hive"),
        ("sweets for somebody with a milk allergy", "Honey Lozenges", "Fudge"),
        ("多肉换盆放什么好", "保湿营养土", "透气"),  # what is there before what has run out
        ("办公桌上摆的盆栽推荐哪个", "银皇后", "琴叶榕"),
        ("有什么软点的糖", "牛轧糖", "柠檬糖"),
        ("what's the cheapest hive", "Poly Hive", "Strap"),
        ("how much is the cheapest hive strap", "Hive Strap", "Poly"),
    ],
)
def test_goods_are_found_by_what_they_are_for(store: Store, question: str, said: str, unsaid: str) -> None:
    told = answer(store, question)
    assert said in told and unsaid not in told


@pytest.mark.parametrize("question", ["a smoker for the summer heat", "多肉换盆用的喷壶"])
def test_a_purpose_makes_nothing_of_goods_that_are_not_there(store: Store, question: str) -> None:
    assert Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question).intent == "not_found"
