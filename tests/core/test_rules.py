"""Which sentence of a shop's rules answers a question said in other words, and which questions no rule answers."""

from collections.abc import Iterator

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.quoting import Quoter
from shopdesk.core.types import Record
from tests.core.planners import planner_of

POLICIES = """标题,内容,语言
换货,自购买之日起 21 天内可以换尺码或换颜色。补差价后可以换成更贵的商品。同一件商品最多换 4 次。,zh
凭证,小票丢失的，报手机号可以查到 18 个月以内的订单。无小票换货每次不超过 350 元。,zh
会员,累计消费满 6000 元升为金卡。积分 14 个月后过期。,zh
维修,鞋类换底 180 元，换拉链 45 元。加急维修 3 天取件，加收 40 元。退回维修的运费由顾客承担。,zh
到店,周一至周日 9:40 到 20:50。春节初一休息。宠物牵好绳子可以进店。停车场在地下 3 层。,zh
买贵补差价,清仓和临期商品的价格不作为依据。,zh
冷柜,路上超过两小时请配冰袋，冰袋两块钱一个。,zh
礼品卡,礼品卡不挂失。礼品卡不能兑换现金。礼品卡 26 个月内有效。,zh
Exchanges,"Within 21 days goods may be exchanged for another size. One item is exchanged at most 4 times.",en
Orders,"A pending order can be cancelled. A parcel that arrives damaged is replaced.",en
Lost,"If a child is missing, tell a clerk. After 15 minutes we inform the police.",en
Visiting,"Monday to Sunday 9:40 to 20:50. Dogs are welcome on a lead. The car park is on basement level 3.",en
Repairs,"A new zip costs ¥45 and new soles ¥180. An express repair takes 3 days.",en
"""
PRODUCTS = """货号,品名,名称(英文),售价,库存,货位,颜色
RT-1,儿童雨靴,Kids' Rain Boots,99.00,3,A1,红色
DJ-2,鸭绒夹克,Down Jacket,459.00,6,B2,黑色
ZP-3,拉链收纳包,Zip Pouch,39.00,8,C3,蓝色
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("rules"), {"货品.csv": PRODUCTS, "规定.csv": POLICIES}) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("这双能调成大一号的吗？", "21 天内"),
        ("东西调换几次封顶", "最多换 4 次"),
        ("小票扔了还查得到吗", "报手机号"),
        ("怎么升金卡", "满 6000 元"),
        ("我的分什么时候作废", "14 个月后过期"),
        ("雨靴换个底多少钱", "换底 180 元"),
        ("急着用，能快点修吗", "加急维修"),
        ("寄回来修的邮费谁出", "由顾客承担"),
        ("过年营业吗", "初一休息"),
        ("能带狗进来逛吗", "宠物"),
        ("礼品卡掉了能补吗", "不挂失"),
        ("卡里的钱可以变现吗", "兑换现金"),
        ("冰袋要钱吗", "两块钱一个"),
        ("昨天跟家里人在楼下逛了半天又去吃了面，到家翻遍了包，就是小票扔了，还查得到吗", "报手机号"),
        ("my little boy has wandered off, help", "child is missing"),
        ("can I swap these for a bigger one", "another size"),
        ("how often can one thing be swapped", "at most 4 times"),
        ("can I still call my order off", "can be cancelled"),
        ("the box came smashed", "arrives damaged"),
        ("my son wandered off", "child is missing"),
        ("when do you call the cops", "inform the police"),
        ("may my puppy come inside", "Dogs are welcome"),
        ("I need it mended in a hurry", "express repair"),
        ("a new zip on my jacket, what would that be", "new zip costs"),
    ],
)
def test_a_rule_is_found_by_other_words_than_its_own(planner: Planner, question: str, sentence: str) -> None:
    plan = planner.plan(question)
    assert plan.intent == "policy"
    assert any(sentence in quote for quote in plan.answering), plan.answering


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("儿童雨靴还有吗", "RT-1"),
        ("拉链收纳包多少钱", "ZP-3"),
        ("how much is the zip pouch", "ZP-3"),
        ("where are the kids' rain boots", "RT-1"),
        ("is the down jacket in stock", "DJ-2"),
    ],
)
def test_a_product_with_words_of_rules_in_its_name_stays_one(planner: Planner, question: str, key: str) -> None:
    plan = planner.plan(question)
    assert plan.intent == "value"
    assert plan.target is not None and plan.target.record.key == key


@pytest.mark.parametrize(
    "question",
    ["有别的颜色吗", "狗粮有卖吗", "婴儿车多少钱", "店里有无线网吗", "今天天气怎么样", "飞机票怎么买", "能刷脸开门吗",
     "客人要个轮椅，价格是",
     "do you have dog food", "how much is the baby stroller", "what's the weather today", "are you hiring"],
)  # fmt: skip
def test_what_no_rule_says_is_not_answered_by_one(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent == "not_found"


def test_the_kind_of_answer_decides_between_sentences_with_the_same_words() -> None:
    body = "洗衣服务在柜台办理。洗衣服务由专人负责。洗衣服务认真。洗衣服务收费 25 元。洗衣服务 3 天完成。"
    record = Record("policy", "wash", "洗衣服务", {"body": body}, as_of="2026-11-21")
    for question, figure in (("洗衣服务多少钱", "25 元"), ("洗衣服务要多久", "3 天")):
        quotation = Quoter(question, [record], "zh").best()
        assert quotation is not None
        assert any(figure in sentence for sentence in quotation.sentences)


def test_the_rule_on_just_what_is_asked_goes_before_the_one_on_returns() -> None:
    returns = Record(
        "policy", "returns", "Returns", {"body": "Within 14 days you may return unused goods with the receipt."}, ""
    )
    lost = Record("policy", "lost", "Lost receipts", {"body": "Without one we look the sale up by your card."}, "")
    for question, rule in (("can she return this without the receipt?", lost), ("can she return this?", returns)):
        best = Quoter(question, [returns, lost], "en").best()
        assert best is not None and best.record is rule


def test_a_short_rule_is_quoted_with_what_it_excepts() -> None:
    said = "Unworn boots come back within 30 days. Bring the receipt. Insoles that were cut stay yours."
    best = Quoter(
        "can I bring these boots back", [Record("policy", "back", "Back to us", {"body": said}, "")], "en"
    ).best()
    assert best is not None
    assert "Insoles that were cut stay yours." not in best.sentences
    assert " ".join(best.told) == said


def test_of_a_long_rule_only_what_answers_is_quoted() -> None:
    said = "Unworn boots come back within 30 days. " + "A word on the laces and on how we came to sell them. " * 5
    best = Quoter(
        "can I bring these boots back", [Record("policy", "back", "Back to us", {"body": said}, "")], "en"
    ).best()
    assert best is not None
    assert best.told == ("Unworn boots come back within 30 days.",)
