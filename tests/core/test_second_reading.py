"""What a question is likely to ask for, by its words alone, and how that mends a first reading."""

from collections.abc import Iterator

import pytest

from shopdesk.core.chances import chances_of, pieces_of
from shopdesk.core.planning import Planner
from shopdesk.core.types import Language
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

PRODUCTS = """SKU,Name,Colour,Price,Stock,Location,Power,Reach
LD-1,Telescopic Ladder,Silver,139.00,4,Rack 1,,3.8 m
LD-2,Step Stool,White,24.50,11,Rack 1,,0.5 m
GE-1,Quiet Petrol Generator,Red,499.00,2,Bay 4,Petrol,
GE-2,Leaf Vacuum,Green,89.00,6,Bay 4,Battery,
GE-3,Hedge Cutter,Green,119.00,3,Bay 4,Battery,
TR-1,防水油布,蓝色,15.00,20,Rack 2,,
"""
POLICIES = """Title,Text
Keeping tools,We keep a customer's tools in the locker for £2 a week.
Late tools,A tool that comes back after six is charged another half day.
Refunds,Unused goods within 30 days with the receipt.
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("second"), {"products.csv": PRODUCTS, "policies.csv": POLICIES}) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("what does it cost us to have the boiler looked at", "en", "policy"),
        ("a kettle and two mugs, what's that", "en", "total"),
        ("where have they put the snow shovels", "en", "where"),
        ("the wok or the casserole, which would cost less", "en", "compare"),
        ("扫帚还剩几把", "zh", "stock"),
        ("一个水壶加两个杯子多少", "zh", "total"),
        ("雪铲搁哪儿了", "zh", "where"),
        ("坏了拿回来给修不", "zh", "policy"),
    ],
)
def test_the_words_alone_tell_what_is_asked(question: str, language: Language, kind: str) -> None:
    chances = chances_of(question, language)
    assert max(chances, key=lambda each: chances[each]) == kind
    assert sum(chances.values()) == pytest.approx(1.0)


def test_figures_count_as_one_and_unknown_words_as_nothing() -> None:
    assert pieces_of("4 of 75", "en") == pieces_of("9 of 3", "en")
    even = chances_of("𓀀", "en")
    assert max(even.values()) < 0.5


def test_a_rule_is_quoted_though_goods_are_named(planner: Planner) -> None:
    told = exact_answer(planner.plan("he's bringing the generator back at seven, do we charge extra"))
    assert "another half day" in told and "499" not in told


def test_things_are_added_up_without_a_word_for_it(planner: Planner) -> None:
    assert "163.50" in exact_answer(planner.plan("a telescopic ladder and a step stool, before any discount"))


def test_goods_are_counted_by_what_a_column_says(planner: Planner) -> None:
    assert "2" in exact_answer(planner.plan("how many things run on battery"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how much is the telescopik lader", "139.00"),
        ("hedge cuter price", "119.00"),
        ("防布还剩几块", "20"),
        ("蓝布子什么价", "15.00"),
    ],
)
def test_a_name_that_is_cut_short_is_known(planner: Planner, question: str, told: str) -> None:
    assert told in exact_answer(planner.plan(question))


@pytest.mark.parametrize(
    "question",
    ["do you sell rope ladders", "what's the voltage of the hedge cutter", "price of the rope ladder", "红布子什么价"],
)
def test_what_the_shop_does_not_have_stays_refused(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent in ("not_found", "not_recorded")


def test_a_column_that_is_asked_for_goes_before_a_rule(planner: Planner) -> None:
    assert "3.8 m" in exact_answer(planner.plan("what reach does the telescopic ladder have"))


def test_a_good_that_is_named_is_not_left_for_the_offers(planner: Planner) -> None:
    assert "24.50" in exact_answer(planner.plan("sticker fell off the step stool, what should I ring it at"))


def test_whether_so_many_are_there_is_no_sum(planner: Planner) -> None:
    told = exact_answer(planner.plan("后面那位要两块防水油布，拿得出来不"))
    assert "20" in told and "30.00" not in told
