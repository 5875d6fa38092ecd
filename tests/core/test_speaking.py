"""How people put it: baskets, comparisons, sorts of goods, measures, rules and follow-ups in words of all kinds."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shopdesk.core.measures import measures_in, with_units
from shopdesk.core.numbers import in_figures
from shopdesk.core.planning import Planner
from shopdesk.core.types import Exchange, Vocabulary
from shopdesk.core.understanding import understand
from shopdesk.core.wording import exact_answer
from shopdesk.store import open_store

GOODS = """货号,品名,品牌,类别,颜色,规格,售价,原价,南桥店库存,西渡店库存,货位,适用乐器,弦材,页数
QX-01,活动谱架,松鸣,配件,黑,,58.00,,4,6,一号柜,,,
QX-02,民谣琴弦,松鸣,琴弦,,12号,36.00,45.00,20,0,一号柜,民谣吉他,磷铜,
QX-03,民谣琴弦,松鸣,琴弦,,11号,32.00,,15,9,一号柜,民谣吉他,黄铜,
QX-04,古筝琴弦,雅韵,琴弦,,,88.00,,0,0,二号柜,古筝,尼龙,
QX-05,便携调音器,松鸣,配件,白,,49.00,,12,3,一号柜,,,
QX-06,琴弓,雅韵,配件,,0.5kg,120.00,,3,1,三号柜,小提琴,,
QX-07,琴弓,雅韵,配件,,0.8kg,150.00,,2,1,三号柜,小提琴,,
QX-08,五线谱本,雅韵,本册,,5m,9.00,,30,10,二号柜,,,40页
QX-09,五线谱本,雅韵,本册,,7.5m,14.00,,8,2,二号柜,,,80页
QX-10,口琴 24孔,海风,口琴,银,,78.00,,5,2,二号柜,,,
QX-11,口琴 16孔,海风,口琴,银,,98.00,,6,2,二号柜,,,
"""
ENGLISH = """sku,name,brand,category,price,stock,size,location,vegan,allergens,flour type,shelf life,currency
RL-1,Sausage Roll,Hearth,Savoury,3.10,16,,Hot shelf,no,"wheat, egg",,1 day,USD
RL-2,Chickpea Pasty,Hearth,Savoury,3.50,7,,Hot shelf,yes,wheat,,1 day,USD
LF-1,Oat Loaf,Hearth,Bread,5.50,4,,Rack 3,no,oats,oat,4 days,USD
LF-2,Rye Loaf,Hearth,Bread,4.95,6,,Rack 1,yes,"wheat, rye",rye,5 days,USD
CK-1,Carrot Cake,Hearth,Cakes,28.00,1,8 in,Chiller,no,"wheat, egg",,4 days,USD
CK-2,Carrot Cake,Hearth,Cakes,40.00,0,10 in,Chiller,no,"wheat, egg",,4 days,USD
DS-1,Hickory Drumsticks 5A,Tarn,Sticks,8.99,40,,Counter,,,,,USD
DS-2,Hickory Drumsticks 7A,Tarn,Sticks,9.99,3,,Counter,,,,,USD
BX-1,Wooden Shelf,Tarn,Furniture,15.00,2,6 ft 6 in,Bay 9,,,,,USD
"""
RULES = """标题,内容
打印服务,黑白打印每张 0.5 元，彩色打印每张 2 元。
琴弓保养,琴弓换毛收 60 元，三天可取。
退换,日用配件未使用 15 天内可以退，乐器未拆封 7 天内可以退。
Engraving,Engraving a name costs $6 and takes two days.
Cake orders,Celebration cakes need 3 working days' notice.
"""
ORDERS = """订单号,状态,下单时间,订单金额,预计送达,收货人
DD-2001,组装中,2026-11-18 10:00,88.00,2026-11-23,柳晓岚
"""
OFFERS = """code,title,type,threshold,discount,starts,ends,scope,body
BR3,Bread week 20% off,percent_off,,20%,2026-09-01,2026-09-30,Bread,20% off bread.
SV1,Savoury days 10% off,percent_off,,10%,2026-11-01,2026-11-30,Savoury,10% off savouries.
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    folder: Path = tmp_path_factory.mktemp("speaking")
    with open_store(folder / "shop.db") as store:
        for name, text in (
            ("货品", GOODS),
            ("goods", ENGLISH),
            ("rules", RULES),
            ("offers", OFFERS),
            ("orders", ORDERS),
        ):
            path = folder / f"{name}.csv"
            rows = list(csv.reader(io.StringIO(text)))
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
            store.importer.commit(store.importer.plan(path))
        yield Planner(store.catalogue, lambda: date(2026, 11, 21))


@pytest.mark.parametrize(
    ("question", "wanted", "unwanted"),
    [
        # words within whole names ask for nothing
        ("来两个活动谱架加一个便携调音器一共多少", ["¥165.00"], []),
        ("price of the Wooden Shelf", ["$15.00"], ["location"]),
        # baskets, with whatever words, and rows of several stores
        ("买个活动谱架再来个便携调音器总共几多钱", ["¥107.00"], []),
        ("帮我算下 活动谱架三个便携调音器一个", ["¥223.00"], []),
        ("two sausage rolls and an oat loaf", ["$11.70"], []),
        ("tot up 3 sausage rolls and 1 chickpea pasty for me", ["$12.80"], []),
        ("price for a job lot: 5 Rye Loaf", ["$24.75"], []),
        # comparisons
        ("活动谱架是不是比便携调音器实惠", ["¥9.00"], []),
        ("客人在活动谱架跟便携调音器之间犹豫，价格上谁低", ["¥9.00"], []),
        ("琴弓大的比小的贵几块", ["¥30.00"], []),
        ("difference between the 8 and 10 in carrot cake", ["$12.00"], []),
        ("is there much in it between the oat loaf and the rye loaf moneywise", ["$0.55"], []),
        ("想知道民谣琴弦12号便宜了多少，先告诉我原来的价", ["¥45.00"], []),
        # measures
        ("5米的五线谱本多钱一个", ["¥9.00"], ["¥14.00"]),
        ("500克的琴弓多少钱", ["¥120.00"], ["¥150.00"]),
        ("9米的五线谱本多少钱", ["没有找到"], ["¥9.00"]),
        ("price of the 6'6\" wooden shelf", ["$15.00"], []),
        # money in words; what a sum buys
        ("got twenty quid on me, does that cover the carrot cake 8 in", ["$28.00"], []),
        ("我手里就五十块，便携调音器够不够买啊", ["¥49.00"], ["库存"]),
        # sorts of goods with conditions
        ("what vegan bread have you got", ["Rye Loaf"], ["Oat Loaf"]),
        ("any bread without wheat?", ["Oat Loaf"], ["Rye Loaf"]),
        ("how many vegan savouries do we do", ["1 found"], []),
        ("一号柜最贵的东西是什么", ["¥58.00"], []),
        ("民谣吉他用的琴弦,要有货的", ["民谣琴弦"], ["古筝"]),
        ("what have you got in savoury under a fiver", ["Sausage Roll", "Chickpea Pasty"], []),
        # columns by a part of their names, what goods are for
        ("what flour is in the rye loaf", ["rye"], ["not recorded"]),
        ("古筝琴弦是什么弦材", ["尼龙"], []),
        ("五线谱本7.5m有多少页", ["80页"], []),
        ("how long does the carrot cake 8 in keep", ["4 days"], []),
        # what nothing records
        ("what's the pH of the oat loaf?", ["not recorded"], ["$5.50"]),
        # rules that speak of what no goods do
        ("彩打一张几块", ["2 元"], []),
        ("how much notice for a celebration cake?", ["3 working days"], []),
        ("what do you charge for engraving", ["$6"], []),
        # promotions that do not run any more
        ("is the bread week still on", ["2026-09-30"], []),
        ("bread week 20% off", ["2026-09-30"], []),
        ("6 sausage rolls with the savoury deal", ["$16.74"], []),
        # days and periods
        ("我10号买的琴弓没拆，最晚几号可以退", ["2026-11"], ["尺码"]),
        # in place of what is gone
        ("古筝琴弦没货,客人急要,推荐哪个", ["民谣琴弦"], []),
        ("who won the match last night", ["Not found"], []),
    ],
)
def test_the_answer(planner: Planner, question: str, wanted: list[str], unwanted: list[str]) -> None:
    said = exact_answer(planner.plan(question))
    assert all(text in said for text in wanted), said
    assert not any(text in said for text in unwanted), said


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        (["口琴24孔多少钱", "16孔的呢"], "¥98.00"),
        (["how much are the hickory drumsticks 5A", "and the 7A?"], "$9.99"),
        (["便携调音器还有几个", "西渡店呢"], "3"),
        (["how much is a sausage roll", "give me 2 of those"], "$6.20"),
        (["便携调音器多少钱", "这个现在有现货没，我好下单"], "库存"),
        (["DD-2001怎么样了", "什么时候好"], "2026-11-23"),
        (["DD-2001送了吗", "金额多少"], "88"),
    ],
)
def test_what_follows_up(planner: Planner, turns: list[str], wanted: str) -> None:
    history: list[Exchange] = []
    for turn in turns:
        plan = planner.plan(turn, history)
        history.append(Exchange(turn, exact_answer(plan), plan.facts))
    assert wanted in history[-1].answer


def test_sums_and_measures_in_words_are_read_as_figures() -> None:
    assert (
        in_figures("a hundred and fifty dollars, five litre, below a tenner") == "150 dollars, 5 litre, below 10 pounds"
    )
    assert in_figures("两万毫安") == "20000毫安"
    assert with_units("the 64 and 128 gb card") == "the 64 gb and 128 gb card"
    assert with_units("5w-30 or 10w-40") == "5w-30 or 10w-40"


@pytest.mark.parametrize(
    ("one", "other"), [("0.5kg", "500克"), ("5米", "5 m"), ("1 ft", "12 inches"), ("6'6\"", "198.1cm")]
)
def test_measures_are_the_same_in_any_unit(one: str, other: str) -> None:
    (first,), (second,) = measures_in(one), measures_in(other)
    assert first[2].same(second[2])


def test_the_little_word_in_is_no_inch() -> None:
    assert not measures_in("are there 3 in stock")


def test_words_of_a_whole_name_ask_for_nothing() -> None:
    assert not understand("活动谱架多少钱", Vocabulary(), (), ["活动谱架"]).asks("promotion")
    assert understand("活动谱架有活动吗", Vocabulary(), (), ["活动谱架"]).asks("promotion")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("活动谱架和唢呐各来两个多少钱", "没有找到"),  # one of the two names nothing that is sold
        ("便携调音器一个,琴码两张,合一起多少", "没有找到"),  # no sum of a part
        ("2 sausage rolls & 1 zither. Total?", "Not found"),
        ("口琴 24孔两个，先别算折扣，多少", "合计: 2 × ¥78.00 = ¥156.00"),
        ("2 sausage rolls and an oat loaf, no discount, how much", "Total: 2 × $3.10 + 1 × $5.50 = $11.70"),
        ("买2个sausage roll有没有优惠", "$5.58"),
        ("十二孔的口琴 24孔拿五把多少钱", "5 × ¥78.00 = ¥390.00"),
        ("隔壁奶茶店几点关门", "没有找到"),
        ("黑色的活动谱架还有吗", "库存"),  # the row says 黑
        ("换个毛多少钱", "60 元"),
        ("how much to get a name engraved, what does engraving take", "two days"),
        ("what does engraving cost", "$6"),
        ("补一下琴弓的毛收费吗", "60 元"),
        ("公司团购便携调音器要10个，一共得多少预算", "¥490.00"),
        ("客人非要知道便携调音器的货位，我们这儿有没有", "一号柜"),
    ],
)
def test_what_is_refused_or_told_apart(planner: Planner, question: str, wanted: str) -> None:
    assert wanted in exact_answer(planner.plan(question))


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("一千响的", "1000响的"),
        ("一千二百流明的手电", "1200流明的手电"),
        ("三十乘四十的牌子", "30×40的牌子"),
        ("一比十的车", "1:10的车"),
        ("一百二十块的有吗", "一百二十块的有吗"),
        ("五百以内", "五百以内"),
        ("五百个", "五百个"),
    ],
)
def test_hundreds_that_tell_goods_apart_stand_in_figures(said: str, figures: str) -> None:
    assert in_figures(said) == figures
