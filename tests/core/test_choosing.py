"""Goods chosen by what is told of them: by any column, by amounts that columns reach to, by limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from shopdesk.store import Store
from tests.core.test_columns import opened_with

ROWS = """sku,name,category,price,stock,output,suits pools,bought by,note,spice,location
P-1,Rilla Sand Filter,Filters,140,3,0.5 kW,up to 20 m3,,Quiet motor,,Bay 4
P-2,Rilla Pro Filter,Filters,260,2,1.1 kW,20 to 45 m3,,,,Bay 4
P-3,Leaf Rake,Tools,18,9,,,,Reaches hedgehogs' nests,,Bay 4
P-4,Algae Remover,Chemicals,12,7,,,,For green walls,,
P-5,Pole Extension,Tools,25,0,,,,,,
P-6,Foam Float,Toys,6,4,,,,,,
P-7,Ring Float,Toys,9,0,,,,,,
P-8,Diving Sticks,Toys,7,5,,,,,,
S-5,牛油酥,糕点,20,0,,,,,,
S-6,桃仁糕,糕点,18,3,,,体检血糖高,,,
S-1,青瓜干,果干,12,8,,,夜班司机,,不辣,
S-2,麻香丝,豆制品,9,6,,,追剧学生,,特辣,B2架
S-3,手撕条,豆制品,11,5,,,追剧学生,,微辣,B2架
S-4,核桃酥,糕点,30,4,,,回乡探亲,,不辣,
P-9,Float Cord,Ropes,2,30,,,,,,
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from opened_with(tmp_path_factory.mktemp("choosing"), ROWS)


def answer(store: Store, question: str) -> str:
    return exact_answer(Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question))


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("something to clean green walls", "Algae Remover", "Rake"),
        ("a filter for a 30 m3 pool", "Rilla Pro", "Sand"),
        ("a filter of 0.75 kW or less", "Sand Filter", "Pro"),
        ("a filter under 1 kW", "Sand Filter", "Pro"),
        ("客人说要开夜班", "青瓜干", "核桃酥"),
        ("回乡拎点什么好", "核桃酥", "手撕条"),
        ("追剧的来点啥,不要太辣", "手撕条", "麻香丝"),
        ("十块钱以内追剧吃的", "麻香丝", "手撕条"),
    ],
)
def test_goods_are_chosen_by_what_is_told_of_them(store: Store, question: str, said: str, unsaid: str) -> None:
    told = answer(store, question)
    assert said in told and unsaid not in told


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how many things do we have on Bay 4", "3 found"),
        ("B2架上有几样", "2 款"),
        ("cheapest float", "Foam Float"),
        ("哪个最辣", "麻香丝"),
        ("糕点里面最便宜的是哪个", "桃仁糕"),
    ],
)
def test_goods_of_a_place_a_head_and_a_level_are_weighed(store: Store, question: str, said: str) -> None:
    assert said in answer(store, question)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("the ring float's sold, any other float?", "Foam Float", "Sticks"),
        ("we haven't a ring float left, is there a different float", "Foam Float", "Ring"),
        ("牛油酥卖空了,换个酥", "核桃酥", "桃仁糕"),
        ("牛油酥没现货,血糖高的换啥", "桃仁糕", "核桃酥"),
    ],
)
def test_another_is_one_of_what_is_wanted(store: Store, question: str, said: str, unsaid: str) -> None:
    told = answer(store, question)
    assert said in told and unsaid not in told


@pytest.mark.parametrize("question", ["do we sell green wall paint", "有没有核桃夹子", "客人要核桃夹子，多少钱"])
def test_what_shares_a_word_with_a_thing_is_not_that_thing(store: Store, question: str) -> None:
    assert Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question).intent == "not_found"
