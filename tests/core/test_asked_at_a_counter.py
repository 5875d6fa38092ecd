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
C40,Toilet Fluid,Toilet,,12.50,18,Bay 3,,,
C52,Folding Chair,Furniture,,29.50,20,Bay 1,,,Adult
C53,Folding Chair,Furniture,,18.50,12,Bay 1,,,Junior
"""
POLICIES = """Subject,Rule
Returns,Goods back within 30 days. Opened toilet fluid is not taken back.
Panels,Panels are fitted for £45 by our own people. Ask for a day.
"""
GRAINS = """货号,品名,装量,现价,整箱价,每箱数,余量
L1,菜籽油,5L桶,69.00,260.00,4,9
L2,菜籽油,1.8L桶,29.00,168.00,6,21
L3,糙米,5kg袋,48.00,180.00,4,7
L4,糙米,2.5kg袋,26.00,150.00,6,3
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("counter"), {"goods.csv": PRODUCTS, "policies.csv": POLICIES}) as planner:
        yield planner


@pytest.fixture(scope="module")
def grain_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("grains"), {"粮油.csv": GRAINS}) as planner:
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


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [("大桶的菜籽油啥价", "69", "29"), ("小桶菜籽油多少钱", "29", "69"), ("小袋的糙米多少", "26", "48")],
)
def test_any_column_that_measures_goods_tells_the_larger(
    grain_shop: Planner, question: str, told: str, untold: str
) -> None:
    answer = exact_answer(grain_shop.plan(question))
    assert f"{told}.00" in answer and f"{untold}.00" not in answer, answer


@pytest.mark.parametrize("question", ["is there any toilet fluid", "are there any panels"])
def test_goods_are_asked_for_and_no_rule_that_has_their_words(planner: Planner, question: str) -> None:
    assert {fact.record.kind for fact in planner.plan(question).facts} <= {"product", "computed"}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("scout group wants four toilet fluids, have we that many", "18"),
        ("school is after eight toilet fluids, are there enough", "18"),
    ],
)
def test_whether_there_are_enough_is_told_by_the_stock(planner: Planner, question: str, told: str) -> None:
    answer = exact_answer(planner.plan(question))
    assert told in answer and "12.5" not in answer, answer


def test_for_whom_and_when_goods_are_wanted_names_none(planner: Planner) -> None:
    assert "18.5" in exact_answer(planner.plan("kid wants a chair for Christmas, the junior folding, how much"))


GUARDS = """Ref,Product,Type,Price,Stock,Note
B5,Hand Wraps,Protection,7.50,40,Sold as a pair
B6,Gum Shield,Protection,9.00,25,
B8,Head Guard,Protection,48.00,5,
B9,Skipping Rope,Fitness,8.50,9,
"""
OFFERS = """Key,Name,Type,Level,Discount,From,To,Goods,Words
Z2,Three for 10% protection,bundle,3,10%,2026-11-01,2026-12-31,Protection,Any three protection pieces 10% off.
"""


@pytest.fixture(scope="module")
def boxing_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    tables = {"products.csv": GUARDS, "promotions.csv": OFFERS}
    with planner_of(tmp_path_factory.mktemp("boxing"), tables) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("head guard, hand wraps and a gum shield on the three for 10%", "58.05"),
        ("head guard, a gum shield and hand wraps, the three for ten percent", "58.05"),
        ("last day of the protection offer", "2026-12-31"),
        ("护具 Hand Wraps一对加Skipping Rope一根，合着多少", "16.00"),
    ],
)
def test_an_offer_is_named_by_how_many_it_takes(boxing_shop: Planner, question: str, told: str) -> None:
    answer = exact_answer(boxing_shop.plan(question))
    assert told in answer, answer


def test_the_offer_on_several_goods_is_not_told_for_one_of_them(boxing_shop: Planner) -> None:
    answer = exact_answer(boxing_shop.plan("head guard, hand wraps and a groin cup on the three for 10%"))
    assert "48.00 =" not in answer and "55.50" not in answer, answer
