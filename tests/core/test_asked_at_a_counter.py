"""Goods asked for as people at a counter do: by what a column counts, by whom they are for, by what has run out."""

from collections.abc import Iterator

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

PRODUCTS = """Stock no,Item,Range,Size,Price,On hand,Where,Berths,Wattage,Age
C10,Drive-away Awning,Awnings,,445.00,2,Bay 2,4,,
C11,Drive-away Awning,Awnings,,595.00,1,Bay 2,6,,
C20,Water Carrier,Water,40 l,62.00,8,Bay 4,,,
C21,Submersible Pump,Water,,24.50,0,Bay 4,,36,
C32,Solar Panel,Electrics,,119.00,4,Bay 5,,100,
C33,Solar Panel,Electrics,,199.00,2,Bay 5,,200,
C34,Leisure Battery,Electrics,110 Ah,129.00,0,Bay 5,,,
C52,Folding Chair,Furniture,,29.50,20,Bay 1,,,Adult
C53,Folding Chair,Furniture,,18.50,12,Bay 1,,,Junior
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("counter"), {"goods.csv": PRODUCTS}) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("have we a six berth drive-away", "595", "Total"),
        ("what's the 200 watt panel", "199", "119"),
        ("solar panel, the hundred watt, how much", "119", "199"),
        ("have we got a 200 watt solar panel", "stock 2", "119"),
        ("the kid's folding chair, what does it cost", "18.5", "29.5"),
        ("what's a grown up folding chair", "29.5", "18.5"),
    ],
)
def test_what_a_column_counts_tells_goods_apart(planner: Planner, question: str, told: str, untold: str) -> None:
    answer = exact_answer(planner.plan(question))
    assert told in answer.replace("stock: ", "stock ") and untold not in answer, answer


@pytest.mark.parametrize("question", ["how much is an eight berth drive-away", "have we a 300 watt panel"])
def test_a_figure_that_no_column_has_is_no_other(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent == "not_found", exact_answer(planner.plan(question))


@pytest.mark.parametrize(
    ("question", "many"),
    [
        ("how many lines have we none of", "2"),
        ("how many things are out", "2"),
        ("how many lines are we down to nothing on", "2"),
        ("how many water lines have we none of", "1"),
        ("空了的货有多少样", "2"),
        ("库存是零的有几个", "2"),
    ],
)
def test_what_has_run_out_is_counted_however_that_is_said(planner: Planner, question: str, many: str) -> None:
    answer = exact_answer(planner.plan(question))
    assert f" {many} " in answer and "Pump" not in answer, answer


def test_which_ones_have_run_out_are_listed(planner: Planner) -> None:
    assert "Submersible Pump" in exact_answer(planner.plan("哪几样空了"))
