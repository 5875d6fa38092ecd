"""What is offered in the place of a good that is out, however that is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

PRODUCTS = """SKU,Name,Category,Colour,Size,Price,Stock,Suits,Comes with
DR-1,Snare Drum,Drums,Red,14 inch,140.00,0,Rock bands,
DR-2,Snare Drum,Drums,Blue,14 inch,140.00,2,Rock bands,
DR-3,Snare Drum,Drums,Blue,12 inch,120.00,2,Rock bands,
DR-4,Tom Drum,Drums,Black,12 inch,99.00,3,Marching,Stand and sticks
DR-5,Drum Key,Parts,,,4.00,9,,
ST-1,Oak Sticks,Sticks,,,9.00,0,Rock bands,
ST-2,Maple Sticks,Sticks,,,8.00,6,Jazz,
ST-3,Practice Sticks,Sticks,,,6.00,6,Elderly hands,
GU-1,牛皮堂鼓,堂鼓,红,40厘米,680.00,0,舞狮队,
GU-2,羊皮堂鼓,堂鼓,黑,40厘米,560.00,3,舞狮队,
GU-3,牛皮堂鼓,堂鼓,红,30厘米,480.00,3,舞狮队,
GU-4,木鱼,法器,红,40厘米,80.00,3,寺院,
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("instead"), {"products.csv": PRODUCTS}) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("red snare drums gone, is there one in a different shade", "Blue, 14 inch", "12 inch"),
        ("oak sticks gone, other sticks in the rack?", "Maple Sticks", "Oak"),
        ("oak sticks gone, what suits a granny", "Practice Sticks", "Maple"),
        ("40厘米的牛皮堂鼓没了,换个一样大的", "羊皮堂鼓", "30厘米"),
        ("大的牛皮堂鼓没货,有没有其他大小", "30厘米", "羊皮"),
    ],
)
def test_another_good_is_offered_as_it_is_wanted(planner: Planner, question: str, said: str, unsaid: str) -> None:
    told = exact_answer(planner.plan(question))
    assert said in told and unsaid not in told


@pytest.mark.parametrize(
    "question", ["are we all out of blue 14 inch snare drums or what", "oak sticks all gone, are they"]
)
def test_whether_a_good_is_out_asks_for_no_other(planner: Planner, question: str) -> None:
    told = exact_answer(planner.plan(question))
    assert "Maple" not in told and "12 inch" not in told and "Tom" not in told
