"""What a customer wants done, or what befell the goods, finds the rule on just that; goods are answered as goods."""

from collections.abc import Iterator

import pytest

from shopdesk.core.planning import Planner
from tests.core.planners import planner_of

POLICIES = """标题,内容,语言
试用区,二楼可以试用吸尘器，每次 15 分钟。,zh
坏苗包赔,三天内死苗拍照赔一株。,zh
出租,高压水枪出租，一天 60 元，押金 300 元。,zh
印标,工装印标 20 件起，每件 4 元。,zh
Alterations,"Overalls are shortened for $14. Shop aprons are free.",en
Keeping bulbs,"Bulbs lie dry and dark until March.",en
Blade service,"Blades are sharpened for $6 while you wait.",en
退换,没穿过的 9 天内可退。印过标的不退。,zh
打样,打样每张 15 元，两天拿。,zh
配件,换电池 90 元。割草机寄修按里程收费。,zh
Finance,"From $400 on the price is spread over 10 months.",en
"""
PRODUCTS = """货号,品名,名称(英文),分类(英文),售价,库存,保存,租金/天
A1,吸尘器,Vacuum Cleaner,Cleaning,299,4,,
A2,高压水枪,Pressure Washer,Cleaning,899,2,,
A3,背带工装裤,Overalls,Workwear,199,9,,
A4,郁金香种球,Tulip Bulbs,Garden,29,40,,
A5,草坪剪,Lawn Shears,Garden,89,7,,
A6,液体肥,Liquid Feed,Garden,39,12,避光冷藏,
A7,切割机,Cutting Machine,Tools,459,3,,55
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("acts"), {"货品.csv": PRODUCTS, "规定.csv": POLICIES}) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("吸尘器能先试一试吗", "试用吸尘器"),
        ("苗拿回去没两天死了包不包", "赔一株"),
        ("水枪能借两天吗", "一天 60 元"),
        ("工装上印公司名字怎么收", "每件 4 元"),
        ("how much to take up a pair of overalls", "$14"),
        ("how should I store tulip bulbs", "dry and dark"),
        ("my lawn shears are blunt", "sharpened"),
        ("can he pay it off monthly", "10 months"),
        ("打一个样几块钱", "每张 15 元"),
        ("印了字的工装还能退吗", "印过标的不退"),
        ("the printed overalls, can they come back", "印过标的不退"),
        ("水枪电池不行了能换不", "换电池 90 元"),
        ("can I try the vacuum out", "试用吸尘器"),
    ],
)
def test_an_act_finds_its_rule(planner: Planner, question: str, sentence: str) -> None:
    plan = planner.plan(question)

    assert plan.intent == "policy"
    assert any(sentence in quote for quote in plan.answering), plan.answering


def test_a_column_called_by_the_act_goes_before_the_rule(planner: Planner) -> None:
    plan = planner.plan("切割机租一天多少钱")

    assert [(point.name, point.value) for point in plan.points] == [("租金/天", "55")]


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("切割机多少钱", "A7"),
        ("how much is the cutting machine", "A7"),
        ("液体肥要冷藏吗", "A6"),
        ("price of the vacuum cleaner", "A1"),
        ("cheapest cleaning thing", "A1"),
    ],
)
def test_goods_that_sound_like_an_act_are_goods(planner: Planner, question: str, key: str) -> None:
    plan = planner.plan(question)

    assert plan.intent != "policy"
    assert key in {fact.record.key for fact in plan.facts}


@pytest.mark.parametrize(
    "question", ["how much is the washing machine?", "洗碗机多少钱", "any cutting boards?", "磨刀器有吗"]
)
def test_a_tool_that_is_not_sold_finds_no_rule_on_what_it_does(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent == "not_found"
